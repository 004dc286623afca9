package bench

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// quizQuestion is worth more the sooner it is answered.
var quizQuestion = map[string]any{
	"kind": "single", "prompt": "Which?", "seconds": 300, "options": plainQuestion["options"], "key": map[string]any{"right": []int{1}},
}

// Quiz lets many players answer one question within a time, closes it and shows
// what was right, and measures how soon every phone has its points.
func Quiz(ctx context.Context, s *Server, players int, within time.Duration) (Report, error) {
	r := Report{Scenario: "quiz", Machine: machine(), At: time.Now(), Asked: map[string]any{"players": players, "seconds": within.Seconds()}}
	hall, options, err := openHall(ctx, s, players, quizQuestion)
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
	m := meter{server: s}
	if err := m.start(); err != nil {
		return r, err
	}
	if err := hall.rush(ctx, s, options, within, false); err != nil {
		return r, err
	}
	waitFor(ctx, 30*time.Second, func() bool { return hall.answered() == players })
	question := map[string]any{"question": hall.question}
	if _, err := hall.host.do(ctx, hall.poll, "close", question); err != nil {
		return r, err
	}
	shown := time.Now()
	if _, err := hall.host.do(ctx, hall.poll, "reveal", question); err != nil {
		return r, err
	}
	if !waitFor(ctx, 30*time.Second, func() bool { return len(hall.told(shown)) == players }) {
		r.Notes = append(r.Notes, "not every phone has its points after half a minute")
	}
	hall.count(&r)
	told := hall.told(shown)
	r.Reached, r.Differ = spread(told), players-len(told)
	r.ConvergeMs = r.Reached.Max
	r.Lost = players - r.Operations
	r.Notes = append(r.Notes, fmt.Sprintf("reachedOthersMs is from the reveal until each of %d phones has its points", len(told)))
	return r, m.stop(&r)
}

// answered is how many answers are counted.
func (h *hall) answered() (n int) {
	for _, v := range h.voters {
		v.mu.Lock()
		if !v.counted.IsZero() {
			n++
		}
		v.mu.Unlock()
	}
	return n
}

// told is how long after the reveal each phone had its points.
func (h *hall) told(shown time.Time) (took []time.Duration) {
	for _, v := range h.voters {
		v.mu.Lock()
		if !v.scored.IsZero() {
			took = append(took, v.scored.Sub(shown))
		}
		v.mu.Unlock()
	}
	return took
}
