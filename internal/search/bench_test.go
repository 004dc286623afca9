package search

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"plenum/rooms"
)

// BenchmarkFind is a search among 100,000 messages, in one room or in fifty;
// it reports the 95th percentile, and the time of the processor, which does not
// depend on what else the machine does. go test -bench Find ./internal/search
func BenchmarkFind(b *testing.B) {
	for _, count := range []int{1, 50} {
		w := newWorld(b)
		began := time.Now()
		w.fill(count, 100_000)
		b.Logf("%d rooms: 100,000 items indexed in %v, %d bytes", count, time.Since(began).Round(time.Second), w.count("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"))
		for _, query := range []string{vocabulary(7) + " ", vocabulary(7) + " " + vocabulary(30) + " ", vocabulary(900), vocabulary(900)[:2], "k", vocabulary(0) + " ",
			vocabulary(500) + " " + vocabulary(90) + " " + vocabulary(3)[:3], "数据", "数", "数据库", vocabulary(20_000) + "x", "nothingatall", "from:ada " + vocabulary(7), "type:chat",
			"after:2000 " + vocabulary(7) + " "} {
			b.Run(fmt.Sprintf("%d/%s", count, query), func(b *testing.B) {
				var took []time.Duration
				cpu := processorTime(b)
				for b.Loop() {
					began := time.Now()
					if _, err := w.search.Find(context.Background(), "ada", Ask{Text: query, Today: today()}); err != nil {
						b.Fatal(err)
					}
					took = append(took, time.Since(began))
				}
				b.ReportMetric(float64((processorTime(b)-cpu).Microseconds())/1000/float64(len(took)), "cpu-ms")
				slices.Sort(took)
				b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
			})
		}
	}
}

func processorTime(b *testing.B) time.Duration {
	b.Helper()
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

// fill puts messages into the index: about ten words each, few of them common.
func (w *world) fill(count, items int) {
	w.t.Helper()
	r := rand.New(rand.NewPCG(1, 2))
	zipf := rand.NewZipf(r, 1.1, 5, 30_000)
	han := []rune("数据库讨论预算会议明天今天我们一起写文档投票问题结果很好谢谢")
	for i := range count {
		code, talk := w.room("ada", fmt.Sprintf("Room %d", i))
		id, err := w.store.Find(context.Background(), code)
		if err != nil {
			w.t.Fatal(err)
		}
		w.settle()
		for n := 0; n < items/count; n += 500 {
			_, err := w.search.index.write(context.Background(), id, func(t *writing) error {
				for k := range min(500, items/count-n) {
					var text strings.Builder
					for range 10 {
						text.WriteString(vocabulary(zipf.Uint64()) + " ")
					}
					for range r.IntN(12) {
						text.WriteRune(han[r.IntN(len(han))])
					}
					if err := t.put(talk, rooms.Text{Key: fmt.Sprint(n + k), Text: text.String()}, "m1", int64(n+k)); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				w.t.Fatal(err)
			}
		}
	}
}

// vocabulary is the nth of many words, of two to five syllables; the commonest
// are the shortest.
func vocabulary(n uint64) string {
	const consonants, vowels = "bdfghjklmnprstvw", "aeiou"
	var word strings.Builder
	for n += 80; n > 0; n /= 80 {
		word.WriteByte(consonants[n%16])
		word.WriteByte(vowels[n/16%5])
	}
	return word.String()
}
