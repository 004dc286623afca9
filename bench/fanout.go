package bench

import (
	"bytes"
	"context"
	"fmt"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// Fanout lets one person talk to many who listen, and measures how soon each
// of them hears it and what a delivery costs the server.
func Fanout(ctx context.Context, s *Server, peers int, perSecond float64, lasting time.Duration) (Report, error) {
	r := Report{Scenario: "fanout", Machine: machine(), At: time.Now(), Asked: map[string]any{"peers": peers, "messagesPerSecond": perSecond, "seconds": lasting.Seconds()}}
	c := newCrowd(s.URL)
	host, err := c.start(ctx)
	if err != nil {
		return r, err
	}
	chat, err := host.add(ctx, "chat")
	if err != nil {
		return r, err
	}
	people, err := c.enterAll(ctx, host.code, peers)
	if err != nil {
		return r, err
	}
	var heard latencies
	var ready, frames atomic.Int64
	conns := make([]*websocket.Conn, peers)
	defer func() { closeAll(conns) }()
	err = inParallel(ctx, peers, 32, func(i int) error {
		conn, err := people[i].dial(ctx, map[string]any{"peer": fmt.Sprintf("listener-%06d", i), "next": 1, "watch": map[string]any{chat: nil}})
		if err != nil {
			return err
		}
		conns[i] = conn
		go listen(conn, &heard, &ready, &frames)
		return nil
	})
	if err != nil {
		return r, err
	}
	waitFor(ctx, 60*time.Second, func() bool { return ready.Load() == int64(peers) })
	m := meter{server: s}
	frames.Store(0)
	if err := m.start(); err != nil {
		return r, err
	}
	r.Operations = int(perSecond * lasting.Seconds())
	began := time.Now()
	for i := range r.Operations {
		time.Sleep(time.Until(began.Add(lasting * time.Duration(i) / time.Duration(r.Operations))))
		if _, err := host.do(ctx, chat, "say", map[string]string{"text": "at " + strconv.FormatInt(time.Now().UnixNano(), 10) + " " + string(bytes.Repeat([]byte("x"), 60))}); err != nil {
			return r, err
		}
	}
	want := int64(peers * r.Operations)
	if !waitFor(ctx, 30*time.Second, func() bool { _, n := heard.spread(); return n >= want }) {
		r.Notes = append(r.Notes, "not everybody heard everything within half a minute")
	}
	var got int64
	r.Reached, got = heard.spread()
	r.Lost, r.Deliveries = int(want-got), frames.Load()
	return r, m.stop(&r)
}

// listen counts what a peer hears, and how late.
func listen(conn *websocket.Conn, heard *latencies, ready, frames *atomic.Int64) {
	for {
		_, frame, err := conn.ReadMessage()
		if err != nil {
			return
		}
		frames.Add(1)
		if bytes.HasPrefix(frame, []byte(`{"watch":`)) {
			ready.Add(1)
			continue
		}
		for rest := frame; ; {
			_, after, ok := bytes.Cut(rest, []byte(`"text":"at `))
			if !ok {
				break
			}
			var at uint64
			at, rest = number(after)
			heard.add(time.Since(time.Unix(0, int64(at))))
		}
	}
}
