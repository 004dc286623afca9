package polls

import (
	"context"
	"sync"

	"plenum/polls/methods"
	"plenum/rooms"
)

// Why there are no results by methods; and malformed, no-question, draft, open.
var (
	ErrHidden    = rooms.Refuse("not-shown", "The results of this are not shown.")
	errNoRanking = rooms.Refuse("ranking", "Only a ranking is counted by several methods.")
)

// ByMethods is a closed round of a ranking, counted by every method that goes
// with it: first by the one that was chosen before anybody voted.
type ByMethods struct {
	Question string           `json:"question"`
	Round    int              `json:"round"`
	People   int              `json:"people"`
	Results  []methods.Result `json:"results"`
}

// shelf keeps what was counted, so that a crowd which asks for the same costs
// one count. It is outside of all rooms: several may count at a time, of each
// poll one.
type shelf struct {
	mu    sync.Mutex
	polls map[string]*kept
}

// mostKept is how many polls are remembered.
const mostKept = 64

// kept is what is known of one poll. Whoever holds its turn may use it.
type kept struct {
	turn    chan struct{}
	past    *past
	results map[roundOf]*ByMethods
	through map[roundOf]uint64 // the last ballot that a result counts
}

// of is what is kept of a poll. When too many are, any of them is forgotten.
func (s *shelf) of(r rooms.Reading) *kept {
	s.mu.Lock()
	defer s.mu.Unlock()
	key := r.Room + "/" + r.Activity
	if s.polls[key] == nil {
		for other := range s.polls {
			if len(s.polls) < mostKept {
				break
			}
			delete(s.polls, other)
		}
		s.polls[key] = &kept{
			turn: make(chan struct{}, 1), past: newPast(), results: map[roundOf]*ByMethods{}, through: map[roundOf]uint64{},
		}
	}
	return s.polls[key]
}

// read is a named read {question, round}. For the audience it answers only
// what everybody may see just now: the results of the presented question, if
// they are shown. What is not shown is refused like what does not exist.
func (s *shelf) read(audience bool) func(context.Context, rooms.Reading) (any, error) {
	return func(ctx context.Context, r rooms.Reading) (any, error) {
		of, err := askedRound(r)
		if err != nil {
			return nil, err
		}
		k := s.of(r)
		select {
		case k.turn <- struct{}{}:
			defer func() { <-k.turn }()
		case <-ctx.Done():
			return nil, ctx.Err()
		}
		if err := k.past.catchUp(ctx, r); err != nil {
			return nil, err
		}
		c := k.past.cards[of.question]
		if audience && (c == nil || k.past.stage != of.question || of.round != c.Round || !c.Shown) {
			return nil, ErrHidden
		}
		return k.count(ctx, r, of)
	}
}

// count counts a round, unless that was done.
func (k *kept) count(ctx context.Context, r rooms.Reading, of roundOf) (*ByMethods, error) {
	c, err := k.past.closed(of)
	if err != nil {
		return nil, err
	}
	if c.Kind != Ranking {
		return nil, errNoRanking
	}
	if k.results[of] != nil && k.through[of] == k.past.last[of] {
		return k.results[of], nil
	}
	ballots, err := k.past.ballots(ctx, r, of)
	if err != nil {
		return nil, err
	}
	profile, err := c.profile(ballots)
	if err != nil {
		return nil, err
	}
	counted := &ByMethods{Question: of.question, Round: of.round, People: profile.People()}
	for _, m := range c.allMethods() {
		result, err := methods.Count(profile, m, methods.Rules{Seats: c.Seats, Ties: c.Ties})
		if err != nil {
			return nil, err
		}
		counted.Results = append(counted.Results, result)
	}
	k.results[of], k.through[of] = counted, k.past.last[of]
	return counted, nil
}

// allMethods are those that go with a question, the chosen one first.
func (q Question) allMethods() []methods.Method {
	all := []methods.Method{q.Method}
	for _, m := range methodsFor(q.Seats) {
		if m != q.Method {
			all = append(all, m)
		}
	}
	return all
}
