package laws

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"

	"plenum/rooms"
)

// verdict compares what everybody saw with what is in the log.
func (x *trial) verdict() error {
	if err := x.heardAll(); err != nil {
		return err
	}
	if err := x.settledOnce(); err != nil {
		return err
	}
	if err := x.nothingHidden(); err != nil {
		return err
	}
	if err := x.alikeLate(); err != nil {
		return err
	}
	if err := x.forgotten(); err != nil { // before a restart saves everything anew
		return err
	}
	return x.restarted()
}

// restarted compares what everyone sees before and after a restart. An
// activity may have been woken in between; then it is looked at again.
func (x *trial) restarted() error {
	for {
		before, at, err := x.views()
		if err != nil {
			return err
		}
		if err := x.restart(); err != nil {
			return err
		}
		after, still, err := x.views()
		if err != nil {
			return err
		}
		for who := range before {
			if at == still && !bytes.Equal(before[who], after[who]) {
				return fmt.Errorf("law 4: %s sees something else after a restart:\n%s", x.people[who].Name, difference(before[who], after[who]))
			}
		}
		if at == still {
			return nil
		}
	}
}

func (x *trial) committed(activity string) ([]rooms.Event, error) {
	return x.store.Events(x.ctx, rooms.Query{Room: x.room, Activity: activity})
}

// heardAll waits until every client has heard the last event that it may, and
// compares all of them.
func (x *trial) heardAll() error {
	compare := func() error {
		log, err := x.committed(x.it)
		if err != nil {
			return err
		}
		for _, c := range x.clients {
			if err := c.watches[x.it].same(visible(log, c)); err != nil {
				return fmt.Errorf("%s (%s): %w%s", c.name, c.member.Name, err, c.waitsFor())
			}
		}
		return nil
	}
	return x.until(func() bool { return compare() == nil }, compare)
}

// visible are the events that a client should have heard since its view.
func visible(log []rooms.Event, c *client) []json.RawMessage {
	var out []json.RawMessage
	for _, e := range log {
		if e.Seq > c.watches[c.trial.it].from && e.To.Sees(c.member) {
			out = append(out, must(onWire(e)))
		}
	}
	return out
}

// settledOnce compares what clients were answered with what was done.
func (x *trial) settledOnce() error {
	for d, times := range x.ledger.all() {
		if times > 1 {
			return fmt.Errorf("law 3: number %d of %s was done %d times", d.n, d.peer, times)
		}
	}
	answers := 0
	for _, c := range x.clients {
		for n, how := range c.settled {
			answers++
			if times := x.ledger.times(deed{c.name, n}); (how == done) != (times == 1) {
				return fmt.Errorf("law 3: number %d of %s was answered %q and done %d times", n, c.name, how, times)
			}
		}
	}
	if answers < 10 {
		return fmt.Errorf("only %d commands were answered: the trial proves nothing", answers)
	}
	return nil
}

func (l *ledger) all() map[deed]int {
	l.mu.Lock()
	defer l.mu.Unlock()
	all := map[deed]int{}
	for d, times := range l.done {
		all[d] = times
	}
	return all
}

// nothingHidden looks through every byte that reached a member for what is
// hidden from it: the hosts' activity, and the content of hidden events. The
// member whose role changes is left out, and so is content that is also
// visible or was revealed.
func (x *trial) nothingHidden() error {
	log, err := x.committed(x.it)
	if err != nil {
		return err
	}
	beside, err := x.committed(x.hidden)
	if err != nil {
		return err
	}
	for who, m := range x.people {
		if who == x.wanderer {
			continue
		}
		secrets := x.secrets(log, beside, m)
		if err := x.readsHide(who, secrets); err != nil {
			return err
		}
		for _, tape := range x.tapes[m.ID] {
			for _, frame := range tape.all() {
				for _, secret := range secrets {
					if bytes.Contains(frame, secret) {
						return fmt.Errorf("law 6: %s was sent %s, in %s", m.Name, secret, clip(string(frame)))
					}
				}
			}
		}
	}
	return nil
}

