package rooms

import (
	"context"
	"errors"
	"log/slog"
	"sync"
	"time"
)

// The room's turn takes at most this much before it commits.
const (
	turnCommands = 256
	turnTime     = 2 * time.Millisecond
	turnBytes    = 256 << 10
	inboxLength  = 1024
)

var errClosed = errors.New("the room has been closed")

// Room is one open room. One goroutine decides what comes next in it; all
// fields below "owned" belong to that goroutine.
type Room struct {
	id, code string
	kinds    map[string]Kind
	log      Log
	secrets  Secrets // nil: there are none
	looksFor LooksFor
	clock    func() time.Time
	logger   *slog.Logger
	idle     time.Duration

	inbox   chan *ask     // commands; full means busy
	calls   chan func()   // everything else
	done    chan struct{} // closed when the goroutine has ended
	quit    chan struct{} // closed to end it
	quitted sync.Once
	fan     *fan
	loaders sync.WaitGroup // loads and saves under way

	// owned
	head    Head
	lobby   *lobby
	slots   map[string]*slot
	queues  map[string]*queue
	moving  bool           // reopening after a failed commit
	after   []func()       // to be done when it has been reopened
	ending  bool           // nothing is loaded or saved any more
	deaths  map[string]int // how often the room failed with a command in hand
	digests digestPace
	used    time.Time
	waits   map[string]map[chan struct{}]bool // who waits at the door now, by person
}

// ask is one command on its way through the room.
type ask struct {
	c      Command
	member string
	answer func(answer) // called once, on the fan-out's goroutine, after the commit
	past   *past        // what was read for it, if its activity wanted that

	posted   bool // it came over HTTP
	prepared bool // what its activity works out for it is there
}

// answer is how a command ended. Exactly one of refused and done holds.
type answer struct {
	refused *Refusal
	after   int // milliseconds, for refusals that wait
	done    bool
	events  []Event // what it led to
	seq     uint64  // told through
	mine    any     // for unnumbered commands of activities with a personal part
}

// run is the room's goroutine.
func (r *Room) run() {
	defer close(r.done)
	for {
		select {
		case a := <-r.inbox:
			r.turn([]*ask{a})
		case f := <-r.calls:
			f()
		case <-r.digests.due():
			r.tellDigests()
		case <-r.quit:
			r.finish()
			return
		}
	}
}

// finish takes what waits in the inbox as a last turn and lets the loaders end.
func (r *Room) finish() {
	for {
		select {
		case a := <-r.inbox:
			r.turn([]*ask{a})
			continue
		default:
		}
		break
	}
	r.saveAll()
	r.ending = true
	ended := make(chan struct{})
	go func() { r.loaders.Wait(); close(ended) }()
	for {
		select {
		case f := <-r.calls:
			f()
		case <-ended:
			return
		}
	}
}

// end makes the room finish what it has in hand and end.
func (r *Room) end() { r.quitted.Do(func() { close(r.quit) }) }

// submit hands a command to the room; false if its inbox is full.
func (r *Room) submit(a *ask) bool {
	select {
	case <-r.done:
		return false
	default:
	}
	select {
	case r.inbox <- a:
		return true
	default:
		return false
	}
}

// call runs f on the room's goroutine and waits for it. While the room is being
// reopened its state may run ahead of its log: f runs afterwards.
func (r *Room) call(ctx context.Context, f func()) error {
	ran := make(chan struct{})
	run := func() { f(); close(ran) }
	select {
	case r.calls <- func() { r.settled(run) }:
	case <-r.done:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-ran:
		return nil
	case <-r.done:
		select {
		case <-ran:
			return nil
		default:
			return errClosed
		}
	case <-ctx.Done():
		return ctx.Err()
	}
}

// settled runs f now, or after the room has been reopened.
func (r *Room) settled(f func()) {
	if r.moving {
		r.after = append(r.after, f)
		return
	}
	f()
}

// post runs f on the room's goroutine, some time, unless the room has ended.
func (r *Room) post(f func()) {
	select {
	case r.calls <- f:
	case <-r.done:
	}
}

func (r *Room) now() int64 { return r.clock().UnixMilli() }
