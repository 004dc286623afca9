package markup

import (
	"bufio"
	"strconv"
	"strings"

	"plenum/collab/delta"
)

// writeText writes what stands in a document, with the marks of lists.
func writeText(w *bufio.Writer, _ string, content delta.Delta) {
	var numbers counters
	for l := range blocksOf(content) {
		if l.block == tableBlock {
			numbers.next(l)
			writeTabs(w, l.grid)
			continue
		}
		if l.block.isList() {
			w.WriteString(strings.Repeat("  ", l.indent))
		}
		n := numbers.next(l)
		switch l.block {
		case bullet:
			w.WriteString("- ")
		case ordered:
			w.WriteString(strconv.Itoa(n) + ". ")
		case checked:
			w.WriteString("[x] ")
		case unchecked:
			w.WriteString("[ ] ")
		case quote:
			w.WriteString("> ")
		}
		for i, r := range l.runs {
			w.WriteString(r.text + r.tex)
			if end := i+1 == len(l.runs) || l.runs[i+1].link != r.link; end && r.link != "" && !shows(l.runs[:i+1], r.link) {
				w.WriteString(" (" + r.link + ")")
			}
		}
		w.WriteByte('\n')
	}
}

// writeTabs writes a table with tabs between its cells.
func writeTabs(w *bufio.Writer, g grid) {
	for _, row := range g.trimmed() {
		for j, cell := range row {
			if j > 0 {
				w.WriteByte('\t')
			}
			w.WriteString(plainCell(cell))
		}
		w.WriteByte('\n')
	}
}

// shows tells whether the text of the link at the end is its address.
func shows(runs []run, link string) bool {
	shown := ""
	for i := len(runs) - 1; i >= 0 && runs[i].link == link; i-- {
		shown = runs[i].text + shown
	}
	return shown == link || "mailto:"+shown == link || "https://"+shown == link
}

// readText takes every line as it stands.
func readText(file string, s *sink) {
	file = strings.TrimSuffix(clean(file), "\n")
	for l := range strings.SplitSeq(file, "\n") {
		s.line(line{runs: plain([]run{{text: l}})})
	}
}

// clean is a text without what no document can hold.
func clean(text string) string {
	if !strings.ContainsAny(text, "\r\x00") {
		return text
	}
	return strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\ufffd").Replace(text)
}

// counters number the items of lists as they are shown: a number begins anew
// after something that is less deep, or no list.
type counters struct{ at [10]int }

func (c *counters) next(l line) int {
	if !l.block.isList() {
		*c = counters{}
		return 0
	}
	clear(c.at[l.indent+1:])
	if l.block == ordered {
		c.at[l.indent]++
	}
	return c.at[l.indent]
}
