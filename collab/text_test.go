package collab

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"plenum/collab/delta"
)

// A text of leaves is the same as one Delta, whatever is done to it; copies
// stay as they were.
func TestTextIsADelta(t *testing.T) {
	t.Parallel()
	r := seeded(t)
	w := typist{r}
	flat := delta.Delta{delta.Write("\n", nil)}
	leaves := newText(flat)
	type copied struct {
		text text
		was  string
	}
	var copies []copied
	most := 0
	for i := range 400 {
		change := w.change(flat)
		switch i % 100 {
		case 10:
			change = delta.Delta{delta.Write(strings.Repeat(w.word()+" ", 1600), nil)}
		case 60:
			if n := flat.Len() / 2; n > 4000 {
				change = delta.Delta{delta.Drop(n)}
			}
		}
		want, err := delta.Apply(flat, change)
		if got := leaves.apply(change); got != err {
			t.Fatalf("%s on %s: %v, want %v", change, flat, got, err)
		}
		if err == nil {
			flat = want
		}
		most = max(most, len(leaves.leaves))
		if i%5 > 0 {
			continue
		}
		if err := sound(&leaves, flat); err != nil {
			t.Fatalf("after %s: %v", change, err)
		}
		if i%20 == 0 {
			copies = append(copies, copied{leaves.copy(), flat.String()})
		}
	}
	for _, c := range copies {
		if got := string(delta.AppendDocument(nil, c.text.pieces())); got != c.was {
			t.Fatalf("a copy has become %.200s", got)
		}
	}
	if most < 3 {
		t.Errorf("never more than %d leaves", most)
	}
}

// The hash of a long text does not cost what its text is long.
func TestHashReadsNewLeaves(t *testing.T) {
	t.Parallel()
	long := newText(delta.Delta{delta.Write(strings.Repeat("all work and no play\\n", 50_000), nil)})
	long.hash()
	if err := long.apply(delta.Delta{delta.Keep(500_000, nil), delta.Write("x", nil)}); err != nil {
		t.Fatal(err)
	}
	unread := 0
	for _, l := range long.leaves {
		if l.sum == nil {
			unread++
		}
	}
	if unread == 0 || unread > 2 {
		t.Errorf("after a letter %d of %d leaves are to be read", unread, len(long.leaves))
	}
	if long.hash() != long.content().Hash() {
		t.Error("the hash is not that of the content")
	}
}

func sound(t *text, flat delta.Delta) error {
	if t.length != flat.Len() || !t.content().Equal(flat) || t.hash() != flat.Hash() || string(delta.AppendDocument(nil, t.pieces())) != flat.String() {
		return errors.New("the leaves have another text")
	}
	for i, l := range t.leaves {
		if l.n != l.ops.Len() || l.n == 0 || l.n > leafMost {
			return errors.New("a leaf has a wrong length")
		}
		if i > 0 && l.n < leafLeast && t.leaves[i-1].n+l.n <= leafUnits {
			return errors.New("small leaves are not joined")
		}
	}
	return nil
}

func TestTextRefuses(t *testing.T) {
	t.Parallel()
	leaves := newText(delta.Delta{delta.Write(strings.Repeat("a😀", 2000)+"\n", nil)})
	before := slices.Clone(leaves.leaves)
	for i, change := range []delta.Delta{
		{delta.Drop(6002)}, {delta.Keep(6002, nil)}, {delta.Write("x", nil), delta.Keep(5999, nil), delta.Drop(1)}, {delta.Keep(2, nil), delta.Write("x", nil)},
	} {
		err := leaves.apply(change)
		if want := []error{delta.ErrLength, delta.ErrLength, delta.ErrPair, delta.ErrPair}[i]; err != want {
			t.Errorf("%s: %v, want %v", change, err, want)
		}
	}
	if leaves.length != 6001 || !slices.EqualFunc(before, leaves.leaves, func(a, b leaf) bool { return a.ops.Equal(b.ops) }) {
		t.Error("what was refused has changed the text")
	}
}

// What is typed into a long text costs its leaf, and not the text.
func TestTypingTouchesOneLeaf(t *testing.T) {
	t.Parallel()
	leaves := newText(delta.Delta{delta.Write(strings.Repeat("word\n", 100_000), nil)})
	edits, err := leaves.plan(delta.Delta{delta.Keep(250_000, nil), delta.Write("x", nil), delta.Keep(200_000, nil), delta.Drop(3)})
	if err != nil || len(edits) != 2 || edits[0].to-edits[0].from != 1 || edits[1].to-edits[1].from > 2 {
		t.Errorf("%d edits, %v", len(edits), err)
	}
}
