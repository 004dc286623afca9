package chat

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"plenum/rooms"
)

// must sends a command that is to be done, or refused with a code.
func (s *script) must(who, do, want, with string, args ...any) {
	s.t.Helper()
	if err := s.do(who, do, fmt.Sprintf(with, args...)); code(err) != want {
		s.t.Fatalf("%s %ss %s: got %q, want %q", who, do, with, code(err), want)
	}
}

func TestEditAndDelete(t *testing.T) {
	t.Parallel()
	s := run(t, "ada says \"one\"\nbob says \"two\"")
	s.must("bob", "edit", "not-yours", `{"seq":1,"text":"mine"}`)
	s.must("Hal", "edit", "not-yours", `{"seq":1,"text":"mine"}`)
	s.must("ada", "edit", "empty", `{"seq":1,"text":" "}`)
	s.must("ada", "edit", "", `{"seq":1,"text":"first"}`)
	s.view("ada: first, bob: two")
	s.must("bob", "delete", "not-yours", `{"seq":1}`)
	s.must("ada", "delete", "no-message", `{"seq":77}`)
	s.must("ada", "delete", "", `{"seq":1}`)
	s.must("Hal", "delete", "", `{"seq":2}`)
	s.must("Hal", "delete", "no-message", `{"seq":2}`)
	s.must("bob", "edit", "no-message", `{"seq":2,"text":"again"}`)
	s.must("bob", "say", "no-message", `{"text":"what?","to":2}`)
	s.view(": , : ")
	for _, e := range s.log {
		if (e.Did == "said" || e.Did == "edited") && strings.Contains(string(e.With), "text") {
			t.Errorf("the log still has %s", e.With)
		}
	}
}

// What is older than the window is changed like the newest.
func TestOldMessages(t *testing.T) {
	t.Parallel()
	s := run(t, "")
	for i := range 3 * WindowMessages {
		s.must("ada", "say", "", `{"text":"%d"}`, i+1)
	}
	s.must("ada", "edit", "", `{"seq":7,"text":"seven"}`)
	s.must("bob", "react", "", `{"seq":7,"emoji":"👍","on":true}`)
	s.must("ada", "edit", "", `{"seq":7,"text":"SEVEN"}`)
	s.must("bob", "edit", "not-yours", `{"seq":7,"text":"seven"}`)
	s.must("ada", "delete", "", `{"seq":8}`)
	s.must("ada", "react", "no-message", `{"seq":8,"emoji":"👍","on":true}`)
	s.must("ada", "react", "no-message", `{"seq":301,"emoji":"👍","on":true}`)
	s.must("bob", "say", "", `{"text":"look","to":9}`)
	answer, err := around(t.Context(), s.reading(map[string]string{"at": "8", "limit": "4"}))
	if err != nil {
		t.Fatal(err)
	}
	got := answer.(Page)
	if said := strings.Join(texts(got.Messages), " "); said != "6 SEVEN  9" || !got.More || !got.Later || !got.Messages[2].Gone {
		t.Errorf("%q, %+v", said, got)
	}
	if seven := got.Messages[1]; seven.Edited == 0 || len(seven.Reactions) != 1 || seven.Reactions[0].By[0].ID != "id-bob" {
		t.Errorf("%+v", seven)
	}
}

func TestReactionsAtTheEdge(t *testing.T) {
	t.Parallel()
	s := run(t, `ada says "one"`)
	for i := range MaxEmoji {
		s.must("ada", "react", "", `{"seq":1,"emoji":"%c","on":true}`, '😀'+rune(i))
	}
	s.must("ada", "react", "reactions", `{"seq":1,"emoji":"👍","on":true}`)
	s.must("ada", "react", "", `{"seq":1,"emoji":"😀","on":false}`)
	s.must("ada", "react", "", `{"seq":1,"emoji":"👍","on":true}`)
	for i := range MaxReactions - MaxEmoji {
		s.must(fmt.Sprint("m", i), "react", "", `{"seq":1,"emoji":"👍","on":true}`)
	}
	s.must("one more", "react", "reactions", `{"seq":1,"emoji":"👍","on":true}`)
	s.must("ada", "react", "", `{"seq":1,"emoji":"👍","on":true}`) // it is so already
	for s.seen().Messages[0].Changes < MaxChanges {
		on := !s.seen().Messages[0].has("👍", "id-ada")
		s.must("ada", "react", "", `{"seq":1,"emoji":"👍","on":%v}`, on)
	}
	s.must("ada", "react", "reactions", `{"seq":1,"emoji":"👍","on":%v}`, !s.seen().Messages[0].has("👍", "id-ada"))
}

