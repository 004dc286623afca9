package rooms

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"slices"
	"time"
)

// How much is looked at, and put together, at a time. One fold holds up all
// writes of the server: it is to take no more than 5 ms.
const (
	agedPage  = 100 // activities
	foldPage  = 64  // events
	keptSight = 50  // rooms whose lobbies are remembered
	foldRest  = 50 * time.Millisecond
)

// Compactor puts the old events of activities together, again and again: those
// that are older than their room keeps them singly. It works beside the rooms, on
// what they have committed, and nobody waits for it.
type Compactor struct {
	archive Archive
	sights  *Sights
	kinds   []Kind
	o       CompactorOptions
	end     context.CancelFunc
	done    chan struct{}
}

// CompactorOptions may stay zero.
type CompactorOptions struct {
	Every  time.Duration    // how often is looked for what is old; an hour
	Clock  func() time.Time // time.Now
	Logger *slog.Logger     // slog's default
}

// NewCompactor makes a compactor; Start it.
func NewCompactor(a Archive, kinds []Kind, o CompactorOptions) *Compactor {
	if o.Every == 0 {
		o.Every = time.Hour
	}
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Compactor{archive: a, sights: NewSights(a, kinds, keptSight), kinds: kinds, o: o, done: make(chan struct{})}
}

// Start begins to compact. Close it before the archive.
func (c *Compactor) Start() {
	ctx, end := context.WithCancel(context.Background())
	c.end = end
	go c.run(ctx)
}

// Close ends what Start has begun. What is half done is gone on with by the next one.
func (c *Compactor) Close() {
	c.end()
	<-c.done
}

func (c *Compactor) run(ctx context.Context) {
	defer close(c.done)
	for {
		if _, err := c.Compact(ctx); err != nil && ctx.Err() == nil {
			c.o.Logger.Error("the history could not be compacted; this is tried again", "error", err)
		}
		select {
		case <-time.After(c.o.Every):
		case <-ctx.Done():
			return
		}
	}
}

// Compact puts together what is old by now, and tells how many events are not
// stored any more. What cannot be put together does not keep the rest from it.
func (c *Compactor) Compact(ctx context.Context) (gone int, err error) {
	now := c.o.Clock()
	before, _ := keptSince(slices.Min(keptFor[:len(keptFor)-1]), now)
	var after Aged
	for {
		found, err := c.archive.Aged(ctx, before, after, agedPage)
		if err != nil {
			return gone, err
		}
		for _, a := range found {
			n, err := c.compact(ctx, a, now)
			gone += n
			if ctx.Err() != nil {
				return gone, ctx.Err()
			}
			if err != nil && !errors.Is(err, ErrMoved) && !errors.Is(err, ErrNoRoom) {
				c.o.Logger.Error("an activity could not be compacted", "room", a.Room, "activity", a.Activity, "error", err)
			}
			after = a
		}
		if len(found) < agedPage {
			return gone, nil
		}
	}
}

// compact puts together what is old in one activity.
func (c *Compactor) compact(ctx context.Context, a Aged, now time.Time) (gone int, err error) {
	sight, err := c.sights.Of(ctx, a.Room)
	if err != nil {
		return 0, err
	}
	listed := sight.all[a.Activity]
	at := slices.IndexFunc(c.kinds, func(k Kind) bool { return k.Name == listed.Kind })
	if at < 0 || !c.kinds[at].Folds {
		return 0, nil
	}
	saved, err := c.archive.Checkpoint(ctx, a.Room, a.Activity)
	if err != nil {
		return 0, err
	}
	f := folding{archive: c.archive, aged: a, saved: saved.Seq}
	f.before = func() (int64, error) {
		sight, err := c.sights.Of(ctx, a.Room)
		if err != nil {
			return 0, err
		}
		before, ends := keptSince(sight.keeping, now)
		if !ends {
			before = math.MinInt64
		}
		return before, nil
	}
	if events, err := f.read(ctx); err != nil || len(events) == 0 {
		return 0, err
	}
	head, err := c.archive.Head(ctx, a.Room)
	if err != nil {
		return 0, err
	}
	l, err := loadActivity(ctx, c.archive, a.Room, a.Activity, c.kinds[at], listed.made, head.Seq, nil)
	if err != nil {
		return 0, err
	}
	f.by, f.seen = l.act.(Folder), head.Seq
	err = f.run(ctx)
	return f.gone, err
}

// folding is one activity whose old events are put together.
type folding struct {
	archive Archive
	by      Folder
	aged    Aged
	before  func() (int64, error) // older than this; the room may say otherwise meanwhile
	saved   uint64                // the seq of the checkpoint
	seen    uint64                // through which by was replayed
	full    bool                  // there may be more than was read
	gone    int
}

// read reads the next old events.
func (f *folding) read(ctx context.Context) ([]Event, error) {
	if f.aged.Seq >= f.saved {
		return nil, nil
	}
	before, err := f.before()
	if err != nil {
		return nil, err
	}
	events, err := f.archive.Events(ctx, Query{Room: f.aged.Room, Activity: f.aged.Activity, After: f.aged.Seq, Through: f.saved, Limit: foldPage})
	f.full = len(events) == foldPage
	if at := slices.IndexFunc(events, func(e Event) bool { return e.At >= before }); at >= 0 {
		events, f.full = events[:at], false
	}
	return events, err
}

// run goes through all of them. What may go on in the next page is read with
// that once more: then it is one event.
func (f *folding) run(ctx context.Context) error {
	for {
		events, err := f.read(ctx)
		if err != nil || len(events) == 0 {
			return err
		}
		for len(events) > 0 {
			n, err := f.fold(ctx, events)
			if err != nil {
				return err
			}
			if n == len(events) && f.full {
				break
			}
			f.aged.Seq, events = events[n-1].Seq, events[n:]
		}
		if err := f.archive.Looked(ctx, f.aged); err != nil {
			return err
		}
	}
}

// fold puts the first of some events together, and tells how many these are.
func (f *folding) fold(ctx context.Context, events []Event) (n int, err error) {
	last := Event{}
	err = sound(func() (err error) {
		n, last.With, err = f.by.Fold(events)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("put events after %d together: %w", f.aged.Seq, err)
	}
	if n <= 1 {
		return 1, nil
	}
	first := events[0]
	last.Seq, last.By, last.FoldedFrom = events[n-1].Seq, first.By, first.Seq
	if first.Folded > 0 {
		last.FoldedFrom = first.FoldedFrom
	}
	into := Fold{
		Room: f.aged.Room, Activity: f.aged.Activity, From: first.Seq, Events: n, Folded: n - 1, Last: last,
		Seen: f.seen, Pins: f.by.Pins(),
	}
	for _, e := range events[:n] {
		into.Folded += e.Folded
	}
	began := time.Now()
	if err := f.archive.Fold(ctx, into); err != nil {
		return 0, err
	}
	f.gone += n - 1
	select { // as long again, all others write
	case <-time.After(min(time.Since(began), foldRest)):
	case <-ctx.Done():
	}
	return n, nil
}
