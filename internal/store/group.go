package store

import (
	"fmt"
	"runtime/debug"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"plenum/rooms"
)

// writeGroup makes all changes of a group within tx: the free writes one by
// one, then all batches together. An error, unlike an answer, means that tx is
// spoilt.
func writeGroup(tx *gorm.DB, group []*item) (answers []error, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v\n%s", errPanic, p, debug.Stack())
		}
	}()
	answers = make([]error, len(group))
	for i, it := range group {
		if it.write == nil {
			continue
		}
		if answers[i], err = writeApart(tx, it.write); err != nil {
			return nil, err
		}
	}
	return answers, writeBatches(tx, group, answers)
}

// writeApart runs one write so that its own error undoes it and nothing else.
// That the savepoint is still there proves that SQLite has not rolled back the
// whole transaction meanwhile, which it does on its own after some errors.
func writeApart(tx *gorm.DB, write func(*gorm.DB) error) (own, err error) {
	if err := tx.Exec("SAVEPOINT apart").Error; err != nil {
		return nil, err
	}
	own = guard(tx, write)
	if own != nil {
		if err := tx.Exec("ROLLBACK TO apart").Error; err != nil {
			return nil, fmt.Errorf("%w (%w)", own, err)
		}
	}
	if err := tx.Exec("RELEASE apart").Error; err != nil {
		return nil, err
	}
	if breaks(own) {
		return nil, own
	}
	return own, nil
}

func guard(tx *gorm.DB, write func(*gorm.DB) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%w: %v\n%s", errPanic, p, debug.Stack())
		}
	}()
	return write(tx)
}

// writeBatches moves the heads of the rooms and writes the events and rows of
// those that could be moved, in few statements.
func writeBatches(tx *gorm.DB, group []*item, answers []error) error {
	var events []eventRow
	var moved []*rooms.Batch
	rows := newProjection(tx)
	for i, it := range group {
		if it.batch == nil {
			continue
		}
		ok, err := moveHead(tx, it.batch)
		if err != nil {
			return fmt.Errorf("move the head of room %s: %w", it.batch.Room, err)
		}
		if !ok {
			answers[i] = rooms.ErrStale
			continue
		}
		moved = append(moved, it.batch)
		events = appendEvents(events, it.batch)
		if err := rows.addBatch(it.batch); err != nil {
			return fmt.Errorf("rows of room %s: %w", it.batch.Room, err)
		}
	}
	if err := insertWords(tx, events); err != nil {
		return fmt.Errorf("insert words: %w", err)
	}
	if err := insertEvents(tx, events); err != nil {
		return fmt.Errorf("insert events: %w", err)
	}
	for _, b := range moved {
		if err := forget(tx, b); err != nil {
			return fmt.Errorf("forget in room %s: %w", b.Room, err)
		}
	}
	return rows.write()
}

// moveHead is the fence: it moves a room's head only from where the batch says
// it is. It goes past GORM's callbacks, being run for every batch by itself.
func moveHead(tx *gorm.DB, b *rooms.Batch) (moved bool, err error) {
	result, err := tx.Statement.ConnPool.ExecContext(tx.Statement.Context,
		"UPDATE rooms SET seq = ?, mark = ? WHERE id = ? AND seq = ? AND term = ?",
		b.Seq(), b.Mark, b.Room, b.After, b.Term)
	if err != nil {
		return false, err
	}
	n, err := result.RowsAffected()
	return n == 1, err
}

// statementSizes are the numbers of rows that are written by one statement.
// There are few, so that the driver keeps them all prepared.
var statementSizes = []int{128, 32, 8, 1}

// insertEvents appends to the log. Should a row exist against all reason, the
// whole transaction is lost; that spares SQLite a journal of each statement,
// which costs a third of the system time.
func insertEvents(tx *gorm.DB, events []eventRow) error {
	tx = tx.Clauses(clause.Insert{Modifier: "OR ROLLBACK"}).Session(&gorm.Session{})
	for _, size := range statementSizes {
		for len(events) >= size {
			part := events[:size]
			if err := tx.Create(&part).Error; err != nil {
				return err
			}
			events = events[size:]
		}
	}
	return nil
}
