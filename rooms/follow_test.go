package rooms_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"slices"
	"sync"
	"testing"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// diary is a reader that keeps what it was given, as a table in a database would.
type diary struct {
	mu      sync.Mutex
	places  map[string]rooms.Place   // guarded by mu
	taken   map[string][]rooms.Event // guarded by mu
	forgot  []string                 // guarded by mu
	fail    func(after rooms.Place) error
	changed chan struct{}
}

func newDiary() *diary {
	return &diary{places: map[string]rooms.Place{}, taken: map[string][]rooms.Event{}, changed: make(chan struct{}, 1000)}
}

func (d *diary) Place(_ context.Context, room string) (rooms.Place, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if p, ok := d.places[room]; ok {
		return p, nil
	}
	return rooms.Place{Room: room}, nil
}

func (d *diary) Take(_ context.Context, events []rooms.Event, after rooms.Place) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.taken[after.Room] = append(d.taken[after.Room], events...)
	if d.fail != nil {
		if err := d.fail(after); err != nil {
			return err
		}
	}
	d.places[after.Room] = after
	d.changed <- struct{}{}
	return nil
}

func (d *diary) Forget(_ context.Context, room string) error {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.places, room)
	delete(d.taken, room)
	d.forgot = append(d.forgot, room)
	return nil
}

// follow runs a follower until the returned function is called.
func follow(t *testing.T, s *store.Store, d *diary) (f *rooms.Follower, stop func()) {
	t.Helper()
	tail, err := s.Tail()
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	f = rooms.NewFollower(tail, d, slog.New(slog.NewTextHandler(io.Discard, nil)))
	ended := make(chan struct{})
	go func() { f.Run(ctx); close(ended) }()
	stop = sync.OnceFunc(func() {
		cancel()
		<-ended
		if err := tail.Close(); err != nil {
			t.Error(err)
		}
	})
	t.Cleanup(stop)
	return f, stop
}

