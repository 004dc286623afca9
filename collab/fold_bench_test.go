package collab

import (
	"context"
	"errors"
	"flag"
	"io"
	"log/slog"
	"math"
	"slices"
	"testing"
	"time"

	"plenum/rooms"
)

// timed is an archive that measures how long each fold takes, and how much of that
// is work: the rest is waiting for the disk and for other programs.
type timed struct {
	rooms.Archive
	took []time.Duration
	work []time.Duration // of the processor
	b    *testing.B
}

func (t *timed) Fold(ctx context.Context, f rooms.Fold) error {
	began, used := time.Now(), cpu(t.b)
	err := t.Archive.Fold(ctx, f)
	t.took, t.work = append(t.took, time.Since(began)), append(t.work, cpu(t.b)-used)
	return err
}

var foldedChanges = flag.Int("folded", 1_000_000, "how many changes BenchmarkCompaction puts together")

// BenchmarkCompaction puts a document of a million changes together.
func BenchmarkCompaction(b *testing.B) {
	p := openRoom(b)
	p.writeLog(b, *foldedChanges)
	ready := func() {
		for {
			if _, err := p.read("person-0", "timeline", nil); err == nil {
				return
			} else if !errors.Is(err, ErrPreparing) {
				b.Fatal(err)
			}
		}
	}
	ready()
	if _, err := p.hall.View(b.Context(), p.code, "person-0", p.doc); err != nil {
		b.Fatal(err)
	}
	p.restart() // it is saved
	sizes := func(when string) {
		var events, contents, frames, live, text int64
		err := p.store.Read().Raw(`SELECT (SELECT count(*) FROM events), (SELECT sum(length(content)) FROM events),
			(SELECT coalesce(sum(length(state) + length("index")), 0) FROM frames),
			(SELECT (page_count - freelist_count) * page_size FROM pragma_page_count, pragma_freelist_count, pragma_page_size),
			(SELECT sum(length(state)) FROM checkpoints WHERE activity = ?)`, p.doc).Row().Scan(&events, &contents, &frames, &live, &text)
		if err != nil {
			b.Fatal(err)
		}
		b.Logf("%s: %d events with %d bytes of content, frames %d bytes, pages in use %d bytes, checkpoint %d", when, events, contents, frames, live, text)
	}
	sizes("before")
	a := &timed{Archive: p.store, b: b}
	c := rooms.NewCompactor(a, []rooms.Kind{Kind}, rooms.CompactorOptions{
		Clock: func() time.Time { return time.Now().AddDate(1, 0, 0) }, Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
	began, used := time.Now(), cpu(b)
	gone, err := c.Compact(b.Context())
	if err != nil {
		b.Fatal(err)
	}
	b.Logf("%d are gone in %v, %v of it CPU", gone, time.Since(began), cpu(b)-used)
	for what, took := range map[string][]time.Duration{"with their commits": a.took, "of CPU": a.work} {
		slices.Sort(took)
		b.Logf("%d folds, %s: half below %v, 99 of 100 below %v, the longest %v", len(took), what, took[len(took)/2], took[len(took)*99/100], took[len(took)-1])
	}
	ready()
	sizes("after")
	for b.Loop() {
		if _, err := p.read("person-0", "revision", of("rev", math.MaxInt64>>1)); err != nil && !errors.Is(err, ErrRange) {
			b.Fatal(err)
		}
	}
}
