package polls

import (
	"fmt"
	"strings"
)

// tableWords are the words of the tables in one language.
type tableWords struct {
	results, answers, ballots                                                           string // the tables, and their sheets
	number, question, form, round, state, people, answer                                string
	votes, share, points, value, place, note                                            string
	person, team, total, rank, voter, columnHead, best                                  string
	spread, elsewhere, placed, pinned                                                   string
	parts                                                                               [roughly * roughly]string // of a picture
	average, median, mean, low, high, least, greatest, truth                            string                    // what a value is
	right, wins, tied, out, shown, waiting, held, few, lost, sealed, unknown, and, then string
	forms                                                                               map[Form]string
	dates                                                                               map[string]string // what is answered to each
	states                                                                              map[State]string
	guest, below, above, column, columnRound, columnPoints, columnUnit, columnRow       string // with what is put in
}

var inEnglish = tableWords{
	results: "Results", answers: "Answers", ballots: "Secret votes",
	number: "No.", question: "Question", form: "Form", round: "Round", state: "State", people: "People", answer: "Answer",
	votes: "Votes", share: "Share", points: "Points", value: "Value", place: "Place", note: "Note",
	person: "Person", team: "Team", total: "Quiz points", rank: "Quiz place", voter: "Voter", columnHead: "Column", best: "best",
	spread: "Spread", elsewhere: "elsewhere", placed: "%s: %d, %d", pinned: "%s (%s %%, %s %%)",
	parts:   [...]string{"top left", "top middle", "top right", "middle left", "middle", "middle right", "bottom left", "bottom middle", "bottom right"},
	average: "Average", median: "Median", mean: "Mean", low: "Half of all: from", high: "Half of all: to",
	least: "Least", greatest: "Greatest", truth: "True value",
	right: "right", wins: "wins", tied: "tie", out: "taken out", shown: "shown", waiting: "not read yet", held: "held back",
	few: "Fewer than five people voted, so the results stay hidden.", lost: "The key to these secret votes is lost.",
	sealed: "Secret votes are in the file when voting is closed.", unknown: "(no name)", and: "; ", then: " > ",
	forms: map[Form]string{
		Single: "single choice", Multiple: "multiple choice", Rating: "rating", Ranking: "ranking",
		Words: "word cloud", Wall: "open text", Estimate: "estimate", Points: "points", Dates: "dates", Grid: "grid",
		Axes: "2×2", Pins: "pins on a picture",
	},
	dates:  map[string]string{Yes: "yes", Maybe: "if need be", No: "no"},
	states: map[State]string{Open: "open", Closed: "closed"},
	guest:  "Guest %d", below: "below %s", above: "%s and more",
	column: "%d. %s", columnRound: "%s (round %d)", columnPoints: "%s: points", columnUnit: "%s (%s)", columnRow: "%s: %s",
}

var inChinese = tableWords{
	results: "结果", answers: "逐人作答", ballots: "不记名选票",
	number: "序号", question: "题目", form: "题型", round: "轮次", state: "状态", people: "人数", answer: "答案",
	votes: "票数", share: "占比", points: "分数", value: "数值", place: "名次", note: "备注",
	person: "姓名", team: "队", total: "测验总分", rank: "测验名次", voter: "投票人", columnHead: "列", best: "最合适",
	spread: "离散程度", elsewhere: "其他位置", placed: "%s：%d，%d", pinned: "%s（%s%%，%s%%）",
	parts:   [...]string{"左上", "中上", "右上", "左中", "正中", "右中", "左下", "中下", "右下"},
	average: "平均分", median: "中位数", mean: "平均数", low: "中间一半：起", high: "中间一半：止",
	least: "最小值", greatest: "最大值", truth: "正确答案",
	right: "正确", wins: "胜出", tied: "平局", out: "已移出", shown: "已展示", waiting: "待审核", held: "已隐藏",
	few: "投票的人不足五位，结果不予显示。", lost: "这些不记名选票的密钥已丢失。",
	sealed: "不记名选票要等投票结束才会写入文件。", unknown: "（无名字）", and: "；", then: " > ",
	forms: map[Form]string{
		Single: "单选", Multiple: "多选", Rating: "评分", Ranking: "排序",
		Words: "词云", Wall: "开放问答", Estimate: "估数", Points: "分配分数", Dates: "日期", Grid: "矩阵",
		Axes: "二维定位", Pins: "图上标记",
	},
	dates:  map[string]string{Yes: "可以", Maybe: "勉强可以", No: "不行"},
	states: map[State]string{Open: "进行中", Closed: "已结束"},
	guest:  "访客 %d", below: "小于 %s", above: "%s 及以上",
	column: "%d. %s", columnRound: "%s（第 %d 轮）", columnPoints: "%s：得分", columnUnit: "%s（%s）", columnRow: "%s：%s",
}

// wordsOf are the words of a language by its tag, English if it is another.
func wordsOf(language string) *tableWords {
	if strings.HasPrefix(strings.ToLower(language), "zh") {
		return &inChinese
	}
	return &inEnglish
}

// head is what stands above the answers to a question.
func (w *tableWords) head(a *polled) string {
	text := fmt.Sprintf(w.column, a.place, a.Prompt)
	if a.Unit != "" {
		text = fmt.Sprintf(w.columnUnit, text, a.Unit)
	}
	if a.again {
		text = fmt.Sprintf(w.columnRound, text, a.Round)
	}
	return text
}
