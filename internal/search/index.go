package search

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// index is the reader of a follower: it keeps what can be found, with the place
// of each room, in one database. Both change in the same transaction, so that
// events that come twice change nothing.
type index struct {
	db      *store.Beside
	sights  *rooms.Sights
	kinds   map[string]rooms.Kind
	texters map[string]bool // the kinds whose texts are read as a whole
	logger  *slog.Logger
	clock   func() time.Time
	wake    chan struct{} // has one entry when something is due
	changed func(change)  // hears of what can, or cannot, be found from now on
}

// change is what a write has changed in a room, so that open lists may know
// whether it concerns them.
type change struct {
	room    string
	texts   []string
	lobby   bool     // who may see what, or what things are called
	persons []string // who have come in
}

var _ rooms.Reader = (*index)(nil)

// Place implements rooms.Reader.
func (x *index) Place(ctx context.Context, room string) (rooms.Place, error) {
	p := rooms.Place{Room: room}
	err := x.db.Write.QueryRowContext(ctx, "SELECT epoch, seq FROM rooms WHERE room = ?", room).Scan(&p.Epoch, &p.Seq)
	if errors.Is(err, sql.ErrNoRows) {
		return p, nil
	}
	return p, err
}

// Take implements rooms.Reader.
func (x *index) Take(ctx context.Context, events []rooms.Event, after rooms.Place) error {
	sight, err := x.sights.Of(ctx, after.Room)
	if err != nil {
		return err
	}
	what := change{room: after.Room}
	due := false
	what.texts, err = x.write(ctx, after.Room, func(w *writing) error {
		for _, e := range events {
			late, err := x.take(w, sight, e, &what)
			if err != nil {
				return fmt.Errorf("event %d: %w", e.Seq, err)
			}
			due = due || late
		}
		return w.exec("UPDATE rooms SET epoch = ?, seq = ? WHERE number = ?", after.Epoch, after.Seq, w.room)
	})
	if err != nil {
		return err
	}
	if due {
		x.hurry()
	}
	x.changed(what)
	return nil
}

// take takes one event, and tells whether texts are due to be read.
func (x *index) take(w *writing, sight *rooms.Sight, e rooms.Event, what *change) (due bool, err error) {
	if e.In == rooms.LobbyID {
		what.lobby = true
		return x.takeLobby(w, sight, e, what)
	}
	kind := sight.Kind(e.In)
	if x.texters[kind] {
		return true, x.setDue(w, e.In)
	}
	for _, t := range x.textsOf(kind, e) {
		if err := w.put(e.In, t, e.By, e.At); err != nil {
			return false, err
		}
	}
	return false, nil
}

func (x *index) takeLobby(w *writing, sight *rooms.Sight, e rooms.Event, what *change) (due bool, err error) {
	if person, ok := rooms.Entered(e); ok {
		what.persons = append(what.persons, person)
		return false, w.exec("INSERT INTO persons (person, room) VALUES (?, ?) ON CONFLICT DO NOTHING", person, w.room)
	}
	if activity, ok := rooms.Added(e); ok && x.texters[sight.Kind(activity)] {
		return true, x.setDue(w, activity)
	}
	return false, nil
}

// setDue makes the texts of an activity due, also while they are being read.
func (x *index) setDue(w *writing, activity string) error {
	return w.exec("INSERT INTO due (room, activity, at) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET at = excluded.at WHERE at = ?",
		w.room, activity, x.clock().UnixMilli(), reading)
}

// textsOf asks a kind for the texts in an event. A kind that panics is passed
// over: it must not keep all others from being found.
func (x *index) textsOf(kind string, e rooms.Event) (texts []rooms.Text) {
	texter := x.kinds[kind].Texts
	if texter == nil {
		return nil
	}
	defer func() {
		if v := recover(); v != nil {
			x.logger.Error("the texts of an event cannot be read", "kind", kind, "seq", e.Seq, "panic", v, "stack", string(debug.Stack()))
			texts = nil
		}
	}()
	return texter(e)
}

// Forget implements rooms.Reader.
func (x *index) Forget(ctx context.Context, room string) error {
	_, err := x.write(ctx, room, func(w *writing) error {
		for _, table := range []string{"persons", "items", "postings", "typos", "due"} {
			if err := w.exec("DELETE FROM "+table+" WHERE room = ?", w.room); err != nil {
				return err
			}
		}
		return w.exec("DELETE FROM rooms WHERE number = ?", w.room)
	})
	if err != nil {
		return err
	}
	x.changed(change{room: room, lobby: true})
	return nil
}

// forgetStrays drops rooms that are not in the database any more, as after
// another one was put into its place.
func (x *index) forgetStrays(ctx context.Context, past rooms.Past) error {
	rows, err := x.db.Read.QueryContext(ctx, "SELECT room FROM rooms")
	if err != nil {
		return err
	}
	known, err := column(rows)
	if err != nil {
		return err
	}
	for _, room := range known {
		_, err := past.Head(ctx, room)
		if errors.Is(err, rooms.ErrNoRoom) {
			err = x.Forget(ctx, room)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// column reads the one column of a query's rows.
func column(rows *sql.Rows) (all []string, err error) {
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var one string
		if err := rows.Scan(&one); err != nil {
			return nil, err
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

func (x *index) hurry() {
	select {
	case x.wake <- struct{}{}:
	default: // it is awake already
	}
}
