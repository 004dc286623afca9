package rooms_test

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"sync"
	"testing"
	"time"

	"plenum/rooms"
)

// A room with a long log opens from its checkpoints: what is read does not grow
// with the log.
func TestLongRoomOpensFromCheckpoints(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("chat", rooms.Viewer)
	s.fill(id, 5_000)
	s.restart()
	if view, err := s.hall.View(t.Context(), s.code, "ada", id); err != nil || !contains(view, "message") {
		t.Fatal(err)
	}
	s.faults.mu.Lock()
	defer s.faults.mu.Unlock()
	if s.faults.read > 1500 {
		t.Errorf("%d events were read to open a room of 5,000", s.faults.read)
	}
}

// fill says many things at once.
func (s *stage) fill(id string, messages int) {
	s.t.Helper()
	const speakers = 100
	var wg sync.WaitGroup
	for w := range speakers {
		wg.Go(func() {
			for i := range messages / speakers {
				content := fmt.Appendf(nil, `{"text":"message %d of %d"}`, i, w)
				if _, err := s.hall.Do(context.Background(), s.code, "ada", rooms.Command{In: id, Do: "say", With: content}); err != nil {
					s.t.Error(err)
				}
			}
		})
	}
	wg.Wait()
}

// BenchmarkOpenLongRoom opens a room of PLENUM_EVENTS events (20,000) and shows
// the chat that has them all.
func BenchmarkOpenLongRoom(b *testing.B) {
	events, err := strconv.Atoi(os.Getenv("PLENUM_EVENTS"))
	if err != nil {
		events = 20_000
	}
	s := newStage(b)
	id := s.add("chat", rooms.Viewer)
	s.fill(id, events)
	b.ResetTimer()
	for b.Loop() {
		b.StopTimer()
		s.restart()
		b.StartTimer()
		started := time.Now()
		if _, err := s.hall.View(context.Background(), s.code, "ada", id); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(time.Since(started).Microseconds()), "µs/open")
	}
}
