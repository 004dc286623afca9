package markup

import (
	"iter"
	"strings"

	"plenum/collab/delta"
)

// Marks are the formats of text that have no value.
type marks uint8

const (
	bold marks = 1 << iota
	italic
	strike
	underline
	code
)

// names are those of marks, in the order in which they enclose each other.
var names = []struct {
	mark marks
	name string
	tag  string
}{
	{bold, "bold", "b"}, {italic, "italic", "i"}, {strike, "strike", "s"}, {underline, "underline", "u"}, {code, "code", "code"},
}

// run is a piece of text within a line, an image or a formula.
type run struct {
	text  string
	marks marks
	link  string
	tex   string // of a formula
	picture
}

// thing tells whether it is an image or a formula.
func (r run) thing() bool { return r.file != "" || r.tex != "" }

// block is what a line is.
type block uint8

const (
	text block = iota
	heading
	quote
	codeLine
	bullet
	ordered
	checked
	unchecked
	tableBlock // many lines, each of a cell
)

var listNames = map[block]string{bullet: "bullet", ordered: "ordered", checked: "checked", unchecked: "unchecked"}

func (b block) isList() bool { return b >= bullet && b <= unchecked }

// line is one line of a document, without the newline that ends it.
type line struct {
	block  block
	level  int // of a heading, from 1
	indent int
	runs   []run

	language string // of code, if one is said

	cell   *Cell // that it is in
	starts bool  // it is the empty line before the cell
	grid   grid  // of a table
}

func (l line) blank() bool { return len(l.runs) == 0 }

// add appends a piece of text, to the last one if it has the same formats.
func (l *line) add(r run) {
	if r.thing() {
		l.runs = append(l.runs, r)
		return
	}
	if last := len(l.runs) - 1; last >= 0 && l.runs[last].marks == r.marks && l.runs[last].link == r.link && !l.runs[last].thing() {
		l.runs[last].text += r.text
	} else if r.text != "" {
		l.runs = append(l.runs, r)
	}
}

// blocksOf are the lines of a document, each as it is shown, and its tables.
func blocksOf(content delta.Delta) iter.Seq[line] {
	return func(yield func(line) bool) {
		var table []line
		end := func() bool {
			if len(table) == 0 {
				return true
			}
			t := line{block: tableBlock, grid: gridOf(table)}
			table = nil
			return yield(t)
		}
		for l := range lines(content) {
			if (l.cell == nil || len(table) > 0 && l.cell.Table != table[0].cell.Table) && !end() {
				return
			}
			if l.cell != nil {
				table = append(table, l)
			} else if !yield(l) {
				return
			}
		}
		end()
	}
}

// lines are those of a document, each as it is shown.
func lines(content delta.Delta) iter.Seq[line] {
	return func(yield func(line) bool) {
		var l line
		for _, o := range content {
			if file, ok := ImageOf(o); ok {
				l.add(pictureOf(file, o.Attributes()))
			}
			if tex, ok := FormulaOf(o); ok {
				l.add(formulaOf(tex, o.Attributes()))
			}
			if o.Kind() != delta.Text {
				continue
			}
			piece := runOf(o.Attributes())
			for rest := o.Text(); rest != ""; {
				var ended bool
				piece.text, rest, ended = strings.Cut(rest, "\n")
				l.add(piece)
				if !ended {
					break
				}
				if l.shape(o.Attributes()); !yield(l) {
					return
				}
				l = line{}
			}
		}
		if !l.blank() {
			yield(l)
		}
	}
}

func runOf(a delta.Attributes) run {
	var r run
	for _, n := range names {
		if a.Get(n.name) == delta.True {
			r.marks |= n.mark
		}
	}
	if link, ok := a.Get("link").AsString(); ok && IsLink(link) {
		r.link = link
	}
	return r
}

// shape makes a line what its newline says. Of several things it is one, in
// the same order as on the screen.
func (l *line) shape(a delta.Attributes) {
	if cell, starts, ok := CellOf(a); ok {
		l.cell, l.starts = &cell, starts
		return
	}
	if indent := a.Get("indent"); len(indent) == 1 {
		l.indent = int(indent[0] - '0')
	}
	list, _ := a.Get("list").AsString()
	header := a.Get("header")
	switch {
	case IsCode(a.Get("code-block")):
		l.block = codeLine
		l.language, _ = a.Get("code-block").AsString()
		l.runs = plain(l.runs)
	case list != "":
		for b, name := range listNames {
			if name == list {
				l.block = b
			}
		}
	case a.Get("blockquote") == delta.True:
		l.block = quote
	case len(header) == 1:
		l.block, l.level = heading, int(header[0]-'0')
	}
}

// plain are pieces without formats and images, and of formulas the TeX.
func plain(runs []run) []run {
	var all strings.Builder
	for _, r := range runs {
		if r.file == "" {
			all.WriteString(r.text + r.tex)
		}
	}
	if all.Len() == 0 {
		return nil
	}
	return []run{{text: all.String()}}
}

// attributes are those of the newline that ends the line.
func (l line) attributes() delta.Attributes {
	var a []delta.Attribute
	switch {
	case l.block == heading:
		a = append(a, delta.Attribute{Name: "header", Value: delta.Int(int64(l.level))})
	case l.block == quote:
		a = append(a, delta.Attribute{Name: "blockquote", Value: delta.True})
	case l.block == codeLine:
		a = append(a, delta.Attribute{Name: "code-block", Value: delta.True})
		if l.language != "" {
			a[0].Value = delta.String(l.language)
		}
	case l.block.isList():
		a = append(a, delta.Attribute{Name: "list", Value: delta.String(listNames[l.block])})
	}
	if l.indent > 0 {
		a = append(a, delta.Attribute{Name: "indent", Value: delta.Int(int64(l.indent))})
	}
	return delta.Attributed(a...)
}

func (r run) attributes() delta.Attributes {
	var a []delta.Attribute
	for _, n := range names {
		if r.marks&n.mark != 0 {
			a = append(a, delta.Attribute{Name: n.name, Value: delta.True})
		}
	}
	if r.link != "" {
		a = append(a, delta.Attribute{Name: "link", Value: delta.String(r.link)})
	}
	if r.file != "" {
		a = append(a, r.picture.attributes(r.text)...)
	}
	return delta.Attributed(a...)
}
