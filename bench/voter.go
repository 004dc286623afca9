package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// voter is one phone in the hall: it casts a ballot once, comes back when the
// connection breaks, and sends the ballot again until it is counted.
type voter struct {
	person   *person
	peer     string
	poll     string
	question string
	tally    *turnout

	mu      sync.Mutex // guards what follows
	conn    *websocket.Conn
	option  string // chosen; "" before
	sent    time.Time
	counted time.Time
	scored  time.Time // when it was told what its answer brought, in a quiz
	frames  int64
	shown   int // how many voters its screen says
}

// turnout is what all voters' screens say together.
type turnout struct {
	want   int
	mu     sync.Mutex // guards what follows
	agree  int        // screens that show everybody
	last   time.Time  // when the last of them did
	all    chan struct{}
	waking sync.Once
}

func newTurnout(want int) *turnout { return &turnout{want: want, all: make(chan struct{})} }

// shows takes what one screen says now and said before.
func (t *turnout) shows(before, now int) {
	if before == t.want || now != t.want {
		return
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.agree++
	t.last = time.Now()
	if t.agree == t.want {
		t.waking.Do(func() { close(t.all) })
	}
}

// live joins, and joins again, until ctx ends.
func (v *voter) live(ctx context.Context, joined func()) {
	for ctx.Err() == nil {
		conn, err := v.person.dial(ctx, map[string]any{"peer": v.peer, "next": 1, "watch": map[string]any{v.poll: nil}})
		if err == nil {
			stop := context.AfterFunc(ctx, func() { conn.Close() })
			v.read(conn, joined)
			stop()
			joined = func() {}
		}
		select {
		case <-ctx.Done():
		case <-time.After(rand.N(500 * time.Millisecond)):
		}
	}
}

func (v *voter) read(conn *websocket.Conn, joined func()) {
	defer conn.Close()
	for {
		_, frame, err := conn.ReadMessage()
		if err != nil {
			v.mu.Lock()
			v.conn = nil
			v.mu.Unlock()
			return
		}
		if v.hear(conn, frame) {
			joined()
		}
	}
}

// hear takes one frame; it reports whether the poll is now on the screen.
func (v *voter) hear(conn *websocket.Conn, frame []byte) (ready bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.frames++
	if shown, ok := people(frame); ok {
		v.tally.shows(v.shown, shown)
		v.shown = shown
	}
	if bytes.Contains(frame, []byte(`"mine":[`)) && v.option != "" && v.counted.IsZero() {
		v.counted = time.Now()
	}
	if v.scored.IsZero() && bytes.Contains(frame, []byte(`"score":{`)) {
		v.scored = time.Now()
	}
	if rest, ok := bytes.CutPrefix(frame, []byte(`{"wait":0,"after":`)); ok {
		after, _ := number(rest)
		time.AfterFunc(time.Duration(after)*time.Millisecond, v.castAgain)
	}
	if bytes.HasPrefix(frame, []byte(`{"watch":`)) {
		v.conn = conn
		v.cast()
		return true
	}
	return false
}

// people is the number of voters in a frame's digest.
func people(frame []byte) (int, bool) {
	_, rest, ok := bytes.Cut(frame, []byte(`"digests":`))
	if !ok {
		return 0, false
	}
	_, rest, ok = bytes.Cut(rest, []byte(`"people":`))
	if !ok {
		return 0, false
	}
	end := bytes.IndexFunc(rest, func(r rune) bool { return r < '0' || r > '9' })
	n, err := strconv.Atoi(string(rest[:max(end, 0)]))
	return n, err == nil
}

// choose casts the ballot.
func (v *voter) choose(option string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.option, v.sent = option, time.Now()
	v.cast()
}

// castAgain casts after the time that the server asked for.
func (v *voter) castAgain() {
	v.mu.Lock()
	defer v.mu.Unlock()
	v.cast()
}

// cast sends the ballot if there is one that is not counted, and a connection.
// A write that fails is seen by the reader, which comes back and casts again.
func (v *voter) cast() {
	if v.conn == nil || v.option == "" || !v.counted.IsZero() {
		return
	}
	ballot, err := json.Marshal(map[string]any{"in": v.poll, "do": "vote", "ref": "b1", "with": map[string]any{
		"question": v.question, "round": 1, "turn": 1, "options": []string{v.option},
	}})
	if err != nil {
		panic(err)
	}
	_ = v.conn.WriteMessage(websocket.TextMessage, ballot)
}
