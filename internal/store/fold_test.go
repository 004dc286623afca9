package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"gorm.io/gorm"

	"plenum/rooms"
)

// folded is a log of ten events of a document, of which the fourth is of a chat, with a checkpoint at the eighth.
func folded(t *testing.T) (s *Store, path string, f rooms.Fold) {
	path = t.TempDir() + "/plenum.db"
	s = openAt(t, path, Options{})
	create(t, s, "r1")
	picture := func(digit string) string { return "sha256-" + strings.Repeat(digit, 64) }
	b := batchOf("r1", 0, 10)
	for i := range b.Events {
		e := &b.Events[i]
		if i != 3 {
			e.In, e.Did, e.With = "doc", "changed", fmt.Appendf(nil, `{"rev":%d}`, i)
		}
	}
	b.Events[1].With = fmt.Appendf(nil, `{"rev":1,"a":%q}`, picture("a"))
	b.Events[2].With = fmt.Appendf(nil, `{"rev":2,"b":%q}`, picture("b"))
	mustAppend(t, s, b)
	if err := s.SaveCheckpoint(t.Context(), rooms.Checkpoint{Room: "r1", Activity: "doc", Seq: 8, Format: 1, State: []byte("{}")}); err != nil {
		t.Fatal(err)
	}
	for _, seq := range []uint64{1, 3, 5, 6, 9} {
		for format := range 2 {
			if err := s.SaveFrame(t.Context(), "r1", "doc", format, rooms.Frame{Place: seq, Seq: seq, Index: []byte{}, State: []byte{}}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s, path, rooms.Fold{
		Room: "r1", Activity: "doc", From: 2, Events: 4, Folded: 3, Seen: 10, Pins: []string{"named"},
		Last: rooms.Event{Seq: 6, By: "m2", With: json.RawMessage(fmt.Sprintf(`{"all":%q}`, picture("a"))), FoldedFrom: 2},
	}
}

func TestFold(t *testing.T) {
	t.Parallel()
	s, path, f := folded(t)
	if err := s.Fold(t.Context(), f); err != nil {
		t.Fatal(err)
	}
	events, err := s.Events(t.Context(), rooms.Query{Room: "r1"})
	if err != nil {
		t.Fatal(err)
	}
	var seqs []uint64
	for _, e := range events {
		seqs = append(seqs, e.Seq)
		if e.Seq == 6 && (e.By != "m2" || e.Peer != "" || e.N != 0 || e.FoldedFrom != 2 || e.Folded != 3 || string(e.With) != string(f.Last.With) || e.At == 0) {
			t.Errorf("the last of them is %+v", e)
		}
	}
	if want := []uint64{1, 4, 6, 7, 8, 9, 10}; !reflect.DeepEqual(seqs, want) {
		t.Errorf("left are %v, want %v", seqs, want)
	}
	var uses []string
	if err := s.Read().Raw("SELECT seq || ' ' || substr(hash, 8, 1) FROM file_uses").Scan(&uses).Error; err != nil || !reflect.DeepEqual(uses, []string{"6 a"}) {
		t.Errorf("files are named by %v, %v", uses, err)
	}
	var places []string
	if err := s.Read().Raw("SELECT format || ' ' || place FROM frames ORDER BY format, place").Scan(&places).Error; err != nil || !reflect.DeepEqual(places, []string{"0 1", "0 9", "1 1", "1 9"}) {
		t.Errorf("frames are left at %v, %v", places, err)
	}
	// And once more, with the one after.
	f.From, f.Events, f.Folded, f.Last.Seq = 6, 2, 4, 7
	if err := s.Fold(t.Context(), f); err != nil {
		t.Error(err)
	}
	found, err := Check(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	for _, one := range found {
		if one.Bad {
			t.Error(one.Say)
		}
	}
	copied := t.TempDir() + "/restored.db"
	if err := Restore(t.Context(), path, copied); err != nil {
		t.Errorf("it cannot be restored: %v", err)
	}
}

// A fold that does not fit the log changes nothing.
func TestFoldThatDoesNotFit(t *testing.T) {
	t.Parallel()
	for name, spoil := range map[string]func(*Store, *rooms.Fold){
		"behind the checkpoint": func(_ *Store, f *rooms.Fold) { f.Last.Seq, f.Events, f.Folded = 9, 7, 6 },
		"too few events":        func(_ *Store, f *rooms.Fold) { f.Events, f.Folded = 3, 2 },
		"too many events":       func(_ *Store, f *rooms.Fold) { f.Events, f.Folded = 5, 4 },
		"too few that are gone": func(_ *Store, f *rooms.Fold) { f.Folded = 2 },
		"of another room":       func(_ *Store, f *rooms.Fold) { f.Room = "r2" },
		"ends with a chat's":    func(_ *Store, f *rooms.Fold) { f.Last.Seq, f.Events, f.Folded = 4, 3, 2 },
		"what may be forgotten": func(s *Store, _ *rooms.Fold) { runSQL(t, s, "UPDATE events SET words = 1 WHERE seq = 3") },
		"something is named then": func(s *Store, f *rooms.Fold) {
			runSQL(t, s, "UPDATE events SET did = 'named' WHERE seq = 10")
			f.Seen = 9
		},
	} {
		s, _, f := folded(t)
		spoil(s, &f)
		before := dump(t, s)
		if err := s.Fold(t.Context(), f); !errors.Is(err, rooms.ErrMoved) {
			t.Errorf("%s: %v", name, err)
		}
		if after := dump(t, s); after != before {
			t.Errorf("%s: there is\n%s\nand was\n%s", name, after, before)
		}
	}
}

func runSQL(t *testing.T, s *Store, sql string) {
	t.Helper()
	if err := s.Write(t.Context(), func(tx *gorm.DB) error { return tx.Exec(sql).Error }); err != nil {
		t.Fatal(err)
	}
}

func dump(t *testing.T, s *Store) string {
	t.Helper()
	var lines []string
	err := s.Read().Raw(`SELECT seq || ' ' || activity || ' ' || coalesce(content, '') || folded FROM events
		UNION ALL SELECT 'use ' || seq || hash FROM file_uses UNION ALL SELECT 'frame ' || format || ' ' || place FROM frames`).Scan(&lines).Error
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(lines, "\n")
}

// What is old is found once, and again when there is more.
func TestAged(t *testing.T) {
	t.Parallel()
	s, _, _ := folded(t)
	const at = 1_700_000_000_000
	aged := func(before int64, want ...rooms.Aged) {
		t.Helper()
		got, err := s.Aged(t.Context(), before, rooms.Aged{}, 10)
		if err != nil || len(got) != len(want) || len(got) > 0 && !reflect.DeepEqual(got, want) {
			t.Errorf("before %d: %v, %v", before, got, err)
		}
	}
	aged(at)
	aged(at+1, rooms.Aged{Room: "r1", Activity: "doc"}) // the chat has no checkpoint
	looked := rooms.Aged{Room: "r1", Activity: "doc", Seq: 7}
	for range 2 {
		if err := s.Looked(t.Context(), looked); err != nil {
			t.Fatal(err)
		}
		aged(at+1, rooms.Aged{Room: "r1", Activity: "doc", Seq: 7})
		looked.Seq = 5 // never back
	}
	looked.Seq = 8
	if err := s.Looked(t.Context(), looked); err != nil {
		t.Fatal(err)
	}
	aged(at + 1) // the rest is behind the checkpoint
	if got, err := s.Aged(t.Context(), at+1, rooms.Aged{Room: "r1", Activity: "doc"}, 10); err != nil || len(got) > 0 {
		t.Errorf("after it: %v, %v", got, err)
	}
}
