package markup

import (
	"html"
	"strings"

	"plenum/collab/delta"
)

// MaxFormula is how long a formula may be, in UTF-16 units.
const MaxFormula = 2000

// FormulaOf is the TeX of an embed that is a formula, as documents have them.
func FormulaOf(o delta.Op) (tex string, ok bool) {
	if o.Kind() != delta.Embed {
		return "", false
	}
	rest, formula := strings.CutPrefix(o.Text(), `{"formula":`)
	value, whole := strings.CutSuffix(rest, "}")
	if !formula || !whole {
		return "", false
	}
	tex, ok = delta.Value(value).AsString()
	return tex, ok && IsFormula(tex)
}

// IsFormula tells whether a text can be a formula: TeX on one line, without the
// sign that ends one in Markdown unless it is escaped. Whether it makes sense is
// for who shows it to say.
func IsFormula(tex string) bool {
	return tex != "" && delta.Units(tex) <= MaxFormula && tidyFormula(tex) == tex && closes(tex) < 0 && !escapes(tex, len(tex))
}

// tidyFormula is TeX on one line, without what it says only to who writes it.
func tidyFormula(tex string) string {
	if strings.Contains(tex, "\n") {
		var lines []string
		for l := range strings.SplitSeq(tex, "\n") {
			for i := range len(l) {
				if l[i] == '%' && !escapes(l, i) {
					l = l[:i]
					break
				}
			}
			lines = append(lines, strings.TrimSpace(l))
		}
		tex = strings.Join(lines, " ")
	}
	return strings.Trim(strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f && r <= 0xa0 || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, tex), " ")
}

// closes is where the first sign stands that would end a formula; -1 if none does.
func closes(tex string) int {
	for i := range len(tex) {
		if tex[i] == '$' && !escapes(tex, i) {
			return i
		}
	}
	return -1
}

// escapes tells whether what stands at a place is escaped by what is before it.
func escapes(tex string, at int) bool {
	n := 0
	for at-n > 0 && tex[at-n-1] == '\\' {
		n++
	}
	return n%2 == 1
}

func formulaOf(tex string, a delta.Attributes) run {
	r := runOf(a)
	r.marks &^= code
	r.tex = tex
	return r
}

// formulaTag is a formula as HTML: its TeX, told apart from code by its class.
func formulaTag(tex string) string {
	return `<code class="math">` + html.EscapeString(tex) + "</code>"
}

// hasClass tells whether a class is among those of an element.
func hasClass(class, name string) bool {
	for one := range strings.FieldsSeq(class) {
		if one == name {
			return true
		}
	}
	return false
}

// beginFormula takes what follows for TeX, if an element begins that holds some.
func (e *element) beginFormula(name string, has map[string]string) {
	switch {
	case e.block == codeLine || e.tex:
	case name == "code" || name == "span":
		e.tex = !e.skip && hasClass(has["class"], "math") // of ours, and of Pandoc's
	case name == "annotation" && e.mathml && has["encoding"] == "application/x-tex":
		e.skip, e.tex = false, true
	}
}

// endFormula puts in the formula that the TeX was, if it can be one.
func (r *reader) endFormula() {
	said := string(r.tex)
	r.tex = r.tex[:0]
	tex := strings.TrimSpace(said)
	for _, around := range [][2]string{{`\(`, `\)`}, {`\[`, `\]`}, {"$$", "$$"}} { // as Pandoc has it
		if inner, ok := strings.CutPrefix(tex, around[0]); ok && strings.HasSuffix(inner, around[1]) {
			tex = strings.TrimSuffix(inner, around[1])
			break
		}
	}
	if tex = tidyFormula(tex); IsFormula(tex) {
		r.place(run{tex: tex})
	} else {
		r.text(said, false)
	}
}
