package files

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"plenum/internal/store"
)

// A file is there for the members of its room: once something names it that they
// may see, and until then for who brought it.
func TestWhoFindsAFile(t *testing.T) {
	t.Parallel()
	s := newShelf(t, Options{})
	s.room("a")
	s.room("b")
	file := s.mustPut("a", "ada", "plan.txt", []byte("the plan"))
	if err := s.find("a", "ada", file.Hash); err != nil {
		t.Error(err)
	}
	if err := s.find("a", "ben", file.Hash); !errors.Is(err, ErrNone) {
		t.Errorf("nothing names it yet: %v", err)
	}
	seq := s.append("a", file.Hash)
	if err := s.find("a", "ben", file.Hash); err != nil {
		t.Error(err)
	}
	s.append("b", file.Hash) // who knows the name has not got the file
	for _, hash := range []string{file.Hash, "sha256-../../plenum.db", "", file.Hash[:70], "sha256-" + string(make([]byte, 64))} {
		if err := s.find("b", "ben", hash); !errors.Is(err, ErrNone) {
			t.Errorf("%q in another room: %v", hash, err)
		}
	}
	hidden := func(activities []string) (bool, error) { return activities[0] != "chat", nil }
	if _, err := s.files.Find(t.Context(), "a", "ben", file.Hash, hidden); !errors.Is(err, ErrNone) {
		t.Errorf("where it is named is hidden: %v", err)
	}
	s.append("a", "", seq)
	if err := s.find("a", "ben", file.Hash); !errors.Is(err, ErrNone) {
		t.Errorf("what named it is forgotten: %v", err)
	}
}

// The same content is stored once, and counts once for each room.
func TestQuota(t *testing.T) {
	t.Parallel()
	s := newShelf(t, Options{Quota: 100})
	sixty := bytes.Repeat([]byte("x"), 60)
	first := s.mustPut("a", "ada", "1", sixty)
	again := s.mustPut("a", "ben", "2", sixty)
	other := s.mustPut("b", "cid", "3", sixty)
	if first.Hash != again.Hash || first.Hash != other.Hash || len(s.onDisk()) != 1 {
		t.Error("it is there more than once")
	}
	if _, err := s.put("a", "ada", "4", bytes.Repeat([]byte("y"), 41)); !errors.Is(err, ErrFull) {
		t.Errorf("one byte too many: %v", err)
	}
	s.mustPut("a", "ada", "5", bytes.Repeat([]byte("z"), 40))
	if _, err := s.put("a", "ada", "6", []byte("!")); !errors.Is(err, ErrFull) {
		t.Errorf("full is full: %v", err)
	}
	if len(s.onDisk()) != 2 {
		t.Error("what was refused is stored")
	}
}

