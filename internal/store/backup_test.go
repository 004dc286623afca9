package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"testing"

	"plenum/rooms"
)

func TestBackupWhileManyWrite(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, copied, restored := filepath.Join(folder, "plenum.db"), filepath.Join(folder, "backup.db"), filepath.Join(folder, "new.db")
	s := openAt(t, path, Options{})
	const writers = 50
	acknowledged := make([]atomic.Uint64, writers)
	for i := range writers {
		create(t, s, fmt.Sprint("r", i))
	}
	stop := make(chan struct{})
	begun := make(chan struct{}, writers)
	var wait sync.WaitGroup
	for i := range writers {
		wait.Go(func() {
			for round := 0; ; round++ {
				b := batchOf(fmt.Sprint("r", i), acknowledged[i].Load(), 2)
				if err := s.Append(t.Context(), b); err != nil {
					t.Error(err)
					return
				}
				acknowledged[i].Store(b.Seq())
				if round == 5 {
					begun <- struct{}{}
				}
				select {
				case <-stop:
					return
				default:
				}
			}
		})
	}
	for range writers {
		<-begun
	}
	before := make([]uint64, writers)
	for i := range before {
		before[i] = acknowledged[i].Load()
	}
	err := Backup(t.Context(), path, copied)
	close(stop)
	wait.Wait()
	if err != nil {
		t.Fatal(err)
	}
	mustBeSound(t, copied)
	if err := Restore(t.Context(), copied, restored); err != nil {
		t.Fatal(err)
	}
	mustBeSound(t, restored)
	mustHoldTheBackup(t, openAt(t, restored, Options{}), before)
	mustHaveFiles(t, folder, "backup.db", "new.db", "new.db-shm", "new.db-wal", "plenum.db", "plenum.db-shm", "plenum.db-wal")
}

func mustHoldTheBackup(t *testing.T, s *Store, before []uint64) {
	t.Helper()
	epochs := map[string]bool{"first": true}
	for i, acknowledged := range before {
		h, err := s.Head(t.Context(), fmt.Sprint("r", i))
		if err != nil {
			t.Fatal(err)
		}
		mustBeWhole(t, s, h)
		if h.Seq < acknowledged {
			t.Errorf("room %s ends at %d, %d was acknowledged before the backup", h.Room, h.Seq, acknowledged)
		}
		if len(h.Epoch) != 16 || epochs[h.Epoch] || h.Term != 2 {
			t.Errorf("room %s: epoch %q, term %d", h.Room, h.Epoch, h.Term)
		}
		epochs[h.Epoch] = true
		b := batchOf(h.Room, h.Seq, 1)
		if err := s.Append(t.Context(), b); !errors.Is(err, rooms.ErrStale) {
			t.Errorf("room %s: an owner from before the restore may append: %v", h.Room, err)
		}
		b.Term = h.Term
		mustAppend(t, s, b)
	}
}

func mustHaveFiles(t *testing.T, folder string, want ...string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, e.Name())
	}
	if !slices.Equal(got, want) {
		t.Errorf("files %v, want %v", got, want)
	}
}

// closed makes a database with a room in it that nobody has open.
func closed(t *testing.T, folder string) string {
	t.Helper()
	path := filepath.Join(folder, "plenum.db")
	s, err := Open(t.Context(), path, Options{})
	if err != nil {
		t.Fatal(err)
	}
	create(t, s, "r1")
	mustAppend(t, s, batchOf("r1", 0, 200))
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}

