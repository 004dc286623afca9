package store

import (
	"encoding/json"
	"errors"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm"

	"plenum/rooms"
)

func TestAppendAndReadBack(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	b := batchOf("r1", 0, 3)
	b.Events[0] = rooms.Event{
		Seq: 1, In: "doc-1", Did: "changed", With: json.RawMessage("{ \"b\":1.50,\n \"a\":\"\\u00e9é𝄞\xff\" }"), By: "m9", Peer: "p-9f",
		N: 17, At: -5, Format: 3, To: rooms.Audience{Least: rooms.Host, Only: "m2"},
	}
	b.Events[1].With = nil
	b.Events[2].To.Least = rooms.Nobody
	mustAppend(t, s, b)

	got, err := s.Events(t.Context(), rooms.Query{Room: "r1"})
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, b.Events) {
		t.Errorf("read back\n%+v, want\n%+v", got, b.Events)
	}
	mustEndAt(t, s, "r1", 3)
}

func TestStoredAcrossReopening(t *testing.T) {
	t.Parallel()
	// Characters that mean something in a URI must not reach another file.
	folder := filepath.Join(t.TempDir(), "a b?mode=memory#%41&ü")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(folder, "plenum.db")
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	create(t, s, "r1")
	mustAppend(t, s, batchOf("r1", 0, 2))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	names, err := os.ReadDir(folder)
	if err != nil || len(names) != 1 {
		t.Fatalf("files after closing: %v, %v", names, err)
	}
	if stat, err := os.Stat(path); err != nil || stat.Mode().Perm() != 0o600 {
		t.Errorf("permissions %v, %v: others may read the database", stat.Mode(), err)
	}
	mustEndAt(t, openAt(t, path, Options{}), "r1", 2)
}

func TestEventsQueries(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	create(t, s, "r2")
	b := batchOf("r1", 0, 10)
	for _, i := range []int{1, 4, 7} { // seqs 2, 5, 8
		b.Events[i].In = "poll"
	}
	mustAppend(t, s, b)
	mustAppend(t, s, batchOf("r2", 0, 4))
	const far = math.MaxUint64
	for _, test := range []struct {
		name string
		q    rooms.Query
		want []uint64
	}{
		{"all", rooms.Query{}, []uint64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}},
		{"between", rooms.Query{After: 3, Through: 6}, []uint64{4, 5, 6}},
		{"oldest", rooms.Query{After: 3, Limit: 2}, []uint64{4, 5}},
		{"newest", rooms.Query{Limit: 3, Newest: true}, []uint64{8, 9, 10}},
		{"newest through", rooms.Query{Through: 6, Limit: 2, Newest: true}, []uint64{5, 6}},
		{"newest unbounded", rooms.Query{After: 8, Newest: true}, []uint64{9, 10}},
		{"of an activity", rooms.Query{Activity: "poll"}, []uint64{2, 5, 8}},
		{"of an activity between", rooms.Query{Activity: "poll", After: 2, Through: 7}, []uint64{5}},
		{"newest of an activity", rooms.Query{Activity: "poll", Limit: 2, Newest: true}, []uint64{5, 8}},
		{"of no activity", rooms.Query{Activity: "game"}, []uint64{}},
		{"after the end", rooms.Query{After: 10}, []uint64{}},
		{"after anything", rooms.Query{After: far}, []uint64{}},
		{"through anything", rooms.Query{After: 9, Through: far}, []uint64{10}},
	} {
		test.q.Room = "r1"
		events, err := s.Events(t.Context(), test.q)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		got := []uint64{}
		for _, e := range events {
			got = append(got, e.Seq)
		}
		if !reflect.DeepEqual(got, test.want) {
			t.Errorf("%s: %v, want %v", test.name, got, test.want)
		}
	}
}

func TestMarkOnlyWhereABatchEnded(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	first, second := batchOf("r1", 0, 2), batchOf("r1", 2, 1)
	mustAppend(t, s, first)
	mustAppend(t, s, second)
	for seq, want := range map[uint64]string{0: "", 1: "", 2: first.Mark, 3: second.Mark, 4: "", math.MaxUint64: ""} {
		got, err := s.Mark(t.Context(), "r1", seq)
		if err != nil || got != want {
			t.Errorf("mark at %d: %q, %v, want %q", seq, got, err, want)
		}
	}
}

func TestOneOfManyWritersMovesAHead(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	const writers = 20
	answers := make([]error, writers)
	var wait sync.WaitGroup
	for i := range writers {
		wait.Go(func() { answers[i] = s.Append(t.Context(), batchOf("r1", 0, 2)) })
	}
	wait.Wait()
	var stored int
	for _, err := range answers {
		switch {
		case err == nil:
			stored++
		case !errors.Is(err, rooms.ErrStale):
			t.Errorf("%v, want ErrStale", err)
		}
	}
	if stored != 1 {
		t.Errorf("%d writers moved the same head", stored)
	}
	mustEndAt(t, s, "r1", 2)
}

