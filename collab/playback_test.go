package collab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/rooms"
)

// The steps of a playback lead from one revision to the other.
func TestPlayback(t *testing.T) {
	t.Parallel()
	p, all := writtenBy(seeded(t), 1500)
	last := len(all) - 1
	for _, ask := range [][3]int{{0, last, 100}, {0, last, 1}, {300, 310, 100}, {300, 311, 3}, {last, last, 5}, {0, last + 5, 500}} {
		got, err := p.do(t, playback, fmt.Sprint("from=", ask[0]), fmt.Sprint("to=", ask[1]), fmt.Sprint("most=", ask[2]))
		if err != nil {
			t.Fatalf("%v: %v", ask, err)
		}
		answer := got.(Playback)
		start := walker{text: all[ask[0]]}
		raw, _ := start.content()
		content, err := delta.Parse(raw)
		if err != nil {
			t.Fatal(err)
		}
		for _, step := range answer.Steps {
			if content, err = delta.Apply(content, step.Change); err != nil {
				t.Fatalf("%v: %v", ask, err)
			}
			then := walker{text: all[step.To]}
			if raw, _ := then.content(); string(raw) != content.String() {
				t.Fatalf("%v: at %d it plays %s, not %s", ask, step.To, content, raw)
			}
		}
		if len(answer.Steps) > ask[2] || answer.To != uint64(min(ask[1], last)) {
			t.Errorf("%v: %d steps to %d", ask, len(answer.Steps), answer.To)
		}
	}
}

// An answer goes only so far; what follows is asked for from there.
func TestPlaybackIsBounded(t *testing.T) {
	t.Parallel()
	got, err := typed(maxPlayed+10).do(t, playback, "most=3")
	if answer := got.(Playback); err != nil || answer.To != maxPlayed || len(answer.Steps) != 3 {
		t.Errorf("%d steps to %d, %v", len(answer.Steps), answer.To, err)
	}
	p := &archive{frames: map[uint64]rooms.Frame{}}
	for i := range 10 {
		with := fmt.Appendf(nil, `{"rev":%d,"change":[{"insert":%q}]}`, i+1, strings.Repeat("x", maxPlayedBytes/4))
		p.log = append(p.log, rooms.Event{Seq: uint64(i + 1), Did: "changed", With: with})
	}
	got, err = p.do(t, playback)
	if answer := got.(Playback); err != nil || answer.To != 4 {
		t.Errorf("big changes: to %d, %v", answer.To, err)
	}
}

func TestHostileParameters(t *testing.T) {
	t.Parallel()
	p := typed(20)
	for _, ask := range []struct{ read, with, want string }{
		{"revision", "rev=21", "range"}, {"revision", "rev=-1", "malformed"}, {"revision", "rev=", "malformed"}, {"revision", "rev=1e3", "malformed"},
		{"revision", "rev=99999999999999999999", "malformed"}, {"revision", "rev=20", ""}, {"revision", "other=1", ""},
		{"sum", "rev=21", "range"}, {"sum", "rev=-1", "malformed"}, {"sum", "rev=20", ""}, {"sum", "other=1", ""},
		{"timeline", "from=21", "range"}, {"timeline", "from=5&to=4", "range"}, {"timeline", "most=0", "parts"}, {"timeline", "most=501", "parts"}, {"timeline", "most=500", ""},
		{"timeline", "to=x", "malformed"}, {"timeline", "from=20", ""}, {"timeline", "to=9223372036854775807", ""}, {"timeline", "to=9223372036854775808", "malformed"},
		{"playback", "from=21&to=22", "range"}, {"playback", "from=9223372036854775807", ""}, {"playback", "most=-1", "malformed"}, {"playback", "most=501", "parts"},
	} {
		_, err := p.do(t, Kind.Reads[ask.read].Do, strings.Split(ask.with, "&")...)
		if code(err) != ask.want {
			t.Errorf("%s %s: %v, want %q", ask.read, ask.with, err, ask.want)
		}
	}
}

// All walkers' tickets come back, whatever becomes of the walks.
func TestTicketsComeBack(t *testing.T) {
	t.Parallel()
	p := typed(3)
	p.log[2].With = json.RawMessage(`{"rev":7,"change":[]}`)
	for range 2 * walkersAtATime {
		if _, err := p.do(t, revision, "rev=3"); err == nil {
			t.Fatal("a log with a hole was read")
		}
		if _, err := p.do(t, revision, "rev=2"); err != nil {
			t.Fatal(err)
		}
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for range walkersAtATime {
		walkers <- struct{}{}
	}
	_, err := revision(ended, p.reading(nil))
	for range walkersAtATime {
		<-walkers
	}
	if !errors.Is(err, context.Canceled) {
		t.Errorf("who has gone waits for a ticket: %v", err)
	}
}
