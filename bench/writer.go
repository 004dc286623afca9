package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strconv"
	"sync"
	"time"

	"github.com/gorilla/websocket"

	"plenum/collab/delta"
)

// startLength is how long the document is before the writers begin. They write
// within it; it never gets shorter than that.
const startLength = 5_000

// writer is one person at a keyboard, in one document. Some keep a full copy;
// the others only check that nothing is missing, so that the load stays cheap.
type writer struct {
	person *person
	peer   string
	doc    string
	desk   *desk

	mu      sync.Mutex // guards what follows
	conn    *websocket.Conn
	ready   chan struct{} // closed when the document is there
	rev     uint64
	count   int // changes heard
	gaps    int // revisions that did not follow each other
	n       uint64
	sent    delta.Delta // under way, rebased; nil if none
	full    bool
	copy    delta.Delta
	frames  int64
	refused []string
}

// desk is what all writers of a document share.
type desk struct {
	mu   sync.Mutex
	sent map[string]time.Time // by peer and n: when a change went out
	own  latencies            // until its author heard of it
	far  latencies            // until another heard of it
}

func (d *desk) goes(peer string, n uint64) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.sent[peer+" "+strconv.FormatUint(n, 10)] = time.Now()
}

func (d *desk) heard(key string, own bool) {
	d.mu.Lock()
	at, ok := d.sent[key]
	d.mu.Unlock()
	switch {
	case !ok:
	case own:
		d.own.add(time.Since(at))
	default:
		d.far.add(time.Since(at))
	}
}

// join opens the writer's socket; the document's view comes to the reader.
func (w *writer) join(ctx context.Context) error {
	conn, err := w.person.dial(ctx, map[string]any{"peer": w.peer, "next": 1, "watch": map[string]any{w.doc: nil}})
	if err != nil {
		return err
	}
	w.conn = conn
	go w.read(conn)
	select {
	case <-w.ready:
		return nil
	case <-time.After(60 * time.Second):
		return fmt.Errorf("%s does not get the document", w.peer)
	}
}

func (w *writer) read(conn *websocket.Conn) {
	for {
		_, frame, err := conn.ReadMessage()
		if err != nil {
			return
		}
		w.hear(frame)
	}
}

func (w *writer) hear(frame []byte) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.frames++
	switch {
	case bytes.Contains(frame, []byte(`"events":[`)):
		w.hearEvents(frame)
	case bytes.HasPrefix(frame, []byte(`{"watch":`)):
		w.open(frame)
	case bytes.HasPrefix(frame, []byte(`{"refused":`)), bytes.HasPrefix(frame, []byte(`{"wait":`)):
		w.refused = append(w.refused, string(frame))
	}
}

func (w *writer) open(frame []byte) {
	var answer struct {
		Watch map[string]struct {
			View struct {
				Rev     uint64
				Content json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(frame, &answer); err != nil {
		w.refused = append(w.refused, err.Error())
		return
	}
	view := answer.Watch[w.doc].View
	w.rev = view.Rev
	if w.full {
		content, err := delta.Parse(view.Content)
		if err != nil {
			w.refused = append(w.refused, err.Error())
		}
		w.copy = content
	}
	close(w.ready)
}

// hearEvents takes a frame's events. Without a full copy only their places are
// read, by looking for the keys.
func (w *writer) hearEvents(frame []byte) {
	if w.full {
		w.follow(frame)
		return
	}
	for rest := frame; ; {
		_, after, ok := bytes.Cut(rest, []byte(`"rev":`))
		if !ok {
			return
		}
		rev, after := number(after)
		_, after, _ = bytes.Cut(after, []byte(`"peer":"`))
		peer, after, _ := bytes.Cut(after, []byte(`"`))
		_, after, _ = bytes.Cut(after, []byte(`"n":`))
		n, after := number(after)
		w.next(rev, string(peer), n)
		rest = after
	}
}

func number(text []byte) (uint64, []byte) {
	end := 0
	for end < len(text) && text[end] >= '0' && text[end] <= '9' {
		end++
	}
	n, _ := strconv.ParseUint(string(text[:end]), 10, 64)
	return n, text[end:]
}

// next counts a change.
func (w *writer) next(rev uint64, peer string, n uint64) {
	if rev != w.rev+1 {
		w.gaps++
	}
	w.rev = rev
	w.count++
	own := peer == w.peer
	if own {
		w.sent = nil
	}
	w.desk.heard(peer+" "+strconv.FormatUint(n, 10), own)
}

// follow applies a frame's changes to the full copy.
func (w *writer) follow(frame []byte) {
	var told struct {
		Events []struct {
			Did  string
			Peer string
			N    uint64
			With struct {
				Rev    uint64
				Change json.RawMessage
			}
		}
	}
	if err := json.Unmarshal(frame, &told); err != nil {
		w.refused = append(w.refused, err.Error())
		return
	}
	for _, e := range told.Events {
		if e.Did != "changed" {
			continue
		}
		if e.Peer != w.peer {
			change, err := delta.Parse(e.With.Change)
			if err == nil {
				err = w.merge(change)
			}
			if err != nil {
				w.refused = append(w.refused, err.Error())
			}
		}
		w.next(e.With.Rev, e.Peer, e.N)
	}
}

// merge applies somebody else's change beside the own one under way.
func (w *writer) merge(change delta.Delta) (err error) {
	if w.sent != nil {
		w.sent, change = delta.Transform(w.sent, change)
	}
	w.copy, err = delta.Apply(w.copy, change)
	return err
}

// write makes one small change, unless the last one is still under way.
func (w *writer) write() (wrote bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.sent != nil {
		return false
	}
	change := delta.Delta{delta.Keep(1+rand.IntN(startLength-2), nil), delta.Write(string(rune('a'+rand.IntN(26))), nil)}
	if w.full {
		copied, err := delta.Apply(w.copy, change)
		if err != nil {
			w.refused = append(w.refused, err.Error())
			return false
		}
		w.copy = copied
	}
	w.sent = change
	w.n++
	command, err := json.Marshal(map[string]any{"in": w.doc, "do": "change", "n": w.n, "with": map[string]any{"base": w.rev, "change": change}})
	if err != nil {
		panic(err)
	}
	w.desk.goes(w.peer, w.n)
	return w.conn.WriteMessage(websocket.TextMessage, command) == nil
}