func TestAForeignTermIsStale(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	for _, term := range []uint64{0, 2} {
		b := batchOf("r1", 0, 1)
		b.Term = term
		if err := s.Append(t.Context(), b); !errors.Is(err, rooms.ErrStale) {
			t.Errorf("term %d: %v, want ErrStale", term, err)
		}
	}
	if err := s.Append(t.Context(), batchOf("no such room", 0, 1)); !errors.Is(err, rooms.ErrStale) {
		t.Errorf("no room: %v, want ErrStale", err)
	}
	mustEndAt(t, s, "r1", 0)
}

func TestIllFormedBatchesAreRefused(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	for name, spoil := range map[string]func(*rooms.Batch){
		"empty":               func(b *rooms.Batch) { b.Events = nil },
		"hole":                func(b *rooms.Batch) { b.Events[1].Seq = 3 },
		"wrong start":         func(b *rooms.Batch) { b.Events = b.Events[1:] },
		"other room's peer":   func(b *rooms.Batch) { b.Settled = []rooms.Settled{{Room: "r2", Peer: "p"}} },
		"other room's wake":   func(b *rooms.Batch) { b.Wakes = []rooms.Wake{{Room: "r2", Activity: "a"}} },
		"number out of range": func(b *rooms.Batch) { b.Events[0].N = math.MaxUint64 },
	} {
		b := batchOf("r1", 0, 2)
		spoil(&b)
		if err := s.Append(t.Context(), b); err == nil || errors.Is(err, rooms.ErrStale) || errors.Is(err, ErrInDoubt) {
			t.Errorf("%s: %v", name, err)
		}
	}
	mustEndAt(t, s, "r1", 0)
}

func TestCreateAndFind(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	h := create(t, s, "r1")
	if got, err := s.Head(t.Context(), "r1"); err != nil || got != h {
		t.Errorf("head %+v, %v, want %+v", got, err, h)
	}
	if id, err := s.Find(t.Context(), h.Code); err != nil || id != "r1" {
		t.Errorf("find: %q, %v", id, err)
	}
	for _, code := range []string{"", "CODE OF R1", h.Code + " ", "code of r_"} {
		if _, err := s.Find(t.Context(), code); !errors.Is(err, rooms.ErrNoRoom) {
			t.Errorf("find %q: %v, want ErrNoRoom", code, err)
		}
	}
	if _, err := s.Head(t.Context(), "R1"); !errors.Is(err, rooms.ErrNoRoom) {
		t.Errorf("head of no room: %v, want ErrNoRoom", err)
	}
	if err := s.Create(t.Context(), rooms.Head{Room: "r2", Code: h.Code}); !errors.Is(err, rooms.ErrCodeTaken) {
		t.Errorf("code taken: %v, want ErrCodeTaken", err)
	}
	if err := s.Create(t.Context(), rooms.Head{Room: "r1", Code: "other"}); err == nil || errors.Is(err, rooms.ErrCodeTaken) {
		t.Errorf("id taken: %v", err)
	}
}

func TestOneOfManyGetsACode(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	const hosts = 20
	answers := make([]error, hosts)
	var wait sync.WaitGroup
	for i := range hosts {
		wait.Go(func() {
			answers[i] = s.Create(t.Context(), rooms.Head{Room: strings.Repeat("r", i+1), Code: "same", Term: 1})
		})
	}
	wait.Wait()
	var made int
	for _, err := range answers {
		switch {
		case err == nil:
			made++
		case !errors.Is(err, rooms.ErrCodeTaken):
			t.Errorf("%v, want ErrCodeTaken", err)
		}
	}
	if made != 1 {
		t.Errorf("%d rooms have the same code", made)
	}
}

func TestSettled(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	if got, err := s.Settled(t.Context(), "r1", "p1"); err != nil || !reflect.DeepEqual(got, rooms.Settled{}) {
		t.Errorf("of an unknown peer: %+v, %v", got, err)
	}
	first := rooms.Settled{Room: "r1", Peer: "p1", Member: "m1", Last: 3,
		Refused: []rooms.Refused{{N: 2, Because: "closed", Say: `This poll is "closed".`}}}
	other := rooms.Settled{Room: "r1", Peer: "p2", Member: "m2", Last: 1}
	b := batchOf("r1", 0, 1)
	b.Settled = []rooms.Settled{first, other}
	mustAppend(t, s, b)
	last := rooms.Settled{Room: "r1", Peer: "p1", Member: "m1", Last: 5}
	b = batchOf("r1", 1, 1)
	b.Settled = []rooms.Settled{{Room: "r1", Peer: "p1", Member: "m1", Last: 4}, last} // the later one counts
	mustAppend(t, s, b)
	for peer, want := range map[string]rooms.Settled{"p1": last, "p2": other} {
		if got, err := s.Settled(t.Context(), "r1", peer); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v, want %+v", peer, got, err, want)
		}
	}
}

