package web

import (
	"slices"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// How often the way of a connection is measured, and how many measurements count.
const (
	tripSoon   = 300 * time.Millisecond
	tripEvery  = 10 * time.Second
	tripsKept  = 6
	tripsFirst = 3 // soon after each other
	pingWait   = 5 * time.Second
)

// trips measures how long a frame takes to a browser and back: with pings of the
// protocol, which browsers answer by themselves. The shortest of the last minute
// counts; who answers pings late gains what that is believed to be worth, and
// no more.
type trips struct {
	mu     sync.Mutex
	last   []time.Duration // guarded by mu
	pinged time.Time       // guarded by mu; zero: no answer is awaited
	sent   int             // guarded by mu
	timer  *time.Timer     // guarded by mu
	over   bool            // guarded by mu
}

// Trip is the shortest of the last measurements; 0 before the first.
func (c *socketConn) Trip() time.Duration {
	c.trips.mu.Lock()
	defer c.trips.mu.Unlock()
	if len(c.trips.last) == 0 {
		return 0
	}
	return slices.Min(c.trips.last)
}

// measure begins to measure.
func (t *trips) measure(conn *websocket.Conn) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.over {
		t.timer = time.AfterFunc(tripSoon, func() { t.ping(conn) })
	}
}

func (t *trips) ping(conn *websocket.Conn) {
	t.mu.Lock()
	t.pinged = time.Now()
	t.mu.Unlock()
	// Not under mu: a line that is stuck holds this up.
	err := conn.WriteControl(websocket.PingMessage, nil, time.Now().Add(pingWait))
	t.mu.Lock()
	defer t.mu.Unlock()
	if err != nil || t.over {
		return // the connection is gone, or goes
	}
	next := tripEvery
	if t.sent++; t.sent < tripsFirst {
		next = tripSoon
	}
	t.timer.Reset(next)
}

// ponged hears that a ping was answered.
func (t *trips) ponged(now time.Time) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.pinged.IsZero() {
		return
	}
	if t.last = append(t.last, now.Sub(t.pinged)); len(t.last) > tripsKept {
		t.last = t.last[1:]
	}
	t.pinged = time.Time{}
}

func (t *trips) stop() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.over = true
	if t.timer != nil {
		t.timer.Stop()
	}
}
