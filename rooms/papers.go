package rooms

import (
	"context"
	"encoding/json"
	"errors"
)

// Papers are what a room's ZIP has of an activity for people to read.
type Papers struct {
	Folder string // where they stand: "documents"
	Sees   Role   // how much they are made of, if that is more than a host may see; see Read
	Do     func(ctx context.Context, r Reading) ([]File, error)
}

// Papers are the files of an activity, for a host, and the folder where they
// belong; none if its kind has none.
func (h *Hall) Papers(ctx context.Context, code, person, activity string, ask map[string]string) (folder string, files []File, err error) {
	o, err := h.opening(ctx, code, byPerson(person), activity)
	if err != nil {
		return "", nil, err
	}
	if o.reader.Role < Host {
		return "", nil, ErrRole
	}
	papers := o.kind.Papers
	if papers.Do == nil {
		return "", nil, nil
	}
	files, err = steady(func() ([]File, error) { return papers.Do(ctx, h.reading(o, papers.Sees, ask)) })
	return papers.Folder, files, err
}

// opening is an activity that somebody reads, as it is committed just now.
type opening struct {
	committed
	code    string
	who     reader
	title   string
	keeping int
	reader  Member
}

// reader finds who reads a room, as they may now.
type reader func(*Room) (Member, error)

func byPerson(person string) reader {
	return func(r *Room) (Member, error) { return r.lobby.person(person) }
}

// opening finds an activity for somebody who may see it.
func (h *Hall) opening(ctx context.Context, code string, who reader, activity string) (o opening, err error) {
	var refused error
	err = h.with(ctx, code, func(r *Room) {
		o = opening{committed: committed{log: h.o.Log, logger: h.o.Logger, room: r.id, activity: activity, through: r.head.Seq}, code: code, who: who}
		if o.reader, refused = who(r); refused != nil {
			return
		}
		s, ok := r.slotFor(activity, o.reader.Role)
		if !ok {
			refused = ErrNoActivity
			return
		}
		o.kind, o.keeping = s.kind, r.lobby.s.keeping()
		if listed := r.lobby.s.Activities[activity]; listed != nil {
			o.title, o.made = listed.Title, listed.Made
		}
	})
	return o, errors.Join(err, refused)
}

// reading is what a read of it may use that sees so much.
func (h *Hall) reading(o opening, sees Role, ask map[string]string) Reading {
	m := o.reader
	m.Role = max(m.Role, sees)
	r := o.committed.reading(m)
	r.Title, r.Keeping, r.Ask = o.title, o.keeping, ask
	r.View = func(ctx context.Context) (json.RawMessage, error) {
		shown, _, err := h.shownOf(ctx, o.code, o.who, func(_ *Room, m Member) (string, Member) { return o.activity, m })
		if err != nil {
			return nil, err
		}
		return shown.view.encode()
	}
	r.People = func(ctx context.Context, ids []string) ([]Member, error) { return h.people(ctx, o.code, ids) }
	return r
}
