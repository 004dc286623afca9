package collab

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/collab/markup"
	"plenum/rooms"
)

func code(err error) string {
	if err == nil {
		return ""
	}
	return rooms.AsRefusal(err).Code
}

// written is a document with a text at revision 0.
func written(t testing.TB, content string) *Document {
	t.Helper()
	a, err := Kind.New(json.RawMessage(fmt.Sprintf(`{"content":%s}`, content)))
	if err != nil {
		t.Fatal(err)
	}
	return a.(*Document)
}

func ask(d *Document, with string) error {
	events, err := d.Decide(rooms.Command{Do: "change", With: json.RawMessage(with), Peer: "eve", N: 1})
	if err == nil {
		d.Apply(events[0])
	}
	return err
}

func TestRefused(t *testing.T) {
	t.Parallel()
	million := "[" + strings.Repeat(`{"delete":1},`, 1_000_000) + `{"delete":1}]`
	cases := map[string][]string{
		"malformed": {
			``, `null`, `[]`, `{}`, `{"base":0}`, `{"change":[]}`, `{"base":null,"change":[]}`, `{"base":-1,"change":[]}`, `{"base":0.5,"change":[]}`,
			`{"base":"0","change":[]}`, `{"base":1e999,"change":[]}`, `{"base":18446744073709551616,"change":[]}`, `{"base":0,"change":null}`,
			`{"base":0,"change":{}}`, `{"base":0,"change":"x"}`, `{"base":0,"change":[{}]}`, `{"base":0,"change":[{"insert":"a","delete":1}]}`,
			`{"base":0,"change":[{"retain":-1}]}`, `{"base":0,"change":[{"retain":1.5}]}`, `{"base":0,"change":[{"retain":99999999999}]}`,
			`{"base":0,"change":[{"delete":1,"attributes":{"bold":true}}]}`, `{"base":0,"change":[{"retain":1,"attributes":{"bold":{"$gt":""}}}]}`,
			`{"base":0,"change":[{"retain":1,"attributes":{"bold":true,"bold":null}}]}`, `{"base":0,"change":` + strings.Repeat("[", 9_000) + strings.Repeat("]", 9_000) + `}`,
		},
		"behind": {`{"base":1,"change":[]}`, `{"base":9007199254740993,"change":[{"insert":"a"}]}`, `{"base":18446744073709551615,"change":[]}`},
		"text": {
			`{"base":0,"change":[{"insert":"a\r\n"}]}`, `{"base":0,"change":[{"insert":"\u0000"}]}`, `{"base":0,"change":[{"insert":"\ud800"}]}`,
			`{"base":0,"change":[{"insert":"\udc00\ud800"}]}`, "{\"base\":0,\"change\":[{\"insert\":\"\xed\xa0\x80\"}]}", "{\"base\":0,\"change\":[{\"insert\":\"\xff\"}]}",
			`{"base":0,"change":[{"retain":2},{"insert":"x"}]}`, `{"base":0,"change":[{"retain":2},{"delete":1}]}`, `{"base":0,"change":[{"delete":2}]}`,
			`{"base":0,"change":[{"retain":2,"attributes":{"bold":true}}]}`, `{"base":0,"change":[{"retain":1},{"retain":1,"attributes":{"bold":null}}]}`,
		},
		"length": {
			`{"base":0,"change":[{"retain":6}]}`, `{"base":0,"change":[{"retain":6},{"insert":"x"}]}`, `{"base":0,"change":[{"retain":5},{"insert":"x"}]}`,
			`{"base":0,"change":[{"retain":4},{"delete":1}]}`, `{"base":0,"change":[{"delete":5}]}`, `{"base":0,"change":[{"delete":5},{"insert":"\n"}]}`,
			`{"base":0,"change":[{"delete":2147483647}]}`, `{"base":0,"change":[{"retain":2147483647},{"retain":2147483647},{"insert":"x"}]}`,
			`{"base":0,"change":[{"retain":5,"attributes":{"bold":true}},{"insert":"\n"}]}`,
		},
		"format": {
			`{"base":0,"change":[{"insert":""}]}`, `{"base":0,"change":[{"delete":0}]}`, `{"base":0,"change":[{"retain":0}]}`,
			`{"base":0,"change":[{"insert":{"image":"/x"}}]}`, `{"base":0,"change":[{"insert":"a","attributes":{"author":"bob"}}]}`,
			`{"base":0,"change":[{"insert":"a","attributes":{"bold":null}}]}`, `{"base":0,"change":[{"insert":"a","attributes":{"bold":1}}]}`,
			`{"base":0,"change":[{"insert":"a","attributes":{"bold":false}}]}`, `{"base":0,"change":[{"insert":"a","attributes":{"header":1}}]}`,
			`{"base":0,"change":[{"insert":"\n","attributes":{"bold":true}}]}`, `{"base":0,"change":[{"insert":"a\n","attributes":{"header":1}}]}`,
			`{"base":0,"change":[{"insert":"a\n","attributes":{"bold":true}}]}`, `{"base":0,"change":[{"insert":"\n","attributes":{"header":4}}]}`,
			`{"base":0,"change":[{"insert":"\n","attributes":{"header":"1"}}]}`, `{"base":0,"change":[{"insert":"\n","attributes":{"list":"dashed"}}]}`,
			`{"base":0,"change":[{"insert":"\n","attributes":{"indent":9}}]}`, `{"base":0,"change":[{"insert":"\n","attributes":{"indent":0}}]}`,
			`{"base":0,"change":[{"retain":1,"attributes":{"color":"red"}}]}`, `{"base":0,"change":[{"retain":1,"attributes":{"color":null}}]}`,
			`{"base":0,"change":[{"retain":1,"attributes":{"header":1}}]}`, `{"base":0,"change":[{"retain":5,"attributes":{"header":null}}]}`,
			`{"base":0,"change":[{"retain":1,"attributes":{"__proto__":1}}]}`, `{"base":0,"change":[{"insert":"a","attributes":{"cell":"t-r-c"}}]}`,
			`{"base":0,"change":[{"insert":"\n","attributes":{"cell":"t-r"}}]}`, `{"base":0,"change":[{"insert":"\n","attributes":{"cell-start":"t-r-0123456789abc"}}]}`,
			`{"base":0,"change":[{"insert":"\n","attributes":{"cell":true}}]}`, `{"base":0,"change":[{"insert":"\n","attributes":{"cell":"T-r-c"}}]}`,
		},
		"too-big": {`{"base":0,"change":` + million + `}`},
	}
	d := written(t, `[{"insert":"a😀b\n"}]`) // five units
	for want, all := range cases {
		for _, with := range all {
			if err := ask(d, with); code(err) != want {
				t.Errorf("%.100s: got %q, want %q", with, code(err), want)
			}
		}
	}
	if d.rev != 0 || d.text.content().String() != `[{"insert":"a😀b\n"}]` {
		t.Errorf("what was refused has made it %d %s", d.rev, d.text.content())
	}
	if err := ask(d, `{"base":0,"change":[{"retain":3},{"insert":"x\ny"},{"delete":1},{"retain":1,"attributes":{"header":null}}],"more":1}`); err != nil {
		t.Errorf("a good change after all that: %v", err)
	}
}

