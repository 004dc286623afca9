package rooms_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// A deleted room is gone for everybody at once, by every way in, and as it was
// when its owner asks for it back.
func TestADeletedRoomIsGone(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enter("ben", "Ben")
	talk := s.add("chat", rooms.Viewer)
	if err := s.do("ben", talk, "say", map[string]any{"text": "before"}); err != nil {
		t.Fatal(err)
	}
	tabs := []*tab{}
	for _, person := range []string{"ada", "ben"} {
		tabs = append(tabs, s.mustJoin(person, "peer-of-"+person, 1, nil, map[string]int{"lobby": -1, talk: -1}))
	}
	s.policy(rooms.EveryoneWaits)
	if _, err := s.knock("dan", false); !errors.Is(err, rooms.ErrWaiting) {
		t.Fatal(err)
	}
	waits := s.wait("dan")
	remove := func(person string, on bool) error {
		return s.do(person, "lobby", "delete", map[string]any{"on": on})
	}
	refusedAs(t, remove("ben", true), "role")
	if err := s.do("ada", "lobby", "archive", map[string]any{"on": true}); err != nil {
		t.Fatal(err)
	}
	if err := remove("ada", true); err != nil {
		t.Fatal(err)
	}
	for _, tab := range tabs {
		tab.closedWith(rooms.CloseDeleted)
	}
	if err := within(t, waits); !errors.Is(err, rooms.ErrDeleted) {
		t.Errorf("who waits: %v", err)
	}
	for range 2 {
		for _, person := range []string{"ada", "ben", "stranger", ""} {
			if _, err := s.hall.About(t.Context(), s.code, person); !errors.Is(err, rooms.ErrDeleted) {
				t.Errorf("%q at the door: %v", person, err)
			}
		}
		refusedAs(t, s.do("ada", talk, "say", map[string]any{"text": "during"}), "deleted")
		refusedAs(t, s.do("ada", "lobby", "archive", map[string]any{"on": false}), "deleted")
		refusedAs(t, remove("ben", false), "deleted")
		refusedAs(t, remove("ada", true), "deleted")
		if _, err := s.hall.View(t.Context(), s.code, "ada", talk); !errors.Is(err, rooms.ErrDeleted) {
			t.Errorf("a view: %v", err)
		}
		if _, err := s.hall.Enter(t.Context(), s.code, rooms.Entry{Person: "eve", Name: "Eve"}); !errors.Is(err, rooms.ErrDeleted) {
			t.Errorf("to enter: %v", err)
		}
		if _, err := s.join("ada", "peer-of-ada", 1, nil, map[string]int{"lobby": -1}); rooms.CloseCode(err) != rooms.CloseDeleted {
			t.Errorf("a tab: %v", err)
		}
		room, err := s.log.Find(t.Context(), s.code)
		if err != nil {
			t.Fatal(err)
		}
		sight, err := rooms.NewSights(s.log, nil, 1).Of(t.Context(), room)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sight.Person("ada"); !errors.Is(err, rooms.ErrDeleted) {
			t.Errorf("a search: %v", err)
		}
		s.restart()
	}
	if err := remove("ada", false); err != nil {
		t.Fatal(err)
	}
	if text, err := s.hall.View(t.Context(), s.code, "ben", talk); err != nil || !strings.Contains(string(text), "before") || strings.Contains(string(text), "during") {
		t.Errorf("%s %v", text, err)
	}
	refusedAs(t, s.do("ben", talk, "say", map[string]any{"text": "after"}), "archived") // as it was
}

