package store

import (
	"context"
	"fmt"

	"gorm.io/gorm"

	"plenum/rooms"
)

// How many rows are erased by one write: few enough for writers not to notice.
// The rows of tables with states can be megabytes each.
const (
	eraseRows   = 100
	eraseStates = 1
)

// Erase erases for good what there is of the rooms that were deleted at a time
// or before it, Unix milliseconds. Of each it takes its head first, so that
// nothing is added any more, then all its rows in small parts, and last the note
// that it is to be erased: what an error or a crash leaves, the next call
// erases. forget is told of each room before its note goes.
func (s *Store) Erase(ctx context.Context, until int64, forget func(room string) error) error {
	var due []string
	if err := s.Read().WithContext(ctx).Raw("SELECT room FROM deleted_rooms WHERE at <= ? ORDER BY at", until).Scan(&due).Error; err != nil {
		return fmt.Errorf("find the rooms to be erased: %w", err)
	}
	for _, room := range due {
		if err := s.erase(ctx, room, until, forget); err != nil {
			return fmt.Errorf("erase room %s: %w", room, err)
		}
	}
	return nil
}

func (s *Store) erase(ctx context.Context, room string, until int64, forget func(room string) error) error {
	claimed := false
	err := s.Write(ctx, func(tx *gorm.DB) (err error) {
		claimed, err = takeHead(tx, room, until)
		return err
	})
	if err != nil || !claimed {
		return err
	}
	s.committer.changes.add(room) // those who follow it hear that it is gone
	tables, err := s.tablesOfRooms(ctx)
	if err != nil {
		return err
	}
	for _, t := range tables {
		for left := true; left && err == nil; {
			err = s.Write(ctx, func(tx *gorm.DB) (err error) { left, err = t.erase(tx, room); return err })
		}
		if err != nil {
			return fmt.Errorf("table %s: %w", t.name, err)
		}
	}
	s.wiper.want()
	if err := forget(room); err != nil {
		return err
	}
	return s.Write(ctx, func(tx *gorm.DB) error { return tx.Exec("DELETE FROM deleted_rooms WHERE room = ?", room).Error })
}

// takeHead takes a room's head, unless the room was restored meanwhile.
func takeHead(tx *gorm.DB, room string, until int64) (claimed bool, err error) {
	err = tx.Raw("SELECT count(*) > 0 FROM deleted_rooms WHERE room = ? AND at <= ?", room, until).Scan(&claimed).Error
	if err != nil || !claimed {
		return claimed, err
	}
	err = tx.Exec("INSERT INTO erased_codes (code) SELECT code FROM rooms WHERE id = ? ON CONFLICT DO NOTHING", room).Error
	if err != nil {
		return claimed, err
	}
	return claimed, tx.Exec("DELETE FROM rooms WHERE id = ?", room).Error
}

// roomTable is a table whose rows belong to rooms.
type roomTable struct {
	name string
	key  string // the columns of its primary key
	rows int    // that are erased at once
}

// tablesOfRooms are all tables with a column room, whoever has made them.
func (s *Store) tablesOfRooms(ctx context.Context) ([]roomTable, error) {
	var found []struct {
		Name, Key string
		States    bool
	}
	err := s.Read().WithContext(ctx).Raw(`
		SELECT m.name, (SELECT group_concat(c.name) FROM pragma_table_info(m.name) c WHERE c.pk > 0) AS key,
			EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'state') AS states
		FROM sqlite_schema m
		WHERE m.type = 'table' AND m.name <> 'deleted_rooms' AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'room')
		ORDER BY m.name`).Scan(&found).Error
	if err != nil {
		return nil, fmt.Errorf("find the tables of rooms: %w", err)
	}
	tables := make([]roomTable, len(found))
	for i, f := range found {
		tables[i] = roomTable{name: f.Name, key: f.Key, rows: eraseRows}
		if f.States {
			tables[i].rows = eraseStates
		}
	}
	return tables, nil
}

// erase erases some rows of a room, and tells whether there may be more. Words
// are overwritten where they stand, as what is forgotten is.
func (t roomTable) erase(tx *gorm.DB, room string) (left bool, err error) {
	some := fmt.Sprintf("SELECT %s FROM %s WHERE room = ? ORDER BY %s LIMIT %d", t.key, t.name, t.key, t.rows)
	if t.name == (eventRow{}).TableName() {
		words := "SELECT words FROM events WHERE words > 0 AND (" + t.key + ") IN (" + some + ")"
		if err := tx.Exec("UPDATE words SET text = zeroblob(length(text)) WHERE id IN ("+words+")", room).Error; err != nil {
			return false, err
		}
	}
	result := tx.Exec("DELETE FROM "+t.name+" WHERE ("+t.key+") IN ("+some+")", room)
	return result.RowsAffected == int64(t.rows), result.Error
}

// erasedCode tells whether a join code is that of a room that was erased.
func erasedCode(db *gorm.DB, code string) (erased bool, err error) {
	err = db.Raw("SELECT count(*) > 0 FROM erased_codes WHERE code = ?", code).Scan(&erased).Error
	return erased, err
}

func noRoom(erased bool) error {
	if erased {
		return rooms.ErrDeleted
	}
	return rooms.ErrNoRoom
}

// ofRoom writes something of a room, unless that was erased meanwhile.
func ofRoom(tx *gorm.DB, room string, write func() error) error {
	var there bool
	if err := tx.Raw("SELECT count(*) > 0 FROM rooms WHERE id = ?", room).Scan(&there).Error; err != nil || !there {
		return err
	}
	return write()
}
