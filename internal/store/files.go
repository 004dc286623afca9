package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// createPrivate makes an empty file that only its owner may read, if there is
// none; the write-ahead log takes its permissions from it.
func createPrivate(path string) error {
	err := claim(path)
	if errors.Is(err, os.ErrExist) {
		return nil
	}
	return err
}

// claim makes an empty file, or fails with os.ErrExist.
func claim(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if err := f.Close(); err != nil {
		return err
	}
	return syncFolder(path)
}

// publish lets make write a database beside path, makes sure that it is on the
// disk, and gives it its name, which must have been claimed. A crash leaves an
// empty file under the name, never half a database.
func publish(path string, make func(partial string) error) error {
	partial := path + ".partial"
	if err := os.Remove(partial); err != nil && !errors.Is(err, os.ErrNotExist) {
		return err
	}
	if err := claim(partial); err != nil {
		return err
	}
	if err := makeDurable(path, partial, make); err != nil {
		return errors.Join(err, os.Remove(partial), os.Remove(path))
	}
	return syncFolder(path)
}

func makeDurable(path, partial string, make func(string) error) error {
	if err := make(partial); err != nil {
		return err
	}
	if err := flush(partial); err != nil {
		return err
	}
	return os.Rename(partial, path)
}

func syncFolder(path string) error { return flush(filepath.Dir(path)) }

func flush(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	if err := f.Sync(); err != nil {
		return errors.Join(fmt.Errorf("sync %s: %w", path, err), f.Close())
	}
	return f.Close()
}
