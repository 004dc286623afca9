package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"plenum/rooms"
)

// Create implements rooms.Log.
func (s *Store) Create(ctx context.Context, h rooms.Head) error {
	err := s.Write(ctx, func(tx *gorm.DB) error {
		if erased, err := erasedCode(tx, h.Code); err != nil || erased {
			return cmp.Or(err, error(rooms.ErrCodeTaken))
		}
		return tx.Create(&roomRow{ID: h.Room, Code: h.Code, Epoch: h.Epoch, Term: h.Term, Seq: h.Seq, Mark: h.Mark}).Error
	})
	if duplicate(err) || errors.Is(err, rooms.ErrCodeTaken) {
		return rooms.ErrCodeTaken
	}
	if err != nil {
		return fmt.Errorf("create room %s: %w", h.Room, err)
	}
	return nil
}

// Find implements rooms.Log. Codes are compared exactly.
func (s *Store) Find(ctx context.Context, code string) (string, error) {
	var r roomRow
	err := s.Read().WithContext(ctx).Select("id").Take(&r, "code = ?", code).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		var erased bool
		if erased, err = erasedCode(s.Read().WithContext(ctx), code); err == nil {
			return "", noRoom(erased)
		}
	}
	if err != nil {
		return "", fmt.Errorf("find the room of a code: %w", err)
	}
	return r.ID, nil
}

// Screen implements rooms.Log.
func (s *Store) Screen(ctx context.Context, hash string) (room, id string, err error) {
	var found struct{ Room, ID string }
	result := s.Read().WithContext(ctx).Raw("SELECT room, id FROM screens WHERE hash = ?", hash).Scan(&found)
	if result.Error != nil {
		return "", "", fmt.Errorf("find a screen: %w", result.Error)
	}
	if found.Room == "" {
		return "", "", rooms.ErrNoRoom
	}
	return found.Room, found.ID, nil
}

// Head implements rooms.Log.
func (s *Store) Head(ctx context.Context, room string) (rooms.Head, error) {
	var r roomRow
	err := s.Read().WithContext(ctx).Take(&r, "id = ?", room).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return rooms.Head{}, rooms.ErrNoRoom
	}
	if err != nil {
		return rooms.Head{}, fmt.Errorf("read the head of room %s: %w", room, err)
	}
	return r.head(), nil
}

// Append implements rooms.Log. The batch must not be changed until it returns.
// If ctx ends while the batch waits for its turn, it is not stored; of all
// errors only ErrInDoubt leaves that open.
func (s *Store) Append(ctx context.Context, b rooms.Batch) error {
	if err := wellFormed(b); err != nil {
		return fmt.Errorf("append to room %s: %w", b.Room, err)
	}
	b.Rows = append(slices.Clip(b.Rows), usesOf(b.Room, b.Events)...)
	err := s.committer.submit(ctx, &item{batch: &b})
	if err != nil && !errors.Is(err, rooms.ErrStale) {
		return fmt.Errorf("append to room %s: %w", b.Room, err)
	}
	return err
}

// wellFormed keeps holes and strangers out of the log.
func wellFormed(b rooms.Batch) error {
	if len(b.Events) == 0 {
		return errors.New("the batch is empty")
	}
	for i, e := range b.Events {
		if e.Seq != b.After+1+uint64(i) {
			return fmt.Errorf("event %d of a batch after %d has seq %d", i, b.After, e.Seq)
		}
	}
	for _, p := range b.Settled {
		if p.Room != b.Room {
			return fmt.Errorf("peer %s is settled for room %q", p.Peer, p.Room)
		}
	}
	for _, w := range b.Wakes {
		if w.Room != b.Room {
			return fmt.Errorf("activity %s is woken in room %q", w.Activity, w.Room)
		}
	}
	return nil
}

