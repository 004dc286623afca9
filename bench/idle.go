package bench

import (
	"context"
	"fmt"
	"time"

	"github.com/gorilla/websocket"
)

// Idle holds peers in one room that do nothing, and measures the memory that
// each costs the server.
func Idle(ctx context.Context, s *Server, peers int, hold time.Duration) (Report, error) {
	r := Report{Scenario: "idle", Machine: machine(), At: time.Now(), Asked: map[string]any{"peers": peers, "seconds": hold.Seconds()}}
	conns, before, err := gather(ctx, s, peers)
	if err != nil {
		return r, err
	}
	defer closeAll(conns)
	m := meter{server: s}
	if err := m.start(); err != nil {
		return r, err
	}
	select {
	case <-time.After(hold):
	case <-ctx.Done():
		return r, ctx.Err()
	}
	after, err := s.Memory()
	if err != nil {
		return r, err
	}
	r.MemoryPerPeer = float64(after-before) / 1024 / float64(peers)
	return r, m.stop(&r)
}

// gather brings people into a room, each with a joined socket. Memory is
// measured before the first socket.
func gather(ctx context.Context, s *Server, peers int) (conns []*websocket.Conn, memory int64, err error) {
	c := newCrowd(s.URL)
	host, err := c.start(ctx)
	if err != nil {
		return nil, 0, err
	}
	people, err := c.enterAll(ctx, host.code, peers)
	if err != nil {
		return nil, 0, err
	}
	if memory, err = s.Memory(); err != nil {
		return nil, 0, err
	}
	conns = make([]*websocket.Conn, peers)
	err = inParallel(ctx, peers, 64, func(i int) error {
		conn, err := people[i].dial(ctx, map[string]any{"peer": fmt.Sprintf("peer-%08d", i), "next": 1, "watch": map[string]any{"lobby": nil}})
		if err != nil {
			return err
		}
		conns[i] = conn
		go drain(conn)
		return nil
	})
	return conns, memory, err
}

// drain reads a socket until it ends.
func drain(conn *websocket.Conn) {
	for {
		if _, _, err := conn.NextReader(); err != nil {
			return
		}
	}
}

func closeAll(conns []*websocket.Conn) {
	for _, conn := range conns {
		if conn != nil {
			conn.Close()
		}
	}
}
