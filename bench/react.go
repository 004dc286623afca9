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

// React lets many people tap reactions while others vote, and measures how soon
// the screens that show them have counted a tap, how many frames that costs them,
// and whether the votes had to wait.
func React(ctx context.Context, s *Server, people, shows int, perSecond float64, lasting time.Duration) (Report, error) {
	r := Report{Scenario: "react", Machine: machine(), At: time.Now(), Asked: map[string]any{
		"people": people, "shows": shows, "tapsOfEachPerSecond": perSecond, "seconds": lasting.Seconds(),
	}}
	hall, options, err := openHall(ctx, s, people+shows, plainQuestion)
	if err != nil {
		return r, err
	}
	live, leave := context.WithCancel(ctx)
	defer leave()
	var gone sync.WaitGroup
	defer gone.Wait()
	defer leave()
	if err := hall.join(live, &gone); err != nil {
		return r, err
	}
	screens := &screens{shown: make([]int64, shows)}
	conns := make([]*websocket.Conn, shows)
	defer func() { closeAll(conns) }()
	err = inParallel(ctx, shows, 32, func(i int) error {
		conn, err := hall.voters[people+i].person.dial(ctx, map[string]any{"peer": fmt.Sprintf("screen-%08d", i), "next": 1, "watch": map[string]any{"pulse": nil}})
		conns[i] = conn
		if err == nil {
			go screens.read(conn, i)
		}
		return err
	})
	if err != nil {
		return r, err
	}
	if !waitFor(ctx, 60*time.Second, func() bool { return screens.ready.Load() == int64(shows) }) {
		return r, fmt.Errorf("%d of %d screens show the pulse", screens.ready.Load(), shows)
	}
	m := meter{server: s}
	if err := m.start(); err != nil {
		return r, err
	}
	began := time.Now()
	taps := screens.taps(hall.voters[:people], perSecond, lasting, options)
	took := time.Since(began)
	if !waitFor(ctx, 10*time.Second, func() bool { return screens.differ(taps) == 0 }) {
		r.Notes = append(r.Notes, "not every screen has counted every tap")
	}
	hall.count(&r)
	r.Notes = append(r.Notes,
		fmt.Sprintf("%.2f frames a second to each screen", float64(screens.frames.Load())/float64(shows)/took.Seconds()),
		fmt.Sprintf("acknowledgedMs is of %d votes that were cast beside", r.Operations))
	r.Operations, r.Deliveries, r.Differ, r.ConvergeMs = taps, screens.frames.Load(), screens.differ(taps), 0
	r.Reached, _ = screens.heard.spread()
	return r, m.stop(&r)
}

// Of those who tap, one in so many votes. So many screens measure how late they
// are: all of them would keep this process busy.
const (
	oneVotes = 10
	measured = 20
)

// screens are those who show the pulse.
type screens struct {
	ready, frames atomic.Int64
	heard         latencies
	mu            sync.Mutex // guards what follows
	sent          []time.Time
	shown         []int64 // taps, by screen
}

// taps lets everybody tap in turn, evenly over the time, and some vote beside.
func (s *screens) taps(people []*voter, perSecond float64, lasting time.Duration, options []string) int {
	total := int(perSecond * lasting.Seconds() * float64(len(people)))
	votes := len(people) / oneVotes
	frame := []byte(`{"signal":"react","in":"lobby","with":{"is":"clap"}}`)
	began := time.Now()
	for i, voted := 0, 0; i < total; i++ {
		time.Sleep(time.Until(began.Add(lasting * time.Duration(i) / time.Duration(total))))
		if voted < votes && voted*total <= i*votes {
			people[voted*oneVotes].choose(options[rand.IntN(len(options))])
			voted++
		}
		v := people[i%len(people)]
		s.mu.Lock()
		s.sent = append(s.sent, time.Now())
		s.mu.Unlock()
		v.mu.Lock()
		_ = v.conn.WriteMessage(websocket.TextMessage, frame)
		v.mu.Unlock()
	}
	return total
}

// read counts what a screen is told. The nth tap is on it when it has counted n.
func (s *screens) read(conn *websocket.Conn, screen int) {
	for {
		_, frame, err := conn.ReadMessage()
		if err != nil {
			return
		}
		if bytes.HasPrefix(frame, []byte(`{"watch":`)) {
			s.ready.Add(1)
		}
		if _, rest, ok := bytes.Cut(frame, []byte(`"key":"reactions"`)); ok {
			s.frames.Add(1)
			_, rest, _ = bytes.Cut(rest, []byte(`"clap":`))
			counted, _ := number(rest)
			s.show(screen, int64(counted))
		}
	}
}

func (s *screens) show(screen int, counted int64) {
	now := time.Now()
	s.mu.Lock()
	defer s.mu.Unlock()
	if screen < measured {
		for n := s.shown[screen]; n < min(counted, int64(len(s.sent))); n++ {
			s.heard.add(now.Sub(s.sent[n]))
		}
	}
	s.shown[screen] = counted
}

// differ is how many screens have not counted so many taps.
func (s *screens) differ(taps int) (screens int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, n := range s.shown {
		if n != int64(taps) {
			screens++
		}
	}
	return screens
}
