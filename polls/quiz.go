package polls

import (
	"cmp"
	"encoding/json"
	"maps"
	"math"
	"reflect"
	"slices"
	"strings"

	"plenum/polls/methods"
	"plenum/rooms"
)

// Limits of a quiz.
const (
	MaxWorth    = methods.MostWorth
	usualWorth  = 1_000
	MaxReading  = 60 // seconds
	MaxAccepted = 20 // texts that are right
	mostMore    = 200
	noLimit     = -1 // instead of a percentage of the time
)

// Why a question of a quiz or its rules are refused.
var (
	ErrKey      = rooms.Refuse("answer-key", "Say what is right, in such a way that it can be answered.")
	ErrWorth    = rooms.Refuse("worth", "A right answer is worth 1 to 10,000 points.")
	ErrLive     = rooms.Refuse("live", "What is right is not told while people answer, and so are the results.")
	ErrReading  = rooms.Refuse("reading", "People can be given up to 60 seconds to read a question.")
	ErrMore     = rooms.Refuse("more-time", "More time is half as much again, twice as much, or without end.")
	ErrManyMore = rooms.Refuse("many-more", "At most 200 people can be given more time.")
	ErrNoScore  = rooms.Refuse("no-score", "Nobody has any points yet.")
)

// Key is what is right. Only hosts are told, until the question is closed and
// its results are shown.
type Key struct {
	Right  []int    `json:"right,omitempty"`  // places of options, from 0
	Within float64  `json:"within,omitempty"` // how far from the true value is right as well
	Accept []string `json:"accept,omitempty"` // texts
}

// Rules are how a quiz gives points.
type Rules struct {
	Speed   bool `json:"speed"`   // faster answers get more
	Streak  bool `json:"streak"`  // several right answers in a row get more
	Reading int  `json:"reading"` // seconds before people can answer
}

func (r Rules) check() error {
	if r.Reading < 0 || r.Reading > MaxReading {
		return ErrReading
	}
	return nil
}

// checkedKey is the question with a key that makes sense.
func (q Question) checkedKey() (Question, error) {
	if q.Key == nil {
		q.Worth = 0
		return q, nil
	}
	q.Worth = cmp.Or(q.Worth, usualWorth)
	if q.Worth < 1 || q.Worth > MaxWorth {
		return q, ErrWorth
	}
	if q.Show == Live {
		return q, ErrLive
	}
	var key Key
	switch given := *q.Key; q.Kind {
	case Single, Multiple:
		key.Right = slices.Compact(slices.Sorted(slices.Values(given.Right)))
		n := len(key.Right)
		if n == 0 || key.Right[0] < 0 || key.Right[n-1] >= len(q.Options) || q.Kind == Single && n == len(q.Options) ||
			q.Kind == Multiple && (n < q.Least || n > q.Most) {
			return q, ErrKey
		}
	case Pins:
		key.Right = slices.Compact(slices.Sorted(slices.Values(given.Right)))
		if n := len(key.Right); q.Most != 1 || n == 0 || key.Right[0] < 0 || key.Right[n-1] >= len(q.Options) {
			return q, ErrKey
		}
	case Estimate:
		if q.Truth == nil || !(given.Within >= 0 && given.Within <= MaxNumber) {
			return q, ErrKey
		}
		key.Within = given.Within
	case Words, Wall:
		if len(given.Accept) < 1 || len(given.Accept) > MaxAccepted || q.Most != 1 {
			return q, ErrKey
		}
		for _, text := range given.Accept {
			text, err := cleanLine(text, MaxWord, ErrKey)
			if err != nil || !visible(methods.Fold(text)) {
				return q, ErrKey
			}
			key.Accept = append(key.Accept, text)
		}
	default:
		return q, ErrKey
	}
	q.Key = &key
	return q, nil
}

// isRight tells whether an option is, by its place.
func (q Question) isRight(slot int) bool { return slices.Contains(q.Key.Right, slot) }

// sameKey tells whether the same answers to both questions are right.
func (q Question) sameKey(other Question) bool {
	return reflect.DeepEqual(q.Key, other.Key) && (q.Key == nil || sameNumber(q.Truth, other.Truth))
}

