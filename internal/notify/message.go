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
	words := wordsIn(language)
	where := told.Where
	if where == "" {
		where = fmt.Sprintf(words.untitled, told.Room)
	}
	content := pushed{
		ID: told.ID, Title: fmt.Sprintf(words.why[told.Why], shortened(told.Name), shortened(where)), Body: told.Text,
		To:  "/r/" + told.Room + "#" + url.Values{"in": {told.In}, "at": {told.Key}}.Encode(),
		Tag: told.Room + "/" + told.In, At: told.At,
	}
	for {
		text := encoded(content)
		if len(text) <= mostPushed {
			return text
		}
		content.Body, content.Title = half(content.Body), half(content.Title)
	}
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

// pushWords are the words of pushes; %[1]s is a person, %[2]s a room.
type pushWords struct {
	why      map[string]string
	untitled string
}

var english = pushWords{map[string]string{
	whyMention: "%[1]s mentioned you in %[2]s",
	whyReply:   "%[1]s answered you in %[2]s",
	whyHere:    "%[1]s called everyone in %[2]s",
	whySaid:    "%[1]s in %[2]s",
}, "room %s"}

var chinese = pushWords{map[string]string{
	whyMention: "%[1]s 在“%[2]s”中提到了你",
	whyReply:   "%[1]s 在“%[2]s”中回复了你",
	whyHere:    "%[1]s 在“%[2]s”中呼叫了所有人",
	whySaid:    "“%[2]s”中的 %[1]s",
}, "房间 %s"}

// wordsIn are the words in a language of the pages; others are English.
func wordsIn(language string) pushWords {
	if language == "zh-CN" {
		return chinese
	}
	return english
}
