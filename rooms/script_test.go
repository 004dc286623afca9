package rooms_test

import (
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"plenum/chat"
	"plenum/collab"
	"plenum/internal/store"
	"plenum/polls"
	"plenum/rooms"
)

// stage is a hall over a real database, for tests that read as conversations.
type stage struct {
	t    testing.TB
	path string
	log  *store.Store
	hall *rooms.Hall
	code string

	faults *faultyLog // between the hall and the log
	idle   time.Duration
	images rooms.LooksFor
}

func newStage(t testing.TB) *stage {
	t.Helper()
	s := &stage{t: t, path: filepath.Join(t.TempDir(), "plenum.db")}
	s.open()
	t.Cleanup(s.shut)
	code, m, err := s.hall.Create(context.Background(), "A room", rooms.Entry{Person: "ada", Name: "Ada"})
	if err != nil || m.Role != rooms.Owner {
		t.Fatalf("create: %v %v", m, err)
	}
	s.code = code
	return s
}

func (s *stage) open() {
	s.t.Helper()
	log, err := store.Open(context.Background(), s.path, store.Options{})
	if err != nil {
		s.t.Fatal(err)
	}
	s.log = log
	s.faults = &faultyLog{Log: log}
	s.hall = rooms.NewHall(rooms.Options{Kinds: []rooms.Kind{chat.Kind, trapKind, collab.Kind, polls.Kind}, Log: s.faults, Images: s.images, Build: "test", Idle: s.idle, Logger: slog.New(slog.NewTextHandler(io.Discard, nil))})
}

func (s *stage) shut() {
	s.t.Helper()
	if err := s.hall.Close(context.Background()); err != nil {
		s.t.Error(err)
	}
	if err := s.log.Close(); err != nil {
		s.t.Error(err)
	}
}

// restart ends the server in good order and starts it again.
func (s *stage) restart() { s.t.Helper(); s.shut(); s.open() }

func (s *stage) enter(person, name string) rooms.Member {
	s.t.Helper()
	m, err := s.hall.Enter(context.Background(), s.code, rooms.Entry{Person: person, Name: name})
	if err != nil {
		s.t.Fatalf("%s enters: %v", name, err)
	}
	return m
}

// do is a host's command over HTTP.
func (s *stage) do(person, in, do string, with any) error {
	s.t.Helper()
	content, err := json.Marshal(with)
	if err != nil {
		s.t.Fatal(err)
	}
	_, err = s.hall.Do(context.Background(), s.code, person, rooms.Command{In: in, Do: do, With: content})
	return err
}

// add adds an activity and returns its id.
func (s *stage) add(kind string, least rooms.Role) string {
	s.t.Helper()
	content, _ := json.Marshal(map[string]any{"kind": kind, "title": "An activity", "least": least})
	answer, err := s.hall.Do(context.Background(), s.code, "ada", rooms.Command{In: "lobby", Do: "add", With: content})
	if err != nil {
		s.t.Fatal(err)
	}
	var a struct {
		Events []struct {
			With struct {
				ID string `json:"id"`
			} `json:"with"`
		} `json:"events"`
	}
	if err := json.Unmarshal(answer, &a); err != nil || len(a.Events) != 1 {
		s.t.Fatalf("add: %s", answer)
	}
	return a.Events[0].With.ID
}

// tab is a peer's connection that keeps every frame it was sent.
type tab struct {
	s      *stage
	person string
	peer   *rooms.Peer
	name   string

	mu     sync.Mutex // guards what follows
	frames []map[string]json.RawMessage
	came   chan struct{}
	closed int
	stuck  int // what Backlog says
}

