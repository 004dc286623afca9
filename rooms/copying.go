package rooms

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
)

// Contents is what a host may take of a room to make another of it: its outline
// and its activities without those in the bin, in their order and without their
// settings. ErrRole for all others.
func (h *Hall) Contents(ctx context.Context, code, person string) (m Member, o Outline, all []Part, err error) {
	var refused error
	err = h.with(ctx, code, func(r *Room) {
		if m, refused = r.lobby.person(person); refused != nil {
			return
		}
		if m.Role < Host {
			refused = ErrRole
			return
		}
		o = Outline{Title: r.lobby.s.Title, CodeRole: r.lobby.s.CodeRole}
		for _, a := range r.lobby.View(m).(lobbyView).Activities {
			if !a.Binned {
				all = append(all, Part{ID: a.ID, Kind: a.Kind, Title: a.Title, Least: a.Least})
			}
		}
	})
	return m, o, all, errors.Join(err, refused)
}

// Copy gives the settings that make a copy of an activity, for a host; nil if its
// kind has none to give. It replays the activity outside its room: a long
// document costs the people in it nothing.
func (h *Hall) Copy(ctx context.Context, code, person, activity string) (settings json.RawMessage, err error) {
	o, err := h.opening(ctx, code, byPerson(person), activity)
	if err != nil {
		return nil, err
	}
	if o.reader.Role < Host {
		return nil, ErrRole
	}
	l, err := loadActivity(ctx, h.o.Log, o.room, activity, o.kind, o.made, o.through, nil)
	if err != nil {
		return nil, fmt.Errorf("copy %s of room %s: %w", activity, o.room, err)
	}
	c, ok := l.act.(Copier)
	if !ok {
		return nil, nil
	}
	err = sound(func() (err error) { settings, err = c.Copy(); return err })
	if err != nil {
		return nil, fmt.Errorf("copy %s of room %s: %w", activity, o.room, err)
	}
	return settings, nil
}
