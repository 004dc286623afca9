package rooms

var (
	errNoMember = Refuse("no-member", "That person is not in this room.")
	errOwner    = Refuse("owner", "The owner stays the owner.")
)

func (l *lobby) decideMember(c Command, ask lobbyAsk) ([]Event, error) {
	m, ok := l.s.Members[ask.Member]
	if !ok {
		return nil, errNoMember
	}
	if m.Role == Owner {
		return nil, errOwner
	}
	to := Audience{Least: Host}
	switch c.Do {
	case "remove":
		return one("removed", to, named{ID: m.ID, Name: m.Name}), nil
	case "readmit":
		return one("readmitted", to, map[string]any{"id": m.ID}), nil
	}
	if ask.Role < Viewer || ask.Role > Host {
		return nil, ErrMalformed
	}
	return one("role", to, map[string]any{"member": m.ID, "role": ask.Role}), nil
}

// decideHand makes another member the owner, and the former owner a host.
func (l *lobby) decideHand(c Command, ask lobbyAsk) ([]Event, error) {
	m, ok := l.s.Members[ask.Member]
	if !ok || m.Removed {
		return nil, errNoMember
	}
	former, ok := l.s.Members[c.From.ID]
	if !ok || m.Role == Owner {
		return nil, errOwner
	}
	to := Audience{Least: Host}
	return append(
		one("role", to, map[string]any{"member": m.ID, "role": Owner}),
		one("role", to, map[string]any{"member": former.ID, "role": Host})...), nil
}
