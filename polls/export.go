package polls

import (
	"context"
	"fmt"
	"strconv"

	"plenum/polls/methods"
	"plenum/rooms"
)

var errStillOpen = rooms.Refuse("open", "The ballots are counted when voting is closed.")

// export is the named read {question, round} that gives the ballots of a round
// to be counted elsewhere: without voters, and equal ones together, so that
// nothing is left of the order in which they came. Of a pseudonymous question
// each stands for itself, under its guest's number.
func export(ctx context.Context, r rooms.Reading) (any, error) {
	p, of, err := askedPast(ctx, r)
	if err != nil {
		return nil, err
	}
	c, err := p.closed(of)
	if err != nil {
		return nil, err
	}
	if c.Worth > 0 && of.round == c.Round {
		return quizFile(ctx, r, of)
	}
	if c.Secrecy == Pseudonymous {
		return p.guestFile(ctx, r, of)
	}
	ballots, err := p.ballots(ctx, r, of)
	if err != nil {
		return nil, err
	}
	if specialOf(c.Kind) != nil {
		b, err := p.filled(ctx, r, of)
		if err != nil {
			return nil, err
		}
		return c.specialFile(of.round, b)
	}
	profile, err := c.profile(ballots)
	if err != nil {
		return nil, err
	}
	return c.file(of.round, profile), nil
}

// closed is the card of a round that nobody can vote in any more.
func (p *past) closed(of roundOf) (*card, error) {
	c := p.cards[of.question]
	switch {
	case c == nil || of.round > c.Round:
		return nil, ErrNoQuestion
	case of.round == c.Round && c.State == Draft:
		return nil, ErrDraft
	case of.round == c.Round && c.State == Open:
		return nil, errStillOpen
	}
	return c, p.readable(of)
}

// profile is ballots as the methods count them. What was chosen together, on
// one ballot without an order, is equal.
func (c *card) profile(ballots map[string]voted) (*methods.Profile, error) {
	names := make([]string, c.slots())
	for slot := range names {
		names[slot] = c.slotName(slot)
	}
	p, err := methods.NewProfile(names)
	if err != nil {
		return nil, fmt.Errorf("count the question %q: %w", c.ID, err)
	}
	for _, v := range ballots {
		if v.withdraws() {
			continue
		}
		if err := p.Add(c.ranks(v), 1); err != nil {
			return nil, fmt.Errorf("count the question %q: %w", c.ID, err)
		}
	}
	return p, nil
}

func (c *card) ranks(v voted) methods.Ballot {
	if v.Score != nil {
		return methods.Ballot{{strconv.Itoa(*v.Score)}}
	}
	if c.Kind != Ranking {
		return methods.Ballot{*v.Options}
	}
	ranks := make(methods.Ballot, len(*v.Options))
	for at, option := range *v.Options {
		ranks[at] = []string{option}
	}
	return ranks
}

// ballotFile is one ballot of a box as a file has it.
func (c *card) ballotFile(b *box, of ballot) methods.FileBallot {
	if of.content != nil {
		return c.fileBallot(b, of.content)
	}
	return methods.FileBallot{Ranks: c.ranks(c.words(of))}
}

func (c *card) file(round int, p *methods.Profile) methods.File {
	f := methods.File{
		Format: 1, Prompt: c.Prompt, Round: round, Seats: max(1, c.Seats), Method: c.Method, Ties: c.Ties,
		Options: []methods.FileOption{}, Ballots: []methods.FileBallot{},
	}
	if c.Kind != Ranking {
		f.Method, f.Ties = methods.Approval, methods.ShowTies
	}
	for slot := range c.slots() {
		o := methods.FileOption{ID: c.slotName(slot)}
		if c.Kind != Rating {
			o.Text = c.Options[slot].Text
		}
		f.Options = append(f.Options, o)
	}
	for _, b := range p.Ballots() {
		f.Ballots = append(f.Ballots, methods.FileBallot{Ranks: b.Ranks, Count: &b.Count})
	}
	return f
}
