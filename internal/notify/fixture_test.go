package notify

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"plenum/chat"
	"plenum/collab"
	"plenum/internal/store"
	"plenum/rooms"
)

var kinds = []rooms.Kind{chat.Kind, chat.Direct, collab.Kind}

// world is rooms on a real database, with notices that follow them. People are
// called by their names.
type world struct {
	t       *testing.T
	folder  string
	store   *store.Store
	hall    *rooms.Hall
	notices *Notify
	options Options
	members map[string]string // by code and person
}

func newWorld(t *testing.T, o Options) *world {
	t.Helper()
	o.Logger = slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelError}))
	w := &world{t: t, folder: t.TempDir(), options: o, members: map[string]string{}}
	w.openStore()
	for _, person := range []string{"ada", "ben", "cyd"} {
		w.exec("INSERT INTO people (id, created_at) VALUES ('" + person + "', 1)")
		w.exec("INSERT INTO tokens (hash, person, created_at, seen_at) VALUES (x'" + hex.EncodeToString(hashed(person)) + "', '" + person + "', 1, 1)")
	}
	w.openNotices()
	t.Cleanup(func() { w.closeNotices(); w.closeStore() })
	return w
}

func (w *world) openStore() {
	w.t.Helper()
	var err error
	if w.store, err = store.Open(context.Background(), filepath.Join(w.folder, "plenum.db"), store.Options{}); err != nil {
		w.t.Fatal(err)
	}
	w.hall = rooms.NewHall(rooms.Options{Kinds: kinds, Start: []string{"chat"}, Log: w.store, Logger: w.options.Logger})
}

func (w *world) closeStore() {
	w.t.Helper()
	if err := w.hall.Close(context.Background()); err != nil {
		w.t.Error(err)
	}
	if err := w.store.Close(); err != nil {
		w.t.Error(err)
	}
}

func (w *world) openNotices() {
	w.t.Helper()
	var err error
	if w.notices, err = Open(context.Background(), w.store, kinds, w.options); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) closeNotices() {
	w.t.Helper()
	if err := w.notices.Close(); err != nil {
		w.t.Error(err)
	}
}

// room makes ada's room, with ben and cyd in it, and returns its code and chat.
func (w *world) room() (code, talk string) {
	w.t.Helper()
	code, m, err := w.hall.Create(context.Background(), "Team day", rooms.Entry{Person: "ada", Name: "Ada"})
	if err != nil {
		w.t.Fatal(err)
	}
	w.members[code+"ada"] = m.ID
	for _, person := range []string{"ben", "cyd"} {
		w.enter(code, person)
	}
	for _, a := range w.activities(code) {
		talk = a
	}
	return code, talk
}

func (w *world) enter(code, person string) {
	w.t.Helper()
	name := strings.ToUpper(person[:1]) + person[1:]
	m, err := w.hall.Enter(context.Background(), code, rooms.Entry{Person: person, Name: name})
	if err != nil {
		w.t.Fatal(err)
	}
	w.members[code+person] = m.ID
}

func (w *world) activities(code string) (ids []string) {
	w.t.Helper()
	text, err := w.hall.View(context.Background(), code, "ada", rooms.LobbyID)
	if err != nil {
		w.t.Fatal(err)
	}
	var view struct {
		View struct{ Activities []struct{ ID string } }
	}
	if err := json.Unmarshal(text, &view); err != nil {
		w.t.Fatal(err)
	}
	for _, a := range view.View.Activities {
		ids = append(ids, a.ID)
	}
	return ids
}

// do is a command of a person, and returns the seq of its first event.
func (w *world) do(code, person, in, do string, with any) uint64 {
	w.t.Helper()
	content, err := json.Marshal(with)
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := w.hall.Do(context.Background(), code, person, rooms.Command{In: in, Do: do, With: content})
	if err != nil {
		w.t.Fatalf("%s does %s: %v", person, do, err)
	}
	var told struct{ Events []struct{ Seq uint64 } }
	if err := json.Unmarshal(answer, &told); err != nil {
		w.t.Fatal(err)
	}
	if len(told.Events) == 0 {
		return 0
	}
	return told.Events[0].Seq
}

type with map[string]any

// say says something that calls the people whose names stand in it.
func (w *world) say(code, person, talk, text string, to ...uint64) uint64 {
	w.t.Helper()
	content := with{"text": text, "mentions": w.mentions(code, text)}
	if len(to) > 0 {
		content["to"] = to[0]
	}
	return w.do(code, person, talk, "say", content)
}

func (w *world) mentions(code, text string) []with {
	list := []with{}
	for _, person := range []string{"ada", "ben", "cyd"} {
		if name := strings.ToUpper(person[:1]) + person[1:]; strings.Contains(text, "@"+name) {
			list = append(list, with{"id": w.members[code+person], "name": name})
		}
	}
	return list
}

// read tells that a person has read a chat through a message.
func (w *world) read(code, person, talk string, seq uint64) {
	w.t.Helper()
	w.do(code, person, talk, "read", with{"seq": seq})
}

func (w *world) roomID(code string) string {
	w.t.Helper()
	id, err := w.store.Find(context.Background(), code)
	if err != nil {
		w.t.Fatal(err)
	}
	return id
}

// settle waits until everything that is committed has been taken.
func (w *world) settle() {
	w.t.Helper()
	until(w.t, "the notices caught up", func() bool {
		heads, err := w.notices.tail.Heads(context.Background(), "", 1000)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, h := range heads {
			taken, err := w.notices.reader.Place(context.Background(), h.Room)
			if err != nil {
				w.t.Fatal(err)
			}
			if taken.Seq != h.Seq || taken.Epoch != h.Epoch {
				return false
			}
		}
		return true
	})
}

// until waits for what another goroutine does.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	limit := time.After(time.Minute)
	for !is() {
		select {
		case <-limit:
			t.Fatalf("this never came: %s", what)
		case <-time.After(time.Millisecond):
		}
	}
}

func (w *world) list(person string) List {
	w.t.Helper()
	list, err := w.notices.List(context.Background(), person)
	if err != nil {
		w.t.Fatal(err)
	}
	return list
}

// told wants exactly these notices of a person, the newest first, as "why text",
// and with a tick those that are read.
func (w *world) told(person string, want ...string) {
	w.t.Helper()
	w.settle()
	var got []string
	unread := 0
	list := w.list(person)
	for _, n := range list.Notices {
		line := n.Why + " " + n.Text
		if n.Read {
			line += " ✓"
		} else {
			unread++
		}
		got = append(got, line)
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") || list.Unread != unread {
		w.t.Errorf("%s is told %q (%d unread), not %q", person, got, list.Unread, want)
	}
}

// clock goes as fast as one tells it.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) forward(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(by)
}

func (w *world) exec(statement string) {
	w.t.Helper()
	if err := w.store.Write(context.Background(), func(tx *gorm.DB) error { return tx.Exec(statement).Error }); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) count(from string) (n int) {
	w.t.Helper()
	if err := w.store.Read().Raw("SELECT count(*) FROM " + from).Scan(&n).Error; err != nil {
		w.t.Fatal(err)
	}
	return n
}

// hashed is a token as it is kept.
func hashed(token string) []byte { sum := sha256.Sum256([]byte(token)); return sum[:] }

func line(n int64) string { return strconv.FormatInt(n, 10) }
