package bench

import (
	"sync/atomic"
	"time"
)

// latencies counts how long things took in steps of a tenth of a millisecond,
// so that millions of them cost little while they are measured.
type latencies struct{ counts [100_000]atomic.Int64 }

func (l *latencies) add(took time.Duration) {
	step := int(took / (100 * time.Microsecond))
	l.counts[max(0, min(step, len(l.counts)-1))].Add(1)
}

func (l *latencies) spread() (s Spread, total int64) {
	for i := range l.counts {
		total += l.counts[i].Load()
	}
	at := func(share float64) float64 {
		rest := int64(share * float64(total))
		for i := range l.counts {
			if rest -= l.counts[i].Load(); rest < 0 {
				return float64(i) / 10
			}
		}
		return float64(len(l.counts)) / 10
	}
	if total > 0 {
		s = Spread{at(0.50), at(0.95), at(0.99), at(1 - 1e-12)}
	}
	return s, total
}
