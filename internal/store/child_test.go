package store

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"gorm.io/gorm"

	"plenum/rooms"
)

// Some faults strike a whole process. The tests for them run this test program
// again as a child that does one of these things with a database.
var children = map[string]func(path string) error{
	"write": writeUntilKilled,
	"limit": writeToTheLimit,
}

const childRole = "PLENUM_STORE_TEST_CHILD"

func TestMain(m *testing.M) {
	role := os.Getenv(childRole)
	if role == "" {
		os.Exit(m.Run())
	}
	if err := children[role](os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(0)
}

func child(t *testing.T, role, path string) *exec.Cmd {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.CommandContext(t.Context(), program, path)
	c.Env = append(os.Environ(), childRole+"="+role)
	c.Stderr = os.Stderr
	return c
}

const childRooms = 50

// writeUntilKilled appends to many rooms at once and prints an acknowledgement
// after every batch.
func writeUntilKilled(path string) error {
	ctx := context.Background()
	s, err := Open(ctx, path, Options{})
	if err != nil {
		return err
	}
	failed := make(chan error)
	for i := range childRooms {
		room := fmt.Sprint("r", i)
		if err := s.Create(ctx, rooms.Head{Room: room, Code: room, Epoch: "first", Term: 1}); err != nil {
			return err
		}
		go func() {
			for seq := uint64(0); ; {
				b := batchOf(room, seq, 1+i%3)
				if err := s.Append(ctx, b); err != nil {
					failed <- err
					return
				}
				seq = b.Seq()
				fmt.Printf("%s %d %s\n", room, seq, b.Mark) // one write to the pipe
			}
		}()
	}
	return <-failed
}

// acknowledgement is a line that a child printed.
type acknowledgement struct {
	room string
	seq  uint64
	mark string
}

func mustBeStored(t *testing.T, s *Store, all []acknowledgement) {
	t.Helper()
	for _, a := range all {
		mark, err := s.Mark(t.Context(), a.room, a.seq)
		if err != nil {
			t.Fatal(err)
		}
		if mark != a.mark {
			t.Fatalf("room %s: the batch acknowledged at %d has mark %s, stored is %q", a.room, a.seq, a.mark, mark)
		}
	}
}

func TestNothingAcknowledgedIsLostByKill(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plenum.db")
	c := child(t, "write", path)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	const enough = 3000
	var all []acknowledgement
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var a acknowledgement
		if n, _ := fmt.Sscan(lines.Text(), &a.room, &a.seq, &a.mark); n != 3 || len(a.mark) != 16 {
			continue // cut by the kill
		}
		if all = append(all, a); len(all) == enough {
			if err := c.Process.Kill(); err != nil {
				t.Fatal(err)
			}
		}
	}
	var exit *exec.ExitError
	if err := c.Wait(); !errors.As(err, &exit) || exit.Sys().(syscall.WaitStatus).Signal() != syscall.SIGKILL {
		t.Fatalf("the child was not killed: %v", err)
	}
	if len(all) < enough {
		t.Fatalf("only %d acknowledgements", len(all))
	}
	s := openAt(t, path, Options{})
	mustBeStored(t, s, all)
	for i := range childRooms {
		h, err := s.Head(t.Context(), fmt.Sprint("r", i))
		if err != nil {
			t.Fatal(err)
		}
		mustBeWhole(t, s, h)
		mustAppend(t, s, batchOf(h.Room, h.Seq, 1))
	}
	mustBeSound(t, path)
}

// writeToTheLimit runs into the limit of the kernel on the size of a file in
// the midst of committing, which SQLite sees as a disk that fails to write. It
// then has the limit lifted and goes on with the same store.
func writeToTheLimit(path string) error {
	signal.Ignore(syscall.SIGXFSZ)
	ctx := context.Background()
	s, err := Open(ctx, path, Options{})
	if err != nil {
		return err
	}
	if err := groupInDoubt(s); err != nil {
		return err
	}
	const writers = 10
	stored := make([]rooms.Batch, writers)
	for i := range writers {
		room := fmt.Sprint("r", i)
		if err := s.Create(ctx, rooms.Head{Room: room, Code: room, Epoch: "first", Term: 1}); err != nil {
			return err
		}
		stored[i] = rooms.Batch{Room: room}
	}
	for round := range 3 {
		lift, err := limitFiles(200_001) // not a whole number of pages: one is torn
		if err != nil {
			return err
		}
		err = errors.Join(appendInParallel(ctx, s, stored, 1_000_000)...)
		if !errors.Is(err, ErrInDoubt) || !strings.Contains(err.Error(), "I/O") {
			return fmt.Errorf("round %d: the limit was not felt as an I/O error: %v", round, err)
		}
		if err := lift(); err != nil {
			return err
		}
		if err := catchUp(ctx, s, stored); err != nil {
			return err
		}
		if err := errors.Join(appendInParallel(ctx, s, stored, 20)...); err != nil {
			return fmt.Errorf("round %d, after the limit was lifted: %w", round, err)
		}
	}
	return s.Close()
}

