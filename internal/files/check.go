package files

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"plenum/internal/store"
	"plenum/rooms"
)

// Check holds the files of a folder against those that the database at path
// says there are: by name, size and content.
func Check(ctx context.Context, path, folder string) ([]store.Finding, error) {
	sizes, err := store.Files(ctx, path)
	if err != nil {
		return nil, err
	}
	var found []store.Finding
	var whole, surplus int
	for hash := range sizes {
		say, err := wrong(ctx, folder, hash)
		if err != nil {
			return nil, err
		}
		if say != "" {
			found = append(found, store.Finding{Bad: true, Say: fmt.Sprintf("The file %s %s.", hash, say)})
			continue
		}
		whole++
	}
	err = each(folder, func(hash, _ string, _ fs.DirEntry) error {
		if _, ok := sizes[hash]; !ok {
			surplus++
		}
		return nil
	})
	found = append(found, store.Finding{Say: fmt.Sprintf("%d of %d files are whole.", whole, len(sizes))})
	if surplus > 0 {
		found = append(found, store.Finding{Say: fmt.Sprintf("%d files belong to no room any more; the server removes them within a day.", surplus)})
	}
	return found, err
}

// wrong tells what is wrong with a file; "" if it is whole.
func wrong(ctx context.Context, folder, hash string) (string, error) {
	if ctx.Err() != nil {
		return "", ctx.Err()
	}
	file, err := os.Open(pathIn(folder, hash))
	if errors.Is(err, os.ErrNotExist) {
		return "is missing", nil
	}
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	_, err = io.Copy(sum, file)
	if err := errors.Join(err, file.Close()); err != nil {
		return "", err
	}
	if rooms.FilePrefix+hex.EncodeToString(sum.Sum(nil)) != hash {
		return "is damaged", nil
	}
	return "", nil
}

// Copy brings the files that the database at path says there are from one folder
// to another, which may have some of them. It tells how many it brought, and how
// many were not there any more.
func Copy(ctx context.Context, path, from, to string) (brought, missing int, err error) {
	sizes, err := store.Files(ctx, path)
	if err != nil {
		return 0, 0, err
	}
	for hash := range sizes {
		err := copyOne(pathIn(from, hash), pathIn(to, hash))
		switch {
		case errors.Is(err, os.ErrNotExist):
			missing++
		case err != nil:
			return brought, missing, fmt.Errorf("copy the file %s: %w", hash, err)
		default:
			brought++
		}
		if ctx.Err() != nil {
			return brought, missing, ctx.Err()
		}
	}
	return brought, missing, nil
}

func copyOne(from, to string) (err error) {
	source, err := os.Open(from)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	target, err := os.CreateTemp(filepath.Dir(to), partial)
	if err != nil {
		return err
	}
	_, err = io.Copy(target, source)
	if err = errors.Join(err, target.Sync(), target.Close()); err == nil {
		err = os.Rename(target.Name(), to)
	}
	if err != nil {
		return errors.Join(err, os.Remove(target.Name()))
	}
	return flush(filepath.Dir(to))
}
