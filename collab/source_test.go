package collab

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/rooms"
	"plenum/rooms/laws"
)

func sourcePlan() laws.Plan {
	return laws.Plan{Kind: Source, Aimed: randomSource, Mirror: func() laws.Mirror { return &mirror{} }}
}

func TestSourceLaws(t *testing.T) { t.Parallel(); laws.Check(t, sourcePlan()) }
func TestSourceRoom(t *testing.T) { t.Parallel(); laws.CheckRoom(t, sourcePlan()) }
func TestSourceGolden(t *testing.T) {
	t.Parallel()
	laws.Golden(t, sourcePlan(), "testdata/source-2.jsonl")
	laws.GoldenOf(t, sourcePlan(), "testdata/source.jsonl") // before there were languages
}

// randomSource is what randomChange is, mostly without the formats that a source
// does not have.
func randomSource(r *rand.Rand, members []rooms.Member, see laws.See) rooms.Command {
	if r.IntN(8) == 0 {
		language := []string{"go", "js", "", "markdown", "mermaid", "a b"}[r.IntN(6)]
		return rooms.Command{Do: "code", With: fmt.Appendf(nil, `{"language":%q}`, language), From: members[r.IntN(len(members))]}
	}
	command := randomChange(r, members, see)
	for Source.Commands[command.Do].Role == rooms.Everyone { // a source has no comments
		command = randomChange(r, members, see)
	}
	if command.Do == "import" {
		with, err := asItIs("text/markdown", []byte("# "+typist{r}.word()+"\r\n- [x] "+typist{r}.word()))
		if err != nil {
			panic(err)
		}
		command.With = with
	}
	if command.Do != "change" || r.IntN(10) == 0 {
		return command
	}
	var with map[string]json.RawMessage
	if err := json.Unmarshal(command.With, &with); err != nil {
		panic(err)
	}
	change, err := delta.Parse(with["change"])
	if err != nil {
		panic(err)
	}
	with["change"] = plainOf(change).AppendJSON(nil)
	if command.With, err = json.Marshal(with); err != nil {
		panic(err)
	}
	return command
}

// plainOf is a change without formats.
func plainOf(change delta.Delta) delta.Delta {
	out := make(delta.Delta, len(change))
	for i, o := range change {
		switch out[i] = o; o.Kind() {
		case delta.Text:
			out[i] = delta.Write(o.Text(), nil)
		case delta.Retain:
			out[i] = delta.Keep(o.Len(), nil)
		}
	}
	return out
}

func newSource(t *testing.T, content string) *Document {
	t.Helper()
	a, err := Source.New(fmt.Appendf(nil, `{"content":%s}`, content))
	if err != nil {
		t.Fatal(err)
	}
	return a.(*Document)
}

// Whatever shape a change has, a source stays text: what would lay a format on it
// is refused, also one that takes a format away, and also after a restart.
func TestSourceIsTextAlone(t *testing.T) {
	t.Parallel()
	r := seeded(t)
	d := newSource(t, `[{"insert":"# Plan\n"}]`)
	for i := range 500 {
		if i%50 == 0 {
			state, err := d.Save()()
			if err != nil {
				t.Fatal(err)
			}
			d = newSource(t, `null`)
			if err := d.Load(state); err != nil {
				t.Fatal(err)
			}
		}
		change := typist{r}.change(d.text.content())
		want := ""
		for _, o := range change {
			if len(o.Attributes()) > 0 {
				want = "format"
			}
		}
		before := d.text.content().String()
		if err := ask(d, fmt.Sprintf(`{"base":%d,"change":%s}`, d.rev, change)); code(err) != want {
			t.Fatalf("%s: %v, want %q", change, err, want)
		}
		if want != "" && d.text.content().String() != before {
			t.Fatalf("%s is refused and changes the text", change)
		}
		for _, o := range d.text.content() {
			if o.Kind() != delta.Text || len(o.Attributes()) > 0 {
				t.Fatalf("%s leaves %s", change, d.text.content())
			}
		}
	}
	for _, change := range []string{`[{"insert":{"image":"x"}}]`, `[{"retain":1,"attributes":{"bold":null}}]`, `[{"insert":"a","attributes":{"bold":true}}]`} {
		if err := ask(d, fmt.Sprintf(`{"base":%d,"change":%s}`, d.rev, change)); code(err) != "format" {
			t.Errorf("%s: %v", change, err)
		}
	}
	for settings, want := range map[string]string{
		`{"content":[{"insert":"a"},{"insert":"\n","attributes":{"header":1}}]}`: "format",
		`{"content":[{"insert":"a"}]}`:                                           "length",
		`{"content":[{"insert":"a\r\n"}]}`:                                       "text",
	} {
		if _, err := Source.New(json.RawMessage(settings)); code(err) != want {
			t.Errorf("%s: %v, want %q", settings, err, want)
		}
	}
}

