package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"time"

	"plenum/internal/store"
)

// Vote lets many people vote in one question within a time, and checks that
// every acknowledged ballot is in the database and that all screens agree. With
// kill, the server is killed in the middle of it and started again.
func Vote(ctx context.Context, s *Server, voters int, within time.Duration, kill bool) (Report, error) {
	r := Report{Scenario: "vote", Machine: machine(), At: time.Now(), Asked: map[string]any{"voters": voters, "seconds": within.Seconds(), "kill": kill}}
	hall, options, err := openHall(ctx, s, voters, plainQuestion)
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
	if err := hall.rush(ctx, s, options, within, kill); err != nil {
		return r, err
	}
	select {
	case <-hall.tally.all:
	case <-time.After(60 * time.Second):
		r.Notes = append(r.Notes, "not every screen showed every voter within a minute")
	case <-ctx.Done():
		return r, ctx.Err()
	}
	hall.count(&r)
	if err := m.stop(&r); err != nil {
		return r, err
	}
	leave()
	gone.Wait()
	if err := s.Stop(); err != nil {
		return r, fmt.Errorf("stop the server: %w", err)
	}
	return r, hall.compare(ctx, s, &r)
}

// plainQuestion has four options and shows its results at once.
var plainQuestion = map[string]any{"kind": "single", "prompt": "Which?", "show": "live", "options": []map[string]string{{"text": "One"}, {"text": "Two"}, {"text": "Three"}, {"text": "Four"}}}

// hall is a poll with its voters.
type hall struct {
	host           *person
	poll, question string
	tally          *turnout
	voters         []*voter
}

func openHall(ctx context.Context, s *Server, voters int, question map[string]any) (*hall, []string, error) {
	c := newCrowd(s.URL)
	host, err := c.start(ctx)
	if err != nil {
		return nil, nil, err
	}
	h := &hall{host: host, tally: newTurnout(voters)}
	if h.poll, err = host.add(ctx, "poll"); err != nil {
		return nil, nil, err
	}
	content, err := host.do(ctx, h.poll, "write", map[string]any{"question": question})
	if err != nil {
		return nil, nil, err
	}
	var wrote struct {
		Question struct {
			ID      string
			Options []struct{ ID string }
		}
	}
	if err := json.Unmarshal(content, &wrote); err != nil {
		return nil, nil, err
	}
	h.question = wrote.Question.ID
	if question["key"] != nil {
		if _, err := host.do(ctx, h.poll, "rules", map[string]any{"speed": true, "streak": true, "reading": 0}); err != nil {
			return nil, nil, err
		}
	}
	if _, err := host.do(ctx, h.poll, "open", map[string]any{"question": h.question}); err != nil {
		return nil, nil, err
	}
	people, err := c.enterAll(ctx, host.code, voters)
	if err != nil {
		return nil, nil, err
	}
	for i, p := range people {
		h.voters = append(h.voters, &voter{person: p, peer: fmt.Sprintf("phone-%08d", i), poll: h.poll, question: h.question, tally: h.tally})
	}
	var options []string
	for _, option := range wrote.Question.Options {
		options = append(options, option.ID)
	}
	return h, options, nil
}

// join brings every phone in.
func (h *hall) join(ctx context.Context, gone *sync.WaitGroup) error {
	return inParallel(ctx, len(h.voters), 64, func(i int) error {
		joined := make(chan struct{})
		gone.Go(func() { h.voters[i].live(ctx, sync.OnceFunc(func() { close(joined) })) })
		select {
		case <-joined:
			return nil
		case <-time.After(60 * time.Second):
			return fmt.Errorf("phone %d does not get the poll", i)
		case <-ctx.Done():
			return ctx.Err()
		}
	})
}

// rush lets everybody vote, evenly over the time, and kills the server half way.
func (h *hall) rush(ctx context.Context, s *Server, options []string, within time.Duration, kill bool) error {
	began := time.Now()
	killed := make(chan error, 1)
	if kill {
		go func() {
			time.Sleep(within / 2)
			if err := s.Kill(); err != nil {
				killed <- err
				return
			}
			killed <- s.Restart(ctx)
		}()
	} else {
		killed <- nil
	}
	for i, v := range h.voters {
		due := began.Add(within * time.Duration(i) / time.Duration(len(h.voters)))
		time.Sleep(time.Until(due))
		v.choose(options[rand.IntN(len(options))])
	}
	return <-killed
}

// count sums up what the voters saw.
func (h *hall) count(r *Report) {
	var took []time.Duration
	var last time.Time
	for _, v := range h.voters {
		v.mu.Lock()
		r.Deliveries += v.frames
		if !v.counted.IsZero() {
			r.Operations++
			took = append(took, v.counted.Sub(v.sent))
			if v.counted.After(last) {
				last = v.counted
			}
		}
		if v.shown != len(h.voters) {
			r.Differ++
		}
		v.mu.Unlock()
	}
	r.Latency = spread(took)
	h.tally.mu.Lock()
	defer h.tally.mu.Unlock()
	r.ConvergeMs = float64(h.tally.last.Sub(last).Milliseconds())
}

// compare looks for every acknowledged ballot in the database.
func (h *hall) compare(ctx context.Context, s *Server, r *Report) error {
	db, err := store.Open(ctx, filepath.Join(s.Data, "plenum.db"), store.Options{})
	if err != nil {
		return err
	}
	defer db.Close()
	var rows []struct {
		Voter   string
		Content []byte
	}
	if err := db.Read().WithContext(ctx).Raw("SELECT voter, content FROM ballots WHERE activity = ?", h.poll).Scan(&rows).Error; err != nil {
		return err
	}
	stored := map[string]string{}
	for _, row := range rows {
		var ballot struct{ Options []string }
		if err := json.Unmarshal(row.Content, &ballot); err != nil || len(ballot.Options) != 1 {
			return fmt.Errorf("ballot of %s: %q", row.Voter, row.Content)
		}
		stored[row.Voter] = ballot.Options[0]
	}
	for _, v := range h.voters {
		if !v.counted.IsZero() && stored[v.person.member] != v.option {
			r.Lost++
		}
	}
	if len(stored) != len(h.voters) {
		r.Notes = append(r.Notes, fmt.Sprintf("%d ballots are stored", len(stored)))
	}
	return nil
}
