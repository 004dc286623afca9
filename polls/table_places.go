package polls

import (
	"fmt"
	"math"
	"strings"

	"plenum/polls/tables"
)

// axesRows are for each item how many placed it, and along both axes the mean
// and how far people are from it.
func (w *tableWords) axesRows(a *polled) []resultRow {
	whole := float64(a.whole())
	var rows []resultRow
	for i, m := range a.middles(byPlace(a.Counts)) {
		name := a.Options[i].Text
		if m.People == 0 {
			rows = append(rows, resultRow{answer: name, votes: 0, share: tables.Share(0)})
			continue
		}
		for _, along := range []struct {
			axis         *Axis
			mean, spread float64
		}{{a.X, m.X, m.SpreadX}, {a.Y, m.Y, m.SpreadY}} {
			rows = append(rows,
				resultRow{answer: name, votes: m.People, share: tables.Share(part(m.People, whole)), value: cents(along.mean), note: w.mean, column: along.axis.Title},
				resultRow{answer: name, value: cents(along.spread), note: w.spread, column: along.axis.Title})
		}
	}
	return rows
}

func cents(n float64) float64 { return math.Round(100*n) / 100 }

// pinRows are how many people have a pin in each area, or part of the picture.
func (w *tableWords) pinRows(a *polled) []resultRow {
	counts := byPlace(a.Counts)
	rows := make([]resultRow, a.slots())
	for slot := range rows {
		n := counts[a.slotName(slot)]
		rows[slot] = resultRow{answer: w.field(a.Question, slot), votes: n, share: tables.Share(part(n, float64(a.whole())))}
		if a.Key != nil && a.isRight(slot) {
			rows[slot].note = w.right
		}
	}
	return rows
}

// field is what a place on a picture is called.
func (w *tableWords) field(q Question, slot int) string {
	switch {
	case len(q.Options) == 0:
		return w.parts[slot]
	case slot == len(q.Options):
		return w.elsewhere
	}
	return q.Options[slot].Text
}

// placesSaid is a ballot of places in a line.
func (w *tableWords) placesSaid(a *polled, of *content) string {
	texts := make([]string, len(of.Spots))
	for i, s := range of.Spots {
		if a.Kind == Axes {
			texts[i] = fmt.Sprintf(w.placed, a.Options[s.At].Text, s.X, s.Y)
			continue
		}
		names := make([]string, 0, 1)
		for _, slot := range a.fieldsOf([]spot{s}) {
			names = append(names, w.field(a.Question, slot))
		}
		texts[i] = fmt.Sprintf(w.pinned, strings.Join(names, ", "), percent(s.X), percent(s.Y))
	}
	return strings.Join(texts, w.and)
}

func percent(at int) string { return plainNumber(float64(at) / (sideLength / 100)) }
