package store

import (
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"plenum/rooms"
)

func TestBadInput25SQLIsLiteral(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	mustAppend(t, s, batchOf("r1", 0, 3))
	for _, junk := range []string{
		`' OR '1'='1`, `"; DROP TABLE events; --`, `r1' --`, `%`, `r_`, `?`, `@p1`, `:room`, `$1`, "r1\x00", `/*`, `x'7231'`, "", "r1 ", "R1", "🄬1",
	} {
		if events, err := s.Events(t.Context(), rooms.Query{Room: junk}); err != nil || len(events) > 0 {
			t.Errorf("room %q: %d events, %v", junk, len(events), err)
		}
		if junk != "" { // empty is every activity
			if events, err := s.Events(t.Context(), rooms.Query{Room: "r1", Activity: junk}); err != nil || len(events) > 0 {
				t.Errorf("activity %q: %d events, %v", junk, len(events), err)
			}
		}
		if _, err := s.Find(t.Context(), junk); !errors.Is(err, rooms.ErrNoRoom) {
			t.Errorf("code %q: %v", junk, err)
		}
		if got, err := s.Settled(t.Context(), "r1", junk); err != nil || got.Last != 0 {
			t.Errorf("peer %q: %+v, %v", junk, got, err)
		}
		writeLiterally(t, s, junk)
	}
	mustEndAt(t, s, "r1", 3)
}

// writeLiterally writes junk into every column and wants it back.
func writeLiterally(t *testing.T, s *Store, junk string) {
	t.Helper()
	room := "room " + junk
	if err := s.Create(t.Context(), rooms.Head{Room: room, Code: junk + "!", Epoch: junk, Term: 1}); err != nil {
		t.Fatalf("create %q: %v", junk, err)
	}
	b := batchOf(room, 0, 1)
	b.Mark = junk
	b.Events[0] = rooms.Event{Seq: 1, In: junk, Did: junk, With: json.RawMessage("[" + junk + "]"), By: junk, Peer: junk, To: rooms.Audience{Only: junk}}
	b.Settled = []rooms.Settled{{Room: room, Peer: junk, Member: junk, Last: 1}}
	b.Wakes = []rooms.Wake{{Room: room, Activity: junk, At: 1}}
	mustAppend(t, s, b)
	if got, err := s.Events(t.Context(), rooms.Query{Room: room, Activity: junk}); err != nil || !reflect.DeepEqual(got, b.Events) {
		t.Errorf("%q: %+v, %v", junk, got, err)
	}
	if got, err := s.Settled(t.Context(), room, junk); err != nil || !reflect.DeepEqual(got, b.Settled[0]) {
		t.Errorf("%q: %+v, %v", junk, got, err)
	}
	if id, err := s.Find(t.Context(), junk+"!"); err != nil || id != room {
		t.Errorf("find %q: %q, %v", junk, id, err)
	}
}
