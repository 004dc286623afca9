package rooms

import (
	"cmp"
	"context"
)

// Member tells which room a join code is, and who a person is in it.
func (h *Hall) Member(ctx context.Context, code, person string) (room string, m Member, err error) {
	var refused error
	err = h.with(ctx, code, func(r *Room) {
		room = r.id
		m, refused = r.lobby.person(person)
	})
	if err == nil {
		err = refused
	}
	return room, m, err
}

// Brings tells why a person may not bring files into a room now; nil if they may:
// who can say something there, or write.
func (h *Hall) Brings(ctx context.Context, code, person string) error {
	var refused error
	err := h.with(ctx, code, func(r *Room) {
		var m Member
		if m, refused = r.lobby.person(person); refused == nil {
			refused = r.lobby.brings(m, r.now())
		}
	})
	return cmp.Or(err, refused)
}

func (l *lobby) brings(m Member, now int64) error {
	if m.Role < Participant {
		return ErrRole
	}
	if m.Role >= Editor && l.brake(m, Needs{Class: Write}, now) == nil {
		return nil
	}
	return l.brake(m, Needs{Class: Talk}, now)
}

// Sees tells whether a role may see one of a room's activities. What the lobby
// says everyone sees.
func (h *Hall) Sees(ctx context.Context, room string, role Role, activities []string) (bool, error) {
	sees := false
	err := h.withID(ctx, room, func(r *Room) {
		for _, id := range activities {
			_, ok := r.lobby.sees(role, id)
			sees = sees || ok || id == LobbyID
		}
	})
	return sees, err
}
