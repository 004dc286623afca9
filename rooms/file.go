package rooms

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
)

// DoFile is a command whose content is made of a file; only In, Do, Peer and N
// of the command are read.
func (h *Hall) DoFile(ctx context.Context, code, person string, c Command, mediaType string, file []byte) (json.RawMessage, error) {
	var err error
	if c.With, err = h.LookFile(ctx, code, person, c, mediaType, file); err != nil {
		return nil, err
	}
	return h.Do(ctx, code, person, c)
}

// LookFile is the content that a command would have if it were made of a file.
// Nothing is done. Whoever may not ask for the command costs nothing.
func (h *Hall) LookFile(ctx context.Context, code, person string, c Command, mediaType string, file []byte) (json.RawMessage, error) {
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
	var with json.RawMessage
	err = sound(func() (err error) { with, err = from(mediaType, file); return err })
	return with, err
}

// maxFileName is how long the name of a file may be, in characters.
const maxFileName = 60

// FileName is a title as every system can have it for the name of a file,
// without an end; another name if nothing is left of it.
func FileName(title, other string) string {
	name := []rune(strings.Join(strings.FieldsFunc(title, func(r rune) bool {
		return r <= ' ' || r == 0x7f || strings.ContainsRune(`<>:"/\|?*`, r)
	}), " "))
	short := strings.Trim(string(name[:min(len(name), maxFileName)]), ". ")
	if short == "" {
		return other
	}
	return short
}
