// Package search finds, for a person, what they may see in their rooms: pieces
// of activities, activities, people and rooms. It follows the committed log with
// an index in a database of its own, which can be thrown away and made anew. Who
// may see what is never in the index: each search asks the rooms' logs.
package search

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// How many searches run at a time, how long further ones wait, and of how many
// rooms it is kept who may see what.
const (
	atOnce    = 4
	busyAfter = 5 * time.Second
	keptRooms = 2000
)

// Options may stay zero.
type Options struct {
	Clock  func() time.Time // time.Now if nil
	Logger *slog.Logger     // slog.Default if nil

	changed func(change) // hears of every change of the index, after the lists; for tests
}

// Search is the index with its followers. It is safe for concurrent use.
type Search struct {
	tail     *store.Tail
	index    *index
	sights   *rooms.Sights
	follower *rooms.Follower
	kinds    []string
	places   chan struct{} // one for each search under way
	lists    lists
	logger   *slog.Logger
	cancel   context.CancelFunc
	ended    sync.WaitGroup
}

// Open opens the index at path, or makes it, and follows the rooms of a store.
// Close it before the store.
func Open(ctx context.Context, path string, st *store.Store, kinds []rooms.Kind, o Options) (*Search, error) {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	db, err := store.OpenBeside(ctx, path, version, schema)
	if err != nil {
		return nil, fmt.Errorf("open the search index: %w", err)
	}
	tail, err := st.Tail()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open the search index: %w", err), db.Close())
	}
	s := &Search{
		tail: tail, sights: rooms.NewSights(tail, kinds, keptRooms), places: make(chan struct{}, atOnce), logger: o.Logger,
	}
	s.index = &index{
		db: db, sights: s.sights, kinds: map[string]rooms.Kind{}, texters: map[string]bool{},
		logger: o.Logger, clock: o.Clock, wake: make(chan struct{}, 1), changed: s.lists.changed,
	}
	if o.changed != nil {
		s.index.changed = func(c change) { s.lists.changed(c); o.changed(c) }
	}
	for _, k := range kinds {
		s.index.kinds[k.Name] = k
		s.index.texters[k.Name] = texts(k)
		s.kinds = append(s.kinds, k.Name)
	}
	s.follower = rooms.NewFollower(tail, s.index, o.Logger)
	running, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s.cancel = cancel
	s.ended.Go(func() { s.follow(running) })
	s.ended.Go(func() { s.index.readDue(running) })
	return s, nil
}

// texts tells whether the activities of a kind are Texters.
func texts(k rooms.Kind) bool {
	a, err := k.New(nil)
	if err != nil {
		return false
	}
	_, ok := a.(rooms.Texter)
	return ok
}

func (s *Search) follow(ctx context.Context) {
	if err := s.index.forgetStrays(ctx, s.tail); err != nil && ctx.Err() == nil {
		s.logger.Error("the search index may know rooms that are gone", "error", err)
	}
	s.follower.Run(ctx)
}

// Close ends it. What is in the index stays.
func (s *Search) Close() error {
	s.cancel()
	s.ended.Wait()
	tail := s.tail.Close()
	if err := s.index.db.Close(); err != nil {
		return fmt.Errorf("close the search index: %w", err)
	}
	return tail
}

// Find answers a search of a person.
func (s *Search) Find(ctx context.Context, person string, ask Ask) (Answer, error) {
	q := parse(ask.Text, s.kinds, ask.Today)
	return s.answer(ctx, person, ask, &q, func([]string) {})
}

// answer searches when there is a place for it. in hears of the rooms.
func (s *Search) answer(ctx context.Context, person string, ask Ask, q *query, in func(rooms []string)) (Answer, error) {
	busy := time.NewTimer(busyAfter)
	defer busy.Stop()
	select {
	case s.places <- struct{}{}:
		defer func() { <-s.places }()
	case <-busy.C:
		return Answer{}, rooms.WaitBusy
	case <-ctx.Done():
		return Answer{}, ctx.Err()
	}
	ask.Room = rooms.NormalCode(ask.Room)
	return s.find(ctx, person, ask, q, in)
}