func TestLinks(t *testing.T) {
	t.Parallel()
	good := []string{
		"https://example.org", "http://a.b/c?d=e&f#g", "HTTPS://EXAMPLE.ORG", "mailto:ada@example.org", "/", "/rooms/K7TQ2M", "/a:b", "#", "#top", "https://例え.jp/漢",
		"https://x.y/" + strings.Repeat("a", markup.MaxLink-12),
	}
	bad := []string{
		"", " ", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\tscript:alert(1)", "\x01javascript:alert(1)", " https://a.b", "https://a.b ", "https://a.b/ c", "data:text/html,x",
		"vbscript:x", "file:///etc/passwd", "ftp://a.b", "//evil.example", "/\\evil.example", "\\\\evil", "/\t/evil.example", "https:", "https://", "http:a.b", "https:/a.b", "mailto:",
		"example.org", "a/b", "?q=1", "&#106;avascript:alert(1)", "blob:https://a.b/c", "https://a.b\u00a0", "https://a.b\u2028", "https://a.b/\x7f", "https://a.b/\u0085", "https://[a.b", "https://a.b/%zz",
		"https://x.y/" + strings.Repeat("a", markup.MaxLink-11),
	}
	try := func(link string) string {
		d := written(t, "null")
		return code(ask(d, fmt.Sprintf(`{"base":0,"change":%s}`, delta.Delta{delta.Write("x", delta.Attributed(delta.Attribute{Name: "link", Value: delta.String(link)}))})))
	}
	for _, link := range good {
		if got := try(link); got != "" {
			t.Errorf("%q is refused: %s", link, got)
		}
	}
	for _, link := range bad {
		if got := try(link); got != "format" {
			t.Errorf("%q: %q", link, got)
		}
	}
}

func TestSizeAtTheEdge(t *testing.T) {
	t.Parallel()
	d := written(t, "null")
	if err := ask(d, fmt.Sprintf(`{"base":0,"change":[{"insert":%q}]}`, strings.Repeat("é", MaxUnits))); code(err) != "too-big" {
		t.Errorf("one more than a document can hold: %v", err)
	}
	if err := ask(d, fmt.Sprintf(`{"base":0,"change":[{"insert":%q}]}`, strings.Repeat("é", MaxUnits-3))); err != nil {
		t.Fatal(err)
	}
	if err := ask(d, `{"base":1,"change":[{"insert":"abc"}]}`); code(err) != "too-big" {
		t.Errorf("got %v", err)
	}
	if err := ask(d, `{"base":1,"change":[{"insert":"😀"}]}`); err != nil || d.text.length != MaxUnits {
		t.Errorf("%d units, %v", d.text.length, err)
	}
	if err := ask(d, `{"base":2,"change":[{"insert":"a"},{"delete":1}]}`); code(err) != "text" {
		t.Errorf("half an emoji: %v", err)
	}
	if err := ask(d, `{"base":2,"change":[{"insert":"ab"},{"delete":2}]}`); err != nil || d.text.length != MaxUnits {
		t.Errorf("%d units, %v", d.text.length, err)
	}
	settings, err := d.Copy()
	if err != nil {
		t.Fatal(err)
	}
	copied, err := Kind.New(settings)
	if err != nil || copied.(*Document).text.length != MaxUnits {
		t.Errorf("the copy of the biggest document: %v", err)
	}
}

