package rooms

// ErrArchived means that the room can be read, and nothing in it changed.
var ErrArchived = Refuse("archived", "This room is archived: everybody can read it, and nobody changes it. Its owner can open it again.")

// decideArchive says whether anything may be changed from now on.
func (l *lobby) decideArchive(ask lobbyAsk) ([]Event, error) {
	if ask.On == nil {
		return nil, ErrMalformed
	}
	return one("archived", Audience{}, map[string]any{"on": *ask.On}), nil
}

// opens tells whether a command is one of those that are done in an archived room.
func opens(c Command) bool { return c.In == LobbyID && (c.Do == "archive" || c.Do == "delete") }
