// Package due looks after what waits in a database for its time.
package due

import (
	"context"
	"log/slog"
	"time"
)

// Idle is how long nobody looks when nothing waits and nobody wakes.
const Idle = time.Hour

// afterFailure is how long nobody looks when looking has failed.
const afterFailure = 15 * time.Second

// Bell wakes who looks after what is due.
type Bell chan struct{}

// NewBell is a bell that nobody has rung yet.
func NewBell() Bell { return make(Bell, 1) }

// Ring says that there is something new. It does not wait.
func (b Bell) Ring() {
	select {
	case b <- struct{}{}:
	default: // it has rung already
	}
}

// Run looks again and again until ctx ends: look does what is due, and tells how
// long nothing is to be done, 0 if it has to be called again at once. The bell
// ends a pause.
func Run(ctx context.Context, bell Bell, logger *slog.Logger, look func(context.Context) (time.Duration, error)) {
	for ctx.Err() == nil {
		pause, err := look(ctx)
		if err != nil && ctx.Err() == nil {
			logger.Error("what is due cannot be looked after just now", "error", err)
			pause = afterFailure
		}
		if pause <= 0 {
			continue
		}
		timer := time.NewTimer(pause)
		select {
		case <-timer.C:
		case <-bell:
		case <-ctx.Done():
		}
		timer.Stop()
	}
}

// Until is how long it is until a time, at least a moment and at most Idle; Idle
// if there is none (0). Times are Unix milliseconds.
func Until(next int64, now time.Time) time.Duration {
	if next == 0 {
		return Idle
	}
	return min(Idle, max(time.UnixMilli(next).Sub(now), time.Millisecond))
}