// through waits until the diary has a room through a seq, and checks that it was
// given every event, in order, those that came again left out.
func (d *diary) through(t *testing.T, head rooms.Head) {
	t.Helper()
	limit := time.After(time.Minute)
	for {
		p, _ := d.Place(t.Context(), head.Room)
		if p.Seq == head.Seq && p.Epoch == head.Epoch {
			break
		}
		select {
		case <-d.changed:
		case <-limit:
			t.Fatalf("the follower is at %+v, the room at %+v", p, head)
		}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	next := uint64(1)
	for _, e := range d.taken[head.Room] {
		if e.Seq > next {
			t.Fatalf("after %d came %d", next-1, e.Seq)
		}
		next = max(next, e.Seq+1)
	}
	if next != head.Seq+1 {
		t.Errorf("the last event is %d, not %d", next-1, head.Seq)
	}
}

func appendTo(t *testing.T, s *store.Store, head *rooms.Head, n int) {
	t.Helper()
	b := rooms.Batch{Room: head.Room, Term: head.Term, After: head.Seq, Mark: "m"}
	for i := range n {
		b.Events = append(b.Events, rooms.Event{Seq: head.Seq + 1 + uint64(i), In: "chat", Did: "said"})
	}
	if err := s.Append(t.Context(), b); err != nil {
		t.Fatal(err)
	}
	head.Seq = b.Seq()
}

func openLog(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func makeRoom(t *testing.T, s *store.Store, id string) rooms.Head {
	t.Helper()
	h := rooms.Head{Room: id, Code: "code of " + id, Epoch: "e1", Term: 1}
	if err := s.Create(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	return h
}

// A follower takes what was missed and what comes, of many rooms, from where it
// was; after a reader that fails half-way it begins again at its place.
func TestFollowerMissesNothing(t *testing.T) {
	t.Parallel()
	s := openLog(t, t.TempDir()+"/plenum.db")
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	heads := make([]rooms.Head, 5)
	for i := range heads {
		heads[i] = makeRoom(t, s, fmt.Sprintf("room-%d", i))
		appendTo(t, s, &heads[i], 700*i+1)
	}
	d := newDiary()
	failures := 0
	d.fail = func(after rooms.Place) error {
		if failures++; failures%3 == 1 && failures < 10 {
			return errors.New("the disk is full")
		}
		return nil
	}
	f, stop := follow(t, s, d)
	for i := range heads {
		d.through(t, heads[i])
		appendTo(t, s, &heads[i], 3)
		d.through(t, heads[i])
	}
	for !f.Level() {
		appendTo(t, s, &heads[0], 1)
		d.through(t, heads[0])
	}
	stop()
	before := len(d.taken["room-4"])
	for i := range heads {
		appendTo(t, s, &heads[i], 2)
	}
	late := makeRoom(t, s, "another")
	appendTo(t, s, &late, 1)
	follow(t, s, d)
	for i := range heads {
		d.through(t, heads[i])
	}
	d.through(t, late)
	if again := len(d.taken["room-4"]); again != before+2 {
		t.Errorf("after a restart it was given %d events, not 2", again-before)
	}
}

// A room that can never be taken keeps no other from being followed.
func TestFollowerGoesOnWithoutABrokenRoom(t *testing.T) {
	t.Parallel()
	s := openLog(t, t.TempDir()+"/plenum.db")
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	broken, sound := makeRoom(t, s, "a-broken"), makeRoom(t, s, "b-sound")
	appendTo(t, s, &broken, 1)
	appendTo(t, s, &sound, 1)
	d := newDiary()
	d.fail = func(after rooms.Place) error {
		if after.Room == broken.Room {
			return errors.New("nobody can read this")
		}
		return nil
	}
	follow(t, s, d)
	for range 5 {
		d.through(t, sound)
		appendTo(t, s, &broken, 1)
		appendTo(t, s, &sound, 1)
	}
	d.through(t, sound)
}

// A new epoch, or a log that is shorter than the place, begins a room again.
func TestFollowerBeginsANewEpoch(t *testing.T) {
	t.Parallel()
	path := t.TempDir() + "/plenum.db"
	s := openLog(t, path)
	head := makeRoom(t, s, "room")
	appendTo(t, s, &head, 5)
	backup := t.TempDir() + "/backup.db"
	if err := store.Backup(t.Context(), path, backup); err != nil {
		t.Fatal(err)
	}
	appendTo(t, s, &head, 5)
	d := newDiary()
	_, stop := follow(t, s, d)
	d.through(t, head)
	stop()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	restored := t.TempDir() + "/plenum.db"
	if err := store.Restore(t.Context(), backup, restored); err != nil {
		t.Fatal(err)
	}
	s = openLog(t, restored)
	head, err := s.Head(t.Context(), "room")
	if err != nil {
		t.Fatal(err)
	}
	appendTo(t, s, &head, 7)
	_, stop = follow(t, s, d)
	d.through(t, head)
	stop()
	if !slices.Equal(d.forgot, []string{"room"}) || len(d.taken["room"]) != int(head.Seq) {
		t.Errorf("it forgot %q and has %d events of %d", d.forgot, len(d.taken["room"]), head.Seq)
	}
	if err := s.Close(); err != nil {
		t.Error(err)
	}
}

// A sight is what the log says now, also of a room that nobody has open.
func TestSightsFollowTheLog(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	talk := s.add("chat", rooms.Viewer)
	ben := s.enter("ben", "Ben")
	room, err := s.log.Find(t.Context(), s.code)
	if err != nil {
		t.Fatal(err)
	}
	sights := rooms.NewSights(s.log, nil, 10)
	see := func(person string) (names []string, err error) {
		sight, err := sights.Of(t.Context(), room)
		if err != nil {
			t.Fatal(err)
		}
		m, err := sight.Person(person)
		for _, a := range sight.Activities(m.Role) {
			names = append(names, a.ID)
		}
		return names, err
	}
	expect := func(person string, refused error, want ...string) {
		t.Helper()
		if got, err := see(person); !errors.Is(err, refused) || refused == nil && !slices.Equal(got, want) {
			t.Errorf("%s sees %q (%v), want %q (%v)", person, got, err, want, refused)
		}
	}
	must := func(do string, with map[string]any) {
		t.Helper()
		if err := s.do("ada", "lobby", do, with); err != nil {
			t.Fatal(err)
		}
	}
	expect("ben", nil, talk)
	expect("cyd", rooms.ErrNotMember)
	must("show", map[string]any{"id": talk, "least": "host"})
	expect("ben", nil)
	expect("ada", nil, talk)
	must("role", map[string]any{"member": ben.ID, "role": "host"})
	expect("ben", nil, talk)
	must("bin", map[string]any{"id": talk})
	expect("ada", nil)
	must("restore", map[string]any{"id": talk})
	s.enter("cyd", "Cyd")
	expect("cyd", nil)
	must("remove", map[string]any{"member": ben.ID})
	expect("ben", rooms.ErrRemoved)
}
