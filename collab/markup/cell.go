package markup

import (
	"strings"

	"plenum/collab/delta"
)

// Cell names the cell of a table that a line is in. The newline of every line
// of a cell has it as the attribute "cell"; the empty line that stands before the
// first of them, and is not shown, as "cell-start".
type Cell struct{ Table, Row, Column string }

// maxName is the longest name of a table, a row or a column, in bytes.
const maxName = 12

// IsCell tells whether a text names a cell: three words of small letters and
// digits with dashes between them.
func IsCell(value string) bool {
	_, ok := parseCell(value)
	return ok
}

func parseCell(value string) (Cell, bool) {
	table, rest, _ := strings.Cut(value, "-")
	row, column, _ := strings.Cut(rest, "-")
	return Cell{table, row, column}, isName(table) && isName(row) && isName(column)
}

func isName(s string) bool {
	if s == "" || len(s) > maxName {
		return false
	}
	for _, c := range []byte(s) {
		if (c < '0' || c > '9') && (c < 'a' || c > 'z') {
			return false
		}
	}
	return true
}

// CellOf is the cell that a line is in whose newline has some attributes, and
// whether it is the line before the first of the cell.
func CellOf(a delta.Attributes) (cell Cell, starts, ok bool) {
	for i := range a {
		if a[i].Name != "cell" && a[i].Name != "cell-start" {
			continue
		}
		if value, is := a[i].Value.AsString(); is {
			if c, is := parseCell(value); is && (!ok || a[i].Name == "cell-start") {
				cell, starts, ok = c, a[i].Name == "cell-start", true
			}
		}
	}
	return cell, starts, ok
}

func (c Cell) attributes(starts bool) delta.Attributes {
	name := "cell"
	if starts {
		name = "cell-start"
	}
	return delta.Attributed(delta.Attribute{Name: name, Value: delta.String(c.Table + "-" + c.Row + "-" + c.Column)})
}
