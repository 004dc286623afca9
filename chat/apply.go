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
		w.change(with.Of, func(m *Message) {
			*m = Message{Seq: m.Seq, At: m.At, By: m.By, Thread: m.Thread, Replies: m.Replies, Gone: true}
		})
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
	m := Message{Seq: e.Seq, At: e.At, By: e.By, Thread: e.Thread, began: with.Began}
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
	m, found, err := c.find(seq, past)
	if err == nil && (!found || m.Gone) {
		err = ErrNoSuch
	}
	return m, err
}

// find is message, also of one that was deleted: then only its place is left,
// and its thread.
func (c *Chat) find(seq uint64, past []rooms.Event) (m Message, found bool, err error) {
	if at, ok := c.window.find(seq); ok {
		return c.window.messages[at], true, nil
	}
	w := window{whole: true}
	for _, e := range past {
		if e.Seq == seq && e.Did != "said" {
			return Message{}, false, nil
		}
		if e.Seq != seq && e.About != seq {
			continue
		}
		if err := w.apply(e); err != nil {
			return Message{}, false, err
		}
	}
	at, ok := w.find(seq)
	if !ok {
		return Message{}, false, nil
	}
	m = w.messages[at]
	m.Replies = repliesOf(seq, past)
	return m, true, nil
}

// Wants are the messages that a command is about, if any of them is not at hand:
// those of long ago, and all replies. What is at hand now may not be any more
// when the others have been read.
func (c *Chat) Wants(command rooms.Command) []uint64 {
	if !slices.Contains([]string{"say", "edit", "delete", "react", "pin"}, command.Do) {
		return nil
	}
	var asked struct{ Seq, To, Thread uint64 }
	if err := json.Unmarshal(command.With, &asked); err != nil {
		return nil // Decide says so
	}
	seqs := []uint64{asked.Seq}
	if command.Do == "say" {
		seqs = slices.Compact([]uint64{asked.To, asked.Thread})
	}
	seqs = slices.DeleteFunc(seqs, func(seq uint64) bool { return seq == 0 })
	far := func(seq uint64) bool { _, ok := c.window.find(seq); return !ok }
	if !slices.ContainsFunc(seqs, far) {
		return nil
	}
	return seqs
}
