package mail

import (
	"context"
	"errors"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"plenum/internal/store"
)

// sink takes letters as its answers say, one for each try; then all.
type sink struct {
	mu      sync.Mutex
	answers []error
	tries   int
	took    chan Letter
}

func (s *sink) Send(_ context.Context, l Letter) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tries++
	if len(s.answers) > 0 {
		err := s.answers[0]
		s.answers = s.answers[1:]
		if err != nil {
			return err
		}
	}
	s.took <- l
	return nil
}

// clock goes as fast as one tells it.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.at
}

func (c *clock) forward(by time.Duration) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(by)
}

func openStore(t *testing.T) *store.Store {
	t.Helper()
	db, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "plenum.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

func put(t *testing.T, db *store.Store, o *Outbox, l Letter) {
	t.Helper()
	if err := db.Write(t.Context(), func(tx *gorm.DB) error { return o.Put(tx, l) }); err != nil {
		t.Fatal(err)
	}
	o.Wake()
}

func letters(t *testing.T, db *store.Store) (rows []letterRow) {
	t.Helper()
	if err := db.Read().Find(&rows).Error; err != nil {
		t.Fatal(err)
	}
	return rows
}

// until waits for what another goroutine does.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	limit := time.After(30 * time.Second)
	for !is() {
		select {
		case <-limit:
			t.Fatalf("this never came: %s", what)
		case <-time.After(time.Millisecond):
		}
	}
}

func TestALetterWaitsForTheMailServer(t *testing.T) {
	t.Parallel()
	db, now := openStore(t), &clock{at: time.UnixMilli(1_700_000_000_000)}
	s := &sink{answers: []error{errors.New("not now"), errors.New("not now")}, took: make(chan Letter, 9)}
	o := Open(db, s, Options{Clock: now.now})
	letter := Letter{To: "ada@example.org", Subject: "Hello", Text: "Ada", Until: now.now().Add(time.Hour)}
	put(t, db, o, letter)
	for try, wait := range []time.Duration{tryFirst, 2 * tryFirst} {
		until(t, "a try", func() bool { rows := letters(t, db); return len(rows) == 1 && rows[0].Tries == try+1 })
		if due := time.UnixMilli(letters(t, db)[0].NextAt).Sub(now.now()); due != wait {
			t.Errorf("after try %d it waits %v", try+1, due)
		}
		now.forward(wait)
		o.Wake()
	}
	if got := <-s.took; got.To != letter.To || got.Subject != letter.Subject || got.Text != letter.Text || !got.Until.Equal(letter.Until) {
		t.Errorf("sent was %+v", got)
	}
	until(t, "an empty outbox", func() bool { return len(letters(t, db)) == 0 })
	o.Close()
}

func TestALetterOutlivesTheProgram(t *testing.T) {
	t.Parallel()
	db := openStore(t)
	broken := &sink{answers: []error{errors.New("not now")}, took: make(chan Letter, 9)}
	o := Open(db, broken, Options{})
	put(t, db, o, Letter{To: "ada@example.org", Until: time.Now().Add(time.Hour)})
	until(t, "a try", func() bool { rows := letters(t, db); return len(rows) == 1 && rows[0].Tries == 1 })
	o.Close()
	later := &clock{at: time.Now().Add(time.Minute)}
	s := &sink{took: make(chan Letter, 9)}
	o = Open(db, s, Options{Clock: later.now})
	defer o.Close()
	if got := <-s.took; got.To != "ada@example.org" {
		t.Errorf("sent was %+v", got)
	}
}

func TestALetterThatIsWorthNothingGoes(t *testing.T) {
	t.Parallel()
	db, now := openStore(t), &clock{at: time.UnixMilli(1_700_000_000_000)}
	s := &sink{answers: []error{errors.Join(ErrRefused, errors.New("no such person")), errors.New("not now")}, took: make(chan Letter, 9)}
	o := Open(db, s, Options{Clock: now.now})
	defer o.Close()
	put(t, db, o, Letter{To: "nobody@example.org", Until: now.now().Add(time.Hour)})
	until(t, "the refused letter out", func() bool { return len(letters(t, db)) == 0 })
	put(t, db, o, Letter{To: "late@example.org", Until: now.now().Add(time.Minute)})
	until(t, "a try", func() bool { rows := letters(t, db); return len(rows) == 1 && rows[0].Tries == 1 })
	now.forward(time.Minute)
	o.Wake()
	until(t, "the late letter out", func() bool { return len(letters(t, db)) == 0 })
	put(t, db, o, Letter{To: "ada@example.org", Until: now.now().Add(time.Minute)})
	if got := <-s.took; got.To != "ada@example.org" {
		t.Errorf("sent was %+v", got)
	}
	if s.tries != 3 {
		t.Errorf("%d tries", s.tries)
	}
}
