package chat

import (
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// BenchmarkPaging pages at random through a long chat in the real store, 50
// messages at a time. PLENUM_MESSAGES says how long it is; a million takes a
// minute to write. The 95th percentile is reported.
func BenchmarkPaging(b *testing.B) {
	messages := 20_000
	if said := os.Getenv("PLENUM_MESSAGES"); said != "" {
		var err error
		if messages, err = strconv.Atoi(said); err != nil {
			b.Fatal(err)
		}
	}
	s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "long.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if err := s.Create(b.Context(), rooms.Head{Room: "r", Code: "LONG", Epoch: "e", Term: 1}); err != nil {
		b.Fatal(err)
	}
	head := write(b, s, messages)
	r := rand.New(rand.NewPCG(1, 2))
	var took []time.Duration
	for b.Loop() {
		reading := readingOf(s, head, map[string]string{"before": fmt.Sprint(200 + r.Uint64N(head)), "limit": "50"})
		start := time.Now()
		answer, err := older(b.Context(), reading)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := json.Marshal(answer); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
		if got := len(answer.(Page).Messages); got != 50 {
			b.Fatalf("%d messages", got)
		}
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
}

// write fills a chat: every message of some length, every tenth with a reaction,
// every twentieth read by somebody.
func write(b *testing.B, s *store.Store, messages int) (head uint64) {
	b.Helper()
	for done := 0; done < messages; {
		batch := rooms.Batch{Room: "r", Term: 1, After: head, Mark: fmt.Sprint(head)}
		put := func(did string, about uint64, content any, erasable bool) {
			with, err := json.Marshal(content)
			if err != nil {
				b.Fatal(err)
			}
			head++
			batch.Events = append(batch.Events, rooms.Event{
				Seq: head, In: "chat", Did: did, With: with, By: "m1", At: int64(head), Format: 2, About: about, Erasable: erasable,
			})
		}
		for range 5000 {
			text := fmt.Sprintf("This is message %d of a long conversation between many people.", done)
			put("said", 0, said{Text: &text, Name: "Ada", Colour: 3}, true)
			if done%10 == 0 {
				put("reacted", head, reacted{Of: head, Emoji: "👍", On: true, Name: "Ben"}, false)
			}
			if done%20 == 0 {
				put("read", 0, readThrough{Seq: head}, false)
			}
			done++
		}
		if err := s.Append(b.Context(), batch); err != nil {
			b.Fatal(err)
		}
	}
	return head
}

// readingOf is what a hall gives a named read.
func readingOf(s *store.Store, head uint64, ask map[string]string) rooms.Reading {
	words := func(ctx context.Context, after, before uint64, limit int, newest bool) ([]rooms.Event, error) {
		through := head
		if before > 0 {
			through = min(head, before-1)
		}
		return s.Events(ctx, rooms.Query{Room: "r", Activity: "chat", After: after, Through: through, Limit: limit, Newest: newest, Words: true})
	}
	about := func(ctx context.Context, from, to uint64) ([]rooms.Event, error) {
		return s.Events(ctx, rooms.Query{Room: "r", Activity: "chat", Through: head, AboutFrom: from, AboutTo: to})
	}
	return rooms.Reading{Ask: ask, Words: words, About: about}
}