func TestSourceKeepsAFileAsItIs(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ kind, file, want, code string }{
		{"text/markdown", "\ufeff# A  \r\n\r\n* b\t<b>\r|\\*|", "# A  \n\n* b\t<b>\n|\\*|\n", ""},
		{"text/plain", "漢字 😀\n", "漢字 😀\n", ""},
		{"text/markdown", "", "\n", ""},
		{"text/markdown", "a\x00b", "a\ufffdb\n", ""},
		{"text/markdown", strings.Repeat("- a\n", 100_000), strings.Repeat("- a\n", 100_000), ""},
		{"text/markdown", strings.Repeat(">", 5000), strings.Repeat(">", 5000) + "\n", ""},
		{"text/html", "<p>a", "", "file-type"}, {"image/png", "a", "", "file-type"},
		{"text/markdown", "\xff", "", "encoding"},
		{"text/plain", strings.Repeat("a", MaxUnits), "", "too-big"},
		{"text/plain", strings.Repeat("a", MaxImport+1), "", "too-big"},
	} {
		d := newSource(t, `null`)
		with, err := asItIs(c.kind, []byte(c.file))
		if err == nil {
			err = do(d, "import", string(with))
		}
		if code(err) != c.code {
			t.Errorf("%s of %.20q: %v, want %q", c.kind, c.file, err, c.code)
		}
		if err != nil {
			continue
		}
		if got := exportedSource(t, d, "markdown"); got != c.want {
			t.Errorf("%.20q becomes %.40q", c.file, got)
		}
		if d.text.length > 1 && code(do(d, "import", string(with))) != "not-empty" {
			t.Errorf("%.20q can be imported twice", c.file)
		}
	}
	if err := do(newSource(t, `null`), "import", `{"content":[{"insert":"a","attributes":{"bold":true}},{"insert":"\n"}]}`); code(err) != "format" {
		t.Errorf("an import with formats: %v", err)
	}
}

func exportedSource(t *testing.T, d *Document, format string) string {
	t.Helper()
	answer, err := exportSource(t.Context(), reading(d, "", map[string]string{"format": format}))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := answer.(rooms.File).Write(&out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestSourceIsExported(t *testing.T) {
	t.Parallel()
	const source = "# Plan <1>\n\n- [x] *one* <script>alert(1)</script>\n"
	d := newSource(t, fmt.Sprintf(`[{"insert":%q}]`, source))
	for _, format := range []string{"", "markdown", "text"} {
		if got := exportedSource(t, d, format); got != source {
			t.Errorf("%q gives %q", format, got)
		}
	}
	page := exportedSource(t, d, "html")
	if !strings.Contains(page, "<h1>Plan &lt;1&gt;</h1>") || !strings.Contains(page, "<i>one</i>") || strings.Contains(page, "<script") {
		t.Errorf("the page is %s", page)
	}
	answer, err := exportSource(t.Context(), reading(d, "", nil))
	if err != nil {
		t.Fatal(err)
	}
	if name := answer.(rooms.File).Name; name != "Plan 1.md" {
		t.Errorf("the file is called %q", name)
	}
	if _, err := exportSource(t.Context(), reading(d, "", map[string]string{"format": "docx"})); code(err) != "malformed" {
		t.Errorf("a format that there is not: %v", err)
	}
	tangled := newSource(t, fmt.Sprintf(`[{"insert":%q}]`, strings.Repeat(">", 5000)+"\n"))
	if _, err := exportSource(t.Context(), reading(tangled, "", map[string]string{"format": "html"})); code(err) != "tangled" {
		t.Errorf("a page of a tangled source: %v", err)
	}
}

// For search, a source is parted at its headings.
func TestSourceIsFoundByHeadings(t *testing.T) {
	t.Parallel()
	d := newSource(t, `[{"insert":"# Alpha\nfirst\n# Beta\nsecond\n"}]`)
	texts := d.Texts()
	if len(texts) != 2 || texts[0].Text != "# Alpha\nfirst" || texts[1].Text != "# Beta\nsecond" {
		t.Errorf("search sees %+v", texts)
	}
}
