package laws

import (
	"encoding/json"
	"fmt"

	"plenum/rooms"
)

// hidden is law 6, the way out: an event that a role may not see changes
// neither the view nor the digests of that role, unless it reveals.
func hidden(w *world) error {
	for range Steps {
		c, err := w.command()
		if err != nil {
			return err
		}
		events, err := w.decide(w.live, c)
		if err != nil {
			return err
		}
		for _, e := range events {
			if err := w.unseen(e); err != nil {
				return err
			}
		}
	}
	return nil
}

// unseen applies an event and compares what it shows to those it hides from.
func (w *world) unseen(e rooms.Event) error {
	before, err := w.shown()
	if err != nil {
		return err
	}
	w.apply(e)
	if w.plan.reveals(e) || (w.plan.Summed != nil && w.plan.Summed(e)) {
		return nil
	}
	after, err := w.shown()
	if err != nil {
		return err
	}
	for role, was := range before {
		if hides(e, role) && was != after[role] {
			return fmt.Errorf("the event %q is hidden from the role %s, and changed what it sees:\n%s",
				e.Did, role, difference([]byte(was), []byte(after[role])))
		}
	}
	return nil
}

// hides tells whether an event is not for everyone of a role.
func hides(e rooms.Event, role rooms.Role) bool { return e.To.Only != "" || e.To.Least > role }

// shown is what each role sees: view and digests.
func (w *world) shown() (map[rooms.Role]string, error) {
	seen := map[rooms.Role]string{}
	for _, m := range w.members {
		var err error
		if seen[m.Role], err = shownTo(w.live, m); err != nil {
			return nil, err
		}
	}
	return seen, nil
}

func shownTo(a rooms.Activity, m rooms.Member) (string, error) {
	shown, err := encode(struct{ View, Digests any }{a.View(m), digestsOf(a, m.Role)})
	return string(shown), err
}

// altered lives two lives for each role: in the second, what is hidden from the
// role has other content. The role must not be able to tell them apart.
func altered(w *world) error {
	if w.plan.Alter == nil {
		return nil
	}
	for _, m := range w.members[:len(rooms.Told)] {
		one, err := newWorld(w.plan, w.rand.Uint64())
		if err != nil {
			return err
		}
		other, err := one.fresh()
		if err != nil {
			return err
		}
		if err := one.alike(other, m); err != nil {
			return fmt.Errorf("%s can tell what is hidden: %w", m.Name, err)
		}
	}
	return nil
}

// alike runs until a reveal, after which the lives may differ.
func (w *world) alike(other rooms.Activity, m rooms.Member) error {
	for range Steps {
		c, err := w.command()
		if err != nil {
			return err
		}
		events, err := w.decide(w.live, c)
		if err != nil {
			return err
		}
		others, err := w.decide(other, c)
		if err != nil {
			return err
		}
		if one, two := toldTo(events, m), toldTo(others, m); one != two {
			return fmt.Errorf("by the events of %q:\n%s", c.Do, difference([]byte(one), []byte(two)))
		}
		if revealed := w.both(other, events, m); revealed {
			return nil
		}
		one, err := shownTo(w.live, m)
		if err != nil {
			return err
		}
		two, err := shownTo(other, m)
		if err != nil {
			return err
		}
		if one != two {
			return fmt.Errorf("by the view or digests after %q:\n%s", c.Do, difference([]byte(one), []byte(two)))
		}
	}
	return nil
}

// both applies the events to both lives, with the hidden ones altered in the
// second, and tells whether something was revealed.
func (w *world) both(other rooms.Activity, events []rooms.Event, m rooms.Member) (revealed bool) {
	for _, e := range events {
		w.apply(e)
		revealed = revealed || w.plan.reveals(e)
		if !e.To.Sees(m) {
			if changed, ok := w.plan.Alter(w.rand, copyOf(e)); ok {
				e = changed
			}
		}
		other.Apply(copyOf(e))
	}
	return revealed
}

// toldTo is what a member hears of events.
func toldTo(events []rooms.Event, m rooms.Member) string {
	var heard []json.RawMessage
	for _, e := range events {
		if e.To.Sees(m) {
			heard = append(heard, must(onWire(e)))
		}
	}
	return string(must(json.Marshal(heard)))
}
