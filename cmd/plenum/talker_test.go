package main

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// talker is one tab of a person in one chat, as docs/protocol.md wants a tab to
// be: it numbers what it says and keeps that until it is settled, comes back
// after every end with what it knows, and in another epoch sends nothing of
// what is left over.
type talker struct {
	t          *testing.T
	at         *address
	who        *browser
	code, chat string

	mu          sync.Mutex
	changed     chan struct{}   // guarded by mu; closed at every change
	conn        *websocket.Conn // guarded by mu; nil while not joined
	peer        string          // guarded by mu
	epoch, mark string          // guarded by mu
	seq         uint64          // guarded by mu; told through
	known       uint64          // guarded by mu; the chat is known through; 0 if not at all
	answered    bool            // guarded by mu; on this connection
	head        uint64          // guarded by mu; of the room, at the last join
	next        uint64          // guarded by mu
	unsettled   []saying        // guarded by mu
	settled     []saying        // guarded by mu
	recovered   []saying        // guarded by mu; left over from another epoch
	heard       []event         // guarded by mu; since the last view, and what that shows
	closes      []int           // guarded by mu; the codes of connections that ended
	joins       int             // guarded by mu
	views       int             // guarded by mu
	untold      int             // guarded by mu; found stored after a join, although nobody had told us
	build       string          // guarded by mu; of the server, at the last join
}

// saying is something said under a number of a peer.
type saying struct {
	peer string
	n    uint64
	text string
}

// most is how much a peer may have unsettled.
const most = 32

// address is where a server is now.
type address struct{ atomic.Pointer[string] }

func addressOf(url string) *address {
	a := &address{}
	a.Store(&url)
	return a
}

var peers atomic.Uint64

// talk brings a person into a chat, until the test ends.
func talk(at *address, who *browser, code, chat string) *talker {
	k := &talker{
		t: who.t, at: at, who: who, code: code, chat: chat,
		peer: fmt.Sprintf("p-talker-%06d", peers.Add(1)), next: 1, changed: make(chan struct{}),
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan struct{})
	go func() { defer close(ended); k.live(ctx) }()
	who.t.Cleanup(func() { cancel(); <-ended })
	return k
}

// live comes back again and again.
func (k *talker) live(ctx context.Context) {
	for tries := 0; ctx.Err() == nil; tries++ {
		joined, after := k.visit(ctx)
		if joined {
			tries = 0
		}
		pause := rand.N(min(10*time.Second, 100*time.Millisecond<<min(tries, 10)))
		if after > 0 {
			pause = rand.N(after)
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
		}
	}
}

