package rooms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// Tell makes what programs outside are told of an event that every viewer may
// see: of the event, of what a viewer saw of its activity right after it, and of
// what a viewer sees there now. nil: nothing, or nothing any more. It is pure.
type Tell func(e Event, then, now json.RawMessage) any

// Outside is what programs outside are told of an event.
type Outside struct {
	Type string `json:"-"` // of the kind and the event: "poll.closed"
	At   int64  `json:"-"` // Unix milliseconds
	Seq  uint64 `json:"seq,omitempty"`
	Room struct {
		Code  string `json:"code"`
		Title string `json:"title"`
	} `json:"room"`
	Activity *struct {
		ID    string `json:"id"`
		Kind  string `json:"kind"`
		Title string `json:"title"`
	} `json:"activity,omitempty"`
	With any `json:"with,omitempty"`
}

// ErrUntold means that nothing is told of an event, or nothing any more.
var ErrUntold = errors.New("nothing is told of this")

// TellsOf names what an event would tell outside; "" if nothing.
func TellsOf(kind Kind, e Event) string {
	if kind.Tells[e.Did] == nil || !e.To.Sees(spectator) {
		return ""
	}
	return kind.Name + "." + e.Did
}

// Ping is what programs outside are told to see whether they hear it; ErrUntold
// of a room that tells nothing.
func (s *Sights) Ping(ctx context.Context, room string) (Outside, error) {
	sight, err := s.Of(ctx, room)
	if errors.Is(err, ErrNoRoom) || err == nil && sight.silent {
		return Outside{}, ErrUntold
	}
	if err != nil {
		return Outside{}, err
	}
	return sight.outside("ping"), nil
}

func (s *Sight) outside(what string) Outside {
	o := Outside{Type: what}
	o.Room.Code, o.Room.Title = s.Code, s.Title
	return o
}

// Outside makes what is told of an event, as it may be told now: ErrUntold if its
// activity is none for viewers any more, or its room is deleted or archived.
func (s *Sights) Outside(ctx context.Context, room, epoch string, seq uint64) (Outside, error) {
	o, err := s.Ping(ctx, room)
	if err != nil {
		return o, err
	}
	sight, err := s.Of(ctx, room)
	if err != nil {
		return o, err
	}
	events, err := s.past.Events(ctx, Query{Room: room, After: seq - 1, Through: seq})
	if err != nil {
		return o, err
	}
	if sight.Epoch != epoch || len(events) != 1 {
		return o, ErrUntold
	}
	e := events[0]
	a, ok := sight.Opens(spectator.Role, e.In)
	kind := s.kinds[a.Kind]
	if o.Type = TellsOf(kind, e); !ok || o.Type == "" || e.Blank() {
		return o, ErrUntold
	}
	head, err := s.past.Head(ctx, room)
	if err != nil {
		return o, err
	}
	then, err := s.viewed(ctx, room, a, kind, seq)
	if err != nil {
		return o, err
	}
	now, err := s.viewed(ctx, room, a, kind, head.Seq)
	if err != nil {
		return o, err
	}
	err = sound(func() error { o.With = kind.Tells[e.Did](e, then, now); return nil })
	if err != nil {
		return o, fmt.Errorf("tell event %d of room %s: %w", seq, room, err)
	}
	if o.With == nil {
		return o, ErrUntold
	}
	o.At, o.Seq = e.At, e.Seq
	o.Activity = &struct {
		ID    string `json:"id"`
		Kind  string `json:"kind"`
		Title string `json:"title"`
	}{a.ID, a.Kind, a.Title}
	return o, nil
}

// viewed is what a viewer sees of an activity as it was through a seq.
func (s *Sights) viewed(ctx context.Context, room string, a Seen, kind Kind, through uint64) (view json.RawMessage, err error) {
	l, err := loadActivity(ctx, s.past, room, a.ID, kind, a.made, through, nil)
	if err != nil {
		return nil, fmt.Errorf("read %s of room %s: %w", a.ID, room, err)
	}
	err = sound(func() (err error) { view, err = json.Marshal(l.act.View(spectator)); return err })
	return view, err
}

// NoteHook writes into the room's log what a member did with a webhook: "hooked",
// "unhooked", "rekeyed", "rehooked". at is the host that is told.
func (h *Hall) NoteHook(ctx context.Context, room, member, did, at string) error {
	return h.doAsRoom(ctx, room, "hook", map[string]any{"member": member, "name": did, "title": at})
}

// hookDid is what is noted of webhooks.
var hookDid = []string{"hooked", "rehooked", "rekeyed", "unhooked"}

func (l *lobby) decideHook(ask lobbyAsk) ([]Event, error) {
	if l.s.Archived && ask.Name != "unhooked" {
		return nil, ErrArchived
	}
	for _, did := range hookDid {
		if did == ask.Name {
			events := one(did, Audience{Least: Host}, map[string]any{"title": ask.Title})
			events[0].By = ask.Member
			return events, nil
		}
	}
	return nil, ErrMalformed
}
