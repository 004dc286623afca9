package polls

import (
	"cmp"
	"slices"

	"plenum/polls/methods"
	"plenum/rooms"
)

// How points are given.
const (
	bonusStep  = 100 // for every right answer after the first in a row
	mostSteps  = 5
	mostTravel = 300 // milliseconds that the way of a ballot can be believed to have taken
)

// mark is what a ballot on a question of a quiz has earned.
type mark struct {
	Took   uint32 `json:"took"` // milliseconds, as they count
	Points uint16 `json:"points,omitempty"`
	Right  bool   `json:"right,omitempty"` // wholly
}

// judge marks a ballot as it is cast. Time is the server's: from when the
// question could be answered until the ballot came, less what it was under way.
func (p *Poll) judge(q *card, now ballot, c rooms.Command, said *int64) mark {
	if q.Key == nil || !now.counts() {
		return mark{}
	}
	took := credited(max(0, c.At-q.Opened), c.Trip, said)
	switch more := p.more[c.From.ID]; {
	case more == noLimit:
		took = 0
	case more > 0:
		took = took * 100 / int64(more)
	}
	hits, of := q.hits(now)
	m := mark{Took: uint32(min(took, 1<<31)), Right: hits == of}
	m.Points = uint16(methods.PointsFor(q.Worth, hits, of, took, q.quiz.limit))
	return m
}

// credited is the time an answer took: what the device says, as far as the way
// of the ballot explains the difference to what the server has seen.
func credited(seen, trip int64, said *int64) int64 {
	if said == nil {
		return seen
	}
	return min(max(*said, seen-min(trip, mostTravel), 0), seen)
}

// sitting is what the quiz knows of a question.
type sitting struct {
	limit int64  // how long it was opened for, in milliseconds; 0: time does not matter
	round int    // the round that is in the scores; 0: none
	gains []gain // of that round, by voter; replaced, never changed
}

// gain is what a voter got for a question.
type gain struct{ points, bonus int }

// scored tells whether the present round is in the scores.
func (c *card) scored() bool { return c.quiz.round == c.Round }

// scores are the points of all voters. Its slices are replaced, never changed.
type scores struct {
	people int   // who is ranked
	total  []int // by voter
	streak []int
	rank   []int // from 1; 0: has answered no question of the quiz
	was    []int // before the last question
	order  []int // voters by rank
}

type scored struct {
	Question string `json:"question"`
	Round    int    `json:"round"`
	Bonus    int    `json:"bonus"` // for a right answer after another; 0: none
}

// reveals tells whether an event is told by fresh views: points and teams are everybody's own.
func reveals(e rooms.Event) bool {
	return e.Did == "scored" || e.Did == "voided" || e.Did == "shuffled"
}

// scoring adds that a question's points count from now on.
func (p *Poll) scoring(events []rooms.Event, c *card) []rooms.Event {
	if c.Key == nil || c.scored() {
		return events
	}
	with := scored{Question: c.ID, Round: c.Round}
	if p.rules.Streak {
		with.Bonus = bonusStep
	}
	return append(events, event("scored", toAll, with))
}

// voiding takes a question's points back.
func (p *Poll) voiding(c *card) []rooms.Event {
	if c.quiz.round == 0 {
		return nil
	}
	return []rooms.Event{event("voided", toAll, about{c.ID})}
}

// score adds the points of a round. An earlier round of the question does not
// count any more.
func (p *Poll) score(c *card, to change) {
	before := p.scores
	next := before.copied(len(p.voters.names))
	next.was = slices.Clone(next.rank)
	next.less(c.quiz.gains)
	gains := make([]gain, len(p.voters.names))
	for voter := range gains {
		b := c.box.at(voter)
		if b.counts() && next.rank[voter] == 0 {
			next.rank[voter] = 1
		}
		if !b.mark.Right {
			next.streak[voter] = 0
		} else {
			next.streak[voter]++
			gains[voter].bonus = min(next.streak[voter]-1, mostSteps) * to.Bonus
		}
		gains[voter].points = int(b.mark.Points)
		next.total[voter] += gains[voter].points + gains[voter].bonus
	}
	c.quiz.round, c.quiz.gains = c.Round, gains
	next.sort(p.voters.names)
	p.scores = next
	p.squads.rows = p.standing()
}

// void takes the points of a question away.
func (p *Poll) void(c *card) {
	next := p.scores.copied(len(p.voters.names))
	next.less(c.quiz.gains)
	c.quiz.round, c.quiz.gains = 0, nil
	next.sort(p.voters.names)
	p.scores = next
	p.squads.rows = p.standing()
}

func (s *scores) less(gains []gain) {
	for voter, g := range gains {
		s.total[voter] -= g.points + g.bonus
	}
}

// copied is the same for so many voters.
func (s scores) copied(voters int) scores {
	grown := func(of []int) []int { return append(make([]int, 0, voters), of...)[:voters] }
	return scores{people: s.people, total: grown(s.total), streak: grown(s.streak), rank: grown(s.rank), was: grown(s.was)}
}

// sort ranks all who have a rank. Who has as many points has the same one, and
// stands in an order that has nothing to do with when they came.
func (s *scores) sort(names []string) {
	s.order = nil
	for voter, rank := range s.rank {
		if rank > 0 {
			s.order = append(s.order, voter)
		}
	}
	slices.SortFunc(s.order, func(a, b int) int {
		return cmp.Or(cmp.Compare(s.total[b], s.total[a]), cmp.Compare(names[a], names[b]))
	})
	s.people = len(s.order)
	for place, voter := range s.order {
		s.rank[voter] = place + 1
		if place > 0 && s.total[voter] == s.total[s.order[place-1]] {
			s.rank[voter] = s.rank[s.order[place-1]]
		}
	}
}
