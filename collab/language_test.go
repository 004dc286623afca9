package collab

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plenum/collab/markup"
	"plenum/rooms"
)

// Code in documents has a language or none, at any length that a name can have.
func TestCodeBlocksHaveALanguage(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]string{
		`true`: "", `"go"`: "", `"c++"`: "", `"objective-c"`: "", `"` + strings.Repeat("a", 32) + `"`: "", `null`: "",
		`""`: "format", `false`: "format", `1`: "format", `"Go"`: "format", `"a b"`: "format", `"-a"`: "format", `"a\u0000"`: "format", `"a\n"`: "format", `"<b>"`: "format",
		`"é"`: "format", `"` + strings.Repeat("a", 33) + `"`: "format", `"constructor\"x"`: "format",
	} {
		d := written(t, `[{"insert":"x\n"}]`)
		if err := ask(d, fmt.Sprintf(`{"base":0,"change":[{"retain":1},{"retain":1,"attributes":{"code-block":%s}}]}`, value)); code(err) != want {
			t.Errorf("code in %s: %v, want %q", value, err, want)
		}
	}
}

// A formula is one thing of length 1, of at most MaxFormula units.
func TestFormulas(t *testing.T) {
	t.Parallel()
	put := func(tex, more string) string {
		encoded, err := json.Marshal(tex)
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf(`{"base":0,"change":[{"retain":1},{"insert":{"formula":%s}%s}]}`, encoded, more)
	}
	for with, want := range map[string]string{
		put("e=mc^2", ""): "", put(strings.Repeat("x", markup.MaxFormula), ""): "", put(`\def\a{\a\a}\a`, ""): "", put("x", `,"attributes":{"bold":true,"link":"https://a.b"}`): "",
		put(strings.Repeat("x", markup.MaxFormula+1), ""): "format", put("", ""): "format", put(" x", ""): "format", put("$", ""): "format", put("a\x00b", ""): "format", put("a\nb", ""): "format",
		put("x", `,"attributes":{"alt":"a"}`): "format", put("x", `,"attributes":{"size":"small"}`): "format", put("x", `,"attributes":{"header":1}`): "format",
		`{"base":0,"change":[{"insert":{"formula":1}}]}`: "format", `{"base":0,"change":[{"insert":{"formula":"x","a":"b"}}]}`: "malformed",
	} {
		d := written(t, `[{"insert":"ab\n"}]`)
		if err := ask(d, with); code(err) != want {
			t.Errorf("%.80s: %v, want %q", with, err, want)
		}
		if want == "" && d.text.length != 4 {
			t.Errorf("%.80s makes %d units", with, d.text.length)
		}
	}
	d := written(t, `[{"insert":"ab\n"}]`)
	for _, with := range []string{put("x^2", ""), `{"base":1,"change":[{"retain":3,"attributes":{"bold":true,"alt":"of images"}}]}`} {
		if err := do(d, "change", with); err != nil {
			t.Fatal(err)
		}
	}
	if got := d.text.content().String(); got != `[{"insert":"a","attributes":{"bold":true}},{"insert":{"formula":"x^2"},"attributes":{"bold":true}},{"insert":"b","attributes":{"bold":true}},{"insert":"\n"}]` {
		t.Errorf("bold lies on %s", got)
	}
	if found := d.Texts(); len(found) != 1 || found[0].Text != "ax^2b" {
		t.Errorf("search sees %+v", found)
	}
}

func TestSourceInALanguage(t *testing.T) {
	t.Parallel()
	d := newSource(t, `[{"insert":"package main\n"}]`)
	for called, want := range map[string]string{"a b": "language", strings.Repeat("a", 33): "language", "a\tb": "language", "<": "language"} {
		if err := do(d, "code", fmt.Sprintf(`{"language":%q}`, called)); code(err) != want {
			t.Errorf("%q: %v, want %q", called, err, want)
		}
	}
	for _, with := range []string{`{}`, `{"language":null}`, `{"language":1}`, `[]`} {
		if err := do(d, "code", with); code(err) != "malformed" {
			t.Errorf("%s: %v", with, err)
		}
	}
	if err := do(written(t, `[{"insert":"a\n"}]`), "code", `{"language":"go"}`); code(err) != "unknown" {
		t.Errorf("a rich document in Go: %v", err)
	}
	for _, step := range []struct{ called, is, name, file, markdown string }{
		{"Go", "go", "main.go", "package main\n", "```go\npackage main\n```\n"},
		{"JS", "javascript", "main.go.js", "package main\n", "```javascript\npackage main\n```\n"},
		{"plain", "text", "main.go.txt", "package main\n", "```\npackage main\n```\n"},
		{"mermaid", "mermaid", "main.go.txt", "package main\n", "```mermaid\npackage main\n```\n"},
		{"md", "", "main.go.md", "package main\n", "package main\n"},
	} {
		if err := do(d, "code", fmt.Sprintf(`{"language":%q}`, step.called)); err != nil {
			t.Fatal(err)
		}
		state, err := d.Save()()
		if err != nil {
			t.Fatal(err)
		}
		d = newSource(t, `null`)
		if err := d.Load(state); err != nil {
			t.Fatal(err)
		}
		if view := d.View(rooms.Member{}).(View); view.Language != step.is || d.rev != 0 {
			t.Errorf("%s is %q at revision %d", step.called, view.Language, d.rev)
		}
		answer, err := exportSource(t.Context(), reading(d, "main.go", nil))
		if err != nil {
			t.Fatal(err)
		}
		if name := answer.(rooms.File).Name; name != step.name {
			t.Errorf("%s is saved as %q", step.called, name)
		}
		if got := exportedSource(t, d, ""); got != step.file {
			t.Errorf("%s is saved as %q", step.called, got)
		}
		if got := exportedSource(t, d, "markdown"); got != step.markdown {
			t.Errorf("%s as Markdown is %q", step.called, got)
		}
	}
	if _, err := Source.New([]byte(`{"language":"a b"}`)); code(err) != "language" {
		t.Errorf("made in no language: %v", err)
	}
	made, err := Source.New([]byte(`{"language":"py","content":[{"insert":"a < b\n"}]}`))
	if err != nil {
		t.Fatal(err)
	}
	python := made.(*Document)
	if page := exportedSource(t, python, "html"); !strings.Contains(page, "<code class=\"language-python\">a &lt; b\n</code>") {
		t.Errorf("the page is %s", page)
	}
	copied, err := python.Copy()
	if err != nil || !strings.Contains(string(copied), `"language":"python"`) {
		t.Errorf("its copy is %s, %v", copied, err)
	}
}
