package web

import (
	"fmt"
	"net/http"

	"golang.org/x/text/language"

	"plenum/rooms"
)

// plainWords are the words of the page without scripts, in one language.
type plainWords struct {
	Tag                                                         string
	Without                                                     string
	Code, CodeHint, Go                                          string
	Join, Name, Passcode, AtDoor                                string
	You, Nothing, Waits, Over, OverCounted, Counts, Look        string
	Answer, Send, Change, Results                               string
	One, Many, ManyUpTo, Exactly, Rank, Texts, Text, Number, Pt string
	Rows, NeedsCode, VotingCode, Places                         string
	Seen                                                        map[string]string // by secrecy
	Said                                                        map[string]string // what options say by a word
	Refusals                                                    map[string]string // by code, where the server's own sentence is not it
}

var plainEnglish = &plainWords{
	Tag:         "en",
	Without:     "This page works without JavaScript. With it, everything here is live.",
	Code:        "Which room?",
	CodeHint:    "The code on the screen: six letters and digits",
	Go:          "Go there",
	Join:        "Join",
	Name:        "Your name, as the others will see it",
	Passcode:    "Passcode of the room",
	AtDoor:      "The host will let you in. This page looks again by itself.",
	You:         "You are here as",
	Nothing:     "Nothing can be answered just now. This page looks again by itself.",
	Waits:       "This question is not open yet. This page looks again by itself.",
	Over:        "This question is closed.",
	OverCounted: "This question is closed, and your answer was counted.",
	Counts:      "Your answer counts. You can change it until the question is closed.",
	Look:        "Look again",
	Answer:      "Your answer",
	Send:        "Send",
	Change:      "Send the change",
	Results:     "Results so far",
	One:         "Choose one.",
	Many:        "Choose %d to %d.",
	ManyUpTo:    "Choose up to %d.",
	Exactly:     "Choose %d.",
	Rank:        "Give places: 1 is the best. At least %d, at most %d.",
	Texts:       "Up to %d answers.",
	Text:        "A word or a few.",
	Number:      "A number.",
	Pt:          "Give out %d points in all.",
	Rows:        "Answer at least %d of %d.",
	NeedsCode:   "Voting here needs a code. Each code is for one person.",
	VotingCode:  "Your voting code",
	Places:      "Give each thing a number for both, from 0 to %d, or leave it out.",
	Said: map[string]string{
		"yes": "Yes", "maybe": "If need be", "no": "No", "elsewhere": "Elsewhere",
		"r1c1": "Top left", "r1c2": "Top middle", "r1c3": "Top right", "r2c1": "Middle left", "r2c2": "Middle", "r2c3": "Middle right",
		"r3c1": "Bottom left", "r3c2": "Bottom middle", "r3c3": "Bottom right",
	},
	Seen: map[string]string{
		"":             "Hosts can see who has chosen what.",
		"pseudonymous": "Hosts see each answer, without your name.",
		"anonymous":    "Nobody sees who has chosen what.",
	},
}

