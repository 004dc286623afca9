package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"

	"plenum/rooms"
)

// Tail reads the logs for those who follow them, on connections of its own.
type Tail struct {
	view   Store // reads only
	from   *changes
	change *change
}

var _ rooms.Tail = (*Tail)(nil)

// tailReaders is how many queries of one tail run at a time.
const tailReaders = 3

// Tail opens one. Close it before the store.
func (s *Store) Tail() (*Tail, error) {
	pool, db, err := openReaders(s.committer.path)
	if err != nil {
		return nil, fmt.Errorf("open a tail: %w", err)
	}
	pool.SetMaxOpenConns(tailReaders)
	t := &Tail{view: Store{reads: db, pool: pool}, from: &s.committer.changes}
	t.change = t.from.join()
	return t, nil
}

// Close ends it.
func (t *Tail) Close() error {
	t.from.leave(t.change)
	return t.view.pool.Close()
}

// Head implements rooms.Past. It goes past GORM: whoever searches asks for the
// heads of all their rooms.
func (t *Tail) Head(ctx context.Context, room string) (h rooms.Head, err error) {
	row := t.view.pool.QueryRowContext(ctx, "SELECT id, code, epoch, term, seq, mark FROM rooms WHERE id = ?", room)
	err = row.Scan(&h.Room, &h.Code, &h.Epoch, &h.Term, &h.Seq, &h.Mark)
	if errors.Is(err, sql.ErrNoRows) {
		return h, rooms.ErrNoRoom
	}
	if err != nil {
		return h, fmt.Errorf("read the head of room %s: %w", room, err)
	}
	return h, nil
}

// Events implements rooms.Past.
func (t *Tail) Events(ctx context.Context, q rooms.Query) ([]rooms.Event, error) {
	return t.view.Events(ctx, q)
}

// Checkpoint implements rooms.Past.
func (t *Tail) Checkpoint(ctx context.Context, room, activity string) (rooms.Checkpoint, error) {
	return t.view.Checkpoint(ctx, room, activity)
}

// Heads implements rooms.Tail.
func (t *Tail) Heads(ctx context.Context, after string, limit int) ([]rooms.Head, error) {
	var rows []roomRow
	err := t.view.reads.WithContext(ctx).Order("id").Limit(limit).Find(&rows, "id > ?", after).Error
	if err != nil {
		return nil, fmt.Errorf("read the heads of all rooms: %w", err)
	}
	heads := make([]rooms.Head, len(rows))
	for i, r := range rows {
		heads[i] = r.head()
	}
	return heads, nil
}

// Changed implements rooms.Tail.
func (t *Tail) Changed(ctx context.Context) ([]string, error) {
	select {
	case <-t.change.wake:
		return t.from.take(t.change), nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// changes tells tails which rooms were appended to. It costs the committer a
// few map entries, however slow a tail is.
type changes struct {
	mu    sync.Mutex
	tails map[*change]struct{} // guarded by mu
}

// change is what one tail has not been told yet.
type change struct {
	rooms map[string]struct{} // guarded by the mu of changes
	wake  chan struct{}       // has one entry when there is something
}

func (c *changes) join() *change {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.tails == nil {
		c.tails = map[*change]struct{}{}
	}
	t := &change{rooms: map[string]struct{}{}, wake: make(chan struct{}, 1)}
	c.tails[t] = struct{}{}
	return t
}

func (c *changes) leave(t *change) {
	c.mu.Lock()
	defer c.mu.Unlock()
	delete(c.tails, t)
}

func (c *changes) add(room string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for t := range c.tails {
		t.rooms[room] = struct{}{}
		select {
		case t.wake <- struct{}{}:
		default: // it is awake already
		}
	}
}

func (c *changes) take(t *change) []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	rooms := make([]string, 0, len(t.rooms))
	for room := range t.rooms {
		rooms = append(rooms, room)
	}
	clear(t.rooms)
	return rooms
}
