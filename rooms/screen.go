package rooms

import (
	"context"
	"encoding/json"
	"errors"
)

// Screen is what a screen link tells of what it shows: one activity of a room,
// as every viewer sees it. Whoever has its key looks at it and does nothing; they
// are no member and count as nobody.
type Screen struct {
	Room     string `json:"-"` // its id
	Title    string `json:"title"`
	Code     string `json:"code,omitempty"` // how people join, if the link tells it
	Activity string `json:"activity"`
	Kind     string `json:"kind"`
	Name     string `json:"name"`            // of the activity; "" while it is not for every viewer
	Until    int64  `json:"until,omitempty"` // Unix milliseconds; 0: no end

	id, code string
}

// screenView stands for where a big view is fetched by somebody who looks at a
// screen: only they know the address of that.
const screenView = "view"

// AddScreen makes a screen link for a host. The key is told only here.
func (h *Hall) AddScreen(ctx context.Context, code, person string, what ScreenLink) (id, key string, err error) {
	room, m, err := h.Member(ctx, code, person)
	if err != nil {
		return "", "", err
	}
	if m.Role < Host {
		return "", "", ErrRole
	}
	key, id = newKey(), "s"+short(newSeed(), 8)
	link := map[string]any{"id": id, "activity": what.Activity, "code": what.Code, "until": what.Until, "hash": hashKey(key), "member": m.ID}
	if err := h.doAsRoom(ctx, room, "screen", link); err != nil {
		return "", "", err
	}
	return id, key, nil
}

// Screen finds what a key shows now. Its errors are refusals.
func (h *Hall) Screen(ctx context.Context, key string) (Screen, error) {
	hash := hashKey(key)
	room, id, err := h.o.Log.Screen(ctx, hash)
	if errors.Is(err, ErrNoRoom) {
		return Screen{}, ErrScreen
	}
	if err != nil {
		return Screen{}, err
	}
	var found Screen
	var refused error
	err = h.withID(ctx, room, func(r *Room) { found, refused = r.screen(id) })
	return found, errors.Join(err, refused)
}

func (r *Room) screen(id string) (Screen, error) {
	k, err := r.lobby.screen(id, r.now())
	if err != nil {
		return Screen{}, err
	}
	s := Screen{Room: r.id, Title: r.lobby.s.Title, Activity: k.Activity, Until: k.Until, id: id, code: r.code}
	if k.Code {
		s.Code = r.code
	}
	if a, ok := r.lobby.s.Activities[k.Activity]; ok {
		s.Kind = a.Kind
	}
	if a, ok := r.lobby.sees(spectator.Role, k.Activity); ok {
		s.Name = a.Title
	}
	return s, nil
}

// JoinScreen makes a connection's first frame a peer that looks at a screen and
// does nothing else. The frame is as for Join; what it says of the room and of a
// queue is not looked at.
func (h *Hall) JoinScreen(ctx context.Context, key string, bytes []byte, conn Conn) (*Peer, error) {
	j, err := parseJoin(bytes)
	if err != nil {
		return nil, err
	}
	for {
		s, err := h.Screen(ctx, key)
		if err != nil {
			return nil, err
		}
		p, err := h.joinScreen(ctx, s, j, conn)
		if !errors.Is(err, errClosed) {
			return p, err
		}
	}
}

func (h *Hall) joinScreen(ctx context.Context, s Screen, j joinFrame, conn Conn) (*Peer, error) {
	r, err := h.room(ctx, s.Room)
	if err != nil {
		return nil, err
	}
	mark := ""
	if j.Seq > 0 {
		if mark, err = h.o.Log.Mark(ctx, r.id, j.Seq); err != nil {
			return nil, err
		}
	}
	var p *Peer
	var refused error
	err = r.call(ctx, func() {
		if _, refused = r.lobby.screen(s.id, r.now()); refused == nil {
			p = newPeer(r, "screen-"+newKey(), spectator, conn, false)
			p.screen = &screening{id: s.id, activity: s.Activity, until: s.Until}
			r.joinPeer(p, j, mark, h)
		}
	})
	return p, errors.Join(err, refused)
}

// ScreenView is View, by the key of a screen link: of what it shows, and of
// nothing else.
func (h *Hall) ScreenView(ctx context.Context, key, activity string) (json.RawMessage, error) {
	s, as, err := h.looking(ctx, key, activity)
	if err != nil {
		return nil, err
	}
	shown, _, err := h.shownOf(ctx, s.code, as, func(_ *Room, m Member) (string, Member) { return activity, m })
	if err != nil {
		return nil, err
	}
	return shown.encode()
}

// ScreenRead is Read, by the key of a screen link.
func (h *Hall) ScreenRead(ctx context.Context, key, activity, name string, ask map[string]string) (any, error) {
	s, as, err := h.looking(ctx, key, activity)
	if err != nil {
		return nil, err
	}
	return h.read(ctx, s.code, as, activity, name, ask)
}

// looking finds the screen that shows an activity, and who looks at it.
func (h *Hall) looking(ctx context.Context, key, activity string) (Screen, reader, error) {
	s, err := h.Screen(ctx, key)
	if err != nil {
		return s, nil, err
	}
	if activity != s.Activity {
		return s, nil, ErrNoActivity
	}
	return s, func(r *Room) (Member, error) {
		_, err := r.lobby.screen(s.id, r.now())
		return spectator, err
	}, nil
}

// screening is what a peer looks at that is no member. It does not change.
type screening struct {
	id, activity string
	until        int64
}

// who is the member that a peer is, as they are now, or the spectator of a screen.
func (r *Room) who(p *Peer) (Member, error) {
	if p.screen == nil {
		return r.lobby.member(p.of)
	}
	_, err := r.lobby.screen(p.screen.id, r.now())
	return spectator, err
}

// looks takes a frame of somebody who only looks: to watch, and nothing else.
func (p *Peer) looks(in incoming) {
	if in.Signal != "" || in.Watch == nil && in.Unwatch == nil {
		if p.allow(p.commands, in) {
			p.reject(in, ErrRole)
		}
		return
	}
	if p.allow(p.commands, in) {
		p.rewatch(in)
	}
}

// The fan-out's side, on its goroutine.

// cutScreens ends those who look at a screen.
func (f *fan) cutScreens(which func(*screening) bool) {
	for _, p := range f.peers {
		if p.screen != nil && which(p.screen) {
			f.cut(p, CloseCode(ErrScreen), ErrScreen.Say)
		}
	}
}

// showAgain gives those who look at an activity that can be seen again a view of it.
func (f *fan) showAgain(activity string) {
	for _, p := range f.peers {
		if p.screen != nil && p.screen.activity == activity {
			f.hold(p, activity)
			go f.r.post(func() { f.r.watch(p, map[string]*uint64{activity: nil}) })
		}
	}
}

// crowd is everyone as somebody is told who is no member: so many people.
func (s *presence) crowd() *presenceChange {
	return &presenceChange{People: s.people, All: true, Here: []present{}}
}

// presenceFor is what a peer is told of who is here after a version; nil if nothing
// has changed.
func (f *fan) presenceFor(p *Peer, version uint64) *presenceChange {
	switch {
	case p.screen == nil:
		return f.present.since(version)
	case version == f.present.version:
		return nil
	}
	return f.present.crowd()
}

// count keeps how many peers there are, and how many of them are no member's.
func (f *fan) count(p *Peer, by int64) {
	f.crowd.Store(int64(len(f.peers)))
	if p.screen != nil {
		f.screens.Add(by)
	}
}
