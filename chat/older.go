package chat

import (
	"cmp"
	"context"
	"slices"
	"strconv"

	"plenum/rooms"
)

// MaxOlder is the most messages that one read of older ones gives.
const MaxOlder = 100

// Page is a part of a conversation, oldest first, and whether there is more on
// either side of it.
type Page struct {
	Messages []Message `json:"messages"`
	More     bool      `json:"more"`            // before it
	Later    bool      `json:"later,omitempty"` // after it
}

// older is the named read {before, limit}: up to limit messages (50 if not
// said) from before a seq, or the newest without one.
func older(ctx context.Context, r rooms.Reading) (any, error) {
	before, limit, err := asked(r, "before")
	if err != nil {
		return nil, err
	}
	said, more, err := collect(ctx, r, 0, before, limit, true)
	if err != nil {
		return nil, err
	}
	return page(ctx, r, said, more, false)
}

// around is the named read {at, limit}: the message at a seq, with what was said
// just before and after it.
func around(ctx context.Context, r rooms.Reading) (any, error) {
	at, limit, err := asked(r, "at")
	if err != nil {
		return nil, err
	}
	if at == 0 {
		return nil, rooms.ErrMalformed
	}
	said, more, err := collect(ctx, r, 0, at, (limit+1)/2, true)
	if err != nil {
		return nil, err
	}
	after, later, err := collect(ctx, r, at-1, 0, (limit+1)/2, false)
	if err != nil {
		return nil, err
	}
	return page(ctx, r, append(said, after...), more, later)
}

// asked reads what a page is asked by: a seq, 0 if it is not said, and a limit.
func asked(r rooms.Reading, name string) (seq uint64, limit int, err error) {
	limit = MaxOlder / 2
	if text, ok := r.Ask[name]; ok {
		if seq, err = strconv.ParseUint(text, 10, 63); err != nil {
			return 0, 0, rooms.ErrMalformed
		}
	}
	if text, ok := r.Ask["limit"]; ok {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > MaxOlder {
			return 0, 0, rooms.Refuse("limit", "Ask for 1 to 100 messages at a time.")
		}
	}
	return seq, limit, nil
}

// collect reads the next messages to one side, and whether there are more. Edits
// stand among them in the log and are passed over.
func collect(ctx context.Context, r rooms.Reading, after, before uint64, limit int, newest bool) (said []rooms.Event, more bool, err error) {
	for {
		events, err := r.Words(ctx, after, before, MaxOlder+1, newest)
		if err != nil {
			return nil, false, err
		}
		whole := len(events) <= MaxOlder
		if newest {
			slices.Reverse(events)
		}
		for _, e := range events {
			if e.Did == "said" {
				said = append(said, e)
			}
		}
		if len(said) > limit || whole {
			more = len(said) > limit
			said = said[:min(limit, len(said))]
			if newest {
				slices.Reverse(said)
			}
			return said, more, nil
		}
		if last := events[len(events)-1].Seq; newest {
			before = last
		} else {
			after = last
		}
	}
}

// page puts messages and what became of them together.
func page(ctx context.Context, r rooms.Reading, said []rooms.Event, more, later bool) (any, error) {
	if len(said) == 0 {
		return Page{Messages: []Message{}, More: more, Later: later}, nil
	}
	first, last := said[0].Seq, said[len(said)-1].Seq
	about, err := r.About(ctx, first, last)
	if err != nil {
		return nil, err
	}
	events := append(slices.Clone(said), about...)
	slices.SortStableFunc(events, func(a, b rooms.Event) int { return cmp.Compare(a.Seq, b.Seq) })
	w := window{whole: true}
	for _, e := range events {
		if err := w.apply(e); err != nil {
			return nil, err
		}
	}
	messages := w.shown()
	for i := range messages {
		if messages[i].Gone { // what others thought of it goes with it
			messages[i].Reactions, messages[i].Changes = nil, 0
		}
	}
	return Page{Messages: messages, More: more, Later: later}, nil
}
