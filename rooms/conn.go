package rooms

import "time"

// Conn is a peer's live connection, as the transport gives it. No method may
// block. The room calls it from several goroutines.
type Conn interface {
	// Send queues one text frame; the caller does not change it afterwards.
	// On a closed connection it does nothing.
	Send(frame []byte)
	// Backlog is how many bytes are queued and not yet written out.
	Backlog() int
	// Close ends the connection, with a close frame where that still gets
	// through, and without it where the other side does not read.
	Close(code int, why string)
}

// measured is a Conn that knows how long a frame is under way there and back,
// without the peer's help; 0: not yet.
type measured interface{ Trip() time.Duration }

// Close codes of the protocol.
const (
	CloseRestart  = 1012
	CloseSlow     = 1013
	CloseJoin     = 4400
	CloseToken    = 4401
	CloseRemoved  = 4403
	CloseNoRoom   = 4404
	CloseLate     = 4408
	CloseReplaced = 4409
	CloseEnded    = 4410
	CloseDeleted  = 4411
	CloseFlood    = 4429
)
