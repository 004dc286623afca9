package polls

import (
	"cmp"
	"context"
	"slices"

	"plenum/rooms"
)

// mostPeople is how many people a grid of answers has.
const mostPeople = 1_000

// Why nobody is told who answered what; and no-question, draft, open and few.
var (
	ErrUnnamed  = rooms.Refuse("unnamed", "Nobody can find out who answered what here.")
	errNoPeople = rooms.Refuse("form", "Only dates and grids are told by person.")
)

// People are who answered what to dates or in a grid, in the order of their names
// or their guests' numbers.
type People struct {
	Question string   `json:"question"`
	Round    int      `json:"round"`
	People   []Person `json:"people"`
	Left     int      `json:"left,omitempty"` // how many are not told
}

// Person is one of them.
type Person struct {
	Name  string              `json:"name,omitempty"`  // "" of somebody who has none any more, and of guests
	Guest int                 `json:"guest,omitempty"` // "Guest 17" of a pseudonymous question
	Rows  map[string][]string `json:"rows"`
}

// people is the named read {question, round} of the present round for hosts.
// With names it is told while voting is open too, as guests only after the close.
func people(ctx context.Context, r rooms.Reading) (any, error) {
	of, err := askedRound(r)
	if err != nil {
		return nil, err
	}
	all, err := recordOf(ctx, r)
	if err != nil {
		return nil, err
	}
	at := slices.IndexFunc(all.rounds, func(a *polled) bool { return a.ID == of.question && a.Round == of.round })
	if at < 0 {
		return nil, ErrNoQuestion
	}
	a := all.rounds[at]
	switch {
	case !a.gridded():
		return nil, errNoPeople
	case a.Secrecy == Anonymous:
		return nil, ErrUnnamed
	case a.card == nil:
		return nil, errStillOpen
	}
	names, err := namesOf(ctx, r, all.voters.names)
	if err != nil {
		return nil, err
	}
	told := People{Question: of.question, Round: of.round, People: []Person{}}
	a.ballots(func(voter int, b ballot) {
		one := Person{Rows: a.rowsByID(b.content.Cells)}
		if a.veiled() {
			one.Guest = voter + 1
		} else {
			one.Name = names[all.voters.names[voter]]
		}
		told.People = append(told.People, one)
	})
	slices.SortStableFunc(told.People, func(a, b Person) int {
		return cmp.Or(cmp.Compare(a.Guest, b.Guest), cmp.Compare(a.Name, b.Name))
	})
	if told.Left = max(0, len(told.People)-mostPeople); told.Left > 0 {
		told.People = told.People[:mostPeople]
	}
	return told, nil
}
