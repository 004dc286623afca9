package collab

import (
	"iter"
	"slices"

	"plenum/collab/delta"
)

// The sizes of leaves, in UTF-16 units: above leafMost one is cut into pieces
// of leafUnits, below leafLeast it is joined with the next if they fit.
const (
	leafMost  = 1024
	leafUnits = 512
	leafLeast = 128
)

// text is a document's content as a list of leaves. A leaf is never changed but
// replaced, so that a copy costs as much as the list and not as the text.
// Between leaves there is never half a character.
type text struct {
	leaves []leaf
	length int // UTF-16 units
}

// leaf is a short document of its own.
type leaf struct {
	ops delta.Delta
	n   int
	sum *delta.Sum // nil until it is asked for
}

// edit says that the leaves from one to before another become others.
type edit struct {
	from, to int
	leaves   []leaf
}

func newText(content delta.Delta) text {
	return text{leaves: leavesOf(content), length: content.Len()}
}

func leavesOf(content delta.Delta) []leaf {
	n := content.Len()
	switch {
	case n == 0:
		return nil
	case n <= leafMost:
		return []leaf{{ops: content, n: n}}
	}
	pieces := content.Pieces(leafUnits)
	leaves := make([]leaf, len(pieces))
	for i, piece := range pieces {
		leaves[i] = leaf{ops: piece, n: piece.Len()}
	}
	return leaves
}

// copy shares the leaves. It stays as it is when the text is changed.
func (t *text) copy() text { return text{slices.Clone(t.leaves), t.length} }

// pieces is the content of each leaf.
func (t *text) pieces() iter.Seq[delta.Delta] {
	return func(yield func(delta.Delta) bool) {
		for i := range t.leaves {
			if !yield(t.leaves[i].ops) {
				return
			}
		}
	}
}

// hash is that of the content. It reads only leaves that are new since it was
// asked for last.
func (t *text) hash() string {
	whole := delta.Delta{}.Sum()
	for i := range t.leaves {
		l := &t.leaves[i]
		if l.sum == nil {
			sum := l.ops.Sum()
			l.sum = &sum
		}
		whole = whole.Then(*l.sum)
	}
	return whole.String()
}

// apply makes a change, or fails as delta.Apply does and changes nothing.
func (t *text) apply(change delta.Delta) error {
	edits, err := t.plan(change)
	if err != nil {
		return err
	}
	t.commit(edits)
	return nil
}

// plan finds what a change does to the leaves, and changes nothing. Each leaf
// composes the part of the change that falls on it.
func (t *text) plan(change delta.Delta) ([]edit, error) {
	if change.BaseLen() > t.length {
		return nil, delta.ErrLength
	}
	var edits []edit
	todo := rest{ops: change}
	for i := 0; !todo.done(); i++ {
		i += todo.skip(t.leaves[i:])
		if i == len(t.leaves) { // only inserts are left, behind all text
			return join(edits, edit{i, i, leavesOf(todo.ops)}), nil
		}
		part := todo.part(t.leaves[i].n)
		ops, err := delta.Compose(t.leaves[i].ops, part)
		if err != nil {
			return nil, err
		}
		edits = join(edits, edit{i, i + 1, leavesOf(ops)})
	}
	return edits, nil
}

// join adds an edit to a list, to the last of them if it goes on from there.
func join(edits []edit, e edit) []edit {
	last := len(edits) - 1
	if last < 0 || edits[last].to < e.from {
		return append(edits, e)
	}
	edits[last].to = e.to
	edits[last].leaves = append(edits[last].leaves, e.leaves...)
	return edits
}

// commit makes planned edits.
func (t *text) commit(edits []edit) {
	inPlace := true
	for _, e := range edits {
		for _, old := range t.leaves[e.from:e.to] {
			t.length -= old.n
		}
		for _, new := range e.leaves {
			t.length += new.n
			inPlace = inPlace && new.n >= leafLeast
		}
		inPlace = inPlace && len(e.leaves) == e.to-e.from
	}
	if !inPlace {
		t.rebuild(edits)
		return
	}
	for _, e := range edits {
		copy(t.leaves[e.from:], e.leaves)
	}
}

// rebuild makes edits that change how many leaves there are, and joins small
// leaves with the next.
func (t *text) rebuild(edits []edit) {
	leaves := make([]leaf, 0, len(t.leaves)+8)
	at := 0
	for _, e := range edits {
		leaves = append(append(leaves, t.leaves[at:e.from]...), e.leaves...)
		at = e.to
	}
	leaves = append(leaves, t.leaves[at:]...)
	kept := leaves[:0]
	for _, l := range leaves {
		last := len(kept) - 1
		if last < 0 || kept[last].n >= leafLeast && l.n >= leafLeast || kept[last].n+l.n > leafMost {
			kept = append(kept, l)
			continue
		}
		kept[last] = leaf{ops: append(slices.Clone(kept[last].ops), l.ops...).Normal(), n: kept[last].n + l.n}
	}
	t.leaves = kept
}
