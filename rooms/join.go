package rooms

import (
	"context"
	"errors"
)

// Join takes a connection's first frame and makes it a peer of the room. Frames
// to the peer may begin before Join returns. On an error the caller closes conn;
// CloseCode gives the code.
func (h *Hall) Join(ctx context.Context, code, person string, bytes []byte, conn Conn) (*Peer, error) {
	j, err := parseJoin(bytes)
	if err != nil {
		return nil, err
	}
	if NormalCode(j.Join) != NormalCode(code) {
		return nil, ErrMalformed
	}
	m, err := h.member(ctx, code, person)
	if err != nil {
		return nil, err
	}
	account, err := h.signedIn(ctx, person)
	if err != nil {
		return nil, err
	}
	for {
		p, err := h.joinOpen(ctx, code, m.ID, account, j, conn)
		if !errors.Is(err, errClosed) {
			return p, err
		}
	}
}

// joinOpen joins the room as it is open now; errClosed if it closes meanwhile,
// since it was idle until then.
func (h *Hall) joinOpen(ctx context.Context, code, member string, account bool, j joinFrame, conn Conn) (*Peer, error) {
	var r *Room
	if err := h.with(ctx, code, func(found *Room) { r = found }); err != nil {
		return nil, err
	}
	if err := h.bind(ctx, r, j.Peer, member, j.Next); err != nil {
		return nil, err
	}
	mark := ""
	if j.Seq > 0 {
		var err error
		if mark, err = h.o.Log.Mark(ctx, r.id, j.Seq); err != nil {
			return nil, err
		}
	}
	var p *Peer
	var refused error
	err := r.call(ctx, func() { p, refused = r.join(member, account, j, mark, h, conn) })
	return p, errors.Join(err, refused)
}

// join attaches a member's peer. Its epoch and mark prove that what it knows is of this
// log; otherwise everything is told as views.
func (r *Room) join(member string, account bool, j joinFrame, mark string, h *Hall, conn Conn) (*Peer, error) {
	m, err := r.lobby.member(member)
	if err != nil {
		return nil, err
	}
	p := newPeer(r, j.Peer, m, conn, account)
	r.joinPeer(p, j, mark, h)
	return p, nil
}

// joinPeer attaches a peer that may be in the room.
func (r *Room) joinPeer(p *Peer, j joinFrame, mark string, h *Hall) {
	r.used = r.clock()
	known := j.Epoch == r.head.Epoch && j.Seq <= r.head.Seq && (j.Seq == 0 || mark != "" && mark == j.Mark)
	forked := j.Epoch != "" && !known
	hello := hello{build: h.o.Build, epoch: r.head.Epoch, forked: forked, kinds: h.told}
	r.fan.post(func() { r.fan.attach(p, hello) })
	watch := j.Watch
	for id, since := range watch {
		if !known || j.Epoch == "" || since != nil && *since > j.Seq {
			watch[id] = nil
		}
	}
	r.watch(p, watch)
}

// CloseCode is the close code for an error of Join.
func CloseCode(err error) int {
	switch {
	case errors.Is(err, ErrNoRoom), errors.Is(err, ErrScreen):
		return CloseNoRoom
	case errors.Is(err, ErrNotMember):
		return CloseToken
	case errors.Is(err, ErrRemoved):
		return CloseRemoved
	case errors.Is(err, ErrEnded):
		return CloseEnded
	case errors.Is(err, ErrDeleted):
		return CloseDeleted
	case errors.Is(err, ErrPeer):
		return CloseReplaced
	}
	var refusal *Refusal
	if errors.As(err, &refusal) && !Waits(refusal) {
		return CloseJoin
	}
	return CloseRestart
}
