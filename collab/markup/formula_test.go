package markup

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"plenum/collab/delta"
)

// The front end's reader of Markdown finds the same formulas: it has the same cases.
func TestFormulasInMarkdown(t *testing.T) {
	t.Parallel()
	file, err := os.ReadFile("testdata/formulas.json")
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct {
		Markdown string
		Formulas []string
	}
	if err := json.Unmarshal(file, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		found := []string{}
		for _, o := range read(t, Formats[0], []byte(c.Markdown)) {
			if tex, ok := FormulaOf(o); ok {
				found = append(found, tex)
			}
		}
		if strings.Join(found, "\n") != strings.Join(c.Formulas, "\n") {
			t.Errorf("%q has %q, want %q", c.Markdown, found, c.Formulas)
		}
	}
}

func TestIsFormula(t *testing.T) {
	t.Parallel()
	for tex, want := range map[string]bool{
		"x": true, `\frac{1}{2}`: true, `\$5`: true, `a\\`: true, "公式 😀": true, strings.Repeat("x", MaxFormula): true, strings.Repeat("😀", MaxFormula/2): true, `\def\a{\a}\a`: true,
		"": false, " x": false, "x ": false, "$": false, "a$b": false, `\\$`: false, `x\`: false, `a\\\`: false, "a\nb": false, "a\tb": false, "a\x00b": false, "a\u2028b": false, "a\u0085b": false,
		strings.Repeat("x", MaxFormula+1): false, strings.Repeat("😀", MaxFormula/2) + "x": false,
	} {
		if IsFormula(tex) != want {
			t.Errorf("%.40q is a formula: %v", tex, !want)
		}
		if tex, ok := FormulaOf(delta.Put("formula", delta.String(tex), nil)); ok != want {
			t.Errorf("%.40q is put in as a formula: %v", tex, ok)
		}
	}
	for _, value := range []delta.Value{"1", "true", "null"} {
		if _, ok := FormulaOf(delta.Put("formula", value, nil)); ok {
			t.Errorf("%s is a formula", value)
		}
	}
}

func TestFormulasOfOtherPrograms(t *testing.T) {
	t.Parallel()
	for file, want := range map[string]string{
		`<p>a <span class="math inline">\(x^2\)</span> b`: `[{"insert":"a "},{"insert":{"formula":"x^2"}},{"insert":" b\n"}]`,
		`<p><span class="katex"><math><semantics><mi>x</mi><annotation encoding="application/x-tex">x</annotation></semantics></math><span class="katex-html">x</span></span>`: `[{"insert":{"formula":"x"}},{"insert":"\n"}]`,
		`<math><mi>x</mi></math>a`: `[{"insert":"a\n"}]`,
		`<template><math><annotation encoding="application/x-tex">x</annotation></math></template>a`: `[{"insert":"a\n"}]`,
		`<code class="math">$</code>`:                                 `[{"insert":"$\n"}]`,
		`<code class="math">x<p>y`:                                    `[{"insert":{"formula":"xy"}},{"insert":"\n"}]`,
		`<pre><code class="math">x</code></pre>`:                      `[{"insert":"x"},{"insert":"\n","attributes":{"code-block":true}}]`,
		`<code class="math">` + strings.Repeat("x", 3000) + `</code>`: `[{"insert":"` + strings.Repeat("x", 3000) + `\n"}]`,
	} {
		if got := read(t, Formats[1], []byte(file)).String(); got != want {
			t.Errorf("%.80s\nis   %.200s\nwant %.200s", file, got, want)
		}
	}
}

func TestLanguages(t *testing.T) {
	t.Parallel()
	for called, want := range map[string]string{
		"go": "go", "JS": "javascript", " c++ ": "cpp", "mermaid": "mermaid", "TEXT": "text", "md": "markdown",
		"": "", "a b": "", `"><script>`: "", "-x": "", "漢": "", strings.Repeat("a", 32): strings.Repeat("a", 32), strings.Repeat("a", 33): "",
	} {
		if got := Language(called); got != want {
			t.Errorf("%q is called %q, want %q", called, got, want)
		}
	}
	for file, want := range map[string]string{
		"```js title=\"a\"\na\n```":                          `"javascript"`,
		"``` {.python}\na\n```":                              `"python"`,
		"~~~ text\na\n~~~":                                   `true`,
		"```\"><script>\na\n```":                             `true`,
		`<pre><code class="hljs language-ts">a</code></pre>`: `"typescript"`,
		`<pre class="lang-rb">a</pre>`:                       `"ruby"`,
	} {
		f := Formats[0]
		if file[0] == '<' {
			f = Formats[1]
		}
		if got, want := read(t, f, []byte(file)).String(), `[{"insert":"a"},{"insert":"\n","attributes":{"code-block":`+want+`}}]`; got != want {
			t.Errorf("%q is %s, want %s", file, got, want)
		}
	}
	two := "```go\na\n```\n\n```js\nb\n```\n"
	if got := read(t, Formats[0], []byte(two)).String(); got != `[{"insert":"a"},{"insert":"\n","attributes":{"code-block":"go"}},{"insert":"b"},{"insert":"\n","attributes":{"code-block":"javascript"}}]` {
		t.Errorf("two blocks are %s", got)
	}
}
