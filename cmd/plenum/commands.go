package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/gofrs/flock"

	"plenum/internal/files"
	"plenum/internal/store"
)

// folder is the data folder.
type folder string

func (f folder) database() string { return filepath.Join(string(f), "plenum.db") }

// files is where the files of rooms stand.
func (f folder) files() string { return filesOf(f.database()) }

// filesOf is the folder beside a database, or beside a backup.
func filesOf(database string) string { return strings.TrimSuffix(database, ".db") + ".files" }

// index is what search finds things by; it can be thrown away.
func (f folder) index() string { return filepath.Join(string(f), "search.db") }

// secrets are the keys to secret votes that are open; a backup does not take them.
func (f folder) secrets() string { return filepath.Join(string(f), "plenum.secrets") }

func (f folder) make() error {
	if err := os.MkdirAll(string(f), 0o700); err != nil {
		return fmt.Errorf("make the data folder: %w", err)
	}
	return nil
}

// lock takes the folder for one server, until it is unlocked or the process
// ends, however it ends. Two servers would each tell only their own half.
func (f folder) lock() (*flock.Flock, error) {
	lock := flock.New(filepath.Join(string(f), "plenum.lock"))
	mine, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock the data folder: %w", err)
	}
	if !mine {
		return nil, fmt.Errorf("another Plenum serves the folder %s; stop that one, or choose another folder with --data", f)
	}
	return lock, nil
}

type migrateCommand struct{}

// Run brings the database up to date.
func (migrateCommand) Run(ctx context.Context, data folder, out output) error {
	if err := data.make(); err != nil {
		return err
	}
	opened, err := store.Open(ctx, data.database(), store.Options{})
	if err != nil {
		return err
	}
	if err := opened.Close(); err != nil {
		return err
	}
	fmt.Fprintf(out.stdout, "%s is up to date.\n", data.database())
	return nil
}

type backupCommand struct {
	File string `arg:"" help:"The new file." type:"path"`
}

// Run copies the database, and then the files.
func (c backupCommand) Run(ctx context.Context, data folder, out output) error {
	if _, err := os.Stat(data.database()); err != nil {
		return fmt.Errorf("there is no database to back up: %w", err)
	}
	err := store.Backup(ctx, data.database(), c.File)
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s exists already; a backup never writes over a file", c.File)
	}
	if err != nil {
		return err
	}
	fmt.Fprintf(out.stdout, "The database was copied to %s and checked.\n", c.File)
	return copyFiles(ctx, c.File, data.files(), filesOf(c.File), out)
}

// copyFiles copies what a database names: after it, so that no file it names is
// brought later. What was removed in between had nothing that named it any more.
func copyFiles(ctx context.Context, database, from, to string, out output) error {
	brought, missing, err := files.Copy(ctx, database, from, to)
	if err != nil {
		return err
	}
	if brought > 0 {
		fmt.Fprintf(out.stdout, "%d files were copied to %s.\n", brought, to)
	}
	if missing > 0 {
		fmt.Fprintf(out.stdout, "%d files are not in %s.\n", missing, from)
	}
	return nil
}

type restoreCommand struct {
	File string `arg:"" help:"The backup." type:"existingfile"`
}

// Run makes a backup the database.
func (c restoreCommand) Run(ctx context.Context, data folder, out output) error {
	if err := data.make(); err != nil {
		return err
	}
	err := store.Restore(ctx, c.File, data.database())
	if errors.Is(err, os.ErrExist) {
		return fmt.Errorf("%s has a database already; stop the server and move it away first", data)
	}
	if err != nil {
		return err
	}
	if err := copyFiles(ctx, data.database(), filesOf(c.File), data.files(), out); err != nil {
		return err
	}
	fmt.Fprintf(out.stdout, "%s was restored to %s. What happened after the backup is gone; open pages will be told so.\n", c.File, data)
	return nil
}

type doctorCommand struct{}

// errUnwell means that the doctor has found something, and said so.
var errUnwell = errors.New("the data is not well: see above")

// Run checks the data.
func (doctorCommand) Run(ctx context.Context, data folder, out output) error {
	findings, err := store.Check(ctx, data.database())
	if err != nil {
		return err
	}
	more, err := files.Check(ctx, data.database(), data.files())
	if err != nil {
		return err
	}
	var unwell error
	for _, finding := range append(findings, more...) {
		sign := "ok   "
		if finding.Bad {
			sign, unwell = "WRONG", errUnwell
		}
		fmt.Fprintf(out.stdout, "%s  %s\n", sign, finding.Say)
	}
	return unwell
}

type versionCommand struct{}

// Run tells the version.
func (versionCommand) Run(out output) error {
	_, err := fmt.Fprintf(out.stdout, "plenum %s\n", version())
	return err
}
