package rooms

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
)

// Whatever a peer sends, reading it ends in a frame or a refusal.
func FuzzFrames(f *testing.F) {
	for _, seed := range []string{
		`{"in":"chat","do":"say","with":{"text":"x"},"n":1}`, `{"signal":"typing","in":"chat","with":null}`,
		`{"watch":{"a":1,"b":null},"unwatch":["c"]}`, `{"n":-1}`, `{"n":1e999}`, `{"in":{"$gt":""}}`, `[]`, `null`, `{"in":"\ud800"}`,
		`{"join":"K7TQ2M","protocol":1,"peer":"p-000000","next":1}`, strings.Repeat("[", 20_000),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, frame []byte) {
		var refusal *Refusal
		in, err := parseFrame(frame)
		if err != nil && !errors.As(err, &refusal) {
			t.Errorf("%q: %v", frame, err)
		}
		if err == nil && in.Watch == nil && in.Unwatch == nil {
			c := in.command("peer-0001")
			if c.In == "" || len(c.With) == 0 || !json.Valid(c.With) || c.N > maxNumber {
				t.Errorf("%q became %+v", frame, c)
			}
		}
		if _, err := parseJoin(frame); err != nil && !errors.As(err, &refusal) {
			t.Errorf("%q: %v", frame, err)
		}
	})
}

// Names and titles are bounded as they say, and cannot lie about themselves.
func TestCleanNames(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, want string }{
		{"  Ada   Lovelace ", "Ada Lovelace"}, {"a\u202eb", "ab"}, {"a\nb", "a b"}, {"\x00a", "a"},
		{strings.Repeat("é", MaxName), strings.Repeat("é", MaxName)},
		{strings.Repeat("👩‍👩‍👧‍👦", MaxName), strings.Repeat("👩‍👩‍👧‍👦", MaxName)},
		{strings.Repeat("a", MaxName+1), ""}, {" \u2066 ", ""}, {"", ""},
		{"a" + strings.Repeat("\u0301", 10_000), ""}, // one grapheme of 20 KB
	} {
		got, err := CleanName(c.name)
		if got != c.want || (err != nil) != (c.want == "") {
			t.Errorf("%.40q became %.40q, %v", c.name, got, err)
		}
	}
	if _, err := cleanTitle(strings.Repeat("😀", MaxTitle/2)); err != nil {
		t.Error(err)
	}
	if _, err := cleanTitle(strings.Repeat("😀", MaxTitle/2) + "a"); err == nil {
		t.Error("a title beyond the limit was taken")
	}
}
