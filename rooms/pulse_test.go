package rooms

import (
	"fmt"
	"slices"
	"testing"
	"time"
)

var noon = time.Date(2026, 11, 30, 12, 0, 0, 0, time.UTC)

// A member taps as often as the pace allows, and what is more is not counted;
// another member has a pace of their own.
func TestReactionsHaveAPace(t *testing.T) {
	t.Parallel()
	s := newPulse()
	taps := func(member string, times int, at time.Time) (counted int) {
		for range times {
			if s.react(member, "clap", at) {
				counted++
			}
		}
		return counted
	}
	if n := taps("ben", tapsAtOnce+5, noon); n != tapsAtOnce {
		t.Errorf("%d were counted at once", n)
	}
	if n := taps("ben", 1, noon.Add(time.Second/tapsPerSecond-time.Millisecond)); n != 0 {
		t.Error("one was counted before its time")
	}
	if n := taps("ben", 2, noon.Add(time.Second/tapsPerSecond+time.Millisecond)); n != 1 {
		t.Errorf("%d were counted after a third of a second", n)
	}
	if n := taps("cleo", 1, noon); n != 1 {
		t.Error("one taps at the cost of another")
	}
	if s.counts["clap"] != tapsAtOnce+2 {
		t.Errorf("counted: %v", s.counts)
	}
	s.age(noon.Add(time.Minute))
	if len(s.taps) != 0 {
		t.Errorf("%d paces are kept of people who do not tap", len(s.taps))
	}
	if n := taps("ben", tapsAtOnce+5, noon.Add(time.Minute)); n != tapsAtOnce {
		t.Errorf("%d were counted after a minute", n)
	}
}

// The pulse is told at once, then four times a second at most, and less often
// to a crowd.
func TestThePulseHasAPace(t *testing.T) {
	t.Parallel()
	s := newPulse()
	if s.rest(noon, 0) > 0 {
		t.Error("the first tap waits")
	}
	s.told = noon
	for _, c := range []struct{ after, period, rest time.Duration }{
		{0, 0, pulsePause},
		{pulsePause - 1, 0, 1},
		{pulsePause, 0, 0},
		{pulsePause, 500 * time.Millisecond, 250 * time.Millisecond},
	} {
		if rest := s.rest(noon.Add(c.after), c.period); rest != c.rest {
			t.Errorf("%s after the last, for a crowd with a pace of %s, it waits %s", c.after, c.period, rest)
		}
	}
}

// Who cannot follow counts once, for a minute after the last tap, and leaves a
// curve of five minutes.
func TestLostForAMinute(t *testing.T) {
	t.Parallel()
	s := newPulse()
	if got := s.digests(Host); len(got) != 0 {
		t.Errorf("hosts are told of nobody: %v", got)
	}
	told := func() lostDigest {
		t.Helper()
		all := s.digests(Owner)
		if len(all) != 1 || all[0].Key != "lost" || len(s.digests(Editor)) != 0 {
			t.Fatalf("told: %v, and to editors %v", all, s.digests(Editor))
		}
		return all[0].With.(lostDigest)
	}
	for _, member := range []string{"ben", "cleo", "ben"} {
		s.loses(member, noon)
	}
	if d := told(); d.People != 2 || !slices.Equal(d.Curve, []int{2}) {
		t.Errorf("two cannot follow: %+v", d)
	}
	s.loses("cleo", noon.Add(30*time.Second))
	if over := s.age(noon.Add(lostFor - 1)); len(over) != 0 {
		t.Errorf("over before their time: %v", over)
	}
	if over := s.age(noon.Add(lostFor)); !slices.Equal(over, []string{"ben"}) {
		t.Errorf("over after a minute: %v", over)
	}
	if d := told(); d.People != 1 || !slices.Equal(d.Curve, []int{2, 2, 2, 2, 2, 2, 1}) {
		t.Errorf("one can follow again: %+v", d)
	}
	s.age(noon.Add(90 * time.Second))
	for i := range 100 {
		s.loses(fmt.Sprint("m", i), noon.Add(time.Hour))
	}
	if d := told(); d.People != 100 || len(d.Curve) != lostSteps || d.Curve[lostSteps-1] != 100 || d.Curve[lostSteps-2] != 0 {
		t.Errorf("an hour later: %+v", d)
	}
}
