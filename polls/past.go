package polls

import (
	"context"
	"encoding/json"
	"fmt"

	"plenum/rooms"
)

// pastPage is how many events are read at a time.
const pastPage = 1000

// past is what a poll's log tells outside its room: the questions as they stand
// now, as far as they were ever written or presented, and who voted when.
type past struct {
	cards   map[string]*card // also of dropped questions
	stage   string
	last    map[roundOf]uint64 // the seq of the last ballot
	through uint64
}

// roundOf is a round of a question.
type roundOf struct {
	question string
	round    int
}

func newPast() *past { return &past{cards: map[string]*card{}, last: map[roundOf]uint64{}} }

// eachEvent reads a poll's log from one seq on.
func eachEvent(ctx context.Context, r rooms.Reading, after uint64, take func(rooms.Event) error) error {
	for {
		events, err := r.Events(ctx, after, 0, pastPage, false)
		if err != nil {
			return err
		}
		for _, e := range events {
			after = e.Seq
			if err := take(e); err != nil {
				return fmt.Errorf("event %d did %q: %w", e.Seq, e.Did, err)
			}
		}
		if len(events) < pastPage {
			return nil
		}
	}
}

// catchUp reads what has happened since.
func (p *past) catchUp(ctx context.Context, r rooms.Reading) error {
	return eachEvent(ctx, r, p.through, p.take)
}

// quiet are the events that change no question: those about single answers are
// read where the answers are.
var quiet = map[string]bool{"moved": true, "nothing": true, "approved": true, "withheld": true, "truth": true, "ruled": true, "allowed": true, "ranked": true, "keyed": true, "scored": true, "voided": true,
	"strength": true, "coded": true, "issued": true, "cancelled": true, "redeemed": true,
	"teams": true, "teamed": true, "dealt": true, "shuffled": true}

func (p *past) take(e rooms.Event) error {
	p.through = e.Seq
	if e.Blank() || quiet[e.Did] {
		return nil
	}
	if e.Did == "counted" {
		var with counted
		err := json.Unmarshal(e.With, &with)
		p.last[roundOf{with.Question, with.Round}] = e.Seq
		return err
	}
	if e.Did == "voted" {
		var v voted
		err := json.Unmarshal(e.With, &v)
		if v.Question == "" {
			return err // it is sealed
		}
		p.last[roundOf{v.Question, v.Round}] = e.Seq
		return err
	}
	var with struct{ Question json.RawMessage }
	if err := json.Unmarshal(e.With, &with); err != nil {
		return err
	}
	switch e.Did {
	case "wrote", "presented":
		return p.see(e.Did == "presented", with.Question)
	case "dropped":
		return nil // it was taken off the stage before
	}
	return p.change(e, with.Question)
}

// see takes in a question that is told in full, or that none is presented.
func (p *past) see(presented bool, raw json.RawMessage) error {
	var q *Question
	if err := json.Unmarshal(raw, &q); err != nil {
		return err
	}
	if presented {
		p.stage = ""
	}
	if q == nil {
		return nil
	}
	if presented {
		p.stage = q.ID
	}
	if c := p.cards[q.ID]; c != nil {
		c.rewrite(*q)
	} else {
		p.cards[q.ID] = newCard(*q)
	}
	return nil
}

func (p *past) change(e rooms.Event, raw json.RawMessage) error {
	var id string
	if err := json.Unmarshal(raw, &id); err != nil {
		return err
	}
	// A question of the first deck that was never presented has not been told
	// in full; nothing was voted on it either.
	c := p.cards[id]
	if c == nil {
		return nil
	}
	var to change
	with := struct {
		*change
		Question string
	}{change: &to}
	if err := json.Unmarshal(e.With, &with); err != nil {
		return err
	}
	return c.apply(e.Did, to)
}

// ballots are the newest ballot of every voter in a round, withdrawn ones too,
// as far as the log was read before.
func (p *past) ballots(ctx context.Context, r rooms.Reading, of roundOf) (map[string]voted, error) {
	last := map[string]voted{}
	err := eachEvent(ctx, r, 0, func(e rooms.Event) error {
		if e.Did == "counted" && e.Seq <= p.through {
			return p.openBox(e, of, last)
		}
		if e.Did != "voted" || e.Blank() || e.Seq > p.through {
			return nil
		}
		var v voted
		if err := json.Unmarshal(e.With, &v); err != nil {
			return err
		}
		if v.Question == of.question && v.Round == of.round && v.Turn > last[e.By].Turn {
			last[e.By] = v
		}
		return nil
	})
	return last, err
}