var plainChinese = &plainWords{
	Tag:         "zh-CN",
	Without:     "此页面无需 JavaScript 即可使用；启用后，一切会实时更新。",
	Code:        "进入哪个房间？",
	CodeHint:    "屏幕上的房间码：六个字母和数字",
	Go:          "前往",
	Join:        "加入",
	Name:        "你的名字（其他人会看到）",
	Passcode:    "房间口令",
	AtDoor:      "主持人会让你进入。此页面会自动刷新。",
	You:         "你的名字：",
	Nothing:     "现在没有可以回答的问题。此页面会自动刷新。",
	Waits:       "这个问题尚未开放。此页面会自动刷新。",
	Over:        "这个问题已结束。",
	OverCounted: "这个问题已结束，你的回答已计入。",
	Counts:      "你的回答已计入。在问题结束之前可以修改。",
	Look:        "刷新",
	Answer:      "你的回答",
	Send:        "提交",
	Change:      "提交修改",
	Results:     "目前的结果",
	One:         "请选择一项。",
	Many:        "请选择 %d 至 %d 项。",
	ManyUpTo:    "最多选择 %d 项。",
	Exactly:     "请选择 %d 项。",
	Rank:        "请排名：1 为最佳。至少 %d 项，最多 %d 项。",
	Texts:       "最多 %d 个回答。",
	Text:        "一个或几个词。",
	Number:      "一个数字。",
	Pt:          "总共分配 %d 分。",
	Rows:        "在 %[2]d 项中至少回答 %[1]d 项。",
	NeedsCode:   "在这里投票需要投票码，每个码只供一人使用。",
	VotingCode:  "你的投票码",
	Places:      "给每一项在两条轴上各填一个 0 到 %d 的数，或留空。",
	Said: map[string]string{
		"yes": "可以", "maybe": "勉强可以", "no": "不行", "elsewhere": "其他位置",
		"r1c1": "左上", "r1c2": "中上", "r1c3": "右上", "r2c1": "左中", "r2c2": "正中", "r2c3": "右中",
		"r3c1": "左下", "r3c2": "中下", "r3c3": "右下",
	},
	Seen: map[string]string{
		"":             "主持人可以看到谁选了什么。",
		"pseudonymous": "主持人能看到每份回答，但看不到你的名字。",
		"anonymous":    "没有人能看到谁选了什么。",
	},
	Refusals: map[string]string{
		"no-room":        "没有使用这个房间码的房间。",
		"tries":          "尝试次数过多，请稍候。",
		"name":           "请填写你的名字。",
		"locked":         "房间已锁定，需要主持人让你进入。",
		"accounts":       "只有登录的人才能进入。",
		"passcode":       "请输入房间口令。",
		"passcode-wrong": "口令不正确。",
		"ended":          "主持人已暂时结束。",
		"removed":        "主持人已将你移出此房间。",
		"turned-away":    "主持人没有让你进入。",
		"full":           "房间已满。",
		"archived":       "房间已归档，只能阅读。",
		"deleted":        "此房间已被删除。",
		"not-member":     "你不在这个房间里，请先加入。",
		"role":           "你的角色不能这样做。",
		"paused":         "主持人已暂停投票。",
		"closed":         "这个问题没有开放。",
		"round":          "这是针对另一轮的回答。",
		"moved-on":       "屏幕上已是别的内容。",
		"options":        "这些选项不能一起选择。",
		"score":          "这个分数不在量表内。",
		"ranks":          "每个名次只能使用一次，中间不能跳过。",
		"points":         "必须把所有分数分完，且不能超出。",
		"number":         "这个数字不在允许的范围内。",
		"word":           "一个词最多 60 个字符。",
		"wall-answer":    "回答为 1 到 500 个字符。",
		"missing-rows":   "有必须回答的项目尚未回答。",
		"missing-items":  "有必须放置的项目尚未放置。",
		"place":          "这个位置不在两条轴之间。",
		"pins":           "标记必须在图上：至少一个，且不能超过允许的数量。",
		"many-answers":   "回答太多了。",
		"same-answer":    "同样的回答只能给一次。",
		"code-wrong":     "投票码不正确。",
		"code-used":      "这个投票码已被使用。每个码只供一人使用。",
		"code-needed":    "在这里投票需要投票码，请先输入你的投票码。",
		"account-needed": "只有登录的人才能在这里投票。",
	},
}

var plainLanguages = language.NewMatcher([]language.Tag{language.English, language.SimplifiedChinese})

// plainWordsOf are the words that a browser asks for.
func plainWordsOf(r *http.Request) *plainWords {
	if _, at := language.MatchStrings(plainLanguages, r.Header.Get("Accept-Language")); at == 1 {
		return plainChinese
	}
	return plainEnglish
}

// hint is how a form is filled.
func (w *plainWords) hint(h rooms.PlainHint) string {
	switch h.How {
	case "one":
		return w.One
	case "many":
		switch {
		case h.Least == h.Most:
			return fmt.Sprintf(w.Exactly, h.Most)
		case h.Least <= 1:
			return fmt.Sprintf(w.ManyUpTo, h.Most)
		}
		return fmt.Sprintf(w.Many, h.Least, h.Most)
	case "rank":
		return fmt.Sprintf(w.Rank, h.Least, h.Most)
	case "texts":
		if h.Most == 1 {
			return w.Text
		}
		return fmt.Sprintf(w.Texts, h.Most)
	case "number":
		return w.Number
	case "points":
		return fmt.Sprintf(w.Pt, h.Most)
	case "code":
		return w.NeedsCode
	case "places":
		return fmt.Sprintf(w.Places, h.Most)
	case "rows":
		return fmt.Sprintf(w.Rows, h.Least, h.Most)
	}
	return ""
}
