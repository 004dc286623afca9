package rooms

import "context"

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
