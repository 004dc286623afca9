package web

import (
	"bytes"
	"net"
	"runtime"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"plenum/rooms"
)

func TestAReaderThatStopsIsCutAtTheBound(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	conn := f.socket(f.someone())
	g := p.guest(t, conn)
	// The kernel takes some megabytes before anything waits here.
	frame := make([]byte, 10_000)
	most := 0
	for left := false; !left; {
		g.conn.Send(frame)
		most = max(most, g.conn.Backlog())
		select {
		case <-g.left:
			left = true
		default:
		}
	}
	if most > backlogLimit {
		t.Errorf("%d bytes waited for a reader that has stopped", most)
	}
	if most < backlogLimit-len(frame) {
		t.Errorf("it was cut although only %d bytes waited", most)
	}
}

func TestAReaderThatStopsCannotHoldUpAClose(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	conn := f.socket(f.someone())
	g := p.guest(t, conn)
	stuff(g)
	g.conn.Close(rooms.CloseRemoved, "removed")
	within(t, g.left)
}

func TestOneLargeFrameAndWhatFollowsItGoOut(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	conn := f.socket(f.someone())
	g := p.guest(t, conn)
	large := make([]byte, 16<<20) // more than the kernel takes at once
	g.conn.Send(large)
	for range 20 {
		g.conn.Send([]byte("small"))
	}
	for i := range 21 {
		_, frame, err := conn.ReadMessage()
		if err != nil {
			t.Fatalf("frame %d: %v", i, err)
		}
		if want := len(large); i == 0 && len(frame) != want || i > 0 && string(frame) != "small" {
			t.Fatalf("frame %d has %d bytes", i, len(frame))
		}
	}
	if got := g.conn.Backlog(); got > len("small") {
		t.Errorf("%d bytes are queued after all was read", got)
	}
}

func TestASecondLargeFrameIsTooMuch(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	g := p.guest(t, f.socket(f.someone()))
	g.conn.Send(make([]byte, 16<<20))
	g.conn.Send(make([]byte, backlogLimit+1))
	within(t, g.left)
}

func TestAStalledSocketLosesNothingWhenItReadsAgain(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	conn := f.socket(f.someone())
	g := p.guest(t, conn)
	sent := 0
	for g.conn.Backlog() < 100<<10 {
		g.conn.Send([]byte{byte('a' + sent%26)})
		g.conn.Send(make([]byte, 4<<10))
		sent++
	}
	for i := range sent {
		_, first, err := conn.ReadMessage()
		if err != nil || first[0] != byte('a'+i%26) {
			t.Fatalf("frame %d of %d: %q, %v", i, sent, first, err)
		}
		if _, second, err := conn.ReadMessage(); err != nil || len(second) != 4<<10 {
			t.Fatalf("frame %d of %d: %d bytes, %v", i, sent, len(second), err)
		}
	}
}

// TestIdleSocketsAreSmall holds what the detached upgrade and the pooled
// buffers are for. It is not parallel: it looks at the whole process.
func TestIdleSocketsAreSmall(t *testing.T) {
	const sockets = 400
	p := newParlour()
	f := start(t, joinBy(p.join), options(func(o *Options) { o.Limits.SocketsPerPerson = sockets }))
	token := f.someone()
	p.guest(t, f.socket(token)) // what is made once is made
	before := memory()
	conns := make([]net.Conn, 0, sockets)
	for range sockets - 1 {
		conns = append(conns, f.socket(token).NetConn())
	}
	for len(f.site.crowd.all()) < sockets {
		time.Sleep(time.Millisecond)
	}
	each := (memory() - before) / (sockets - 1)
	t.Logf("%d bytes of heap and stack for each, with its client", each)
	if each > 48<<10 {
		t.Errorf("an idle socket and its client take %d bytes", each)
	}
	stacks := make([]byte, 16<<20)
	stacks = stacks[:runtime.Stack(stacks, true)]
	if serving := bytes.Count(stacks, []byte("net/http.(*conn).serve(")); serving > sockets/10 {
		t.Errorf("net/http still holds %d of %d sockets", serving, sockets)
	}
	runtime.KeepAlive(conns)
}

func memory() uint64 {
	var m runtime.MemStats
	runtime.GC()
	runtime.GC()
	runtime.ReadMemStats(&m)
	return m.HeapInuse + m.StackInuse
}

func TestNoFrameIsWrittenToAPeerOfAnother(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	type pair struct {
		conn  *websocket.Conn
		guest *guest
	}
	var pairs []pair
	for range 20 {
		conn := f.socket(f.someone())
		pairs = append(pairs, pair{conn, p.guest(t, conn)})
	}
	for round := range 50 {
		for i, one := range pairs {
			one.guest.conn.Send([]byte{byte(i), byte(round)})
		}
	}
	for i, one := range pairs {
		for round := range 50 {
			_, frame, err := one.conn.ReadMessage()
			if err != nil || len(frame) != 2 || frame[0] != byte(i) || frame[1] != byte(round) {
				t.Fatalf("socket %d, round %d: %v, %v", i, round, frame, err)
			}
		}
	}
}
