package markup

import (
	"errors"
	"fmt"
	"strings"
	"testing"
)

func hostile(n int) map[string]string {
	rep := func(s string) string { return strings.Repeat(s, n/len(s)) }
	half := func(a, b string) string { return strings.Repeat(a, n/2/len(a)) + strings.Repeat(b, n/2/len(b)) }
	var lists, refs, ticks strings.Builder
	for i := 0; lists.Len() < n; i++ {
		lists.WriteString(strings.Repeat(" ", 2*(i%400)) + "- a\n")
	}
	for i := 0; refs.Len() < n; i++ {
		fmt.Fprintf(&refs, "[a%d]: https://a.b/%d\n", i, i)
	}
	for i := 1; ticks.Len() < n; i++ {
		ticks.WriteString(strings.Repeat("`", i%2000) + "a")
	}
	return map[string]string{
		"quotes": rep(">"), "quotes spaced": rep("> "), "quote lines": rep("> > > > > > > > > > > > > a\n"), "lists": rep("- "), "numbers": rep("1. "), "list lines": lists.String(),
		"open links": rep("["), "closed links": half("[", "]"), "links": rep("[a]("), "links in links": half("[a](", ")"), "images": half("![", "](a)"), "images half": rep("![a]("),
		"stars": rep("*"), "stars open": rep("*a "), "stars both": rep("a*"), "double": rep("**a "), "mixed": rep("*a **b _c __d "), "unders": rep("_a "), "strikes": rep("~~a "), "closing": half("**a ", " a**"), "em nest": half("*a **a ", "a** a*"),
		"ticks": ticks.String(), "tick": rep("`a``b"), "tags": rep("<a "), "lt": rep("<"), "comments": rep("<!-- "), "cdata": rep("<![CDATA["), "pi": rep("<?"), "decl": rep("<!A "), "autolinks": rep("<http:"), "mails": rep("a@"), "urls": rep("http://"), "www": rep("www."), "mail run": rep("a") + "@",
		"entities": rep("&"), "entity": rep("&amp"), "entity long": "&" + rep("a") + ";", "backslash": rep("\\"), "refs": refs.String(), "ref defs": rep("[a]: "), "one ref": "[" + rep("a") + "]: x\n", "ref uses": "[a]: " + strings.Repeat("x", 1500) + "\n\n" + rep("[a]"),
		"tables": "|" + rep("a|") + "\n|" + rep("-|") + "\n", "table rows": "a|b\n-|-\n" + rep("|"), "table many": strings.Repeat("a|", 2000) + "\n" + strings.Repeat("-|", 2000) + "\n" + rep("x\n"), "tabs": rep("\t"), "spaces": rep(" "), "newlines": rep("\n"), "crs": rep("\r"),
		"setext": rep("a\n") + "===", "ordinals": rep("1) > "), "dashes": rep("- ") + "a", "fences": rep("```\n"), "tildes": rep("~"), "hashes": rep("#"), "tasks": rep("- [ ] a\n"), "checks": rep("[x]"), "deep b": rep("<b>"), "deep div": rep("<div>"), "deep ul": rep("<ul><li>"), "deep quote": rep("<blockquote>"),
		"unclosed": rep("</p>"), "attributes": "<a " + rep("a=b ") + ">", "styles": `<p style="` + rep("a:b;") + `">x`, "fonts": strings.Repeat("<font size=1><i><b id=x>", 300) + rep("<p>x"), "tables html": rep("<table><tr><td>"), "scripts": rep("<script>"), "svg": rep("<svg><p>"), "textarea": rep("<textarea>"), "plaintext": "<plaintext>" + rep("<a>"),
		"brs": rep("<br>"), "images html": rep("<img alt=a>"), "letters": rep("a"), "han": rep("漢"), "lines": rep("a\n"), "bold lines": rep("**a**\n\n"), "html in md": rep("<div>\n\n"), "details": rep("<details><summary>a</summary>\n\n"),
		"links soft": rep("[a](b\n"), "quote list": rep("> - "), "list quote": rep("- > "), "hr": rep("***\n"), "linked": "[" + rep("a*b") + "](c)", "paren": "[a](" + rep("(") + ")", "title": "[a](b \"" + rep("a") + ")",
	}
}

// Whatever is in a file, reading it comes to an end soon. What is broken here
// would take minutes; the test has no clock of its own.
func TestHostile(t *testing.T) {
	t.Parallel()
	for name, file := range hostile(40_000) {
		for _, f := range Formats {
			content, err := f.Read([]byte(file), 1<<22)
			if err != nil && !errors.Is(err, ErrBig) && !errors.Is(err, ErrTangled) {
				t.Errorf("%s as %s: %v", name, f.Name, err)
			}
			if err == nil && len(content) > MaxOperations+2 {
				t.Errorf("%s as %s: %d operations", name, f.Name, len(content))
			}
		}
	}
}

// What is refused is refused because of what it is, and ordinary things beside
// it are not.
func TestTangled(t *testing.T) {
	t.Parallel()
	files := hostile(100_000)
	for _, name := range []string{"quotes", "quotes spaced", "numbers", "list quote", "links", "images half", "ordinals"} {
		if _, err := Formats[0].Read([]byte(files[name]), 1<<22); !errors.Is(err, ErrTangled) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, file := range []string{strings.Repeat("- ", 500), strings.Repeat("* ", 500), strings.Repeat(">", maxMarkers), strings.Repeat("*a* [b](c) `d` ", 100)} {
		if _, err := Formats[0].Read([]byte(file), 1<<22); err != nil {
			t.Errorf("%.40q: %v", file, err)
		}
	}
}

func TestEdges(t *testing.T) {
	t.Parallel()
	for _, f := range Formats {
		if _, err := f.Read([]byte("a\xff"), 100); !errors.Is(err, ErrEncoding) {
			t.Errorf("%s takes what is not UTF-8: %v", f.Name, err)
		}
		if content, err := f.Read([]byte(strings.Repeat("a", 99)), 100); err != nil || content.Len() != 100 {
			t.Errorf("%s: 100 units: %v", f.Name, err)
		}
		if _, err := f.Read([]byte(strings.Repeat("a", 100)), 100); !errors.Is(err, ErrBig) {
			t.Errorf("%s: 101 units: %v", f.Name, err)
		}
		if content := read(t, f, nil); content.String() != `[{"insert":"\n"}]` {
			t.Errorf("%s: nothing is %s", f.Name, content)
		}
	}
	rows := strings.Repeat("- a\n", MaxOperations/2)
	if content, err := Formats[0].Read([]byte(rows), 1<<22); err != nil || len(content) != MaxOperations {
		t.Errorf("%d operations: %v", len(content), err)
	}
	if _, err := Formats[0].Read([]byte(rows+"- a\n"), 1<<22); !errors.Is(err, ErrBig) {
		t.Errorf("one line more: %v", err)
	}
}
