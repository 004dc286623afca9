package collab

import (
	"encoding/json"
	"slices"

	"plenum/collab/delta"
	"plenum/rooms"
)

// What may be before the room at most.
const (
	MaxMotions     = 20  // suggestions at a time
	MaxMotionVotes = 100 // that a decision can need
)

// Why a suggestion is not put to the room, or not voted on.
var (
	ErrNoSuggestion = rooms.Refuse("no-suggestion", "That suggestion is not open any more.")
	ErrMotion       = rooms.Refuse("motion", "A decision needs 1 to 100 votes, of a majority or for one side.")
	ErrMotions      = rooms.Refuse("motions", "The room is deciding on 20 suggestions already, which is as many as it can.")
	ErrNoMotion     = rooms.Refuse("no-motion", "The room is not deciding on this suggestion any more.")
)

// Motion is a suggestion before the room, and the rule by which it is decided: as
// soon as so many have voted for one side ("side"), or as soon as so many have
// voted and one side has more ("majority").
type Motion struct {
	By    string `json:"by"`
	At    int64  `json:"at"`
	Needs string `json:"needs"`
	Votes int    `json:"votes"`
	Cast  []Cast `json:"cast"` // in the order of their first votes; never changed but replaced
}

// Cast is the vote of a member, with their name as it was then.
type Cast struct {
	By    string `json:"by"`
	Name  string `json:"name"`
	Agree bool   `json:"agree"`
}

// The contents of the events of motions. Drops are members whose votes count no
// more, as they were removed from the room. A "recalled" has the suggestion alone.
type (
	put struct {
		Suggestion string `json:"suggestion"`
		Needs      string `json:"needs"`
		Votes      int    `json:"votes"`
	}
	voted struct {
		Suggestion string   `json:"suggestion"`
		Agree      bool     `json:"agree"`
		Name       string   `json:"name"`
		Drops      []string `json:"drops,omitempty"`
	}
	recalled struct {
		Suggestion string `json:"suggestion"`
	}
)

// Decision is what the room made of a suggestion, in the change that it led to.
type Decision struct {
	Suggestion string `json:"suggestion"`
	Accepted   bool   `json:"accepted"`
	Agree      int    `json:"agree"`
	Disagree   int    `json:"disagree"`
}

// decideMotion says what follows from a command about what is before the room.
func (d *Document) decideMotion(command rooms.Command) ([]rooms.Event, error) {
	var asked struct {
		put
		Agree *bool
	}
	if err := json.Unmarshal(command.With, &asked); err != nil {
		return nil, rooms.ErrMalformed
	}
	place, found := d.suggestion(asked.Suggestion)
	if !found {
		return nil, ErrNoSuggestion
	}
	of := d.suggestions[place]
	switch {
	case command.Do == "put":
		return d.decidePut(of, asked.put)
	case of.Motion == nil:
		return nil, ErrNoMotion
	case command.Do == "recall":
		return happened("recalled", recalled{of.ID})
	case asked.Agree == nil:
		return nil, rooms.ErrMalformed
	}
	return d.decideVote(command, of, *asked.Agree)
}

// decidePut puts a suggestion to the room. While it is there the rule stays.
func (d *Document) decidePut(of Suggestion, with put) ([]rooms.Event, error) {
	switch {
	case with.Needs != "side" && with.Needs != "majority" || with.Votes < 1 || with.Votes > MaxMotionVotes:
		return nil, ErrMotion
	case of.Motion != nil:
		return nil, nil
	case len(d.motions()) >= MaxMotions:
		return nil, ErrMotions
	case slices.Contains(d.settledSuggestions(), of.ID):
		return nil, ErrNoSuggestion
	}
	return happened("put", with)
}

// decideVote takes a vote, or another one of the same member. With the one that
// meets the rule, the suggestion is accepted or rejected by a change of nobody's.
func (d *Document) decideVote(command rooms.Command, of Suggestion, agree bool) ([]rooms.Event, error) {
	with := voted{Suggestion: of.ID, Agree: agree, Name: command.From.Name}
	for _, c := range of.Motion.Cast {
		if c.By != command.From.ID && command.Gone != nil && command.Gone(c.By) {
			with.Drops = append(with.Drops, c.By)
		}
	}
	if len(with.Drops) == 0 && slices.ContainsFunc(of.Motion.Cast, func(c Cast) bool { return c.By == command.From.ID && c.Agree == agree }) {
		return nil, nil
	}
	after := of.Motion.with(with, command.From.ID)
	decision, decided := after.decision(of.ID)
	if !decided {
		return happened("voted", with)
	}
	how := rejected
	if decision.Accepted {
		how = accepted
	}
	change := settled(d.text.pieces(), d.text.length, func(id string) bool { return id == of.ID }, how)
	return d.withChange(rooms.Event{Did: "voted"}, with, change, note{decided: &decision})
}

