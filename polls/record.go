package polls

import (
	"context"
	"encoding/json"
	"fmt"

	"plenum/polls/methods"
	"plenum/rooms"
)

// record is all that was asked in a poll, as its log tells it.
type record struct {
	*Poll
	rounds []*polled // by question in the order of the deck, the first round first
}

// polled is a round of a question, with its results as hosts are told them.
type polled struct {
	HostQuestion
	place int   // of the question in the deck, from 1
	card  *card // with its ballots; nil while they are sealed
	again bool  // it was asked in more than one round
}

// recordOf reads the log of a poll. Of an open secret question it has what hosts
// are told: nobody can read its ballots.
func recordOf(ctx context.Context, r rooms.Reading) (*record, error) {
	before := map[string][]*card{}
	p, err := replayed(ctx, r, func(p *Poll, e rooms.Event) {
		if e.Did != "again" {
			return
		}
		var of about
		if json.Unmarshal(e.With, &of) != nil {
			return // it is refused when it is applied
		}
		if c, _ := p.deck.find(of.Question); c != nil && c.State != Draft {
			round := *c
			before[c.ID] = append(before[c.ID], &round)
		}
	})
	if err != nil {
		return nil, err
	}
	told, err := viewed(ctx, r)
	if err != nil {
		return nil, err
	}
	all := &record{Poll: p}
	for i, c := range p.deck {
		rounds := append(before[c.ID], c)
		if c.State == Draft && c.Kind != Slide {
			rounds = rounds[:len(rounds)-1]
		}
		for _, c := range rounds {
			a := &polled{HostQuestion{c.Question, c.Status, *c.resultsFor(true)}, i + 1, c, len(rounds) > 1}
			if c.veiled() && c.State == Open {
				if a.card = nil; told[c.ID].ID == "" {
					continue // it was dropped just now
				}
				a.HostQuestion = told[c.ID]
			}
			all.rounds = append(all.rounds, a)
		}
	}
	return all, nil
}

// viewed are the questions of the deck as hosts see them, by their ids.
func viewed(ctx context.Context, r rooms.Reading) (map[string]HostQuestion, error) {
	raw, err := r.View(ctx)
	if err != nil {
		return nil, err
	}
	var seen HostView
	if err := json.Unmarshal(raw, &seen); err != nil {
		return nil, fmt.Errorf("read the view of a poll: %w", err)
	}
	all := map[string]HostQuestion{}
	for _, q := range seen.Questions {
		all[q.ID] = q
	}
	return all, nil
}

// open tells whether people can still vote.
func (a *polled) open() bool { return a.State == Open }

// ballots calls f for every ballot that counts, in the order of its voters' numbers.
func (a *polled) ballots(f func(voter int, b ballot)) {
	for n, held := range a.card.box.pages {
		if held == nil {
			continue
		}
		for i, b := range held.ballots {
			if b.counts() {
				f(n*pageSize+i, b)
			}
		}
	}
}

// byMethods is a closed ranking, counted by every method that goes with it, the
// one that decides first; nil of everything else.
func (a *polled) byMethods() ([]methods.Result, error) {
	if a.Kind != Ranking || a.card == nil || a.open() {
		return nil, nil
	}
	names := make([]string, len(a.Options))
	for slot := range names {
		names[slot] = a.slotName(slot)
	}
	profile, err := methods.NewProfile(names)
	if err != nil {
		return nil, fmt.Errorf("count the question %q: %w", a.ID, err)
	}
	a.ballots(func(_ int, b ballot) {
		if err == nil {
			err = profile.Add(a.card.ranks(a.card.words(b)), 1)
		}
	})
	var all []methods.Result
	for _, m := range a.allMethods() {
		if err != nil {
			break
		}
		var result methods.Result
		result, err = methods.Count(profile, m, methods.Rules{Seats: a.Seats, Ties: a.Ties})
		all = append(all, result)
	}
	if err != nil {
		return nil, fmt.Errorf("count the question %q: %w", a.ID, err)
	}
	return all, nil
}
