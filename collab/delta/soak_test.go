package delta

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// TestSoak tries the laws of the package's description on random cases. For
// long: go test ./collab/delta -run TestSoak -soak 10000000.
func TestSoak(t *testing.T) {
	t.Parallel()
	w := writer{seeded(t)}
	laws := []struct {
		name string
		hold func(writer) error
	}{
		{"ends meet", endsMeet},
		{"grouping", grouping},
		{"exact", exact},
		{"invert", inverse},
		{"pairs", pairs},
	}
	for i := range rounds(t) {
		law := laws[i%len(laws)]
		if err := law.hold(w); err != nil {
			t.Fatalf("round %d, %s: %v", i, law.name, err)
		}
	}
}

// endsMeet: both ways round two changes end with the same document (TP1).
func endsMeet(w writer) error {
	d := w.document()
	x, a := w.change(d), w.change(d)
	x2, a2 := Transform(x, a)
	one := must(Apply(must(Apply(d, a)), x2))
	other := must(Apply(must(Apply(d, x)), a2))
	if !one.Equal(other) {
		return fmt.Errorf("on %s late %s and committed %s end with %s and %s", d, x, a, one, other)
	}
	if alone := TransformLate(x, a); !alone.Equal(x2) {
		return fmt.Errorf("late %s over %s: %s, alone %s", x, a, x2, alone)
	}
	return inForm(x2, a2, one)
}

// grouping: compose is associative, and applying the composed is applying one
// after the other.
func grouping(w writer) error {
	d := w.document()
	history, end := w.history(d, 3)
	a, b, c := history[0], history[1], history[2]
	left := must(Compose(must(Compose(a, b)), c))
	right := must(Compose(a, must(Compose(b, c))))
	if !left.Equal(right) {
		return fmt.Errorf("%s, %s, %s: %s or %s", a, b, c, left, right)
	}
	if got := must(Apply(d, left)); !got.Equal(end) {
		return fmt.Errorf("%s, %s, %s on %s: %s, one by one %s", a, b, c, d, got, end)
	}
	return inForm(left, end)
}

// exact: a late change is the same over any grouping of the history.
func exact(w writer) error {
	d := w.document()
	late := w.change(d)
	history, _ := w.history(d, 2+w.IntN(7))
	steps := late
	for _, h := range history {
		steps, _ = Transform(steps, h)
	}
	for range 3 {
		grouped := late
		parts := w.grouped(history)
		for _, h := range parts {
			grouped, _ = Transform(grouped, h)
		}
		if !grouped.Equal(steps) {
			return fmt.Errorf("late %s over %s: %s, over %s: %s", late, history, steps, parts, grouped)
		}
	}
	all, _ := Transform(late, must(ComposeAll(history)))
	if !all.Equal(steps) {
		return fmt.Errorf("late %s over %s: %s, at once %s", late, history, steps, all)
	}
	return nil
}

// inverse: a change and its inverse give the document back, and so does the
// inverse of the inverse.
func inverse(w writer) error {
	d := w.document()
	x := w.change(d)
	after := must(Apply(d, x))
	back := must(Invert(x, d))
	if got := must(Apply(after, back)); !got.Equal(d) {
		return fmt.Errorf("%s on %s, taken back by %s: %s", x, d, back, got)
	}
	again := must(Invert(back, after))
	if got := must(Apply(d, again)); !got.Equal(after) {
		return fmt.Errorf("%s on %s, done again by %s: %s", x, d, again, got)
	}
	return inForm(back, again)
}

// pairs: a change that cuts a character is refused by Apply and Invert; one
// that cuts none still cuts none after a transform.
func pairs(w writer) error {
	d := w.document()
	x, a := w.change(d), w.change(d)
	x2, _ := Transform(x, a)
	if _, err := Apply(must(Apply(d, a)), x2); err != nil {
		return fmt.Errorf("%s over %s on %s: %w", x, a, d, err)
	}
	at := 0
	for _, size := range characters(d) {
		if size == 2 {
			for _, bad := range []Delta{{Keep(at+1, nil), Write("x", nil)}, {Keep(at, nil), Drop(1)}, {Keep(at+1, Attributes{{"b", True}})}} {
				_, apply := Apply(d, bad)
				_, invert := Invert(bad, d)
				if apply != ErrPair || invert != ErrPair {
					return fmt.Errorf("%s on %s: %v, %v", bad, d, apply, invert)
				}
			}
		}
		at += size
	}
	return nil
}

// history is some changes, one after the other, and what they end with.
func (w writer) history(d Delta, length int) ([]Delta, Delta) {
	history := make([]Delta, length)
	for i := range history {
		history[i] = w.change(d)
		d = must(Apply(d, history[i]))
	}
	return history, d
}

// grouped is a history with some neighbours composed.
func (w writer) grouped(history []Delta) []Delta {
	if len(history) < 2 || w.IntN(4) == 0 {
		return []Delta{must(ComposeAll(history))}
	}
	at := 1 + w.IntN(len(history)-1)
	return append(w.grouped(history[:at]), w.grouped(history[at:])...)
}

// inForm: every result is in normal form, counts its units right, and survives
// its JSON.
func inForm(results ...Delta) error {
	for _, d := range results {
		again, err := Parse(d.AppendJSON(nil))
		if err != nil || !again.Equal(d) || !d.Normal().Equal(d) {
			return fmt.Errorf("%s became %s and %s: %w", d, again, d.Normal(), err)
		}
	}
	return nil
}

// The laws above would be empty if the random changes were tame.
func TestRandomChangesAreDense(t *testing.T) {
	t.Parallel()
	w := writer{rand.New(rand.NewPCG(1, 1))}
	clashes, runs, swapped := 0, 2000, 0
	for range runs {
		d := w.document()
		x, a := w.change(d), w.change(d)
		x2, _ := Transform(x, a)
		if !x2.Equal(x) {
			clashes++
		}
		for i := range x[:max(0, len(x)-1)] {
			if x[i].Kind() == Delete && x[i+1].Inserts() {
				swapped++
			}
		}
	}
	if clashes < runs/2 || swapped < runs/10 {
		t.Errorf("of %d changes only %d met another, %d have an insert after a delete", runs, clashes, swapped)
	}
}
