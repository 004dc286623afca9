package collab

import (
	"sync"

	"plenum/collab/delta"
)

// snapshot is a content that does not change any more. It is encoded once, by
// whoever needs it first, on any goroutine.
type snapshot struct {
	text    text
	once    sync.Once
	encoded []byte
}

// MarshalJSON is the content as a Delta.
func (s *snapshot) MarshalJSON() ([]byte, error) {
	s.once.Do(func() { s.encoded = delta.AppendDocument(nil, s.text.pieces()) })
	return s.encoded, nil
}
