package chat

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf16"
	"unicode/utf8"

	"plenum/rooms"
)

// FuzzSay: whatever is sent is refused in words, or said as text within the limits.
func FuzzSay(f *testing.F) {
	for _, seed := range []string{
		``, `{}`, `{"text":"hello"}`, `{"text":"\ud83d\ude00"}`, `{"text":"\ud83d"}`, `{"text":"\\ud83d"}`, `{"text":"\\\ud83d"}`,
		`{"text":"a\u0000"}`, "{\"text\":\"\xed\xa0\x80\"}", `{"text":"a","text":null}`, `{"TEXT":" a "}`, `{"text":"�"}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, with []byte) {
		c := &Chat{}
		events, err := c.Decide(rooms.Command{Do: "say", With: with, From: rooms.Member{ID: "m1", Name: "Ada", Colour: 3}})
		if err != nil {
			if refusal := rooms.AsRefusal(err); refusal == rooms.ErrBroken || refusal.Code == "" || refusal.Say == "" {
				t.Fatalf("%q was refused by %v", with, err)
			}
			return
		}
		for _, e := range events {
			c.Apply(e)
		}
		text := c.View(rooms.Member{}).(View).Messages[0].Text
		if n := len(utf16.Encode([]rune(text))); n < 1 || n > MaxUnits || n != rooms.Units(text) {
			t.Errorf("a text of %d units, counted as %d", n, rooms.Units(text))
		}
		if !utf8.ValidString(text) || strings.ContainsRune(text, 0) {
			t.Errorf("%q is not text", text)
		}
		sent := string(with)
		if strings.ContainsRune(text, '�') && !strings.Contains(sent, "�") && !strings.Contains(strings.ToLower(sent), `\ufffd`) {
			t.Errorf("%q became %q", sent, text)
		}
		if !json.Valid(events[0].With) {
			t.Errorf("the event is %s", events[0].With)
		}
	})
}
