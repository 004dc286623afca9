package main

import (
	"context"
	"runtime"
	"runtime/debug"
	"time"
)

// calmFor is how often it is looked whether memory can be given back.
const calmFor = 20 * time.Second

// giveBack gives memory back to the system whenever the server has become calm,
// until ctx ends: after a rush Go would keep it for minutes, a third of what
// thousands of idle people take. A busy server keeps what it will use again.
func giveBack(ctx context.Context) {
	ticker := time.NewTicker(calmFor)
	defer ticker.Stop()
	var before, now runtime.MemStats
	runtime.ReadMemStats(&before)
	for {
		select {
		case <-ticker.C:
		case <-ctx.Done():
			return
		}
		runtime.ReadMemStats(&now)
		if isCalm(before, now) && isSpare(now) {
			debug.FreeOSMemory()
			runtime.ReadMemStats(&now)
		}
		before = now
	}
}

// isCalm tells whether hardly anything was allocated between two looks: Go
// itself collects once in two minutes.
func isCalm(before, now runtime.MemStats) bool { return now.NumGC-before.NumGC <= 1 }

// isSpare tells whether giving back is worth a collection: whether so much was
// allocated since the last one, or lies idle, that it is noticed.
func isSpare(now runtime.MemStats) bool {
	const least = 8 << 20
	return now.HeapIdle-now.HeapReleased > least
}
