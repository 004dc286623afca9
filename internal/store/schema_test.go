package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"gorm.io/gorm"
)

func TestOpenRefusesWhatItDoesNotKnow(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name string
		make func(*testing.T) string
		want error
		says string
	}{
		{"newer", newer, ErrNewer, "version 9999"},
		{"other program's", foreign, ErrForeign, "not a Plenum database"},
	} {
		path := test.make(t)
		before, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		s, err := Open(t.Context(), path, Options{})
		if s != nil || !errors.Is(err, test.want) || !strings.Contains(err.Error(), test.says) {
			t.Errorf("%s: %v, want %v", test.name, err, test.want)
		}
		after, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		// Bytes 18 and 19 say that it is read with a write-ahead log.
		if string(before[100:]) != string(after[100:]) {
			t.Errorf("%s: the database was changed", test.name)
		}
	}
}

func TestOpenFailsWhereItCannot(t *testing.T) {
	t.Parallel()
	if _, err := Open(t.Context(), filepath.Join(t.TempDir(), "no", "such", "folder.db"), Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%v, want ErrNotExist", err)
	}
	damaged := closed(t, t.TempDir())
	mustWriteFile(t, damaged, []byte(strings.Repeat("no database ", 1000)))
	if _, err := Open(t.Context(), damaged, Options{}); err == nil {
		t.Error("opened what is no database")
	}
}

// The connection that writes must be as careful as the code that relies on it.
func TestTheWriterSyncsEveryCommit(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	for pragma, want := range map[string]string{"synchronous": "2", "journal_mode": "wal", "foreign_keys": "1"} {
		var got string
		if err := s.Write(t.Context(), func(tx *gorm.DB) error { return tx.Raw("PRAGMA " + pragma).Scan(&got).Error }); err != nil {
			t.Fatal(err)
		}
		if got != want {
			t.Errorf("%s is %s, want %s", pragma, got, want)
		}
	}
}

func TestATokenNeedsItsPerson(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	insert := func(tx *gorm.DB) error {
		return tx.Exec("INSERT INTO tokens (hash, person, created_at, seen_at) VALUES (x'00', 'ada', 1, 1)").Error
	}
	if err := s.Write(t.Context(), insert); err == nil {
		t.Error("a token of nobody was stored")
	}
	if err := errors.Join(addPerson(t, s, "ada"), s.Write(t.Context(), insert)); err != nil {
		t.Error(err)
	}
}
