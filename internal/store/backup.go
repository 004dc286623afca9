package store

import (
	"context"
	"errors"
	"fmt"
	"os"
)

// Backup copies the database at path to the new file dst while others read and
// write it. The copy is the committed state at one moment after the call, is on
// the disk, and has passed an integrity check, as has the original. An existing
// dst is refused with os.ErrExist; on any error none is left behind.
//
// It uses VACUUM INTO on a connection of its own: one read transaction, which
// does not hinder writers. SQLite's stepwise copy would start over whenever
// somebody writes, and would take along the free pages, in which what was
// deleted can still be read. The price is that the write-ahead log grows until
// the copy is made.
func Backup(ctx context.Context, path, dst string) error {
	if err := copyDatabase(ctx, path, dst, claim, nil); err != nil {
		return fmt.Errorf("back up %s to %s: %w", path, dst, err)
	}
	return nil
}

// Restore makes a backup the database at dst. It refuses a dst that is not
// empty (os.ErrExist), and a backup that is damaged, of a newer schema or of
// another program. Every room gets a new epoch and the next term: what happened
// after the backup is gone, and nobody may go on as if it were not.
func Restore(ctx context.Context, src, dst string) error {
	if err := copyDatabase(ctx, src, dst, claimEmpty, renewEpochs); err != nil {
		return fmt.Errorf("restore %s to %s: %w", src, dst, err)
	}
	return nil
}

// copyDatabase copies a sound database of ours and lets alter change the copy
// before it gets its name.
func copyDatabase(ctx context.Context, src, dst string, claim func(string) error, alter func(context.Context, string) error) error {
	if err := ours(ctx, src); err != nil {
		return err
	}
	// The copy alone would not do: copying builds damaged indexes anew, and
	// nobody would hear that the disk has begun to fail.
	if err := sound(ctx, src); err != nil {
		return err
	}
	if err := claim(dst); err != nil {
		return err
	}
	return publish(dst, func(partial string) error {
		if err := vacuumInto(ctx, src, partial); err != nil {
			return err
		}
		if alter != nil {
			if err := alter(ctx, partial); err != nil {
				return err
			}
		}
		return sound(ctx, partial)
	})
}

// ours refuses what is not a database of this program, of a schema it knows.
func ours(ctx context.Context, path string) (err error) {
	db := openReadOnly(path)
	defer func() { err = errors.Join(err, db.Close()) }()
	version, err := knownVersion(ctx, db)
	if err == nil && version == 0 {
		return ErrForeign
	}
	return err
}

func vacuumInto(ctx context.Context, src, dst string) (err error) {
	db := openReadOnly(src)
	defer func() { err = errors.Join(err, db.Close()) }()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", dst); err != nil {
		return fmt.Errorf("copy: %w", err)
	}
	return nil
}

// sound runs SQLite's integrity check on a file.
func sound(ctx context.Context, path string) (err error) {
	db := openReadOnly(path)
	defer func() { err = errors.Join(err, db.Close()) }()
	faults, err := integrity(ctx, db)
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return fmt.Errorf("the database is damaged: %s", faults[0])
	}
	return nil
}

// renewEpochs gives every room a random epoch and the next term.
func renewEpochs(ctx context.Context, path string) (err error) {
	db := openFile(path, nil) // no write-ahead log: the copy stays one file
	defer func() { err = errors.Join(err, db.Close()) }()
	_, err = db.ExecContext(ctx, "UPDATE rooms SET epoch = lower(hex(randomblob(8))), term = term + 1")
	if err != nil {
		return fmt.Errorf("renew the epochs: %w", err)
	}
	return nil
}

// claimEmpty claims a name, or takes an empty file that has it. A write-ahead
// log left beside it would be replayed into the new database.
func claimEmpty(path string) error {
	for _, name := range []string{path, path + "-wal", path + "-journal"} {
		found, err := os.Stat(name)
		if errors.Is(err, os.ErrNotExist) {
			continue
		}
		if err != nil {
			return err
		}
		if found.Size() > 0 {
			return fmt.Errorf("%s: %w", name, os.ErrExist)
		}
	}
	return createPrivate(path)
}
