package collab

import "plenum/collab/delta"

// How much of the past is at hand to transform late changes over: whichever
// comes first, but always the newest change.
const (
	windowChanges = 2000
	windowWeight  = 256 << 10 // about bytes
)

// window is the newest changes, oldest first.
type window struct {
	most, heaviest int // how many changes, and of what weight

	first   uint64 // the revision that the first of them made
	changes []past
	weight  int
	// last is the newest revision of each peer that has one in the window. Of
	// older ones nothing need be known: no base reaches behind the window.
	last  map[string]uint64
	spans spans
}

// past is a change of the window and who made it.
type past struct {
	peer   string
	change delta.Delta
	weight int
}

// newWindow is empty, before the revision first.
func newWindow(first uint64) window {
	return window{most: windowChanges, heaviest: windowWeight, first: first, last: map[string]uint64{}, spans: spans{}}
}

// head is the revision that the newest change made.
func (w *window) head() uint64 { return w.first + uint64(len(w.changes)) - 1 }

// reaches tells whether all changes after a base, at most the head, are here.
func (w *window) reaches(base uint64) bool { return base+1 >= w.first }

// add puts a change at the end and lets the oldest go that are too much.
func (w *window) add(rev uint64, peer string, change delta.Delta) {
	p := past{peer: peer, change: change, weight: weigh(change)}
	w.changes = append(w.changes, p)
	w.weight += p.weight
	if peer != "" {
		w.last[peer] = rev
	}
	for len(w.changes) > w.most || w.weight > w.heaviest && len(w.changes) > 1 {
		w.drop()
	}
}

func (w *window) drop() {
	oldest := w.changes[0]
	if w.last[oldest.peer] == w.first {
		delete(w.last, oldest.peer)
	}
	w.spans.forget(w.first)
	w.weight -= oldest.weight
	w.first++
	w.changes = w.changes[1:]
}

// growth is how much longer the text is than at a base.
func (w *window) growth(base uint64) int {
	n := 0
	for _, p := range w.since(base) {
		n += p.change.Growth()
	}
	return n
}

func (w *window) since(base uint64) []past { return w.changes[base+1-w.first:] }

// transform moves a change from its base to the head.
func (w *window) transform(change delta.Delta, base uint64) (delta.Delta, error) {
	for next := base + 1; next <= w.head(); {
		level := levelAt(next, w.head())
		span, err := w.span(level, next>>level)
		if err != nil {
			return nil, err
		}
		change = delta.TransformLate(change, span)
		next += 1 << level
	}
	return change, nil
}

// weigh is about how much memory a change takes.
func weigh(change delta.Delta) int {
	n := 24
	for _, o := range change {
		n += 24 + len(o.Text())
		for _, a := range o.Attributes() {
			n += len(a.Name) + len(a.Value)
		}
	}
	return n
}
