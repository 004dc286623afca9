package due

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"
)

// A pause lasts as long as was said, a bell ends it, and what fails is tried again.
func TestRun(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		begun := time.Now()
		var at []time.Duration
		answers := []struct {
			pause time.Duration
			err   error
		}{{0, nil}, {time.Minute, nil}, {0, errors.New("no disk")}, {Idle, nil}, {Idle, nil}}
		bell := NewBell()
		go Run(ctx, bell, slog.New(slog.DiscardHandler), func(context.Context) (time.Duration, error) {
			answer := answers[len(at)]
			at = append(at, time.Since(begun))
			return answer.pause, answer.err
		})
		time.Sleep(2 * time.Minute)
		bell.Ring()
		synctest.Wait()
		want := []time.Duration{0, 0, time.Minute, time.Minute + afterFailure, 2 * time.Minute}
		if len(at) != len(want) {
			t.Fatalf("it looked at %v", at)
		}
		for i := range want {
			if at[i] != want[i] {
				t.Errorf("look %d was after %v, want %v", i, at[i], want[i])
			}
		}
	})
}

func TestUntil(t *testing.T) {
	t.Parallel()
	now := time.UnixMilli(1_000_000)
	for next, want := range map[int64]time.Duration{
		0: Idle, 1: time.Millisecond, 1_000_000: time.Millisecond, 1_005_000: 5 * time.Second, 900_000_000: Idle,
	} {
		if got := Until(next, now); got != want {
			t.Errorf("until %d: %v, want %v", next, got, want)
		}
	}
}
