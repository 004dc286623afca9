package files

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"plenum/rooms"
)

// tidy cleans up again and again until ctx ends.
func (f *Files) tidy(ctx context.Context) {
	defer close(f.done)
	for {
		if err := f.Tidy(ctx); err != nil && ctx.Err() == nil {
			f.o.Logger.Error("files could not be cleaned up; this is tried again", "error", err)
		}
		select {
		case <-time.After(f.o.Every):
		case <-ctx.Done():
			return
		}
	}
}

// Tidy removes what nothing names any more and what is older than the grace:
// rows first, then files, so that a crash between leaves a file too many and
// never one too few.
func (f *Files) Tidy(ctx context.Context) error {
	before := f.o.Clock().Add(-f.o.Grace)
	for {
		n, err := f.tidySome(ctx, before)
		if err != nil {
			return err
		}
		if n == 0 {
			return f.tidyFolder(ctx, before)
		}
	}
}

func (f *Files) tidySome(ctx context.Context, before time.Time) (int, error) {
	f.mu.Lock()
	defer f.mu.Unlock()
	hashes, err := f.letGo(ctx, before.UnixMilli())
	for _, hash := range hashes {
		err = errors.Join(err, f.removeUnused(context.WithoutCancel(ctx), hash))
	}
	return len(hashes), err
}

// removeUnused removes a file that no room has. Called with mu held.
func (f *Files) removeUnused(ctx context.Context, hash string) error {
	if known, err := f.known(ctx, hash); err != nil || known {
		return err
	}
	err := os.Remove(f.path(hash))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return err
}

// tidyFolder removes files without a row, which a crash has left.
func (f *Files) tidyFolder(ctx context.Context, before time.Time) error {
	return each(f.folder, func(hash, _ string, entry fs.DirEntry) error {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		about, err := entry.Info()
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if err != nil || about.ModTime().After(before) {
			return err
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		return f.removeUnused(ctx, hash)
	})
}

// each goes through the files of a folder. A folder that is not there has none.
func each(folder string, do func(hash, path string, entry fs.DirEntry) error) error {
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		hash := rooms.FilePrefix + entry.Name()
		if !rooms.IsFile(hash) {
			return nil
		}
		return do(hash, path, entry)
	})
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("go through the folder of files: %w", err)
	}
	return nil
}
