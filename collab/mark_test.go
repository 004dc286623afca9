package collab

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"plenum/collab/delta"
)

// What settling gives is the same on both sides: the front end reads the same file.
func TestSettledSuggestions(t *testing.T) {
	t.Parallel()
	raw, err := os.ReadFile("testdata/settled.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Content, Accepted, Rejected delta.Delta }
	if err := json.Unmarshal(raw, &cases); err != nil || len(cases) == 0 {
		t.Fatalf("%d cases, %v", len(cases), err)
	}
	for _, c := range cases {
		if got := after(t, c.Content, anySuggestion, accepted); !got.Equal(c.Accepted) {
			t.Errorf("%s accepted is %s", c.Content, got)
		}
		if got := after(t, c.Content, anySuggestion, rejected); !got.Equal(c.Rejected) {
			t.Errorf("%s rejected is %s", c.Content, got)
		}
	}
}

func TestSuggestionsInFiles(t *testing.T) {
	t.Parallel()
	given, err := delta.Parse([]byte(`[{"insert":"We meet on "},{"insert":"Monday","attributes":{"removed-m1-a":3,"bold":true}},{"insert":"Tuesday","attributes":{"added-m1-a":3}},` +
		`{"insert":".\n"},{"insert":"So","attributes":{"added-m1-b":3}},{"insert":"\n","attributes":{"added-m1-b":3,"header":1}},{"insert":"be it.\n"}]`))
	if err != nil {
		t.Fatal(err)
	}
	for ask, want := range map[string]string{
		"":         "We meet on {--Monday--}{++Tuesday++}.\n{++So¶++}\nbe it.\n",
		"accepted": "We meet on Tuesday.\nSo\nbe it.\n",
		"rejected": "We meet on Monday.\nbe it.\n",
	} {
		content, err := exported(given, ask)
		if err != nil {
			t.Fatal(err)
		}
		text := ""
		for _, o := range content {
			text += o.Text()
			if marks(o.Attributes()) > 0 {
				t.Errorf("%q has marks: %s", ask, content)
			}
		}
		if text != want {
			t.Errorf("%q gives %q", ask, text)
		}
	}
	if _, err := exported(given, "both"); err == nil {
		t.Error("something else was exported")
	}
	markdown, _ := formatOf("markdown")
	var file strings.Builder
	content, _ := exported(given, "")
	if err := markdown.Write(&file, "", content); err != nil || !strings.Contains(file.String(), "We meet on {--**Monday**--}{++Tuesday++}.") {
		t.Errorf("Markdown: %q, %v", file.String(), err)
	}
}

func TestCopyIsWithoutSuggestions(t *testing.T) {
	t.Parallel()
	d := discuss(t, `[{"insert":"one\n"}]`)
	d.must(eve, "suggest", `{"base":0,"change":[{"insert":"new ","attributes":{"added-m1-e":3}},{"retain":3,"attributes":{"removed-m1-e":3}}]}`)
	settings, err := d.Copy()
	if err != nil || string(settings) != `{"content":[{"insert":"one\n"}]}` {
		t.Errorf("%s, %v", settings, err)
	}
	if _, err := Kind.New(json.RawMessage(`{"content":[{"insert":"x","attributes":{"added-m1-a":3}},{"insert":"\n"}]}`)); code(err) != "format" {
		t.Errorf("a document was made with a suggestion: %v", err)
	}
}
