package markup

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"plenum/collab/delta"
)

// pieces are texts that some reader could take for something else.
var pieces = []string{
	"a", "b c", " ", "  ", "word", "漢字", "「引」", "，", "😀", "مرحبا", "*", "**", "_", "__", "`", "``", "```", "~", "~~", "#", "# ", "## a", "-", "- ", "- a", "+ b",
	"1. ", "12) x", "1.", ">", "> q", "=", "===", "---", "***", "|", "| a | b |", "|---|", ":-:", ":", "\\", "\\*", "[", "]", "[x]", "[ ] ", "[a](b)", "![", "!", "(", ")",
	"<", ">", "<b>", "</b>", "<!--", "-->", "<script>", "&", "&amp;", "&#65;", "&lt", "\t", "\u00a0", "\u3000", "e\u0301", ".", ",", "a_b_c", "2 * 3 * 4", "\u2028", "\x0c", "\x0b", "\u200b",
	"\"", "'", "{", "}", "$", "[^1]", "[a]: b", "    code", "a  b", "x\\", "\u0085", "$a", "$5", "a$", "$$", "\\$", "5$",
}

var formulas = []string{"x", "e=mc^2", `\frac{a}{b}`, "a|b", `\|v\|`, `\$5`, "a<b & c>d", "`", "_a_*b*", "[x](y)", `a\\`, "公式", "x\"'</code>", "5", "a b  c", "!"}

var linksOf = []string{"", "", "", "https://a.b/c_d", "https://a.b/(x)?q=1&copy=2&amp;3#*", "mailto:a@b.c", "/r/ABC", "#top", "https://a.b/<x>'\"`[y]"}

type writer struct{ *rand.Rand }

// document is one of every sort of line and format, at random.
func (w writer) document(most int) delta.Delta {
	var ops delta.Delta
	l := line{}
	for table := range 1 + w.IntN(most) {
		if w.IntN(6) == 0 {
			ops = append(ops, w.table(table)...)
			l = line{}
			continue
		}
		if w.IntN(3) > 0 {
			l = line{block: block(w.IntN(8))}
			switch {
			case l.block == codeLine:
				l.language = []string{"", "", "go", "cpp", "x-1"}[w.IntN(5)]
			case l.block == heading:
				l.level = 1 + w.IntN(3)
			case l.block.isList():
				l.indent = w.IntN(w.IntN(5) + 1)
			}
		}
		for range w.IntN(5) {
			r := run{text: pieces[w.IntN(len(pieces))]}
			if w.IntN(3) == 0 {
				r.marks = marks(w.IntN(32))
				r.link = linksOf[w.IntN(len(linksOf))]
			}
			if w.IntN(8) == 0 {
				r.text, r.tex = "", formulas[w.IntN(len(formulas))]
				r.marks &^= code
				ops = append(ops, delta.Put("formula", delta.String(r.tex), r.attributes()))
				continue
			}
			if w.IntN(8) == 0 {
				r.text, r.picture = tidyAlt(pieces[w.IntN(len(pieces))]), w.picture()
				ops = append(ops, delta.Put("image", delta.String(r.file), r.attributes()))
				continue
			}
			ops = append(ops, delta.Write(r.text, r.attributes()))
		}
		ops = append(ops, delta.Write("\n", l.attributes()))
	}
	return ops.Normal()
}

// table is one of a few cells, of which some may be missing.
func (w writer) table(n int) (ops delta.Delta) {
	rows, columns := 1+w.IntN(4), 1+w.IntN(4)
	for i := range rows {
		for j := range columns {
			if w.IntN(8) == 0 {
				continue
			}
			c := Cell{fmt.Sprintf("t%d", n), fmt.Sprintf("r%d", i), fmt.Sprintf("c%d", j)}
			ops = append(ops, delta.Write("\n", c.attributes(true)))
			for range 1 + w.IntN(2) {
				for range w.IntN(3) {
					r := run{text: pieces[w.IntN(len(pieces))]}
					if w.IntN(3) == 0 {
						r.marks, r.link = marks(w.IntN(32)), linksOf[w.IntN(len(linksOf))]
					}
					if w.IntN(5) == 0 {
						r.text, r.tex = "", formulas[w.IntN(len(formulas))]
						r.marks &^= code
						ops = append(ops, delta.Put("formula", delta.String(r.tex), r.attributes()))
						continue
					}
					ops = append(ops, delta.Write(r.text, r.attributes()))
				}
				ops = append(ops, delta.Write("\n", c.attributes(false)))
			}
		}
	}
	return ops
}

func (w writer) picture() picture {
	return picture{
		file: "sha256-" + strings.Repeat(string("0af"[w.IntN(3)]), 64),
		size: []string{"", "small", "medium"}[w.IntN(3)], shape: []string{"", "640x480"}[w.IntN(2)],
	}
}

// unsized is a document with images of no size, as Markdown has them.
func unsized(content delta.Delta) delta.Delta {
	var out delta.Delta
	for _, o := range content {
		if file, ok := ImageOf(o); ok {
			r := pictureOf(file, o.Attributes())
			r.size, r.shape = "", ""
			o = delta.Put("image", delta.String(file), r.attributes())
		}
		out = append(out, o)
	}
	return out
}

// seeded tells the seed of a test, which repeats it.
func seeded(t *testing.T) writer {
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	return writer{rand.New(rand.NewPCG(seed, 1))}
}

// kept is what is left of a document once it was written and read.
func kept(content delta.Delta) delta.Delta {
	s := &sink{units: 1 << 30, operations: 1 << 30}
	for l := range tidy(content) {
		s.line(l)
	}
	out, err := s.document()
	if err != nil {
		panic(err)
	}
	return out
}
