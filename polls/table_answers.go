package polls

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"plenum/polls/tables"
)

// answers is who answered what: a row for each person, and a column for each
// closed round that was asked with names; of a quiz also the points. People
// stand in the order of their names.
func (s sheets) answers() tables.Table {
	w := s.words
	t := tables.Table{Name: w.answers, Columns: []tables.Column{{Head: w.person, Wide: 24}}}
	scored, teams := s.scores.people > 0, s.squads.there()
	if teams {
		t.Columns = append(t.Columns, tables.Column{Head: w.team, Wide: 18})
	}
	if scored {
		t.Columns = append(t.Columns, tables.Column{Head: w.rank, Wide: 10}, tables.Column{Head: w.total, Wide: 10})
	}
	rounds := s.closedRounds(func(a *polled) bool { return !a.veiled() })
	for _, a := range rounds {
		if a.gridded() {
			for _, o := range a.Options {
				t.Columns = append(t.Columns, tables.Column{Head: fmt.Sprintf(w.columnRow, w.head(a), o.Text), Wide: 28})
			}
			continue
		}
		t.Columns = append(t.Columns, tables.Column{Head: w.head(a), Wide: 28})
		if s.counts(a) {
			t.Columns = append(t.Columns, tables.Column{Head: fmt.Sprintf(w.columnPoints, w.head(a)), Wide: 10})
		}
	}
	t.Rows = func(yield func([]any) bool) {
		for _, voter := range s.byName() {
			row, answered := []any{s.nameOf(voter)}, false
			if teams {
				row = append(row, s.teamCell(voter))
			}
			if scored {
				row = append(row, s.standing(voter)...)
			}
			for _, a := range rounds {
				b := a.card.box.at(voter)
				answered = answered || b.counts()
				if a.gridded() {
					row = append(row, w.rowCells(a, b)...)
					continue
				}
				row = append(row, s.answer(a, b))
				if s.counts(a) {
					row = append(row, s.gain(a, voter))
				}
			}
			if answered && !yield(row) {
				return
			}
		}
	}
	return t
}

// counts tells whether a round is in the scores of the quiz.
func (s sheets) counts(a *polled) bool {
	c, _ := s.deck.find(a.ID)
	return c.quiz.round == a.Round
}

// teamCell is the name of somebody's team; nil without one.
func (s sheets) teamCell(voter int) any {
	if team := s.squads.at(voter); team > 0 {
		return s.squads.Teams.Teams[team-1].Name
	}
	return nil
}

func (s sheets) standing(voter int) []any {
	if voter >= len(s.scores.rank) || s.scores.rank[voter] == 0 {
		return []any{nil, nil}
	}
	return []any{s.scores.rank[voter], s.scores.total[voter]}
}

// gain is what somebody got for a round that is in the scores.
func (s sheets) gain(a *polled, voter int) any {
	c, _ := s.deck.find(a.ID)
	if voter >= len(c.quiz.gains) || !a.card.box.at(voter).counts() {
		return nil
	}
	return c.quiz.gains[voter].points + c.quiz.gains[voter].bonus
}

func (s sheets) nameOf(voter int) string {
	return cmp.Or(s.names[s.voters.names[voter]], s.words.unknown)
}

// byName are all voters in an order that has nothing to do with when they came.
func (s sheets) byName() []int {
	all := make([]int, len(s.voters.names))
	for voter := range all {
		all[voter] = voter
	}
	slices.SortFunc(all, func(a, b int) int {
		return cmp.Or(cmp.Compare(strings.ToLower(s.nameOf(a)), strings.ToLower(s.nameOf(b))), cmp.Compare(s.voters.names[a], s.voters.names[b]))
	})
	return all
}

// answer is a ballot in a cell; nil if there is none.
func (s sheets) answer(a *polled, b ballot) any {
	if !b.counts() {
		return nil
	}
	if a.placed() {
		return s.words.placesSaid(a, b.content)
	}
	v := a.card.words(b)
	var texts []string
	switch {
	case v.Score != nil:
		return *v.Score
	case v.Number != nil:
		return *v.Number
	case v.Answers != nil:
		texts = *textsOf(v.Answers)
	case v.Rows != nil:
		for i, cell := range s.words.rowCells(a, b) {
			if cell != nil {
				texts = append(texts, fmt.Sprintf("%s: %s", a.Options[i].Text, cell))
			}
		}
	case v.Points != nil:
		for _, o := range a.Options {
			if points := v.Points[o.ID]; points > 0 {
				texts = append(texts, fmt.Sprintf("%s: %d", o.Text, points))
			}
		}
	default:
		for _, id := range *v.Options {
			texts = append(texts, a.Options[a.slot(id)].Text)
		}
		if a.Kind == Ranking {
			return strings.Join(texts, s.words.then)
		}
	}
	return strings.Join(texts, s.words.and)
}

// ballots are those of closed secret rounds: of a pseudonymous one each under its
// guest's number, of an anonymous one equal ones together and sorted.
func (s sheets) ballots() tables.Table {
	w := s.words
	t := tables.Table{Name: w.ballots, Columns: []tables.Column{
		{Head: w.number, Wide: 6}, {Head: w.question, Wide: 40}, {Head: w.round, Wide: 8}, {Head: w.voter, Wide: 14}, {Head: w.answer, Wide: 40}, {Head: w.votes, Wide: 8},
	}}
	t.Rows = func(yield func([]any) bool) {
		for _, a := range s.closedRounds(func(a *polled) bool { return a.veiled() }) {
			for _, row := range s.secret(a) {
				if !yield(append([]any{a.place, a.Prompt, a.Round}, row...)) {
					return
				}
			}
		}
	}
	return t
}

func (s sheets) secret(a *polled) [][]any {
	var rows [][]any
	if a.Secrecy == Pseudonymous {
		a.ballots(func(voter int, b ballot) {
			rows = append(rows, []any{fmt.Sprintf(s.words.guest, voter+1), s.answer(a, b), 1})
		})
		return rows
	}
	equal := map[any]int{}
	a.ballots(func(_ int, b ballot) { equal[s.answer(a, b)]++ })
	for answer, n := range equal {
		rows = append(rows, []any{nil, answer, n})
	}
	slices.SortFunc(rows, func(a, b []any) int { return compareCells(a[1], b[1]) })
	return rows
}

// compareCells orders numbers by size and texts by their letters.
func compareCells(a, b any) int {
	number := func(cell any) float64 {
		switch cell := cell.(type) {
		case int:
			return float64(cell)
		case float64:
			return cell
		}
		return 0
	}
	return cmp.Or(cmp.Compare(number(a), number(b)), cmp.Compare(fmt.Sprint(a), fmt.Sprint(b)))
}
