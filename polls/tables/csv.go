package tables

import (
	"bufio"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"regexp"
	"strconv"
)

// CSVType is the media type of WriteCSV.
const CSVType = "text/csv; charset=utf-8"

// mark is the byte order mark: without it Excel takes UTF-8 for the encoding of
// the country it is in.
const mark = "\ufeff"

// WriteCSV writes a table as RFC 4180 has it: commas, CRLF, quotes where they
// are needed, in UTF-8 with a byte order mark. Texts are made harmless, see
// Harmless.
func WriteCSV(to io.Writer, t Table) error {
	out := bufio.NewWriter(to)
	if _, err := out.WriteString(mark); err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	lines := csv.NewWriter(out)
	lines.UseCRLF = true
	fields := make([]string, len(t.Columns))
	for i, column := range t.Columns {
		fields[i] = Harmless(column.Head)
	}
	err := lines.Write(fields)
	for row := range t.Rows {
		if err != nil {
			break
		}
		clear(fields)
		for i, cell := range row {
			fields[i] = field(cell)
		}
		err = lines.Write(fields)
	}
	lines.Flush()
	if err == nil {
		err = lines.Error()
	}
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("write a table: %w", err)
	}
	return nil
}

func field(cell any) string {
	switch cell := cell.(type) {
	case int:
		return strconv.Itoa(cell)
	case float64:
		return strconv.FormatFloat(cell, 'f', -1, 64)
	case Share:
		return strconv.FormatFloat(cell.rounded(), 'f', -1, 64)
	case string:
		return Harmless(cell)
	}
	return ""
}

func (s Share) rounded() float64 { return math.Round(float64(s)*10_000) / 10_000 }

// formula is where a spreadsheet could see the beginning of a formula: at the
// start of a text, and where one that separates by semicolons, tabs or lines
// would see a cell begin.
var formula = regexp.MustCompile(`(^|[;\t\r\n])([\s"']*[=+\-@＝＋－＠]|\t|\r)`)

// Harmless puts an apostrophe before what a spreadsheet would run as a formula
// (= + - @, also full-width, and tabs at the start).
func Harmless(text string) string { return formula.ReplaceAllString(text, "$1'$2") }
