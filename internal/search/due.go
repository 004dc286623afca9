package search

import (
	"context"
	"errors"
	"fmt"
	"time"

	"plenum/rooms"
)

// What is made of many events is read so long after its first change, so that
// a keystroke does not read a whole document; and not more often than this many
// times as long as reading it takes.
const (
	dueAfter = 300 * time.Millisecond
	duePause = 20
	dueRetry = 30 * time.Second
)

// dueText is an activity whose texts are to be read again.
type dueText struct {
	room, activity string
	at             int64
}

// readDue reads what is due until ctx ends.
func (x *index) readDue(ctx context.Context) {
	rests := map[string]time.Time{} // by activity, until when it is left alone
	for ctx.Err() == nil {
		wait, err := x.readSome(ctx, rests)
		if err != nil && ctx.Err() == nil {
			x.logger.Error("texts could not be read for search", "error", err)
			wait = dueRetry
		}
		var timer <-chan time.Time
		if wait > 0 {
			timer = time.After(wait)
		}
		select {
		case <-timer:
		case <-x.wake:
		case <-ctx.Done():
		}
	}
}

// readSome reads what is due now and tells when to look again; 0: when woken.
func (x *index) readSome(ctx context.Context, rests map[string]time.Time) (wait time.Duration, err error) {
	due, err := x.listDue(ctx)
	if err != nil {
		return 0, err
	}
	var failed error
	for _, d := range due {
		name := d.room + "/" + d.activity
		at := time.UnixMilli(d.at).Add(dueAfter)
		if rests[name].After(at) {
			at = rests[name]
		}
		if left := at.Sub(x.clock()); left > 0 {
			wait = soonest(wait, left)
			continue
		}
		began := x.clock()
		if err := x.readText(ctx, d); err != nil {
			failed = errors.Join(failed, fmt.Errorf("%s of room %s: %w", d.activity, d.room, err))
			rests[name] = x.clock().Add(dueRetry)
			wait = soonest(wait, dueRetry)
			continue
		}
		rests[name] = x.clock().Add(duePause * x.clock().Sub(began))
	}
	for name, until := range rests {
		if until.Before(x.clock()) {
			delete(rests, name)
		}
	}
	if failed != nil {
		x.logger.Error("texts could not be read for search", "error", failed)
	}
	return wait, nil
}

func soonest(a, b time.Duration) time.Duration {
	if a == 0 {
		return b
	}
	return min(a, b)
}

func (x *index) listDue(ctx context.Context) (due []dueText, err error) {
	rows, err := x.db.Read.QueryContext(ctx, "SELECT rooms.room, activity, at FROM due JOIN rooms ON number = due.room ORDER BY at LIMIT 500")
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var d dueText
		if err := rows.Scan(&d.room, &d.activity, &d.at); err != nil {
			return nil, err
		}
		due = append(due, d)
	}
	return due, rows.Err()
}

// readText brings the index of an activity to what its texts are now. What was
// due is struck out only if it is still the same: a change meanwhile makes it
// due again.
func (x *index) readText(ctx context.Context, d dueText) error {
	if err := x.beginDue(ctx, d); err != nil {
		return err
	}
	texts, at, err := x.sights.Texts(ctx, d.room, d.activity)
	if errors.Is(err, rooms.ErrNoTexts) || errors.Is(err, rooms.ErrNoRoom) {
		texts, err = nil, nil
	}
	if err != nil {
		return err
	}
	changed, err := x.write(ctx, d.room, func(w *writing) error {
		if err := w.replace(d.activity, texts, at); err != nil {
			return err
		}
		return w.exec("DELETE FROM due WHERE room = ? AND activity = ? AND at = ?", w.room, d.activity, reading)
	})
	if err != nil {
		return err
	}
	x.changed(change{room: d.room, texts: changed})
	return nil
}

// reading is the time of what is due while it is being read. After a crash it
// is read again at once.
const reading = 0

func (x *index) beginDue(ctx context.Context, d dueText) error {
	_, err := x.write(ctx, d.room, func(w *writing) error {
		return w.exec("UPDATE due SET at = ? WHERE room = ? AND activity = ?", reading, w.room, d.activity)
	})
	return err
}

// replace makes the texts of an activity all that it has.
func (w *writing) replace(activity string, texts []rooms.Text, at int64) error {
	rows, err := w.tx.QueryContext(w.ctx, "SELECT key FROM items WHERE room = ? AND activity = ?", w.room, activity)
	if err != nil {
		return err
	}
	gone, err := column(rows)
	if err != nil {
		return err
	}
	kept := make(map[string]bool, len(texts))
	for _, t := range texts {
		kept[t.Key] = true
		if err := w.put(activity, t, "", at); err != nil {
			return err
		}
	}
	for _, key := range gone {
		if !kept[key] {
			if err := w.put(activity, rooms.Text{Key: key}, "", 0); err != nil {
				return err
			}
		}
	}
	return nil
}
