package rooms_test

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"testing"
	"time"

	"plenum/collab"
	"plenum/rooms"
)

// compact puts together what is old when so many days have passed.
func (s *stage) compact(days int) (gone int) {
	s.t.Helper()
	c := rooms.NewCompactor(s.log, []rooms.Kind{collab.Kind}, rooms.CompactorOptions{
		Clock:  func() time.Time { return time.Now().AddDate(0, 0, days) },
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	gone, err := c.Compact(s.t.Context())
	if err != nil {
		s.t.Fatal(err)
	}
	return gone
}

// types makes changes to a document, one after the other, after its revision.
func (s *stage) types(doc string, from, changes int) {
	s.t.Helper()
	for i := range changes {
		if err := s.do("ada", doc, "change", json.RawMessage(fmt.Sprintf(`{"base":%d,"change":[{"insert":"x"}]}`, from+i))); err != nil {
			s.t.Fatal(err)
		}
	}
}

// Who resumes from a place before, within or behind what was put together is told
// a view, or every event after it: never events with a hole.
func TestResumeFromBeforeWhatWasFolded(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	doc, talk := s.add("doc", rooms.Viewer), s.add("chat", rooms.Viewer)
	first := s.mustJoin("ada", "peer-watching", 1, nil, map[string]int{doc: -1, talk: -1})
	first.has("watch", doc)
	places := []*place{}
	for i := range 30 {
		s.types(doc, i, 1)
		first.has("events", `"rev":`+strconv.Itoa(i+1)+",")
		places = append(places, first.place())
		if i%7 == 3 {
			if err := s.do("ada", talk, "say", map[string]any{"text": fmt.Sprintf("message %d", i)}); err != nil {
				t.Fatal(err)
			}
			first.has("events", fmt.Sprintf("message %d", i))
			places = append(places, first.place())
		}
	}
	s.restart() // it is saved, and nothing is at hand any more
	if gone := s.compact(31); gone != 29 {
		t.Fatalf("%d are gone", gone)
	}
	s.types(doc, 30, 3)
	s.restart()
	views, events := 0, 0
	for i, from := range places {
		c := s.mustJoin("ada", fmt.Sprint("peer-resuming-", i), 1, from, map[string]int{doc: int(from.Seq), talk: int(from.Seq)})
		var told map[string]struct {
			View   *struct{ Rev uint64 }
			Events []struct{ With struct{ Rev uint64 } }
		}
		if err := json.Unmarshal(c.has("watch", doc)["watch"], &told); err != nil {
			t.Fatal(err)
		}
		switch of := told[doc]; {
		case of.View != nil && of.View.Rev == 33:
			views++
		case of.View == nil && len(of.Events) == 3 && of.Events[0].With.Rev == 31 && i == len(places)-1:
			events++
		default:
			t.Fatalf("from place %d (%v): %s", i, from, c.told())
		}
		c.has("watch", talk)
	}
	if views == 0 || events == 0 {
		t.Errorf("%d views and %d times the events were told", views, events)
	}
}

// stale is a log of which the checkpoint of one activity is read once before it
// is saved anew.
type stale struct {
	rooms.Log
	once *rooms.Checkpoint
}

func (l *stale) Checkpoint(ctx context.Context, room, activity string) (rooms.Checkpoint, error) {
	if c := l.once; c != nil && c.Activity == activity {
		l.once = nil
		return *c, nil
	}
	return l.Log.Checkpoint(ctx, room, activity)
}

// What is put together while it is read opens all the same.
func TestOpensWhatIsFoldedMeanwhile(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	doc := s.add("doc", rooms.Viewer)
	s.types(doc, 0, 10)
	s.restart()
	room, err := s.log.Find(t.Context(), s.code)
	if err != nil {
		t.Fatal(err)
	}
	before, err := s.log.Checkpoint(t.Context(), room, doc)
	if err != nil || before.Seq == 0 {
		t.Fatal(before.Seq, err)
	}
	s.types(doc, 10, 10)
	s.restart()
	if gone := s.compact(31); gone != 19 {
		t.Fatalf("%d are gone", gone)
	}
	log := &stale{Log: s.log, once: &before}
	hall := rooms.NewHall(rooms.Options{Kinds: []rooms.Kind{collab.Kind}, Log: log, Build: "test", Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
	defer func() {
		if err := hall.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	view, err := hall.View(t.Context(), s.code, "ada", doc)
	if err != nil || !contains(view, `"rev":20`) || log.once != nil {
		t.Errorf("it opens as %s, %v", view, err)
	}
}

// Only the times that there are can be set, by hosts, and everybody sees them.
func TestHowLongChangesAreKept(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enter("ben", "Ben")
	for _, days := range []any{0, 1, 31, 366, -2, 7.5, "7", nil} {
		if err := s.do("ada", "lobby", "keep", map[string]any{"days": days}); err == nil {
			t.Errorf("%v days are taken", days)
		}
	}
	refusedAs(t, s.do("ada", "lobby", "keep", map[string]any{"days": 8}), "keep")
	refusedAs(t, s.do("ben", "lobby", "keep", map[string]any{"days": 7}), "role")
	for _, days := range []int{7, -1, 365, 90} {
		if err := s.do("ada", "lobby", "keep", map[string]any{"days": days}); err != nil {
			t.Fatal(err)
		}
		if view, err := s.hall.View(t.Context(), s.code, "ben", "lobby"); err != nil || !contains(view, fmt.Sprintf(`"keeping":%d`, days)) {
			t.Errorf("Ben sees %s, %v", view, err)
		}
	}
	if err := s.do("ada", "lobby", "keep", map[string]any{"days": 30}); err != nil {
		t.Fatal(err)
	}
	if view, err := s.hall.View(t.Context(), s.code, "ben", "lobby"); err != nil || contains(view, "keeping") {
		t.Errorf("Ben sees %s, %v", view, err)
	}
}