func TestEmoji(t *testing.T) {
	t.Parallel()
	for emoji, want := range map[string]bool{
		"👍": true, "👍🏽": true, "❤️": true, "🏳️‍🌈": true, "1️⃣": true, "🇨🇭": true, "✅": true,
		"": false, "a": false, "1": false, "👍👍": false, " ": false, "é": false, "中": false, "\u200d": false, "\u0000": false, "�": false,
		"👨‍👩‍👧‍👦":                         false, // 25 bytes
		"😀" + strings.Repeat("\u0301", 6): true,
		"😀" + strings.Repeat("\u0301", 7): false,
	} {
		if got := isEmoji(emoji); got != want {
			t.Errorf("%q (%d bytes): %v", emoji, len(emoji), got)
		}
	}
}

func TestEditsAtTheEdge(t *testing.T) {
	t.Parallel()
	s := run(t, `ada says "one"`)
	for i := range MaxEdits {
		s.must("ada", "edit", "", `{"seq":1,"text":"%d"}`, i)
	}
	s.must("ada", "edit", "edits", `{"seq":1,"text":"more"}`)
	s.must("ada", "edit", "", `{"seq":1,"text":"%d"}`, MaxEdits-1) // as it is
	s.must("ada", "edit", "too-long", `{"seq":1,"text":%q}`, strings.Repeat("a", MaxUnits+1))
	s.must("ada", "delete", "", `{"seq":1}`)
}

func TestMentionsAtTheEdge(t *testing.T) {
	t.Parallel()
	s := run(t, "")
	say := func(n int, want string) {
		t.Helper()
		with := map[string]any{"text": "@Ben and all"}
		mentions := []Mention{}
		for i := range n {
			mentions = append(mentions, Mention{ID: fmt.Sprint("m", i), Name: "Ben"})
		}
		with["mentions"] = mentions
		raw, _ := json.Marshal(with)
		s.must("ada", "say", want, "%s", raw)
	}
	say(MaxMentions, "")
	say(MaxMentions+1, "mentions")
	s.must("ada", "say", "malformed", `{"text":"@Ben","mentions":[{"id":"m1","name":"Bob"}]}`)
	s.must("ada", "say", "malformed", `{"text":"@Ben","mentions":[{"id":"","name":"Ben"}]}`)
	s.must("ada", "say", "", `{"text":"all @here"}`)
	s.must("Hal", "say", "", `{"text":"all @here, now"}`)
	s.must("Hal", "say", "", `{"text":"all\n@here now"}`)
	messages := s.seen().Messages
	if n := len(messages); messages[n-3].Here || messages[n-2].Here || !messages[n-1].Here {
		t.Errorf("%+v", messages[n-3:])
	}
}

func TestPinsAtTheEdge(t *testing.T) {
	t.Parallel()
	s := run(t, "")
	for i := range MaxPins + 1 {
		s.must("ada", "say", "", `{"text":"%d"}`, i)
	}
	for i := range MaxPins {
		s.must("Hal", "pin", "", `{"seq":%d,"on":true}`, i+1)
	}
	s.must("Hal", "pin", "pins", `{"seq":%d,"on":true}`, MaxPins+1)
	s.must("ada", "delete", "", `{"seq":1}`)
	s.must("Hal", "pin", "", `{"seq":%d,"on":true}`, MaxPins+1)
	if pins := s.seen().Pins; len(pins) != MaxPins || pins[0] != 2 {
		t.Errorf("%v", pins)
	}
}

func TestReadOnlyGoesForward(t *testing.T) {
	t.Parallel()
	s := run(t, "ada says \"one\"\nada says \"two\"\nada says \"three\"")
	s.must("bob", "read", "", `{"seq":2}`)
	s.must("bob", "read", "", `{"seq":1}`)
	s.must("bob", "read", "malformed", `{"seq":0}`)
	s.must("bob", "read", "malformed", `{"seq":99}`)
	if mine := s.chat.Mine(rooms.Member{ID: "id-bob"}); !reflect.DeepEqual(mine, Mine{Read: 2}) {
		t.Errorf("%v", mine)
	}
	if e := s.log[len(s.log)-1]; e.Did != "read" || e.To.Only != "id-bob" {
		t.Errorf("%+v", e)
	}
}
