package bench

import (
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gorilla/websocket"
)

// Join lets a crowd come in within a time, each as a stranger who enters by the
// code, connects and waits until the room is on the screen. Whoever is refused is
// counted as lost.
func Join(ctx context.Context, s *Server, people int, within time.Duration) (Report, error) {
	r := Report{Scenario: "join", Machine: machine(), At: time.Now(), Asked: map[string]any{"people": people, "seconds": within.Seconds()}}
	c := newCrowd(s.URL)
	host, err := c.start(ctx)
	if err != nil {
		return r, err
	}
	poll, err := host.add(ctx, "poll")
	if err != nil {
		return r, err
	}
	m := meter{server: s}
	if err := m.start(); err != nil {
		return r, err
	}
	rush := rush{code: host.code, poll: poll, conns: make([]*websocket.Conn, people), took: make([]time.Duration, people)}
	defer func() { closeAll(rush.conns) }()
	began := time.Now()
	var all sync.WaitGroup
	for i := range people {
		due := began.Add(within * time.Duration(i) / time.Duration(people))
		all.Go(func() {
			time.Sleep(time.Until(due))
			if why := rush.comes(ctx, c, i); why != nil {
				rush.refuse(why)
			}
		})
	}
	all.Wait()
	r.Lost, r.Notes = len(rush.refused), rush.reasons()
	var took []time.Duration
	for _, t := range rush.took {
		if t > 0 {
			took = append(took, t)
		}
	}
	r.Operations, r.Deliveries, r.Latency = len(took), rush.frames.Load(), spread(took)
	return r, m.stop(&r)
}

// rush is a crowd at the door.
type rush struct {
	code, poll string
	conns      []*websocket.Conn
	took       []time.Duration // until the room was on the screen
	frames     atomic.Int64
	mu         sync.Mutex // guards what follows
	refused    []error
}

// comes brings one person in, from the first request to the first view.
func (h *rush) comes(ctx context.Context, c *crowd, i int) error {
	began := time.Now()
	p, err := c.enter(ctx, h.code, fmt.Sprint("Person ", i+1))
	if err != nil {
		return err
	}
	conn, err := p.dial(ctx, map[string]any{"peer": fmt.Sprintf("comes-%08d-%04d", i, rand.IntN(10000)), "next": 1, "watch": map[string]any{"lobby": nil, h.poll: nil}})
	if err != nil {
		return err
	}
	h.conns[i] = conn
	if err := conn.SetReadDeadline(time.Now().Add(time.Minute)); err != nil {
		return err
	}
	for views := 0; views < 2; {
		_, frame, err := conn.ReadMessage()
		if err != nil {
			return err
		}
		h.frames.Add(1)
		if bytes.HasPrefix(frame, []byte(`{"watch":`)) {
			views++
		}
	}
	h.took[i] = time.Since(began)
	if err := conn.SetReadDeadline(time.Time{}); err != nil {
		return err
	}
	go drain(conn)
	return nil
}

func (h *rush) refuse(why error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.refused = append(h.refused, why)
}

// reasons are the first few of those who did not come in.
func (h *rush) reasons() (notes []string) {
	for _, why := range h.refused[:min(len(h.refused), 3)] {
		notes = append(notes, why.Error())
	}
	return notes
}
