package markup

import (
	"fmt"
	"html"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// inline is the text of a line in Markdown. The marks of Markdown do not work
// beside every character; where they would not, tags stand instead. `start`:
// at its beginning it could be taken for a list, a quote or the like.
func inline(runs []run, start bool) string {
	if len(runs) == 0 {
		return ""
	}
	w := marker{start: start}
	out := w.write(runs)
	if len(runs) == 1 && runs[0].marks == 0 && runs[0].link == "" && !runs[0].thing() || slices.EqualFunc(readInline(out), runs, same) {
		return out
	}
	w.tags = true
	return w.write(runs)
}

// signsOf counts what could begin or end a formula.
func signsOf(runs []run) int {
	n := 0
	for _, r := range runs {
		if n += strings.Count(r.text+r.link, "$"); r.tex != "" {
			n++
		}
	}
	return n
}

// inlineCell is the text of a line of a cell of a table. `signed`: others of its
// lines have signs, too, that could begin or end a formula.
func inlineCell(runs []run, signed bool) string {
	if len(runs) == 0 {
		return ""
	}
	w := marker{signed: signed}
	out := w.write(runs)
	if slices.EqualFunc(readInline(out), runs, same) && !slices.ContainsFunc(runs, func(r run) bool { return strings.Contains(r.tex, "|") }) {
		return strings.ReplaceAll(out, "|", `\|`)
	}
	w.tags = true
	return strings.ReplaceAll(w.write(runs), "|", "&#124;")
}

// same tells whether two are the same, as far as Markdown can say it: how large
// an image is it cannot.
func same(a, b run) bool {
	a.size, a.shape, b.size, b.shape = "", "", "", ""
	return a == b
}

// readInline is what a reader makes of the text of a line.
func readInline(text string) []run {
	s := &sink{units: 1 << 30, operations: 1 << 30}
	readMarkdown(text, s)
	return s.last.runs
}

// marker writes runs with their marks.
type marker struct {
	tags  bool
	start bool
	out   strings.Builder
	open  []string // how to close what is open, innermost last
	is    run      // what is open

	signed bool // there are signs that could begin or end a formula
}

// signs are the marks of Markdown. Underlined text has none.
var signs = map[marks]string{bold: "**", italic: "_", strike: "~~"}

func (m *marker) write(runs []run) string {
	m.out.Reset()
	m.signed = m.signed || signsOf(runs) > 1
	for i, r := range runs {
		m.turn(r)
		if r.file != "" {
			m.image(r)
			continue
		}
		if r.tex != "" {
			m.formula(r)
			continue
		}
		if r.marks&code != 0 && !m.tags {
			m.out.WriteString(codeSpan(r.text))
			continue
		}
		first, last := i == 0, i+1 == len(runs)
		before, after := m.out.String(), rune(0)
		if !last && (runs[i+1].link != "" && runs[i+1].link != r.link || runs[i+1].file != "") {
			after = '['
		}
		text := escape(r.text, first, last, first && m.start && before == "", after)
		if m.signed {
			text = strings.ReplaceAll(text, "$", `\$`)
		}
		m.out.WriteString(text)
	}
	m.turn(run{})
	return m.out.String()
}

func (m *marker) image(r run) {
	if m.tags {
		m.out.WriteString(r.tag(r.text))
		return
	}
	m.out.WriteString("![" + escape(r.text, true, true, false, 0) + "](files/" + r.file + ")")
}

func (m *marker) formula(r run) {
	if m.tags {
		m.out.WriteString(`<code class="math">` + strings.ReplaceAll(escape(r.tex, true, true, false, 0), "$", `\$`) + "</code>")
		return
	}
	m.out.WriteString("$" + r.tex + "$")
}

// turn closes and opens what is needed to go on with other marks.
func (m *marker) turn(to run) {
	if to.link == m.is.link && to.marks == m.is.marks {
		return
	}
	for _, end := range slices.Backward(m.open) {
		m.out.WriteString(end)
	}
	m.open, m.is = m.open[:0], to
	if to.link != "" {
		m.begin(m.linkSigns(to.link))
	}
	for _, n := range names {
		switch sign := signs[n.mark]; {
		case to.marks&n.mark == 0, n.mark == code && !m.tags:
		case m.tags || sign == "":
			m.begin("<"+n.tag+">", "</"+n.tag+">")
		default:
			m.begin(sign, sign)
		}
	}
}

func (m *marker) begin(start, end string) {
	m.out.WriteString(start)
	m.open = append(m.open, end)
}

func (m *marker) linkSigns(link string) (start, end string) {
	if m.tags {
		return `<a href="` + html.EscapeString(link) + `">`, "</a>"
	}
	return "[", "](<" + strings.NewReplacer("<", `\<`, ">", `\>`, "&", "&amp;").Replace(link) + ">)"
}

// codeSpan is code within a line: it has no escapes, so the marks around it
// are longer than any within.
func codeSpan(text string) string {
	mark := strings.Repeat("`", longest(text, '`')+1)
	if strings.Trim(text, " ") != "" && (text[0] == '`' || text[len(text)-1] == '`' || text[0] == ' ' && text[len(text)-1] == ' ') {
		text = " " + text + " "
	}
	return mark + text + mark
}

// begins finds what at the beginning of a line would make it something else.
var begins = regexp.MustCompile(`^([-+=#>|:]|[0-9]{1,9}([.)]))`)

// reference finds what could be the name of a character.
var reference = regexp.MustCompile(`^&(#?[0-9A-Za-z]{1,40};)`)

// escape is a text that stands for itself. `first` and `last` tell whether it
// is at an end of the line, where white space would be cut off; `start` whether
// it could begin a block; `after` is the sign that comes behind it.
func escape(text string, first, last, start bool, after rune) string {
	var out strings.Builder
	if found := begins.FindStringSubmatchIndex(text); start && found != nil {
		if found[4] >= 0 { // the point behind a number
			out.WriteString(text[:found[4]] + `\`)
			text = text[found[4]:]
		} else {
			out.WriteByte('\\')
		}
		out.WriteByte(text[0])
		text, first = text[1:], false
	}
	for i, r := range text {
		atEnd := i+utf8.RuneLen(r) == len(text)
		switch {
		case unicode.IsSpace(r) && r != '\u0085' && r != '\u00a0' && (first && i == 0 || last && atEnd || r != ' ' && r != '\t' && r != '\u3000'):
			fmt.Fprintf(&out, "&#%d;", r)
			continue
		case r == '\\' && last && atEnd: // before the one that breaks the line
			out.WriteString("&#92;")
			continue
		case strings.ContainsRune("\\`*_[]<~", r), r == '&' && reference.MatchString(text[i:]):
			out.WriteByte('\\')
		case r == '!' && atEnd && after == '[', r == '#' && last && atEnd:
			out.WriteByte('\\')
		case r == ']' || r == '!' && strings.HasPrefix(text[i+1:], "["):
			out.WriteByte('\\')
		}
		out.WriteRune(r)
	}
	return out.String()
}
