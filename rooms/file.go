package rooms

import (
	"context"
	"encoding/json"
	"errors"
)

// DoFile is a command whose content is made of a file; only In, Do, Peer and N
// of the command are read. Whoever may not ask for the command costs nothing.
func (h *Hall) DoFile(ctx context.Context, code, person string, c Command, mediaType string, file []byte) (json.RawMessage, error) {
	var from FromFile
	var refused error
	err := h.with(ctx, code, func(r *Room) {
		m, err := r.lobby.person(person)
		if err != nil {
			refused = err
			return
		}
		s, ok := r.slotFor(c.In, m.Role)
		if !ok {
			refused = ErrNoActivity
			return
		}
		needs, known := s.kind.Commands[c.Do]
		if from = s.kind.Files[c.Do]; !known || from == nil {
			refused = ErrUnknown
		} else if m.Role < needs.Role {
			refused = ErrRole
		}
	})
	if err = errors.Join(err, refused); err != nil {
		return nil, err
	}
	err = sound(func() (err error) { c.With, err = from(mediaType, file); return err })
	if err != nil {
		return nil, err
	}
	return h.Do(ctx, code, person, c)
}
