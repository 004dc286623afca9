package laws

import (
	"encoding/json"
	"fmt"

	"plenum/rooms"
)

// stuck: a client that does not read costs the others nothing, and itself only
// what it can hear later: no frames while it is stuck, then exactly what it
// missed, and of signals only the newest.
func (x *trial) stuck() error {
	for who := range x.people {
		if _, err := x.enter(who); err != nil {
			return err
		}
	}
	if err := x.calm(); err != nil {
		return err
	}
	slow := x.clients[len(x.clients)-2]
	slow.tape.setBacklog(1 << 20)
	before := len(slow.tape.all())
	for range roomSteps / 2 {
		tab, c := x.command()
		if tab == nil || tab == slow {
			continue
		}
		if err := tab.send(x.it, c.Do, c.With, x.plan.Kind.Commands[c.Do].Unnumbered); err != nil {
			return err
		}
		x.signal(tab)
		if err := x.calm(); err != nil {
			return fmt.Errorf("law 8: while a client is stuck: %w", err)
		}
	}
	after, err := x.allowedWhileStuck()
	if err != nil {
		return err
	}
	if after += before; len(slow.tape.all()) > after {
		return fmt.Errorf("law 8: a client that does not read was sent more and more: %s", slow.waitsFor())
	}
	slow.tape.setBacklog(0)
	if err := x.heardAll(); err != nil {
		return err
	}
	if err := x.fewSignals(slow, before); err != nil {
		return err
	}
	return x.verdict()
}

// allowedWhileStuck is how many frames a client may get that does not read:
// what it missed and a fresh view after each reveal, and nothing else.
func (x *trial) allowedWhileStuck() (frames int, err error) {
	log, err := x.committed(x.it)
	for _, e := range log {
		if x.plan.reveals(e) {
			frames += 2
		}
	}
	return frames, err
}

// signal sends one of the kind's signals.
func (x *trial) signal(c *client) {
	for name, needs := range x.plan.Kind.Signals {
		if c.member.Role >= needs.Role && x.rand.IntN(2) == 0 {
			c.peer.Receive(must(json.Marshal(map[string]any{"signal": name, "in": x.it, "with": x.rand.IntN(1000)})))
		}
	}
	x.ahead.Add(100)
}

// fewSignals: after a pause there is at most one signal of each name and member
// in a frame; each member has one tab here.
func (x *trial) fewSignals(c *client, from int) error {
	for _, raw := range c.tape.all()[from:] {
		var f told
		if err := json.Unmarshal(raw, &f); err != nil {
			return err
		}
		seen := map[string]bool{}
		for _, raw := range f.Signals {
			var s struct{ In, Signal, By string }
			if err := json.Unmarshal(raw, &s); err != nil {
				return err
			}
			key := s.In + " " + s.Signal + " " + s.By
			if seen[key] {
				return fmt.Errorf("law 7: two signals %q in one frame", key)
			}
			seen[key] = true
		}
	}
	return nil
}

// gated: while an activity cannot be read, nobody waits but those who want it
// (law 10). Its commands are taken in order afterwards.
func (x *trial) gated() error {
	for who := range x.people {
		if _, err := x.enter(who); err != nil {
			return err
		}
	}
	if err := x.calm(); err != nil {
		return err
	}
	if err := x.restart(); err != nil {
		return err
	}
	open := x.ledger.shut(x.hidden)
	defer open()
	owner := x.clients[0]
	for _, c := range x.clients {
		c.leave()
		delete(c.watches, x.hidden)
	}
	if err := x.calm(); err != nil {
		return fmt.Errorf("law 10: while an activity is being read: %w", err)
	}
	for range 5 {
		c := x.ask()
		for x.plan.Kind.Commands[c.Do].Role == rooms.TheRoom {
			c = x.ask() // what only the room may do is refused at once
		}
		if err := owner.send(x.hidden, c.Do, c.With, x.plan.Kind.Commands[c.Do].Unnumbered); err != nil {
			return err
		}
	}
	waiting := len(owner.open)
	x.clients, x.onlyIt, x.brief = x.clients[1:], true, true
	for range roomSteps / 5 {
		if err := x.say(); err != nil {
			return err
		}
		if err := x.calm(); err != nil {
			return fmt.Errorf("law 10: while an activity is being read: %w", err)
		}
	}
	x.clients = append([]*client{owner}, x.clients...)
	if err := owner.read(); err != nil {
		return err
	}
	if len(owner.open) < waiting {
		return fmt.Errorf("commands to an activity that cannot be read were settled: the trial proves nothing")
	}
	open()
	if err := x.calm(); err != nil {
		return err
	}
	return x.verdict()
}