// readsHide looks through the named reads that a member may use.
func (x *trial) readsHide(who int, secrets [][]byte) error {
	for name := range x.plan.Kind.Reads {
		answer, err := x.hall.Read(x.ctx, x.code, fmt.Sprintf("person-%d", who), x.it, name, nil)
		if err != nil {
			continue // not for this role, or it asks for more
		}
		raw, err := asTold(answer)
		if err != nil {
			return err
		}
		for _, secret := range secrets {
			if bytes.Contains(raw, secret) {
				return fmt.Errorf("law 6: the read %q gave %s to %s", name, secret, x.people[who].Name)
			}
		}
	}
	return nil
}

// asTold is the answer of a named read, as it goes out.
func asTold(answer any) ([]byte, error) {
	file, ok := answer.(rooms.File)
	if !ok {
		return encode(answer)
	}
	var out bytes.Buffer
	err := file.Write(&out)
	return out.Bytes(), err
}

// secrets are what a member must not be sent of the activity. What they were told
// by the one beside it, word for word, is none.
func (x *trial) secrets(log, beside []rooms.Event, m rooms.Member) [][]byte {
	var secrets [][]byte
	if m.Role < rooms.Host {
		secrets = append(secrets, []byte("canary of the hosts"), fmt.Appendf(nil, `"in":%q`, x.hidden))
		for _, answer := range []string{"kind", "events", "seq"} {
			secrets = append(secrets, fmt.Appendf(nil, `%q:{%q`, x.hidden, answer))
		}
	}
	seen := map[string]bool{}
	for _, e := range beside {
		if m.Role >= rooms.Host && e.To.Sees(m) {
			seen[string(e.With)] = true
		}
	}
	for _, e := range log {
		if x.plan.reveals(e) {
			return secrets
		}
		if e.To.Sees(m) {
			seen[string(e.With)] = true
		}
	}
	for _, e := range log {
		if !e.To.Sees(m) {
			secrets = append(secrets, fmt.Appendf(nil, `"at":%d,"seq":%d}`, e.At, e.Seq))
			if len(e.With) >= 16 && !seen[string(e.With)] {
				secrets = append(secrets, e.With)
			}
		}
	}
	return secrets
}

// alikeLate brings a new tab of every member, and waits until all copies of
// the activity that members of one role have are the same.
func (x *trial) alikeLate() error {
	for who := range x.people {
		// The owner looks just before, so that a view made for the owner is at hand.
		if _, err := x.view("person-0", x.it); err != nil {
			return err
		}
		if _, err := x.enter(who); err != nil {
			return err
		}
		if err := x.calm(); err != nil {
			return err
		}
	}
	compare := func() error {
		seen := map[rooms.Role][]byte{}
		var wrong []error
		for _, c := range x.clients {
			is, err := encode(c.watches[x.it].mirror.View())
			if err != nil {
				return err
			}
			was, ok := seen[c.member.Role]
			if ok && !bytes.Equal(was, is) {
				wrong = append(wrong, fmt.Errorf("laws 4 and 5: two clients with the role %s differ, one of them %s:\n%s", c.member.Role, c.name, difference(was, is)))
			}
			seen[c.member.Role] = is
		}
		return errors.Join(wrong...)
	}
	return x.until(func() bool { return compare() == nil }, compare)
}

// views are the activity's views for every person, and the seq that they are
// all of.
func (x *trial) views() (all [][]byte, seq uint64, err error) {
	for {
		before, err := x.store.Head(x.ctx, x.room)
		if err != nil {
			return nil, 0, err
		}
		all = nil
		for who := range x.people {
			raw, err := x.view(fmt.Sprintf("person-%d", who), x.it)
			if err != nil {
				return nil, 0, err
			}
			all = append(all, raw)
		}
		after, err := x.store.Head(x.ctx, x.room)
		if err != nil || after.Seq == before.Seq {
			return all, after.Seq, err
		}
	}
}
