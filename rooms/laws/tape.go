package laws

import (
	"context"
	"encoding/json"
	"sync"

	"plenum/rooms"
)

// tape is a connection that records what arrives. At the moment a frame
// arrives, it asks the database, over a connection of its own, whether all that
// the frame speaks of is stored (law 2).
type tape struct {
	trial *trial
	owner string

	mu      sync.Mutex // guards what follows
	frames  [][]byte
	taken   int  // frames that the client has read
	deaf    bool // nothing arrives any more
	closed  bool
	code    int
	backlog int
}

var _ rooms.Conn = (*tape)(nil)

// Send takes a frame.
func (c *tape) Send(frame []byte) {
	c.mu.Lock()
	dead := c.deaf || c.closed
	c.mu.Unlock()
	if dead {
		return
	}
	c.witness(frame)
	c.mu.Lock()
	c.frames = append(c.frames, frame)
	c.mu.Unlock()
	c.trial.wake()
}

// Backlog is what the trial says it is.
func (c *tape) Backlog() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.backlog
}

// Close ends the connection.
func (c *tape) Close(code int, _ string) {
	c.mu.Lock()
	if !c.closed {
		c.closed, c.code = true, code
	}
	c.mu.Unlock()
	c.trial.wake()
}

func (c *tape) setBacklog(bytes int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.backlog = bytes
}

// lose makes the connection deaf: what the server sends from now on is lost.
func (c *tape) lose() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.deaf = true
}

// next is what has arrived and was not read yet.
func (c *tape) next() (frames [][]byte, closed bool, code int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	frames = c.frames[c.taken:len(c.frames):len(c.frames)]
	c.taken = len(c.frames)
	return frames, c.closed, c.code
}

func (c *tape) all() [][]byte {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.frames[:len(c.frames):len(c.frames)]
}

// told is a frame of the server, as far as the trial reads it.
type told struct {
	Joined  bool
	Forked  bool
	Epoch   string
	Seq     uint64
	Mark    string
	Member  *rooms.Member
	Events  []json.RawMessage
	Done    []uint64
	Refused *uint64
	Wait    *uint64
	After   int
	Because string
	Say     string
	In      string
	Mine    []json.RawMessage
	Watch   map[string]watchAnswer
	Digests []struct {
		In, Key string
		With    json.RawMessage
	}
	Signals   []json.RawMessage
	Unwatched []string
	Beat      *struct{ Seq uint64 }
}

type watchAnswer struct {
	Kind    string
	View    json.RawMessage
	Fetch   string
	Events  []json.RawMessage
	Seq     uint64
	Refused string
	Say     string
}

// toldEvent is an event on the wire, as far as the trial reads it.
type toldEvent struct {
	In, Did, Peer string
	N, Seq        uint64
	Reveals       bool
}

// speaksOf is the highest seq that a frame tells of.
func (f told) speaksOf() uint64 {
	most := f.Seq
	events := f.Events
	for _, answer := range f.Watch {
		most = max(most, answer.Seq)
		events = append(events[:len(events):len(events)], answer.Events...)
	}
	for _, raw := range events {
		var e toldEvent
		if json.Unmarshal(raw, &e) == nil {
			most = max(most, e.Seq)
		}
	}
	if f.Beat != nil {
		most = max(most, f.Beat.Seq)
	}
	return most
}

func (c *tape) witness(frame []byte) {
	var f told
	if err := json.Unmarshal(frame, &f); err != nil {
		c.trial.ledger.wrong("%s was sent what is no frame: %s", c.owner, clip(string(frame)))
		return
	}
	most := f.speaksOf()
	if most == 0 {
		return
	}
	head, err := c.trial.witness.Head(context.Background(), c.trial.room)
	if err != nil {
		c.trial.ledger.wrong("read the head: %v", err)
		return
	}
	if head.Seq < most {
		c.trial.ledger.wrong("law 2: %s was told of %d while the database ends at %d: %s", c.owner, most, head.Seq, clip(string(frame)))
	}
}
