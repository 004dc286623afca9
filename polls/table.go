package polls

import (
	"cmp"
	"context"
	"fmt"
	"io"

	"plenum/polls/tables"
	"plenum/rooms"
)

// ErrColumns is why there is no workbook; and malformed.
var ErrColumns = rooms.Refuse("columns", "There are more rounds than a sheet has columns. Download the answers as CSV.")

// table is the named read {format, part, language} of everything that was asked,
// for spreadsheets: format "csv" is one table, by part "results", "answers" or
// "ballots"; "xlsx" is all of them.
func table(ctx context.Context, r rooms.Reading) (any, error) {
	format, part := cmp.Or(r.Ask["format"], "csv"), cmp.Or(r.Ask["part"], "results")
	if format != "csv" && format != "xlsx" || part != "results" && part != "answers" && part != "ballots" {
		return nil, rooms.ErrMalformed
	}
	all, err := recordOf(ctx, r)
	if err != nil {
		return nil, err
	}
	names, err := namesOf(ctx, r, all.voters.names)
	if err != nil {
		return nil, err
	}
	s := sheets{all, wordsOf(r.Ask["language"]), names}
	if format == "xlsx" {
		return s.workbook(r.Title)
	}
	t, err := s.part(part)
	if err != nil {
		return nil, err
	}
	return rooms.File{
		Name: rooms.FileName(fmt.Sprintf("%s - %s", cmp.Or(r.Title, "Poll"), t.Name), "poll") + ".csv", Type: tables.CSVType,
		Write: func(to io.Writer) error { return tables.WriteCSV(to, t) },
	}, nil
}

// sheets are the tables of a poll in one language.
type sheets struct {
	*record
	words *tableWords
	names map[string]string // of members
}

func (s sheets) part(part string) (tables.Table, error) {
	switch part {
	case "answers":
		return s.answers(), nil
	case "ballots":
		return s.ballots(), nil
	}
	return s.results()
}

// workbook has the results, and what else there is.
func (s sheets) workbook(title string) (any, error) {
	results, err := s.results()
	if err != nil {
		return nil, err
	}
	all := []tables.Table{results}
	if s.has(func(a *polled) bool { return !a.veiled() }) {
		all = append(all, s.answers())
	}
	if s.has(func(a *polled) bool { return a.veiled() }) {
		all = append(all, s.ballots())
	}
	for _, t := range all {
		if len(t.Columns) > tables.MaxColumns {
			return nil, ErrColumns
		}
	}
	return rooms.File{
		Name: rooms.FileName(title, "poll") + ".xlsx", Type: tables.XLSXType,
		Write: func(to io.Writer) error { return tables.WriteXLSX(to, title, all) },
	}, nil
}

// has tells whether there is a closed round of a kind.
func (s sheets) has(kind func(*polled) bool) bool { return len(s.closedRounds(kind)) > 0 }

// closedRounds are the rounds of a kind whose ballots can be read.
func (s sheets) closedRounds(kind func(*polled) bool) []*polled {
	var some []*polled
	for _, a := range s.rounds {
		if a.card != nil && a.State == Closed && kind(a) {
			some = append(some, a)
		}
	}
	return some
}

// results is what every round added up to: a row for each option, step, word,
// text or span of numbers, as the desk shows it.
func (s sheets) results() (tables.Table, error) {
	w := s.words
	t := tables.Table{Name: w.results, Columns: []tables.Column{
		{Head: w.number, Wide: 6}, {Head: w.question, Wide: 40}, {Head: w.form, Wide: 16}, {Head: w.round, Wide: 8}, {Head: w.state, Wide: 9}, {Head: w.people, Wide: 8},
		{Head: w.answer, Wide: 40}, {Head: w.votes, Wide: 8}, {Head: w.share, Wide: 8}, {Head: w.points, Wide: 9}, {Head: w.value, Wide: 10}, {Head: w.place, Wide: 8}, {Head: w.note, Wide: 20}, {Head: w.columnHead, Wide: 20},
	}}
	places := make([]outcome, len(s.rounds))
	for i, a := range s.rounds {
		if a.Kind == Slide {
			continue
		}
		counted, err := a.byMethods()
		if err != nil {
			return t, err
		}
		places[i] = w.outcome(counted)
	}
	t.Rows = func(yield func([]any) bool) {
		for i, a := range s.rounds {
			if a.Kind == Slide {
				continue // nothing was asked
			}
			head := []any{a.place, a.Prompt, w.forms[a.Kind], a.Round, w.states[a.State], a.People}
			for _, r := range w.rows(a, places[i]) {
				if !yield(append(head[:len(head):len(head)], r.cells()...)) {
					return
				}
			}
		}
	}
	return t, nil
}
