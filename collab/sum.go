package collab

import (
	"context"

	"plenum/collab/delta"
	"plenum/rooms"
)

// Sum is the hash of the content at a revision: whoever has the same content
// finds the same hash.
type Sum struct {
	Rev  uint64 `json:"rev"`
	Hash string `json:"hash"` // as in every hundredth change
}

// sum is the named read {rev}: the Sum of a revision. It is made from what is
// stored, not from what the room has in memory.
func sum(ctx context.Context, r rooms.Reading) (any, error) {
	rev, err := number(r, "rev", 0)
	if err != nil {
		return nil, err
	}
	w, err := walkTo(ctx, r, rev)
	if err != nil {
		return nil, err
	}
	defer w.end()
	if w.rev != rev {
		return nil, ErrRange
	}
	whole := delta.Delta{}.Sum()
	for piece := range w.plain(func(string, int) {}) {
		whole = whole.Then(piece.Sum())
	}
	return Sum{Rev: w.rev, Hash: whole.String()}, nil
}
