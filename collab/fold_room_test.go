package collab

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"reflect"
	"testing"
	"time"

	"plenum/collab/delta"
	"plenum/rooms"
)

// stopping is an archive that stops being written to, before or after a write.
type stopping struct {
	rooms.Archive
	left  int
	after bool
}

var errStopped = errors.New("stopped")

func (s *stopping) write(write func() error) error {
	if s.left--; s.left >= 0 {
		return write()
	}
	if s.left == -1 && s.after {
		return errors.Join(write(), errStopped)
	}
	return errStopped
}

func (s *stopping) Fold(ctx context.Context, f rooms.Fold) error {
	return s.write(func() error { return s.Archive.Fold(ctx, f) })
}

func (s *stopping) Looked(ctx context.Context, a rooms.Aged) error {
	return s.write(func() error { return s.Archive.Looked(ctx, a) })
}

// Wherever it breaks off, the log replays, and the next one goes on.
func TestFoldingBreaksOff(t *testing.T) {
	t.Parallel()
	p := openAging(t, seeded(t))
	p.work(300)
	p.reopen()
	was := p.replay()
	p.pass(31 * 24 * time.Hour)
	stops := 0
	for ; ; stops++ {
		s := &stopping{Archive: p.store, left: 0, after: true}
		if _, err := p.compactor(s).Compact(t.Context()); err != nil {
			t.Fatal(err)
		}
		p.same(was, p.now().AddDate(0, 0, -30))
		if stops%7 == 0 {
			p.revisions(was)
		}
		if s.left == 0 {
			break
		}
	}
	if stops < 5 {
		t.Errorf("it was stopped %d times", stops)
	}
	p.revisions(was)
	if gone := p.compact(); gone > 0 {
		t.Errorf("after %d stops, %d are still gone", stops, gone)
	}
}

// Who was away from before what was put together is told to open the document anew.
func TestBehindTheFold(t *testing.T) {
	t.Parallel()
	p := openAging(t, seeded(t))
	for i := range 20 {
		p.pass(time.Second)
		p.send("person-0", p.doc, "change", fmt.Sprintf(`{"base":%d,"change":[{"insert":"x"}]}`, i))
	}
	p.reopen()
	p.pass(31 * 24 * time.Hour)
	p.send("person-0", p.doc, "change", `{"base":20,"change":[{"insert":"y"}]}`)
	if gone := p.compact(); gone != 19 {
		t.Fatalf("%d are gone", gone)
	}
	for from, want := range map[int]error{0: ErrBehind, 7: ErrBehind, 19: ErrBehind, 20: nil, 21: nil} {
		if _, err := p.read("person-0", "changes", of("from", from, "peer", "peer-of-person-0")); !errors.Is(err, want) {
			t.Errorf("changes since %d: %v, want %v", from, err, want)
		}
	}
	for rev, want := range map[int]error{0: nil, 7: ErrRange, 20: nil, 21: nil, 22: ErrRange} {
		if _, err := p.read("person-0", "sum", of("rev", rev)); !errors.Is(err, want) {
			t.Errorf("sum of %d: %v, want %v", rev, err, want)
		}
	}
}

// How long single changes are kept is the room's to say.
func TestRoomsSayHowLong(t *testing.T) {
	t.Parallel()
	p := openAging(t, seeded(t))
	for i := range 20 {
		p.pass(time.Second)
		p.send("person-0", p.doc, "change", fmt.Sprintf(`{"base":%d,"change":[{"insert":"x"}]}`, i))
	}
	p.reopen()
	p.see()
	for _, step := range []struct{ say, later, gone int }{{-1, 1000, 0}, {365, 0, 19}} {
		p.send("person-0", rooms.LobbyID, "keep", fmt.Sprintf(`{"days":%d}`, step.say))
		p.pass(time.Duration(step.later) * 24 * time.Hour)
		if gone := p.compact(); gone != step.gone {
			t.Errorf("kept for %d days, after %d more: %d are gone, want %d", step.say, step.later, gone, step.gone)
		}
	}
}

// meddled is a log with which somebody meddles before the next read of events.
type meddled struct {
	rooms.Log
	meddle func(q rooms.Query)
}

func (l *meddled) Events(ctx context.Context, q rooms.Query) ([]rooms.Event, error) {
	if meddle := l.meddle; meddle != nil {
		meddle(q)
	}
	return l.Log.Events(ctx, q)
}

