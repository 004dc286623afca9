package collab

import (
	"fmt"
	"strings"
	"testing"

	"plenum/collab/delta"
)

// Over spans a late change ends as over the single changes, from every base.
func TestSpansAreExact(t *testing.T) {
	t.Parallel()
	r := seeded(t)
	w, most := typist{r}, 70
	text := newText(delta.Delta{delta.Write("one two\nthree\n", nil)})
	recent := newWindow(1)
	recent.most = most
	contents := []delta.Delta{text.content()}
	for rev := uint64(1); rev <= 400; rev++ {
		change := w.change(text.content())
		if err := text.apply(change); err != nil {
			t.Fatal(err)
		}
		recent.add(rev, fmt.Sprint(r.IntN(9)), change)
		contents = append(contents, text.content())
		base := max(recent.first-1, rev-min(rev, r.Uint64N(uint64(most)+3)))
		late := w.change(contents[base])
		got, err := recent.transform(late, base)
		if err != nil {
			t.Fatal(err)
		}
		want := late
		for _, p := range recent.since(base) {
			want, _ = delta.Transform(want, p.change)
		}
		if !got.Equal(want) {
			t.Fatalf("from %d to %d: %s, step by step %s", base, rev, got, want)
		}
		if grown := text.length - contents[base].Len(); recent.growth(base) != grown {
			t.Fatalf("from %d to %d it grew by %d, not by %d", base, rev, grown, recent.growth(base))
		}
	}
	if len(recent.changes) != most || len(recent.spans) > 2*most {
		t.Errorf("%d changes, %d spans", len(recent.changes), len(recent.spans))
	}
	for key := range recent.spans {
		if key.place<<key.level < recent.first {
			t.Errorf("the span %v is of changes before %d", key, recent.first)
		}
	}
}

// However many late changes there are, a stretch of history is composed once.
func TestSpansAreMadeOnce(t *testing.T) {
	t.Parallel()
	recent := newWindow(1)
	for rev := uint64(1); rev <= 2000; rev++ {
		recent.add(rev, "ada", delta.Delta{delta.Keep(int(rev*7919%rev), nil), delta.Write("x", nil)})
	}
	made := 0
	for late := range uint64(500) {
		if _, err := recent.transform(delta.Delta{delta.Write("y", nil)}, late); err != nil {
			t.Fatal(err)
		}
		if late == 0 {
			made = len(recent.spans)
		}
	}
	if made > 2000 || len(recent.spans) > 2000 {
		t.Errorf("%d spans for one late change, %d for 500", made, len(recent.spans))
	}
}

func TestWindowAtTheEdge(t *testing.T) {
	t.Parallel()
	d := written(t, "null")
	for i := range windowChanges + 1 {
		if err := askAs(d, fmt.Sprint("peer-", i%(windowChanges+1)), uint64(i), `[{"insert":"x"}]`); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(d.recent.last); n != windowChanges {
		t.Errorf("%d peers are remembered", n)
	}
	if err := askAs(d, "late", 0, `[{"insert":"y"}]`); code(err) != "behind" {
		t.Errorf("one revision too old: %v", err)
	}
	if err := askAs(d, "late", 1, `[{"insert":"y"}]`); err != nil {
		t.Errorf("the oldest base: %v", err)
	}
	if err := askAs(d, "peer-7", 7, `[{"insert":"y"}]`); code(err) != "behind" {
		t.Errorf("before one's own last change: %v", err)
	}
}

func TestWindowOfBigChanges(t *testing.T) {
	t.Parallel()
	d := written(t, "null")
	big := fmt.Sprintf(`[{"insert":%q}]`, strings.Repeat("a", windowWeight/4))
	for i := range 5 {
		if err := askAs(d, "ada", uint64(i), big); err != nil {
			t.Fatal(err)
		}
	}
	if len(d.recent.changes) != 3 || d.recent.weight > windowWeight {
		t.Errorf("%d changes of weight %d", len(d.recent.changes), d.recent.weight)
	}
	if err := askAs(d, "ada", 5, fmt.Sprintf(`[{"insert":%q}]`, strings.Repeat("a", 2*windowWeight))); err != nil {
		t.Fatal(err)
	}
	if err := askAs(d, "bob", 5, `[{"insert":"typed meanwhile"}]`); err != nil {
		t.Errorf("the newest change is always at hand: %v", err)
	}
	if err := askAs(d, "cid", 5, `[{"insert":"later"}]`); code(err) != "behind" {
		t.Errorf("got %v", err)
	}
}
