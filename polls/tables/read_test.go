package tables_test

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"plenum/polls/tables"
)

func TestReadXLSX(t *testing.T) {
	t.Parallel()
	var file bytes.Buffer
	rows := [][]any{{"茶", 3, 2.5}, {}, {nil, "=1+1", nil}}
	if err := tables.WriteXLSX(&file, "", []tables.Table{of(rows...), {Name: "Empty", Rows: slices.Values([][]any{})}}); err != nil {
		t.Fatal(err)
	}
	sheets, err := tables.ReadXLSX(file.Bytes())
	if err != nil || len(sheets) != 2 || sheets[0].Name != "Results" || sheets[1].Name != "Empty" {
		t.Fatalf("the sheets are %v (%v)", sheets, err)
	}
	want := [][]string{{"What", "=How many", "Part"}, {"茶", "3", "2.5"}, {}, {"", "=1+1"}}
	if got := sheets[0].Rows; !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("the rows are %q", got)
	}
}

// bomb is a workbook one of whose parts unpacks to so many bytes.
func bomb(t *testing.T, part string, size int) []byte {
	t.Helper()
	var file bytes.Buffer
	packer := zip.NewWriter(&file)
	packer.RegisterCompressor(zip.Deflate, func(to io.Writer) (io.WriteCloser, error) { return flate.NewWriter(to, flate.BestSpeed) })
	to, err := packer.Create(part)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.Copy(to, io.LimitReader(zeros{}, int64(size))); err != nil {
		t.Fatal(err)
	}
	if err := packer.Close(); err != nil {
		t.Fatal(err)
	}
	return file.Bytes()
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) { clear(p); return len(p), nil }

// A small file does not become a big one.
func TestABombIsNotUnpacked(t *testing.T) {
	t.Parallel()
	for _, part := range []string{"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/media/image1.png", "anything"} {
		file := bomb(t, part, 200<<20)
		if len(file) > 2<<20 {
			t.Fatalf("the bomb has %d bytes", len(file))
		}
		if _, err := tables.ReadXLSX(file); !errors.Is(err, tables.ErrBig) {
			t.Errorf("a bomb in %s: %v", part, err)
		}
	}
}

func TestWhatIsNoWorkbook(t *testing.T) {
	t.Parallel()
	for name, file := range map[string][]byte{
		"nothing": nil, "a text": []byte("question,option"), "half a zip": []byte("PK\x03\x04..."), "another zip": bomb(t, "readme.txt", 10),
	} {
		if sheets, err := tables.ReadXLSX(file); !errors.Is(err, tables.ErrWorkbook) {
			t.Errorf("%s: %v (%v)", name, sheets, err)
		}
	}
	for rows, want := range map[int]error{19_999: nil, 20_000: tables.ErrBig} { // and the head
		var file bytes.Buffer
		many := of(slices.Repeat([][]any{{"x"}}, rows)...)
		if err := tables.WriteXLSX(&file, "", []tables.Table{many}); err != nil {
			t.Fatal(err)
		}
		if _, err := tables.ReadXLSX(file.Bytes()); !errors.Is(err, want) {
			t.Errorf("%d rows: %v", rows, err)
		}
	}
	wide := tables.Table{Name: "Wide", Columns: make([]tables.Column, 1), Rows: slices.Values([][]any{slices.Repeat([]any{strings.Repeat("y", 9)}, tables.MaxColumns)})}
	wide.Columns[0].Wide = 9
	var file bytes.Buffer
	if err := tables.WriteXLSX(&file, "", []tables.Table{wide}); err != nil {
		t.Fatal(err)
	}
	if sheets, err := tables.ReadXLSX(file.Bytes()); err != nil || len(sheets[0].Rows[1]) != tables.MaxColumns {
		t.Errorf("the widest sheet: %v", err)
	}
}

// Whatever stands where a sheet should be, or its texts, it is read or refused.
func FuzzReadXLSX(f *testing.F) {
	var file bytes.Buffer
	if err := tables.WriteXLSX(&file, "", []tables.Table{of([]any{"a", 1})}); err != nil {
		f.Fatal(err)
	}
	f.Add([]byte(`<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row></sheetData></worksheet>`), []byte(`<sst><si><t>a</t></si></sst>`))
	f.Add([]byte(`<worksheet><sheetData><row r="9"><c r="XFD1" t="inlineStr"><is><t>a</t></is></c></row></sheetData></worksheet>`), []byte{})
	f.Fuzz(func(t *testing.T, sheet, texts []byte) {
		sheets, err := tables.ReadXLSX(with(t, file.Bytes(), map[string][]byte{"xl/worksheets/sheet2.xml": sheet, "xl/sharedStrings.xml": texts}))
		if err != nil && !errors.Is(err, tables.ErrBig) && !errors.Is(err, tables.ErrWorkbook) {
			t.Error(err)
		}
		if err != nil && sheets != nil {
			t.Error("there are sheets of what cannot be read")
		}
	})
}

// with is a workbook some parts of which are others.
func with(t *testing.T, file []byte, parts map[string][]byte) []byte {
	t.Helper()
	from, err := zip.NewReader(bytes.NewReader(file), int64(len(file)))
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	to := zip.NewWriter(&out)
	for _, part := range from.File {
		if parts[part.Name] == nil {
			if err := to.Copy(part); err != nil {
				t.Fatal(err)
			}
		}
	}
	for name, content := range parts {
		w, err := to.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := to.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}
