package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plenum/rooms"
)

func TestLengthAtTheEdge(t *testing.T) {
	t.Parallel()
	const face = "😀" // two units
	cases := []struct {
		name, text, want string
	}{
		{"longest", strings.Repeat("a", MaxUnits), ""},
		{"one more", strings.Repeat("a", MaxUnits+1), "too-long"},
		{"longest of pairs", strings.Repeat(face, MaxUnits/2), ""},
		{"a pair over the edge", strings.Repeat("a", MaxUnits-1) + face, "too-long"},
		{"three bytes each", strings.Repeat("€", MaxUnits), ""},
		{"space at the end does not count", strings.Repeat("a", MaxUnits) + strings.Repeat(" ", 100), ""},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			with, err := json.Marshal(map[string]string{"text": c.text})
			if err != nil {
				t.Fatal(err)
			}
			s := run(t, "")
			err = s.say("ada", string(with))
			if code(err) != c.want {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			said := texts(s.seen().Messages)
			if c.want == "" && (len(said) != 1 || said[0] != strings.TrimRight(c.text, " ")) {
				t.Error("it was not said as it was sent")
			}
			if c.want != "" && len(said) > 0 {
				t.Error("it was refused, and said")
			}
		})
	}
}

func TestContentAsSent(t *testing.T) {
	t.Parallel()
	for with, want := range map[string]string{
		``: "malformed", `null`: "malformed", `{}`: "malformed", `[]`: "malformed", `{"text":null}`: "malformed",
		`{"text":17}`: "malformed", `{"text":["a"]}`: "malformed", `{"text":"a"`: "malformed", `{"text":"a"}}`: "malformed",
		"{\"text\":\"\xed\xa0\x80\"}": "bad-text", "{\"text\":\"\xff\"}": "bad-text",
		`{"text":"\uDBFF"}`: "bad-text", `{"text":"\uDFFFa"}`: "bad-text", `{"text":"\ud83d\ud83d\ude00"}`: "bad-text",
		`{"text":"\ud83dx\ude00"}`: "bad-text", `{"text":"\ud83d\n\ude00"}`: "bad-text",
		`{"text":"\\\\ud83d"}`: "", `{"text":"\\\ud83d"}`: "bad-text", `{"text":"�"}`: "", `{"text":"a","more":{}}`: "",
	} {
		if err := run(t, "").say("ada", with); code(err) != want {
			t.Errorf("%s: got %v, want %q", with, err, want)
		}
	}
}

func TestWindowAtTheEdge(t *testing.T) {
	t.Parallel()
	s := run(t, "")
	for i := range WindowMessages + 1 {
		if more := s.seen().More; more {
			t.Fatalf("after %d messages there is nothing older", i)
		}
		if err := s.say("ada", fmt.Sprintf(`{"text":"%d"}`, i)); err != nil {
			t.Fatal(err)
		}
	}
	seen := s.seen()
	if len(seen.Messages) != WindowMessages || seen.Messages[0].Text != "1" || !seen.More {
		t.Errorf("%d messages from %q, more %v", len(seen.Messages), seen.Messages[0].Text, seen.More)
	}
	s.save()
	if again := s.seen(); !again.More || !reflect.DeepEqual(again.Messages, seen.Messages) {
		t.Error("the checkpoint has another window")
	}
}

func TestWindowOfLongMessages(t *testing.T) {
	t.Parallel()
	s := run(t, "")
	long := fmt.Sprintf(`{"text":%q}`, strings.Repeat("a", MaxUnits))
	for range WindowUnits/MaxUnits + 3 {
		if err := s.say("ada", long); err != nil {
			t.Fatal(err)
		}
	}
	if seen := s.seen(); len(seen.Messages) != WindowUnits/MaxUnits || !seen.More {
		t.Errorf("%d messages, more %v", len(seen.Messages), seen.More)
	}
}

// reading is a named read over the script's own log.
func (s *script) reading(ask map[string]string) rooms.Reading {
	about := func(_ context.Context, thread, from, to uint64) ([]rooms.Event, error) {
		var found []rooms.Event
		for _, e := range s.log {
			if e.Thread == thread && e.About >= from && e.About <= to {
				found = append(found, e)
			}
		}
		return found, nil
	}
	newests := func(_ context.Context, threads []uint64) ([]rooms.Event, error) {
		var found []rooms.Event
		for _, thread := range threads {
			if e, ok := s.newest(thread); ok {
				found = append(found, e)
			}
		}
		return found, nil
	}
	events := func(_ context.Context, after, before uint64, _ int, _ bool) ([]rooms.Event, error) {
		return slices.DeleteFunc(slices.Clone(s.log), func(e rooms.Event) bool { return e.Seq <= after || e.Seq >= before }), nil
	}
	return rooms.Reading{Activity: "chat", Ask: ask, About: about, Newests: newests, Events: events, Words: func(_ context.Context, thread, after, before uint64, limit int, newest bool) ([]rooms.Event, error) {
		var found []rooms.Event
		for _, e := range s.log {
			if slices.Contains(Kind.Forgettable, e.Did) && e.Thread == thread && e.Seq > after && (before == 0 || e.Seq < before) {
				found = append(found, e)
			}
		}
		if len(found) <= limit {
			return found, nil
		}
		if newest {
			return found[len(found)-limit:], nil
		}
		return found[:limit], nil
	}}
}

func TestOlder(t *testing.T) {
	t.Parallel()
	s := run(t, "")
	for i := range 250 {
		if err := s.say("ada", fmt.Sprintf(`{"text":"%d"}`, i+1)); err != nil {
			t.Fatal(err)
		}
	}
	cases := []struct {
		ask         map[string]string
		first, last string
		count       int
		more        bool
	}{
		{map[string]string{"before": "151", "limit": "100"}, "51", "150", 100, true},
		{map[string]string{"before": "101", "limit": "100"}, "1", "100", 100, false},
		{map[string]string{"before": "51"}, "1", "50", 50, false},
		{map[string]string{"before": "52"}, "2", "51", 50, true},
		{map[string]string{"before": "3", "limit": "1"}, "2", "2", 1, true},
		{nil, "201", "250", 50, true},
	}
	for _, c := range cases {
		answer, err := older(t.Context(), s.reading(c.ask))
		if err != nil {
			t.Fatal(err)
		}
		got := answer.(Page)
		said := texts(got.Messages)
		if len(said) != c.count || said[0] != c.first || said[len(said)-1] != c.last || got.More != c.more {
			t.Errorf("%v: %d messages from %s to %s, more %v", c.ask, len(said), said[0], said[len(said)-1], got.More)
		}
	}
	if answer, err := older(t.Context(), s.reading(map[string]string{"before": "1"})); err != nil || len(answer.(Page).Messages) != 0 {
		t.Errorf("before the first: %v, %v", answer, err)
	}
}

func TestOlderRefuses(t *testing.T) {
	t.Parallel()
	for key, bad := range map[string][]string{
		"before": {"", "-1", "a", "1.5", "99999999999999999999"},
		"limit":  {"", "0", "-1", "101", "a", "99999999999999999999"},
	} {
		for _, value := range bad {
			if _, err := older(t.Context(), run(t, "").reading(map[string]string{key: value})); code(err) == "" || code(err) == "broken" {
				t.Errorf("%s=%q: %v", key, value, err)
			}
		}
	}
}
