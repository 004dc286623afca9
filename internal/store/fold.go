package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"gorm.io/gorm"

	"plenum/rooms"
)

var _ rooms.Archive = (*Store)(nil)

// Aged implements rooms.Archive.
func (s *Store) Aged(ctx context.Context, before int64, after rooms.Aged, limit int) ([]rooms.Aged, error) {
	var found []rooms.Aged
	err := s.Read().WithContext(ctx).Raw(`
		SELECT a.room, a.activity, coalesce(c.seq, 0) AS seq
		FROM (SELECT room, activity, seq AS saved FROM checkpoints WHERE (room, activity) > (?, ?)) AS a
		LEFT JOIN compacted c ON c.room = a.room AND c.activity = a.activity
		WHERE ? > (SELECT e.at FROM events e INDEXED BY events_of_activity WHERE e.room = a.room AND e.activity = a.activity
			AND e.seq > coalesce(c.seq, 0) AND e.seq <= a.saved ORDER BY e.seq LIMIT 1)
		ORDER BY a.room, a.activity LIMIT ?`, after.Room, after.Activity, before, limit).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("find what is old: %w", err)
	}
	return found, nil
}

// Looked implements rooms.Archive.
func (s *Store) Looked(ctx context.Context, a rooms.Aged) error {
	err := s.Write(ctx, func(tx *gorm.DB) error { return ofRoom(tx, a.Room, func() error { return looked(tx, a) }) })
	if err != nil {
		return fmt.Errorf("note how far %s in room %s is compacted: %w", a.Activity, a.Room, err)
	}
	return nil
}

func looked(tx *gorm.DB, a rooms.Aged) error {
	return tx.Exec("INSERT INTO compacted (room, activity, seq) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET seq = excluded.seq WHERE excluded.seq > compacted.seq",
		a.Room, a.Activity, a.Seq).Error
}

// Fold implements rooms.Archive. The rows, the frames between them and the names
// of files that they alone have go in the transaction that changes the last row.
func (s *Store) Fold(ctx context.Context, f rooms.Fold) error {
	err := s.Write(ctx, func(tx *gorm.DB) error { return fold(tx, f) })
	if err != nil && !errors.Is(err, rooms.ErrMoved) {
		return fmt.Errorf("fold %d events of %s in room %s: %w", f.Events, f.Activity, f.Room, err)
	}
	return err
}

func fold(tx *gorm.DB, f rooms.Fold) error {
	if err := foldable(tx, f); err != nil {
		return err
	}
	err := tx.Exec("DELETE FROM file_uses INDEXED BY file_uses_seq WHERE room = ? AND seq >= ? AND seq <= ? AND activity = ?",
		f.Room, f.From, f.Last.Seq, f.Activity).Error
	if err != nil {
		return err
	}
	gone := tx.Exec("DELETE FROM events INDEXED BY events_of_activity WHERE room = ? AND activity = ? AND seq >= ? AND seq < ? AND words = 0",
		f.Room, f.Activity, f.From, f.Last.Seq)
	if gone.Error != nil || gone.RowsAffected != int64(f.Events-1) {
		return errors.Join(gone.Error, rooms.ErrMoved)
	}
	last := tx.Exec(`UPDATE events SET content = ?, by_member = ?, peer = '', n = 0, folded_from = ?, folded = ?
		WHERE room = ? AND seq = ? AND activity = ? AND words = 0`,
		[]byte(f.Last.With), f.Last.By, f.Last.FoldedFrom, f.Folded, f.Room, f.Last.Seq, f.Activity)
	if last.Error != nil || last.RowsAffected != 1 {
		return errors.Join(last.Error, rooms.ErrMoved)
	}
	uses := newProjection(tx)
	for _, use := range usesOf(f.Room, []rooms.Event{f.Last}) {
		if err := uses.add(use); err != nil {
			return err
		}
	}
	if err := uses.write(); err != nil {
		return err
	}
	// Of any format: those of former ones are read by nobody any more.
	return tx.Exec("DELETE FROM frames WHERE room = ? AND activity = ? AND seq >= ? AND seq <= ?", f.Room, f.Activity, f.From, f.Last.Seq).Error
}

// foldable refuses what is not behind a checkpoint, what somebody holds on to,
// and a log that is not as it was read.
func foldable(tx *gorm.DB, f rooms.Fold) error {
	pins, err := json.Marshal(f.Pins)
	if err != nil {
		return err
	}
	var found struct {
		Saved          uint64
		Pinned         bool
		Events, Folded int
	}
	// Without the index being named, SQLite would walk the whole room by its primary key.
	err = tx.Raw(`SELECT
		coalesce((SELECT seq FROM checkpoints WHERE room = ? AND activity = ?), 0) AS saved,
		EXISTS (SELECT 1 FROM events INDEXED BY events_of_activity WHERE room = ? AND activity = ? AND seq > ?
			AND did IN (SELECT value FROM json_each(?))) AS pinned,
		count(*) AS events, coalesce(sum(folded), 0) AS folded
		FROM events INDEXED BY events_of_activity WHERE room = ? AND activity = ? AND seq >= ? AND seq <= ?`,
		f.Room, f.Activity, f.Room, f.Activity, f.Seen, string(pins),
		f.Room, f.Activity, f.From, f.Last.Seq).Scan(&found).Error
	if err != nil {
		return err
	}
	if found.Saved < f.Last.Seq || found.Pinned || found.Events != f.Events || found.Folded+found.Events-1 != f.Folded {
		return rooms.ErrMoved
	}
	return nil
}
