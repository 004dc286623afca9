package web

import (
	"sync"

	"plenum/rooms"
)

// streamConn is a rooms.Conn whose frames a handler writes out.
type streamConn struct {
	wake chan struct{} // has one entry when there is something to take

	mu      sync.Mutex
	waiting [][]byte // guarded by mu
	bytes   int      // guarded by mu; queued and not yet written
	excess  int      // guarded by mu; as in socketConn
	last    *ending  // guarded by mu; set when it is to end
	over    bool     // guarded by mu; nobody takes any more
}

// ending is why a stream ends.
type ending struct{ code int }

func newStreamConn() *streamConn { return &streamConn{wake: make(chan struct{}, 1)} }

// Send queues a frame, or ends the stream when too much is queued.
func (c *streamConn) Send(frame []byte) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.over || c.last != nil {
		return
	}
	if c.bytes == 0 {
		c.excess = excess(frame)
	}
	if c.bytes+len(frame) > backlogLimit+c.excess {
		c.waiting = nil
		c.last = &ending{rooms.CloseSlow}
		c.notify()
		return
	}
	c.bytes += len(frame)
	c.waiting = append(c.waiting, frame)
	c.notify()
}

// Backlog is how many bytes are queued and not yet written out.
func (c *streamConn) Backlog() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.bytes
}

// Close ends the stream after what is queued. The reason is not told: a client
// that comes back is answered with it.
func (c *streamConn) Close(code int, _ string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil {
		c.last = &ending{code}
	}
	c.notify()
}

// cut ends the stream without what is queued.
func (c *streamConn) cut() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.waiting = nil
	c.last = &ending{rooms.CloseRestart}
	c.notify()
}

// take hands over what is queued, and whether that was the last.
func (c *streamConn) take() ([][]byte, *ending) {
	c.mu.Lock()
	defer c.mu.Unlock()
	frames := c.waiting
	c.waiting = nil
	return frames, c.last
}

func (c *streamConn) wrote(size int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.bytes -= size
	c.excess = 0
}

// end stops taking: what is sent from now on goes nowhere.
func (c *streamConn) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over, c.waiting, c.bytes = true, nil, 0
}

// notify is called with mu held.
func (c *streamConn) notify() {
	select {
	case c.wake <- struct{}{}:
	default: // it is awake already
	}
}
