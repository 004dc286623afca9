package accounts

import (
	"testing"
	"time"
)

func TestChallengesAreGoodOnceForOnePurposeAndFiveMinutes(t *testing.T) {
	t.Parallel()
	c, now := newChallenges(), time.Unix(1_800_000_000, 0)
	first, second := c.give("a", now), c.give("a", now)
	if c.take(first, "b", now) {
		t.Error("it was taken for another purpose")
	}
	if !c.take(first, "a", now.Add(challengeFor-time.Millisecond)) {
		t.Error("it was not taken at the last moment")
	}
	if c.take(first, "a", now) {
		t.Error("it was taken twice")
	}
	if c.take(second, "a", now.Add(challengeFor)) {
		t.Error("it was taken too late")
	}
	for i := range first {
		changed := c.give("a", now)
		changed[i] ^= 1
		if c.take(changed, "a", now) {
			t.Errorf("it was taken with another byte %d", i)
		}
	}
	if c.take(first[1:], "a", now) || c.take(nil, "a", now) {
		t.Error("a part of it was taken")
	}
	if newChallenges().take(c.give("a", now), "a", now) {
		t.Error("one of another server was taken")
	}
}

func TestUsedChallengesAreNotKeptForEver(t *testing.T) {
	t.Parallel()
	c, now := newChallenges(), time.Unix(1_800_000_000, 0)
	for range 100 {
		if !c.take(c.give("a", now), "a", now) {
			t.Fatal("it was not taken")
		}
	}
	now = now.Add(challengeFor)
	if !c.take(c.give("a", now), "a", now) || len(c.used) != 1 {
		t.Errorf("%d are kept", len(c.used))
	}
}
