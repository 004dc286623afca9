package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"github.com/mattn/go-sqlite3"
	"gorm.io/gorm"

	"plenum/rooms"
)

// The database may grow no more: every write says so, small or large, what was
// acknowledged stays, reads go on; then there is room again and all recovers
// without a restart.
func TestDiskFullAndThenNot(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plenum.db")
	s := openAt(t, path, Options{MaxPages: 100})
	const writers = 8
	for i := range writers {
		create(t, s, fmt.Sprint("r", i))
	}
	fill := func(until func(i int, stored uint64, err error) bool, stored []uint64) {
		var wait sync.WaitGroup
		for i := range writers {
			wait.Go(func() {
				for {
					err := s.Append(t.Context(), batchOf(fmt.Sprint("r", i), stored[i], 10))
					if err == nil {
						stored[i] += 10
					}
					if until(i, stored[i], err) {
						return
					}
				}
			})
		}
		wait.Wait()
	}
	acknowledged := make([]uint64, writers)
	fill(func(i int, _ uint64, err error) bool {
		if errors.Is(err, rooms.ErrStale) || errors.Is(err, ErrInDoubt) {
			t.Errorf("room %d: %v, want a full disk", i, err)
		}
		return err != nil
	}, acknowledged)
	for i, n := range acknowledged {
		mustEndAt(t, s, fmt.Sprint("r", i), n)
	}

	if err := s.Write(t.Context(), func(tx *gorm.DB) error { return tx.Exec("PRAGMA max_page_count = 100000").Error }); err != nil {
		t.Fatal(err)
	}
	goal := make([]uint64, writers)
	for i, n := range acknowledged {
		goal[i] = n + 500
	}
	fill(func(i int, stored uint64, err error) bool {
		if err != nil {
			t.Errorf("room %d, with room again: %v", i, err)
		}
		return err != nil || stored >= goal[i]
	}, acknowledged)
	for i, n := range acknowledged {
		mustEndAt(t, s, fmt.Sprint("r", i), n)
	}
	mustBeSound(t, path)
}

// A write too large for the space left fails; a small one in the same group does not.
func TestOnlyWhatDoesNotFitFails(t *testing.T) {
	t.Parallel()
	s := openAt(t, filepath.Join(t.TempDir(), "plenum.db"), Options{MaxPages: 100})
	create(t, s, "small")
	create(t, s, "large")
	h := hold(t, s)
	large := h.append(t, batchOf("large", 0, 5000))
	small := h.append(t, batchOf("small", 0, 1))
	h.release(t)
	if err := <-large; err == nil || errors.Is(err, ErrInDoubt) {
		t.Errorf("large: %v, want a full disk", err)
	}
	if err := <-small; err != nil {
		t.Errorf("small: %v", err)
	}
	mustEndAt(t, s, "large", 0)
	mustEndAt(t, s, "small", 1)
}

// Another process holds the database locked for longer than a write may wait:
// nobody waits for more than one such time, and nothing is stored.
func TestLockedAndThenNot(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "plenum.db")
	s := openAt(t, path, Options{Busy: 20 * time.Millisecond})
	const writers = 20
	for i := range writers {
		create(t, s, fmt.Sprint("r", i))
	}
	other, err := sql.Open("sqlite3", path+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	lock, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	batches := make([]rooms.Batch, writers)
	appendAll := func() []error {
		answers := make([]error, writers)
		var wait sync.WaitGroup
		for i := range writers {
			wait.Go(func() { answers[i] = s.Append(t.Context(), batches[i]) })
		}
		wait.Wait()
		return answers
	}
	for i := range batches {
		batches[i] = batchOf(fmt.Sprint("r", i), 0, 1)
	}
	for i, err := range appendAll() {
		if err == nil || errors.Is(err, rooms.ErrStale) || errors.Is(err, ErrInDoubt) {
			t.Errorf("room %d, locked: %v", i, err)
		}
		mustEndAt(t, s, fmt.Sprint("r", i), 0) // reads go on
	}
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	for i, err := range appendAll() {
		if err != nil {
			t.Errorf("room %d, no longer locked: %v", i, err)
		}
		mustEndAt(t, s, fmt.Sprint("r", i), 1)
	}
}

// hooked opens writing connections that a test looks into.
type hooked struct {
	connector
	hook func(*sqlite3.SQLiteConn)
}

func (h hooked) Connect(context.Context) (driver.Conn, error) {
	d := &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		h.hook(c)
		return nil
	}}
	return d.Open(h.dsn)
}

// byHand makes a committer whose goroutine is the test's own; its first
// connection is hooked.
func byHand(t *testing.T, s *Store, hook func(*sqlite3.SQLiteConn)) (*committer, *writer) {
	t.Helper()
	path := s.committer.path
	pool := sql.OpenDB(hooked{connector{dsn: dsn(path, url.Values{"_txlock": {"immediate"}, "_busy_timeout": {"10"}})}, hook})
	db, err := openGORM(pool)
	if err != nil {
		t.Fatal(err)
	}
	first := &writer{pool: pool, db: db}
	c := newCommitter(path, s.committer.options, first)
	t.Cleanup(func() {
		if err := c.drop(); err != nil {
			t.Error(err)
		}
	})
	return c, first
}

