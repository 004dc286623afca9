package markup

import (
	"strconv"
	"strings"

	"plenum/collab/delta"
)

// sink takes lines and makes a document of them. Once that is too big it takes
// nothing more.
type sink struct {
	units      int // how many more there may be
	operations int
	content    delta.Delta
	plain      strings.Builder // text without formats, still to be put into the content
	last       line
	some       bool
	tables     int
	tangled    bool // it would take too long to go on
}

func (s *sink) full() bool { return s.units < 0 || len(s.content) > s.operations }

func (s *sink) line(l line) {
	if l.block == tableBlock {
		s.table(l.grid)
		s.last, s.some = line{block: tableBlock}, true
		return
	}
	s.runs(l)
	s.write("\n", l.attributes())
	s.last, s.some = line{block: l.block, indent: l.indent, runs: l.runs}, true
}

// table writes the lines of a table. Its cells are named by where they are.
func (s *sink) table(g grid) {
	s.tables++
	for i, row := range g {
		for j, cell := range row {
			c := Cell{strconv.Itoa(s.tables), strconv.Itoa(i + 1), strconv.Itoa(j + 1)}
			s.write("\n", c.attributes(true))
			for _, l := range cell {
				s.runs(l)
				s.write("\n", c.attributes(false))
			}
			if len(cell) == 0 {
				s.write("\n", c.attributes(false))
			}
		}
	}
}

func (s *sink) runs(l line) {
	for _, r := range l.runs {
		if r.thing() {
			s.put(r)
		} else {
			s.write(r.text, r.attributes())
		}
	}
}

func (s *sink) write(text string, a delta.Attributes) {
	if s.units -= delta.Units(text); s.full() {
		return
	}
	if len(a) == 0 {
		s.plain.WriteString(text)
		return
	}
	s.settle()
	s.content = append(s.content, delta.Write(text, a))
}

func (s *sink) put(r run) {
	if s.units--; s.full() {
		return
	}
	s.settle()
	if r.tex != "" {
		s.content = append(s.content, delta.Put("formula", delta.String(r.tex), r.attributes()))
		return
	}
	s.content = append(s.content, delta.Put("image", delta.String(r.file), r.attributes()))
}

func (s *sink) settle() {
	if s.plain.Len() > 0 {
		s.content = append(s.content, delta.Write(s.plain.String(), nil))
		s.plain.Reset()
	}
}

func (s *sink) document() (delta.Delta, error) {
	switch {
	case s.tangled:
		return nil, ErrTangled
	case s.full():
		return nil, ErrBig
	}
	if !s.some || s.last.block == tableBlock { // behind a table one can go on
		s.line(line{})
	}
	s.settle()
	return s.content.Normal(), nil
}
