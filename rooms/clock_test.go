package rooms_test

import (
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"sync/atomic"
	"testing"
	"time"
	"unsafe"

	"plenum/chat"
	"plenum/rooms"
)

// wallClock is the machine's clock after somebody has set it: what it shows has
// changed, what passes has not.
type wallClock struct{ ahead atomic.Int64 } // seconds

func (c *wallClock) now() time.Time {
	t := time.Now()
	// A time has the seconds it shows in the upper bits of its first word, and
	// what passes in the second. No method changes one without the other.
	*(*int64)(unsafe.Pointer(&t)) += c.ahead.Load() << 30
	return t
}

// setClock opens the hall again with a clock that can be set.
func (s *stage) setClock(c *wallClock) { s.t.Helper(); s.goBy(c.now) }

// goBy opens the hall again with a clock.
func (s *stage) goBy(clock func() time.Time) {
	s.t.Helper()
	if err := s.hall.Close(s.t.Context()); err != nil {
		s.t.Fatal(err)
	}
	s.hall = rooms.NewHall(rooms.Options{
		Kinds: []rooms.Kind{chat.Kind, trapKind}, Log: s.faults, Build: "test", Clock: clock,
		Logger: slog.New(slog.NewTextHandler(io.Discard, nil)),
	})
}

// 36: the server's clock goes back by an hour while people talk. What is told
// keeps its order and its pace, and a timer ends when the clock says so.
func TestBadInput36ClockGoesBack(t *testing.T) {
	t.Parallel()
	clock := &wallClock{}
	before := clock.now()
	clock.ahead.Store(-3600)
	after := clock.now()
	if shown := after.UnixMilli() - before.UnixMilli(); after.Sub(before) < 0 || shown > -3_500_000 || shown < -3_600_000 {
		t.Fatalf("this clock cannot be set: %v became %v", before, after)
	}
	clock.ahead.Store(0)

	s := newStage(t)
	s.enter("ben", "Ben")
	talk, later, soon := s.add("chat", rooms.Viewer), s.add("trap", rooms.Viewer), s.add("trap", rooms.Viewer)
	s.setClock(clock)
	watch := map[string]int{talk: -1, later: -1, soon: -1}
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, watch)
	ben := s.mustJoin("ben", "peer-ben1", 1, nil, watch)
	say := func(n int, text string) {
		ben.say(fmt.Sprintf(said(n, text), talk))
		ada.has("events", text)
	}
	say(1, "before")
	ada.say(fmt.Sprintf(`{"in":%q,"do":"in","with":60000,"n":1}`, later))
	ada.has("events", `"in"`)
	known := ada.place()

	clock.ahead.Store(-3600)
	for n := 2; n <= 20; n++ {
		say(n, fmt.Sprint("an hour earlier ", n))
	}
	ben.say(fmt.Sprintf(`{"signal":"typing","in":%q,"with":{}}`, talk))
	ada.has("signals", "typing")
	ada.say(fmt.Sprintf(`{"in":%q,"do":"in","with":50,"n":2}`, soon))
	ada.until("the new timer", woken(soon))
	s.inOrder(talk, 20)
	if ada.saw(`"in":"`+later+`","did":"wake"`) || ada.closedBy() != 0 || ben.closedBy() != 0 {
		t.Error("a timer ended too early, or somebody was cut")
	}

	s.setClock(clock) // and a restart does not mind
	back := s.mustJoin("ada", "peer-ada1", 3, known, map[string]int{talk: int(known.Seq)})
	missed := back.has("watch", `"events"`)
	if n := count(string(missed["watch"]), "an hour earlier"); n != 19 {
		t.Errorf("resumed with %d of 19", n)
	}
	s.inOrder(talk, 20)
	last := s.mustJoin("ada", "peer-ada2", 1, nil, map[string]int{later: -1})
	last.has("watch", `"woken":false`)
	clock.ahead.Store(61)
	last.until("the first timer", woken(later))
}

func woken(id string) func(map[string]rawMessage) bool {
	return func(f map[string]rawMessage) bool { return contains(f["events"], `"in":"`+id+`","did":"wake"`) }
}

// inOrder makes sure that a chat is in the order of the log, whatever times
// its messages bear.
func (s *stage) inOrder(id string, messages int) {
	s.t.Helper()
	answer, err := s.hall.View(s.t.Context(), s.code, "ada", id)
	if err != nil {
		s.t.Fatal(err)
	}
	var shown struct {
		View struct {
			Messages []struct {
				Seq uint64
				At  int64
			}
		}
	}
	if err := json.Unmarshal(answer, &shown); err != nil {
		s.t.Fatal(err)
	}
	all := shown.View.Messages
	if len(all) != messages || all[1].At >= all[0].At {
		s.t.Fatalf("the clock did not go back: %+v", all)
	}
	for i := 1; i < len(all); i++ {
		if all[i].Seq <= all[i-1].Seq {
			s.t.Errorf("%d comes after %d", all[i].Seq, all[i-1].Seq)
		}
	}
}
