package main

import (
	"runtime"
	"testing"
)

func TestMemoryIsGivenBackByTheCalm(t *testing.T) {
	t.Parallel()
	const mib = 1 << 20
	for name, test := range map[string]struct {
		collections    uint32
		idle, released uint64
		want           bool
	}{
		"after a rush":              {1, 30 * mib, 2 * mib, true},
		"in a rush":                 {2, 30 * mib, 2 * mib, false},
		"given back already":        {0, 30 * mib, 29 * mib, false},
		"too little to be worth it": {0, 9 * mib, 1 * mib, false},
	} {
		before := runtime.MemStats{NumGC: 7}
		now := runtime.MemStats{NumGC: 7 + test.collections, HeapIdle: test.idle, HeapReleased: test.released}
		if got := isCalm(before, now) && isSpare(now); got != test.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}
