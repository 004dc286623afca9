package markup

import (
	"slices"
	"strings"
)

// grid is a table as it is shown: rows of cells, each of lines of text; a cell
// that is not there has none.
type grid [][][]line

// gridOf makes a table of its lines, which stand one after another in the text.
// What people do at once can leave a row without the cell of a new column: that
// place is empty. It can leave a cell of a row that somebody has deleted: a row or
// a column without any text in it, of which a third or less is there, is not shown.
func gridOf(lines []line) grid {
	var rows, columns []string
	cells := map[[2]string][]line{}
	orders := map[string][]string{}
	for _, l := range lines {
		row, column := l.cell.Row, l.cell.Column
		if _, known := orders[row]; !known {
			rows = append(rows, row)
		}
		if _, known := cells[[2]string{row, column}]; !known {
			orders[row] = append(orders[row], column)
		}
		cells[[2]string{row, column}] = append(cells[[2]string{row, column}], l)
	}
	for _, row := range rows {
		columns = joined(columns, orders[row])
	}
	stays := func(n int, at func(int) [2]string) bool {
		there := 0
		for i := range n {
			lines := cells[at(i)]
			if slices.ContainsFunc(lines, func(l line) bool { return !l.blank() }) {
				return true
			}
			there += min(len(lines), 1)
		}
		return there*3 > n
	}
	var kept, shown []string
	for _, row := range rows {
		if stays(len(columns), func(i int) [2]string { return [2]string{row, columns[i]} }) {
			kept = append(kept, row)
		}
	}
	for _, column := range columns {
		if stays(len(kept), func(i int) [2]string { return [2]string{kept[i], column} }) {
			shown = append(shown, column)
		}
	}
	if len(kept) == 0 || len(shown) == 0 {
		kept, shown = rows, columns
	}
	out := make(grid, len(kept))
	for i, row := range kept {
		out[i] = make([][]line, len(shown))
		for j, column := range shown {
			for _, l := range cells[[2]string{row, column}] {
				if !l.starts || !l.blank() {
					out[i][j] = append(out[i][j], line{runs: l.runs})
				}
			}
		}
	}
	return out
}

// joined is an order with another in it. What only the other has stands behind
// what it has there before it.
func joined(order, other []string) []string {
	place := 0
	for _, name := range other {
		known := slices.Index(order, name)
		if known < 0 {
			order = slices.Insert(order, place, name)
			place++
		} else {
			place = known + 1
		}
	}
	return order
}

// trimmed is a table as it is written down: every cell has a line at least, and
// none that is empty at its end.
func (g grid) trimmed() grid {
	for _, row := range g {
		for j, cell := range row {
			for len(cell) > 0 && cell[len(cell)-1].blank() {
				cell = cell[:len(cell)-1]
			}
			row[j] = cell
		}
	}
	return g
}

func (g grid) columns() int {
	columns := 0
	for _, row := range g {
		columns = max(columns, len(row))
	}
	return columns
}

// plainCell is the text of a cell in one line.
func plainCell(cell []line) string {
	var all []string
	for _, l := range cell {
		var text strings.Builder
		for _, r := range l.runs {
			text.WriteString(r.text + r.tex)
		}
		all = append(all, text.String())
	}
	return strings.Join(all, " ")
}
