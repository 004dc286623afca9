package laws

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"plenum/rooms"
)

// watched is what the client knows of one activity.
type watched struct {
	known    *uint64
	answered bool   // on this connection
	refused  bool   // for now; to be asked for again
	revealed bool   // an event changed what may be seen; a fresh view follows
	hidden   bool   // to be refused
	from     uint64 // the seq of its last view
	fetched  uint64 // events through here are in a fetched view
	heard    []json.RawMessage
	heardSeq uint64
	mirror   Mirror
}

// hear takes events in the order of their seqs, none twice.
func (c *client) hear(events []json.RawMessage) error {
	for _, raw := range events {
		var e toldEvent
		if err := json.Unmarshal(raw, &e); err != nil {
			return err
		}
		w := c.watches[e.In]
		if w == nil || w.hidden || !w.answered && !w.revealed {
			return fmt.Errorf("law 6: it hears of %q, which it does not watch", e.In)
		}
		if err := c.event(w, e, raw); err != nil {
			return err
		}
	}
	return nil
}

func (c *client) event(w *watched, e toldEvent, raw json.RawMessage) error {
	if e.Peer == c.name && e.N > 0 {
		if err := c.settle(e.N, done); err != nil {
			return err
		}
	}
	if e.Seq <= w.fetched || w.revealed {
		return nil // it is in the view, or in the one that follows
	}
	if e.Seq <= w.from || e.Seq <= w.heardSeq {
		return fmt.Errorf("law 5: event %d comes after the view of %d and the event %d", e.Seq, w.from, w.heardSeq)
	}
	w.heardSeq = e.Seq
	w.heard = append(w.heard, slices.Clone(raw))
	if e.Reveals {
		w.known, w.answered, w.revealed = nil, false, true
	}
	c.forget(w, raw)
	return w.mirror.Apply(raw)
}

// answered takes the answer to a watch.
func (c *client) answered(id string, answer watchAnswer) error {
	w := c.watches[id]
	switch {
	case w == nil:
		return fmt.Errorf("nobody asked for %q", id)
	case w.hidden && answer.Refused != rooms.WaitMoving.Code:
		if answer.Refused != "no-activity" || answer.Say == "" {
			return fmt.Errorf("law 6: the hidden activity was answered")
		}
		return nil
	case answer.Refused == rooms.WaitMoving.Code:
		w.refused = true
		c.later()
		return nil
	case answer.Refused != "":
		return fmt.Errorf("the watch was refused as %q", answer.Refused)
	}
	w.answered = true
	if answer.Fetch != "" {
		return c.fetch(id, w)
	}
	if answer.View != nil {
		return c.opened(w, answer.Seq, answer.View, 0)
	}
	if w.known == nil {
		return fmt.Errorf("law 5: it knows nothing of %q and got no view", id)
	}
	for _, raw := range answer.Events {
		var e toldEvent
		if err := json.Unmarshal(raw, &e); err != nil {
			return err
		}
		if err := c.event(w, e, raw); err != nil {
			return err
		}
	}
	seq := answer.Seq
	w.known = &seq
	return nil
}

func (c *client) opened(w *watched, seq uint64, view json.RawMessage, fetched uint64) error {
	w.known, w.from, w.fetched, w.heard, w.heardSeq = &seq, seq, fetched, nil, 0
	w.revealed = false
	w.mirror = c.trial.plan.Mirror()
	return w.mirror.Open(view)
}

// fetch gets a big view over the other way.
func (c *client) fetch(id string, w *watched) error {
	raw, err := c.trial.view(c.person, id)
	if err != nil {
		return err
	}
	var fetched struct {
		Seq  uint64
		View json.RawMessage
	}
	if err := json.Unmarshal(raw, &fetched); err != nil {
		return err
	}
	return c.opened(w, fetched.Seq, fetched.View, fetched.Seq)
}

func (c *client) digest(in, key string, with json.RawMessage) error {
	w := c.watches[in]
	if w == nil || w.mirror == nil {
		return fmt.Errorf("law 6: a digest of %q, which it does not watch", in)
	}
	if mirror, ok := w.mirror.(DigestMirror); ok {
		return mirror.Digest(key, with)
	}
	return nil
}

// same tells whether the client heard exactly these events since its view.
func (w *watched) same(want []json.RawMessage) error {
	for i := range max(len(want), len(w.heard)) {
		switch {
		case i >= len(w.heard):
			return fmt.Errorf("law 5: it has not heard %s", want[i])
		case i >= len(want):
			return fmt.Errorf("laws 2 and 6: it heard %s, which is not in the log for it", w.heard[i])
		case !bytes.Equal(w.heard[i], want[i]):
			return fmt.Errorf("laws 2 and 5: it heard %s in the place of %s", w.heard[i], want[i])
		}
	}
	return nil
}
