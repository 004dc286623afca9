package search

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"
)

// An open list is brought up to date at most so often. The more lists there
// are, the longer each waits: together they take a bounded part of the machine.
const (
	paceLeast = 200 * time.Millisecond
	paceEach  = 2 * time.Millisecond
	paceMost  = 10 * time.Second
)

// lists are the open lists of results.
type lists struct {
	mu   sync.Mutex
	open map[*list]struct{} // guarded by mu
}

// list is what somebody looks at, and has asked to hear changes of.
type list struct {
	person string
	q      *query
	wake   chan struct{}   // has one entry when it may have changed
	rooms  map[string]bool // guarded by the mu of lists; those it was searched in
}

// Live answers a search, and again whenever what is found has changed, until
// ctx ends or telling fails. The answers are JSON.
func (s *Search) Live(ctx context.Context, person string, ask Ask, tell func([]byte) error) error {
	q := parse(ask.Text, s.kinds, ask.Today)
	l := &list{person: person, q: &q, wake: make(chan struct{}, 1)}
	s.lists.join(l)
	defer s.lists.leave(l)
	var told []byte
	for {
		answer, err := s.answer(ctx, person, ask, &q, func(in []string) { s.lists.searched(l, in) })
		if err != nil {
			return err
		}
		encoded, err := json.Marshal(answer)
		if err != nil {
			return fmt.Errorf("encode what was found: %w", err)
		}
		if !bytes.Equal(encoded, told) {
			told = encoded
			if err := tell(encoded); err != nil {
				return err
			}
		}
		if err := pause(ctx, s.lists.pace()); err != nil {
			return err
		}
		if err := s.await(ctx, l, answer.Building); err != nil {
			return err
		}
	}
}

// await waits for a change; while the index is being built it looks again from
// time to time.
func (s *Search) await(ctx context.Context, l *list, building bool) error {
	var again <-chan time.Time
	if building {
		again = time.After(time.Second)
	}
	select {
	case <-l.wake:
		return nil
	case <-again:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-time.After(d):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

func (ls *lists) join(l *list) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	if ls.open == nil {
		ls.open = map[*list]struct{}{}
	}
	ls.open[l] = struct{}{}
}

func (ls *lists) leave(l *list) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	delete(ls.open, l)
}

func (ls *lists) pace() time.Duration {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	return min(paceMost, paceLeast+paceEach*time.Duration(len(ls.open)))
}

// searched keeps in which rooms a list is searched. It is told before that
// happens, so that no change is missed.
func (ls *lists) searched(l *list, rooms []string) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	l.rooms = make(map[string]bool, len(rooms))
	for _, room := range rooms {
		l.rooms[room] = true
	}
}

// changed wakes the lists that a change may concern.
func (ls *lists) changed(c change) {
	for _, l := range ls.concerned(c) {
		if c.lobby || slices.ContainsFunc(c.texts, l.q.mayFind) {
			select {
			case l.wake <- struct{}{}:
			default: // it is awake already
			}
		}
	}
}

func (ls *lists) concerned(c change) (some []*list) {
	ls.mu.Lock()
	defer ls.mu.Unlock()
	for l := range ls.open {
		if l.rooms[c.room] || slices.Contains(c.persons, l.person) {
			some = append(some, l)
		}
	}
	return some
}

// mayFind tells whether a text has the words that are asked for.
func (q *query) mayFind(text string) bool {
	_, ok := q.fits(text)
	return ok
}
