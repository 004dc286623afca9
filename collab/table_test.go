package collab

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/rooms"
)

// tabled is a content with a table of some rows and columns, with a word in every cell.
func tabled(rows, columns int) delta.Delta {
	out := delta.Delta{delta.Write("before\n", nil)}
	for i := range rows {
		for j := range columns {
			out = append(out, cellOf(fmt.Sprintf("r%d", i), fmt.Sprintf("c%d", j), fmt.Sprintf("%d.%d", i, j))...)
		}
	}
	return append(out, delta.Write("after\n", nil))
}

func cellOf(row, column, text string) delta.Delta {
	value := delta.String("t-" + row + "-" + column)
	start := delta.Attributed(delta.Attribute{Name: "cell-start", Value: value})
	end := delta.Attributed(delta.Attribute{Name: "cell", Value: value})
	out := delta.Delta{delta.Write("\n", start)}
	if text != "" {
		out = append(out, delta.Write(text, nil))
	}
	return append(out, delta.Write("\n", end))
}

// lined is a document line by line: the text of each and the cell that it is in.
func lined(d *Document) (out []string) {
	line := ""
	for _, o := range slices.Concat(slices.Collect(d.text.bare())...) {
		for rest := o.Text(); rest != ""; {
			before, after, ends := strings.Cut(rest, "\n")
			if line += before; !ends {
				break
			}
			cell, _ := o.Attributes().Get("cell").AsString()
			start, _ := o.Attributes().Get("cell-start").AsString()
			out = append(out, strings.TrimSpace(cell+start+" "+line))
			line, rest = "", after
		}
	}
	return out
}

// deed is something that a person does to a table: types at a place of a cell, or
// puts a row or a column in.
func deed(r *rand.Rand, who string, content delta.Delta) (change delta.Delta, text, cell string) {
	type at struct {
		start, end int // of the text
		cell       string
	}
	var cells []at
	place, begins := 0, 0
	for _, o := range content {
		for _, c := range o.Text() {
			if c == '\n' {
				if cell, ok := o.Attributes().Get("cell").AsString(); ok {
					cells = append(cells, at{begins, place, cell})
				}
				begins = place + 1
			}
			place++
		}
	}
	switch r.IntN(3) {
	case 0: // a column before or behind another, in every row
		column, behind := fmt.Sprintf("c%d", r.IntN(3)), r.IntN(2)
		from := 0
		for _, c := range cells {
			if !strings.HasSuffix(c.cell, "-"+column) {
				continue
			}
			place := c.start - 1
			if behind == 1 {
				place = c.end + 1
			}
			row := strings.Split(c.cell, "-")[1]
			change = append(append(change, delta.Keep(place-from, nil)), cellOf(row, who, "")...)
			from = place
		}
		return change, "", ""
	case 1: // a row
		row := r.IntN(4)
		place := len("before\n")
		if row > 0 {
			place = cells[row*3-1].end + 1
		}
		change = delta.Delta{delta.Keep(place, nil)}
		for j := range 3 {
			change = append(change, cellOf(who, fmt.Sprintf("c%d", j), "")...)
		}
		return change, "", ""
	}
	c := cells[r.IntN(len(cells))]
	return delta.Delta{delta.Keep(c.start+r.IntN(c.end-c.start+1), nil), delta.Write("<"+who+">", nil)}, "<" + who + ">", c.cell
}

// What people write in cells stays in them, whatever rows and columns come at once,
// and in whatever order they are committed.
func TestTablesMerge(t *testing.T) {
	t.Parallel()
	r := seeded(t)
	for range 3000 {
		content := tabled(3, 3)
		if r.IntN(2) == 0 { // empty cells are those that one writes in
			content = delta.Delta{delta.Write("before\n", nil)}
			for i := range 9 {
				content = append(content, cellOf(fmt.Sprintf("r%d", i/3), fmt.Sprintf("c%d", i%3), "")...)
			}
			content = append(content, delta.Write("after\n", nil))
		}
		settings, err := json.Marshal(map[string]any{"content": content})
		if err != nil {
			t.Fatal(err)
		}
		a, err := Kind.New(settings)
		if err != nil {
			t.Fatal(err)
		}
		d := a.(*Document)
		want := map[string]string{}
		for i := range 2 + r.IntN(4) {
			who := fmt.Sprintf("n%d", i)
			change, text, cell := deed(r, who, content)
			if text != "" {
				want[text] = cell
			}
			with, err := json.Marshal(map[string]any{"base": 0, "change": change})
			if err != nil {
				t.Fatal(err)
			}
			events, err := d.Decide(rooms.Command{Do: "change", With: with, Peer: who, N: 1})
			if err != nil {
				t.Fatalf("%v: %s", err, with)
			}
			d.Apply(events[0])
		}
		for text, cell := range want {
			found := false
			for _, l := range lined(d) {
				found = found || strings.Contains(l, text) && strings.HasPrefix(l, cell+" ")
			}
			if !found {
				t.Fatalf("%s is not in %s but in %q", text, cell, lined(d))
			}
		}
	}
}

// Search finds what is in cells, and nothing between them.
func TestTablesAreFound(t *testing.T) {
	t.Parallel()
	d := newDocument(tabled(2, 2))
	if got := d.Texts()[0].Text; got != "before\n0.0\n0.1\n1.0\n1.1\nafter" {
		t.Errorf("%q", got)
	}
}