func insertPerson(id string) *item {
	return &item{answer: make(chan error, 1), write: func(tx *gorm.DB) error {
		return tx.Exec("INSERT INTO people (id, created_at) VALUES (?, 0)", id).Error
	}}
}

func appendOne(room string) *item {
	b := batchOf(room, 0, 1)
	return &item{answer: make(chan error, 1), batch: &b}
}

// A commit hook that refuses turns a real COMMIT into a ROLLBACK. The
// connection it sits on must be given up; the new one has no hook, so that the
// group, tried again one by one, succeeds. Nobody is answered before a commit.
func TestAFailedCommitReplacesTheConnection(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "r1")
	create(t, s, "r2")
	group := []*item{appendOne("r1"), appendOne("r2"), insertPerson("ada")}
	refused, answered := 0, 0
	c, first := byHand(t, s, func(conn *sqlite3.SQLiteConn) {
		conn.RegisterCommitHook(func() int {
			refused++
			for _, it := range group {
				answered += len(it.answer)
			}
			return 1
		})
	})
	c.commit(group)
	if answered > 0 {
		t.Errorf("%d were answered before the commit", answered)
	}
	for i, it := range group {
		if err := <-it.answer; err != nil {
			t.Errorf("item %d: %v", i, err)
		}
	}
	if refused != 1 || c.writer == first || first.pool.Ping() == nil {
		t.Errorf("the hook refused %d commits; the connection is still in use: %v", refused, c.writer == first)
	}
	mustEndAt(t, s, "r1", 1)
	mustEndAt(t, s, "r2", 1)
	mustHavePeople(t, s, "ada")
}

// A whole group waits for a lock once, not each of its writes.
func TestAGroupWaitsForALockOnce(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	begun := 0
	c, _ := byHand(t, s, func(conn *sqlite3.SQLiteConn) {
		conn.RegisterAuthorizer(func(action int, what, _, _ string) int {
			if action == sqlite3.SQLITE_TRANSACTION && what == "BEGIN" {
				begun++
			}
			return sqlite3.SQLITE_OK
		})
	})
	h := hold(t, s) // the store's own committer has the lock
	group := []*item{insertPerson("ada"), insertPerson("bob"), insertPerson("cy")}
	c.commit(group)
	for i, it := range group {
		if err := <-it.answer; err == nil || errors.Is(err, ErrInDoubt) {
			t.Errorf("item %d: %v", i, err)
		}
	}
	if begun != 1 {
		t.Errorf("a transaction was begun %d times", begun)
	}
	h.release(t)
	c.commit([]*item{group[0]})
	if err := <-group[0].answer; err != nil {
		t.Error(err)
	}
	mustHavePeople(t, s, "ada")
}

// Rows that lie beyond a room's head can only come from a damaged database:
// that room cannot go on, and says so; the others do not notice.
func TestALogThatRanAheadOfItsHead(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	create(t, s, "torn")
	create(t, s, "r1")
	row := eventRow{Room: "torn", Seq: 2}
	if err := s.Write(t.Context(), func(tx *gorm.DB) error { return tx.Create(&row).Error }); err != nil {
		t.Fatal(err)
	}
	for round := range uint64(2) {
		h := hold(t, s)
		torn, whole := h.append(t, batchOf("torn", 0, 3)), h.append(t, batchOf("r1", 2*round, 2))
		h.release(t)
		if err := <-torn; err == nil || errors.Is(err, rooms.ErrStale) || errors.Is(err, ErrInDoubt) {
			t.Errorf("torn: %v", err)
		}
		if err := <-whole; err != nil {
			t.Errorf("whole: %v", err)
		}
		mustEndAt(t, s, "r1", 2*round+2)
	}
}

// SQLite may roll back the whole transaction upon an error. A write that hides
// such an error must not make the others believe that they are stored.
func TestAHiddenRollbackIsNoticed(t *testing.T) {
	t.Parallel()
	s := openNew(t)
	c, _ := byHand(t, s, func(*sqlite3.SQLiteConn) {})
	hiding := &item{answer: make(chan error, 1), write: func(tx *gorm.DB) error {
		for range 2 { // the second has a key that is taken
			_ = tx.Exec("INSERT OR ROLLBACK INTO people (id, created_at) VALUES ('cy', 0)").Error
		}
		return nil
	}}
	group := []*item{insertPerson("ada"), hiding, insertPerson("bob")}
	c.commit(group)
	if err := errors.Join(<-group[0].answer, <-group[2].answer); err != nil {
		t.Error(err)
	}
	if err := <-hiding.answer; err == nil {
		t.Error("a write was acknowledged that had been rolled back")
	}
	mustHavePeople(t, s, "ada", "bob")
}
