package store

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"gorm.io/gorm"

	"plenum/rooms"
)

func TestFrames(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	b := batchOf("r1", 0, 30)
	b.Events[9].In = "other"
	mustAppend(t, s, b)
	save := func(activity string, format int, f rooms.Frame) {
		t.Helper()
		if err := s.SaveFrame(t.Context(), "r1", activity, format, f); err != nil {
			t.Fatal(err)
		}
	}
	five := rooms.Frame{Place: 5, Seq: 9, Index: []byte("index of 5"), State: []byte("state of 5")}
	nine := rooms.Frame{Place: 9, Seq: 20, Index: []byte("index of 9"), State: []byte(strings.Repeat("state", 100_000))}
	save("chat", 2, nine)
	save("chat", 2, rooms.Frame{Place: 5, Seq: 8, Index: []byte("old"), State: []byte("old")})
	save("chat", 2, five)
	save("chat", 3, rooms.Frame{Place: 7, Seq: 12, Index: []byte("newer"), State: []byte("newer")})
	save("other", 2, rooms.Frame{Place: 6, Seq: 10, Index: []byte("other"), State: []byte("other")})
	for place, want := range map[uint64]rooms.Frame{0: {}, 4: {}, 5: five, 8: five, 9: nine, 10: nine, math.MaxUint64: nine} {
		got, err := s.Frame(t.Context(), "r1", "chat", 2, place)
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("at %d: frame %d, %v", place, got.Place, err)
		}
	}
	bare := func(f rooms.Frame) rooms.Frame { f.State = nil; return f }
	for _, of := range []struct {
		after, through uint64
		want           []rooms.Frame
	}{
		{0, math.MaxUint64, []rooms.Frame{bare(five), bare(nine)}}, {5, 9, []rooms.Frame{bare(nine)}}, {4, 8, []rooms.Frame{bare(five)}},
		{9, 20, []rooms.Frame{}}, {math.MaxUint64, math.MaxUint64, nil},
	} {
		got, err := s.Frames(t.Context(), "r1", "chat", 2, of.after, of.through)
		if err != nil || !reflect.DeepEqual(got, of.want) {
			t.Errorf("from %d to %d: %d frames, %v", of.after, of.through, len(got), err)
		}
	}
}

func TestCheckFindsFramesThatDoNotFit(t *testing.T) {
	t.Parallel()
	path := t.TempDir() + "/plenum.db"
	s := openAt(t, path, Options{})
	create(t, s, "r1")
	mustAppend(t, s, batchOf("r1", 0, 3))
	check := func() (bad []string) {
		t.Helper()
		found, err := Check(t.Context(), path)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range found {
			if f.Bad {
				bad = append(bad, f.Say)
			}
		}
		return bad
	}
	keep := func(room, activity string, place, seq uint64) {
		t.Helper()
		if err := s.SaveFrame(t.Context(), room, activity, 1, rooms.Frame{Place: place, Seq: seq, Index: []byte{}, State: []byte{}}); err != nil {
			t.Fatal(err)
		}
	}
	keep("r1", "chat", 2, 3)
	if bad := check(); len(bad) > 0 {
		t.Errorf("a good frame: %v", bad)
	}
	keep("r1", "chat", 4, 4)  // behind the log: it is not kept
	keep("r1", "other", 1, 1) // nor is one of an event of something else
	if bad := check(); len(bad) > 0 {
		t.Errorf("frames that are not kept: %v", bad)
	}
	err := s.Write(t.Context(), func(tx *gorm.DB) error {
		return tx.Create([]frameRow{
			{Room: "r1", Activity: "chat", Format: 1, Place: 4, Seq: 4, Index: []byte{}, State: []byte{}},
			{Room: "r1", Activity: "other", Format: 1, Place: 1, Seq: 1, Index: []byte{}, State: []byte{}},
		}).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	if bad := check(); len(bad) != 1 || !strings.HasPrefix(bad[0], "2 rows of the table frames do not fit the logs") {
		t.Errorf("two that do not fit: %v", bad)
	}
	keep("r2", "chat", 1, 1) // is not kept
	err = s.Write(t.Context(), func(tx *gorm.DB) error {
		return tx.Exec("UPDATE frames SET room = 'r2' WHERE activity = 'other'").Error
	})
	if err != nil {
		t.Fatal(err)
	}
	if bad := check(); len(bad) != 2 {
		t.Errorf("one of no room: %v", bad)
	}
}
