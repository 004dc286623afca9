package web

import (
	"testing"
	"time"
)

// The way of a connection is measured without the page's help, and the shortest counts.
func TestTheWayIsMeasured(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	conn := f.socket(f.someone())
	g := p.guest(t, conn)
	pinged := make(chan struct{}, 10)
	answer := conn.PingHandler()
	conn.SetPingHandler(func(data string) error {
		pinged <- struct{}{}
		return answer(data)
	})
	go func() {
		for {
			if _, _, err := conn.ReadMessage(); err != nil {
				return
			}
		}
	}()
	within(t, pinged)
	within(t, pinged) // the first was answered by then
	if trip := g.conn.(*socketConn).Trip(); trip <= 0 {
		t.Errorf("it takes %v", trip)
	}
}

func TestTheShortestWayOfTheLastCounts(t *testing.T) {
	t.Parallel()
	c := &socketConn{}
	now := time.Now()
	c.trips.ponged(now) // nobody asked
	if got := c.Trip(); got != 0 {
		t.Errorf("measured %v before the first", got)
	}
	for i, took := range []time.Duration{5, 90, 80, 70, 60, 95} {
		c.trips.pinged = now
		c.trips.ponged(now.Add(took * time.Millisecond))
		c.trips.ponged(now) // another one, that nobody asked for
		if got := c.Trip(); got != 5*time.Millisecond {
			t.Errorf("after %d it takes %v", i, got)
		}
	}
	c.trips.pinged = now
	c.trips.ponged(now.Add(65 * time.Millisecond))
	if got := c.Trip(); got != 60*time.Millisecond {
		t.Errorf("the first is forgotten, and it takes %v", got)
	}
}
