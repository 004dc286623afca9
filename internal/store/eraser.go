package store

import (
	"context"
	"log/slog"
	"time"

	"plenum/rooms"
)

// Eraser erases the rooms that were deleted long ago, again and again.
type Eraser struct {
	store   *Store
	secrets *Secrets
	o       EraserOptions
	end     context.CancelFunc
	done    chan struct{}
}

// EraserOptions may stay zero.
type EraserOptions struct {
	Every  time.Duration    // how often is looked for such rooms; an hour
	Clock  func() time.Time // time.Now
	Logger *slog.Logger     // slog's default
}

// NewEraser begins to erase. Close it before the store.
func NewEraser(s *Store, secrets *Secrets, o EraserOptions) *Eraser {
	if o.Every == 0 {
		o.Every = time.Hour
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	ctx, end := context.WithCancel(context.Background())
	e := &Eraser{store: s, secrets: secrets, o: o, end: end, done: make(chan struct{})}
	go e.run(ctx)
	return e
}

// Close ends it; what is half erased is erased by the next one.
func (e *Eraser) Close() {
	e.end()
	<-e.done
}

func (e *Eraser) run(ctx context.Context) {
	defer close(e.done)
	for {
		if err := e.Erase(ctx); err != nil && ctx.Err() == nil {
			e.o.Logger.Error("deleted rooms could not be erased; this is tried again", "error", err)
		}
		select {
		case <-time.After(e.o.Every):
		case <-ctx.Done():
			return
		}
	}
}

// Erase erases the rooms that cannot be restored any more, with their secrets.
func (e *Eraser) Erase(ctx context.Context) error {
	until := e.o.Clock().Add(-rooms.KeptDeleted).UnixMilli()
	return e.store.Erase(ctx, until, e.secrets.DestroyRoom)
}
