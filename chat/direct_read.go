package chat

import (
	"context"

	"plenum/rooms"
)

// DirectPage is a part of a talk, oldest first, and with whom it is; without a
// thread if nothing was said yet.
type DirectPage struct {
	Page
	Thread uint64  `json:"thread,omitempty"`
	With   *Person `json:"with,omitempty"`
}

// directOlder is the named read {thread or with, before, limit}: up to limit
// messages (50 if not said) of a talk from before a seq, or the newest without one.
func directOlder(ctx context.Context, r rooms.Reading) (any, error) {
	before, limit, err := asked(r, "before")
	if err != nil {
		return nil, err
	}
	thread, err := seqOf(r, "thread")
	if err != nil {
		return nil, err
	}
	if with := r.Ask["with"]; thread == 0 && with != "" {
		if thread, err = talkWith(ctx, r, with); err != nil {
			return nil, err
		}
		if thread == 0 {
			return DirectPage{Page: Page{Messages: []Message{}}}, nil
		}
	}
	said, more, err := collect(ctx, r, thread, 0, before, limit, true)
	if err != nil {
		return nil, err
	}
	return directPage(ctx, r, thread, said, more, false)
}

// directAround is the named read {at, limit}: the message at a seq, with what was
// said just before and after it.
func directAround(ctx context.Context, r rooms.Reading) (any, error) {
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
	if len(there) == 0 || there[0].Thread == 0 {
		return nil, ErrNoSuch
	}
	thread := there[0].Thread
	said, more, later, err := beside(ctx, r, thread, at, limit)
	if err != nil {
		return nil, err
	}
	return directPage(ctx, r, thread, said, more, later)
}

// directPage puts a part of a talk together, for one of the two: to anybody else
// there is no such talk.
func directPage(ctx context.Context, r rooms.Reading, thread uint64, said []rooms.Event, more, later bool) (any, error) {
	if thread == 0 {
		return nil, rooms.ErrMalformed
	}
	there, err := r.Events(ctx, thread-1, thread+1, 1, false)
	if err != nil {
		return nil, err
	}
	if len(there) == 0 || there[0].Did != "began" {
		return nil, ErrNoSuch
	}
	messages, err := become(ctx, r, thread, said)
	if err != nil {
		return nil, err
	}
	with, err := otherOf(there[0], r.Reader.ID)
	return DirectPage{Page: Page{Messages: messages, More: more, Later: later}, Thread: thread, With: &with}, err
}

// otherOf is with whom a talk is.
func otherOf(e rooms.Event, member string) (Person, error) {
	var with began
	if err := read(e, &with); err != nil {
		return Person{}, err
	}
	if with.People[0].ID == member {
		return with.People[1], nil
	}
	return with.People[0], nil
}

// talkWith finds the talk of the reader with a member; 0 if there is none.
func talkWith(ctx context.Context, r rooms.Reading, member string) (of uint64, err error) {
	err = eachTalk(ctx, r, 0, func(t Talk) bool {
		if t.With.ID == member {
			of = t.Thread
		}
		return of == 0
	})
	return of, err
}

// directTalks is the named read {before, limit}: the reader's talks that were
// begun before a seq, the newest first, with the names of when they were begun.
func directTalks(ctx context.Context, r rooms.Reading) (any, error) {
	before, limit, err := asked(r, "before")
	if err != nil {
		return nil, err
	}
	page := DirectMine{Talks: []Talk{}}
	err = eachTalk(ctx, r, before, func(t Talk) bool {
		if page.More = len(page.Talks) == limit; !page.More {
			page.Talks = append(page.Talks, t)
		}
		return !page.More
	})
	return page, err
}

// eachTalk goes through the talks of the reader, the one begun last first, until
// it has enough. What begins them stands in no thread.
func eachTalk(ctx context.Context, r rooms.Reading, before uint64, more func(Talk) bool) error {
	for {
		events, err := r.Words(ctx, 0, 0, before, MaxOlder, true)
		if err != nil {
			return err
		}
		for i := len(events) - 1; i >= 0; i-- {
			e := events[i]
			with, err := otherOf(e, r.Reader.ID)
			if err != nil {
				return err
			}
			if !more(Talk{Thread: e.Seq, With: with, At: e.At}) {
				return nil
			}
		}
		if len(events) < MaxOlder {
			return nil
		}
		before = events[0].Seq
	}
}

// directTexts is what search can find of an event, by who sees it.
func directTexts(e rooms.Event) []rooms.Text {
	all := textsOf(e)
	for i := range all {
		all[i].To = e.To
	}
	return all
}

// directNotices is what an event has to say to the other of the two.
func directNotices(e rooms.Event) []rooms.Notice {
	all := noticesOf(e)
	for i := range all {
		all[i].Direct, all[i].To, all[i].Here, all[i].Answers = true, nil, false, 0
	}
	return all
}
