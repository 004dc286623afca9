package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckFinds(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name, statement, want string
	}{
		{"a hole", "DELETE FROM events WHERE seq = 7", "The log of room r1 has holes: 199 events from 1 to 200."},
		{"a lost start", "DELETE FROM events WHERE seq <= 2", "The log of room r1 has holes: 198 events from 3 to 200."},
		{"a lost end", "DELETE FROM events WHERE seq = 200", "The log of room r1 ends at 199, but its head is at 200."},
		{"a lost log", "DELETE FROM events", "The head of room r1 is at 200, but its log is empty."},
		{"a stale head", "UPDATE rooms SET seq = 0", "The log of room r1 ends at 200, but its head is at 0."},
		{"a foreign mark", "UPDATE rooms SET mark = 'x'", "The last event of room r1 does not bear the mark of its head."},
		{"strays", "UPDATE events SET room = 'r2' WHERE seq > 197", "3 rows of the table events belong to no room."},
		{"a token of nobody", "INSERT INTO tokens VALUES (x'00', 'ada', 1, 1, 0, '')", "The database file is damaged: a row of tokens refers to a missing row of people."},
		{"a newer schema", "INSERT INTO migrations (version_id, is_applied) VALUES (9999, 1)", "The schema has version 9999"},
	} {
		found, err := Check(t.Context(), altered(t, closed(t, t.TempDir()), test.statement))
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		mustFind(t, test.name, found, test.want)
	}
}

func mustFind(t *testing.T, name string, found []Finding, want string) {
	t.Helper()
	for _, f := range found {
		if f.Bad && strings.HasPrefix(f.Say, want) {
			return
		}
	}
	t.Errorf("%s: found %+v, want %q", name, found, want)
}

func TestCheckOfASoundDatabase(t *testing.T) {
	t.Parallel()
	path := closed(t, t.TempDir())
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	found, err := Check(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, f := range found {
		if f.Bad {
			t.Error(f.Say)
		}
		all.WriteString(f.Say + "\n")
	}
	for _, want := range []string{"the newest", "is sound", "is whole", "1 rooms with 200 events", "bytes"} {
		if !strings.Contains(all.String(), want) {
			t.Errorf("nothing about %q in:\n%s", want, all.String())
		}
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(before) {
		t.Errorf("the check has changed the database (%v)", err)
	}
}

func TestCheckOfDamage(t *testing.T) {
	t.Parallel()
	path := closed(t, t.TempDir())
	damage(t, path)
	found, err := Check(t.Context(), path)
	if err != nil {
		return // too damaged to examine is an answer as well
	}
	mustFind(t, "a damaged page", found, "The database file is damaged")
}

func TestCheckOfWhatIsNoneOfOurs(t *testing.T) {
	t.Parallel()
	if _, err := Check(t.Context(), filepath.Join(t.TempDir(), "none.db")); err == nil {
		t.Error("checked a file that is not there")
	}
	found, err := Check(t.Context(), foreign(t))
	if err != nil {
		t.Fatal(err)
	}
	mustFind(t, "foreign", found, "This is a database, but not one of Plenum's.")
}
