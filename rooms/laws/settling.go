package laws

import (
	"fmt"
	"slices"

	"plenum/rooms"
)

// refused takes a refusal or a wait. Both have a code and a sentence, and
// answer something that this client has sent.
func (c *client) refused(f told) error {
	n := f.Refused
	if f.Wait != nil {
		n = f.Wait
	}
	if n == nil {
		return nil
	}
	if f.Because == "" || f.Say == "" {
		return fmt.Errorf("law 9: a refusal without code or sentence")
	}
	if *n == 0 && f.Wait != nil {
		for _, w := range c.watches { // a watch was too fast; a ballot may be lost here
			w.refused = w.refused || f.In == "" && !w.answered && !w.hidden
		}
		c.later()
		return nil
	}
	if *n == 0 {
		if c.loose--; c.loose < 0 && f.Because != rooms.ErrMalformed.Code {
			return fmt.Errorf("law 9: a refusal of what it did not send")
		}
		return nil
	}
	if *n >= c.next {
		return fmt.Errorf("law 9: a refusal of what it did not send")
	}
	if f.Wait == nil {
		return c.settle(*n, f.Because)
	}
	if c.isOpen(*n) {
		c.later()
	}
	return nil
}

func (c *client) isOpen(n uint64) bool {
	return slices.ContainsFunc(c.open, func(a asked) bool { return a.n == n })
}

// settle takes an answer to a number. A number has one answer for ever; only a
// refusal may be forgotten when the room is opened again, and then it is still
// not done.
func (c *client) settle(n uint64, how string) error {
	was, before := c.settled[n]
	switch {
	case !before:
		c.settled[n] = how
	case was != how && (was == done || c.life == c.trial.born[deed{c.name, n}]):
		return fmt.Errorf("law 3: number %d was answered %q, and now %q", n, was, how)
	}
	if !before {
		c.trial.born[deed{c.name, n}] = c.life
	}
	c.open = slices.DeleteFunc(c.open, func(a asked) bool { return a.n == n })
	return nil
}
