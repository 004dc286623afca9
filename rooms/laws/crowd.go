package laws

import (
	"encoding/json"
	"fmt"

	"plenum/rooms"
)

// crowd is a trial with everything that can happen to clients and halls.
func (x *trial) crowd() error { return x.happen(true, false) }

// faults is a trial in which commits fail, before or after they are stored.
func (x *trial) faults() error { return x.happen(false, true) }

func (x *trial) happen(restarts, faulty bool) error {
	for who := range x.people {
		if _, err := x.enter(who); err != nil {
			return err
		}
	}
	x.ledger.setFaulty(faulty)
	for step := range roomSteps {
		if err := x.step(restarts); err != nil {
			return fmt.Errorf("step %d: %w", step+1, err)
		}
	}
	x.ledger.setFaulty(false)
	if err := x.calm(); err != nil {
		return err
	}
	return x.verdict()
}

// step is one thing that happens.
func (x *trial) step(restarts bool) error {
	c := x.clients[x.rand.IntN(len(x.clients))]
	for _, each := range x.clients {
		if err := each.read(); err != nil {
			return err
		}
	}
	switch n := x.rand.IntN(100); {
	case n < 60:
		return x.say()
	case n < 70:
		return x.repeat(c)
	case n < 78:
		return x.lose(c)
	case n < 82:
		c.tape.lose() // the server does not know yet: the same peer joins anew
		return c.join()
	case n < 86:
		return x.late()
	case n < 90:
		return x.overHTTP(c)
	case n < 94:
		c.loose++
		c.peer.Receive([]byte(broken()[x.rand.IntN(len(broken()))]))
		return nil
	case n < 96:
		x.ahead.Add(x.rand.Int64N(60_000))
		return nil
	case n < 98:
		return x.wander()
	case restarts:
		return x.crash()
	}
	return x.calm()
}

// crash restarts the hall while commands are under way; half of the clients
// lose what they were answered.
func (x *trial) crash() error {
	for _, c := range x.clients {
		if x.rand.IntN(2) == 0 {
			c.tape.lose()
		}
	}
	for range 5 {
		if err := x.say(); err != nil {
			return err
		}
	}
	return x.restart()
}

// command is a random command and the client that sends it. Unlike in Check,
// its member need not have the right to.
func (x *trial) command() (*client, rooms.Command) {
	c := x.ask()
	var tabs []*client
	for _, tab := range x.clients {
		if tab.member.ID == c.From.ID && len(tab.open) < rooms.SettledWindow {
			tabs = append(tabs, tab)
		}
	}
	if len(tabs) == 0 {
		return nil, c
	}
	return tabs[x.rand.IntN(len(tabs))], c
}

func (x *trial) ask() rooms.Command {
	if x.plan.Aimed == nil {
		return x.plan.Command(x.rand, x.people)
	}
	return x.plan.Aimed(x.rand, x.people, func(m rooms.Member) (view, mine json.RawMessage) {
		for who := range x.people {
			if x.people[who].ID != m.ID {
				continue
			}
			raw, err := x.view(fmt.Sprintf("person-%d", who), x.it)
			if err != nil {
				panic(err)
			}
			var seen struct{ View, Mine json.RawMessage }
			if err := json.Unmarshal(raw, &seen); err != nil {
				panic(err)
			}
			return seen.View, seen.Mine
		}
		return nil, nil
	})
}

func (x *trial) say() error {
	tab, c := x.command()
	if tab == nil || tab.peer == nil {
		return nil
	}
	in := x.it
	if tab.member.Role >= rooms.Host && !x.onlyIt && x.rand.IntN(3) == 0 {
		in = x.hidden
	}
	return tab.send(in, c.Do, c.With, x.plan.Kind.Commands[c.Do].Unnumbered)
}

// repeat sends something again that was sent, settled or not.
func (x *trial) repeat(c *client) error {
	if len(c.open) > 0 && x.rand.IntN(2) == 0 {
		c.peer.Receive(c.open[0].frame)
		return nil
	}
	// As the protocol allows: no number older than could be unsettled.
	if recent := c.said[max(0, len(c.said)-rooms.SettledWindow+1):]; len(recent) > 0 {
		c.peer.Receive(recent[x.rand.IntN(len(recent))].frame)
	}
	return nil
}

// lose cuts a connection while commands are under way on it.
func (x *trial) lose(c *client) error {
	c.tape.lose()
	if err := x.say(); err != nil {
		return err
	}
	c.leave()
	return nil // it joins again when it reads
}

// late brings another tab, or takes one away.
func (x *trial) late() error {
	if len(x.clients) > 2*len(x.people) {
		for i := len(x.people); i < len(x.clients); i++ {
			if c := x.clients[i]; c.peer != nil && len(c.open) == 0 {
				c.leave()
				x.clients = append(x.clients[:i], x.clients[i+1:]...)
				break
			}
		}
	}
	_, err := x.enter(x.rand.IntN(len(x.people)))
	return err
}

// overHTTP sends a command by the other way, twice, and then on the socket too.
func (x *trial) overHTTP(c *client) error {
	asked := x.ask()
	if len(c.open) > 0 || c.peer == nil || x.plan.Kind.Commands[asked.Do].Unnumbered {
		return nil
	}
	c.open = append(c.open, sentAs(c.next, x.it, asked))
	n := c.next
	c.next++
	for range 2 {
		_, err := x.do(c.person, rooms.Command{In: x.it, Do: asked.Do, With: asked.With, Peer: c.name, N: n})
		how := done
		if err != nil {
			how = rooms.AsRefusal(err).Code
		}
		if err := c.settle(n, how); err != nil {
			return fmt.Errorf("over HTTP: %w", err)
		}
	}
	c.peer.Receive(sentAs(n, x.it, asked).frame)
	return nil
}

func sentAs(n uint64, in string, c rooms.Command) asked {
	return asked{n, must(json.Marshal(map[string]any{"in": in, "do": c.Do, "with": c.With, "n": n}))}
}

// wander changes the role of one member.
func (x *trial) wander() error {
	m := &x.people[x.wanderer]
	role := []rooms.Role{rooms.Viewer, rooms.Participant, rooms.Editor}[x.rand.IntN(3)]
	if err := x.byOwner("role", map[string]any{"member": m.ID, "role": role}); err != nil {
		return err
	}
	m.Role = role
	return nil
}
