package rooms

import (
	"context"
	"errors"
	"time"
)

// KeptDeleted is how long a deleted room can be restored by its owner. Then it
// is erased.
const KeptDeleted = 30 * 24 * time.Hour

// ErrDeleted means that the room was deleted.
var ErrDeleted = Refuse("deleted", "This room was deleted.")

// decideDelete takes the room away from everybody, or gives it back.
func (l *lobby) decideDelete(c Command, ask lobbyAsk) ([]Event, error) {
	switch {
	case ask.On == nil:
		return nil, ErrMalformed
	case l.s.Deleted > 0 && (*ask.On || c.At >= l.s.Deleted+KeptDeleted.Milliseconds()):
		return nil, ErrDeleted
	}
	return one("deleted", Audience{}, map[string]any{"on": *ask.On}), nil
}

// asking finds the member who asks for a command: of a deleted room the owner,
// who asks for it back, and nobody else.
func (l *lobby) asking(id string, c Command) (Member, error) {
	m, err := l.member(id)
	owner, ok := l.s.Members[id]
	if errors.Is(err, ErrDeleted) && ok && owner.Role == Owner && c.In == LobbyID && c.Do == "delete" {
		return owner.Member, nil
	}
	return m, err
}

// asking finds the member that a person is who asks for a command.
func (h *Hall) asking(ctx context.Context, code, person string, c Command) (m Member, err error) {
	var refused error
	err = h.with(ctx, code, func(r *Room) { m, refused = r.lobby.asking(r.lobby.s.Persons[person], c) })
	return m, errors.Join(err, refused)
}