// with is the motion after a vote.
func (m Motion) with(v voted, by string) Motion {
	cast := slices.DeleteFunc(slices.Clone(m.Cast), func(c Cast) bool { return slices.Contains(v.Drops, c.By) })
	next := Cast{By: by, Name: v.Name, Agree: v.Agree}
	if i := slices.IndexFunc(cast, func(c Cast) bool { return c.By == by }); i >= 0 {
		cast[i] = next
	} else {
		cast = append(cast, next)
	}
	m.Cast = cast
	return m
}

// decision is what the votes have decided, if the rule is met.
func (m Motion) decision(suggestion string) (is Decision, decided bool) {
	is.Suggestion = suggestion
	for _, c := range m.Cast {
		if c.Agree {
			is.Agree++
		} else {
			is.Disagree++
		}
	}
	is.Accepted = is.Agree > is.Disagree
	if m.Needs == "majority" {
		return is, len(m.Cast) >= m.Votes && is.Agree != is.Disagree
	}
	return is, max(is.Agree, is.Disagree) >= m.Votes
}

// motions are the suggestions that are before the room.
func (d *Document) motions() (ids []string) {
	for _, s := range d.suggestions {
		if s.Motion != nil {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// recalls are the events that go before a change of what the room is deciding
// on: it would decide on something else then.
func (d *Document) recalls(change delta.Delta) ([]rooms.Event, error) {
	before := d.motions()
	if len(before) == 0 {
		return nil, nil
	}
	var ends []string
	meet := func(a delta.Attributes) {
		for i := range a {
			if id, _, ok := marked(a[i].Name); ok && slices.Contains(before, id) && !slices.Contains(ends, id) {
				ends = append(ends, id)
			}
		}
	}
	c := cursor{text: &d.text}
	at := 0
	for _, o := range change {
		meet(o.Attributes())
		if o.Inserts() {
			continue
		}
		if o.Kind() == delta.Delete || len(o.Attributes()) > 0 {
			covered, err := c.slice(at, at+o.Len())
			if err != nil {
				return nil, refused(err)
			}
			for _, piece := range covered {
				if o.Kind() == delta.Delete || !onlyMarks(o.Attributes()) {
					meet(piece.Attributes())
				}
			}
		}
		at += o.Len()
	}
	var events []rooms.Event
	for _, id := range ends {
		one, err := happened("recalled", recalled{id})
		if err != nil {
			return nil, err
		}
		events = append(events, one...)
	}
	return events, nil
}

func onlyMarks(a delta.Attributes) bool {
	return !slices.ContainsFunc(a, func(a delta.Attribute) bool { return !isMark(a.Name) })
}

// applyMotion places what happened to what is before the room.
func (d *Document) applyMotion(e rooms.Event) {
	var with struct {
		put
		Agree bool
		Name  string
		Drops []string
	}
	if err := json.Unmarshal(e.With, &with); err != nil {
		panic(err)
	}
	d.move(with.Suggestion, func(m *Motion) *Motion {
		switch {
		case e.Did == "put":
			return &Motion{By: e.By, At: e.At, Needs: with.Needs, Votes: with.Votes, Cast: []Cast{}}
		case e.Did == "voted" && m != nil:
			next := m.with(voted{with.Suggestion, with.Agree, with.Name, with.Drops}, e.By)
			return &next
		}
		return nil
	})
}

// move gives a suggestion another motion, or none.
func (d *Document) move(id string, to func(*Motion) *Motion) {
	place, found := d.suggestion(id)
	if !found {
		return
	}
	all := slices.Clone(d.suggestions)
	all[place].Motion = to(all[place].Motion)
	d.suggestions = all
}

// moves tells whether an event is about what is before the room.
func moves(did string) bool { return did == "put" || did == "voted" || did == "recalled" }

// end takes a suggestion that is decided from before the room.
func (d *Document) end(by *Decision) {
	if by != nil {
		d.move(by.Suggestion, func(*Motion) *Motion { return nil })
	}
}
