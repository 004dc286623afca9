package notify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
)

// mostPushed is how much a push can carry, in bytes: one record of 4,096 with
// its head and padding (RFC 8291).
const mostPushed = 3993

// pushed is what a device is told of a notice.
type pushed struct {
	ID    int64  `json:"id"`
	Title string `json:"title"`
	Body  string `json:"body"`
	To    string `json:"to"`  // the path that it leads to
	Tag   string `json:"tag"` // a new one takes the place of the former with the same
	At    int64  `json:"at"`
}

// message is the content of a push in the language of the device.
func message(told Notice, language string) []byte {
	content := pushed{
		ID: told.ID, Title: told.said(wordsIn(language)), Body: told.Text,
		To: told.path(), Tag: told.Room + "/" + told.In, At: told.At,
	}
	for {
		text := encoded(content)
		if len(text) <= mostPushed {
			return text
		}
		content.Body, content.Title = half(content.Body), half(content.Title)
	}
}

// said is who does what where, on one line.
func (t Notice) said(words wordsOut) string {
	where := t.Where
	if where == "" {
		where = fmt.Sprintf(words.untitled, t.Room)
	}
	return fmt.Sprintf(words.why[t.Why], shortened(t.Name), shortened(where))
}

// path is where a notice leads.
func (t Notice) path() string {
	return "/r/" + t.Room + "#" + url.Values{"in": {t.In}, "at": {t.Key}}.Encode()
}

func encoded(content pushed) []byte {
	var text bytes.Buffer
	to := json.NewEncoder(&text)
	to.SetEscapeHTML(false)
	if err := to.Encode(content); err != nil {
		panic(err) // texts and numbers always encode
	}
	return bytes.TrimSpace(text.Bytes())
}

func half(text string) string {
	runes := []rune(text)
	return string(runes[:len(runes)/2])
}

// wordsOut are the words that leave the pages, in pushes and mails; %[1]s is a
// person, %[2]s a room.
type wordsOut struct {
	why      map[string]string
	untitled string
	one      string // is waiting
	many     string // are
	more     string // than stand in a mail
	stop     string // how to be mailed no more
}

func (w wordsOut) waiting(count int) string {
	if count == 1 {
		return w.one
	}
	return w.many
}

var english = wordsOut{
	why: map[string]string{
		whyDirect:  "%[1]s wrote to you in %[2]s",
		whyMention: "%[1]s mentioned you in %[2]s",
		whyReply:   "%[1]s answered you in %[2]s",
		whyHere:    "%[1]s called everyone in %[2]s",
		whySaid:    "%[1]s in %[2]s",
	},
	untitled: "room %s",
	one:      "%d notification is waiting for you in Plenum",
	many:     "%d notifications are waiting for you in Plenum",
	more:     "And %d more, which the bell shows.",
	stop:     "You get this mail because you have not read these in Plenum. To stop such mails, open the bell, then Settings:\n%s",
}

var chinese = wordsOut{
	why: map[string]string{
		whyDirect:  "%[1]s 在“%[2]s”中给你发来私信",
		whyMention: "%[1]s 在“%[2]s”中提到了你",
		whyReply:   "%[1]s 在“%[2]s”中回复了你",
		whyHere:    "%[1]s 在“%[2]s”中呼叫了所有人",
		whySaid:    "“%[2]s”中的 %[1]s",
	},
	untitled: "房间 %s",
	one:      "Plenum 中有 %d 条通知等待你查看",
	many:     "Plenum 中有 %d 条通知等待你查看",
	more:     "另有 %d 条，请在通知列表中查看。",
	stop:     "你收到此邮件，是因为这些内容在 Plenum 中尚未阅读。如不想再收到此类邮件，请打开通知铃铛并进入“设置”：\n%s",
}

// wordsIn are the words in a language of the pages; others are English.
func wordsIn(language string) wordsOut {
	if language == "zh-CN" {
		return chinese
	}
	return english
}
