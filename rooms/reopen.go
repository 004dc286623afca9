package rooms

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// Between attempts to reopen a room, doubling.
const (
	reopenFirst = 50 * time.Millisecond
	reopenMost  = 2 * time.Second
)

// reopened is what the log says after a failed commit.
type reopened struct {
	head    Head
	lobby   *slot
	missed  []Event // committed, although the commit said otherwise
	settled map[string]Settled
}

// reopen drops the state, which ran ahead of the log, and reads it again. The
// peers stay connected; their commands wait.
func (r *Room) reopen() {
	r.moving = true
	for _, s := range r.slots {
		for _, a := range s.waiting {
			r.answerLater(a, answer{refused: WaitMoving, after: 500})
		}
		for _, f := range s.opened {
			f(WaitMoving)
		}
		for _, p := range s.reading {
			r.answerLater(p.a, answer{refused: WaitMoving, after: 500})
		}
		for _, a := range s.making {
			r.answerLater(a, answer{refused: WaitMoving, after: 500})
		}
	}
	for _, q := range r.queues {
		for _, a := range q.parked {
			r.answerLater(a, answer{refused: WaitMoving, after: 500})
		}
		q.parked = nil
	}
	r.slots = map[string]*slot{}
	told := r.head.Seq
	peers := make([]string, 0, len(r.queues))
	for peer := range r.queues {
		peers = append(peers, peer)
	}
	r.loaders.Add(1)
	go r.reread(told, peers)
}

// reread tries until the log can be read, or the room is to end.
func (r *Room) reread(told uint64, peers []string) {
	defer r.loaders.Done()
	for pause := reopenFirst; ; pause = min(2*pause, reopenMost) {
		again, err := r.readAgain(context.Background(), told, peers)
		if err == nil {
			r.post(func() { r.resume(again) })
			return
		}
		if errors.Is(err, ErrNoRoom) { // it was erased
			r.end()
			return
		}
		r.logger.Error("room cannot be reopened yet", "room", r.id, "error", err)
		select {
		case <-time.After(pause):
		case <-r.quit:
			return
		}
	}
}

func (r *Room) readAgain(ctx context.Context, told uint64, peers []string) (a reopened, err error) {
	if a.head, err = r.log.Head(ctx, r.id); err != nil {
		return a, fmt.Errorf("read head: %w", err)
	}
	if a.lobby, err = loadLobby(ctx, r.log, a.head, r.kinds); err != nil {
		return a, err
	}
	if a.missed, err = r.log.Events(ctx, Query{Room: r.id, After: told, Through: a.head.Seq}); err != nil {
		return a, fmt.Errorf("read missed events: %w", err)
	}
	a.settled = make(map[string]Settled, len(peers))
	for _, peer := range peers {
		if a.settled[peer], err = r.log.Settled(ctx, r.id, peer); err != nil {
			return a, fmt.Errorf("read settled: %w", err)
		}
	}
	return a, nil
}

// resume goes on from what the log says.
func (r *Room) resume(a reopened) {
	r.head = a.head
	r.lobby = a.lobby.act.(*lobby)
	r.slots = map[string]*slot{LobbyID: a.lobby}
	for peer, s := range a.settled {
		r.queues[peer].restore(s)
	}
	r.moving = false
	after := r.after
	r.after = nil
	if len(a.missed) > 0 {
		r.tellEvents(a.missed, a.head)
	}
	for _, f := range after {
		f()
	}
	r.logger.Info("room reopened", "room", r.id, "seq", r.head.Seq)
}

// loadLobby builds the lobby of a room.
func loadLobby(ctx context.Context, log Past, head Head, kinds map[string]Kind) (*slot, error) {
	kind := lobbyKind(kinds)
	l, err := loadActivity(ctx, log, head.Room, LobbyID, kind, 0, head.Seq, nil)
	if err != nil {
		return nil, fmt.Errorf("load lobby: %w", err)
	}
	return &slot{id: LobbyID, kind: kind, act: l.act, changed: l.changed, events: l.events, bytes: l.bytes, dirty: true}, nil
}
