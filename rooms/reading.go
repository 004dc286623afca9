package rooms

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"slices"
)

// Reading is what a named read may use: the committed past of one activity, as
// far as the reader may see it.
type Reading struct {
	Room     string
	Activity string
	Reader   Member
	Title    string            // of the activity, "" if it has none
	Keeping  int               // how many days the room keeps single changes; Forever
	Ask      map[string]string // the query parameters
	// View is what the reader may see of the activity as it is now, as JSON.
	View func(ctx context.Context) (json.RawMessage, error)
	// Events returns committed events of the activity that the reader may see,
	// oldest first: at most limit of those with after < seq < before
	// (before 0: no bound); the newest of them if newest is set.
	Events func(ctx context.Context, after, before uint64, limit int, newest bool) ([]Event, error)
	// Words is Events, of those alone whose content may be forgotten, or was, in
	// one thread; thread 0: of those that stand in none.
	Words func(ctx context.Context, thread, after, before uint64, limit int, newest bool) ([]Event, error)
	// Newests returns the newest of the words in each of some threads, in no
	// order; of a thread that nothing stands in, or nothing that the reader may
	// see, there is none.
	Newests func(ctx context.Context, threads []uint64) ([]Event, error)
	// About returns what is about the events of one thread from one seq to
	// another, oldest first, as far as the reader may see it.
	About func(ctx context.Context, thread, from, to uint64) ([]Event, error)
	// Settings are those that the activity was made with.
	Settings func(ctx context.Context) (json.RawMessage, error)
	// People are members by their ids, also those who have been removed. Ids that
	// are nobody's are left out.
	People func(ctx context.Context, ids []string) ([]Member, error)
	Frames Frames
}

// Frame is a kind's own picture of an activity's past, kept so that a read need
// not go through the whole log. It is no truth: it can be lost, and is made
// again from the log.
type Frame struct {
	Place uint64 // where in the activity's own count, from 1
	Seq   uint64 // through which event
	Index []byte // a small part, to be read of many frames at once
	State []byte
}

// Frames are the kept frames of one activity. Those of another format of the
// kind are as if they were not there.
type Frames interface {
	// At is the last frame at or before a place; of none, Place is 0.
	At(ctx context.Context, place uint64) (Frame, error)
	// Between are the frames with after < place ≤ through in order, without State.
	Between(ctx context.Context, after, through uint64) ([]Frame, error)
	// Keep stores a frame. A failure is logged: it costs no more than time.
	Keep(ctx context.Context, f Frame)
}

// committed is an activity through a seq, as the log has it.
type committed struct {
	log            Log
	logger         *slog.Logger
	room, activity string
	kind           Kind
	made           uint64 // the seq of its settings
	through        uint64
}

// reading is what a member may see of it.
func (c committed) reading(m Member) Reading {
	return Reading{
		Room: c.room, Activity: c.activity, Reader: m,
		Events: func(ctx context.Context, after, before uint64, limit int, newest bool) ([]Event, error) {
			return c.between(ctx, m, Query{After: after, Limit: limit, Newest: newest}, before)
		},
		Words: func(ctx context.Context, thread, after, before uint64, limit int, newest bool) ([]Event, error) {
			return c.between(ctx, m, Query{Words: true, Thread: thread, After: after, Limit: limit, Newest: newest}, before)
		},
		Newests: func(ctx context.Context, threads []uint64) ([]Event, error) {
			return c.seen(ctx, Query{Newests: threads, Through: c.through}, m)
		},
		About: func(ctx context.Context, thread, from, to uint64) ([]Event, error) {
			return c.seen(ctx, Query{Thread: thread, AboutFrom: from, AboutTo: to, Through: c.through}, m)
		},
		Settings: func(ctx context.Context) (json.RawMessage, error) { return settingsOf(ctx, c.log, c.room, c.made) },
		Frames:   kept{c},
	}
}

// between is what a member may see of a query before a seq; 0: no bound. What
// they may not see takes no place of what they may.
func (c committed) between(ctx context.Context, m Member, q Query, before uint64) ([]Event, error) {
	q.Through = c.through
	if before > 0 {
		q.Through = min(c.through, before-1)
	}
	return c.seen(ctx, q, m)
}

// seen reads events and leaves out those that a member may not see: fewer than
// were asked for only if there are no more.
func (c committed) seen(ctx context.Context, q Query, m Member) ([]Event, error) {
	q.Room, q.Activity = c.room, c.activity
	var seen []Event
	for limit := q.Limit; ; {
		q.Limit = limit - len(seen)
		events, err := c.log.Events(ctx, q)
		if err != nil {
			return nil, fmt.Errorf("read events: %w", err)
		}
		found := slices.DeleteFunc(slices.Clone(events), func(e Event) bool { return !e.To.Sees(m) })
		if q.Newest {
			seen = append(found, seen...)
		} else {
			seen = append(seen, found...)
		}
		if limit == 0 || len(events) < q.Limit || len(seen) == limit {
			return seen, nil
		}
		if q.Newest {
			if q.Through = events[0].Seq - 1; q.Through <= q.After {
				return seen, nil
			}
		} else {
			q.After = events[len(events)-1].Seq
		}
	}
}

// kept are the frames that the log keeps of an activity.
type kept struct{ committed }

func (k kept) At(ctx context.Context, place uint64) (Frame, error) {
	return k.log.Frame(ctx, k.room, k.activity, k.kind.Format, place)
}

func (k kept) Between(ctx context.Context, after, through uint64) ([]Frame, error) {
	return k.log.Frames(ctx, k.room, k.activity, k.kind.Format, after, through)
}

func (k kept) Keep(ctx context.Context, f Frame) {
	if err := k.log.SaveFrame(ctx, k.room, k.activity, k.kind.Format, f); err != nil {
		k.logger.Error("frame", "room", k.room, "activity", k.activity, "error", err)
	}
}
