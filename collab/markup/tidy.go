package markup

import (
	"iter"

	"plenum/collab/delta"
)

// tidy are the lines of a document as they are written down: without empty
// ones that part nothing, and with indents that a reader can follow.
func tidy(content delta.Delta) iter.Seq[line] {
	return func(yield func(line) bool) {
		t := tidier{yield: yield}
		for l := range blocksOf(content) {
			if t.take(l); t.done {
				return
			}
		}
	}
}

type tidier struct {
	yield func(line) bool
	done  bool
	last  line // that was told
	some  bool
	empty bool // an empty line waits whether it parts anything
	sort  block
}

func (t *tidier) take(l line) {
	if !l.block.isList() {
		l.indent = 0
	}
	l.grid = l.grid.trimmed()
	if l.blank() && l.block == heading {
		l = line{}
	}
	if l.blank() && (l.block == text || l.block == quote) {
		if !t.empty || t.sort == text {
			t.empty, t.sort = true, l.block
		}
		return
	}
	if t.empty && t.parts(l) {
		t.tell(line{block: t.sort})
	}
	t.empty = false
	if l.block.isList() {
		l.indent = min(l.indent, t.deepest())
	}
	t.tell(l)
}

// parts tells whether the empty line that waits parts two that would else be
// one: two paragraphs, or two blocks of the same sort.
func (t *tidier) parts(next line) bool {
	if !t.some || t.sort == quote && (next.block != quote || t.last.block != quote) {
		return false
	}
	alike := t.last.block == next.block && t.last.language == next.language || t.last.block.isList() && next.block.isList()
	return alike && next.block != heading
}

// deepest is how far the next list item may be indented.
func (t *tidier) deepest() int {
	if !t.some || !t.last.block.isList() {
		return 0
	}
	return t.last.indent + 1
}

func (t *tidier) tell(l line) {
	t.last, t.some = l, true
	t.done = t.done || !t.yield(l)
}
