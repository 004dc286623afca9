package markup

import "strconv"

// A table that is read has so many cells and columns at most. A larger one
// becomes lines of text, with tabs between its cells.
const (
	maxGrid    = 4000
	maxColumns = 50
)

// tableReader takes the lines of a table that a reader is in.
type tableReader struct {
	grid   grid
	depth  int // of tables in it: their rows are lines of its cells
	inCell bool
	place  int // of the cell in its row
}

// beginTable begins a table, or one in a cell of another.
func (r *reader) beginTable() {
	switch {
	case r.top().skip:
	case r.table == nil:
		r.table = &tableReader{}
	default:
		r.table.depth++
	}
}

func (r *reader) endTable() {
	switch t := r.table; {
	case t == nil:
	case t.depth > 0:
		t.depth--
	default:
		r.table = nil
		r.put(t.grid)
	}
}

// put writes a table that was read.
func (r *reader) put(g grid) {
	var rows grid
	for _, row := range g {
		if len(row) > 0 {
			rows = append(rows, row)
		}
	}
	columns := rows.columns()
	if len(rows) == 0 {
		return
	}
	if cells := columns * len(rows); columns > maxColumns || cells > maxGrid || len(r.to.content)+3*cells > r.to.operations*3/4 {
		r.tabbed(rows)
		return
	}
	for i := range rows {
		for len(rows[i]) < columns {
			rows[i] = append(rows[i], nil)
		}
	}
	r.to.line(line{block: tableBlock, grid: rows.trimmed()})
	r.gap = false
}

func (r *reader) tabbed(rows grid) {
	for _, row := range rows {
		var l line
		for j, cell := range row {
			if j > 0 {
				l.add(run{text: "\t"})
			}
			for k, part := range cell {
				if k > 0 {
					l.add(run{text: " "})
				}
				for _, piece := range part.runs {
					l.add(piece)
				}
			}
		}
		r.to.line(l)
	}
}

// row begins a row of the table, unless it is one of a table in a cell.
func (t *tableReader) row() {
	if t.depth == 0 {
		t.grid = append(t.grid, nil)
	}
}

// cell begins a cell that is so many columns wide.
func (t *tableReader) cell(span string) {
	if len(t.grid) == 0 {
		t.row()
	}
	row := &t.grid[len(t.grid)-1]
	t.place, t.inCell = len(*row), true
	*row = append(*row, nil)
	if wide, err := strconv.Atoi(span); err == nil {
		for range min(wide, maxColumns) - 1 {
			*row = append(*row, nil)
		}
	}
}

// take puts a line into the cell that has begun.
func (t *tableReader) take(l line) {
	cell := &t.grid[len(t.grid)-1][t.place]
	*cell = append(*cell, line{runs: l.runs})
}
