package notify

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"plenum/rooms"
)

// How long notices are kept, and how many of a person.
const (
	keepFor  = 30 * 24 * time.Hour
	keepMost = 300
)

// The places of rooms in which nothing calls anybody are kept in memory and
// stored from time to time: after a crash these events are looked at again.
const (
	placesEvery = 10 * time.Second
	placesMost  = 500
)

// changesAtOnce is how many changes are written in one transaction.
const changesAtOnce = 200

// reader is what the follower brings events to. A notice and the place after it
// are stored in one transaction, or the notice before: an event that comes
// again finds its notice there, and makes no other.
type reader struct {
	*Notify
	kept time.Time // when places were stored last

	mu    sync.Mutex
	ahead map[string]rooms.Place // guarded by mu; not stored yet
}

var _ rooms.Reader = (*reader)(nil)

// Place implements rooms.Reader.
func (r *reader) Place(ctx context.Context, room string) (rooms.Place, error) {
	r.mu.Lock()
	p, ok := r.ahead[room]
	r.mu.Unlock()
	if ok {
		return p, nil
	}
	return r.place(ctx, room)
}

// Take implements rooms.Reader.
func (r *reader) Take(ctx context.Context, events []rooms.Event, after rooms.Place) error {
	sight, err := r.sights.Of(ctx, after.Room)
	if err != nil {
		return err
	}
	t := taking{reader: r, ctx: ctx, sight: sight, oldest: r.clock().Add(-keepFor).UnixMilli()}
	for _, e := range events {
		for _, told := range r.noticesOf(sight.Kind(e.In), e) {
			if err := t.take(e, told); err != nil {
				return fmt.Errorf("event %d: %w", e.Seq, err)
			}
		}
	}
	for some := range slices.Chunk(t.changes, changesAtOnce) {
		whose, err := r.keep(ctx, some)
		if err != nil {
			return err
		}
		r.changed(whose)
		r.pushes.Ring()
		r.digests.Ring()
	}
	r.mu.Lock()
	r.ahead[after.Room] = after
	many := len(r.ahead) >= placesMost
	r.mu.Unlock()
	if len(t.changes) > 0 || many || r.clock().Sub(r.kept) >= placesEvery {
		return r.keepPlaces(ctx)
	}
	return nil
}

// keepPlaces stores how far the rooms were taken.
func (r *reader) keepPlaces(ctx context.Context) error {
	r.mu.Lock()
	places := maps.Clone(r.ahead)
	r.mu.Unlock()
	if err := r.storePlaces(ctx, places); err != nil {
		return err
	}
	r.mu.Lock()
	clear(r.ahead)
	r.mu.Unlock()
	r.kept = r.clock()
	return nil
}

// Forget implements rooms.Reader. What was read of a room that goes on, under
// another numbering, is not told again: a notice is known by its time.
func (r *reader) Forget(ctx context.Context, room string) error {
	_, err := r.tail.Head(ctx, room)
	gone := errors.Is(err, rooms.ErrNoRoom)
	if err != nil && !gone {
		return err
	}
	r.mu.Lock()
	delete(r.ahead, room)
	r.mu.Unlock()
	whose, err := r.forget(ctx, room, gone)
	if err != nil {
		return err
	}
	r.changed(whose)
	return nil
}

// taking is what one Take makes of the events of a room.
type taking struct {
	*reader
	ctx       context.Context
	sight     *rooms.Sight
	oldest    int64
	levels    map[string]Level      // by person, once they are needed
	inThreads map[threadOf][]string // who takes part, of threads that were asked for
	changes   []change
}

// change is one change of the notices: one more, others that are read, or a
// piece that reads another way now.
type change struct {
	add   *noticeRow
	read  *readThrough
	piece *piece
}

type readThrough struct {
	person, room, activity string
	thread, seq            uint64
	at                     int64
}

type piece struct {
	room, activity, key string
	words               uint64 // where it stands now; 0: it is gone
}

func (t *taking) take(e rooms.Event, told rooms.Notice) error {
	switch {
	case told.Read > 0:
		return t.takeRead(e, told)
	case told.Text == "" || told.Again:
		return t.takePiece(e, told)
	case e.At < t.oldest:
		return nil
	}
	reasons, err := t.reasons(e, told)
	if err != nil {
		return err
	}
	for person, why := range reasons {
		t.changes = append(t.changes, change{add: &noticeRow{
			Person: person, Room: t.sight.Room, Activity: e.In, Key: told.Key, At: e.At, Seq: e.Seq, Words: e.Seq, Why: why, Thread: told.Thread,
		}})
	}
	return nil
}

// takeRead notes what somebody has read. Most who read have no notices.
func (t *taking) takeRead(e rooms.Event, told rooms.Notice) error {
	person := t.sight.PersonOf(e.By)
	read := readThrough{person, t.sight.Room, e.In, told.Thread, told.Read, t.clock().UnixMilli()}
	waiting := slices.ContainsFunc(t.changes, func(c change) bool {
		return c.add != nil && c.add.Person == person && c.add.Activity == e.In && c.add.Thread == told.Thread
	})
	if !waiting {
		var err error
		if waiting, err = t.hasUnread(t.ctx, read); err != nil || !waiting {
			return err
		}
	}
	t.changes = append(t.changes, change{read: &read})
	return nil
}

func (t *taking) takePiece(e rooms.Event, told rooms.Notice) error {
	known := slices.ContainsFunc(t.changes, func(c change) bool {
		return c.add != nil && c.add.Activity == e.In && c.add.Key == told.Key
	})
	if !known {
		var err error
		if known, err = t.hasPiece(t.ctx, t.sight.Room, e.In, told.Key); err != nil || !known {
			return err
		}
	}
	p := &piece{room: t.sight.Room, activity: e.In, key: told.Key}
	if told.Text != "" {
		p.words = e.Seq
	}
	t.changes = append(t.changes, change{piece: p})
	return nil
}
