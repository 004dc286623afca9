package hooks_test

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"plenum/internal/hooks"
	"plenum/internal/store"
	"plenum/polls"
	"plenum/qa"
	"plenum/rooms"
)

// world is a hall over a real database, with its webhooks.
type world struct {
	t     *testing.T
	store *store.Store
	hall  *rooms.Hall
	hooks *hooks.Hooks
	o     hooks.Options
	code  string
	room  string
	owner rooms.Member
}

var kinds = []rooms.Kind{polls.Kind, qa.Kind}

func newWorld(t *testing.T, o hooks.Options) *world {
	t.Helper()
	w := &world{t: t, o: o}
	var err error
	if w.store, err = store.Open(t.Context(), filepath.Join(t.TempDir(), "plenum.db"), store.Options{}); err != nil {
		t.Fatal(err)
	}
	w.hall = rooms.NewHall(rooms.Options{Kinds: kinds, Log: w.store, Build: "test"})
	w.open()
	t.Cleanup(func() {
		w.shut()
		if err := w.hall.Close(context.Background()); err != nil {
			t.Error(err)
		}
		if err := w.store.Close(); err != nil {
			t.Error(err)
		}
	})
	if w.code, w.owner, err = w.hall.Create(t.Context(), "Team day", rooms.Entry{Person: "ada", Name: "Ada"}); err != nil {
		t.Fatal(err)
	}
	if w.room, err = w.store.Find(t.Context(), w.code); err != nil {
		t.Fatal(err)
	}
	return w
}

func (w *world) open() {
	w.t.Helper()
	var err error
	if w.hooks, err = hooks.Open(context.Background(), w.store, kinds, w.o); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) shut() {
	w.t.Helper()
	if w.hooks == nil {
		return
	}
	if err := w.hooks.Close(); err != nil {
		w.t.Error(err)
	}
	w.hooks = nil
}

func (w *world) do(person, in, do string, with any) json.RawMessage {
	w.t.Helper()
	content, err := json.Marshal(with)
	if err != nil {
		w.t.Fatal(err)
	}
	answer, err := w.hall.Do(w.t.Context(), w.code, person, rooms.Command{In: in, Do: do, With: content})
	if err != nil {
		w.t.Fatalf("%s %s: %v", in, do, err)
	}
	return answer
}

// add adds an activity and tells its id.
func (w *world) add(with map[string]any) string {
	w.t.Helper()
	var a struct {
		Events []struct{ With struct{ ID string } }
	}
	if err := json.Unmarshal(w.do("ada", "lobby", "add", with), &a); err != nil {
		w.t.Fatal(err)
	}
	return a.Events[0].With.ID
}

// poll adds a poll with q1, whose results are shown as show says.
func (w *world) poll(show string) string {
	w.t.Helper()
	return w.add(map[string]any{"kind": "poll", "title": "Votes", "settings": map[string]any{"questions": []any{
		map[string]any{"id": "q1", "kind": "single", "prompt": "Tea?", "show": show, "options": []any{map[string]any{"id": "a", "text": "Yes"}, map[string]any{"id": "b", "text": "No"}}},
	}}})
}

// vote is a whole vote on q1, to its close.
func (w *world) vote(poll string) {
	w.t.Helper()
	w.enter("ben")
	w.do("ada", poll, "present", map[string]any{"question": "q1"})
	w.do("ada", poll, "open", map[string]any{"question": "q1"})
	w.do("ben", poll, "vote", map[string]any{"question": "q1", "round": 1, "turn": 1, "options": []string{"b"}})
	w.do("ada", poll, "close", map[string]any{"question": "q1"})
}

func (w *world) enter(person string) {
	w.t.Helper()
	if _, err := w.hall.Enter(w.t.Context(), w.code, rooms.Entry{Person: person, Name: strings.ToUpper(person)}); err != nil {
		w.t.Fatal(err)
	}
}

func noNote(string) error { return nil }

func (w *world) hook(address string, what ...string) (id, secret string) {
	w.t.Helper()
	id, secret, err := w.hooks.Add(w.t.Context(), w.room, w.owner.ID, address, what, noNote)
	if err != nil {
		w.t.Fatal(err)
	}
	return id, secret
}

// until waits until what is known of a hook fits.
func (w *world) until(id, what string, fits func(hooks.Hook) bool) hooks.Hook {
	w.t.Helper()
	deadline := time.Now().Add(20 * time.Second)
	for {
		all, err := w.hooks.List(w.t.Context(), w.room)
		if err != nil {
			w.t.Fatal(err)
		}
		for _, h := range all {
			if h.ID == id && fits(h) {
				return h
			}
		}
		if time.Now().After(deadline) {
			w.t.Fatalf("%s: it stays %+v", what, all)
		}
		time.Sleep(5 * time.Millisecond)
	}
}

// got is a request as it has come.
type got struct {
	id, at, signature, body string
	message                 struct {
		Type string
		Data struct {
			Seq      uint64
			Room     struct{ Code, Title string }
			Activity struct{ ID, Kind, Title string }
			With     json.RawMessage
		}
	}
}

// receiver is a server that a hook calls; it answers as it is told.
type receiver struct {
	t      *testing.T
	server *httptest.Server
	came   chan got

	mu     sync.Mutex
	answer func(http.ResponseWriter, *http.Request) // guarded by mu
}

func newReceiver(t *testing.T) *receiver {
	t.Helper()
	r := &receiver{t: t, came: make(chan got, 1000)}
	r.server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, ask *http.Request) {
		body, err := io.ReadAll(ask.Body)
		if err != nil {
			return // the sender has gone
		}
		g := got{id: ask.Header.Get("webhook-id"), at: ask.Header.Get("webhook-timestamp"), signature: ask.Header.Get("webhook-signature"), body: string(body)}
		if err := json.Unmarshal(body, &g.message); err != nil {
			t.Errorf("%s: %v", body, err)
		}
		r.came <- g
		r.mu.Lock()
		answer := r.answer
		r.mu.Unlock()
		if answer != nil {
			answer(w, ask)
		}
	}))
	t.Cleanup(r.server.Close)
	return r
}

func (r *receiver) host() string {
	u, err := url.Parse(r.server.URL)
	if err != nil {
		r.t.Fatal(err)
	}
	return u.Host
}

func (r *receiver) answers(do func(http.ResponseWriter, *http.Request)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.answer = do
}

func (r *receiver) status(code int) {
	r.answers(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(code) })
}

func (r *receiver) next() got {
	r.t.Helper()
	select {
	case g := <-r.came:
		return g
	case <-time.After(20 * time.Second):
		r.t.Fatal("nothing has come")
		return got{}
	}
}

func (r *receiver) none() {
	r.t.Helper()
	select {
	case g := <-r.came:
		r.t.Errorf("something has come: %s", g.body)
	default:
	}
}

// signed tells how many of the signatures of a request are made with a secret, by
// the words of the specification and not by those of the program.
func (g got) signed(t *testing.T, secret string) (fit int) {
	t.Helper()
	key, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(secret, "whsec_"))
	if err != nil || len(key) < 24 {
		t.Fatalf("the secret %q: %v", secret, err)
	}
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(g.id + "." + g.at + "." + g.body))
	for _, s := range strings.Fields(g.signature) {
		version, sum, _ := strings.Cut(s, ",")
		given, err := base64.StdEncoding.DecodeString(sum)
		if version == "v1" && err == nil && hmac.Equal(given, mac.Sum(nil)) {
			fit++
		}
	}
	return fit
}
