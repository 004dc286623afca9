// Package store keeps what must outlive the process: the logs of all rooms,
// checkpoints, projected rows and accounts, in one SQLite database. One
// committer writes, many writes to a commit; a few read-only connections read.
package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"path/filepath"
	"time"

	"gorm.io/gorm"

	"plenum/rooms"
)

var (
	// ErrClosed means that the store is closed; nothing was written.
	ErrClosed = errors.New("the store is closed")
	// ErrInDoubt means that a commit broke in such a way that it is not known
	// whether the write is stored. Rooms read Head: its mark tells.
	ErrInDoubt = errors.New("it is not known whether this was stored")
	// ErrNewer means that a newer version of Plenum has written the database.
	ErrNewer = errors.New("the database was written by a newer version of Plenum: start that version, or restore an older backup")
	// ErrForeign means that a file is a database of some other program.
	ErrForeign = errors.New("this is not a Plenum database")
)

// Options may stay zero.
type Options struct {
	// Busy is how long a write waits while another process has the database
	// locked, before it fails. Zero is 5 seconds.
	Busy time.Duration
	// MaxPages bounds the database to so many pages of 4 KiB; a write beyond
	// fails as on a full disk. Zero is no bound.
	MaxPages int
	// Log hears of faults that no caller can be told. Nil is slog's default.
	Log *slog.Logger
}

// Store is an open database. It is safe for concurrent use.
type Store struct {
	committer *committer
	wiper     *wiper
	reads     *gorm.DB
	pool      *sql.DB   // of reads
	keeper    *sql.Conn // see keep
}

var _ rooms.Log = (*Store)(nil)

// Open opens the database at path, creates it if there is none, and brings its
// schema up to date. It refuses a newer schema (ErrNewer) and other programs'
// databases (ErrForeign).
func Open(ctx context.Context, path string, o Options) (*Store, error) {
	s, err := open(ctx, path, o)
	if err != nil {
		return nil, fmt.Errorf("open database %s: %w", path, err)
	}
	return s, nil
}

func open(ctx context.Context, path string, o Options) (*Store, error) {
	if o.Busy == 0 {
		o.Busy = 5 * time.Second
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, err
	}
	if err := createPrivate(path); err != nil {
		return nil, err
	}
	w, err := openWriter(path, o)
	if err != nil {
		return nil, err
	}
	if err := migrate(ctx, w.pool); err != nil {
		return nil, errors.Join(err, w.close())
	}
	s := &Store{committer: newCommitter(path, o, w)}
	// Before the wiper: a reading connection is always open.
	if err := s.openReads(ctx, path); err != nil {
		return nil, errors.Join(err, w.close())
	}
	s.wiper = newWiper(path, o.Log)
	s.committer.forgot = s.wiper.want
	go s.committer.run()
	return s, nil
}

func (s *Store) openReads(ctx context.Context, path string) error {
	pool, db, err := openReaders(path)
	if err != nil {
		return err
	}
	keeper, err := keep(ctx, pool)
	if err != nil {
		return errors.Join(err, pool.Close())
	}
	s.pool, s.reads, s.keeper = pool, db, keeper
	return nil
}

// Close commits what has been submitted, refuses everything later with
// ErrClosed, and closes the database. It may be called once.
func (s *Store) Close() error {
	s.committer.close()
	s.wiper.close()
	// Order: the last connection to close moves the write-ahead log into the
	// database, which only the writer may do.
	return errors.Join(s.keeper.Close(), s.pool.Close(), s.committer.drop())
}

// Read returns the committed state, for queries only: its connections refuse to
// write. At most a few queries run at a time, further ones wait; give each its
// context (Read().WithContext), so that it ends when its caller does.
func (s *Store) Read() *gorm.DB { return s.reads }

// Write runs a function in a transaction and returns when that is durably
// committed, in one commit with whatever else waits. If the function fails or
// panics, its changes are undone and its error is returned. It must use only tx
// and stop at tx's first unexpected error; be quick, since all writes wait for
// it; and bear to be run again from the start, since a group of writes that
// fails is tried one by one.
//
// If ctx ends while the write waits for its turn, it is not made. Once begun it
// is finished. ErrInDoubt is the only error after which it may be stored. An
// error that may be gone at the next try (a full disk, a lock) has a method
// Temporary that returns true.
func (s *Store) Write(ctx context.Context, write func(tx *gorm.DB) error) error {
	return s.committer.submit(ctx, &item{write: write})
}