// selectEvents is the query for events, with their words. For one activity the bounds are row
// values, because with plain conditions SQLite walks the whole room by its
// primary key instead of the activity's own index.
func selectEvents(db *gorm.DB, q rooms.Query) *gorm.DB {
	through := q.Through
	if through == 0 || through > math.MaxInt64 {
		through = math.MaxInt64
	}
	columns := []string{"room", "seq"}
	db = db.Select("events.*, words.text").Joins("LEFT JOIN words ON words.id = events.words")
	switch {
	case q.AboutTo > 0:
		return db.Where("about > 0 AND (room, activity, thread, about) >= (?, ?, ?, ?) AND (room, activity, thread, about) <= (?, ?, ?, ?) AND seq <= ?",
			q.Room, q.Activity, q.Thread, q.AboutFrom, q.Room, q.Activity, q.Thread, min(q.AboutTo, math.MaxInt64), through).Order("room, activity, thread, about, seq")
	case len(q.Newests) > 0:
		return db.Where(`room = ? AND seq IN (SELECT (SELECT max(one.seq) FROM events AS one INDEXED BY events_of_words
			WHERE one.words > 0 AND one.room = ? AND one.activity = ? AND one.thread = threads.value AND one.seq <= ?) FROM json_each(?) AS threads)`,
			q.Room, q.Room, q.Activity, through, listed(q.Newests))
	case q.Words:
		db = db.Where("words > 0 AND (room, activity, thread, seq) > (?, ?, ?, ?) AND (room, activity, thread, seq) <= (?, ?, ?, ?)",
			q.Room, q.Activity, q.Thread, q.After, q.Room, q.Activity, q.Thread, through)
		columns = []string{"room", "activity", "thread", "seq"}
	case q.Activity == "":
		db = db.Where("room = ? AND seq > ? AND seq <= ?", q.Room, q.After, through)
	default:
		db = db.Where("(room, activity, seq) > (?, ?, ?) AND (room, activity, seq) <= (?, ?, ?)",
			q.Room, q.Activity, q.After, q.Room, q.Activity, through)
		columns = []string{"room", "activity", "seq"}
	}
	for _, name := range columns {
		db = db.Order(clause.OrderByColumn{Column: clause.Column{Name: name}, Desc: q.Newest})
	}
	if q.Limit > 0 {
		db = db.Limit(q.Limit)
	}
	return db
}

// listed is a list of seqs for json_each.
func listed(seqs []uint64) string {
	list, err := json.Marshal(seqs)
	if err != nil {
		panic(err) // numbers always encode
	}
	return string(list)
}

// Events implements rooms.Log.
func (s *Store) Events(ctx context.Context, q rooms.Query) ([]rooms.Event, error) {
	if q.After >= math.MaxInt64 {
		return nil, nil // beyond what a seq can be
	}
	var rows []eventRow
	if err := selectEvents(s.Read().WithContext(ctx), q).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("read events of room %s: %w", q.Room, err)
	}
	if q.Newest {
		slices.Reverse(rows)
	}
	events := make([]rooms.Event, len(rows))
	for i, r := range rows {
		events[i] = r.event()
	}
	return events, nil
}

// Mark implements rooms.Log.
func (s *Store) Mark(ctx context.Context, room string, seq uint64) (string, error) {
	if seq > math.MaxInt64 {
		return "", nil
	}
	var rows []eventRow
	err := s.Read().WithContext(ctx).Select("mark").Find(&rows, "room = ? AND seq = ?", room, seq).Error
	if err != nil {
		return "", fmt.Errorf("read the mark of room %s at %d: %w", room, seq, err)
	}
	if len(rows) == 0 {
		return "", nil
	}
	return rows[0].Mark, nil
}

// Checkpoint implements rooms.Log.
func (s *Store) Checkpoint(ctx context.Context, room, activity string) (rooms.Checkpoint, error) {
	var rows []checkpointRow
	err := s.Read().WithContext(ctx).Find(&rows, "room = ? AND activity = ?", room, activity).Error
	if err != nil {
		return rooms.Checkpoint{}, fmt.Errorf("read the checkpoint of %s in room %s: %w", activity, room, err)
	}
	if len(rows) == 0 {
		return rooms.Checkpoint{Room: room, Activity: activity}, nil
	}
	return rows[0].checkpoint(), nil
}

// SaveCheckpoint implements rooms.Log. A state older than the saved one is
// dropped: encoders run beside each other and may end in any order.
func (s *Store) SaveCheckpoint(ctx context.Context, c rooms.Checkpoint) error {
	err := s.Write(ctx, func(tx *gorm.DB) error { return ofRoom(tx, c.Room, func() error { return putCheckpoint(tx, c) }) })
	if err != nil {
		return fmt.Errorf("save the checkpoint of %s in room %s: %w", c.Activity, c.Room, err)
	}
	return nil
}

// Settled implements rooms.Log.
func (s *Store) Settled(ctx context.Context, room, peer string) (rooms.Settled, error) {
	var rows []settledRow
	err := s.Read().WithContext(ctx).Find(&rows, "room = ? AND peer = ?", room, peer).Error
	if err != nil {
		return rooms.Settled{}, fmt.Errorf("read what is settled of peer %s: %w", peer, err)
	}
	if len(rows) == 0 {
		return rooms.Settled{}, nil
	}
	settled, err := rows[0].settled()
	if err != nil {
		return rooms.Settled{}, fmt.Errorf("read the refusals of peer %s: %w", peer, err)
	}
	return settled, nil
}

// Wakes implements rooms.Log.
func (s *Store) Wakes(ctx context.Context, until int64) ([]rooms.Wake, error) {
	var rows []wakeRow
	err := s.Read().WithContext(ctx).Order("at, room, activity").Find(&rows, "at <= ?", until).Error
	if err != nil {
		return nil, fmt.Errorf("read the wake-up times: %w", err)
	}
	wakes := make([]rooms.Wake, len(rows))
	for i, r := range rows {
		wakes[i] = rooms.Wake(r)
	}
	return wakes, nil
}