// Many at once bring the same and other things, while it is cleaned up.
func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	s := newShelf(t, Options{Grace: time.Nanosecond})
	var all sync.WaitGroup
	for i := range 8 {
		all.Go(func() {
			for j := range 10 {
				s.pass(time.Millisecond)
				if _, err := s.put("a", fmt.Sprint("m", i), "x", []byte{byte(j)}); err != nil {
					t.Error(err)
				}
				if err := s.files.Tidy(t.Context()); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	findings, err := Check(t.Context(), s.path, s.folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range findings {
		if f.Bad {
			t.Error(f.Say)
		}
	}
}

// A full disk is said to be one, and leaves nothing.
func TestAFullDisk(t *testing.T) {
	t.Parallel()
	s := newShelf(t, Options{})
	s.files.create = func() (*os.File, error) {
		link := filepath.Join(s.folder, partial+"full")
		if err := os.Symlink("/dev/full", link); err != nil {
			return nil, err
		}
		return os.OpenFile(link, os.O_RDWR, 0)
	}
	_, err := s.put("a", "ada", "x", []byte("hello"))
	var passing interface{ Temporary() bool }
	if !errors.As(err, &passing) || !passing.Temporary() {
		t.Errorf("a full disk: %v", err)
	}
	if len(s.onDisk()) > 0 {
		t.Error("half a file is left")
	}
}

// Whoever stops in the middle leaves nothing.
func TestABrokenUpload(t *testing.T) {
	t.Parallel()
	s := newShelf(t, Options{})
	broken := errors.New("the line is dead")
	for _, after := range []int{0, 100, 100_000} {
		_, err := s.files.Put(t.Context(), "a", "ada", "x", &breaking{left: after, err: broken})
		if !errors.Is(err, broken) {
			t.Errorf("after %d bytes: %v", after, err)
		}
	}
	if len(s.onDisk()) > 0 {
		t.Error("something is left")
	}
	if err := os.WriteFile(filepath.Join(s.folder, partial+"dead"), []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	s.close()
	s.open()
	s.onDisk() // complains of what a dead process has left
}

type breaking struct {
	left int
	err  error
}

func (b *breaking) Read(p []byte) (int, error) {
	if b.left == 0 {
		return 0, b.err
	}
	n := min(b.left, len(p))
	b.left -= n
	return n, nil
}

// While images wait for one that is being made, who gives up gives up.
func TestImagesWaitForEachOther(t *testing.T) {
	t.Parallel()
	s := newShelf(t, Options{})
	for range cap(s.files.making) {
		s.files.making <- struct{}{}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := s.files.Put(ctx, "a", "ada", "x.png", bytes.NewReader(asPNG(t, corners(2, 2)))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
	if len(s.onDisk()) > 0 {
		t.Error("something is left")
	}
}

// named is what a random history says of a room.
type named struct {
	says    map[uint64]string // the file that an event names
	brought map[string]time.Time
}

func (n named) names(hash string) bool {
	for _, says := range n.says {
		if says == hash {
			return true
		}
	}
	return false
}

// Through any history, with restarts and a restore in it, what something names
// is there, and what nothing names is gone after its grace.
func TestCleaningUp(t *testing.T) {
	t.Parallel()
	for range 4 {
		seed := rand.Uint64()
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) { t.Parallel(); cleaningUp(t, rand.New(rand.NewPCG(seed, 1))) })
	}
}

func cleaningUp(t *testing.T, r *rand.Rand) {
	s := newShelf(t, Options{Grace: time.Hour})
	s.files.Close() // cleans up when the history says so, not beside it
	history := map[string]named{}
	for _, id := range []string{"a", "b"} {
		s.room(id)
		history[id] = named{map[uint64]string{}, map[string]time.Time{}}
	}
	for range 250 {
		id := []string{"a", "b"}[r.IntN(2)]
		h := history[id]
		switch r.IntN(9) {
		case 0, 1, 2:
			file := s.mustPut(id, "ada", "x", []byte{byte(r.IntN(6))})
			h.brought[file.Hash] = s.now
		case 3, 4:
			for hash := range h.brought {
				h.says[s.append(id, "look: "+hash)] = hash
				break
			}
		case 5, 6:
			for seq := range h.says {
				delete(h.says, seq)
				s.append(id, "gone", seq)
				break
			}
		case 7:
			s.pass(time.Duration(r.Int64N(int64(40 * time.Minute))))
			s.tidy()
			forgetOld(s, history)
			agree(t, s, history)
		case 8:
			if r.IntN(4) == 0 {
				s.move()
			} else {
				s.close()
				s.open()
			}
			s.files.Close()
			s.tidy()
			forgetOld(s, history)
		}
	}
	s.pass(2 * time.Hour)
	s.tidy()
	forgetOld(s, history)
	agree(t, s, history)
}

// forgetOld is what cleaning up does to the model.
func forgetOld(s *shelf, history map[string]named) {
	for _, h := range history {
		for hash, at := range h.brought {
			if s.now.Sub(at) > time.Hour && !h.names(hash) {
				delete(h.brought, hash)
			}
		}
	}
}

// move goes on with a backup, restored elsewhere.
func (s *shelf) move() {
	s.t.Helper()
	s.close()
	folder := s.t.TempDir()
	path, to := filepath.Join(folder, "plenum.db"), filepath.Join(folder, "plenum.files")
	if err := store.Backup(s.t.Context(), s.path, path); err != nil {
		s.t.Fatal(err)
	}
	if _, missing, err := Copy(s.t.Context(), path, s.folder, to); err != nil || missing > 0 {
		s.t.Fatalf("%d files are missing, %v", missing, err)
	}
	s.path, s.folder = path, to
	s.open()
}

func agree(t *testing.T, s *shelf, history map[string]named) {
	t.Helper()
	disk, want := s.onDisk(), map[string]bool{}
	for id, h := range history {
		for hash := range h.brought {
			want[hash] = true
			if err := s.find(id, "ada", hash); err != nil {
				t.Fatalf("%s of room %s: %v", hash, id, err)
			}
		}
	}
	for hash := range want {
		if !disk[hash] {
			t.Fatalf("%s is gone", hash)
		}
	}
	for hash := range disk {
		if !want[hash] {
			t.Fatalf("%s is still there", hash)
		}
	}
}

func TestCheckTellsWhatIsWrong(t *testing.T) {
	t.Parallel()
	s := newShelf(t, Options{})
	var all []File
	for i := range 4 {
		all = append(all, s.mustPut("a", "ada", "x", []byte{byte(i)}))
	}
	if err := os.Remove(s.files.path(all[0].Hash)); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(s.files.path(all[1].Hash), []byte("other"), 0o600); err != nil {
		t.Fatal(err)
	}
	surplus := s.files.path("sha256-" + fmt.Sprintf("%064d", 7))
	if err := errors.Join(os.MkdirAll(filepath.Dir(surplus), 0o700), os.WriteFile(surplus, nil, 0o600)); err != nil {
		t.Fatal(err)
	}
	findings, err := Check(t.Context(), s.path, s.folder)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	for _, f := range findings {
		said[fmt.Sprint(f.Bad, " ", f.Say)] = true
	}
	for _, want := range []string{
		"true The file " + all[0].Hash + " is missing.", "true The file " + all[1].Hash + " is damaged.", "false 2 of 4 files are whole.",
		"false 1 files belong to no room any more; the server removes them within a day.",
	} {
		if !said[want] {
			t.Errorf("%q is not said: %v", want, said)
		}
	}
}
