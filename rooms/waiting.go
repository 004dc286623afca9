package rooms

import (
	"context"
	"errors"
)

// Wait returns the member that a waiting person has become, or why the person
// was not let in. Who waits is no peer and hears nothing of the room; it costs
// the room one entry in a table.
func (h *Hall) Wait(ctx context.Context, code, person string) (Member, error) {
	for {
		var m Member
		var refused error
		var news chan struct{}
		var over <-chan struct{}
		err := h.with(ctx, code, func(r *Room) {
			if m, refused = r.lobby.person(person); !errors.Is(refused, ErrNotMember) {
				return
			}
			switch w, ok := r.lobby.s.Waiting[person]; {
			case !ok:
			case r.lobby.s.Ended:
				refused = ErrEnded
			case w.Turned:
				refused = ErrTurned
			default:
				news, over = r.await(person), r.done
			}
		})
		if err != nil || news == nil {
			return m, errors.Join(err, refused)
		}
		select {
		case <-news:
		case <-over:
		case <-ctx.Done():
			h.giveUp(code, person, news)
			return m, ctx.Err()
		}
	}
}

// giveUp forgets a wait that nobody waits for any more.
func (h *Hall) giveUp(code, person string, news chan struct{}) {
	err := h.with(context.Background(), code, func(r *Room) { r.unawait(person, news) })
	if err != nil && !errors.Is(err, WaitMoving) {
		h.o.Logger.Error("a wait could not be given up", "error", err)
	}
}

// await is closed when there is news for a person at the door. Called on the
// room's goroutine, as all below.
func (r *Room) await(person string) chan struct{} {
	news := make(chan struct{})
	if r.waits[person] == nil {
		r.waits[person] = map[chan struct{}]bool{}
	}
	r.waits[person][news] = true
	return news
}

func (r *Room) unawait(person string, news chan struct{}) {
	delete(r.waits[person], news)
	if len(r.waits[person]) == 0 {
		delete(r.waits, person)
	}
}

// answerDoor lets those at the door hear what an event means for them.
func (r *Room) answerDoor(e Event) {
	switch e.Did {
	case "entered":
		var c lobbyEntered
		decode(e.With, &c)
		r.news(c.Person)
	case "refused":
		var c struct{ People []named }
		decode(e.With, &c)
		for _, person := range r.lobby.these(c.People) {
			r.news(person)
		}
	case "ended", "deleted":
		for person := range r.waits {
			r.news(person)
		}
	}
}

// news lets those who wait as somebody look again.
func (r *Room) news(person string) {
	for news := range r.waits[person] {
		close(news)
	}
	delete(r.waits, person)
}
