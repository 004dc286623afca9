package polls

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// specialBalanced compares what a special form tells with a count of its own of
// the rows, and with a box that has the same ballots in another order.
func specialBalanced(c *card, table map[string]ballotRow) error {
	again := newBox(c.Question)
	again.keep(c.box)
	for n := len(c.box.pages) - 1; n >= 0; n-- {
		for i := pageSize - 1; i >= 0 && c.box.pages[n] != nil; i-- {
			if of := c.box.pages[n].ballots[i]; of.turn > 0 {
				again.put(n*pageSize+i, ballot{turn: of.turn, picks: of.picks})
				again.put(n*pageSize+i, of)
				again.put(n*pageSize+i, of)
			}
		}
	}
	one, other := *c, *c
	other.box = again
	if a, b := encode(one.resultsFor(true)), encode(other.resultsFor(true)); string(a) != string(b) {
		return fmt.Errorf("%q tells\n%s, and with its ballots in another order\n%s", c.Prompt, a, b)
	}
	want := newCount()
	for _, row := range table {
		if row.Question == c.ID && row.Round == c.Round {
			want.add(row)
		}
	}
	if got := countOf(c); fmt.Sprint(got) != fmt.Sprint(want) {
		return fmt.Errorf("%q adds up to\n%v, and the table to\n%v", c.Prompt, got, want)
	}
	return nil
}

// count is what ballots add up to, in the simplest way.
type count struct {
	people  int
	words   map[string]int
	numbers []float64
	points  map[string]int
	cells   map[string]int
	pins    int
}

func newCount() *count {
	return &count{words: map[string]int{}, points: map[string]int{}, cells: map[string]int{}}
}

func (s *count) String() string {
	slices.Sort(s.numbers)
	return fmt.Sprint(s.people, s.words, s.numbers, s.points, s.cells, s.pins)
}

func (s *count) add(row ballotRow) {
	var content struct {
		Answers []answer
		Number  *float64
		Points  map[string]int
		Rows    map[string][]string
		Places  map[string][]int
		Pins    [][]int
	}
	decode(row.Content, &content)
	s.people++
	for _, a := range content.Answers {
		s.words[strings.ToLower(cases.Fold().String(norm.NFC.String(a.Text)))]++
	}
	if content.Number != nil {
		s.numbers = append(s.numbers, *content.Number)
	}
	for id, n := range content.Points {
		s.points[id] += n
	}
	for item, at := range content.Places {
		for what, n := range map[string]int{"n": 1, "x": at[0], "y": at[1], "xx": at[0] * at[0], "yy": at[1] * at[1]} {
			if n > 0 {
				s.cells[item+"/"+what] += n
			}
		}
	}
	s.pins += len(content.Pins)
	for row, columns := range content.Rows {
		for _, column := range columns {
			s.cells[row+"/"+column]++
		}
	}
}

// countOf is what the poll says that its ballots add up to.
func countOf(c *card) *count {
	s := newCount()
	s.people = c.box.people
	for slot, n := range c.box.points {
		if n > 0 {
			s.points[c.slotName(slot)] = n
		}
	}
	switch sum := c.box.sum.(type) {
	case *heat:
		s.pins = sum.pins
		for _, n := range sum.cells {
			s.pins += n
		}
		s.pins /= 2 // both are as many
	case grid, plane:
		for slot, n := range c.box.counts {
			if n > 0 {
				s.cells[c.slotName(slot)] = n
			}
		}
	case *cloud:
		for id, w := range sum.words {
			s.words[id] = w.count
		}
		maps.DeleteFunc(s.words, func(_ string, n int) bool { return n == 0 })
	case *wall:
		for _, a := range slices.Concat(sum.shown, sum.waiting, sum.held) {
			s.words[strings.ToLower(cases.Fold().String(norm.NFC.String(a.Text)))]++
		}
	case *guesses:
		for _, n := range sum.sorted {
			s.numbers = append(s.numbers, float64(n)/c.scale())
		}
	}
	return s
}
