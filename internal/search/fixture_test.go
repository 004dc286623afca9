package search

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"plenum/chat"
	"plenum/collab"
	"plenum/internal/store"
	"plenum/polls"
	"plenum/qa"
	"plenum/rooms"
	"plenum/surveys"
)

var kinds = []rooms.Kind{chat.Kind, chat.Direct, collab.Kind, collab.Source, polls.Kind, qa.Kind, surveys.Kind}

// world is rooms on a real database, with a search that follows them. People
// are called by their names.
type world struct {
	t      testing.TB
	folder string
	store  *store.Store
	hall   *rooms.Hall
	search *Search
	news   chan struct{}
	n      map[string]uint64
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{t: t, folder: t.TempDir(), n: map[string]uint64{}}
	w.openStore()
	w.openSearch()
	t.Cleanup(w.close)
	return w
}

func (w *world) openStore() {
	w.t.Helper()
	var err error
	if w.store, err = store.Open(context.Background(), w.database(), store.Options{}); err != nil {
		w.t.Fatal(err)
	}
	quiet := slog.New(slog.DiscardHandler)
	w.hall = rooms.NewHall(rooms.Options{Kinds: kinds, Start: []string{"chat"}, Log: w.store, Logger: quiet})
}

func (w *world) openSearch() { w.t.Helper(); w.openSearchWith(kinds) }

func (w *world) openSearchWith(kinds []rooms.Kind) {
	w.t.Helper()
	var err error
	w.news = make(chan struct{}, 1)
	news := w.news
	w.search, err = Open(context.Background(), w.index(), w.store, kinds, Options{Logger: slog.New(slog.DiscardHandler), changed: func(change) {
		select {
		case news <- struct{}{}:
		default:
		}
	}})
	if err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) database() string { return filepath.Join(w.folder, "plenum.db") }
func (w *world) index() string    { return filepath.Join(w.folder, "search.db") }

func (w *world) close() {
	w.t.Helper()
	w.closeSearch()
	if err := w.hall.Close(context.Background()); err != nil {
		w.t.Error(err)
	}
	if err := w.store.Close(); err != nil {
		w.t.Error(err)
	}
}

func (w *world) closeSearch() {
	w.t.Helper()
	if err := w.search.Close(); err != nil {
		w.t.Error(err)
	}
}

// room makes a room with a chat and returns its code and the chat.
func (w *world) room(owner, title string) (code, talk string) {
	w.t.Helper()
	code, _, err := w.hall.Create(context.Background(), title, rooms.Entry{Person: owner, Name: owner})
	if err != nil {
		w.t.Fatal(err)
	}
	for id, kind := range w.activities(code, owner) {
		if kind == "chat" {
			talk = id
		}
	}
	return code, talk
}

func (w *world) activities(code, person string) map[string]string {
	w.t.Helper()
	var view struct {
		View struct{ Activities []struct{ ID, Kind string } }
	}
	w.view(code, person, "lobby", &view)
	found := map[string]string{}
	for _, a := range view.View.Activities {
		found[a.ID] = a.Kind
	}
	return found
}

func (w *world) view(code, person, activity string, into any) string {
	w.t.Helper()
	text, err := w.hall.View(context.Background(), code, person, activity)
	if err != nil {
		w.t.Fatal(err)
	}
	if into != nil {
		if err := json.Unmarshal(text, into); err != nil {
			w.t.Fatal(err)
		}
	}
	return string(text)
}

func (w *world) enter(code, person string) rooms.Member {
	w.t.Helper()
	m, err := w.hall.Enter(context.Background(), code, rooms.Entry{Person: person, Name: person})
	if err != nil {
		w.t.Fatal(err)
	}
	return m
}

// do is a command of a person; the content is JSON with %q for args.
func (w *world) do(code, person, in, do, with string, args ...any) string {
	w.t.Helper()
	answer, err := w.try(code, person, in, do, fmt.Sprintf(with, args...))
	if err != nil {
		w.t.Fatalf("%s does %s: %v", person, do, err)
	}
	return answer
}

func (w *world) try(code, person, in, do, with string) (string, error) {
	answer, err := w.hall.Do(context.Background(), code, person, rooms.Command{In: in, Do: do, With: json.RawMessage(with)})
	return string(answer), err
}

func (w *world) say(code, person, talk, text string) {
	w.t.Helper()
	w.do(code, person, talk, "say", `{"text":%s}`, quoted(text))
}

func quoted(text string) string {
	b, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// add adds an activity; settings are JSON or "".
func (w *world) add(code, kind, title, settings string) string {
	w.t.Helper()
	if settings == "" {
		settings = "null"
	}
	before := w.activities(code, "ada")
	w.do(code, "ada", "lobby", "add", `{"kind":%q,"title":%q,"settings":%s}`, kind, title, settings)
	for id := range w.activities(code, "ada") {
		if _, known := before[id]; !known {
			return id
		}
	}
	w.t.Fatal("nothing was added")
	return ""
}

// settle waits until the index has everything that is committed.
func (w *world) settle() {
	w.t.Helper()
	limit := time.After(time.Minute)
	for !w.settled() {
		select {
		case <-w.news:
		case <-limit:
			w.t.Fatal("the index does not catch up")
		}
	}
}

func (w *world) settled() bool {
	w.t.Helper()
	heads, err := w.search.tail.Heads(context.Background(), "", 1000)
	if err != nil {
		w.t.Fatal(err)
	}
	for _, h := range heads {
		place, err := w.search.index.Place(context.Background(), h.Room)
		if err != nil {
			w.t.Fatal(err)
		}
		if place.Seq != h.Seq || place.Epoch != h.Epoch {
			return false
		}
	}
	due, err := w.search.index.listDue(context.Background())
	if err != nil {
		w.t.Fatal(err)
	}
	return len(due) == 0
}

func (w *world) find(person, text string) Answer {
	w.t.Helper()
	found, err := w.search.Find(context.Background(), person, Ask{Text: text, Today: today()})
	if err != nil {
		w.t.Fatalf("%s searches for %q: %v", person, text, err)
	}
	return found
}

// texts are what a person finds, sorted.
func (w *world) texts(person, text string) []string {
	w.t.Helper()
	found := []string{}
	for _, r := range w.find(person, text).Results {
		found = append(found, r.Text)
	}
	slices.Sort(found)
	return found
}

// finds wants exactly these texts.
func (w *world) finds(person, text string, want ...string) {
	w.t.Helper()
	slices.Sort(want)
	if got := w.texts(person, text); !slices.Equal(got, want) {
		w.t.Errorf("%s searches for %q:\n got %q\nwant %q", person, text, got, want)
	}
}

func today() time.Time { return time.Now().Truncate(24 * time.Hour) }

func entry(name string) rooms.Entry { return rooms.Entry{Person: name, Name: name} }

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

func sorted[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// patience is how long a test waits for what must come.
func (w *world) patience() <-chan time.Time { return time.After(time.Minute) }

func unmarshal(b []byte, into any) error { return json.Unmarshal(b, into) }