func mustWriteFile(t *testing.T, path string, content []byte) {
	t.Helper()
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestBackupOfAClosedDatabase(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, copied := closed(t, folder), filepath.Join(folder, "backup.db")
	if err := Backup(t.Context(), path, copied); err != nil {
		t.Fatal(err)
	}
	stat, err := os.Stat(copied)
	if err != nil || stat.Mode().Perm() != 0o600 {
		t.Errorf("permissions %v, %v: others may read the backup", stat.Mode(), err)
	}
	mustEndAt(t, openAt(t, copied, Options{}), "r1", 200)
}

func TestBackupLeavesExistingFilesAlone(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, dst := closed(t, folder), filepath.Join(folder, "backup.db")
	for _, content := range []string{"", "precious"} {
		mustWriteFile(t, dst, []byte(content))
		if err := Backup(t.Context(), path, dst); !errors.Is(err, os.ErrExist) {
			t.Errorf("%v, want ErrExist", err)
		}
		if got, err := os.ReadFile(dst); err != nil || string(got) != content {
			t.Errorf("the file is now %q, %v", got, err)
		}
	}
}

func TestBackupThatFailsLeavesNothing(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	path, dst := closed(t, folder), filepath.Join(folder, "backup.db")
	if err := Backup(t.Context(), filepath.Join(folder, "none.db"), dst); err == nil {
		t.Error("a database that is not there was backed up")
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Backup(ctx, path, dst); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want Canceled", err)
	}
	damage(t, path)
	if err := Backup(t.Context(), path, dst); err == nil {
		t.Error("a damaged database was backed up")
	}
	mustHaveFiles(t, folder, "plenum.db", "plenum.db-shm", "plenum.db-wal")
}

// damage overwrites a page in the middle of a database.
func damage(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const page = 4096
	place := len(content) / page / 2 * page
	for i := range page {
		content[place+i] = 0xA5
	}
	mustWriteFile(t, path, content)
}

func TestRestoreRefuses(t *testing.T) {
	t.Parallel()
	backup := func(t *testing.T) string { return closed(t, t.TempDir()) }
	for _, test := range []struct {
		name string
		src  func(t *testing.T) string
		dst  func(t *testing.T, dst string)
		want error // nil: any
	}{
		{name: "onto a file", src: backup, want: os.ErrExist,
			dst: func(t *testing.T, dst string) { mustWriteFile(t, dst, []byte("precious")) }},
		{name: "beside a write-ahead log", src: backup, want: os.ErrExist,
			dst: func(t *testing.T, dst string) { mustWriteFile(t, dst+"-wal", []byte("precious")) }},
		{name: "nothing", src: func(t *testing.T) string { return filepath.Join(t.TempDir(), "none.db") }},
		{name: "a damaged backup", src: func(t *testing.T) string {
			src := backup(t)
			damage(t, src)
			return src
		}},
		{name: "no database", src: func(t *testing.T) string {
			src := filepath.Join(t.TempDir(), "text")
			mustWriteFile(t, src, []byte("I am not a database, only a text that is long enough to look like the header of one.\n"))
			return src
		}},
		{name: "an empty file", want: ErrForeign, src: func(t *testing.T) string {
			src := filepath.Join(t.TempDir(), "empty")
			mustWriteFile(t, src, nil)
			return src
		}},
		{name: "other program's", want: ErrForeign, src: foreign},
		{name: "newer", want: ErrNewer, src: newer},
		{name: "what then fails midway", src: func(t *testing.T) string {
			return altered(t, backup(t), "CREATE TRIGGER never BEFORE UPDATE ON rooms BEGIN SELECT raise(ABORT, 'never'); END")
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			dst := filepath.Join(folder, "plenum.db")
			if test.dst != nil {
				test.dst(t, dst)
			}
			before, err := os.ReadDir(folder)
			if err != nil {
				t.Fatal(err)
			}
			err = Restore(t.Context(), test.src(t), dst)
			if err == nil || test.want != nil && !errors.Is(err, test.want) {
				t.Errorf("%v, want %v", err, test.want)
			}
			after, err := os.ReadDir(folder)
			if err != nil || len(after) != len(before) {
				t.Errorf("%d files before, %d after: %v", len(before), len(after), err)
			}
		})
	}
}

func TestRestoreFillsAnEmptyFile(t *testing.T) {
	t.Parallel()
	src, dst := closed(t, t.TempDir()), filepath.Join(t.TempDir(), "plenum.db")
	mustWriteFile(t, dst, nil)
	if err := Restore(t.Context(), src, dst); err != nil {
		t.Fatal(err)
	}
	mustEndAt(t, openAt(t, dst, Options{}), "r1", 200)
}

// foreign makes a database of another program.
func foreign(t *testing.T) string {
	t.Helper()
	return altered(t, filepath.Join(t.TempDir(), "other.db"), "CREATE TABLE photos (id INTEGER PRIMARY KEY)")
}

// newer makes a database as a later version of Plenum would leave it.
func newer(t *testing.T) string {
	t.Helper()
	return altered(t, closed(t, t.TempDir()), "INSERT INTO migrations (version_id, is_applied) VALUES (9999, 1)")
}

// altered runs a statement on a database behind the store's back.
func altered(t *testing.T, path, statement string) string {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(statement); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	return path
}
