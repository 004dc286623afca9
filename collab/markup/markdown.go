package markup

import (
	"bufio"
	"strconv"
	"strings"

	"plenum/collab/delta"
)

// nothing stands in Markdown where something has to stand that nobody sees.
const nothing = "<!-- -->"

// writeMarkdown writes lines one below the other as one paragraph; an empty
// line begins another.
func writeMarkdown(w *bufio.Writer, _ string, content delta.Delta) {
	m := markdown{w: w}
	for l := range tidy(content) {
		m.line(l)
	}
	m.end()
}

type markdown struct {
	w       *bufio.Writer
	last    line
	some    bool
	code    []line // that waits for its fence
	numbers counters
	margins [10]int   // where the text of the last item of each depth begins
	sorts   [10]block // what that item was
}

func (m *markdown) line(l line) {
	if l.block == codeLine {
		if len(m.code) > 0 && m.code[0].language != l.language {
			m.fenced()
		}
		m.code = append(m.code, l)
		return
	}
	m.fenced()
	m.part(l)
	n := m.numbers.next(l)
	switch {
	case l.block.isList():
		m.item(l, n)
	case l.block == tableBlock:
		m.table(l.grid)
	case l.block == heading:
		m.w.WriteString(strings.Repeat("#", l.level) + " " + inline(l.runs, false))
	case l.blank() && l.block == text && !(m.some && m.last.block == text):
		m.w.WriteString(nothing)
	case l.block == text && len(l.runs) == 1 && l.runs[0].tex != "" && l.runs[0].marks == 0 && l.runs[0].link == "":
		m.w.WriteString("$$" + l.runs[0].tex + "$$") // alone in its line
	default:
		m.w.WriteString(inline(l.runs, true))
	}
	m.last, m.some = l, true
}

// part writes what stands between two lines.
func (m *markdown) part(l line) {
	within := m.last.block == l.block && !m.last.blank() && !l.blank()
	if !m.some {
		m.prefix(l, "")
		return
	}
	switch {
	case l.block == text && m.last.block == text:
		if within {
			m.w.WriteString("\\\n")
		} else {
			m.w.WriteByte('\n')
		}
	case l.block == quote && m.last.block == quote:
		m.prefix(l, map[bool]string{true: "\\\n", false: "\n"}[within])
	case l.block.isList() && m.last.block.isList():
		m.w.WriteByte('\n')
		// Another list at the same depth would else be taken for the text of the item.
		if l.indent <= m.last.indent && m.another(l) {
			m.w.WriteByte('\n')
		}
	default:
		m.prefix(l, "\n\n")
	}
}

func (m *markdown) prefix(l line, between string) {
	m.w.WriteString(between)
	if l.block == quote {
		m.w.WriteString(">")
		if !l.blank() {
			m.w.WriteByte(' ')
		}
	}
}

// another tells whether an item does not go on the list that is at its depth.
func (m *markdown) another(l line) bool {
	return (m.sorts[l.indent] == ordered) != (l.block == ordered)
}

func (m *markdown) item(l line, n int) {
	mark := "- "
	if l.block == ordered {
		mark = strconv.Itoa(n) + ". "
	}
	margin := 0
	if l.indent > 0 {
		margin = m.margins[l.indent-1]
	}
	m.margins[l.indent], m.sorts[l.indent] = margin+len(mark), l.block
	m.w.WriteString(strings.Repeat(" ", margin) + mark)
	switch l.block {
	case checked:
		m.w.WriteString("[x] ")
	case unchecked:
		m.w.WriteString("[ ] ")
	}
	if l.blank() {
		m.w.WriteString(nothing)
		return
	}
	m.w.WriteString(inline(l.runs, true))
}

// table writes a table. The signs between its cells are escaped in them.
func (m *markdown) table(g grid) {
	for i, row := range g {
		if i > 0 {
			m.w.WriteByte('\n')
		}
		m.w.WriteByte('|')
		for _, cell := range row {
			m.w.WriteByte(' ')
			signs := 0
			for _, l := range cell {
				signs += signsOf(l.runs)
			}
			for k, l := range cell {
				if k > 0 {
					m.w.WriteString("<br>")
				}
				m.w.WriteString(inlineCell(l.runs, signs > 1))
			}
			m.w.WriteString(" |")
		}
		if i == 0 {
			m.w.WriteString("\n|" + strings.Repeat(" --- |", len(row)))
		}
	}
}

// fenced writes the code that waits, in a fence longer than any in it.
func (m *markdown) fenced() {
	if len(m.code) == 0 {
		return
	}
	fence := 3
	for _, l := range m.code {
		for _, r := range l.runs {
			fence = max(fence, longest(r.text, '`')+1)
		}
	}
	if m.some {
		m.w.WriteString("\n\n")
	}
	m.w.WriteString(strings.Repeat("`", fence) + m.code[0].language + "\n")
	for _, l := range m.code {
		for _, r := range l.runs {
			m.w.WriteString(r.text)
		}
		m.w.WriteByte('\n')
	}
	m.w.WriteString(strings.Repeat("`", fence))
	m.last, m.some, m.code = line{block: codeLine, runs: []run{{text: "x"}}}, true, nil
	m.numbers = counters{}
}

func (m *markdown) end() {
	m.fenced()
	if m.some {
		m.w.WriteByte('\n')
	}
}

// longest is the length of the longest run of a character.
func longest(text string, of byte) int {
	most, n := 0, 0
	for i := range len(text) {
		if n++; text[i] != of {
			n = 0
		}
		most = max(most, n)
	}
	return most
}
