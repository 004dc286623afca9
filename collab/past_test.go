package collab

import (
	"fmt"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/internal/store"
	"plenum/rooms"
)

// The history in a real room: frames are kept as the log grows, survive a
// restart, and are made again when they are spoilt.
func TestHistoryOfARoom(t *testing.T) {
	t.Parallel()
	p := openRoom(t)
	if _, err := p.hall.Enter(t.Context(), p.code, rooms.Entry{Person: "person-1", Name: "Reader"}); err != nil {
		t.Fatal(err)
	}
	var want, sums []string
	d := written(t, `[{"insert":"From the beginning\n"}]`)
	long := strings.Repeat("x", 30_000)
	for i := range 12 {
		change := delta.Delta{delta.Keep(i%5, nil), delta.Write(fmt.Sprint(i, long), nil)}.Normal()
		p.change("person-0", change)
		if err := d.text.apply(change); err != nil {
			t.Fatal(err)
		}
		want = append(want, d.text.content().String())
		sums = append(sums, d.text.hash())
	}
	look := func() {
		t.Helper()
		for rev := uint64(1); rev <= p.rev; rev += 2 {
			got, err := p.read("person-1", "revision", map[string]string{"rev": fmt.Sprint(rev), "authors": "1"})
			if err != nil {
				t.Fatal(err)
			}
			r := got.(Revision)
			if string(r.Content) != want[rev-1] || len(r.People) != 1 || r.People[0].Name != "Owner" {
				t.Fatalf("revision %d: %.80s by %v", rev, r.Content, r.People)
			}
			sum, err := p.read("person-1", "sum", map[string]string{"rev": fmt.Sprint(rev)})
			if err != nil || sum != (Sum{rev, sums[rev-1]}) {
				t.Fatalf("sum of revision %d: %v, %v, want %s", rev, sum, err, sums[rev-1])
			}
		}
	}
	p.restart()
	if n := len(p.frames()); n < 2 {
		t.Errorf("%d frames were kept when the room closed", n)
	}
	look()
	p.spoilFrames()
	look()
	if _, err := readIndex(p.frames()[0]); err != nil {
		t.Errorf("a frame that was spoilt is not made again: %v", err)
	}
	found, err := store.Check(t.Context(), p.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Bad {
			t.Error(f.Say)
		}
	}
}

// Whoever was removed is still named as who wrote; whoever may not see the
// document reads nothing of it.
func TestWhoMayReadTheHistory(t *testing.T) {
	t.Parallel()
	p := openRoom(t)
	ben, err := p.hall.Enter(t.Context(), p.code, rooms.Entry{Person: "person-1", Name: "Ben"})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := p.hall.Enter(t.Context(), p.code, rooms.Entry{Person: "person-2", Name: "Cleo"}); err != nil {
		t.Fatal(err)
	}
	p.send("person-0", rooms.LobbyID, "role", fmt.Sprintf(`{"member":%q,"role":"editor"}`, ben.ID))
	p.change("person-1", delta.Delta{delta.Write("by Ben ", nil)})
	p.send("person-0", rooms.LobbyID, "remove", fmt.Sprintf(`{"member":%q}`, ben.ID))
	for _, name := range []string{"timeline", "revision", "playback", "sum"} {
		if _, err := p.read("person-2", name, nil); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := p.read("person-1", name, nil); code(err) != "removed" {
			t.Errorf("%s by who was removed: %v", name, err)
		}
	}
	got, err := p.read("person-2", "timeline", nil)
	if err != nil || fmt.Sprint(got.(Timeline).People) != fmt.Sprint([]Person{{ben.ID, "Ben", ben.Colour}}) {
		t.Errorf("%v, %v", got, err)
	}
	p.send("person-0", rooms.LobbyID, "show", fmt.Sprintf(`{"id":%q,"least":"host"}`, p.doc))
	for _, name := range []string{"timeline", "revision", "playback", "sum"} {
		if _, err := p.read("person-2", name, nil); code(err) != "no-activity" {
			t.Errorf("%s of what is hidden: %v", name, err)
		}
	}
}
