package store

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"

	"plenum/rooms"
)

// openAt opens a store at a path and closes it at the end of the test.
func openAt(t testing.TB, path string, o Options) *Store {
	t.Helper()
	s, err := Open(t.Context(), path, o)
	if err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	t.Cleanup(func() {
		once.Do(func() {
			if err := s.Close(); err != nil {
				t.Errorf("close: %v", err)
			}
		})
	})
	return s
}

func openNew(t testing.TB) *Store {
	t.Helper()
	return openAt(t, filepath.Join(t.TempDir(), "plenum.db"), Options{})
}

// create makes a room with an id; its code is the id in capitals' stead.
func create(t testing.TB, s *Store, id string) rooms.Head {
	t.Helper()
	h := rooms.Head{Room: id, Code: "code of " + id, Epoch: "first", Term: 1}
	if err := s.Create(t.Context(), h); err != nil {
		t.Fatal(err)
	}
	return h
}

// batchOf makes a batch of n small events of the chat.
func batchOf(room string, after uint64, n int) rooms.Batch {
	b := rooms.Batch{Room: room, Term: 1, After: after, Mark: fmt.Sprintf("%016x", rand.Uint64())}
	for i := range n {
		seq := after + 1 + uint64(i)
		b.Events = append(b.Events, rooms.Event{
			Seq: seq, In: "chat", Did: "said", With: json.RawMessage(`{"text":"hello"}`),
			By: "m1", Peer: "p1", N: seq, At: 1_700_000_000_000, Format: 1,
		})
	}
	return b
}

func mustAppend(t testing.TB, s *Store, b rooms.Batch) {
	t.Helper()
	if err := s.Append(t.Context(), b); err != nil {
		t.Fatal(err)
	}
}

// mustEndAt checks that a room's head is where it should be and its log whole.
func mustEndAt(t testing.TB, s *Store, room string, seq uint64) {
	t.Helper()
	h, err := s.Head(t.Context(), room)
	if err != nil {
		t.Fatal(err)
	}
	if h.Seq != seq {
		t.Errorf("room %s: head at %d, want %d", room, h.Seq, seq)
	}
	mustBeWhole(t, s, h)
}

func mustBeWhole(t testing.TB, s *Store, h rooms.Head) {
	t.Helper()
	events, err := s.Events(t.Context(), rooms.Query{Room: h.Room})
	if err != nil {
		t.Fatal(err)
	}
	if uint64(len(events)) != h.Seq {
		t.Fatalf("room %s: %d events, head at %d", h.Room, len(events), h.Seq)
	}
	for i, e := range events {
		if e.Seq != uint64(i)+1 {
			t.Fatalf("room %s: event %d has seq %d", h.Room, i, e.Seq)
		}
	}
	mark, err := s.Mark(t.Context(), h.Room, h.Seq)
	if err != nil {
		t.Fatal(err)
	}
	if mark != h.Mark {
		t.Errorf("room %s: mark of the last event %q, of the head %q", h.Room, mark, h.Mark)
	}
}

// mustBeSound runs Check and wants nothing bad.
func mustBeSound(t testing.TB, path string) {
	t.Helper()
	found, err := Check(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range found {
		if f.Bad {
			t.Error(f.Say)
		}
	}
}
