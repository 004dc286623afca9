package polls

import (
	"context"
	"slices"

	"plenum/polls/methods"
	"plenum/rooms"
)

// quizFile is the present round of a question of a quiz as a file: every ballot
// with the time that counts and what it brought, in an order that has nothing to
// do with when they came.
func quizFile(ctx context.Context, r rooms.Reading, of roundOf) (any, error) {
	p, err := replayed(ctx, r, nil)
	if err != nil {
		return nil, err
	}
	c, _ := p.deck.find(of.question)
	if c == nil || c.Key == nil {
		return nil, ErrNoQuestion
	}
	f := c.file(of.round, &methods.Profile{})
	if specialOf(c.Kind) != nil {
		f = methods.File{Kind: string(c.Kind), Prompt: c.Prompt, Round: of.round, Unit: c.Unit, Decimals: c.Decimals, Options: []methods.FileOption{}}
	}
	if c.placed() {
		f = c.placesFile(of.round)
	}
	f.Format = 3
	f.Quiz = &methods.Quiz{Worth: c.Worth, Limit: c.quiz.limit, Several: c.Kind == Multiple, Within: c.Key.Within, Accept: c.Key.Accept}
	if c.Kind == Estimate {
		f.Quiz.Truth = c.Truth
	}
	for _, slot := range c.Key.Right {
		f.Quiz.Right = append(f.Quiz.Right, c.slotName(slot))
	}
	f.Ballots = []methods.FileBallot{}
	for voter := range p.voters.names {
		b := c.box.at(voter)
		if !b.counts() {
			continue
		}
		one := c.ballotFile(c.box, b)
		one.Took, one.Points = int64(b.mark.Took), int64(b.mark.Points)
		f.Ballots = append(f.Ballots, one)
	}
	slices.SortFunc(f.Ballots, methods.FileBallot.Compare)
	return f, nil
}
