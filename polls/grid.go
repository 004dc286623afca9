package polls

import (
	"strconv"

	"plenum/rooms"
)

// Limits of a grid.
const (
	MaxRows    = 20
	MaxColumns = MaxSteps
)

// Why a grid is refused, or a ballot on one; and options and scale.
var (
	ErrRows        = rooms.Refuse("rows", "A grid has 1 to 20 rows.")
	ErrGridColumns = rooms.Refuse("grid-columns", "A grid has 2 to 11 columns.")
	ErrMissing     = rooms.Refuse("missing-rows", "Some rows that have to be answered are not.")
)

// gridded tells whether a ballot chooses columns of rows: of a grid, or of dates,
// whose columns are always the same three.
func (q Question) gridded() bool { return q.Kind == Grid || q.Kind == Dates }

// hasScale tells whether the columns of a grid are steps of a scale.
func (q Question) hasScale() bool { return q.Kind == Grid && len(q.Columns) == 0 }

func (q Question) checkedGrid() (Question, error) {
	q.Special = Special{Columns: q.Columns, Several: q.Several}
	var err error
	if len(q.Options) < 1 || len(q.Options) > MaxRows {
		return q, ErrRows
	}
	if q.Options, err = cleanOptions(q.Options); err != nil {
		return q, err
	}
	if q.Least == 0 {
		q.Least = 1
	}
	if q.Most = len(q.Options); q.Least < 1 || q.Least > q.Most {
		return q, ErrBounds
	}
	if len(q.Columns) == 0 {
		q.Columns, q.Several = nil, false
		return q.checkedScale()
	}
	q.From, q.To, q.Low, q.High = 0, 0, "", ""
	if len(q.Columns) < 2 || len(q.Columns) > MaxColumns {
		return q, ErrGridColumns
	}
	q.Columns, err = cleanOptions(q.Columns)
	return q, err
}

// columns is how many columns a grid has.
func (q Question) columns() int {
	switch {
	case q.Kind == Dates:
		return len(answersToDates)
	case q.hasScale():
		return q.To - q.From + 1
	}
	return len(q.Columns)
}

// columnName is what a column is called on the wire.
func (q Question) columnName(column int) string {
	switch {
	case q.Kind == Dates:
		return answersToDates[column]
	case q.hasScale():
		return strconv.Itoa(q.From + column)
	}
	return q.Columns[column].ID
}

// column is the place of a column by its name, or -1.
func (q Question) column(name string) int {
	for column := range q.columns() {
		if q.columnName(column) == name {
			return column
		}
	}
	return -1
}

// readGrid reads what a ballot chooses in each row, and refuses what it may not.
func readGrid(q Question, sent voted, _ *content, _ ids) (*content, error) {
	if sent.Rows == nil {
		return nil, ErrForm
	}
	cells, err := q.cells(sent.Rows)
	if err != nil {
		return nil, err
	}
	if len(sent.Rows) < q.Least {
		return nil, ErrMissing
	}
	return &content{Cells: cells}, nil
}

// cells are rows in words as bits, one for each column.
func (q Question) cells(rows map[string][]string) ([]uint16, error) {
	cells := make([]uint16, len(q.Options))
	for id, chosen := range rows {
		row := q.slot(id)
		if row < 0 || len(chosen) == 0 || len(chosen) > 1 && !q.Several {
			return nil, ErrChoice
		}
		for _, name := range chosen {
			column := q.column(name)
			if column < 0 || cells[row]&(1<<column) != 0 {
				return nil, ErrChoice
			}
			cells[row] |= 1 << column
		}
	}
	return cells, nil
}

// rowsByID are the cells of a ballot in words, without rows that were left out.
func (q Question) rowsByID(cells []uint16) map[string][]string {
	rows := map[string][]string{}
	for row, bits := range cells {
		for column := range q.columns() {
			if bits&(1<<column) != 0 {
				rows[q.Options[row].ID] = append(rows[q.Options[row].ID], q.columnName(column))
			}
		}
	}
	return rows
}

func fitsGrid(q Question, of *content) bool {
	if len(of.Cells) != len(q.Options) || of.Answers != nil || of.Points != nil || of.Number != 0 || of.Spots != nil {
		return false
	}
	answered := 0
	for _, bits := range of.Cells {
		if bits>>q.columns() != 0 || bits&(bits-1) != 0 && !q.Several {
			return false
		}
		if bits != 0 {
			answered++
		}
	}
	return answered >= q.Least
}

// grid counts where a box has its counts: a slot for each column of each row.
type grid struct {
	box     *box
	columns int
}

func newGrid(q Question, b *box) sum { return grid{b, q.columns()} }

func (g grid) add(_ int, of *content)  { g.count(of, 1) }
func (g grid) drop(_ int, of *content) { g.count(of, -1) }

func (g grid) count(of *content, times int) {
	for row, bits := range of.Cells {
		for column := range g.columns {
			if bits&(1<<column) != 0 {
				g.box.counts[row*g.columns+column] += times
			}
		}
	}
}

func (grid) told(bool) *Answers { return nil }

// means are the mean of every row of a grid with a scale, and whether anybody
// has answered it.
func (q Question) means(counts map[string]int) (means []float64, any []bool) {
	for _, o := range q.Options {
		votes, sum := 0, 0
		for column := range q.columns() {
			n := counts[o.ID+"/"+q.columnName(column)]
			votes += n
			sum += n * (q.From + column)
		}
		means, any = append(means, float64(sum)/float64(max(1, votes))), append(any, votes > 0)
	}
	return means, any
}
