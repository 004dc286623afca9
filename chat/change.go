package chat

import (
	"encoding/json"
	"fmt"
	"slices"

	"plenum/rooms"
)

// MaxEdits is how often a message may be edited.
const MaxEdits = 50

// ErrEdits refuses one more.
var ErrEdits = rooms.Refuse("edits", "This message was edited too often. Write a new one.")

// The contents of the events that change a message. Forgets are all events that
// held a text of it before, the message itself first, each with the length of
// that text. An edit that is forgotten itself keeps them: who was away when it
// happened must hear of them too.
type (
	edited struct {
		Of uint64 `json:"of"`
		said
		Forgets [][2]uint64 `json:"forgets,omitempty"`
	}
	deleted struct {
		Of      uint64      `json:"of"`
		Forgets [][2]uint64 `json:"forgets"`
		inThread
	}
)

// blank is what stays of forgotten content.
type blank struct {
	Of      uint64      `json:"of,omitempty"`
	Size    uint64      `json:"size"`
	Forgets [][2]uint64 `json:"forgets,omitempty"`
	Thread  uint64      `json:"thread,omitempty"`
	Began   string      `json:"began,omitempty"`
}

// decideEdit gives one's own message another text; the former is forgotten. What
// it brings along stays.
func (c *Chat) decideEdit(command rooms.Command) ([]rooms.Event, error) {
	var asked struct {
		Seq      uint64    `json:"seq"`
		Text     *string   `json:"text"`
		Mentions []Mention `json:"mentions"`
	}
	if err := parse(command.With, &asked); err != nil {
		return nil, err
	}
	m, missing := c.message(asked.Seq, command.Past)
	content, err := newSaid(asked.Text, asked.Mentions, m.File, command.From)
	switch {
	case err != nil:
		return nil, err
	case missing != nil:
		return nil, missing
	case m.By != command.From.ID:
		return nil, ErrNotYours
	case m.Text == *content.Text && slices.Equal(m.Mentions, content.Mentions):
		return nil, nil
	case len(m.Forgot) >= MaxEdits:
		return nil, ErrEdits
	}
	content.Name, content.Colour, content.To = m.Name, m.Colour, m.To
	content.inThread = c.inThread(m, command.Past)
	return happened("edited", m, m.Seq, edited{Of: m.Seq, said: content, Forgets: m.holders()})
}

// decideDelete forgets a message: one's own, or as a host any.
func (c *Chat) decideDelete(command rooms.Command) ([]rooms.Event, error) {
	var asked struct {
		Seq uint64 `json:"seq"`
	}
	if err := parse(command.With, &asked); err != nil {
		return nil, err
	}
	m, err := c.message(asked.Seq, command.Past)
	switch {
	case err != nil:
		return nil, err
	case m.By != command.From.ID && command.From.Role < rooms.Host:
		return nil, ErrNotYours
	}
	with := deleted{Of: m.Seq, Forgets: m.holders(), inThread: c.inThread(m, command.Past)}
	if with.Replies != nil {
		with.Replies = &Replies{Count: with.Replies.Count - 1, Last: with.Replies.Last}
	}
	return happened("deleted", m, 0, with)
}

// inThread is what there is to say of the thread of a message; nothing, if it
// stands in none.
func (c *Chat) inThread(m Message, past []rooms.Event) inThread {
	if m.Thread == 0 {
		return inThread{}
	}
	return inThread{Thread: m.Thread, Began: m.began, Replies: c.repliesNow(m.Thread, past)}
}

// holders are the events that held a text of the message, and the one that
// does.
func (m Message) holders() [][2]uint64 {
	at := m.Seq
	if m.Edited > 0 {
		at = m.Edited
	}
	return append(slices.Clone(m.Forgot), [2]uint64{at, uint64(rooms.Units(m.Text))})
}

// forgets are the events that an event makes forgotten.
func forgets(e rooms.Event) []rooms.Blank {
	if e.Did != "edited" && e.Did != "deleted" {
		return nil
	}
	var with deleted
	if err := json.Unmarshal(e.With, &with); err != nil {
		return nil // it is forgotten itself
	}
	var all []rooms.Blank
	for i, of := range with.Forgets {
		left := blank{Size: of[1], Thread: with.Thread}
		if i == 0 {
			left.Began = with.Began
		} else {
			left.Of, left.Forgets = with.Of, with.Forgets[:i]
		}
		raw, err := json.Marshal(left)
		if err != nil {
			panic(err) // two numbers always encode
		}
		all = append(all, rooms.Blank{Seq: of[0], With: raw})
	}
	return all
}

// happened is one event where a message stands, about an earlier one or 0.
func happened(did string, m Message, about uint64, content any) ([]rooms.Event, error) {
	with, err := json.Marshal(content)
	if err != nil {
		return nil, fmt.Errorf("encode what was %s: %w", did, err)
	}
	return []rooms.Event{{Did: did, With: with, About: about, Thread: m.Thread}}, nil
}
