package web

import (
	"testing"
	"time"
)

// 11: the other side is gone, or only its network: nothing comes of it, not
// even an answer to a ping. (Slow headers and sockets that do not join are
// tried against the whole program.)
func TestBadInput11HalfOpen(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join), options(func(o *Options) { o.Limits.PongWait = 300 * time.Millisecond }))
	gone, here := f.socket(f.someone()), f.socket(f.someone())
	left := p.guest(t, gone).left // and reads nothing any more: pongs are sent by reading
	stays := p.guest(t, here)
	heard := make(chan error, 1)
	go func() {
		_, _, err := here.ReadMessage() // answers pings meanwhile
		heard <- err
	}()
	within(t, left)
	stays.conn.Send([]byte("still here"))
	if err := within(t, heard); err != nil {
		t.Errorf("who answers pings was cut: %v", err)
	}
}
