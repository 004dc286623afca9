package delta

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestParseRefuses(t *testing.T) {
	t.Parallel()
	cases := map[error][]string{
		ErrShape: {
			``, ` `, `null`, `{}`, `[`, `]`, `[,]`, `[{}]`, `[1]`, `[null]`, `[[]]`, `[{"retain":1},]`, `[{"retain":1}]]`, `[{"retain":1}] x`,
			`[{"retain":"1"}]`, `[{"retain":1.0}]`, `[{"retain":1e3}]`, `[{"retain":-1}]`, `[{"retain":-0}]`, `[{"retain":01}]`, `[{"retain":2147483648}]`,
			`[{"retain":null}]`, `[{"retain":99999999999999999999}]`, `[{"delete":true}]`, `[{"insert":1}]`, `[{"insert":null}]`, `[{"insert":["a"]}]`,
			`[{"insert":{}}]`, `[{"insert":{"a":1,"b":2}}]`, `[{"insert":{"a":null}}]`, `[{"insert":{"a":{}}}]`, `[{"insert":"a","delete":1}]`,
			`[{"insert":"a","insert":"b"}]`, `[{"retain":1,"retain":1}]`, `[{"attributes":{"b":1}}]`, `[{"delete":1,"attributes":{"b":1}}]`,
			`[{"retain":1,"attributes":null}]`, `[{"retain":1,"attributes":[]}]`, `[{"retain":1,"attributes":{"b":{}}}]`, `[{"retain":1,"attributes":{"b":[1]}}]`,
			`[{"retain":1,"attributes":{"b":1.5}}]`, `[{"retain":1,"attributes":{"b":9007199254740992}}]`, `[{"retain":1,"attributes":{"b":1,"b":1}}]`,
			`[{"retain":1,"attributes":{"b":1,"\u0062":1}}]`, `[{"retain":1,"attributes":{},"attributes":{}}]`, `[{"Retain":1}]`, `[{"retain":1,"more":1}]`,
			`[{"insert":"a`, `[{"insert":"\x"}]`, `[{"insert":"\u12"}]`, `[{"insert":"\u12g4"}]`, "[{\"insert\":\"a\nb\"}]", `[{"insert":"a"`, `[{"insert"}]`, `[{insert:"a"}]`,
			`[{"retain":1,"attributes":{"b":tru}}]`, strings.Repeat("[", 100_000), strings.Repeat(`[{"insert":`, 100_000),
		},
		ErrText: {
			`[{"insert":"\ud83d"}]`, `[{"insert":"\ude00"}]`, `[{"insert":"\ude00\ud83d"}]`, `[{"insert":"\ud83dx"}]`, `[{"insert":"\ud83d\n"}]`, `[{"insert":"\ud83d\u0041"}]`,
			`[{"insert":"\uD83D\uD83D\uDE00"}]`, `[{"insert":"\\\ud83d"}]`, "[{\"insert\":\"\xed\xa0\x80\"}]", "[{\"insert\":\"\xff\"}]", "[{\"insert\":\"\xf0\x9f\"}]",
			`[{"retain":1,"attributes":{"b":"\ud83d"}}]`, `[{"insert":{"image":"\ud83d"}}]`, `[{"\ud83d":1}]`,
		},
		ErrValue: {
			`[{"insert":"a","attributes":{"b":null}}]`, `[{"attributes":{"b":null},"insert":"a"}]`, `[{"insert":"a","attributes":{"":1}}]`,
			`[{"insert":"a","attributes":{"é":1}}]`, `[{"insert":"a","attributes":{"a b":1}}]`, `[{"insert":{"a":1},"attributes":{"b":null}}]`,
		},
		ErrEmpty: {`[{"insert":""}]`, `[{"retain":0}]`, `[{"delete":0}]`},
	}
	for want, all := range cases {
		for _, raw := range all {
			if d, err := Parse([]byte(raw)); !errors.Is(err, want) {
				t.Errorf("%.80s: got %v, %v, want %v", raw, d, err, want)
			}
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	for raw, want := range map[string]string{
		`[]`:        `[]`,
		" [ \n\t] ": `[]`,
		` [ { "retain" : 1 , "attributes" : { "b" : null , "a" : "x" } } ] `: `[{"retain":1,"attributes":{"a":"x","b":null}}]`,
		`[{"attributes":{"a":-5},"insert":"x"}]`:                             `[{"insert":"x","attributes":{"a":-5}}]`,
		`[{"attributes":{"a":false},"insert":{"image":true}}]`:               `[{"insert":{"image":true},"attributes":{"a":false}}]`,
		`[{"retain":1,"attributes":{}}]`:                                     `[{"retain":1}]`,
		`[{"retain":1},{"retain":2147483647}]`:                               `[{"retain":1},{"retain":2147483647}]`,
		`[{"insert":"\ud83d\ude00\u00e9\/\u2028\u0000\u001f\u007f"}]`:        "[{\"insert\":\"😀é/\u2028\\u0000\\u001f\x7f\"}]",
		`[{"insert":"\\ud83d"}]`:                                             `[{"insert":"\\ud83d"}]`,
		`[{"insert":"` + "\ufffd" + `"}]`:                                    `[{"insert":"` + "\ufffd" + `"}]`,
		`[{"insert":"a\"\\\b\f\n\r\t<>&"}]`:                                  `[{"insert":"a\"\\\b\f\n\r\t<>&"}]`,
	} {
		d, err := Parse([]byte(raw))
		if err != nil || d.String() != want {
			t.Errorf("%s: got %s, %v", raw, d, err)
		}
	}
}

func TestParseMost(t *testing.T) {
	t.Parallel()
	three := []byte(`[{"delete":1},{"retain":1},{"delete":1}]`)
	if d, err := ParseMost(three, 3); err != nil || len(d) != 3 {
		t.Errorf("got %v, %v", d, err)
	}
	if _, err := ParseMost(three, 2); !errors.Is(err, ErrMany) {
		t.Errorf("got %v", err)
	}
	million := []byte("[" + strings.Repeat(`{"delete":1},`, 1_000_000) + `{"delete":1}]`)
	p := parser{raw: million}
	if _, err := p.delta(10_000); err != ErrMany || p.at > 200_000 {
		t.Errorf("got %v after %d bytes", err, p.at)
	}
}

// FuzzParse: whatever is given is refused by one of the named errors, or is a
// delta that says what encoding/json reads in it and survives being printed.
func FuzzParse(f *testing.F) {
	for _, c := range counterexamples {
		f.Add([]byte(c.history[0]))
	}
	f.Add([]byte(`[{"insert":"\ud83d\ude00","attributes":{"b":null,"a":"\u0000"}},{"insert":{"image":-1}},{"retain":3},{"delete":2}]`))
	f.Fuzz(func(t *testing.T, raw []byte) {
		d, err := Parse(raw)
		if err != nil {
			for _, known := range []error{ErrShape, ErrText, ErrValue, ErrEmpty} {
				if errors.Is(err, known) {
					return
				}
			}
			t.Fatalf("%q: %v", raw, err)
		}
		var plain []struct {
			Insert         any
			Retain, Delete int
			Attributes     map[string]any
		}
		if err := json.Unmarshal(raw, &plain); err != nil || len(plain) != len(d) {
			t.Fatalf("%q is %s, and for encoding/json %v", raw, d, err)
		}
		for i, o := range d {
			text, isText := plain[i].Insert.(string)
			if o.Kind() == Text && (!isText || text != o.Text() || !utf8.ValidString(text)) || len(o.Attributes()) != len(plain[i].Attributes) ||
				o.Kind() == Retain && plain[i].Retain != o.Len() || o.Kind() == Delete && plain[i].Delete != o.Len() {
				t.Fatalf("%q: operation %d is %s", raw, i, d)
			}
		}
		again, err := Parse(d.AppendJSON(nil))
		if err != nil || !again.Equal(d) {
			t.Fatalf("%q: %s became %s, %v", raw, d, again, err)
		}
	})
}
