package collab

import (
	"fmt"

	"plenum/collab/delta"
)

// spans are compositions of neighbouring changes, made when a late change needs
// them and kept for the next: at level l those of 2^l changes, of which the
// first has a revision that 2^l divides. Any stretch of history is a few of
// them, and a change that is transformed over them ends as if it had been
// transformed over the single changes. So however many late changes there are,
// no part of the history is composed twice.
type spans map[spanKey]delta.Delta

type spanKey struct {
	level int
	place uint64 // of the first revision, divided by 2^level
}

// maxLevel is that of the longest span that fits in a window.
const maxLevel = 10

// levelAt is that of the longest span that begins at a revision and does not
// reach behind the head.
func levelAt(rev, head uint64) int {
	level := 0
	for level < maxLevel && rev&(1<<(level+1)-1) == 0 && rev+1<<(level+1)-1 <= head {
		level++
	}
	return level
}

// span is one of the spans. All its changes must be in the window.
func (w *window) span(level int, place uint64) (delta.Delta, error) {
	if level == 0 {
		return w.changes[place-w.first].change, nil
	}
	key := spanKey{level, place}
	if found, ok := w.spans[key]; ok {
		return found, nil
	}
	a, err := w.span(level-1, 2*place)
	if err != nil {
		return nil, err
	}
	b, err := w.span(level-1, 2*place+1)
	if err != nil {
		return nil, err
	}
	both, err := delta.Compose(a, b)
	if err != nil {
		return nil, fmt.Errorf("compose the changes of revision %d and after: %w", place<<level, err)
	}
	w.spans[key] = both
	return both, nil
}

// forget lets go of the spans that have a revision in them.
func (s spans) forget(rev uint64) {
	for level := 1; level <= maxLevel; level++ {
		delete(s, spanKey{level, rev >> level})
	}
}
