package laws

import (
	"bytes"
	"encoding/json"
	"fmt"
	"time"

	"plenum/rooms"
)

// client is one tab as the protocol wants it to be: it numbers its commands,
// sends again what was not settled, and resumes with what it knows. All its
// methods are called by the trial's goroutine.
type client struct {
	trial  *trial
	person string
	member rooms.Member
	name   string // of the peer
	tape   *tape
	peer   *rooms.Peer // nil while not joined

	next    uint64
	open    []asked // sent and not settled, in order
	said    []asked // all that was sent on the socket
	settled map[uint64]string
	again   time.Time // when to ask for all that is open again; zero: not now
	loose   int       // frames sent without a number that may be answered

	epoch, mark string
	seq         uint64
	watches     map[string]*watched
	life        int // of the hall, at its last join
}

// asked is a numbered command as it was sent.
type asked struct {
	n     uint64
	frame []byte
}

// pause is how long a client waits that was told to wait; less than it was
// told, as the trial is in a hurry.
const pause = 20 * time.Millisecond

// done marks a number that was done, among refusals' codes.
const done = "done"

// join connects, with all that the client knows.
func (c *client) join() error {
	watch := map[string]*uint64{}
	for id, w := range c.watches {
		w.answered, w.refused = false, false
		watch[id] = w.known
	}
	first := c.next
	if len(c.open) > 0 {
		first = c.open[0].n
	}
	frame, err := encode(map[string]any{
		"join": c.trial.code, "protocol": rooms.Protocol, "peer": c.name, "next": first,
		"epoch": c.epoch, "seq": c.seq, "mark": c.mark, "watch": watch,
	})
	if err != nil {
		return err
	}
	c.tape = &tape{trial: c.trial, owner: c.name}
	c.trial.tapes[c.member.ID] = append(c.trial.tapes[c.member.ID], c.tape)
	if c.peer, err = c.trial.hall.Join(c.trial.ctx, c.trial.code, c.person, frame, c.tape); err != nil {
		return fmt.Errorf("%s joins with %s: %w", c.name, frame, err)
	}
	c.life, c.loose = c.trial.life, 0
	c.sendOpen()
	return nil
}

// leave ends the connection; what was under way to the client is lost.
func (c *client) leave() {
	c.tape.lose()
	c.peer.Leave()
	c.peer = nil
}

// later asks for all that is open once more, when a moment has passed.
func (c *client) later() {
	if c.again.IsZero() {
		c.again = time.Now().Add(pause)
	}
}

func (c *client) sendOpen() {
	c.again = time.Time{}
	for _, a := range c.open {
		c.peer.Receive(a.frame)
	}
	for id, w := range c.watches {
		if w.refused {
			w.refused = false
			c.peer.Receive(must(json.Marshal(map[string]any{"watch": map[string]*uint64{id: w.known}})))
		}
	}
}

// send asks for something under the next number, or without one.
func (c *client) send(in, do string, with json.RawMessage, unnumbered bool) error {
	frame := map[string]any{"in": in, "do": do, "with": with}
	if unnumbered {
		c.loose++
	} else {
		frame["n"] = c.next
	}
	raw, err := encode(frame)
	if err != nil {
		return err
	}
	if !unnumbered {
		c.open = append(c.open, asked{c.next, raw})
		c.said = append(c.said, asked{c.next, raw})
		c.next++
	}
	c.peer.Receive(raw)
	return nil
}

// read takes what has arrived and does what the protocol wants.
func (c *client) read() error {
	if c.peer == nil {
		return c.join()
	}
	frames, closed, code := c.tape.next()
	for _, raw := range frames {
		if err := c.take(raw); err != nil {
			return fmt.Errorf("%s: at the frame %s: %w", c.name, clip(string(raw)), err)
		}
	}
	switch {
	case closed && (code == rooms.CloseRestart || code == rooms.CloseSlow || code == rooms.CloseReplaced):
		c.leave()
		return c.join()
	case closed:
		return fmt.Errorf("%s was closed with %d", c.name, code)
	case !c.again.IsZero() && !time.Now().Before(c.again):
		c.sendOpen()
	}
	return nil
}

func (c *client) take(raw []byte) error {
	var f told
	if err := json.Unmarshal(raw, &f); err != nil {
		return err
	}
	if f.Forked {
		return fmt.Errorf("law 5: its history was called another one")
	}
	if f.Member != nil {
		if !f.Joined && f.Member.Role != c.member.Role {
			for _, w := range c.watches {
				w.known, w.answered = nil, false // fresh views follow
			}
		}
		c.member = *f.Member
	}
	if err := c.hear(f.Events); err != nil {
		return err
	}
	if f.Mark != "" {
		c.epochAt(f)
	}
	for id, answer := range f.Watch {
		if err := c.answered(id, answer); err != nil {
			return err
		}
	}
	for _, d := range f.Digests {
		if err := c.digest(d.In, d.Key, d.With); err != nil {
			return err
		}
	}
	for _, n := range f.Done {
		if err := c.settle(n, done); err != nil {
			return err
		}
	}
	return c.refused(f)
}

// epochAt moves what the client has been told through.
func (c *client) epochAt(f told) {
	c.seq, c.mark = f.Seq, f.Mark
	if f.Joined {
		c.epoch = f.Epoch
		return // what it missed comes in the answers to its watches
	}
	for _, w := range c.watches {
		if w.answered && !w.hidden && *w.known < f.Seq {
			through := f.Seq
			w.known = &through
		}
	}
}

// calm tells whether nothing is under way.
func (c *client) calm() bool {
	if c.peer == nil || len(c.open) > 0 || c.tape.unread() {
		return false
	}
	for _, w := range c.watches {
		if !w.answered && !w.hidden {
			return false
		}
	}
	return true
}

// waitsFor shows what is open, and the last frames.
func (c *client) waitsFor() string {
	var text bytes.Buffer
	for _, a := range c.open {
		fmt.Fprintf(&text, "\n  sent %s", clip(string(a.frame)))
	}
	frames := c.tape.all()
	for _, frame := range frames[max(0, len(frames)-8):] {
		fmt.Fprintf(&text, "\n  got  %s", clip(string(frame)))
	}
	return text.String()
}

func (c *tape) unread() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.taken < len(c.frames) || c.closed
}
