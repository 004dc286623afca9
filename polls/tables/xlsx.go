package tables

import (
	"fmt"
	"io"
	"iter"

	"github.com/xuri/excelize/v2"
)

// XLSXType is the media type of WriteXLSX.
const XLSXType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

// MaxRows is how many rows a sheet of Excel has, with the head.
const MaxRows = 1_048_576

// WriteXLSX writes tables as the sheets of a workbook, and a table of more rows
// than a sheet has as several. Texts are texts there and never run. What is big
// waits in temporary files, not in memory.
func WriteXLSX(to io.Writer, title string, all []Table) error {
	if err := writeBook(to, title, all, MaxRows); err != nil {
		return fmt.Errorf("write a workbook: %w", err)
	}
	return nil
}

func writeBook(to io.Writer, title string, all []Table, most int) error {
	b := book{File: excelize.NewFile(), most: most}
	defer b.Close()
	if err := b.SetDocProps(&excelize.DocProperties{Title: title, Creator: "Plenum"}); err != nil {
		return err
	}
	if err := b.style(); err != nil {
		return err
	}
	for _, t := range all {
		if err := b.table(t); err != nil {
			return err
		}
	}
	if err := b.DeleteSheet("Sheet1"); err != nil {
		return err
	}
	return b.Write(to)
}

// book is a workbook that is being written. Its styles are by what is in a cell.
type book struct {
	*excelize.File
	most                      int // rows of a sheet
	head, text, number, share int
}

func (b *book) style() (err error) {
	percent := "0.0%"
	top := &excelize.Alignment{Vertical: "top"}
	wrapped := &excelize.Alignment{Vertical: "top", WrapText: true}
	for _, s := range []struct {
		to *int
		as excelize.Style
	}{
		{&b.head, excelize.Style{Alignment: wrapped, Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"E9ECF3"}}}},
		{&b.text, excelize.Style{Alignment: wrapped}},
		{&b.number, excelize.Style{Alignment: top}},
		{&b.share, excelize.Style{Alignment: top, CustomNumFmt: &percent}},
	} {
		if *s.to, err = b.NewStyle(&s.as); err != nil {
			return err
		}
	}
	return nil
}

// table writes a table into one sheet, or into as many as it needs.
func (b *book) table(t Table) error {
	next, stop := iter.Pull(t.Rows)
	defer stop()
	row, more := next()
	for n := 1; n == 1 || more; n++ {
		name := t.Name
		if n > 1 {
			name = fmt.Sprintf("%s (%d)", t.Name, n)
		}
		sheet, err := b.sheet(name, t.Columns)
		if err != nil {
			return err
		}
		for at := 2; at <= b.most && more; at++ {
			if err := sheet.SetRow(fmt.Sprintf("A%d", at), b.cells(row)); err != nil {
				return err
			}
			row, more = next()
		}
		if err := sheet.Flush(); err != nil {
			return err
		}
	}
	return nil
}

// sheet begins a sheet with its head, which stays in sight.
func (b *book) sheet(name string, columns []Column) (*excelize.StreamWriter, error) {
	if _, err := b.NewSheet(name); err != nil {
		return nil, err
	}
	sheet, err := b.NewStreamWriter(name)
	if err != nil {
		return nil, err
	}
	heads := make([]any, len(columns))
	for i, column := range columns {
		heads[i] = excelize.Cell{StyleID: b.head, Value: column.Head}
		if err := sheet.SetColWidth(i+1, i+1, column.Wide); err != nil {
			return nil, err
		}
	}
	if err := sheet.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return nil, err
	}
	return sheet, sheet.SetRow("A1", heads)
}

func (b *book) cells(row []any) []any {
	cells := make([]any, len(row))
	for i, cell := range row {
		switch cell := cell.(type) {
		case string:
			cells[i] = excelize.Cell{StyleID: b.text, Value: cell}
		case Share:
			cells[i] = excelize.Cell{StyleID: b.share, Value: cell.rounded()}
		case int, float64:
			cells[i] = excelize.Cell{StyleID: b.number, Value: cell}
		}
	}
	return cells
}
