package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"plenum/collab/delta"
)

// fullCopies is how many of the writers keep the whole document.
const fullCopies = 20

// Write lets many people write in one document, each so often, and checks that
// all copies are equal at the end and that nobody missed a change.
func Write(ctx context.Context, s *Server, writers int, perSecond float64, lasting time.Duration) (Report, error) {
	r := Report{Scenario: "write", Machine: machine(), At: time.Now(), Asked: map[string]any{"writers": writers, "changesPerSecondEach": perSecond, "seconds": lasting.Seconds()}}
	all, host, err := gatherWriters(ctx, s, writers)
	if err != nil {
		return r, err
	}
	m := meter{server: s}
	if err := m.start(); err != nil {
		return r, err
	}
	wrote := keepWriting(ctx, all, perSecond, lasting)
	last := time.Now()
	r.Operations = wrote
	settled := waitFor(ctx, 30*time.Second, func() bool {
		for _, w := range all {
			w.mu.Lock()
			count := w.count
			w.mu.Unlock()
			if count < wrote {
				return false
			}
		}
		return true
	})
	r.ConvergeMs = float64(time.Since(last).Milliseconds())
	if !settled {
		r.Notes = append(r.Notes, "not everybody heard every change within half a minute")
	}
	r.Deliveries = delivered(all)
	if err := m.stop(&r); err != nil {
		return r, err
	}
	return r, compareCopies(ctx, &r, all, host, wrote)
}

func gatherWriters(ctx context.Context, s *Server, writers int) ([]*writer, *person, error) {
	c := newCrowd(s.URL)
	host, err := c.start(ctx)
	if err != nil {
		return nil, nil, err
	}
	if _, err := host.do(ctx, "lobby", "codeRole", map[string]string{"role": "editor"}); err != nil {
		return nil, nil, err
	}
	text := strings.Repeat("All work and no play makes a dull day. ", startLength/39+1)[:startLength-1] + "\n"
	content, err := host.do(ctx, "lobby", "add", map[string]any{"kind": "doc", "title": "Load", "settings": map[string]any{"content": []any{map[string]string{"insert": text}}}})
	if err != nil {
		return nil, nil, err
	}
	var entry struct{ ID string }
	if err := json.Unmarshal(content, &entry); err != nil {
		return nil, nil, err
	}
	people, err := c.enterAll(ctx, host.code, writers)
	if err != nil {
		return nil, nil, err
	}
	d := &desk{sent: map[string]time.Time{}}
	all := make([]*writer, writers)
	return all, host, inParallel(ctx, writers, 32, func(i int) error {
		all[i] = &writer{person: people[i], peer: fmt.Sprintf("writer-%06d", i), doc: entry.ID, desk: d, full: i < fullCopies, ready: make(chan struct{})}
		return all[i].join(ctx)
	})
}

// keepWriting lets everybody write at their own moments; it returns how many
// changes went out.
func keepWriting(ctx context.Context, all []*writer, perSecond float64, lasting time.Duration) (wrote int) {
	began := time.Now()
	total := int(float64(len(all)) * perSecond * lasting.Seconds())
	for i := range total {
		due := began.Add(lasting * time.Duration(i) / time.Duration(total))
		select {
		case <-time.After(time.Until(due)):
		case <-ctx.Done():
			return wrote
		}
		if all[i%len(all)].write() {
			wrote++
		}
	}
	return wrote
}

func waitFor(ctx context.Context, most time.Duration, done func() bool) bool {
	limit := time.After(most)
	for !done() {
		select {
		case <-time.After(5 * time.Millisecond):
		case <-limit:
			return false
		case <-ctx.Done():
			return false
		}
	}
	return true
}

// delivered is how many frames have reached the writers so far.
func delivered(all []*writer) (frames int64) {
	for _, w := range all {
		w.mu.Lock()
		frames += w.frames
		w.mu.Unlock()
	}
	return frames
}

// compareCopies looks whether everybody has what the server has.
func compareCopies(ctx context.Context, r *Report, all []*writer, host *person, wrote int) error {
	content, err := host.view(ctx, all[0].doc)
	if err != nil {
		return err
	}
	truth, err := delta.Parse(content)
	if err != nil {
		return err
	}
	want, err := json.Marshal(truth)
	if err != nil {
		return err
	}
	for _, w := range all {
		w.mu.Lock()
		got, err := json.Marshal(w.copy)
		if err != nil || w.gaps > 0 || w.count != wrote || w.full && string(got) != string(want) {
			r.Differ++
		}
		if len(w.refused) > 0 && len(r.Notes) < 5 {
			r.Notes = append(r.Notes, w.peer+": "+w.refused[0])
		}
		w.mu.Unlock()
		w.conn.Close()
	}
	d := all[0].desk
	r.Latency, _ = d.own.spread()
	r.Reached, _ = d.far.spread()
	return nil
}
