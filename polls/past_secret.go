package polls

import (
	"context"
	"fmt"

	"plenum/polls/methods"
	"plenum/rooms"
)

// readable tells whether the ballots of a round can be read, of a secret one not
// before it is closed.
func (p *past) readable(of roundOf) error {
	c := p.cards[of.question]
	switch {
	case c == nil || !c.veiled() || of.round != c.Round:
	case c.State == Open:
		return errStillOpen
	case c.Held > 0:
		return ErrFew
	}
	return nil
}

// openBox reads the ballots of a secret round in the place of those that were
// sealed, if it is the one: anonymous ones by their place.
func (p *past) openBox(e rooms.Event, of roundOf, into map[string]voted) error {
	with, ok, err := countedIn(e, of)
	if !ok {
		return err
	}
	c := newCard(p.cards[of.question].Question)
	c.Round = of.round
	if err := c.takeCounted(with); err != nil {
		return err
	}
	clear(into)
	for n, held := range c.box.pages {
		for i, b := range held.ballots {
			if b.turn == 0 {
				continue
			}
			voter := n*pageSize + i
			name := fmt.Sprint(voter)
			if voter < len(with.Aliases) {
				name = with.Aliases[voter]
			}
			into[name] = c.words(b)
		}
	}
	return nil
}

// Slips are what the voters of an anonymous round know their ballots by, sorted.
// Whoever finds their own there was counted.
type Slips struct {
	Question string   `json:"question"`
	Round    int      `json:"round"`
	Slips    []string `json:"slips"`
}

// slips is the named read {question, round} of a round that is closed. It
// answers for what is presented, and hosts for every question.
func slips(ctx context.Context, r rooms.Reading) (any, error) {
	p, of, err := askedPast(ctx, r)
	if err != nil {
		return nil, err
	}
	c := p.cards[of.question]
	if c == nil || c.Secrecy != Anonymous || p.stage != of.question && r.Reader.Role < rooms.Host {
		return nil, ErrNoQuestion
	}
	if _, err := p.closed(of); err != nil {
		return nil, err
	}
	all := Slips{of.question, of.round, []string{}}
	err = eachEvent(ctx, r, 0, func(e rooms.Event) error {
		if e.Did != "counted" || e.Seq > p.through {
			return nil
		}
		with, ok, err := countedIn(e, of)
		if ok {
			all.Slips = append(all.Slips[:0], with.Slips...)
		}
		return err
	})
	return all, err
}

// guestFile is a pseudonymous round as a file.
func (p *past) guestFile(ctx context.Context, r rooms.Reading, of roundOf) (any, error) {
	c := p.cards[of.question]
	b, err := p.filled(ctx, r, of)
	if err != nil {
		return nil, err
	}
	f := c.file(of.round, &methods.Profile{})
	if specialOf(c.Kind) != nil {
		if f, err = c.specialFile(of.round, newBox(c.Question)); err != nil {
			return nil, err
		}
	}
	for n, held := range b.pages {
		for i, of := range held.ballots {
			if !of.counts() {
				continue
			}
			one := c.ballotFile(b, of)
			one.Guest = n*pageSize + i + 1
			f.Ballots = append(f.Ballots, one)
		}
	}
	return f, nil
}
