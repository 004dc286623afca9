package web

import (
	"context"
	"net/http"
	"testing"

	"github.com/gorilla/websocket"

	"plenum/rooms"
)

func TestOnePersonCannotTakeAllSockets(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join), options(func(o *Options) { o.Limits.Sockets, o.Limits.SocketsPerPerson = 5, 3 }))
	ada, bob := f.someone(), f.someone()
	var first *websocket.Conn
	for i := range 3 {
		conn := f.socket(ada)
		if i == 0 {
			first = conn
		}
	}
	if conn, status := f.dial("K7TQ2M", bearer(ada)...); conn != nil || status != http.StatusServiceUnavailable {
		t.Errorf("a fourth one: %d", status)
	}
	f.socket(bob)
	f.socket(bob)
	if conn, status := f.dial("K7TQ2M", bearer(bob)...); conn != nil || status != http.StatusServiceUnavailable {
		t.Errorf("one more than all: %d", status)
	}
	g := p.guest(t, first)
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	within(t, g.left)
	for { // the place is free a moment after the peer has left
		if conn, _ := f.dial("K7TQ2M", bearer(bob)...); conn != nil {
			return
		}
	}
}

func TestDrainingSendsEveryoneAway(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	var conns []*websocket.Conn
	var guests []*guest
	for i := range 150 { // more than one batch
		conn := f.socket(f.someone())
		conns = append(conns, conn)
		if i%2 == 0 { // the others have not joined
			guests = append(guests, p.guest(t, conn))
		}
	}
	drained := make(chan struct{})
	go func() { f.site.Drain(t.Context()); close(drained) }()
	afters := map[float64]bool{}
	for _, conn := range conns {
		var frame struct {
			Closing struct {
				Because string
				After   float64
			}
		}
		if err := conn.ReadJSON(&frame); err != nil || frame.Closing.Because != "restart" || frame.Closing.After <= 0 {
			t.Fatalf("%+v, %v", frame, err)
		}
		afters[frame.Closing.After] = true
		if got := closing(t, conn); got != rooms.CloseRestart {
			t.Fatalf("closed with %d", got)
		}
	}
	if len(afters) < 50 {
		t.Errorf("150 come back at only %d moments", len(afters))
	}
	within(t, drained)
	for _, g := range guests {
		within(t, g.left)
	}
}

func TestDrainingCutsWhoDoesNotGo(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	conn := f.socket(f.someone())
	g := p.guest(t, conn) // and reads nothing any more
	stuff(g)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	f.site.Drain(ctx)
	within(t, g.left)
}

// stuff queues until the frames wait here, so that nobody can be reading.
func stuff(g *guest) {
	for g.conn.Backlog() < 128<<10 {
		g.conn.Send(make([]byte, 16<<10))
	}
}
