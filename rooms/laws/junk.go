package laws

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"plenum/rooms"
)

const deep = 10_000

// broken is what no command with content may accept: it is no JSON object.
func broken() []string {
	return []string{
		"", " ", "{", "}", `{"`, `{"text":`, "nul", "\x00", "\xff\xfe", `{"a":1}}`, `{'a':1}`, `{"a":01}`,
		"null", "true", "17", "-1", "1e999", `"text"`, "[]", `[{"text":"a"}]`, `"\ud800"`,
		strings.Repeat("[", deep), strings.Repeat("[", deep) + strings.Repeat("]", deep),
		strings.Repeat(`{"a":`, deep) + "1" + strings.Repeat("}", deep+1),
	}
}

// odd is what is put in the place of each value of a good command.
func odd() []string {
	return []string{
		"null", "true", "0", "-1", "0.5", "1e999", "1e-999", "-9223372036854775809", "18446744073709551616", "9007199254740993",
		`""`, `" "`, `"\u0000"`, `"\ud800"`, `"\udc00\ud800"`, `"a\ud83d"`, `"\\ud800"`, `"` + "\xed\xa0\x80" + `"`, `"` + "\xff" + `"`,
		`"__proto__"`, `"\r\n"`, `"` + strings.Repeat("x", 1<<20) + `"`, "[]", "{}", `[null]`, `[[[]]]`, `{"":null}`,
		strings.Repeat("[", deep-10) + strings.Repeat("]", deep-10), strings.Repeat("[", deep*2) + strings.Repeat("]", deep*2),
		"[" + strings.Repeat("0,", 100_000) + "0]",
	}
}

// junk is law 9: whatever a peer sends, the activity does not panic, refuses in
// words, or stores clean text; and trying changes nothing.
func junk(w *world) error {
	for range Steps {
		if _, _, err := w.step(); err != nil {
			return err
		}
	}
	for _, name := range slices.Sorted(maps.Keys(w.plan.Kind.Commands)) {
		before, err := w.picture(w.live)
		if err != nil {
			return err
		}
		if err := w.throw(name); err != nil {
			return err
		}
		after, err := w.picture(w.live)
		if err != nil {
			return err
		}
		if err := same(before, after); err != nil {
			return fmt.Errorf("junk for %q changed the state: %w", name, err)
		}
	}
	return nil
}

// throw tries one command with all kinds of junk.
func (w *world) throw(name string) error {
	bare := slices.Contains(w.plan.Bare, name) || w.plan.Kind.Commands[name].Role == rooms.TheRoom
	for _, raw := range broken() {
		accepted, err := w.attempt(name, []byte(raw))
		if err == nil && accepted && !bare {
			err = errors.New("was accepted")
		}
		if err != nil {
			return fmt.Errorf("%q with %s: %w", name, clip(raw), err)
		}
	}
	for _, raw := range w.mutants(name) {
		if _, err := w.attempt(name, raw); err != nil {
			return fmt.Errorf("%q with %s: %w", name, clip(string(raw)), err)
		}
	}
	for range 100 {
		raw := make([]byte, w.rand.IntN(60))
		for i := range raw {
			raw[i] = byte(w.rand.UintN(256))
		}
		if _, err := w.attempt(name, raw); err != nil {
			return fmt.Errorf("%q with %q: %w", name, raw, err)
		}
	}
	return nil
}

// attempt decides a command and applies nothing.
func (w *world) attempt(name string, with []byte) (accepted bool, err error) {
	from := w.members[slices.IndexFunc(w.members, func(m rooms.Member) bool { return m.Role == rooms.Owner })]
	if w.plan.Kind.Commands[name].Role > from.Role {
		from = rooms.Member{Role: rooms.TheRoom}
	}
	events, err := w.decide(w.live, w.fill(rooms.Command{Do: name, With: with, From: from}))
	if err != nil {
		return false, err
	}
	asked := bytes.Contains(with, []byte("\uFFFD")) || bytes.Contains(bytes.ToLower(with), []byte(`\ufffd`))
	for _, e := range events {
		if err := clean(e.With, asked); err != nil {
			return true, fmt.Errorf("the event %q: %w", e.Did, err)
		}
	}
	return len(events) > 0, nil
}

// clean tells what is wrong with the text of an event. The replacement
// character may be stored only where it was asked for: else it is the trace of
// text that was changed without a word.
func clean(with json.RawMessage, asked bool) error {
	if !utf8.Valid(with) {
		return errors.New("is not UTF-8")
	}
	if !asked && bytes.Contains(with, []byte("\uFFFD")) || !asked && bytes.Contains(with, []byte(`\ufffd`)) {
		return errors.New("has a replacement character in it that nobody sent")
	}
	for at := 0; ; {
		step := bytes.Index(with[at:], []byte(`\u`))
		if step < 0 {
			return nil
		}
		at += step
		if backslashes(with[:at])%2 == 0 && at+3 < len(with) && (with[at+2] == 'd' || with[at+2] == 'D') && with[at+3] >= '8' {
			return errors.New("has an escaped surrogate in it")
		}
		at += 2
	}
}

func backslashes(before []byte) int { return len(before) - len(bytes.TrimRight(before, `\`)) }

func clip(raw string) string {
	if len(raw) > 200 {
		return fmt.Sprintf("%q… (%d bytes)", raw[:200], len(raw))
	}
	return fmt.Sprintf("%q", raw)
}
