package markup

import (
	"bytes"
	"strings"
)

// maxDepth is how deep elements may stand in each other; what is deeper counts
// as if its element were not there.
const maxDepth = 100

// maxIndent is that of documents.
const maxIndent = 8

// reader makes lines of elements and texts, which come as in HTML: whatever
// opens and closes, in whatever order.
type reader struct {
	to    *sink
	stack []element
	// now is the line that is being written; the text of its last piece grows.
	now  line
	grow []byte
	// spaced: what was written last is a space that the end of a line cuts off.
	spaced bool
	// tex is that of the formula that is being read.
	tex []byte
	// gap: the next paragraph is parted from the last one.
	gap bool
	// fresh: nothing has come yet in a pre.
	fresh bool
	// cells of the row of a table in a cell that have begun.
	cells int
	table *tableReader // that it is in
}

// element is what is open, with all that is around it.
type element struct {
	name    string
	marks   marks
	link    string
	block   block
	level   int
	depth   int // of lists
	item    int // the place of the list item that it is in, from 1
	used    bool
	numbers bool // of a list: its items are numbered
	keep    bool // white space stays
	skip    bool // nothing in it is to be seen
	tex     bool // what is in it is a formula
	mathml  bool // it is in one that is written as MathML

	language string // of code
}

func (r *reader) top() element {
	if len(r.stack) == 0 {
		return element{}
	}
	return r.stack[len(r.stack)-1]
}

// open begins an element. change makes it differ from what is around it.
func (r *reader) open(name string, change func(*element)) {
	e := r.top()
	e.name, e.used = name, false
	if change != nil {
		change(&e)
	}
	if len(r.stack) < maxDepth {
		r.stack = append(r.stack, e)
	}
}

// close ends the innermost element of a name, and all in it. Nothing happens
// if there is none.
func (r *reader) close(name string) {
	for i := len(r.stack) - 1; i >= 0; i-- {
		if r.stack[i].name == name {
			read := r.top().tex
			if r.stack = r.stack[:i]; read && !r.top().tex {
				r.endFormula()
			}
			return
		}
	}
}

// within tells whether an element of a name is open.
func (r *reader) within(name string) bool {
	for _, e := range r.stack {
		if e.name == name {
			return true
		}
	}
	return false
}

// text writes a text where the reader is. Unless white space stays there, or
// is said to stay, it is one space wherever there is any.
func (r *reader) text(text string, keep bool) {
	at := r.top()
	if at.skip || r.to.full() {
		return
	}
	if at.tex {
		r.tex = append(r.tex, text...)
		return
	}
	piece := run{marks: at.marks, link: at.link}
	if at.block == codeLine {
		piece = run{}
	}
	if !keep && !at.keep {
		r.words(text, piece)
		return
	}
	for {
		var ended bool
		if piece.text, text, ended = strings.Cut(text, "\n"); piece.text != "" {
			r.add(piece, false)
		}
		if !ended {
			return
		}
		r.end(true)
	}
}

const spaces = " \t\n\f\r"

func (r *reader) words(text string, piece run) {
	for text != "" {
		n := strings.IndexAny(text, spaces)
		if n != 0 {
			if n < 0 {
				n = len(text)
			}
			piece.text, text = text[:n], text[n:]
			r.add(piece, false)
			continue
		}
		if text = strings.TrimLeft(text, spaces); !r.now.blank() && !r.spaced && !bytes.HasSuffix(r.grow, []byte("\t")) {
			piece.text = " "
			r.add(piece, true)
		}
	}
}

// add writes a piece, which may be a space that the end of a line cuts off.
func (r *reader) add(piece run, space bool) {
	last := len(r.now.runs) - 1
	if last < 0 || r.now.runs[last].marks != piece.marks || r.now.runs[last].link != piece.link || r.now.runs[last].thing() {
		r.settle()
		r.now.runs = append(r.now.runs, run{marks: piece.marks, link: piece.link})
	}
	r.grow = append(r.grow, piece.text...)
	r.spaced = space
}

// place puts an image or a formula where the reader is. In code there is none.
func (r *reader) place(p run) {
	at := r.top()
	if at.skip && !(p.tex != "" && at.mathml) || at.block == codeLine || r.to.full() {
		return
	}
	r.settle()
	p.marks, p.link = at.marks, at.link
	if p.tex != "" {
		p.marks &^= code
	}
	r.now.runs = append(r.now.runs, p)
	r.spaced = false
}

// settle ends the last piece.
func (r *reader) settle() {
	if last := len(r.now.runs) - 1; last >= 0 && !r.now.runs[last].thing() {
		r.now.runs[last].text = string(r.grow)
		r.grow = r.grow[:0]
	}
}

// end ends the line; one that is empty only if it is forced to.
func (r *reader) end(force bool) {
	r.cut()
	if r.now.blank() && !force {
		return
	}
	r.settle()
	l := r.shaped()
	if r.table != nil && r.table.inCell {
		r.table.take(l)
		r.now, r.spaced = line{}, false
		return
	}
	if r.gap && !l.blank() && r.to.some && !r.to.last.blank() && r.to.last.block == l.block && (l.block == text || l.block == quote) && l.indent == r.to.last.indent {
		r.to.line(line{block: l.block, indent: l.indent})
	}
	r.to.line(l)
	r.now, r.spaced, r.gap = line{}, false, false
}

// cut takes the space away that the line ends with.
func (r *reader) cut() {
	if !r.spaced {
		return
	}
	r.spaced = false
	if r.grow = r.grow[:len(r.grow)-1]; len(r.grow) > 0 {
		return
	}
	last := len(r.now.runs) - 1
	r.now.runs = r.now.runs[:last]
	if last > 0 && !r.now.runs[last-1].thing() {
		r.grow = append(r.grow, r.now.runs[last-1].text...)
	}
}

// shaped is the line as what it stands in makes it. Of a list item only the
// first line has the mark, and the others stand below its text.
func (r *reader) shaped() line {
	at := r.top()
	l := line{block: at.block, level: at.level, runs: r.now.runs}
	if l.block == codeLine {
		l.language = at.language
	}
	if at.item == 0 || at.item > len(r.stack) {
		return l
	}
	item := &r.stack[at.item-1]
	l.indent = min(max(item.depth-1, 0), maxIndent)
	if !item.used {
		item.used = true
		if l.block != codeLine {
			l.block = item.block
		}
		return l
	}
	if l.block.isList() {
		l.block = text
	}
	l.indent = min(l.indent+1, maxIndent)
	return l
}

// check makes the list item that the reader is in one that can be ticked off.
func (r *reader) check(done bool) {
	at := r.top().item
	if at == 0 || at > len(r.stack) || r.stack[at-1].used || !r.now.blank() {
		return
	}
	r.stack[at-1].block = unchecked
	if done {
		r.stack[at-1].block = checked
	}
}
