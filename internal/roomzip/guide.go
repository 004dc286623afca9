package roomzip

import (
	"fmt"
	"strings"
)

const guideEnglish = `%s: a room of Plenum.

documents/   the documents: .md opens in any editor, .html in a browser; and comments
polls/       the results: .csv and .xlsx for spreadsheets, .json to be counted anew (plenum recount)
surveys/     the answers: .csv and .xlsx for spreadsheets, .json for programs
chat/        what was said: .md to be read, .jsonl for programs
questions/   what was asked, with votes and answers
files/       the images and files that these name
activities/  what another Plenum needs to make this room again
room.json    what there is, for programs

"Import a room" on the page of your rooms, on any Plenum, makes a room of this
ZIP: documents with their text and pictures, polls and surveys with their
questions. Votes, answers, chat, asked questions, comments and suggestions do not come with it; they
are here to be read.
`

const guideChinese = `%s：Plenum 的一个房间。

documents/   文档：.md 可用任何编辑器打开，.html 可用浏览器打开；以及评论
polls/       结果：.csv 和 .xlsx 用于电子表格，.json 可重新计票（plenum recount）
surveys/     问卷答案：.csv 和 .xlsx 用于电子表格，.json 供程序使用
chat/        聊天记录：.md 供阅读，.jsonl 供程序使用
questions/   提问，以及票数和回答
files/       以上内容用到的图片和文件
activities/  另一个 Plenum 重建此房间所需的内容
room.json    内容清单，供程序使用

在任何 Plenum 的“你的房间”页面选择“导入房间”，即可用此 ZIP 建立房间：
文档连同文字和图片、投票和问卷连同题目。投票结果、问卷答案、聊天、提问、评论和建议不会导入，
只供在此阅读。
`

// guide is what stands in README.txt.
func guide(language string, m Manifest) string {
	text, missing := guideEnglish, "\n%d files are named in this room and are not there any more.\n"
	if strings.HasPrefix(language, "zh") {
		text, missing = guideChinese, "\n此房间用到的文件中有 %d 个已不存在。\n"
	}
	title := m.Title
	if title == "" {
		title = "Plenum"
	}
	text = fmt.Sprintf(text, title)
	if n := len(m.Missing); n > 0 {
		text += fmt.Sprintf(missing, n)
	}
	return text
}
