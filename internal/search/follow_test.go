package search

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// What happened while the search was down is found after; what was there stays.
func TestGoesOnAfterARestart(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	w.say(code, "ada", talk, "before the restart")
	w.settle()
	w.closeSearch()
	w.say(code, "ada", talk, "during the restart")
	w.openSearch()
	w.settle()
	w.say(code, "ada", talk, "after the restart")
	w.settle()
	w.finds("ada", "restart", "before the restart", "during the restart", "after the restart")
}

// The index can be thrown away, or be no index at all: it is made anew.
func TestIsMadeAnew(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	w.say(code, "ada", talk, "kept in the log")
	w.add(code, "doc", "", `{"content":[{"insert":"kept in a document\n"}]}`)
	w.settle()
	for _, spoil := range []func(){
		func() { remove(t, w.index()) },
		func() { spoil(t, w.index(), "this is not a database, whatever its name says") },
		func() { spoil(t, w.index(), "SQLite format 3\x00 and nothing that makes sense") },
		func() { otherVersion(t, w.index()) },
	} {
		w.closeSearch()
		spoil()
		w.openSearch()
		w.settle()
		w.finds("ada", "kept", "kept in the log", "kept in a document")
	}
}

func remove(t *testing.T, path string) {
	t.Helper()
	for _, name := range []string{path, path + "-wal", path + "-shm"} {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			t.Fatal(err)
		}
	}
}

func spoil(t *testing.T, path, with string) {
	t.Helper()
	remove(t, path)
	if err := os.WriteFile(path, []byte(with), 0o600); err != nil {
		t.Fatal(err)
	}
}

func otherVersion(t *testing.T, path string) {
	t.Helper()
	db, err := store.OpenBeside(t.Context(), path, version, schema)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Write.Exec("DELETE FROM items; DROP TABLE typos; PRAGMA user_version = 999"); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
}

// An older backup in the place of the database: what is not in it is not found,
// also where the numbers of its events come again for something else.
func TestFollowsARestoredBackup(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	w.say(code, "ada", talk, "in the backup")
	backup := filepath.Join(w.folder, "backup.db")
	if err := store.Backup(t.Context(), w.database(), backup); err != nil {
		t.Fatal(err)
	}
	w.say(code, "ada", talk, "after the backup")
	w.room("ada", "gone room")
	w.settle()
	w.finds("ada", "backup", "in the backup", "after the backup")
	w.finds("ada", "gone", "gone room")

	w.close()
	remove(t, w.database())
	if err := store.Restore(t.Context(), backup, w.database()); err != nil {
		t.Fatal(err)
	}
	w.openStore()
	w.say(code, "ada", talk, "another backup")
	w.openSearch()
	w.settle()
	w.finds("ada", "backup", "in the backup", "another backup")
	w.finds("ada", "gone")
	if strays := w.count("SELECT count(*) FROM rooms"); strays != 1 {
		t.Errorf("%d rooms are in the index", strays)
	}
}

func (w *world) count(query string) (n int) {
	w.t.Helper()
	if err := w.search.index.db.Read.QueryRow(query).Scan(&n); err != nil {
		w.t.Fatal(err)
	}
	return n
}

