package polls

import (
	"encoding/json"
	"reflect"

	"plenum/rooms"
)

// decideWrite adds a question, or changes one. What people may have voted on
// does not change under their ballots: not while it is open, and not after
// somebody has voted. If it was closed without a vote, a new round begins, so
// that a ballot still under way does not count for other words.
func (p *Poll) decideWrite(c rooms.Command) ([]rooms.Event, error) {
	var ask struct {
		Question *Question `json:"question"`
	}
	if err := json.Unmarshal(c.With, &ask); err != nil || ask.Question == nil {
		return nil, rooms.ErrMalformed
	}
	q, err := ask.Question.unspelled().checked()
	if err == nil {
		err = q.measured(c.Images)
	}
	if err != nil {
		return nil, err
	}
	if q.ID == "" {
		return p.decideAdd(q, c.Seed)
	}
	old, _ := p.deck.find(q.ID)
	if old == nil {
		return nil, ErrNoQuestion
	}
	for _, all := range [][]Option{q.Options, q.Columns} {
		for i, o := range all {
			if !old.has(o.ID) {
				all[i].ID = ""
			}
		}
	}
	if !nameOptions(q, newIDs(c.Seed), old.Question) {
		return nil, rooms.ErrMalformed
	}
	return p.decideChange(old, q)
}

func (p *Poll) decideAdd(q Question, seed uint64) ([]rooms.Event, error) {
	if len(p.deck) >= MaxQuestions {
		return nil, ErrQuestions
	}
	fresh := newIDs(seed)
	q.ID = fresh.next("q", 7, p.deck.has)
	q.unnamed()
	if !nameOptions(q, fresh, Question{}) {
		return nil, rooms.ErrMalformed
	}
	return p.written(nil, toHosts, nil, q), nil
}

// unnamed takes the ids of options and columns away.
func (q Question) unnamed() {
	for _, all := range [][]Option{q.Options, q.Columns} {
		for i := range all {
			all[i].ID = ""
		}
	}
}

// nameOptions gives ids that neither this version of a question nor the last
// has used.
func nameOptions(q Question, fresh ids, old Question) bool {
	taken := func(id string) bool { return q.has(id) || old.has(id) }
	return q.named(func() string { return fresh.next("o", 5, taken) })
}

func (p *Poll) decideChange(old *card, q Question) ([]rooms.Event, error) {
	var events []rooms.Event
	if !old.asks(q) || !old.sameKey(q) {
		switch {
		case old.voted:
			return nil, ErrVoted
		case old.State == Open:
			return nil, ErrOpen
		case old.State == Closed:
			events = append(events, event("again", p.audience(old), again{old.ID, old.Round + 1}))
		}
	}
	return p.written(events, p.audience(old), old, q), nil
}

// written tells a question, and its true value to those who may know it.
func (p *Poll) written(events []rooms.Event, to rooms.Audience, old *card, q Question) []rooms.Event {
	wrote := event("wrote", to, wrote{q.public()})
	if old != nil {
		wrote.Frees = p.deck.frees(old.Question, &q)
	}
	events = append(events, wrote)
	if old == nil && q.Key != nil || old != nil && !reflect.DeepEqual(old.Key, q.Key) {
		events = append(events, event("keyed", toHosts, keyed{q.ID, q.Key}))
	}
	before := (*float64)(nil)
	if old != nil {
		before = old.Truth
	}
	if sameNumber(before, q.Truth) {
		return events
	}
	if old == nil || q.Key != nil || !old.Shown || old.State != Closed {
		to = toHosts
	}
	return append(events, event("truth", to, truth{q.ID, q.Truth}))
}

func (p *Poll) decideDeck(do string, c *card, place int, ask asking) ([]rooms.Event, error) {
	switch do {
	case "drop":
		return p.decideDrop(c)
	case "move":
		return p.decideMove(c, place, ask)
	}
	return p.present(c, place), nil
}

// decideDrop takes a question away. Ballots that were cast on it stay stored.
func (p *Poll) decideDrop(c *card) ([]rooms.Event, error) {
	if c.State == Open {
		return nil, ErrOpen
	}
	to, events := toHosts, p.voiding(c)
	if p.stage.Question == c.ID {
		events = append(events, event("presented", toAll, presented{}))
	}
	if c.told {
		to = toAll
	}
	dropped := event("dropped", to, about{c.ID})
	dropped.Frees = p.deck.frees(c.Question, nil)
	return append(events, dropped), nil
}

func (p *Poll) decideMove(c *card, from int, ask asking) ([]rooms.Event, error) {
	if ask.Place == nil || *ask.Place < 0 {
		return nil, rooms.ErrMalformed
	}
	place := min(*ask.Place, len(p.deck)-1)
	if place == from {
		return nil, nil
	}
	return []rooms.Event{event("moved", toHosts, moved{c.ID, place})}, nil
}

// decideLobby takes the presented question off the screens.
func (p *Poll) decideLobby() ([]rooms.Event, error) {
	if p.stage == (stage{}) {
		return nil, nil
	}
	return []rooms.Event{event("presented", toAll, presented{})}, nil
}

// present shows a question to everybody, if it is not shown just so already.
func (p *Poll) present(c *card, place int) []rooms.Event {
	next := stage{Question: c.ID, Position: place + 1, Of: len(p.deck)}
	if next == p.stage {
		return nil
	}
	return []rooms.Event{event("presented", toAll, next.told(c))}
}
