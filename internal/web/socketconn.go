package web

import (
	"errors"
	"io"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/gorilla/websocket"
	"github.com/olahol/melody"

	"plenum/rooms"
)

const (
	// backlogLimit bounds what waits for one connection, in bytes.
	backlogLimit = 256 << 10
	// flushWait is how long a close waits for the frames before it.
	flushWait = time.Second
	// closeWait is how long a close frame may take to be written.
	closeWait = 250 * time.Millisecond
	// lingerWait is how long the other side may take to answer a close frame.
	// Closing at once would reset the connection, and the frame with its code
	// could be lost.
	lingerWait  = time.Second
	lingerBytes = 16 << 20
)

// socketConn is a rooms.Conn over a melody session. Melody drops what its
// buffer cannot hold and says so to nobody; so it is never given more than it
// can hold, and the rest waits here, up to a bound. Who is beyond the bound is
// cut, and resumes.
type socketConn struct {
	at   place
	peer peer        // of the reading goroutine; nil before the join
	late *time.Timer // closes the connection if it does not join

	trips trips

	gone   chan struct{} // closed when the session has ended
	hungUp chan struct{} // closed when a close has run its course

	mu      sync.Mutex
	session *melody.Session // guarded by mu; nil before the upgrade
	waiting [][]byte        // guarded by mu; not yet given to melody
	given   int             // guarded by mu; frames that melody has
	bytes   int             // guarded by mu; in waiting and given
	excess  int             // guarded by mu; of these, those of the one larger frame
	ending  bool            // guarded by mu
	hanging bool            // guarded by mu; hangUp runs
	flushed chan struct{}   // guarded by mu; closed when ending and nothing is left
}

func newSocketConn(at place) *socketConn {
	return &socketConn{at: at, gone: make(chan struct{}), hungUp: make(chan struct{}), flushed: make(chan struct{})}
}

// Send queues a frame, or cuts the connection when too much is queued.
func (c *socketConn) Send(frame []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.ending || c.session == nil {
		return
	}
	if c.bytes == 0 {
		c.excess = excess(frame)
	}
	if c.bytes+len(frame) > backlogLimit+c.excess {
		c.waiting = nil
		c.end(rooms.CloseSlow, "too slow", 0)
		return
	}
	c.bytes += len(frame)
	if c.given == melodySlots {
		c.waiting = append(c.waiting, frame)
		return
	}
	c.give(frame)
}

// excess is what a frame that found an empty queue adds to the bound: one may
// be larger than it, and is no reason to cut who reads it at their own speed.
func excess(frame []byte) int {
	if len(frame) > backlogLimit {
		return len(frame)
	}
	return 0
}

// Backlog is how many bytes are queued and not yet written out.
func (c *socketConn) Backlog() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}

// Close lets the queued frames out, says why in a close frame, and hangs up;
// without the first two where the other side does not read.
func (c *socketConn) Close(code int, why string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.end(code, why, flushWait)
}

// end is called with mu held.
func (c *socketConn) end(code int, why string, flush time.Duration) {
	if c.ending {
		return
	}
	c.ending = true
	if c.session == nil {
		return
	}
	if c.given == 0 {
		close(c.flushed)
	}
	c.hanging = true
	go c.hangUp(c.session.WebsocketConnection(), code, why, flush)
}

func (c *socketConn) hangUp(conn *websocket.Conn, code int, why string, flush time.Duration) {
	defer close(c.hungUp)
	defer conn.Close()
	select {
	case <-c.flushed:
	case <-c.gone:
		return
	case <-time.After(flush):
	}
	reason := websocket.FormatCloseMessage(code, shorten(why))
	if conn.WriteControl(websocket.CloseMessage, reason, time.Now().Add(closeWait)) != nil {
		return
	}
	select {
	case <-c.gone:
	case <-time.After(lingerWait):
	}
}

// cut ends the connection without a word.
func (c *socketConn) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.ending = true
	if c.session != nil {
		// Safety: Close only takes the file descriptor away; it does not wait
		// for a writer that is stuck.
		go c.session.WebsocketConnection().Close()
	}
}

// sent hears from melody's writer that a frame has gone out, and feeds it the
// next ones.
func (c *socketConn) sent(size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.given--
	c.bytes -= size
	c.excess = 0 // the larger frame was the first
	for len(c.waiting) > 0 && c.given < melodySlots {
		frame := c.waiting[0]
		c.waiting[0] = nil
		c.waiting = c.waiting[1:]
		c.give(frame)
	}
	if c.ending && c.given == 0 {
		close(c.flushed)
	}
}

// give is called with mu held. It never finds melody's buffer full: given
// counts what is in there.
func (c *socketConn) give(frame []byte) {
	c.given++
	if c.session.Write(frame) != nil {
		c.waiting = nil // the session has ended; gone follows
	}
}

// opened binds the connection to its session; it has wait to join.
func (c *socketConn) opened(session *melody.Session, wait time.Duration) {
	c.mu.Lock()
	c.session = session
	c.mu.Unlock()
	c.trips.measure(session.WebsocketConnection())
	c.late = time.AfterFunc(wait, func() { c.Close(rooms.CloseLate, "no join came") })
}

// leave tells the peer that its connection has ended, on the goroutine that
// had read its frames. Nothing is queued from then on.
func (c *socketConn) leave() {
	c.mu.Lock()
	c.ending, c.waiting = true, nil
	c.mu.Unlock()
	c.trips.stop()
	if c.late != nil {
		c.late.Stop()
	}
	if c.peer != nil {
		c.peer.Leave()
	}
}

// ended lets go of everything, and waits for a close that is under way.
func (c *socketConn) ended() {
	close(c.gone)
	c.mu.Lock()
	hanging := c.hanging
	c.mu.Unlock()
	if hanging {
		<-c.hungUp
	}
}

func (c *socketConn) isEnding() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.ending
}

// linger ends a connection whose other side broke the protocol: it makes sure
// of the close frame, reads on for a moment and throws away what comes. Called
// on the reading goroutine.
func (c *socketConn) linger(code int) {
	c.mu.Lock()
	socket := c.session.WebsocketConnection()
	c.mu.Unlock()
	// Gorilla has sent one in most cases; a second one is not sent.
	err := socket.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(code, ""), time.Now().Add(closeWait))
	if err != nil && !errors.Is(err, websocket.ErrCloseSent) {
		return
	}
	conn := socket.NetConn()
	if half, ok := conn.(interface{ CloseWrite() error }); ok && half.CloseWrite() != nil {
		return
	}
	if conn.SetReadDeadline(time.Now().Add(lingerWait)) != nil {
		return
	}
	_, _ = io.CopyN(io.Discard, conn, lingerBytes) // whatever it ends with, the connection ends
}

// shorten cuts a reason to what fits a close frame, between characters.
func shorten(why string) string {
	const most = 123
	if len(why) <= most {
		return why
	}
	for end := most; end > 0; end-- {
		if utf8.RuneStart(why[end]) {
			return why[:end]
		}
	}
	return ""
}
