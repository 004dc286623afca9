package tables

import (
	"bytes"
	"slices"
	"testing"

	"github.com/xuri/excelize/v2"
)

// A table of more rows than a sheet has goes on in the next one, under its head.
func TestATableOfTooManyRowsGoesOn(t *testing.T) {
	t.Parallel()
	for rows, want := range map[int][]int{0: {1}, 1: {2}, 3: {4}, 4: {4, 2}, 6: {4, 4}, 7: {4, 4, 2}} {
		table := Table{Name: "Results", Columns: []Column{{Head: "n", Wide: 9}}, Rows: func(yield func([]any) bool) {
			for n := 0; n < rows && yield([]any{n}); n++ {
			}
		}}
		var out bytes.Buffer
		if err := writeBook(&out, "", []Table{table}, 4); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&out)
		if err != nil {
			t.Fatal(err)
		}
		var got []int
		for _, sheet := range book.GetSheetList() {
			lines, err := book.GetRows(sheet)
			if err != nil {
				t.Fatal(err)
			}
			got = append(got, len(lines))
		}
		if !slices.Equal(got, want) {
			t.Errorf("%d rows are in sheets of %v rows, want %v", rows, got, want)
		}
		if err := book.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
