package store

import (
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"plenum/rooms"
)

// BenchmarkGroupCommit is rooms that append one event at a time, all at once,
// as loaded rooms do: an event with its settled row.
func BenchmarkGroupCommit(b *testing.B) {
	for _, submitters := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprint(submitters), func(b *testing.B) { benchmarkSubmitters(b, submitters, false) })
	}
}

// BenchmarkGroupCommitEventsOnly leaves the settled rows out.
func BenchmarkGroupCommitEventsOnly(b *testing.B) {
	for _, submitters := range []int{1, 10, 100, 1000} {
		b.Run(fmt.Sprint(submitters), func(b *testing.B) { benchmarkSubmitters(b, submitters, true) })
	}
}

func benchmarkSubmitters(b *testing.B, submitters int, eventsOnly bool) {
	s := openNew(b)
	for i := range submitters {
		create(b, s, fmt.Sprint("r", i))
	}
	each := max(1, b.N/submitters)
	took := make([][]time.Duration, submitters)
	b.ResetTimer()
	start := time.Now()
	var wait sync.WaitGroup
	for i := range submitters {
		wait.Go(func() {
			room := fmt.Sprint("r", i)
			for n := range each {
				batch := batchOf(room, uint64(n), 1)
				if !eventsOnly {
					batch.Settled = []rooms.Settled{{Room: room, Peer: "p1", Member: "m1", Last: uint64(n)}}
				}
				began := time.Now()
				if err := s.Append(b.Context(), batch); err != nil {
					b.Error(err)
					return
				}
				took[i] = append(took[i], time.Since(began))
			}
		})
	}
	wait.Wait()
	b.StopTimer()
	all := slices.Concat(took...)
	slices.Sort(all)
	b.ReportMetric(float64(len(all))/time.Since(start).Seconds(), "batches/s")
	b.ReportMetric(float64(all[len(all)/2].Microseconds())/1000, "p50-ms")
	b.ReportMetric(float64(all[len(all)*99/100].Microseconds())/1000, "p99-ms")
}
