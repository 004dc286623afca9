package methods

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
)

// The kinds of files whose ballots choose columns of rows.
const (
	FileDates = "dates"
	FileGrid  = "grid"
)

// The limits of a grid in a file.
const (
	mostRows    = 40
	mostColumns = 11
)

// Gridded tells whether ballots choose columns of rows.
func (f *File) Gridded() bool { return f.Kind == FileDates || f.Kind == FileGrid }

// checkGrid is check for a file of rows and columns.
func (f *File) checkGrid() error {
	if f.Format != 4 || f.Quiz != nil {
		return fmt.Errorf("there is no kind of ballots called %q in format %d", f.Kind, f.Format)
	}
	if f.Seats != 0 || f.Method != "" || f.Ties != "" {
		return fmt.Errorf("ballots of the kind %q have no seats and no method", f.Kind)
	}
	if len(f.Options) < 1 || len(f.Options) > mostRows || len(f.Columns) < 2 || len(f.Columns) > mostColumns {
		return fmt.Errorf("a grid has 1 to %d rows and 2 to %d columns", mostRows, mostColumns)
	}
	for _, all := range [][]FileOption{f.Options, f.Columns} {
		seen := map[string]bool{}
		for _, o := range all {
			if o.ID == "" || len(o.ID) > mostText || seen[o.ID] {
				return errors.New("rows and columns need short ids, each of its own")
			}
			seen[o.ID] = true
		}
	}
	for _, o := range f.Columns {
		if _, err := strconv.Atoi(o.ID); f.Scale && err != nil {
			return fmt.Errorf("the columns of a scale are numbers, and %q is none", o.ID)
		}
	}
	people := 0
	for i := range f.Ballots {
		b := &f.Ballots[i]
		if err := b.checkCount(i, &people); err != nil {
			return err
		}
		if b.Ranks != nil || b.Scores != nil || b.Texts != nil || b.Out != nil || b.Number != nil || b.Places != nil || b.Pins != nil {
			return fmt.Errorf("ballot %d: it is not of the kind %q", i+1, f.Kind)
		}
		if err := f.checkRows(b.Rows); err != nil {
			return fmt.Errorf("ballot %d: %w", i+1, err)
		}
	}
	return nil
}

func (f *File) checkRows(rows map[string][]string) error {
	if len(rows) == 0 {
		return errors.New("it answers no row")
	}
	for row, columns := range rows {
		if !hasID(f.Options, row) {
			return fmt.Errorf("there is no row %q", row)
		}
		if len(columns) == 0 || len(columns) > 1 && !f.Several {
			return fmt.Errorf("it chooses %d columns of the row %q", len(columns), row)
		}
		for i, column := range columns {
			if !hasID(f.Columns, column) || slices.Contains(columns[:i], column) {
				return fmt.Errorf("it cannot choose the column %q of the row %q", column, row)
			}
		}
	}
	return nil
}

func hasID(options []FileOption, id string) bool {
	return slices.ContainsFunc(options, func(o FileOption) bool { return o.ID == id })
}

// Row is what the ballots of a grid add up to in one row.
type Row struct {
	Text   string
	Counts []int    // by column
	Mean   *float64 // of a scale; nil if nobody has answered
	Best   bool     // of dates: it suits most people
}

// Rows are all rows of a grid.
func (f *File) Rows() []Row {
	rows := make([]Row, len(f.Options))
	for i, o := range f.Options {
		row := Row{Text: o.Text, Counts: make([]int, len(f.Columns))}
		if row.Text == "" {
			row.Text = o.ID
		}
		votes, sum := 0, 0
		for at, column := range f.Columns {
			for _, b := range f.Ballots {
				if slices.Contains(b.Rows[o.ID], column.ID) {
					row.Counts[at] += *b.Count
				}
			}
			step, _ := strconv.Atoi(column.ID)
			votes += row.Counts[at]
			sum += step * row.Counts[at]
		}
		if f.Scale && votes > 0 {
			mean := float64(sum) / float64(votes)
			row.Mean = &mean
		}
		rows[i] = row
	}
	if f.Kind == FileDates {
		markBest(rows)
	}
	return rows
}

// markBest marks the rows with the most "yes", of these those with the most "if need be".
func markBest(rows []Row) {
	most := []int{0, 0}
	for _, row := range rows {
		if slices.Compare(row.Counts[:2], most) > 0 {
			most = row.Counts[:2]
		}
	}
	for i := range rows {
		rows[i].Best = most[0]+most[1] > 0 && slices.Equal(rows[i].Counts[:2], most)
	}
}
