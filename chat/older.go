package chat

import (
	"context"
	"strconv"

	"plenum/rooms"
)

// MaxOlder is the most messages that one read of older ones gives.
const MaxOlder = 100

// older is the named read {before, limit}: up to limit messages (50 if not
// said) from before a seq, or the newest without one, as a View.
func older(ctx context.Context, r rooms.Reading) (any, error) {
	before, limit := uint64(0), MaxOlder/2
	var err error
	if asked, ok := r.Ask["before"]; ok {
		if before, err = strconv.ParseUint(asked, 10, 63); err != nil {
			return nil, rooms.ErrMalformed
		}
	}
	if asked, ok := r.Ask["limit"]; ok {
		if limit, err = strconv.Atoi(asked); err != nil || limit < 1 || limit > MaxOlder {
			return nil, rooms.Refuse("limit", "Ask for 1 to 100 messages at a time.")
		}
	}
	// One more than asked tells whether there are more.
	events, err := r.Events(ctx, 0, before, limit+1, true)
	if err != nil {
		return nil, err
	}
	view := View{Messages: []Message{}, More: len(events) > limit}
	if view.More {
		events = events[len(events)-limit:]
	}
	for _, e := range events {
		message, ok, err := readSaid(e)
		if err != nil {
			return nil, err
		}
		if ok {
			view.Messages = append(view.Messages, message)
		}
	}
	return view, nil
}
