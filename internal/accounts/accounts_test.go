package accounts_test

import (
	"context"
	"encoding/base64"
	"errors"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"plenum/internal/accounts"
	"plenum/internal/store"
)

func open(t *testing.T) (*store.Store, string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "plenum.db")
	s, err := store.Open(t.Context(), path, store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, path
}

func TestATokenIsAPerson(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	a := accounts.New(s, accounts.Options{})
	ada, adasToken, err := a.Issue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	bob, bobsToken, err := a.Issue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if ada == bob || adasToken == bobsToken {
		t.Fatal("two people are the same")
	}
	if b, err := base64.RawURLEncoding.DecodeString(adasToken); err != nil || len(b) != 32 {
		t.Fatalf("the token %q is not 256 bits in base64url", adasToken)
	}
	// From memory, and from the database as another process would.
	for _, a := range []*accounts.Accounts{a, a, accounts.New(s, accounts.Options{})} {
		for token, want := range map[string]string{adasToken: ada, bobsToken: bob} {
			if got, err := a.Person(t.Context(), token); got != want || err != nil {
				t.Fatalf("Person = %q, %v; want %q", got, err, want)
			}
		}
	}
}

func TestWhatWasNeverIssuedIsNobody(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	a := accounts.New(s, accounts.Options{})
	_, token, err := a.Issue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	other := "A" + token[1:]
	if token[0] == 'A' {
		other = "B" + token[1:]
	}
	for _, bad := range []string{"", "x", other, token + "A", token[:42], strings.ToLower(token) + "'", strings.Repeat("a", 1<<20), "\x00", "' OR 1=1 --"} {
		if person, err := a.Person(t.Context(), bad); !errors.Is(err, accounts.ErrNoToken) {
			t.Errorf("Person(%.50q) = %q, %v", bad, person, err)
		}
	}
}

func TestARevokedTokenIsWorthlessAtOnce(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	a := accounts.New(s, accounts.Options{})
	for range 50 {
		_, token, err := a.Issue(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var looking sync.WaitGroup
		stop := make(chan struct{})
		for range 4 {
			looking.Go(func() {
				for err := error(nil); err == nil; {
					select {
					case <-stop:
						return
					default:
						_, err = a.Person(t.Context(), token)
					}
				}
			})
		}
		if err := a.Revoke(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Person(t.Context(), token); !errors.Is(err, accounts.ErrNoToken) {
			t.Fatalf("a revoked token gives %v", err)
		}
		close(stop)
		looking.Wait()
		if _, err := a.Person(t.Context(), token); !errors.Is(err, accounts.ErrNoToken) {
			t.Fatalf("a revoked token came back: %v", err)
		}
		if err := a.Revoke(t.Context(), token); !errors.Is(err, accounts.ErrNoToken) {
			t.Fatalf("revoking twice gives %v", err)
		}
	}
}

func TestTheDatabaseDoesNotHoldTheToken(t *testing.T) {
	t.Parallel()
	s, path := open(t)
	if err := s.Wiped(t.Context()); err != nil { // what the migrations wrote: it would move rows while the files are read
		t.Fatal(err)
	}
	a := accounts.New(s, accounts.Options{})
	person, token, err := a.Issue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	raw, err := base64.RawURLEncoding.DecodeString(token)
	if err != nil {
		t.Fatal(err)
	}
	var found string
	for _, name := range []string{path, path + "-wal"} {
		content, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		found += string(content)
	}
	if !strings.Contains(found, person) {
		t.Fatal("the files looked at do not even hold the person")
	}
	if strings.Contains(found, token) || strings.Contains(found, string(raw)) {
		t.Fatal("the token itself is in the database")
	}
}

func TestTheLastUseIsNotedOnceADay(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	now := time.UnixMilli(1_700_000_000_000)
	a := accounts.New(s, accounts.Options{Clock: func() time.Time { return now }})
	_, token, err := a.Issue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		after time.Duration
		seen  time.Duration
	}{{0, 0}, {23 * time.Hour, 0}, {2 * time.Hour, 25 * time.Hour}, {time.Hour, 25 * time.Hour}, {24 * time.Hour, 50 * time.Hour}} {
		now = now.Add(step.after)
		if _, err := a.Person(t.Context(), token); err != nil {
			t.Fatal(err)
		}
		var seen int64
		if err := s.Read().Table("tokens").Select("seen_at").Row().Scan(&seen); err != nil {
			t.Fatal(err)
		}
		if got := time.UnixMilli(seen).Sub(time.UnixMilli(1_700_000_000_000)); got != step.seen {
			t.Errorf("after %v more: seen after %v, want %v", step.after, got, step.seen)
		}
	}
}

// failing cannot write, as on a full disk.
type failing struct{ *store.Store }

func (failing) Write(context.Context, func(*gorm.DB) error) error { return errors.New("disk full") }

func TestAFullDiskKeepsNobodyFromReading(t *testing.T) {
	t.Parallel()
	s, _ := open(t)
	person, token, err := accounts.New(s, accounts.Options{}).Issue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	later := accounts.New(failing{s}, accounts.Options{
		Clock:  func() time.Time { return time.Now().Add(48 * time.Hour) },
		Logger: slog.New(slog.DiscardHandler),
	})
	if got, err := later.Person(t.Context(), token); got != person || err != nil {
		t.Fatalf("Person = %q, %v", got, err)
	}
	if _, _, err := later.Issue(t.Context()); err == nil {
		t.Fatal("a person was issued that is not stored")
	}
}