// Events that come again, as after a crash before the place was stored, change
// nothing; a write that fails leaves neither items nor a place.
func TestTwiceIsOnce(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	for i := range 300 {
		w.say(code, "ada", talk, fmt.Sprintf("message number %d", i))
	}
	w.settle()
	before := w.dump()
	room, err := w.store.Find(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	events, err := w.store.Events(t.Context(), rooms.Query{Room: room})
	if err != nil {
		t.Fatal(err)
	}
	place, err := w.search.index.Place(t.Context(), room)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.search.index.Take(t.Context(), events, place); err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(w.dump(), before) {
		t.Error("events that came twice changed the index")
	}
	broken := errors.New("broken off")
	_, err = w.search.index.write(t.Context(), room, func(w *writing) error {
		return errors.Join(w.put(talk, rooms.Text{Key: "new", Text: "half"}, "", 1), w.flush(), w.exec("UPDATE rooms SET seq = 0"), broken)
	})
	if !errors.Is(err, broken) || !slices.Equal(w.dump(), before) {
		t.Errorf("a write that broke off (%v) changed the index", err)
	}
}

// dump is the whole index as text.
func (w *world) dump() []string {
	w.t.Helper()
	var all []string
	for _, table := range []string{
		"SELECT room || ' ' || seq FROM rooms", "SELECT n || text FROM items",
		"SELECT term || first || hex(block) FROM postings", "SELECT part || word FROM typos",
	} {
		rows, err := w.search.index.db.Read.Query(table)
		if err != nil {
			w.t.Fatal(err)
		}
		some, err := column(rows)
		if err != nil {
			w.t.Fatal(err)
		}
		all = append(all, some...)
	}
	return all
}

// What is taken back leaves nothing in the index, neither in its words.
func TestForgetsWhatIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	w.settle()
	before := w.dump()
	room, err := w.store.Find(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	put := func(texts ...rooms.Text) {
		t.Helper()
		_, err := w.search.index.write(t.Context(), room, func(w *writing) error {
			for _, text := range texts {
				if err := w.put(talk, text, "m1", 1); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	var all, none []rooms.Text
	for i := range 2*blockMost + 7 {
		key := fmt.Sprint(i)
		all = append(all, rooms.Text{Key: key, Text: "secretword everywhere 秘密 " + key})
		none = append(none, rooms.Text{Key: key})
	}
	put(all...)
	w.finds("ada", "secretword 258", "secretword everywhere 秘密 258")
	put(rooms.Text{Key: "258", Text: "edited"}, rooms.Text{Key: "fresh", Text: "put"}, rooms.Text{Key: "fresh"})
	w.finds("ada", "secretword 258")
	w.finds("ada", "edited", "edited")
	if r := w.find("ada", "edited").Results; len(r) != 1 || r[0].By != "m1" || r[0].At != 1 {
		t.Errorf("what was edited is %+v", r)
	}
	put(none...)
	w.finds("ada", "secretward")
	if !slices.Equal(w.dump(), before) {
		t.Errorf("the index keeps %q", w.dump())
	}
}

// Nothing of a deleted room is found, also not by its owner; of one that is
// erased nothing is left in the index.
func TestForgetsErasedRooms(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.room("ada", "Stays")
	w.settle()
	before := w.dump()
	code, talk := w.room("ada", "Goes")
	w.say(code, "ada", talk, "secretword")
	w.settle()
	w.finds("ada", "secretword", "secretword")
	w.do(code, "ada", "lobby", "delete", `{"on":true}`)
	w.settle()
	w.finds("ada", "secretword")
	w.do(code, "ada", "lobby", "delete", `{"on":false}`)
	w.settle()
	w.finds("ada", "secretword", "secretword")
	w.do(code, "ada", "lobby", "delete", `{"on":true}`)
	if err := w.store.Erase(t.Context(), time.Now().UnixMilli(), func(string) error { return nil }); err != nil {
		t.Fatal(err)
	}
	w.settle()
	for patience := w.patience(); !slices.Equal(w.dump(), before); {
		select {
		case <-patience:
			t.Fatalf("the index keeps %q of %q", w.dump(), before)
		case <-time.After(10 * time.Millisecond):
		}
	}
}

// A kind that fails at one event does not keep the rest from being found.
func TestAKindThatPanics(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	kind := w.search.index.kinds["chat"]
	texts := kind.Texts
	kind.Texts = func(e rooms.Event) []rooms.Text {
		if found := texts(e); len(found) > 0 && found[0].Text == "poison" {
			panic("poison")
		}
		return texts(e)
	}
	w.settle()
	w.closeSearch()
	w.openSearchWith([]rooms.Kind{kind})
	w.say(code, "ada", talk, "poison")
	w.say(code, "ada", talk, "good")
	w.settle()
	w.finds("ada", "good", "good")
	w.finds("ada", "poison")
}

// A list that is open hears of what it shows, and of nothing else.
func TestLiveLists(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code, talk := w.room("ada", "")
	ben := w.enter(code, "ben")
	w.say(code, "ada", talk, "soup today")
	w.settle()
	heard := w.listen("ben", "soup")
	heard.next("soup today")
	w.say(code, "ada", talk, "bread today")
	w.say(code, "ada", talk, "soup again")
	heard.next("soup again", "soup today")
	w.do(code, "ada", "lobby", "show", `{"id":%q,"least":"host"}`, talk)
	heard.next()
	w.do(code, "ada", "lobby", "show", `{"id":%q,"least":"viewer"}`, talk)
	heard.next("soup again", "soup today")
	w.do(code, "ada", "lobby", "bin", `{"id":%q}`, talk)
	heard.next()
	w.do(code, "ada", "lobby", "restore", `{"id":%q}`, talk)
	heard.next("soup again", "soup today")
	w.do(code, "ada", "lobby", "remove", `{"member":%q}`, ben.ID)
	heard.next()
	// Another room that ben comes into later is heard of as well.
	other, otherTalk := w.room("ada", "")
	w.say(other, "ada", otherTalk, "soup elsewhere")
	w.enter(other, "ben")
	heard.next("soup elsewhere")
}

type listener struct {
	w       *world
	answers chan Answer
}

func (w *world) listen(person, text string) *listener {
	ctx, cancel := context.WithCancel(context.Background())
	l := &listener{w: w, answers: make(chan Answer, 100)}
	ended := make(chan error, 1)
	go func() {
		ended <- w.search.Live(ctx, person, Ask{Text: text, Today: today()}, func(b []byte) error {
			var a Answer
			err := unmarshal(b, &a)
			l.answers <- a
			return err
		})
	}()
	w.t.Cleanup(func() {
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) {
			w.t.Errorf("the list ended with %v", err)
		}
	})
	return l
}

// next waits for an answer with exactly these texts; others in between are of
// moments before.
func (l *listener) next(want ...string) {
	l.w.t.Helper()
	var got []string
	for {
		select {
		case a := <-l.answers:
			got = []string{}
			for _, r := range a.Results {
				got = append(got, r.Text)
			}
			slices.Sort(got)
			if slices.Equal(got, want) {
				return
			}
		case <-l.w.patience():
			l.w.t.Fatalf("the list shows %q, want %q", got, want)
		}
	}
}