// A room that was deleted 30 days ago is erased: no row of it is left in any
// table, none of its words in any byte, its code leads nowhere, and whoever has
// it open is at its end. Another room is as it was.
func TestARoomIsErased(t *testing.T) {
	t.Parallel()
	const marker = "zwetschgenknödel"
	s := newStage(t)
	other := s.code
	code, _, err := s.hall.Create(t.Context(), "To be erased", rooms.Entry{Person: "ada", Name: "Ada"})
	if err != nil {
		t.Fatal(err)
	}
	s.code = code
	talk := s.add("chat", rooms.Viewer)
	for range 250 { // more than one part
		if err := s.do("ada", talk, "say", map[string]any{"text": marker}); err != nil {
			t.Fatal(err)
		}
	}
	s.restart() // with checkpoints
	room, err := s.log.Find(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.do("ada", "lobby", "delete", map[string]any{"on": true}); err != nil {
		t.Fatal(err)
	}
	var at int64
	if err := s.log.Read().Raw("SELECT at FROM deleted_rooms WHERE room = ?", room).Scan(&at).Error; err != nil || at == 0 {
		t.Fatalf("%d %v", at, err)
	}
	secrets, err := store.OpenSecrets(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	of := rooms.SecretOf{Room: room, Activity: "poll-1", Epoch: "e"}
	if err := secrets.Make(of, "q", []byte("secret")); err != nil {
		t.Fatal(err)
	}
	now := time.UnixMilli(at).Add(rooms.KeptDeleted)
	erase := func(at time.Time) {
		t.Helper()
		e := store.NewEraser(s.log, secrets, store.EraserOptions{Clock: func() time.Time { return at }})
		defer e.Close()
		if err := e.Erase(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	erase(now.Add(-time.Millisecond))
	if _, err := s.log.Head(t.Context(), room); err != nil {
		t.Errorf("a millisecond before: %v", err)
	}
	// It cannot be finished: what is left is erased the next time.
	failed := errors.New("failed")
	if err := s.log.Erase(t.Context(), at, func(string) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("%v", err)
	}
	refusedAs(t, s.do("ada", "lobby", "delete", map[string]any{"on": false}), "deleted") // the room is still open
	erase(now)
	if _, err := s.hall.About(t.Context(), code, "ada"); !errors.Is(err, rooms.ErrDeleted) {
		t.Errorf("its code: %v", err)
	}
	if err := s.log.Create(t.Context(), rooms.Head{Room: "r-new", Code: code, Epoch: "e", Term: 1}); !errors.Is(err, rooms.ErrCodeTaken) {
		t.Errorf("its code for another room: %v", err)
	}
	if left, err := secrets.Of(of); err != nil || len(left) > 0 {
		t.Errorf("its secrets: %v %v", left, err)
	}
	var tables []string
	if err := s.log.Read().Raw("SELECT name FROM sqlite_schema m WHERE type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) WHERE name = 'room')").Scan(&tables).Error; err != nil || len(tables) < 8 {
		t.Fatalf("%v %v", tables, err)
	}
	for _, table := range tables {
		var n int
		if err := s.log.Read().Raw("SELECT count(*) FROM "+table+" WHERE room = ?", room).Scan(&n).Error; err != nil || n > 0 {
			t.Errorf("%d rows of %s: %v", n, table, err)
		}
	}
	if err := s.log.Wiped(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, end := range []string{"", "-wal"} {
		if bytes, err := os.ReadFile(s.path + end); err != nil || strings.Contains(string(bytes), marker) {
			t.Errorf("its words are in the database%s: %v", end, err)
		}
	}
	found, err := store.Check(context.Background(), s.path)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Bad {
			t.Error(f.Say)
		}
	}
	s.code = other
	s.add("chat", rooms.Viewer)
}

// A room whose head is gone while it is open ends, instead of trying for ever.
func TestARoomWithoutAHeadEnds(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	talk := s.add("chat", rooms.Viewer)
	tab := s.mustJoin("ada", "peer-of-ada", 1, nil, map[string]int{talk: -1})
	s.faults.mu.Lock()
	s.faults.gone, s.faults.before = true, 1
	s.faults.mu.Unlock()
	tab.say(fmt.Sprintf(said(1, "into nothing"), talk))
	tab.has("because", "moving")
	told := make(chan error, 1)
	go func() { _, err := s.hall.About(t.Context(), s.code, "ada"); told <- err }()
	if err := within(t, told); !errors.Is(err, rooms.ErrNoRoom) {
		t.Errorf("afterwards: %v", err)
	}
}
