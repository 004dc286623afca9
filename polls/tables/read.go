package tables

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/xuri/excelize/v2"
)

// How much of a workbook is read: of what is packed in it, of all its sheets.
const (
	mostUnpacked = 16 << 20 // bytes
	mostReadRows = 20_000
)

// Why a workbook cannot be read.
var (
	ErrWorkbook = errors.New("it is no workbook that can be read")
	ErrBig      = errors.New("it is too big")
)

// Sheet is what stands in a sheet of a workbook, by rows: numbers as they are
// stored, empty cells as "", and none at the end of a row.
type Sheet struct {
	Name string
	Rows [][]string
}

// ReadXLSX reads a workbook: ErrWorkbook if it is none, ErrBig if it unpacks to
// more than 16 MiB or has more than 20,000 rows. Formulas are not run: what is
// read is what they gave when the file was saved.
func ReadXLSX(file []byte) ([]Sheet, error) {
	book, err := excelize.OpenReader(bytes.NewReader(file), excelize.Options{
		UnzipSizeLimit: mostUnpacked, UnzipXMLSizeLimit: mostUnpacked, RawCellValue: true,
	})
	if err != nil {
		if strings.Contains(err.Error(), "unzip size exceeds") {
			return nil, ErrBig
		}
		return nil, ErrWorkbook
	}
	defer book.Close()
	var all []Sheet
	left := mostReadRows
	for _, name := range book.GetSheetList() {
		sheet := Sheet{Name: name}
		if sheet.Rows, err = readRows(book, name, &left); err != nil {
			return nil, err
		}
		all = append(all, sheet)
	}
	return all, nil
}

func readRows(book *excelize.File, name string, left *int) ([][]string, error) {
	rows, err := book.Rows(name)
	if err != nil { // a sheet of another kind, as a chart
		return nil, nil
	}
	defer rows.Close()
	var all [][]string
	for rows.Next() {
		if *left--; *left < 0 {
			return nil, ErrBig
		}
		cells, err := rows.Columns()
		if err != nil {
			return nil, fmt.Errorf("%w: %w", ErrWorkbook, err)
		}
		end := len(cells)
		for end > 0 && cells[end-1] == "" {
			end--
		}
		all = append(all, append([]string(nil), cells[:end]...))
	}
	if err := rows.Error(); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrWorkbook, err)
	}
	return all, nil
}
