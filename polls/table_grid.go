package polls

import (
	"math"
	"strconv"
	"strings"

	"plenum/polls/tables"
)

// gridRows are a line for each column of each row, and where the columns are
// numbers the mean of each row. The dates that suit most people are marked.
func (w *tableWords) gridRows(a *polled) []resultRow {
	counts := byPlace(a.Counts)
	whole := float64(a.whole())
	best := map[string]bool{}
	if a.Kind == Dates {
		best = a.best(counts)
	}
	means, answered := a.means(counts)
	var rows []resultRow
	for i, o := range a.Options {
		for column := range a.columns() {
			votes := counts[o.ID+"/"+a.columnName(column)]
			row := resultRow{answer: o.Text, votes: votes, share: tables.Share(part(votes, whole)), column: w.columnCell(a.Question, column)}
			if best[o.ID] && column == 0 {
				row.place, row.note = 1, w.best
			}
			rows = append(rows, row)
		}
		if a.hasScale() && answered[i] {
			rows = append(rows, resultRow{answer: o.Text, value: math.Round(100*means[i]) / 100, column: w.average})
		}
	}
	return rows
}

// columnCell is a column of a grid: a number of a scale, or its text.
func (w *tableWords) columnCell(q Question, column int) any {
	switch {
	case q.Kind == Dates:
		return w.dates[q.columnName(column)]
	case q.hasScale():
		return q.From + column
	}
	return q.Columns[column].Text
}

// rowCells are a ballot as a cell for each row: nil, a number, or texts.
func (w *tableWords) rowCells(a *polled, b ballot) []any {
	cells := make([]any, len(a.Options))
	if b.content == nil {
		return cells
	}
	for row, bits := range b.content.Cells {
		var texts []string
		for column := range a.columns() {
			if bits&(1<<column) == 0 {
				continue
			}
			switch cell := w.columnCell(a.Question, column).(type) {
			case int:
				cells[row] = cell
				texts = append(texts, strconv.Itoa(cell))
			case string:
				texts = append(texts, cell)
			}
		}
		if len(texts) > 0 && !a.hasScale() {
			cells[row] = strings.Join(texts, w.and)
		}
	}
	return cells
}
