package rooms

import (
	"context"
	"errors"
)

// Log is the durable record of all rooms. What Append has returned nil for
// survives a crash of the process and of the machine. All methods are safe for
// concurrent use.
type Log interface {
	Past
	// Create stores a new, empty room. ErrCodeTaken if the join code is in use.
	Create(ctx context.Context, h Head) error
	// Find returns the id of the room with a join code, or ErrNoRoom.
	Find(ctx context.Context, code string) (room string, err error)
	// Screen returns the room of a screen link and its id there, by the hash of
	// its key, or ErrNoRoom.
	Screen(ctx context.Context, hash string) (room, id string, err error)
	// Append stores a batch durably, as a whole or not at all. It blocks until
	// the commit. ErrStale if the room's head is not (Term, After).
	// ErrUnstorable if the fault is in the batch and not in the storage: it can
	// never be stored. After any other error it may or may not be: read Head.
	Append(ctx context.Context, b Batch) error
	// Mark returns the mark of the batch that ended at seq, "" if none did.
	Mark(ctx context.Context, room string, seq uint64) (string, error)
	// SaveCheckpoint stores a state and forgets older ones of that activity.
	SaveCheckpoint(ctx context.Context, c Checkpoint) error
	// Frame returns the last kept frame of a format at or before a place; a zero
	// Place if there is none.
	Frame(ctx context.Context, room, activity string, format int, place uint64) (Frame, error)
	// Frames returns the frames of a format with after < place ≤ through, in
	// order and without their states.
	Frames(ctx context.Context, room, activity string, format int, after, through uint64) ([]Frame, error)
	// SaveFrame stores a frame, or replaces the one at its place.
	SaveFrame(ctx context.Context, room, activity string, format int, f Frame) error
	// Settled returns what is settled of a peer's commands; a zero Settled
	// if the peer is not known.
	Settled(ctx context.Context, room, peer string) (Settled, error)
	// Wakes returns the rooms' wake-up times up to a time, in Unix milliseconds,
	// earliest first.
	Wakes(ctx context.Context, until int64) ([]Wake, error)
}

// Past is what is committed, to be read.
type Past interface {
	// Head returns where a room's log ends, or ErrNoRoom.
	Head(ctx context.Context, room string) (Head, error)
	// Events reads committed events in order of seq.
	Events(ctx context.Context, q Query) ([]Event, error)
	// Checkpoint returns the newest saved state of an activity; a zero Seq if none.
	Checkpoint(ctx context.Context, room, activity string) (Checkpoint, error)
}

var (
	// ErrCodeTaken means that another room has this join code.
	ErrCodeTaken = errors.New("the join code is taken")
	// ErrUnstorable means that a batch can never be stored as it is.
	ErrUnstorable = errors.New("the batch cannot be stored")
	// ErrStale means that somebody else appended to the room: step down and read Head.
	ErrStale = errors.New("the room's log has moved on")
)

// Head says where a room's log ends.
type Head struct {
	Room  string
	Code  string
	Epoch string // changes when the numbering cannot be continued
	Term  uint64 // the fence of ownership
	Seq   uint64
	Mark  string // of the last batch
}

// Batch is what one turn of a room stores, in one transaction.
type Batch struct {
	Room    string
	Term    uint64
	After   uint64  // the seq before it
	Events  []Event // seqs After+1 …, at least one
	Mark    string  // random, names this batch
	Settled []Settled
	Wakes   []Wake
	Rows    []Row
	// Forget are earlier events whose content is blanked, and Saved the
	// checkpoints that take the place of those that hold it.
	Forget []Forgotten
	Saved  []Checkpoint
}

// Seq is the seq of the batch's last event.
func (b Batch) Seq() uint64 { return b.After + uint64(len(b.Events)) }

// Query selects events of a room: at most Limit of those with
// After < seq ≤ Through, of one activity or, if that is empty, of all.
// Newest takes the newest of them; they are still returned oldest first.
type Query struct {
	Room     string
	Activity string
	After    uint64
	Through  uint64 // 0: no bound
	Limit    int    // 0: no bound
	Newest   bool
	// Words takes only what may be forgotten, or was, of one thread of an
	// activity; Thread 0: of what stands in none.
	Words  bool
	Thread uint64
	// Instead of the events of an activity, what is about those of one thread
	// from one seq to another; AboutTo 0: no.
	AboutFrom uint64
	AboutTo   uint64
	// Instead of the events of an activity, the newest of the words in each of
	// these threads.
	Newests []uint64
}

// Settled is the row that makes commands count once: the last n done of a peer,
// the member who owns the peer, and the refusals among the last
// SettledWindow numbers.
type Settled struct {
	Room    string
	Peer    string
	Member  string
	Last    uint64
	Refused []Refused
}

// Refused is a numbered command that was refused.
type Refused struct {
	N       uint64 `json:"n"`
	Because string `json:"because"`
	Say     string `json:"say"`
}

// SettledWindow is how many unsettled commands a peer may have under way.
const SettledWindow = 32

// Wake is the time at which an activity wants to be woken, in Unix
// milliseconds; 0 removes it.
type Wake struct {
	Room     string
	Activity string
	At       int64
}

// Checkpoint is the saved state of an activity through seq.
type Checkpoint struct {
	Room     string
	Activity string
	Seq      uint64
	Format   int
	State    []byte
}
