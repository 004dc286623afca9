package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"plenum/rooms"
)

// writing is a transaction that changes the index of one room.
type writing struct {
	ctx     context.Context
	tx      *sql.Tx
	room    int64
	next    uint32               // the number of the next item
	pending uint32               // items from here on are not in the index yet
	added   map[string][]posting // of those
	changed []string             // texts that were found before, or can be now
}

// write runs a transaction on a room's index.
func (x *index) write(ctx context.Context, room string, do func(*writing) error) (changed []string, err error) {
	tx, err := x.db.Write.BeginTx(ctx, nil)
	if err != nil {
		return nil, fmt.Errorf("begin: %w", err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tx.Rollback())
		}
	}()
	w := &writing{ctx: ctx, tx: tx, added: map[string][]posting{}}
	if err := w.begin(room); err != nil {
		return nil, err
	}
	if err := do(w); err != nil {
		return nil, err
	}
	if err := w.flush(); err != nil {
		return nil, err
	}
	if err := tx.Commit(); err != nil {
		return nil, fmt.Errorf("commit: %w", err)
	}
	return w.changed, nil
}

func (w *writing) begin(room string) error {
	if err := w.exec("INSERT INTO rooms (room, epoch, seq) VALUES (?, '', 0) ON CONFLICT DO NOTHING", room); err != nil {
		return err
	}
	err := w.tx.QueryRowContext(w.ctx, "SELECT number FROM rooms WHERE room = ?", room).Scan(&w.room)
	if err != nil {
		return err
	}
	err = w.tx.QueryRowContext(w.ctx, "SELECT coalesce(max(n), 0) + 1 FROM items WHERE room = ?", w.room).Scan(&w.next)
	w.pending = w.next
	return err
}

func (w *writing) exec(statement string, args ...any) error {
	_, err := w.tx.ExecContext(w.ctx, statement, args...)
	return err
}

// put makes a text of an activity what it is now; by and at are of the event.
func (w *writing) put(activity string, t rooms.Text, by string, at int64) error {
	row := w.tx.QueryRowContext(w.ctx, "SELECT "+itemColumns+" FROM items WHERE room = ? AND activity = ? AND key = ?", w.room, activity, t.Key)
	before, err := scanItem(row)
	if errors.Is(err, sql.ErrNoRows) {
		if t.Text == "" {
			return nil
		}
		return w.insert(newItem(activity, t, nil, by, at))
	}
	if err != nil {
		return err
	}
	now := newItem(activity, t, &before, by, at)
	if now.n = before.n; now == before {
		return nil
	}
	if err := w.remove(before); err != nil || t.Text == "" {
		return err
	}
	return w.insert(now)
}

func (w *writing) insert(i item) error {
	i.n = w.next
	w.next++
	err := w.exec("INSERT INTO items (room, "+itemColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		w.room, i.n, i.activity, i.key, i.text, i.author, i.at, i.to.Least, i.to.Members())
	if err != nil {
		return err
	}
	for term, weight := range i.weights() {
		w.added[term] = append(w.added[term], posting{i.n, weight})
	}
	w.changed = append(w.changed, i.text)
	return nil
}

func (w *writing) remove(i item) error {
	if err := w.exec("DELETE FROM items WHERE room = ? AND n = ?", w.room, i.n); err != nil {
		return err
	}
	w.changed = append(w.changed, i.text)
	for term := range i.weights() {
		if i.n >= w.pending {
			w.added[term] = slices.DeleteFunc(w.added[term], func(p posting) bool { return p.n == i.n })
			continue
		}
		if err := w.unpost(term, i.n); err != nil {
			return fmt.Errorf("take item %d from a term: %w", i.n, err)
		}
	}
	return nil
}

// unpost takes an item out of a term's rows.
func (w *writing) unpost(term string, n uint32) error {
	var first uint32
	var block []byte
	err := w.tx.QueryRowContext(w.ctx, "SELECT first, block FROM postings WHERE room = ? AND term = ? AND first <= ? ORDER BY first DESC LIMIT 1",
		w.room, term, n).Scan(&first, &block)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return err
	}
	list, err := decode(nil, first, block)
	if err != nil {
		return err
	}
	list = slices.DeleteFunc(list, func(p posting) bool { return p.n == n })
	if err := w.exec("DELETE FROM postings WHERE room = ? AND term = ? AND first = ?", w.room, term, first); err != nil {
		return err
	}
	if len(list) > 0 {
		return w.block(term, list)
	}
	return w.unlearn(term)
}

func (w *writing) block(term string, list []posting) error {
	return w.exec("INSERT INTO postings (room, term, first, block) VALUES (?, ?, ?, ?)", w.room, term, list[0].n, encode(list))
}

// flush puts the items that were added into the index, term by term.
func (w *writing) flush() error {
	for _, term := range slices.Sorted(maps.Keys(w.added)) {
		if list := w.added[term]; len(list) > 0 {
			if err := w.post(term, list); err != nil {
				return fmt.Errorf("add to a term: %w", err)
			}
		}
	}
	return nil
}

// post adds items at the end of a term's rows: their numbers are the highest.
func (w *writing) post(term string, list []posting) error {
	var first uint32
	var block []byte
	err := w.tx.QueryRowContext(w.ctx, "SELECT first, block FROM postings WHERE room = ? AND term = ? ORDER BY first DESC LIMIT 1",
		w.room, term).Scan(&first, &block)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		if err := w.learn(term); err != nil {
			return err
		}
	case err != nil:
		return err
	default:
		last, err := decode(nil, first, block)
		if err != nil {
			return err
		}
		if len(last) < blockMost {
			if err := w.exec("DELETE FROM postings WHERE room = ? AND term = ? AND first = ?", w.room, term, first); err != nil {
				return err
			}
			list = append(last, list...)
		}
	}
	for part := range slices.Chunk(list, blockMost) {
		if err := w.block(term, part); err != nil {
			return err
		}
	}
	return nil
}

// learn makes a new word known to those who mistype it.
func (w *writing) learn(word string) error {
	if !forgiving(word) {
		return nil
	}
	for _, part := range parts(word) {
		if err := w.exec("INSERT INTO typos (room, part, word) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", w.room, part, word); err != nil {
			return err
		}
	}
	return nil
}

// unlearn forgets a word that no text has any more.
func (w *writing) unlearn(word string) error {
	if !forgiving(word) {
		return nil
	}
	var left int
	err := w.tx.QueryRowContext(w.ctx, "SELECT count(*) FROM (SELECT 1 FROM postings WHERE room = ? AND term = ? LIMIT 1)", w.room, word).Scan(&left)
	if err != nil || left > 0 {
		return err
	}
	for _, part := range parts(word) {
		if err := w.exec("DELETE FROM typos WHERE room = ? AND part = ? AND word = ?", w.room, part, word); err != nil {
			return err
		}
	}
	return nil
}
