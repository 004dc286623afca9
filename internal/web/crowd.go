package web

import (
	"context"
	"encoding/json"
	"math/rand/v2"
	"sync"
	"time"

	"plenum/rooms"
)

// live is a live connection, as the crowd sees it.
type live interface {
	rooms.Conn
	// cut ends the connection without a word.
	cut()
}

// crowd is all live connections of this process: it caps them, and sends them
// away in the end.
type crowd struct {
	most, each int

	mu     sync.Mutex
	closed bool           // guarded by mu
	held   int            // guarded by mu; places taken
	people map[string]int // guarded by mu; places taken by each person
	open   map[live]whose // guarded by mu
	empty  chan struct{}  // guarded by mu; closed when closed and none is held
}

// whose a connection is, and who is told there of their notices; "": nobody.
type whose struct{ person, session string }

func newCrowd(most, each int) *crowd {
	return &crowd{most: most, each: each, people: map[string]int{}, open: map[live]whose{}, empty: make(chan struct{})}
}

// admit takes a place for a person, before there is a connection. Every place
// that was admitted must be left.
func (c *crowd) admit(person string) error { return c.admitUpTo(person, c.each) }

// admitUpTo is admit, with a bound of its own.
func (c *crowd) admitUpTo(person string, most int) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errDraining
	}
	if c.held >= c.most || c.people[person] >= most {
		return errCrowded
	}
	c.held++
	c.people[person]++
	return nil
}

// leave gives a place back.
func (c *crowd) leave(person string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.held--
	if c.people[person]--; c.people[person] == 0 {
		delete(c.people, person)
	}
	if c.closed && c.held == 0 {
		close(c.empty)
	}
}

// add makes an admitted connection known. When the crowd is being sent away
// already, it goes as well.
func (c *crowd) add(conn live, of whose) {
	c.mu.Lock()
	c.open[conn] = of
	closed := c.closed
	c.mu.Unlock()
	if closed {
		sendAway(conn, shortestAway)
	}
}

func (c *crowd) remove(conn live) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.open, conn)
}

// signOut closes the connections of sessions that have ended.
func (c *crowd) signOut(sessions []string) {
	ended := make(map[string]bool, len(sessions))
	for _, session := range sessions {
		ended[session] = true
	}
	var out []live
	c.mu.Lock()
	for conn, of := range c.open {
		if ended[of.session] {
			out = append(out, conn)
		}
	}
	c.mu.Unlock()
	for _, conn := range out {
		conn.Close(rooms.CloseToken, errSignedOut.Say)
	}
}

// nudgeBelow is how much may wait for a connection that is nudged, in bytes.
const nudgeBelow = 64 << 10

// nudge tells the connections of some persons that their notices are others now.
// Who does not keep up is not told: they look again anyway.
func (c *crowd) nudge(persons []string) {
	some := make(map[string]bool, len(persons))
	for _, person := range persons {
		some[person] = true
	}
	var theirs []live
	c.mu.Lock()
	for conn, of := range c.open {
		if some[of.person] {
			theirs = append(theirs, conn)
		}
	}
	c.mu.Unlock()
	for _, conn := range theirs {
		if conn.Backlog() < nudgeBelow {
			conn.Send([]byte(`{"notices":{}}`))
		}
	}
}

// refuse lets nobody in any more.
func (c *crowd) refuse() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return
	}
	c.closed = true
	if c.held == 0 {
		close(c.empty)
	}
}

const (
	drainBatch   = 100
	drainPause   = 20 * time.Millisecond
	shortestAway = 300 * time.Millisecond
	longestAway  = 10 * time.Second
)

// drain closes every connection with 1012 and waits until all have ended. The
// more there are, the longer the time over which they are asked to come back.
func (c *crowd) drain(ctx context.Context) {
	c.refuse()
	everyone := c.all()
	spread := min(longestAway, shortestAway+time.Duration(len(everyone))*2*time.Millisecond)
	pause := time.NewTicker(drainPause)
	defer pause.Stop()
	for i, conn := range everyone {
		sendAway(conn, shortestAway+rand.N(spread))
		if i%drainBatch != drainBatch-1 {
			continue
		}
		select {
		case <-pause.C:
		case <-ctx.Done():
		}
	}
	select {
	case <-c.empty:
	case <-ctx.Done():
		for _, conn := range c.all() {
			conn.cut()
		}
	}
}

func (c *crowd) all() []live {
	c.mu.Lock()
	defer c.mu.Unlock()
	everyone := make([]live, 0, len(c.open))
	for conn := range c.open {
		everyone = append(everyone, conn)
	}
	return everyone
}

func sendAway(conn live, after time.Duration) {
	frame, err := json.Marshal(map[string]any{"closing": map[string]any{
		"because": errDraining.Code, "say": errDraining.Say, "after": after.Milliseconds(),
	}})
	if err != nil {
		panic(err) // two strings and a number can be encoded
	}
	conn.Send(frame)
	conn.Close(rooms.CloseRestart, errDraining.Code)
}
