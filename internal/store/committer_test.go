package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"

	"gorm.io/gorm"

	"plenum/rooms"
)

// held is a store whose committer waits inside a write, so that a test decides
// what the next group is.
type held struct {
	*Store
	let  chan struct{}
	done chan error
}

func hold(t *testing.T, s *Store) *held {
	t.Helper()
	h := &held{Store: s, let: make(chan struct{}), done: make(chan error, 1)}
	begun := make(chan struct{})
	go func() {
		h.done <- s.Write(t.Context(), func(*gorm.DB) error {
			close(begun)
			<-h.let
			return nil
		})
	}()
	<-begun
	return h
}

// queue submits the next item of the group and returns where its answer comes.
func (h *held) queue(t *testing.T, submit func() error) <-chan error {
	t.Helper()
	before := len(h.committer.queue)
	answer := make(chan error, 1)
	go func() { answer <- submit() }()
	for len(h.committer.queue) == before {
		runtime.Gosched()
	}
	return answer
}

// release lets the committer take the group.
func (h *held) release(t *testing.T) {
	t.Helper()
	close(h.let)
	if err := <-h.done; err != nil {
		t.Fatal(err)
	}
}

func (h *held) append(t *testing.T, b rooms.Batch) <-chan error {
	t.Helper()
	return h.queue(t, func() error { return h.Append(t.Context(), b) })
}

func TestABadBatchDoesNotHurtItsGroup(t *testing.T) {
	t.Parallel()
	s := openWithPicks(t)
	for _, id := range []string{"r2", "r3", "r4"} {
		create(t, s, id)
	}
	bad := batchOf("r2", 0, 1)
	bad.Rows = []rooms.Row{{Put: &pick{"r2", 1, "ada", "tea", 1, -1}}} // against a CHECK
	panics := batchOf("r3", 0, 1)
	panics.Rows = []rooms.Row{{Put: &exploding{}}}
	stale := batchOf("r4", 7, 1)

	h := hold(t, s)
	answers := map[string]<-chan error{
		"good":         h.append(t, batchOf("r1", 0, 2)),
		"bad":          h.append(t, bad),
		"good, second": h.append(t, batchOf("r1", 2, 1)), // of the same room, right behind
		"panics":       h.append(t, panics),
		"stale":        h.append(t, stale),
		"free":         h.queue(t, func() error { return addPerson(t, s, "ada") }),
	}
	h.release(t)
	for name, answer := range answers {
		err := <-answer
		switch name {
		case "good", "good, second", "free":
			if err != nil {
				t.Errorf("%s: %v", name, err)
			}
		case "stale":
			if !errors.Is(err, rooms.ErrStale) {
				t.Errorf("%s: %v, want ErrStale", name, err)
			}
		default:
			if !errors.Is(err, rooms.ErrUnstorable) {
				t.Errorf("%s: %v, want ErrUnstorable", name, err)
			}
		}
	}
	mustEndAt(t, s, "r1", 3)
	mustEndAt(t, s, "r2", 0)
	mustEndAt(t, s, "r3", 0)
	mustEndAt(t, s, "r4", 0)
	mustHavePeople(t, s, "ada")
}

// exploding is a model that panics when its rows are made.
type exploding struct {
	ID string `gorm:"primaryKey"`
}

func (*exploding) TableName() string { panic("no table") }

func addPerson(t *testing.T, s *Store, id string) error {
	return s.Write(t.Context(), insertPerson(id).write)
}

func mustHavePeople(t *testing.T, s *Store, want ...string) {
	t.Helper()
	var got []string
	if err := s.Read().Table("people").Order("id").Pluck("id", &got).Error; err != nil {
		t.Fatal(err)
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("people %v, want %v", got, want)
	}
}

func TestAGroupIsOneCommit(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	h := hold(t, s)
	var answers []<-chan error
	var seen sync.Map // the transactions that the writes ran in
	for range 50 {
		answers = append(answers, h.queue(t, func() error {
			return s.Write(t.Context(), func(tx *gorm.DB) error {
				seen.Store(tx.Statement.ConnPool, true)
				return nil
			})
		}))
	}
	h.release(t)
	for _, answer := range answers {
		if err := <-answer; err != nil {
			t.Error(err)
		}
	}
	n := 0
	seen.Range(func(any, any) bool { n++; return true })
	if n != 1 {
		t.Errorf("50 writes that had queued took %d transactions", n)
	}
}

