package store

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"time"
)

// Between attempts to empty the write-ahead log, doubling: it cannot be emptied
// while somebody reads from it, as a backup does.
const (
	wipeFirst = 20 * time.Millisecond
	wipeMost  = 5 * time.Second
)

// wiper empties the write-ahead log after something was forgotten: the log holds
// the pages as they were. It works beside the committer, on a connection of its
// own, and never keeps writers waiting for longer than a moment.
type wiper struct {
	path   string
	log    *slog.Logger
	wanted chan struct{}
	asks   chan chan struct{}
	quit   chan struct{}
	done   chan struct{}
}

func newWiper(path string, log *slog.Logger) *wiper {
	w := &wiper{
		path: path, log: log, wanted: make(chan struct{}, 1),
		asks: make(chan chan struct{}), quit: make(chan struct{}), done: make(chan struct{}),
	}
	if found, err := os.Stat(path + "-wal"); err == nil && found.Size() > 0 {
		w.want() // of a program that ended before it could
	}
	go w.run()
	return w
}

// want says that something was forgotten. It does not wait.
func (w *wiper) want() {
	select {
	case w.wanted <- struct{}{}:
	default:
	}
}

func (w *wiper) close() {
	close(w.quit)
	<-w.done
}

func (w *wiper) run() {
	defer close(w.done)
	for {
		select {
		case <-w.wanted:
			w.wipe()
		case ask := <-w.asks:
			if w.wipe() {
				close(ask)
			}
		case <-w.quit:
			return
		}
	}
}

// wipe tries until the log is empty; false if the store closes before. One does
// for all that was wanted until it begins.
func (w *wiper) wipe() bool {
	select {
	case <-w.wanted:
	default:
	}
	for pause := wipeFirst; ; pause = min(2*pause, wipeMost) {
		empty, err := w.attempt()
		if empty {
			return true
		}
		if err != nil {
			w.log.Warn("The write-ahead log could not be emptied after something was forgotten; this is tried again.", "error", err)
		}
		select {
		case <-time.After(pause):
		case <-w.quit:
			return false
		}
	}
}

// attempt copies what it can into the database without keeping anybody waiting,
// and then has only a little left to do before it empties the log.
func (w *wiper) attempt() (empty bool, err error) {
	db := openFile(w.path, url.Values{"mode": {"rw"}, "_busy_timeout": {"5"}, "_synchronous": {"FULL"}})
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, how := range []string{"PASSIVE", "TRUNCATE"} {
		if empty, err = checkpoint(db, how); err != nil {
			return false, err
		}
	}
	return empty, nil
}

func checkpoint(db *sql.DB, how string) (whole bool, err error) {
	var busy, frames, copied int
	err = db.QueryRow("PRAGMA wal_checkpoint("+how+")").Scan(&busy, &frames, &copied)
	return busy == 0 && frames == copied, err
}

// Wiped returns when nothing that was forgotten before is in the files of the
// database any more. That happens by itself; tests and tools may wait for it.
func (s *Store) Wiped(ctx context.Context) error {
	ask := make(chan struct{})
	select {
	case s.wiper.asks <- ask:
	case <-s.wiper.done:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case <-ask:
		return nil
	case <-s.wiper.done:
		return ErrClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}