// groupInDoubt commits a group while the disk fails: a write that may have been
// stored is not run again, which could do it twice; a batch may be, its head
// guards it.
func groupInDoubt(s *Store) error {
	c := newCommitter(s.committer.path, s.committer.options, nil)
	first := insertPerson("before the fault")
	c.commit([]*item{first})
	if err := <-first.answer; err != nil {
		return err
	}
	lift, err := limitFiles(1) // a connection is open: only its writes fail
	if err != nil {
		return err
	}
	runs := 0
	write, batch := insertPerson("twice"), appendOne("nobody's")
	once := write.write
	write.write = func(tx *gorm.DB) error { runs++; return once(tx) }
	c.commit([]*item{write, batch})
	if err := <-write.answer; !errors.Is(err, ErrInDoubt) || runs != 1 {
		return fmt.Errorf("a write in doubt was run %d times: %v", runs, err)
	}
	if err := <-batch.answer; !errors.Is(err, ErrInDoubt) {
		return fmt.Errorf("a stale batch after a failed commit: %v", err)
	}
	return errors.Join(lift(), c.drop())
}

// limitFiles bounds the size of files that this process writes.
func limitFiles(size int64) (lift func() error, err error) {
	var before syscall.Rlimit
	if err := syscall.Getrlimit(syscall.RLIMIT_FSIZE, &before); err != nil {
		return nil, err
	}
	err = syscall.Setrlimit(syscall.RLIMIT_FSIZE, &syscall.Rlimit{Cur: uint64(size), Max: before.Max})
	return func() error { return syscall.Setrlimit(syscall.RLIMIT_FSIZE, &before) }, err
}

// appendInParallel appends up to n batches to each room, until its first error.
func appendInParallel(ctx context.Context, s *Store, stored []rooms.Batch, n int) []error {
	answers := make([]error, len(stored))
	var wait sync.WaitGroup
	for i := range stored {
		wait.Go(func() {
			for range n {
				b := batchOf(stored[i].Room, stored[i].Seq(), 3)
				if answers[i] = s.Append(ctx, b); answers[i] != nil {
					return
				}
				stored[i] = b
				fmt.Printf("%s %d %s\n", b.Room, b.Seq(), b.Mark)
			}
		})
	}
	wait.Wait()
	return answers
}

// catchUp reads the heads, as rooms do after an error. Only one batch of each
// room was under way.
func catchUp(ctx context.Context, s *Store, stored []rooms.Batch) error {
	for i, b := range stored {
		h, err := s.Head(ctx, b.Room)
		if err != nil {
			return err
		}
		if h.Seq < b.Seq() || h.Seq > b.Seq()+3 || (h.Seq == b.Seq() && h.Mark != b.Mark) {
			return fmt.Errorf("room %s: head at %d %s, acknowledged was %d %s", b.Room, h.Seq, h.Mark, b.Seq(), b.Mark)
		}
		stored[i].After += h.Seq - b.Seq()
		stored[i].Mark = h.Mark
	}
	return nil
}

func TestAFailingDiskAndThenNot(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plenum.db")
	out, err := child(t, "limit", path).Output()
	if err != nil {
		t.Fatalf("the child failed: %v", err)
	}
	s := openAt(t, path, Options{})
	var all []acknowledgement
	for line := range strings.Lines(string(out)) {
		var a acknowledgement
		if _, err := fmt.Sscan(line, &a.room, &a.seq, &a.mark); err != nil {
			t.Fatalf("line %q: %v", line, err)
		}
		all = append(all, a)
	}
	if len(all) < 600 {
		t.Fatalf("only %d acknowledgements", len(all))
	}
	mustBeStored(t, s, all)
	mustBeSound(t, path)
}