func TestAFailedWriteUndoesItselfOnly(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	mine := errors.New("changed my mind")
	h := hold(t, s)
	before := h.queue(t, func() error { return addPerson(t, s, "before") })
	failing := h.queue(t, func() error {
		return s.Write(t.Context(), func(tx *gorm.DB) error {
			if err := tx.Exec("INSERT INTO people (id, created_at) VALUES ('undone', 0)").Error; err != nil {
				return err
			}
			return mine
		})
	})
	panicking := h.queue(t, func() error {
		return s.Write(t.Context(), func(tx *gorm.DB) error {
			if err := tx.Exec("INSERT INTO people (id, created_at) VALUES ('undone too', 0)").Error; err != nil {
				return err
			}
			panic("halfway")
		})
	})
	after := h.queue(t, func() error { return addPerson(t, s, "after") })
	h.release(t)
	if err := errors.Join(<-before, <-after); err != nil {
		t.Error(err)
	}
	if err := <-failing; !errors.Is(err, mine) {
		t.Errorf("%v, want the write's own error", err)
	}
	if err := <-panicking; err == nil || !strings.Contains(err.Error(), "halfway") {
		t.Errorf("%v, want the panic", err)
	}
	mustHavePeople(t, s, "after", "before")
}

func TestCancelledWhileWaitingIsNotStored(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	h := hold(t, s)
	ctx, cancel := context.WithCancel(t.Context())
	answer := h.queue(t, func() error { return s.Append(ctx, batchOf("r1", 0, 1)) })
	cancel()
	if err := <-answer; !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want Canceled", err)
	}
	h.release(t)
	mustAppend(t, s, batchOf("r1", 0, 1)) // the head has not moved
	if err := s.Append(ctx, batchOf("r1", 1, 1)); !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want Canceled", err)
	}
	mustEndAt(t, s, "r1", 1)
}

func TestCancelledOnceBegunIsFinished(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	ctx, cancel := context.WithCancel(t.Context())
	err := s.Write(ctx, func(tx *gorm.DB) error {
		cancel()
		return tx.Exec("INSERT INTO people (id, created_at) VALUES ('ada', 0)").Error
	})
	if err != nil {
		t.Error(err)
	}
	mustHavePeople(t, s, "ada")
}

func TestCloseCommitsWhatIsQueued(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plenum.db")
	// The committer may happen to see the queue before the end: try often.
	const rounds = 8
	for round := range uint64(rounds) {
		s, err := Open(t.Context(), path, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if round == 0 {
			create(t, s, "r1")
		}
		h := hold(t, s)
		answer := h.append(t, batchOf("r1", round, 1))
		closed := make(chan error, 1)
		go func() { closed <- s.Close() }()
		<-s.committer.closing
		h.release(t)
		if err := errors.Join(<-answer, <-closed); err != nil {
			t.Error(err)
		}
		if err := s.Append(t.Context(), batchOf("r1", round+1, 1)); !errors.Is(err, ErrClosed) {
			t.Errorf("after closing: %v, want ErrClosed", err)
		}
	}
	mustEndAt(t, openAt(t, path, Options{}), "r1", rounds)
}

func TestReadsCannotWrite(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	if err := s.Read().Exec("INSERT INTO people (id, created_at) VALUES ('ada', 0)").Error; err == nil {
		t.Error("a reading connection has written")
	}
	mustHavePeople(t, s)
}

func TestReadsAreBoundedAndGiveUpWithTheirCaller(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	var busy []*sql.Rows
	for range readers {
		rows, err := s.Read().Raw("SELECT 1 UNION SELECT 2").Rows()
		if err != nil {
			t.Fatal(err)
		}
		rows.Next()
		busy = append(busy, rows)
	}
	ctx, cancel := context.WithCancel(t.Context())
	answer := make(chan error, 1)
	go func() {
		_, err := s.Head(ctx, "r1")
		answer <- err
	}()
	for s.pool.Stats().WaitCount == 0 {
		runtime.Gosched()
	}
	cancel()
	if err := <-answer; !errors.Is(err, context.Canceled) {
		t.Errorf("%v, want Canceled", err)
	}
	for _, rows := range busy {
		if err := rows.Close(); err != nil {
			t.Error(err)
		}
	}
	if _, err := s.Head(t.Context(), "r1"); !errors.Is(err, rooms.ErrNoRoom) {
		t.Errorf("%v, want ErrNoRoom", err)
	}
}