// visit is one connection; after is what the server asked for at its end.
func (k *talker) visit(ctx context.Context) (joined bool, after time.Duration) {
	url := *k.at.Load()
	dialer := websocket.Dialer{Jar: k.who.jar, ReadBufferSize: 1024, WriteBufferSize: 1024}
	conn, response, err := dialer.DialContext(ctx, strings.Replace(url, "http", "ws", 1)+"/api/rooms/"+k.code+"/socket", http.Header{"Origin": {url}})
	if response != nil {
		response.Body.Close()
	}
	if err != nil {
		return false, 0
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()
	if conn.WriteMessage(websocket.TextMessage, k.hello()) != nil {
		return false, 0
	}
	for {
		_, text, err := conn.ReadMessage()
		if err != nil {
			k.lost(err)
			return joined, after
		}
		var f frame
		if err := json.Unmarshal(text, &f); err != nil {
			k.t.Errorf("%q: %v", text, err)
			return joined, after
		}
		joined = joined || f.Joined
		if f.Closing != nil {
			after = time.Duration(f.Closing.After) * time.Millisecond
		}
		if !k.hear(conn, url, f) {
			return true, 0
		}
	}
}

func (k *talker) hello() []byte {
	k.mu.Lock()
	defer k.mu.Unlock()
	join := map[string]any{"join": k.code, "protocol": 1, "peer": k.peer, "next": k.next}
	if len(k.unsettled) > 0 {
		join["next"] = k.unsettled[0].n
	}
	since := map[string]any{k.chat: nil}
	if k.epoch != "" {
		join["epoch"], join["seq"], join["mark"] = k.epoch, k.seq, k.mark
		if k.known > 0 {
			since[k.chat] = k.known
		}
	}
	join["watch"] = since
	k.answered = false
	text, err := json.Marshal(join)
	if err != nil {
		panic(err) // strings and numbers
	}
	return text
}

func (k *talker) lost(err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.conn = nil
	if closing, ok := err.(*websocket.CloseError); ok {
		k.closes = append(k.closes, closing.Code)
	}
	k.change()
}

// hear takes a frame; false if the connection is to be left for a new one.
func (k *talker) hear(conn *websocket.Conn, url string, f frame) bool {
	k.mu.Lock()
	defer k.mu.Unlock()
	defer k.change()
	if f.Joined && !k.join(conn, f) {
		return false
	}
	for _, e := range f.Events {
		k.take(e)
	}
	if answer, ok := f.Watch[k.chat]; ok {
		k.answer(url, answer)
	}
	if f.Mark != "" {
		k.told(f.Seq, f.Mark)
	}
	if f.Beat != nil {
		k.told(f.Beat.Seq, f.Beat.Mark)
	}
	for _, n := range f.Done {
		k.settle(n)
	}
	if f.Refused != nil {
		k.t.Errorf("%s: %d was refused: %s", k.peer, *f.Refused, f.Because)
		k.settle(*f.Refused)
	}
	if f.Wait != nil {
		n := *f.Wait
		time.AfterFunc(time.Duration(f.After)*time.Millisecond, func() { k.again(conn, n) })
	}
	return true
}

// join begins a connection: all that is not settled goes out again. In another
// epoch nothing does, and everything begins anew.
func (k *talker) join(conn *websocket.Conn, f frame) bool {
	if k.epoch != "" && (f.Forked || f.Epoch != k.epoch) {
		k.recovered = append(k.recovered, k.unsettled...)
		k.unsettled, k.heard, k.next, k.epoch, k.seq, k.known = nil, nil, 1, "", 0, 0
		k.peer = fmt.Sprintf("p-talker-%06d", peers.Add(1))
		return false
	}
	k.joins++
	k.conn, k.epoch, k.head, k.build = conn, f.Epoch, f.Seq, f.Build
	k.send(k.unsettled)
	return true
}

func (k *talker) told(seq uint64, mark string) {
	k.seq, k.mark = seq, mark
	if k.answered {
		k.known = max(k.known, seq)
	}
}

func (k *talker) take(e event) {
	if e.In != k.chat {
		return
	}
	if n := len(k.heard); n > 0 && e.Seq <= k.heard[n-1].Seq {
		k.t.Errorf("%s heard %d after %d", k.peer, e.Seq, k.heard[n-1].Seq)
	}
	k.heard = append(k.heard, e)
	if e.Peer != k.peer {
		return
	}
	if k.settle(e.N) && e.Seq <= k.head {
		k.untold++
	}
}

func (k *talker) answer(url string, answer answered) {
	switch {
	case answer.Refused != "":
		k.t.Errorf("%s may not watch the chat: %s", k.peer, answer.Refused)
		return
	case answer.Fetch != "":
		answer.Seq, answer.View = k.fetch(url + answer.Fetch)
	}
	if answer.View != nil {
		k.open(answer.View)
	}
	for _, e := range answer.Events {
		k.take(e)
	}
	k.answered, k.known = true, answer.Seq
}

func (k *talker) open(view json.RawMessage) {
	var shown struct {
		Messages []struct {
			Seq      uint64
			Text, By string
		}
	}
	if err := json.Unmarshal(view, &shown); err != nil {
		k.t.Error(err)
	}
	k.views++
	k.heard = nil
	for _, m := range shown.Messages {
		e := event{In: k.chat, Did: "said", Seq: m.Seq, By: m.By}
		e.With.Text = m.Text
		k.heard = append(k.heard, e)
	}
}

func (k *talker) fetch(url string) (seq uint64, view json.RawMessage) {
	response, err := k.who.http.Get(url)
	if err != nil {
		k.t.Error(err)
		return 0, nil
	}
	defer response.Body.Close()
	var got struct {
		Seq  uint64
		View json.RawMessage
	}
	if err := json.NewDecoder(response.Body).Decode(&got); err != nil {
		k.t.Error(err)
	}
	return got.Seq, got.View
}

// settle tells whether the number was still open.
func (k *talker) settle(n uint64) bool {
	for i, s := range k.unsettled {
		if s.n == n {
			k.unsettled = slices.Delete(k.unsettled, i, i+1)
			k.settled = append(k.settled, s)
			return true
		}
	}
	return false
}

// again sends what has this number or a higher one and is not settled.
func (k *talker) again(conn *websocket.Conn, n uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.conn != conn {
		return
	}
	from := slices.IndexFunc(k.unsettled, func(s saying) bool { return s.n >= n })
	if from >= 0 {
		k.send(k.unsettled[from:])
	}
}

func (k *talker) send(all []saying) {
	for _, s := range all {
		text, err := json.Marshal(map[string]any{"in": k.chat, "do": "say", "with": map[string]string{"text": s.text}, "n": s.n})
		if err != nil {
			panic(err) // strings and numbers
		}
		if k.conn.WriteMessage(websocket.TextMessage, text) != nil {
			return // the reader hears of it
		}
	}
}

// change is called with mu held.
func (k *talker) change() {
	close(k.changed)
	k.changed = make(chan struct{})
}
