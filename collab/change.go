package collab

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"plenum/collab/delta"
	"plenum/rooms"
)

// asked is the content of a command "change".
type asked struct {
	base     uint64
	change   delta.Delta
	restores *uint64
}

// parseChange reads {"base","change","restores"} and checks all that can be checked
// without the document.
func parseChange(with json.RawMessage) (asked, error) {
	var raw struct {
		Base     *uint64
		Change   json.RawMessage
		Restores *uint64
	}
	if err := json.Unmarshal(with, &raw); err != nil || raw.Base == nil || raw.Change == nil {
		return asked{}, rooms.ErrMalformed
	}
	change, err := delta.ParseMost(raw.Change, MaxOperations)
	if err != nil {
		return asked{}, refused(err)
	}
	return asked{*raw.Base, change, raw.Restores}, nil
}

// parseSettings reads what a document is made of. A null content is none.
func parseSettings(raw json.RawMessage, allowed func(delta.Delta) error) (delta.Delta, error) {
	var given struct{ Content json.RawMessage }
	if len(raw) > 0 {
		if err := json.Unmarshal(raw, &given); err != nil {
			return nil, rooms.ErrMalformed
		}
	}
	if given.Content == nil || string(given.Content) == "null" {
		return delta.Delta{delta.Write("\n", nil)}, nil
	}
	content, err := delta.Parse(given.Content)
	if err != nil {
		return nil, refused(err)
	}
	return contentOf(content, allowed)
}

// contentOf is a content in normal form, if a document may have it.
func contentOf(content delta.Delta, allowed func(delta.Delta) error) (delta.Delta, error) {
	if err := allowed(content); err != nil {
		return nil, err
	}
	if !bringsAnchors(content, 0) || slices.ContainsFunc(content, func(o delta.Op) bool { return marks(o.Attributes()) > 0 }) {
		return nil, ErrFormat
	}
	content = content.Normal()
	switch {
	case !content.IsDocument() || !endsInNewline(content):
		return nil, ErrLength
	case content.Len() > MaxUnits:
		return nil, ErrTooBig
	}
	return content, nil
}

func endsInNewline(content delta.Delta) bool {
	if len(content) == 0 {
		return false
	}
	last := content[len(content)-1].Text()
	return last != "" && last[len(last)-1] == '\n'
}

// fits tells whether a change can be made to a document of that length, which
// ends in a newline that must stay the last.
func fits(change delta.Delta, length int) error {
	at := 0
	for _, o := range change {
		if o.Inserts() {
			if at >= length {
				return ErrLength
			}
			continue
		}
		at += o.Len()
		if at > length || o.Kind() == delta.Delete && at == length {
			return ErrLength
		}
	}
	return nil
}

// refused is what is said of an error of package delta.
func refused(err error) error {
	for known, refusal := range map[error]*rooms.Refusal{
		delta.ErrShape: rooms.ErrMalformed, delta.ErrText: ErrText, delta.ErrPair: ErrText, delta.ErrLength: ErrLength,
		delta.ErrValue: ErrFormat, delta.ErrEmpty: ErrFormat, delta.ErrMany: ErrTooBig,
	} {
		if errors.Is(err, known) {
			return refusal
		}
	}
	return err
}

// changed is the content of the event. Hash is that of the content after it,
// in every hundredth. Restores is the revision that a person went back to by it,
// Decided what the room has decided so, Polls what it has seen of polls in the text.
// Folded is set if it stands for several changes (see fold.go).
type changed struct {
	Rev      uint64
	Change   delta.Delta
	Hash     string
	Restores *uint64
	Decided  *Decision
	Polls    []Poll
	Folded   *folded
}

func readChanged(e rooms.Event) (changed, error) {
	var with changed
	if e.Did != "changed" {
		return with, fmt.Errorf("collab: event %d did %q", e.Seq, e.Did)
	}
	if err := json.Unmarshal(e.With, &with); err != nil {
		return with, fmt.Errorf("collab: read event %d: %w", e.Seq, err)
	}
	return with, nil
}
