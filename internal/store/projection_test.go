package store

import (
	"reflect"
	"testing"

	"gorm.io/gorm"

	"plenum/rooms"
)

// pick is a projected row as an activity would have it.
type pick struct {
	Room      string `gorm:"primaryKey"`
	Round     int    `gorm:"primaryKey"`
	Voter     string `gorm:"primaryKey"`
	Choice    string `gorm:"default:none"`
	CreatedAt int64  `gorm:"autoCreateTime:milli"`
	Weight    int
}

// seen has nothing but its key.
type seen struct {
	Room  string `gorm:"primaryKey"`
	Voter string `gorm:"primaryKey"`
}

func openWithPicks(t *testing.T) *Store {
	t.Helper()
	s := openNew(t)
	for _, table := range []string{
		`CREATE TABLE picks (room TEXT, round INTEGER, voter TEXT, choice TEXT DEFAULT 'none', created_at INTEGER,
			weight INTEGER CHECK (weight >= 0), PRIMARY KEY (room, round, voter)) STRICT, WITHOUT ROWID`,
		`CREATE TABLE seens (room TEXT, voter TEXT, PRIMARY KEY (room, voter)) STRICT, WITHOUT ROWID`,
	} {
		if err := s.Write(t.Context(), func(tx *gorm.DB) error { return tx.Exec(table).Error }); err != nil {
			t.Fatal(err)
		}
	}
	create(t, s, "r1")
	return s
}

func mustHavePicks(t *testing.T, s *Store, want ...pick) {
	t.Helper()
	var got []pick
	if err := s.Read().Order("round, voter").Find(&got).Error; err != nil {
		t.Fatal(err)
	}
	if len(got) == 0 && len(want) == 0 {
		return
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("rows\n%+v, want\n%+v", got, want)
	}
}

func TestRowsAreReplacedWhole(t *testing.T) {
	t.Parallel()
	s := openWithPicks(t)
	b := batchOf("r1", 0, 1)
	b.Rows = []rooms.Row{{Put: &pick{"r1", 1, "ada", "tea", 10, 3}}, {Put: &seen{"r1", "ada"}}}
	mustAppend(t, s, b)
	b = batchOf("r1", 1, 1)
	b.Rows = []rooms.Row{{Put: &pick{"r1", 1, "ada", "coffee", 20, 0}}, {Put: &seen{"r1", "ada"}}}
	mustAppend(t, s, b)
	mustHavePicks(t, s, pick{"r1", 1, "ada", "coffee", 20, 0})
}

func TestTheLastChangeOfAKeyCounts(t *testing.T) {
	t.Parallel()
	s := openWithPicks(t)
	b := batchOf("r1", 0, 1)
	b.Rows = []rooms.Row{
		{Put: &pick{"r1", 0, "ada", "tea", 1, 1}}, {Put: &pick{"r1", 0, "ada", "milk", 2, 2}},
		{Put: &pick{"r1", 0, "bob", "tea", 1, 1}}, {Drop: &pick{Room: "r1", Voter: "bob"}},
		{Drop: &pick{Room: "r1", Voter: "cy"}}, {Put: &pick{"r1", 0, "cy", "tea", 3, 3}},
	}
	mustAppend(t, s, b)
	mustHavePicks(t, s, pick{"r1", 0, "ada", "milk", 2, 2}, pick{"r1", 0, "cy", "tea", 3, 3})
}

func TestDropTakesOnlyItsKey(t *testing.T) {
	t.Parallel()
	s := openWithPicks(t)
	b := batchOf("r1", 0, 1)
	b.Rows = []rooms.Row{{Put: &pick{"r1", 0, "ada", "tea", 1, 1}}, {Put: &pick{"r1", 1, "ada", "tea", 1, 1}}, {Put: &pick{"r1", 2, "ada", "tea", 1, 1}}}
	mustAppend(t, s, b)
	b = batchOf("r1", 1, 1)
	b.Rows = []rooms.Row{{Drop: &pick{Room: "r1", Round: 0, Voter: "ada", Choice: "milk", Weight: 9}}} // a key with a zero in it
	mustAppend(t, s, b)
	mustHavePicks(t, s, pick{"r1", 1, "ada", "tea", 1, 1}, pick{"r1", 2, "ada", "tea", 1, 1})
}

func TestManyRowsInOneBatch(t *testing.T) {
	t.Parallel()
	s := openWithPicks(t)
	const n = 1000
	b := batchOf("r1", 0, n)
	var want []pick
	for i := range n {
		p := pick{"r1", i, "ada", "tea", 1, i}
		want = append(want, p)
		b.Rows = append(b.Rows, rooms.Row{Put: &p})
	}
	mustAppend(t, s, b)
	mustHavePicks(t, s, want...)
	mustEndAt(t, s, "r1", n)
}

func TestABatchWithABadRowIsNotStored(t *testing.T) {
	t.Parallel()
	s := openWithPicks(t)
	type keyless struct{ Name string }
	for name, row := range map[string]rooms.Row{
		"neither":      {},
		"both":         {Put: &pick{Room: "r1"}, Drop: &pick{Room: "r1"}},
		"no pointer":   {Put: pick{Room: "r1"}},
		"nil pointer":  {Put: (*pick)(nil)},
		"no model":     {Put: new(int)},
		"no key":       {Put: &keyless{"x"}},
		"no table":     {Put: &struct{ ID string }{"x"}},
		"a constraint": {Put: &pick{"r1", 1, "ada", "tea", 1, -1}},
	} {
		b := batchOf("r1", 0, 1)
		b.Rows = []rooms.Row{{Put: &pick{"r1", 1, "before", "tea", 1, 1}}, row}
		if err := s.Append(t.Context(), b); err == nil {
			t.Errorf("%s: stored", name)
		}
	}
	mustHavePicks(t, s)
	mustEndAt(t, s, "r1", 0)
	mustAppend(t, s, batchOf("r1", 0, 1))
}
