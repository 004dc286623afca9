package store

import (
	"errors"

	"github.com/mattn/go-sqlite3"
)

// duplicate tells whether a value is refused because a UNIQUE column has it
// already. A primary key taken is another thing: ids are never chosen twice.
func duplicate(err error) bool {
	var e sqlite3.Error
	return errors.As(err, &e) && e.ExtendedCode == sqlite3.ErrConstraintUnique
}

// breaks tells whether a connection is not to be trusted after an error.
func breaks(err error) bool {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case sqlite3.ErrIoErr, sqlite3.ErrCorrupt, sqlite3.ErrNotADB, sqlite3.ErrCantOpen, sqlite3.ErrReadonly,
		sqlite3.ErrNomem, sqlite3.ErrInternal, sqlite3.ErrMisuse, sqlite3.ErrProtocol:
		return true
	}
	return false
}

// undone tells whether a COMMIT that failed with this error has certainly
// stored nothing. After an I/O error the last page may have reached the disk
// and the news of it may not have reached us.
func undone(err error) bool {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case sqlite3.ErrFull, sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrConstraint:
		return true
	}
	return false
}

var errPanic = errors.New("a write panicked")

// ofContent tells whether a write failed because of what was to be written: it
// would fail again on another disk.
func ofContent(err error) bool {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return errors.Is(err, errPanic)
	}
	switch e.Code {
	case sqlite3.ErrConstraint, sqlite3.ErrTooBig, sqlite3.ErrMismatch, sqlite3.ErrRange, sqlite3.ErrError:
		return true
	}
	return false
}

// passing is a fault of the disk or of another program that has the database:
// the same write may be made once that is over.
type passing struct{ error }

func (p passing) Unwrap() error { return p.error }

// Temporary is how callers that know nothing of this package hear of it.
func (p passing) Temporary() bool { return true }

// told is an error as callers get it.
func told(err error) error {
	var e sqlite3.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code {
	case sqlite3.ErrFull, sqlite3.ErrBusy, sqlite3.ErrLocked, sqlite3.ErrIoErr, sqlite3.ErrCantOpen, sqlite3.ErrReadonly, sqlite3.ErrNomem:
		return passing{err}
	}
	return err
}
