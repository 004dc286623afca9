package main

import (
	"fmt"
	"strings"

	"plenum/polls/methods"
)

// order prints all options with their place and, if there are any, points.
func (p *paper) order(r methods.Result) {
	place := 1
	for _, equal := range r.Order {
		for _, id := range equal {
			if r.Points == nil {
				p.line("%4d. %s", place, p.names[id])
				continue
			}
			p.line("%4d. %-40s%12d", place, p.names[id], r.Points[id])
		}
		place += len(equal)
	}
}

// rounds prints the votes of every round.
func (p *paper) rounds(r methods.Result) {
	if r.Quota > 0 {
		p.line("Needed for a seat: %d", r.Quota)
	}
	for n, round := range r.Rounds {
		p.line("Round %d", n+1)
		for _, equal := range r.Order {
			for _, id := range equal {
				votes, in := round.Votes[id]
				if in {
					p.line("      %-40s%12s%s", p.names[id], decimal(votes), fate(id, round))
				}
			}
		}
		if round.Spent > 0 {
			p.line("      %-40s%12s", "(names nobody who is left)", decimal(round.Spent))
		}
	}
}

func fate(id string, round methods.Round) string {
	for _, one := range round.Elected {
		if one == id {
			return "  elected"
		}
	}
	for _, one := range round.Out {
		if one == id {
			return "  out"
		}
	}
	return ""
}

// decimal is without zeros at its end.
func decimal(votes float64) string {
	return strings.TrimSuffix(strings.TrimRight(fmt.Sprintf("%.6f", votes), "0"), ".")
}

// pairs prints the duels: how many put the row above the column.
func (p *paper) pairs(r methods.Result) {
	if r.Pairs == nil {
		return
	}
	p.line("Duels: how many put the one of the row above the one of the column")
	var head strings.Builder
	for n := range r.Pairs {
		fmt.Fprintf(&head, "%8s", fmt.Sprintf("(%d)", n+1))
	}
	p.line("      %-40s%s", "", head.String())
	for n, row := range r.Pairs {
		var cells strings.Builder
		for m, votes := range row {
			if m == n {
				cells.WriteString("       -")
				continue
			}
			fmt.Fprintf(&cells, "%8d", votes)
		}
		p.line("      %-40s%s", fmt.Sprintf("(%d) %s", n+1, p.names[p.ids[n]]), cells.String())
	}
	if r.Champion != "" {
		p.line("Wins every duel: %s", p.names[r.Champion])
	}
}