func TestOperationsAtTheEdge(t *testing.T) {
	t.Parallel()
	many := func(n int) string {
		return fmt.Sprintf(`{"base":0,"change":[%s{"retain":1}]}`, strings.Repeat(`{"retain":1},{"insert":"x"},`, (n-1)/2))
	}
	content := fmt.Sprintf(`[{"insert":%q}]`, strings.Repeat("ab\n", MaxOperations))
	if err := ask(written(t, content), many(MaxOperations+1)); code(err) != "too-big" {
		t.Errorf("got %v", err)
	}
	if err := ask(written(t, content), many(MaxOperations-1)); err != nil {
		t.Errorf("got %v", err)
	}
	all := fmt.Sprintf(`{"base":0,"change":[{"retain":%d,"attributes":{"bold":true}}]}`, 3*MaxOperations)
	d := written(t, content)
	if err := ask(d, all); err != nil || len(d.recent.changes[0].change) != maxSettled-1 {
		t.Errorf("bold over %d lines: %v", MaxOperations, err)
	}
	content = fmt.Sprintf(`[{"insert":%q}]`, strings.Repeat("ab\n", MaxOperations+1))
	all = fmt.Sprintf(`{"base":0,"change":[{"retain":%d,"attributes":{"bold":true}}]}`, 3*MaxOperations+3)
	if err := ask(written(t, content), all); code(err) != "too-big" {
		t.Errorf("bold over more lines: %v", err)
	}
}

func TestSettings(t *testing.T) {
	t.Parallel()
	for _, empty := range []string{"", "null", "{}", `{"content":null}`, `{"content":[{"insert":"\n"}]}`} {
		if a, err := Kind.New(json.RawMessage(empty)); err != nil || a.(*Document).text.content().String() != `[{"insert":"\n"}]` {
			t.Errorf("%q: %v", empty, err)
		}
	}
	for raw, want := range map[string]string{
		`[]`: "malformed", `"a"`: "malformed", `{`: "malformed", `{"content":{}}`: "malformed", `{"content":[]}`: "length", `{"content":[{"insert":"a"}]}`: "length",
		`{"content":[{"retain":1},{"insert":"\n"}]}`: "length", `{"content":[{"insert":"\n"},{"delete":1}]}`: "length", `{"content":[{"insert":"\n"},{"insert":{"image":1}}]}`: "format",
		`{"content":[{"insert":"\r\n"}]}`: "text", `{"content":[{"insert":"\ud800\n"}]}`: "text", `{"content":[{"insert":"a","attributes":{"link":"javascript:x"}},{"insert":"\n"}]}`: "format",
	} {
		if _, err := Kind.New(json.RawMessage(raw)); code(err) != want {
			t.Errorf("%s: got %q, want %q", raw, code(err), want)
		}
	}
}

func TestBadCheckpoints(t *testing.T) {
	t.Parallel()
	for _, bad := range []string{
		"", "[]", `{}`, `{"rev":0,"content":[]}`, `{"rev":0,"content":[{"retain":1}]}`, `{"rev":0,"content":[{"insert":"\n"}],"changes":[{"change":[]}]}`,
		`{"rev":1,"content":[{"insert":"\n"}],"changes":[{"change":[{}]}]}`, `{"rev":0,"content":[{"insert":"a"}]}`,
	} {
		if err := newDocument(nil).Load([]byte(bad)); err == nil {
			t.Errorf("%q was loaded", bad)
		}
	}
}

func TestBadEventsAreSaid(t *testing.T) {
	t.Parallel()
	for _, e := range []rooms.Event{
		{Did: "said", With: json.RawMessage(`{"rev":1,"change":[]}`)}, {Did: "changed"}, {Did: "changed", With: json.RawMessage(`null`)},
		{Did: "changed", With: json.RawMessage(`{"rev":2,"change":[]}`)}, {Did: "changed", With: json.RawMessage(`{"rev":1,"change":[{"retain":2}]}`)},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s %s was applied", e.Did, e.With)
				}
			}()
			written(t, "null").Apply(e)
		}()
	}
}

func TestUnknownCommand(t *testing.T) {
	t.Parallel()
	if _, err := written(t, "null").Decide(rooms.Command{Do: "draw", With: json.RawMessage(`{"base":0,"change":[]}`)}); code(err) != "unknown" {
		t.Errorf("got %v", err)
	}
}
