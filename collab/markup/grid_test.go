package markup

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"strings"
	"testing"

	"plenum/collab/delta"
)

// What a cell may be called.
func TestIsCell(t *testing.T) {
	t.Parallel()
	for value, want := range map[string]bool{
		"t-r-c": true, "0123456789ab-z-9": true, "0123456789abc-z-9": false, "t-r": false, "t-r-c-d": false,
		"T-r-c": false, "t--c": false, "": false, "t-r-c ": false, "ü-r-c": false,
	} {
		if IsCell(value) != want {
			t.Errorf("%q: %v", value, !want)
		}
	}
}

// shape is a table in few words: rows of cells, the lines of each with / between
// them.
func shape(g grid) (out [][]string) {
	for _, row := range g {
		var cells []string
		for _, cell := range row {
			var all []string
			for _, l := range cell {
				all = append(all, plainCell([]line{l}))
			}
			cells = append(cells, strings.Join(all, "/"))
		}
		out = append(out, cells)
	}
	return out
}

// What is left of tables when people change them at once. The same cases hold of
// what browsers show.
func TestGrids(t *testing.T) {
	t.Parallel()
	type vector struct {
		Content json.RawMessage `json:"content"`
		Tables  [][][]string    `json:"tables"`
	}
	r := rand.New(rand.NewPCG(29, 1))
	var all []vector
	for range 120 {
		var ops delta.Delta
		for range 1 + r.IntN(14) {
			c := Cell{string(rune('t' + r.IntN(8)/7)), fmt.Sprintf("r%d", r.IntN(4)), fmt.Sprintf("c%d", r.IntN(4))}
			if r.IntN(3) == 0 {
				ops = append(ops, delta.Write([]string{"a", "b", "c d"}[r.IntN(3)], nil))
			}
			switch r.IntN(12) {
			case 0:
				ops = append(ops, delta.Write("\n", nil))
			case 1, 2, 3, 4:
				ops = append(ops, delta.Write("\n", c.attributes(true)))
			default:
				ops = append(ops, delta.Write("\n", c.attributes(false)))
			}
		}
		ops = append(ops, delta.Write("\n", nil)).Normal()
		v := vector{Content: json.RawMessage(ops.String()), Tables: [][][]string{}}
		for l := range blocksOf(ops) {
			if l.block == tableBlock {
				v.Tables = append(v.Tables, shape(l.grid))
			}
		}
		all = append(all, v)
	}
	said, err := json.Marshal(all)
	said = bytes.ReplaceAll(said, []byte(`,{"content"`), []byte(",\n{\"content\""))
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("testdata/grids.json", said, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile("testdata/grids.json")
	if err != nil {
		t.Fatal(err)
	}
	if string(said) != string(want) {
		t.Error("tables are shown otherwise than before")
	}
}

// What two people leave who change a table at once.
func TestGridOfWhatIsLeft(t *testing.T) {
	t.Parallel()
	whole := func(names ...string) (ops delta.Delta) {
		for _, name := range names {
			row, column, _ := strings.Cut(name, "-")
			c := Cell{"t", row, column}
			ops = append(ops, delta.Write("\n", c.attributes(true)), delta.Write(name, nil), delta.Write("\n", c.attributes(false)))
		}
		return ops
	}
	blank := func(name string) delta.Delta {
		row, column, _ := strings.Cut(name, "-")
		c := Cell{"t", row, column}
		return delta.Delta{delta.Write("\n", c.attributes(true)), delta.Write("\n", c.attributes(false))}
	}
	join := func(all ...delta.Delta) (out delta.Delta) {
		for _, one := range all {
			out = append(out, one...)
		}
		return append(out, delta.Write("\n", nil)).Normal()
	}
	for _, c := range []struct {
		why     string
		content delta.Delta
		want    string
	}{
		{"a column and a row at once: a place is empty", join(whole("1-a", "1-b", "1-x", "2-a", "2-b", "3-a", "3-b", "3-x")), "[[1-a 1-b 1-x] [2-a 2-b ] [3-a 3-b 3-x]]"},
		{"the cell of the new column stands behind the new row", join(whole("1-a", "1-b", "2-a", "2-b", "1-x", "3-a", "3-b", "3-x")), "[[1-a 1-b 1-x] [2-a 2-b ] [3-a 3-b 3-x]]"},
		{"a row is deleted that got a cell meanwhile", join(whole("1-a", "1-b", "1-x"), blank("2-x"), whole("3-a", "3-b", "3-x")), "[[1-a 1-b 1-x] [3-a 3-b 3-x]]"},
		{"a column is deleted that got a cell meanwhile", join(whole("1-a", "1-b", "2-a", "2-b", "3-a", "3-b", "4-a"), blank("4-y"), whole("4-b")), "[[1-a 1-b] [2-a 2-b] [3-a 3-b] [4-a 4-b]]"},
		{"what somebody wrote there stays", join(whole("1-a", "1-b", "1-x", "2-x", "3-a", "3-b", "3-x")), "[[1-a 1-b 1-x] [  2-x] [3-a 3-b 3-x]]"},
		{"both put the same missing cell in", join(whole("1-a", "1-b", "2-a"), blank("2-b"), blank("2-b")), "[[1-a 1-b] [2-a /]]"},
		{"columns beside each other in each row", join(whole("1-a", "1-x", "1-y", "2-a", "2-x", "2-y")), "[[1-a 1-x 1-y] [2-a 2-x 2-y]]"},
	} {
		for l := range blocksOf(c.content) {
			if got := fmt.Sprint(shape(l.grid)); l.block == tableBlock && got != c.want {
				t.Errorf("%s: %s, not %s", c.why, got, c.want)
			}
		}
	}
}

// A table that is too large to be one becomes text, and nothing of it is lost.
func TestLargeTables(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		rows, columns int
		table         bool
	}{{maxGrid / maxColumns, maxColumns, true}, {maxGrid/maxColumns + 1, maxColumns, false}, {2, maxColumns + 1, false}, {9000, 1, false}} {
		row := "<tr>" + strings.Repeat("<td>x", c.columns)
		content := read(t, Formats[1], []byte("<table>"+strings.Repeat(row, c.rows)+"</table>"))
		var words int
		cells := false
		for _, o := range content {
			words += strings.Count(o.Text(), "x")
			_, _, cell := CellOf(o.Attributes())
			cells = cells || cell
		}
		if words != c.rows*c.columns || cells != c.table {
			t.Errorf("%d × %d: %d words, a table: %v", c.rows, c.columns, words, cells)
		}
	}
}
