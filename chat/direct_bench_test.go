package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// BenchmarkPagingATalk pages at random through a long talk of two in the real
// store, 50 messages at a time, among which stand those of a thousand other
// talks. PLENUM_MESSAGES says how many messages there are; every second is of the
// long one. The 95th percentile is reported.
func BenchmarkPagingATalk(b *testing.B) {
	messages := sizeIn(b, "PLENUM_MESSAGES", 20_000)
	s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "long.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if err := s.Create(b.Context(), rooms.Head{Room: "r", Code: "LONG", Epoch: "e", Term: 1}); err != nil {
		b.Fatal(err)
	}
	head := writeTalks(b, s, messages)
	reading := readingOf(s, head, nil)
	reading.Reader = rooms.Member{ID: "m0"}
	reading.Words = func(ctx context.Context, thread, after, before uint64, limit int, newest bool) ([]rooms.Event, error) {
		return s.Events(ctx, rooms.Query{Room: "r", Activity: "direct", After: after, Through: max(before, 1) - 1, Limit: limit, Newest: newest, Words: true, Thread: thread})
	}
	reading.About = func(ctx context.Context, thread, from, to uint64) ([]rooms.Event, error) {
		return s.Events(ctx, rooms.Query{Room: "r", Activity: "direct", Through: head, Thread: thread, AboutFrom: from, AboutTo: to})
	}
	reading.Events = func(ctx context.Context, after, before uint64, _ int, _ bool) ([]rooms.Event, error) {
		return s.Events(ctx, rooms.Query{Room: "r", Activity: "direct", After: after, Through: before - 1})
	}
	r := rand.New(rand.NewPCG(1, 2))
	var took []time.Duration
	for b.Loop() {
		reading.Ask = map[string]string{"thread": "1", "before": fmt.Sprint(head/10 + r.Uint64N(head*9/10)), "limit": "50"}
		start := time.Now()
		answer, err := directOlder(b.Context(), reading)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := json.Marshal(answer); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
		if got := len(answer.(DirectPage).Messages); got != 50 {
			b.Fatalf("%d messages", got)
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}

// writeTalks begins a thousand and one talks of m0, and fills them.
func writeTalks(b *testing.B, s *store.Store, messages int) (head uint64) {
	b.Helper()
	const others = 1000
	batch := rooms.Batch{Room: "r", Term: 1}
	put := func(did string, thread uint64, other int, content any) {
		with, err := json.Marshal(content)
		if err != nil {
			b.Fatal(err)
		}
		head++
		batch.Events = append(batch.Events, rooms.Event{
			Seq: head, In: "direct", Did: did, With: with, By: "m0", At: int64(head), Format: 1, Thread: thread, Erasable: true,
			To: rooms.Between("m0", fmt.Sprint("m", 1+other)),
		})
	}
	store := func() {
		batch.Mark = fmt.Sprint(head)
		if err := s.Append(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
		batch.After, batch.Events = head, nil
	}
	for other := range others + 1 {
		put("began", 0, other, began{[2]Person{{ID: "m0", Name: "Ada"}, {ID: fmt.Sprint("m", 1+other), Name: "Ben"}}})
	}
	for n := range messages {
		other := 0
		if n%2 == 1 {
			other = 1 + n/2%others
		}
		text := fmt.Sprintf("This is message %d of a long conversation between two people.", n)
		put("said", uint64(1+other), other, said{Text: &text, Name: "Ada", Colour: 3, inThread: inThread{Thread: uint64(1 + other)}})
		if n%5000 == 0 {
			store()
		}
	}
	store()
	return head
}
