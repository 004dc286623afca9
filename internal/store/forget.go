package store

import (
	"bytes"
	"encoding/json"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"plenum/rooms"
)

// unplaced marks an event whose words have no row yet.
const unplaced = -1

// lead is how much of a state stands before its first byte that tells anything:
// as much of a row as SQLite may keep in the page that it moves rows in. The
// rest is in pages of its own, which are overwritten when they are freed.
const lead = 4096

type wordsRow struct {
	ID   int64 `gorm:"primaryKey"`
	Text []byte
}

func (wordsRow) TableName() string { return "words" }

// insertWords appends the content of events that may be forgotten, and leaves
// in the events where it stands.
func insertWords(tx *gorm.DB, events []eventRow) error {
	var last int64
	var rows []wordsRow
	for i := range events {
		e := &events[i]
		if e.Words != unplaced {
			continue
		}
		if len(rows) == 0 {
			if err := tx.Raw("SELECT coalesce(max(id), 0) FROM words").Scan(&last).Error; err != nil {
				return err
			}
		}
		last++
		rows = append(rows, wordsRow{ID: last, Text: e.Content})
		e.Words, e.Content = last, nil
	}
	for _, size := range statementSizes {
		for len(rows) >= size {
			part := rows[:size]
			if err := tx.Create(&part).Error; err != nil {
				return err
			}
			rows = rows[size:]
		}
	}
	return nil
}

// forget blanks what a batch makes forgotten, and replaces the checkpoints that
// hold it. Words are overwritten where they stand, by as many zeros: SQLite then
// changes the bytes in place. Files that they named are not named any more.
// What a batch forgets of its own it never had.
func forget(tx *gorm.DB, b *rooms.Batch) error {
	for _, f := range b.Forget {
		if f.Seq > b.After {
			continue
		}
		dids, err := json.Marshal(f.Dids)
		if err != nil {
			return err
		}
		at := []any{b.Room, f.Seq, f.In, string(dids)}
		const one = "room = ? AND seq = ? AND activity = ? AND did IN (SELECT value FROM json_each(?))"
		err = tx.Exec("UPDATE words SET text = zeroblob(length(text)) WHERE id = (SELECT words FROM events WHERE "+one+")", at...).Error
		if err != nil {
			return err
		}
		err = tx.Exec("DELETE FROM file_uses WHERE (room, seq) IN (SELECT room, seq FROM events WHERE "+one+")", at...).Error
		if err != nil {
			return err
		}
		err = tx.Exec("UPDATE events SET content = ?, about = 0 WHERE "+one, append([]any{blank(f.With)}, at...)...).Error
		if err != nil {
			return err
		}
	}
	for _, e := range b.Events {
		for _, name := range e.Frees {
			err := tx.Exec("DELETE FROM file_uses WHERE room = ? AND activity = ? AND hash = ? AND seq <= ?", b.Room, e.In, name, e.Seq).Error
			if err != nil {
				return err
			}
		}
	}
	for _, c := range b.Saved {
		if err := putCheckpoint(tx, c); err != nil {
			return err
		}
	}
	return nil
}

// blank is what stands in the place of forgotten content; never NULL.
func blank(with json.RawMessage) []byte {
	if with == nil {
		return []byte("null")
	}
	return with
}

// putCheckpoint stores a state, unless a newer one is stored.
func putCheckpoint(tx *gorm.DB, c rooms.Checkpoint) error {
	newer := clause.OnConflict{
		Columns:   []clause.Column{{Name: "room"}, {Name: "activity"}},
		DoUpdates: clause.AssignmentColumns([]string{"seq", "format", "state", "lead"}),
		Where:     clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "excluded.seq >= checkpoints.seq"}}},
	}
	state := append(bytes.Repeat([]byte{' '}, lead), c.State...)
	row := checkpointRow{Room: c.Room, Activity: c.Activity, Seq: c.Seq, Format: c.Format, State: state, Lead: lead}
	return tx.Clauses(newer).Create(&row).Error
}

func (r checkpointRow) checkpoint() rooms.Checkpoint {
	return rooms.Checkpoint{
		Room: r.Room, Activity: r.Activity, Seq: r.Seq, Format: r.Format, State: r.State[min(r.Lead, len(r.State)):],
	}
}
