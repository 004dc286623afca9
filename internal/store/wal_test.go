package store

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// logged is a copy of a database, as a kill leaves it: with a write-ahead log.
func logged(t *testing.T) (path string, log []byte) {
	t.Helper()
	from := filepath.Join(t.TempDir(), "plenum.db")
	s := openAt(t, from, Options{})
	if err := s.Wiped(t.Context()); err != nil { // what the migrations wrote: it would take the log along
		t.Fatal(err)
	}
	create(t, s, "r1")
	for seq := range uint64(20) {
		mustAppend(t, s, batchOf("r1", seq, 1))
	}
	path = filepath.Join(t.TempDir(), "plenum.db")
	for _, end := range []string{"", "-wal"} {
		content, err := os.ReadFile(from + end)
		if err != nil {
			t.Fatal(err)
		}
		log = content
		if err := os.WriteFile(path+end, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return path, log
}

func TestDamageInTheWriteAheadLogIsTold(t *testing.T) {
	t.Parallel()
	const frame = walFrameHeader + 4096
	for name, test := range map[string]struct {
		change func(log []byte) []byte
		told   bool
	}{
		"none":                  {func(log []byte) []byte { return log }, false},
		"empty":                 {func([]byte) []byte { return nil }, false},
		"cut within a frame":    {func(log []byte) []byte { return log[:len(log)-100] }, false},
		"the last byte":         {func(log []byte) []byte { log[len(log)-1]++; return log }, true},
		"a byte in the middle":  {func(log []byte) []byte { log[walHeader+frame*10+500]++; return log }, true},
		"the header of a frame": {func(log []byte) []byte { log[walHeader+frame*10]++; return log }, true},
		"its own header":        {func(log []byte) []byte { log[28]++; return log }, true},
		"its magic number":      {func(log []byte) []byte { log[0]++; return log }, true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			path, log := logged(t)
			if err := os.WriteFile(path+"-wal", test.change(log), 0o600); err != nil {
				t.Fatal(err)
			}
			found, err := checkWAL(path)
			if err != nil {
				t.Fatal(err)
			}
			if len(found) != 1 || found[0].Bad != test.told || test.told && !strings.Contains(found[0].Say, "commits lie") {
				t.Errorf("found %+v", found)
			}
		})
	}
	if found, err := checkWAL(filepath.Join(t.TempDir(), "none.db")); err != nil || len(found) > 0 {
		t.Errorf("without a log: %v, %v", found, err)
	}
}

// A log that is written, and begun again, while it is looked at is no damage.
func TestALogInUseIsNotCalledDamaged(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plenum.db")
	s := openAt(t, path, Options{})
	create(t, s, "r1")
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		for seq := uint64(0); ; seq += 50 {
			select {
			case <-stop:
				return
			default:
				if err := s.Append(t.Context(), batchOf("r1", seq, 50)); err != nil {
					t.Error(err)
					return
				}
			}
		}
	}()
	for range 200 {
		found, err := checkWAL(path)
		if err != nil {
			t.Fatal(err)
		}
		if len(found) != 1 || found[0].Bad {
			t.Fatalf("found %+v", found)
		}
	}
	close(stop)
	<-stopped
}