func TestRefusalsAreReadBack(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	want := rooms.Settled{Room: "r1", Peer: "p1", Member: "m1", Last: 3,
		Refused: []rooms.Refused{{N: 2, Because: "closed", Say: `This <poll> is "closed".`}, {N: 3, Because: "role", Say: "No."}}}
	b := batchOf("r1", 0, 1)
	b.Settled = []rooms.Settled{want}
	mustAppend(t, s, b)
	if got, err := s.Settled(t.Context(), "r1", "p1"); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}

func TestWakesInOrderOfTime(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	create(t, s, "r2")
	b := batchOf("r1", 0, 1)
	b.Wakes = []rooms.Wake{{Room: "r1", Activity: "late", At: 90}, {Room: "r1", Activity: "poll", At: 50}, {Room: "r1", Activity: "gone", At: 10}}
	mustAppend(t, s, b)
	b = batchOf("r2", 0, 1)
	b.Wakes = []rooms.Wake{{Room: "r2", Activity: "poll", At: 40}}
	mustAppend(t, s, b)
	b = batchOf("r1", 1, 1)
	b.Wakes = []rooms.Wake{{Room: "r1", Activity: "gone"}, {Room: "r1", Activity: "poll", At: 30}, {Room: "r1", Activity: "never"}}
	mustAppend(t, s, b)
	want := []rooms.Wake{{Room: "r1", Activity: "poll", At: 30}, {Room: "r2", Activity: "poll", At: 40}}
	if got, err := s.Wakes(t.Context(), 89); err != nil || !reflect.DeepEqual(got, want) {
		t.Errorf("%+v, %v, want %+v", got, err, want)
	}
}

func TestTheNewestCheckpointIsKept(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	if got, err := s.Checkpoint(t.Context(), "r1", "doc"); err != nil || got.Seq != 0 {
		t.Errorf("before any: %+v, %v", got, err)
	}
	newest := rooms.Checkpoint{Room: "r1", Activity: "doc", Seq: 7, Format: 2, State: []byte{0, 255, '\''}}
	for _, c := range []rooms.Checkpoint{
		{Room: "r1", Activity: "doc", Seq: 3, Format: 1, State: []byte("old")},
		newest,
		{Room: "r1", Activity: "doc", Seq: 5, Format: 2, State: []byte("an encoder that was slow")},
		{Room: "r1", Activity: "chat", Seq: 9, Format: 1, State: []byte("other")},
	} {
		if err := s.SaveCheckpoint(t.Context(), c); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := s.Checkpoint(t.Context(), "r1", "doc"); err != nil || !reflect.DeepEqual(got, newest) {
		t.Errorf("%+v, %v, want %+v", got, err, newest)
	}
}

// The events of one activity are found by its own index: a long room would else
// be walked from end to end to open a short activity.
func TestEventsOfAnActivityAreFoundByItsIndex(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	for _, c := range []struct {
		q       rooms.Query
		indexes []string
	}{
		{rooms.Query{Room: "r", Activity: "a"}, []string{"events_of_activity"}},
		{rooms.Query{Room: "r", Activity: "a", After: 5, Through: 9, Limit: 3, Newest: true}, []string{"events_of_activity"}},
		{rooms.Query{Room: "r", Activity: "a", Through: 9, Limit: 3, Newest: true, Words: true}, []string{"events_of_words"}},
		{rooms.Query{Room: "r", Activity: "a", Through: 9, Limit: 3, Words: true, Thread: 4}, []string{"events_of_words"}},
		{rooms.Query{Room: "r", Activity: "a", Through: 9, AboutFrom: 2, AboutTo: 5}, []string{"events_about"}},
		{rooms.Query{Room: "r", Activity: "a", Through: 9, Thread: 4, AboutFrom: 5, AboutTo: 7}, []string{"events_about"}},
		{rooms.Query{Room: "r", Activity: "a", Through: 9, Newests: []uint64{2, 4}}, []string{"PRIMARY KEY", "events_of_words"}},
	} {
		q := c.q
		query := s.Read().ToSQL(func(db *gorm.DB) *gorm.DB { return selectEvents(db, q).Find(&[]eventRow{}) })
		var plan []struct{ Detail string }
		if err := s.Read().Raw("EXPLAIN QUERY PLAN " + query).Scan(&plan).Error; err != nil {
			t.Fatal(err)
		}
		var searched []string
		for _, step := range plan {
			if strings.HasPrefix(step.Detail, "SCAN") && !strings.Contains(step.Detail, "threads") || strings.Contains(step.Detail, "TEMP B-TREE") {
				t.Errorf("%+v goes through everything: %v", q, plan)
			}
			if strings.HasPrefix(step.Detail, "SEARCH") {
				searched = append(searched, step.Detail)
			}
		}
		want := append(c.indexes, "INTEGER PRIMARY KEY")
		ok := len(searched) == len(want)
		for _, index := range want {
			ok = ok && slices.ContainsFunc(searched, func(step string) bool { return strings.Contains(step, index) })
		}
		if !ok {
			t.Errorf("%+v is found by %v", q, plan)
		}
	}
}
