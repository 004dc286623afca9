// Package tables writes tables as files that spreadsheets open: CSV, and
// workbooks of Excel. It knows nothing of rooms and polls, and imports nothing
// of ours.
package tables

import "iter"

// Table is rows below a head.
type Table struct {
	Name    string // of its sheet: 1 to 31 characters, none of them \ / ? * [ ] :
	Columns []Column
	// Rows are as long as there are columns, or shorter. A cell is a string, which
	// is a text whatever it looks like, an int, a float64, a Share, or nil.
	Rows iter.Seq[[]any]
}

// Column is what stands above a column, and how wide that is, in characters.
type Column struct {
	Head string
	Wide float64
}

// Share is a part of a whole, from 0 to 1. It is written to four decimals.
type Share float64

// MaxColumns is how many columns a sheet of Excel has.
const MaxColumns = 16_384
