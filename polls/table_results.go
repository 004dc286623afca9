package polls

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"

	"plenum/polls/methods"
	"plenum/polls/tables"
)

// resultRow is one line of the results of a round; nil is an empty cell.
type resultRow struct {
	answer, votes, share, points, value, place any
	note                                       string
	column                                     any // of a grid
}

func (r resultRow) cells() []any {
	var note any
	if r.note != "" {
		note = r.note
	}
	return []any{r.answer, r.votes, r.share, r.points, r.value, r.place, note, r.column}
}

// outcome is what the deciding method made of a ranking, by the options' ids.
type outcome struct {
	place map[string]int
	note  map[string]string
}

func (w *tableWords) outcome(counted []methods.Result) outcome {
	o := outcome{map[string]int{}, map[string]string{}}
	if len(counted) == 0 {
		return o
	}
	place := 1
	for _, equal := range counted[0].Order {
		for _, id := range equal {
			o.place[id] = place
		}
		place += len(equal)
	}
	for _, id := range counted[0].Winners {
		o.note[id] = w.wins
	}
	for _, id := range counted[0].Tied {
		o.note[id] = w.tied
	}
	return o
}

// rows are the results of a round; at least one.
func (w *tableWords) rows(a *polled, o outcome) []resultRow {
	var rows []resultRow
	switch {
	case a.Held > 0:
		rows = []resultRow{{note: w.few}}
	case a.Lost && a.People == 0:
		rows = []resultRow{{note: w.lost}}
	case a.Kind == Words:
		rows = w.wordRows(a)
	case a.Kind == Wall:
		rows = w.wallRows(a)
	case a.Kind == Estimate:
		rows = w.numberRows(a)
	case a.gridded():
		rows = w.gridRows(a)
	case a.Kind == Axes:
		rows = w.axesRows(a)
	case a.Kind == Pins:
		rows = w.pinRows(a)
	default:
		rows = w.choiceRows(a, o)
	}
	if len(rows) == 0 {
		rows = []resultRow{{}}
	}
	if a.card == nil {
		rows[0].note = w.sealed
	}
	return rows
}

// whole is how many people's ballots the results are of.
func (a *polled) whole() int {
	if a.Counted != nil {
		return *a.Counted
	}
	return a.People
}

func (w *tableWords) choiceRows(a *polled, o outcome) []resultRow {
	counts, points := byPlace(a.Counts), byPlace(a.Results.Points)
	whole := float64(a.whole())
	var rows []resultRow
	sum := 0.0
	for slot := range a.slots() {
		id := a.slotName(slot)
		row := resultRow{votes: counts[id]}
		if a.Kind != Points {
			row.share = tables.Share(part(counts[id], whole))
		}
		if a.Kind == Rating {
			row.answer = a.From + slot
			sum += float64((a.From + slot) * counts[id])
		} else {
			row.answer = a.Options[slot].Text
		}
		if points != nil {
			row.points = points[id]
		}
		if a.Kind == Points { // as the screens show it
			row.value = math.Round(10*part(points[id], whole)) / 10
		}
		if place := o.place[id]; place > 0 {
			row.place, row.note = place, o.note[id]
		}
		if a.Key != nil && slices.Contains(a.Key.Right, slot) {
			row.note = w.right
		}
		rows = append(rows, row)
	}
	if a.Kind == Rating && whole > 0 {
		rows = append(rows, resultRow{answer: w.average, value: math.Round(100*sum/whole) / 100})
	}
	return rows
}

func part(n int, of float64) float64 {
	if of == 0 {
		return 0
	}
	return float64(n) / of
}

// byPlace reads a tally by option or step; nil if there is none.
func byPlace(raw json.RawMessage) map[string]int {
	var tally map[string]int
	if len(raw) > 0 && json.Unmarshal(raw, &tally) != nil {
		panic("polls: a tally is no object of numbers") // we have made it
	}
	return tally
}

// wordRows are all words, the most frequent first; of an open secret question
// those that are told.
func (w *tableWords) wordRows(a *polled) []resultRow {
	var rows []resultRow
	add := func(text string, count int, note string) {
		if a.Key != nil && slices.ContainsFunc(a.Key.Accept, func(right string) bool { return methods.Fold(right) == methods.Fold(text) }) {
			note = w.right
		}
		rows = append(rows, resultRow{answer: text, votes: count, share: tables.Share(part(count, float64(a.whole()))), note: note})
	}
	if a.card == nil {
		for _, word := range a.Answers.Words {
			add(word.Text, word.Count, "")
		}
		return rows
	}
	for _, g := range a.card.box.given() {
		note := ""
		if g.Mark == Withheld {
			note = w.out
		}
		add(g.Text, g.Count, note)
	}
	return rows
}

// wallRows are all texts, the newest first; of an open secret question those
// that are told.
func (w *tableWords) wallRows(a *polled) []resultRow {
	var rows []resultRow
	if a.card == nil {
		for _, c := range a.Answers.Cards {
			rows = append(rows, resultRow{answer: c.Text, votes: 1})
		}
		return rows
	}
	notes := map[Mark]string{Approved: w.shown, Withheld: w.held, Unmarked: w.waiting}
	for _, g := range a.card.box.given() {
		row := resultRow{answer: g.Text, votes: 1, note: notes[g.Mark]}
		if a.Key != nil && slices.ContainsFunc(a.Key.Accept, func(right string) bool { return methods.Fold(right) == methods.Fold(g.Text) }) {
			row.note = w.right
		}
		rows = append(rows, row)
	}
	return rows
}

func (w *tableWords) numberRows(a *polled) []resultRow {
	var rows []resultRow
	if n := a.Answers.Numbers; n != nil {
		span := func(text string, count int) {
			rows = append(rows, resultRow{answer: text, votes: count, share: tables.Share(part(count, float64(a.whole())))})
		}
		if n.Below > 0 {
			span(fmt.Sprintf(w.below, plainNumber(n.Start)), n.Below)
		}
		for i, count := range n.Bins {
			from := n.Start + float64(i)*n.Width
			span(fmt.Sprintf("%s – <%s", plainNumber(from), plainNumber(from+n.Width)), count)
		}
		if n.Above > 0 {
			span(fmt.Sprintf(w.above, plainNumber(n.Start+float64(len(n.Bins))*n.Width)), n.Above)
		}
		for _, of := range []struct {
			name  string
			value float64
		}{{w.median, n.Median}, {w.mean, n.Mean}, {w.low, n.Low}, {w.high, n.High}, {w.least, n.Least}, {w.greatest, n.Greatest}} {
			rows = append(rows, resultRow{answer: of.name, value: rounded(of.value)})
		}
	}
	if a.Truth != nil {
		rows = append(rows, resultRow{answer: w.truth, value: *a.Truth})
	}
	return rows
}

// rounded leaves a number the digits that mean something.
func rounded(n float64) float64 { return math.Round(n*1e6) / 1e6 }

func plainNumber(n float64) string { return strconv.FormatFloat(rounded(n), 'f', -1, 64) }
