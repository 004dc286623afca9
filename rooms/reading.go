package rooms

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
)

// Reading is what a named read may use: the committed past of one activity, as
// far as the reader may see it.
type Reading struct {
	Room     string
	Activity string
	Reader   Member
	Title    string            // of the activity, "" if it has none
	Ask      map[string]string // the query parameters
	// View is what the reader may see of the activity as it is now, as JSON.
	View func(ctx context.Context) (json.RawMessage, error)
	// Events returns committed events of the activity that the reader may see,
	// oldest first: at most limit of those with after < seq < before
	// (before 0: no bound); the newest of them if newest is set.
	Events func(ctx context.Context, after, before uint64, limit int, newest bool) ([]Event, error)
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

// past is an activity through a seq.
type past struct {
	log            Log
	logger         *slog.Logger
	room, activity string
	kind           Kind
	made           uint64 // the seq of its settings
	through        uint64
}

// reading is the past as a member may see it.
func (p past) reading(m Member) Reading {
	return Reading{
		Room: p.room, Activity: p.activity, Reader: m,
		Events: func(ctx context.Context, after, before uint64, limit int, newest bool) ([]Event, error) {
			q := Query{Room: p.room, Activity: p.activity, After: after, Through: p.through, Limit: limit, Newest: newest}
			if before > 0 {
				q.Through = min(p.through, before-1)
			}
			events, err := p.log.Events(ctx, q)
			if err != nil {
				return nil, fmt.Errorf("read events: %w", err)
			}
			seen := events[:0]
			for _, e := range events {
				if e.To.Sees(m) {
					seen = append(seen, e)
				}
			}
			return seen, nil
		},
		Settings: func(ctx context.Context) (json.RawMessage, error) { return settingsOf(ctx, p.log, p.room, p.made) },
		Frames:   kept{p},
	}
}

// kept are the frames that the log keeps of an activity.
type kept struct{ past }

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