func (c *tab) Send(frame []byte) {
	var f map[string]json.RawMessage
	if err := json.Unmarshal(frame, &f); err != nil {
		c.s.t.Errorf("frame is not JSON: %s", frame)
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.frames = append(c.frames, f)
	close(c.came)
	c.came = make(chan struct{})
}

func (c *tab) Backlog() int { c.mu.Lock(); defer c.mu.Unlock(); return c.stuck }

func (c *tab) Close(code int, _ string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed == 0 {
		c.closed = code
	}
	close(c.came)
	c.came = make(chan struct{})
}

// join opens a tab; watch maps activities to a known seq, or -1.
func (s *stage) join(person, peer string, next int, known *place, watch map[string]int) (*tab, error) {
	s.t.Helper()
	c := &tab{s: s, person: person, name: peer, came: make(chan struct{})}
	w := map[string]any{}
	for id, seq := range watch {
		w[id] = nil
		if seq >= 0 {
			w[id] = seq
		}
	}
	frame := map[string]any{"join": s.code, "protocol": 1, "peer": peer, "next": next, "watch": w}
	if known != nil {
		frame["epoch"], frame["seq"], frame["mark"] = known.Epoch, known.Seq, known.Mark
	}
	bytes, _ := json.Marshal(frame)
	p, err := s.hall.Join(context.Background(), s.code, person, bytes, c)
	c.peer = p
	return c, err
}

// place is where a tab stands in the log.
type place struct {
	Epoch string `json:"epoch"`
	Seq   uint64 `json:"seq"`
	Mark  string `json:"mark"`
}

func (s *stage) mustJoin(person, peer string, next int, known *place, watch map[string]int) *tab {
	s.t.Helper()
	c, err := s.join(person, peer, next, known, watch)
	if err != nil {
		s.t.Fatalf("%s joins: %v", person, err)
	}
	return c
}

func (c *tab) say(frame string) { c.peer.Receive([]byte(frame)) }

// until waits for the first frame for which f holds.
func (c *tab) until(what string, f func(map[string]json.RawMessage) bool) map[string]json.RawMessage {
	c.s.t.Helper()
	return c.untilAfter(0, what, f)
}

func (c *tab) closedBy() int { c.mu.Lock(); defer c.mu.Unlock(); return c.closed }

func (c *tab) length() int { c.mu.Lock(); defer c.mu.Unlock(); return len(c.frames) }

// untilAfter waits for the first frame from the given one on for which f holds.
func (c *tab) untilAfter(from int, what string, f func(map[string]json.RawMessage) bool) map[string]json.RawMessage {
	c.s.t.Helper()
	deadline := time.After(20 * time.Second)
	for {
		c.mu.Lock()
		for ; from < len(c.frames); from++ {
			if f(c.frames[from]) {
				found := c.frames[from]
				c.mu.Unlock()
				return found
			}
		}
		came := c.came
		c.mu.Unlock()
		select {
		case <-came:
		case <-deadline:
			c.mu.Lock()
			defer c.mu.Unlock()
			c.s.t.Fatalf("%s: no frame with %s among %d: %s", c.name, what, len(c.frames), all(c.frames))
		}
	}
}

func all(v any) []byte { b, _ := json.Marshal(v); return b }

// has waits for a frame that has a key whose JSON contains text.
func (c *tab) has(key, text string) map[string]json.RawMessage {
	c.s.t.Helper()
	return c.until(key+" "+text, func(f map[string]json.RawMessage) bool {
		v, ok := f[key]
		return ok && contains(v, text)
	})
}

type rawMessage = json.RawMessage

func count(in, text string) int { return strings.Count(in, text) }

func contains(v json.RawMessage, text string) bool { return strings.Contains(string(v), text) }

// told is the JSON of all frames so far.
func (c *tab) told() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	return string(all(c.frames))
}

// saw tells whether any frame so far contains text.
func (c *tab) saw(text string) bool { return strings.Contains(c.told(), text) }

// place is what the tab has been told through.
func (c *tab) place() *place {
	c.mu.Lock()
	defer c.mu.Unlock()
	var p place
	for _, f := range c.frames {
		if e, ok := f["epoch"]; ok {
			_ = json.Unmarshal(e, &p.Epoch)
		}
		if b, ok := f["beat"]; ok {
			_ = json.Unmarshal(b, &p)
		}
		if m, ok := f["mark"]; ok {
			_ = json.Unmarshal(f["seq"], &p.Seq)
			_ = json.Unmarshal(m, &p.Mark)
		}
	}
	return &p
}
