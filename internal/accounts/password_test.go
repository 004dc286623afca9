package accounts

import (
	"context"
	"errors"
	"strings"
	"sync/atomic"
	"testing"

	"gorm.io/gorm"
)

func saving(row *accountRow) func(*gorm.DB) error {
	return func(tx *gorm.DB) error { return tx.Save(row).Error }
}

func TestARealHashIsArgon2id(t *testing.T) {
	t.Parallel()
	h := newHasher()
	stored, err := h.hash(t.Context(), good)
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(stored, "$argon2id$v=19$m=19456,t=2,p=1$") {
		t.Errorf("stored as %s", stored)
	}
	if other, err := h.hash(t.Context(), good); err != nil || other == stored {
		t.Errorf("the same password is stored alike: %v", err)
	}
	for password, want := range map[string]bool{good: true, good + " ": false, "": false} {
		if right, old, err := h.matches(t.Context(), password, stored); right != want || old || err != nil {
			t.Errorf("%q: %v, %v, %v", password, right, old, err)
		}
	}
	if right, old, err := h.matches(t.Context(), "", h.nobody); right || old || err != nil {
		t.Errorf("nobody's password: %v, %v, %v", right, old, err)
	}
	for _, bad := range []string{"", "plain", "$argon2i$v=19$m=1,t=1,p=1$AAAA$AAAA", "$argon2id$v=19$m=x$AAAA$AAAA", "$argon2id$v=19$m=1,t=1,p=1$!$AAAA"} {
		if _, _, err := h.matches(t.Context(), good, bad); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func TestOnlyAFewPasswordsAreHashedAtATime(t *testing.T) {
	t.Parallel()
	h := newHasher()
	var running, most atomic.Int32
	full, release := make(chan struct{}, 100), make(chan struct{})
	h.derive = func(string, []byte, cost) []byte {
		if n := running.Add(1); n > most.Load() {
			most.Store(n)
		}
		full <- struct{}{}
		<-release
		running.Add(-1)
		return make([]byte, keyBytes)
	}
	done := make(chan error, 20)
	for range 20 {
		go func() { _, err := h.hash(context.Background(), good); done <- err }()
	}
	for range cap(h.slots) {
		<-full
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := h.hash(gone, good); !errors.Is(err, context.Canceled) {
		t.Errorf("who has gone is hashed for: %v", err)
	}
	close(release)
	for range 20 {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if int(most.Load()) > cap(h.slots) {
		t.Errorf("%d at a time, of %d", most.Load(), cap(h.slots))
	}
}
