package tables_test

import (
	"bytes"
	"encoding/csv"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"plenum/polls/tables"
)

// harmful are texts that a spreadsheet could run, each with what is written.
var harmful = [][2]string{
	{"=1+1", "'=1+1"},
	{"+1", "'+1"},
	{"-2", "'-2"},
	{"@SUM(A1)", "'@SUM(A1)"},
	{"\t=1", "'\t=1"},
	{"\rx", "'\rx"},
	{"  =1", "'  =1"},
	{`"=1`, `'"=1`},
	{"＝1", "'＝1"},
	{"a;=cmd|' /C calc'!A0", "a;'=cmd|' /C calc'!A0"},
	{"a\n- b", "a\n'- b"},
	{"a - b = c + d @ e", "a - b = c + d @ e"},
	{"1,5 %", "1,5 %"},
	{"", ""},
}

func of(rows ...[]any) tables.Table {
	return tables.Table{Name: "Results", Columns: []tables.Column{{Head: "What", Wide: 20}, {Head: "=How many", Wide: 9}, {Head: "Part", Wide: 9}}, Rows: slices.Values(rows)}
}

func TestATextNeverRuns(t *testing.T) {
	t.Parallel()
	for _, c := range harmful {
		if got := tables.Harmless(c[0]); got != c[1] {
			t.Errorf("%q becomes %q, want %q", c[0], got, c[1])
		}
	}
}

// A CSV is as RFC 4180 has it, and begins with the mark by which Excel knows
// that it is UTF-8. Numbers below 0 stay numbers.
func TestCSV(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	rows := of([]any{"茶, \"green\"", 3, tables.Share(1.0 / 3)}, []any{"two\nlines", -2.5}, []any{"=1+1", nil, tables.Share(1)})
	if err := tables.WriteCSV(&out, rows); err != nil {
		t.Fatal(err)
	}
	want := "\ufeffWhat,'=How many,Part\r\n\"茶, \"\"green\"\"\",3,0.3333\r\n\"two\r\nlines\",-2.5,\r\n'=1+1,,1\r\n"
	if out.String() != want {
		t.Errorf("got %q, want %q", out.String(), want)
	}
	again, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(out.String(), "\ufeff"))).ReadAll()
	if err != nil || again[1][0] != `茶, "green"` || again[2][0] != "two\nlines" {
		t.Errorf("read again it is %q (%v)", again, err)
	}
}

// Whatever somebody wrote is in a workbook as they wrote it, as a text.
func TestXLSX(t *testing.T) {
	t.Parallel()
	texts := []string{"茶 🍵", "_x0041_", "<b>&amp;</b>", " two\nlines ", "0012", "1e5", "TRUE", "שלום", strings.Repeat("ü", 20_000)}
	for _, c := range harmful {
		texts = append(texts, c[0])
	}
	var rows [][]any
	for i, text := range texts {
		rows = append(rows, []any{text, i, tables.Share(0.25)})
	}
	book := opened(t, of(rows...))
	for i, text := range texts {
		at := cell(t, 1, i+2)
		got, err := book.GetCellValue("Results", at)
		// XML knows no other line end than \n.
		if want := strings.ReplaceAll(text, "\r", "\n"); err != nil || strings.ReplaceAll(got, "\r", "\n") != want {
			t.Errorf("%s is %q, want %q (%v)", at, got, text, err)
		}
		formula, err := book.GetCellFormula("Results", at)
		kind, kindErr := book.GetCellType("Results", at)
		if err != nil || kindErr != nil || formula != "" || text != "" && kind != excelize.CellTypeInlineString {
			t.Errorf("%q is of type %v, with the formula %q (%v, %v)", text, kind, formula, err, kindErr)
		}
	}
	if share, err := book.GetCellValue("Results", "C2"); err != nil || share != "25.0%" {
		t.Errorf("a quarter is shown as %q (%v)", share, err)
	}
	if sheets := book.GetSheetList(); !slices.Equal(sheets, []string{"Results"}) {
		t.Errorf("there are the sheets %q", sheets)
	}
}

func opened(t *testing.T, all ...tables.Table) *excelize.File {
	t.Helper()
	var out bytes.Buffer
	if err := tables.WriteXLSX(&out, "Team day", all); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenReader(&out)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { book.Close() })
	return book
}

func cell(t *testing.T, column, row int) string {
	t.Helper()
	name, err := excelize.CoordinatesToCellName(column, row)
	if err != nil {
		t.Fatal(err)
	}
	return name
}

type broken struct{ after int }

func (b *broken) Write(p []byte) (int, error) {
	if b.after -= len(p); b.after < 0 {
		return 0, io.ErrClosedPipe
	}
	return len(p), nil
}

func TestWhatCannotBeWrittenIsSaid(t *testing.T) {
	t.Parallel()
	rows := of([]any{strings.Repeat("x", 10_000)})
	if err := tables.WriteCSV(&broken{100}, rows); err == nil {
		t.Error("a CSV was written where nothing can be")
	}
	if err := tables.WriteXLSX(&broken{100}, "", []tables.Table{rows}); err == nil {
		t.Error("a workbook was written where nothing can be")
	}
}
