package collab

import (
	"fmt"

	"plenum/collab/delta"
)

// client is one tab as the front end is: Synced, if nothing was sent;
// Waiting for what was sent; WaitingMore, with a buffer of what was not sent.
type client struct {
	peer   string
	rev    uint64
	text   delta.Delta // with sent and buffer
	sent   delta.Delta // based on rev
	buffer delta.Delta // based on sent
	number uint64      // of sent, 0 if nothing was sent
	next   uint64
	undone uint64 // the number of what was refused and is to be sent anew
}

func (c *client) open(rev uint64, content delta.Delta) {
	*c = client{peer: c.peer, next: max(c.next, 1), rev: rev, text: content}
}

// edit is something the person does. A real editor formats as the server does:
// text and newlines apart.
func (c *client) edit(change delta.Delta) error {
	t := newText(c.text)
	change, err := t.settle(change)
	if err != nil {
		return fmt.Errorf("%s edits with %s: %w", c.peer, change, err)
	}
	if c.text, err = delta.Apply(c.text, change); err != nil {
		return fmt.Errorf("%s edits with %s: %w", c.peer, change, err)
	}
	c.buffer, err = delta.Compose(c.buffer, change)
	return err
}

// command is what goes out now, new or again, or nothing.
func (c *client) command() (command, bool) {
	if c.number == 0 {
		if len(c.buffer) == 0 {
			return command{}, false
		}
		c.sent, c.buffer = c.buffer, nil
		c.number = c.next
		c.next++
	}
	return command{peer: c.peer, n: c.number, base: c.rev, change: c.sent}, true
}

// hear takes a change that was committed.
func (c *client) hear(e told) error {
	switch {
	case e.rev <= c.rev:
		return nil
	case e.from != c.rev:
		return fmt.Errorf("%s is at revision %d and hears %d to %d", c.peer, c.rev, e.from, e.rev)
	}
	c.rev = e.rev
	if e.peer == c.peer {
		return c.acknowledged(e)
	}
	var f delta.Delta
	var err error
	c.sent, f = delta.Transform(c.sent, e.change)
	c.buffer, f = delta.Transform(c.buffer, f)
	if c.text, err = delta.Apply(c.text, f); err != nil {
		return fmt.Errorf("%s hears %s: %w", c.peer, e.change, err)
	}
	return nil
}

// acknowledged: what was committed is what was sent, moved as the client moved
// it itself.
func (c *client) acknowledged(e told) error {
	if e.n != c.number || !e.change.Equal(c.sent) {
		return fmt.Errorf("%s sent %d %s, and %d %s was committed", c.peer, c.number, c.sent, e.n, e.change)
	}
	c.sent, c.number = nil, 0
	return nil
}

// refused: only "behind" can happen to a client that keeps the rules. What was
// sent is kept, and goes out under a new number after a catch-up.
func (c *client) refused(n uint64, code string) error {
	if code != "behind" {
		return fmt.Errorf("%s sent %d %s at %d and was refused: %s", c.peer, n, c.sent, c.rev, code)
	}
	if n == c.number {
		c.undone = n
	}
	return nil
}

// again gives what was refused a new number.
func (c *client) again() {
	if c.undone != 0 && c.undone == c.number {
		c.number = c.next
		c.next++
	}
	c.undone = 0
}

func (c *client) synced() bool { return c.number == 0 && len(c.buffer) == 0 }

// command is a change on its way to the server, told one on its way back.
type command struct {
	peer   string
	n      uint64
	base   uint64
	change delta.Delta
}

type told struct {
	from, rev uint64
	change    delta.Delta
	peer      string
	n         uint64
}