// What is read while it is put together is from before, or from after.
func TestReadWhileItIsFolded(t *testing.T) {
	t.Parallel()
	p := openAging(t, seeded(t))
	const changes = 250 // more than a page
	for i := range changes {
		p.pass(time.Second)
		p.send("person-0", p.doc, "change", fmt.Sprintf(`{"base":%d,"change":[{"insert":"x"}]}`, i))
	}
	p.reopen()
	was := p.replay()
	log := &meddled{Log: p.store}
	hall := rooms.NewHall(rooms.Options{Kinds: []rooms.Kind{Kind}, Log: log, Build: "test", Logger: slog.New(slog.NewTextHandler(io.Discard, nil)), Clock: p.now})
	defer func() {
		if err := hall.Close(context.Background()); err != nil {
			t.Error(err)
		}
	}()
	if _, err := hall.View(t.Context(), p.code, "person-0", p.doc); err != nil {
		t.Fatal(err)
	}
	gone := 0
	log.meddle = func(q rooms.Query) {
		if q.Activity != p.doc || q.After == 0 {
			return // the first page
		}
		log.meddle = nil
		p.pass(31 * 24 * time.Hour)
		gone = p.compact()
	}
	answer, err := hall.Read(t.Context(), p.code, "person-0", p.doc, "revision", of("rev", changes))
	if err != nil || gone != changes-1 {
		t.Fatalf("%d were gone meanwhile: %v", gone, err)
	}
	if got := answer.(Revision); got.Rev != changes || len(got.Content) < changes {
		t.Errorf("revision %d is %s", got.Rev, got.Content)
	}
	p.same(was, p.now().AddDate(0, 0, -30))
}

// naming is an archive in which somebody names a revision just before a fold.
type naming struct {
	rooms.Archive
	name func(rooms.Fold)
}

func (n *naming) Fold(ctx context.Context, f rooms.Fold) error {
	n.name(f)
	return n.Archive.Fold(ctx, f)
}

// What gets a name at the last moment stays.
func TestNamedAtTheLastMoment(t *testing.T) {
	t.Parallel()
	p := openAging(t, seeded(t))
	for i := range 20 {
		p.pass(time.Second)
		p.send("person-0", p.doc, "change", fmt.Sprintf(`{"base":%d,"change":[{"insert":"x"}]}`, i))
	}
	p.reopen()
	p.pass(31 * 24 * time.Hour)
	named := false
	a := &naming{Archive: p.store, name: func(rooms.Fold) {
		if !named {
			p.send("person-0", p.doc, "name", `{"rev":7,"name":"The seventh"}`)
		}
		named = true
	}}
	if gone, err := p.compactor(a).Compact(t.Context()); err != nil || gone != 0 || !named {
		t.Fatalf("%d are gone, %v", gone, err)
	}
	was := p.replay()
	if gone := p.compact(); gone != 18 {
		t.Errorf("%d are gone at the next look", gone)
	}
	p.same(was, p.now().AddDate(0, 0, -30))
}

// A Markdown document is put together as others are.
func TestSourcesAreFolded(t *testing.T) {
	t.Parallel()
	p := openAging(t, seeded(t))
	p.doc = p.add(`{"kind":"source","title":"Plan","settings":{"content":[{"insert":"\n"}]}}`)
	for i := range 150 {
		p.pass(time.Second)
		p.send(fmt.Sprint("person-", i/10%2), p.doc, "change", fmt.Sprintf(`{"base":%d,"change":%s}`, i, delta.Delta{delta.Keep(i, nil), delta.Write("x", nil)}.Normal()))
	}
	p.reopen()
	before, play := p.see(), p.timeline()
	p.pass(31 * 24 * time.Hour)
	if gone := p.compact(); gone != 149 {
		t.Errorf("%d are gone", gone)
	}
	p.reopen()
	if now := p.see(); !reflect.DeepEqual(now, before) || now.Content.Len() != 151 {
		t.Errorf("it is %v, was %v", now, before)
	}
	if now := p.timeline(); now != play || now.changes != 150 {
		t.Errorf("the time line adds up to %v, was %v", now, play)
	}
	answer, err := p.read("person-3", "revision", of("rev", 150, "authors", 1))
	if err != nil || len(answer.(Revision).Authors) != 16 {
		t.Errorf("it is by %v, %v", answer, err)
	}
}
