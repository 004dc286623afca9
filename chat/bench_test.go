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
// messages at a time, among which stand those of one long thread; and
// BenchmarkPagingAThread through that. PLENUM_MESSAGES and PLENUM_REPLIES say how
// long they are; a million takes a minute to write. The 95th percentile is reported.
func BenchmarkPaging(b *testing.B) { benchmarkPaging(b, 0) }

func BenchmarkPagingAThread(b *testing.B) { benchmarkPaging(b, 1) }

func benchmarkPaging(b *testing.B, thread uint64) {
	messages, replies := sizeIn(b, "PLENUM_MESSAGES", 20_000), sizeIn(b, "PLENUM_REPLIES", 2_000)
	s, err := store.Open(b.Context(), filepath.Join(b.TempDir(), "long.db"), store.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if err := s.Create(b.Context(), rooms.Head{Room: "r", Code: "LONG", Epoch: "e", Term: 1}); err != nil {
		b.Fatal(err)
	}
	head := write(b, s, messages, replies)
	r := rand.New(rand.NewPCG(1, 2))
	var took []time.Duration
	for b.Loop() {
		ask := map[string]string{"before": fmt.Sprint(head/10 + r.Uint64N(head*9/10)), "limit": "50"}
		if thread > 0 {
			ask["thread"] = fmt.Sprint(thread)
		}
		start := time.Now()
		answer, err := older(b.Context(), readingOf(s, head, ask))
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

func sizeIn(b *testing.B, name string, size int) int {
	b.Helper()
	if said := os.Getenv(name); said != "" {
		var err error
		if size, err = strconv.Atoi(said); err != nil {
			b.Fatal(err)
		}
	}
	return size
}

// write fills a chat: every message of some length, every tenth with a reaction,
// every twentieth read by somebody, and in between the replies to the first, every
// tenth with a reaction, too. Every hundredth message has a reply of its own.
func write(b *testing.B, s *store.Store, messages, replies int) (head uint64) {
	b.Helper()
	each := max(1, messages/max(1, replies)) // so many messages between two replies
	replied := 0
	for done := 0; done < messages; {
		batch := rooms.Batch{Room: "r", Term: 1, After: head, Mark: fmt.Sprint(head)}
		put := func(did string, thread, about uint64, content any, erasable bool) {
			with, err := json.Marshal(content)
			if err != nil {
				b.Fatal(err)
			}
			head++
			batch.Events = append(batch.Events, rooms.Event{
				Seq: head, In: "chat", Did: did, With: with, By: "m1", At: int64(head), Format: 4, About: about, Thread: thread, Erasable: erasable,
			})
		}
		say := func(thread uint64, count int) {
			text := fmt.Sprintf("This is message %d of a long conversation between many people.", head)
			content := said{Text: &text, Name: "Ada", Colour: 3}
			if thread > 0 {
				content.Began, content.Replies = "m1", &Replies{count, int64(head)}
			}
			put("said", thread, 0, content, true)
		}
		for range 5000 {
			say(0, 0)
			if done%10 == 0 {
				put("reacted", 0, head, reacted{Of: head, Emoji: "👍", On: true, Name: "Ben"}, false)
			}
			if done%20 == 0 {
				put("read", 0, 0, readThrough{Seq: head}, false)
			}
			if done%100 == 99 {
				say(head, 1)
			}
			if done%each == 0 && replied < replies {
				replied++
				say(1, replied)
				if replied%10 == 0 {
					put("reacted", 1, head, reacted{Of: head, Emoji: "👍", On: true, Name: "Ben"}, false)
				}
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
	words := func(ctx context.Context, thread, after, before uint64, limit int, newest bool) ([]rooms.Event, error) {
		through := head
		if before > 0 {
			through = min(head, before-1)
		}
		return s.Events(ctx, rooms.Query{Room: "r", Activity: "chat", After: after, Through: through, Limit: limit, Newest: newest, Words: true, Thread: thread})
	}
	about := func(ctx context.Context, thread, from, to uint64) ([]rooms.Event, error) {
		return s.Events(ctx, rooms.Query{Room: "r", Activity: "chat", Through: head, Thread: thread, AboutFrom: from, AboutTo: to})
	}
	newests := func(ctx context.Context, threads []uint64) ([]rooms.Event, error) {
		return s.Events(ctx, rooms.Query{Room: "r", Activity: "chat", Through: head, Newests: threads})
	}
	return rooms.Reading{Ask: ask, Words: words, About: about, Newests: newests}
}
