package collab

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/collab/markup"
	"plenum/rooms"
)

func fill(d *Document, mediaType, file string) error {
	with, err := imported(mediaType, []byte(file))
	if err != nil {
		return err
	}
	events, err := d.Decide(rooms.Command{Do: "import", With: with})
	if err == nil {
		d.Apply(events[0])
	}
	return err
}

func TestImportFillsAnEmptyDocument(t *testing.T) {
	t.Parallel()
	for _, before := range []string{`[{"insert":"\n"}]`, `[{"insert":"\n","attributes":{"header":1}}]`, `[{"insert":"\n","attributes":{"indent":2,"list":"bullet"}}]`} {
		d := written(t, before)
		if err := fill(d, "text/markdown", "# Plan\n\n- [x] *one*\n"); err != nil {
			t.Fatal(err)
		}
		want := `[{"insert":"Plan"},{"insert":"\n","attributes":{"header":1}},{"insert":"one","attributes":{"italic":true}},{"insert":"\n","attributes":{"list":"checked"}}]`
		if got := d.text.content().String(); got != want || d.rev != 1 {
			t.Errorf("%s becomes %s at revision %d", before, got, d.rev)
		}
		if err := fill(d, "text/plain", "again"); code(err) != "not-empty" {
			t.Errorf("a second import: %v", err)
		}
	}
}

func TestImportRefuses(t *testing.T) {
	t.Parallel()
	big := strings.Repeat("a", MaxUnits)
	for _, c := range []struct{ kind, file, code string }{
		{"image/png", "x", "file-type"}, {"text/css", "x", "file-type"}, {"text/markdown", "\xff", "encoding"}, {"text/html", "\xc3", "encoding"},
		{"text/plain", big, "too-big"}, {"text/plain", big[1:], ""}, {"text/markdown", strings.Repeat(">", 5000), "tangled"},
		{"text/markdown", strings.Repeat("- a\n", markup.MaxOperations), "too-big"}, {"text/html", "", ""}, {"text/plain", "a\r\nb\x00", ""},
	} {
		d := written(t, `[{"insert":"\n"}]`)
		if err := fill(d, c.kind, c.file); code(err) != c.code {
			t.Errorf("%s of %.20q: %v, want %q", c.kind, c.file, err, c.code)
		}
		if c.code != "" && d.text.length != 1 {
			t.Errorf("%s of %.20q: refused, and yet %d units", c.kind, c.file, d.text.length)
		}
	}
	d := written(t, `[{"insert":"\n"}]`)
	for with, want := range map[string]string{
		`{}`: "malformed", `[]`: "malformed", `{"content":[{"delete":1}]}`: "length", `{"content":[]}`: "length", `{"content":[{"insert":"a"}]}`: "length",
		`{"content":[{"insert":"a\n","attributes":{"bold":true}}]}`: "format", `{"content":[{"insert":{"image":"x"}},{"insert":"\n"}]}`: "format",
		`{"content":[{"insert":"a","attributes":{"link":"javascript:alert(1)"}},{"insert":"\n"}]}`: "format",
	} {
		if _, err := d.Decide(rooms.Command{Do: "import", With: json.RawMessage(with)}); code(err) != want {
			t.Errorf("%s: %v, want %q", with, err, want)
		}
	}
}

// reading is a named read of a document as it is.
func reading(d *Document, title string, ask map[string]string) rooms.Reading {
	return rooms.Reading{Title: title, Ask: ask, View: func(context.Context) (json.RawMessage, error) { return json.Marshal(d.View(rooms.Member{})) }}
}

func TestExportIsAFile(t *testing.T) {
	t.Parallel()
	d := written(t, `[{"insert":"Plan <1>"},{"insert":"\n","attributes":{"header":1}},{"insert":"one"},{"insert":"\n","attributes":{"list":"bullet"}}]`)
	for _, c := range []struct{ format, title, name, kind, has string }{
		{"", "Notes", "Notes.md", "text/markdown", "# Plan \\<1>\n\n- one\n"},
		{"markdown", "", "Plan 1.md", "text/markdown", "# Plan"},
		{"html", `a/b:"c" 会议`, "a b c 会议.html", "text/html", "<title>a/b:&#34;c&#34; 会议</title>"},
		{"text", "...", "document.txt", "text/plain", "Plan <1>\n- one\n"},
		{"html", strings.Repeat("x", 200), strings.Repeat("x", 60) + ".html", "text/html", "<h1>Plan &lt;1&gt;</h1>\n"},
	} {
		answer, err := export(t.Context(), reading(d, c.title, map[string]string{"format": c.format}))
		if err != nil {
			t.Fatal(err)
		}
		file := answer.(rooms.File)
		var out bytes.Buffer
		if err := file.Write(&out); err != nil {
			t.Fatal(err)
		}
		if file.Name != c.name || file.Type != c.kind+"; charset=utf-8" || !strings.Contains(out.String(), c.has) {
			t.Errorf("%+v gives %q, %q: %s", c, file.Name, file.Type, out.String())
		}
	}
	if _, err := export(t.Context(), reading(d, "", map[string]string{"format": "docx"})); code(err) != "malformed" {
		t.Errorf("a format that there is not: %v", err)
	}
}

// Whatever a file becomes, the document takes it.
func FuzzImport(f *testing.F) {
	f.Add("text/markdown", "# a\n- b")
	f.Add("text/html", "<p>a<li>b<pre>c")
	f.Add("text/plain", "a\r\n\x00")
	f.Fuzz(func(t *testing.T, kind, file string) {
		a, err := Kind.New(nil)
		if err != nil {
			t.Fatal(err)
		}
		d := a.(*Document)
		if err := fill(d, kind, file); err != nil {
			if c := code(err); c != "file-type" && c != "encoding" && c != "tangled" && c != "too-big" {
				t.Fatalf("%v", err)
			}
			return
		}
		if content := d.text.content(); !endsInNewline(content) || allowed(content) != nil {
			t.Fatal(fmt.Sprint(content))
		}
	})
}

// BenchmarkImport is what the biggest import costs the room.
func BenchmarkImport(b *testing.B) {
	with, err := imported("text/markdown", []byte(strings.Repeat("- an item of a list\n", markup.MaxOperations/2)))
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		d := newDocument(delta.Delta{delta.Write("\n", nil)})
		events, err := d.Decide(rooms.Command{Do: "import", With: with})
		if err != nil {
			b.Fatal(err)
		}
		d.Apply(events[0])
	}
}
