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
	// First is the message that a thread begins with, if it is a part of one.
	First *Message `json:"first,omitempty"`
}

// older is the named read {before, limit, thread}: up to limit messages (50 if
// not said) from before a seq, or the newest without one; of the chat, or of a
// thread.
func older(ctx context.Context, r rooms.Reading) (any, error) {
	before, limit, err := asked(r, "before")
	if err != nil {
		return nil, err
	}
	thread, err := seqOf(r, "thread")
	if err != nil {
		return nil, err
	}
	said, more, err := collect(ctx, r, thread, 0, before, limit, true)
	if err != nil {
		return nil, err
	}
	return page(ctx, r, thread, said, more, false)
}

// around is the named read {at, limit}: the message at a seq, with what was said
// just before and after it, in the chat or in its thread.
func around(ctx context.Context, r rooms.Reading) (any, error) {
	at, limit, err := asked(r, "at")
	if err != nil {
		return nil, err
	}
	if at == 0 {
		return nil, rooms.ErrMalformed
	}
	there, err := r.Events(ctx, at-1, at+1, 1, false)
	if err != nil {
		return nil, err
	}
	var thread uint64
	if len(there) > 0 {
		thread = there[0].Thread
	}
	said, more, later, err := beside(ctx, r, thread, at, limit)
	if err != nil {
		return nil, err
	}
	return page(ctx, r, thread, said, more, later)
}

// beside reads up to limit messages on both sides of a seq, that one with those
// after it, and whether there are more on either side.
func beside(ctx context.Context, r rooms.Reading, thread, at uint64, limit int) (said []rooms.Event, more, later bool, err error) {
	said, more, err = collect(ctx, r, thread, 0, at, (limit+1)/2, true)
	if err != nil {
		return nil, false, false, err
	}
	after, later, err := collect(ctx, r, thread, at-1, 0, (limit+1)/2, false)
	return append(said, after...), more, later, err
}

// asked reads what a page is asked by: a seq, 0 if it is not said, and a limit.
func asked(r rooms.Reading, name string) (seq uint64, limit int, err error) {
	limit = MaxOlder / 2
	if seq, err = seqOf(r, name); err != nil {
		return 0, 0, err
	}
	if text, ok := r.Ask["limit"]; ok {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > MaxOlder {
			return 0, 0, rooms.Refuse("limit", "Ask for 1 to 100 messages at a time.")
		}
	}
	return seq, limit, nil
}

// seqOf is a seq that is asked for; 0 if none is.
func seqOf(r rooms.Reading, name string) (uint64, error) {
	text, ok := r.Ask[name]
	if !ok {
		return 0, nil
	}
	seq, err := strconv.ParseUint(text, 10, 63)
	if err != nil {
		return 0, rooms.ErrMalformed
	}
	return seq, nil
}

// collect reads the next messages to one side, and whether there are more. What
// changed them stands among them in the log and is passed over.
func collect(ctx context.Context, r rooms.Reading, thread, after, before uint64, limit int, newest bool) (said []rooms.Event, more bool, err error) {
	for {
		events, err := r.Words(ctx, thread, after, before, MaxOlder+1, newest)
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
func page(ctx context.Context, r rooms.Reading, thread uint64, said []rooms.Event, more, later bool) (Page, error) {
	messages, err := become(ctx, r, thread, said)
	if err != nil {
		return Page{}, err
	}
	p := Page{Messages: messages, More: more, Later: later}
	if thread == 0 {
		return p, nil
	}
	first, _, err := collect(ctx, r, 0, thread-1, thread+1, 1, false)
	if err != nil {
		return Page{}, err
	}
	began, err := become(ctx, r, 0, first)
	if err != nil {
		return Page{}, err
	}
	if len(began) == 0 {
		return Page{}, ErrNoSuch
	}
	p.First = &began[0]
	return p, nil
}

// become are messages of the chat or of one thread as they are now.
func become(ctx context.Context, r rooms.Reading, thread uint64, said []rooms.Event) ([]Message, error) {
	if len(said) == 0 {
		return []Message{}, nil
	}
	about, err := r.About(ctx, thread, said[0].Seq, said[len(said)-1].Seq)
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
	if thread == 0 {
		err = threaded(ctx, r, messages)
	}
	return messages, err
}

// threaded gives messages what they show of their threads.
func threaded(ctx context.Context, r rooms.Reading, messages []Message) error {
	seqs := make([]uint64, len(messages))
	for i, m := range messages {
		seqs[i] = m.Seq
	}
	newest, err := r.Newests(ctx, seqs)
	if err != nil {
		return err
	}
	for _, e := range newest {
		if at, ok := slices.BinarySearchFunc(messages, e.Thread, func(m Message, seq uint64) int { return cmp.Compare(m.Seq, seq) }); ok {
			messages[at].Replies = repliesOf(e.Thread, []rooms.Event{e})
		}
	}
	return nil
}
