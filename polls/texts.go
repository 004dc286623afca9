package polls

import (
	"cmp"
	"context"
	"encoding/json"
	"slices"
	"strconv"

	"plenum/polls/methods"
	"plenum/rooms"
)

// errTexts is why there are no texts to be read; and not-shown, malformed.
var errTexts = rooms.Refuse("form", "Only a word cloud and a wall have answers to be read.")

// Texts is a page of the answers to a question: words by how frequent they are,
// answers on a wall from the newest on.
type Texts struct {
	Question string  `json:"question"`
	Round    int     `json:"round"`
	Answers  []Given `json:"answers"`
	Next     int     `json:"next"` // what the next page is asked for with before; 0: there is none
	All      int     `json:"all"`  // how many there are
}

// Given is an answer that people gave.
type Given struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Count int    `json:"count"`          // how many gave it
	Mark  Mark   `json:"mark,omitempty"` // for hosts
	place int    // the higher, the earlier it is read
}

// mostTexts is how many answers a page has at most.
const mostTexts = 100

// pages is a named read {question, round, before, only}: one page of the answers.
// For the audience it answers only what everybody may see just
// now; hosts are told all answers, or those with the mark "only" ("unmarked" are
// those without one).
func pages(audience bool) func(context.Context, rooms.Reading) (any, error) {
	return func(ctx context.Context, r rooms.Reading) (any, error) {
		of, err := askedRound(r)
		if err != nil {
			return nil, err
		}
		before, err := strconv.Atoi(cmp.Or(r.Ask["before"], "0"))
		if err != nil || before < 0 {
			return nil, errAsk
		}
		p := newPast()
		if err := p.catchUp(ctx, r); err != nil {
			return nil, err
		}
		c := p.cards[of.question]
		if audience && (c == nil || p.stage != of.question || of.round != c.Round || !c.Shown) {
			return nil, ErrHidden
		}
		if c == nil || of.round > c.Round {
			return nil, ErrNoQuestion
		}
		if c.Kind != Words && c.Kind != Wall {
			return nil, errTexts
		}
		if err := p.readable(of); err != nil {
			return nil, err
		}
		b, err := p.filled(ctx, r, of)
		if err != nil {
			return nil, err
		}
		return pageOf(of, before, wanted(b.given(), audience, r.Ask["only"])), nil
	}
}

// filled is a box with the ballots of a round, and what hosts have decided.
func (p *past) filled(ctx context.Context, r rooms.Reading, of roundOf) (*box, error) {
	c := &card{Question: p.cards[of.question].Question}
	c.box = newBox(c.Question)
	voters := newRoll()
	err := eachEvent(ctx, r, 0, func(e rooms.Event) error {
		if e.Seq > p.through || e.Blank() {
			return nil
		}
		switch e.Did {
		case "approved", "withheld":
			return c.take(e, of)
		case "counted":
			with, ok, err := countedIn(e, of)
			if !ok {
				return err
			}
			return c.takeCounted(with)
		case "voted":
			var v voted
			if err := json.Unmarshal(e.With, &v); err != nil || v.Question != of.question || v.Round != of.round {
				return err
			}
			voter := voters.enrol(e.By)
			now, err := c.cast(v, c.box.at(voter).content)
			if err == nil {
				c.box.put(voter, now)
			}
			return err
		}
		return nil
	})
	return c.box, err
}

// take notes a decision of hosts: about an answer in its round, about a word in
// this round and all later ones.
func (c *card) take(e rooms.Event, of roundOf) error {
	var m marked
	if err := json.Unmarshal(e.With, &m); err != nil {
		return err
	}
	if m.Question != of.question || m.Round > of.round || c.Kind == Wall && m.Round < of.round {
		return nil
	}
	return c.mark(m.Answer, Mark(e.Did))
}

// given are all answers of a box, in the order in which they are read.
func (b *box) given() []Given {
	var all []Given
	switch sum := b.sum.(type) {
	case *cloud:
		for id, w := range sum.words {
			g := Given{ID: id, Text: w.spelling(), Count: w.count, Mark: Approved}
			if sum.out[id] {
				g.Mark = Withheld
			}
			all = append(all, g)
		}
		slices.SortFunc(all, func(a, b Given) int {
			return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(methods.Hash(b.ID), methods.Hash(a.ID)), cmp.Compare(a.ID, b.ID))
		})
		for i := range all {
			all[i].place = len(all) - i
		}
	case *wall:
		answers := slices.Concat(sum.shown, sum.waiting, sum.held)
		slices.SortFunc(answers, func(a, b *answer) int { return cmp.Compare(b.Place, a.Place) })
		for _, a := range answers {
			g := Given{a.ID, a.Text, 1, a.Mark, a.Place}
			if sum.list(a) == &sum.shown {
				g.Mark = Approved
			}
			all = append(all, g)
		}
	}
	return all
}

// wanted are those that a reader may see and wants. Nobody but hosts is told a mark.
func wanted(all []Given, audience bool, only string) []Given {
	some := []Given{}
	for _, g := range all {
		switch {
		case audience && g.Mark == Approved:
			g.Mark = Unmarked
			some = append(some, g)
		case !audience && (only == "" || only == string(g.Mark) || only == "unmarked" && g.Mark == Unmarked):
			some = append(some, g)
		}
	}
	return some
}

func pageOf(of roundOf, before int, all []Given) Texts {
	page := Texts{Question: of.question, Round: of.round, All: len(all)}
	if before > 0 {
		all = slices.DeleteFunc(all, func(g Given) bool { return g.place >= before })
	}
	if page.Answers = all[:min(mostTexts, len(all))]; len(all) > mostTexts {
		page.Next = all[mostTexts-1].place
	}
	return page
}
