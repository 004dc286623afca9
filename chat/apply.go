package chat

import (
	"encoding/json"
	"fmt"
	"slices"

	"plenum/rooms"
)

// apply places one event into the messages at hand. Of forgotten content it
// places what is left: a message without text, until the event comes that has
// the text now.
func (w *window) apply(e rooms.Event) error {
	switch e.Did {
	case "said":
		return w.applySaid(e)
	case "edited":
		return w.applyEdited(e)
	case "deleted":
		var with deleted
		if err := read(e, &with); err != nil {
			return err
		}
		w.change(with.Of, func(m *Message) { *m = Message{Seq: m.Seq, At: m.At, By: m.By, Gone: true} })
	case "reacted":
		var with reacted
		if err := read(e, &with); err != nil {
			return err
		}
		w.change(with.Of, func(m *Message) { m.react(with, e.By) })
	default:
		return fmt.Errorf("chat: event %d did %q", e.Seq, e.Did)
	}
	return nil
}

func (w *window) applySaid(e rooms.Event) error {
	var with said
	if err := read(e, &with); err != nil {
		return err
	}
	m := Message{Seq: e.Seq, At: e.At, By: e.By}
	m.write(with)
	w.add(m)
	return nil
}

func (w *window) applyEdited(e rooms.Event) error {
	var with edited
	if err := read(e, &with); err != nil {
		return err
	}
	w.change(with.Of, func(m *Message) {
		m.write(with.said)
		if with.Text != nil {
			m.Edited, m.Forgot = e.Seq, with.Forgets
		}
	})
	return nil
}

// write gives a message its content, or notes how long forgotten content was.
func (m *Message) write(with said) {
	if with.Text == nil {
		m.units, m.Gone = with.Size, true
		m.Name, m.Colour, m.Text, m.To, m.Mentions, m.Here, m.Edited = "", 0, "", 0, nil, false, 0
		m.File = nil
		m.Forgot = nil
		return
	}
	m.Name, m.Colour, m.Text, m.To, m.Mentions, m.Here = with.Name, with.Colour, *with.Text, with.To, with.Mentions, with.Here
	m.File, m.units, m.Gone = with.File, rooms.Units(m.Text), false
}

// read reads the content of an event; forgotten content may be nothing.
func read(e rooms.Event, into any) error {
	if len(e.With) == 0 {
		return nil
	}
	if err := json.Unmarshal(e.With, into); err != nil {
		return fmt.Errorf("chat: read event %d: %w", e.Seq, err)
	}
	return nil
}

// message is a message at hand, or of the past that was read for a command.
func (c *Chat) message(seq uint64, past []rooms.Event) (Message, error) {
	w := &c.window
	if _, ok := w.find(seq); !ok {
		w = &window{whole: true}
		for _, e := range past {
			if e.Seq < seq {
				continue
			}
			if e.Did != "said" && e.Did != "edited" && e.Did != "reacted" {
				return Message{}, ErrNoSuch
			}
			if err := w.apply(e); err != nil {
				return Message{}, err
			}
		}
	}
	at, ok := w.find(seq)
	if !ok || w.messages[at].Gone {
		return Message{}, ErrNoSuch
	}
	return w.messages[at], nil
}

// Wants are the messages that a command is about and that are not at hand.
func (c *Chat) Wants(command rooms.Command) []uint64 {
	if !slices.Contains([]string{"say", "edit", "delete", "react", "pin"}, command.Do) {
		return nil
	}
	var asked struct{ Seq, To uint64 }
	if err := json.Unmarshal(command.With, &asked); err != nil {
		return nil // Decide says so
	}
	seq := asked.Seq
	if command.Do == "say" {
		seq = asked.To
	}
	if len(c.window.messages) == 0 || seq == 0 || seq >= c.window.messages[0].Seq {
		return nil
	}
	return []uint64{seq}
}