// hits are the parts of a ballot that are right, and how many parts there are.
func (q Question) hits(b ballot) (hits, of int) {
	right := false
	switch q.Kind {
	case Single:
		right = slices.ContainsFunc(q.Key.Right, b.picks.has)
	case Multiple:
		b.picks.each(func(slot int) {
			if slices.Contains(q.Key.Right, slot) {
				hits++
			} else {
				hits--
			}
		})
		return max(0, hits), len(q.Key.Right)
	case Pins:
		for _, slot := range q.fieldsOf(b.content.Spots) {
			right = right || q.isRight(slot)
		}
	case Estimate:
		right = math.Abs(q.unscaled(b.content.Number)-*q.Truth) <= q.Key.Within
	default:
		right = slices.ContainsFunc(q.Key.Accept, func(text string) bool {
			return methods.Fold(text) == methods.Fold(b.content.Answers[0].Text)
		})
	}
	if right {
		return 1, 1
	}
	return 0, 1
}

type (
	keyed struct {
		Question string `json:"question"`
		Key      *Key   `json:"key"` // nil: it is no question of a quiz any more
	}
	ruled   struct{ Rules }
	allowed struct {
		Member string `json:"member"`
		More   int    `json:"more"` // the time in percent; 0: no more than others, -1: without end
	}
)

// decideRules says how points are given from now on. What was answered keeps
// its points.
func (p *Poll) decideRules(c rooms.Command) ([]rooms.Event, error) {
	var ask struct {
		Speed, Streak *bool
		Reading       *int
	}
	if err := json.Unmarshal(c.With, &ask); err != nil || ask.Speed == nil || ask.Streak == nil || ask.Reading == nil {
		return nil, rooms.ErrMalformed
	}
	to := Rules{*ask.Speed, *ask.Streak, *ask.Reading}
	if err := to.check(); err != nil {
		return nil, err
	}
	if slices.ContainsFunc(p.deck, func(c *card) bool { return c.Key != nil && c.State == Open }) {
		return nil, ErrOpen
	}
	if to == p.rules {
		return nil, nil
	}
	return []rooms.Event{event("ruled", toAll, ruled{to})}, nil
}

// decideAllow gives somebody more time than others. Nobody else but hosts is told.
func (p *Poll) decideAllow(c rooms.Command) ([]rooms.Event, error) {
	var ask allowed
	if err := json.Unmarshal(c.With, &ask); err != nil || !isMember(ask.Member) {
		return nil, rooms.ErrMalformed
	}
	if !slices.Contains([]int{0, 150, 200, noLimit}, ask.More) {
		return nil, ErrMore
	}
	if p.more[ask.Member] == ask.More {
		return nil, nil
	}
	if len(p.more) >= mostMore && p.more[ask.Member] == 0 {
		return nil, ErrManyMore
	}
	return []rooms.Event{
		event("allowed", toHosts, ask),
		event("allowed", rooms.Audience{Only: ask.Member}, ask),
	}, nil
}

// isMember tells whether a text has the form of a member's id.
func isMember(id string) bool {
	odd := func(r rune) bool {
		return r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z') && (r < 'A' || r > 'Z')
	}
	return id != "" && len(id) <= 64 && !strings.ContainsFunc(id, odd)
}

func (p *Poll) applyQuiz(e rooms.Event) error {
	var to struct {
		Rules
		allowed
		Board *Board `json:"board"`
	}
	if err := json.Unmarshal(e.With, &to); err != nil {
		return err
	}
	switch e.Did {
	case "ruled":
		p.rules = to.Rules
	case "ranked":
		if p.stage.Ranks = NoRanks; to.Board != nil {
			p.stage.Ranks = to.Board.Show
		}
	case "allowed":
		more := map[string]int{} // a new one: views and snapshots have the old one
		maps.Copy(more, p.more)
		p.more = more
		if p.more[to.Member] = to.More; to.More == 0 {
			delete(p.more, to.Member)
		}
	}
	return nil
}

// reads tells whether the question is still being read, before people can answer.
func (c *card) reads(at int64) bool { return c.Key != nil && c.State == Open && at < c.Opened }

// endFor is when the time of a question runs out for somebody; 0: never.
func (c *card) endFor(more int) int64 {
	switch {
	case more == noLimit:
		return 0
	case more > 0 && c.Closes > 0:
		return c.Opened + (c.Closes-c.Opened)*int64(more)/100
	}
	return c.Closes
}

// overFor tells whether a ballot of a member comes too late.
func (p *Poll) overFor(member string, c *card, at int64) bool {
	end := c.endFor(p.more[member])
	return end > 0 && at >= end
}

// ends is when the time of a question runs out for all: for those who have more
// of it and have not answered yet, too. 0: never.
func (p *Poll) ends(c *card) int64 {
	last := c.Closes
	if last == 0 || c.State != Open {
		return last
	}
	for member, more := range p.more {
		if p.ballotOf(member, c).turn > 0 {
			continue
		}
		end := c.endFor(more)
		if end == 0 {
			return 0
		}
		last = max(last, end)
	}
	return last
}
