package rooms

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"
)

// Tail is the logs of all rooms, for those who follow them: the past, and news
// of what is added. Its reads are on connections of its own, so that a follower
// never makes a room wait.
type Tail interface {
	Past
	// Heads returns where the logs of the rooms after an id end, in order of
	// their ids: at most limit.
	Heads(ctx context.Context, after string, limit int) ([]Head, error)
	// Changed waits until rooms were appended to since it was called last, and
	// names them.
	Changed(ctx context.Context) ([]string, error)
}

// Place is how far a follower has taken a room.
type Place struct {
	Room  string
	Epoch string
	Seq   uint64
}

// Reader is what somebody does who follows the rooms: an index, notices,
// webhooks. Its methods are called by one goroutine.
type Reader interface {
	// Place returns how far a room was taken; one without an epoch if it never was.
	Place(ctx context.Context, room string) (Place, error)
	// Take takes the next events of a room, and keeps the place after them with
	// what it makes of them. After an error or a crash it is given them again:
	// an event is named by its epoch and seq, and may come more than once.
	Take(ctx context.Context, events []Event, after Place) error
	// Forget drops what was made of a room: its numbering could not be continued,
	// or it is gone. It is then taken from its beginning, if there is one.
	Forget(ctx context.Context, room string) error
}

// Between attempts after a failure, doubling; and the events of one Take.
const (
	followFirst = 200 * time.Millisecond
	followMost  = 30 * time.Second
	followPage  = 500
	headsPage   = 500
)

// Follower brings the committed events of all rooms to a reader, in the order of
// each room, from its stored places on. It is as slow as it has to be: rooms
// that have just changed come first, what was missed comes a page at a time.
type Follower struct {
	tail   Tail
	reader Reader
	logger *slog.Logger

	level    atomic.Bool
	fresh    []string // rooms with news
	missed   []string // rooms that may be far behind
	queued   map[string]bool
	failures map[string]int // of rooms that cannot be taken
}

// NewFollower makes a follower; Run it.
func NewFollower(tail Tail, reader Reader, logger *slog.Logger) *Follower {
	return &Follower{tail: tail, reader: reader, logger: logger, queued: map[string]bool{}, failures: map[string]int{}}
}

// Level tells whether everything that was missed before the start has been taken.
func (f *Follower) Level() bool { return f.level.Load() }

// Run follows until ctx ends. A room that cannot be taken is tried again later;
// the others do not wait for it.
func (f *Follower) Run(ctx context.Context) {
	news := make(chan []string)
	go f.listen(ctx, news)
	f.insist(ctx, f.lookBack)
	for ctx.Err() == nil {
		if len(f.fresh)+len(f.missed) == 0 {
			f.level.Store(true)
			select {
			case rooms := <-news:
				f.add(rooms)
			case <-ctx.Done():
			}
			continue
		}
		select {
		case rooms := <-news:
			f.add(rooms)
		default:
		}
		f.take(ctx, f.next(), news)
	}
}

// take takes one page of a room, and sees to the rest of it.
func (f *Follower) take(ctx context.Context, room string, news chan<- []string) {
	more, err := f.step(ctx, room)
	if ctx.Err() != nil {
		return
	}
	if err == nil {
		delete(f.failures, room)
		if more && !f.queued[room] {
			f.missed = append(f.missed, room)
			f.queued[room] = true
		}
		return
	}
	f.failures[room]++
	pause := min(followMost, followFirst<<min(f.failures[room], 10))
	f.logger.Error("a follower will try a room again", "room", room, "after", pause, "error", err)
	time.AfterFunc(pause, func() {
		select {
		case news <- []string{room}:
		case <-ctx.Done():
		}
	})
}

// listen hands on which rooms have changed.
func (f *Follower) listen(ctx context.Context, news chan<- []string) {
	for ctx.Err() == nil {
		rooms, err := f.tail.Changed(ctx)
		if err != nil {
			return // ctx has ended
		}
		select {
		case news <- rooms:
		case <-ctx.Done():
		}
	}
}

// insist tries until it succeeds or ctx ends.
func (f *Follower) insist(ctx context.Context, do func(context.Context) error) {
	for pause := followFirst; ; pause = min(2*pause, followMost) {
		err := do(ctx)
		if err == nil || ctx.Err() != nil {
			return
		}
		f.logger.Error("a follower will try again", "error", err)
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
	}
}

// lookBack finds the rooms that changed while nobody followed them.
func (f *Follower) lookBack(ctx context.Context) error {
	for after := ""; ; {
		heads, err := f.tail.Heads(ctx, after, headsPage)
		if err != nil {
			return fmt.Errorf("read the heads: %w", err)
		}
		for _, head := range heads {
			place, err := f.reader.Place(ctx, head.Room)
			if err != nil {
				return fmt.Errorf("read a place: %w", err)
			}
			if (place.Epoch != head.Epoch || place.Seq != head.Seq) && !f.queued[head.Room] {
				f.queued[head.Room] = true
				f.missed = append(f.missed, head.Room)
			}
			after = head.Room
		}
		if len(heads) < headsPage {
			return nil
		}
	}
}

func (f *Follower) add(rooms []string) {
	for _, room := range rooms {
		if !f.queued[room] {
			f.queued[room] = true
			f.fresh = append(f.fresh, room)
		}
	}
}

func (f *Follower) next() string {
	from := &f.fresh
	if len(*from) == 0 {
		from = &f.missed
	}
	room := (*from)[0]
	*from = (*from)[1:]
	delete(f.queued, room)
	return room
}

// step takes one page of a room and tells whether there is more.
func (f *Follower) step(ctx context.Context, room string) (more bool, err error) {
	place, err := f.reader.Place(ctx, room)
	if err != nil {
		return false, fmt.Errorf("read a place: %w", err)
	}
	head, err := f.tail.Head(ctx, room)
	if errors.Is(err, ErrNoRoom) {
		return false, f.reader.Forget(ctx, room)
	}
	if err != nil {
		return false, err
	}
	if place.Epoch != "" && (place.Epoch != head.Epoch || place.Seq > head.Seq) {
		if err := f.reader.Forget(ctx, room); err != nil {
			return false, fmt.Errorf("forget room %s: %w", room, err)
		}
		place.Seq = 0
	}
	place.Epoch = head.Epoch
	events, err := f.tail.Events(ctx, Query{Room: room, After: place.Seq, Through: head.Seq, Limit: followPage})
	if err != nil || len(events) == 0 {
		return false, err
	}
	place.Seq = events[len(events)-1].Seq
	if err := f.reader.Take(ctx, events, place); err != nil {
		return false, fmt.Errorf("take room %s through %d: %w", room, place.Seq, err)
	}
	return place.Seq < head.Seq, nil
}
