package web

import (
	"fmt"
	"net/http"
	"testing"
	"time"
)

func TestEachWrongPasswordMakesTheNextWaitLonger(t *testing.T) {
	t.Parallel()
	now := time.Unix(1_700_000_000, 0)
	tries := newTries(func() time.Time { return now })
	for i := range freeTries {
		if !tries.begin("ada", "campus") {
			t.Fatalf("try %d is refused", i)
		}
	}
	for wait := time.Second; wait < longestWait; wait *= 2 {
		now = now.Add(wait - time.Millisecond)
		if tries.begin("ada", "campus") {
			t.Fatalf("before %v have passed", wait)
		}
		now = now.Add(time.Millisecond)
		if !tries.begin("ada", "campus") {
			t.Fatalf("after %v have passed", wait)
		}
	}
	if tries.begin("ada", "campus") {
		t.Error("one more")
	}
	if !tries.begin("ada", "home") {
		t.Error("who sits elsewhere is kept out of their account")
	}
	if !tries.begin("bob", "campus") {
		t.Error("somebody else of the campus is kept out")
	}
	now = now.Add(longestWait)
	if !tries.begin("ada", "campus") {
		t.Error("the longest wait is longer than the longest wait")
	}
	now = now.Add(waitsForget)
	for i := range freeTries {
		if !tries.begin("ada", "campus") {
			t.Errorf("try %d much later is refused", i)
		}
	}
}

func TestACampusSignsInAndAGuesserDoesNot(t *testing.T) {
	t.Parallel()
	tries := newTries(time.Now)
	for i := range 2 * triesPerNetwork {
		student := fmt.Sprint("student ", i)
		if !tries.begin(student, "campus") {
			t.Fatalf("%s is kept out", student)
		}
		tries.right(student, "campus")
	}
	allowed := 0
	for i := range 2 * triesPerNetwork {
		if tries.begin(fmt.Sprint("victim ", i), "guesser") {
			allowed++
		}
	}
	if allowed < triesPerNetwork || allowed > triesPerNetwork+10 {
		t.Errorf("one network tried %d passwords", allowed)
	}
	allowed = 0
	for i := range 2 * triesPerAccount {
		if tries.begin("ada", fmt.Sprint("bot ", i)) {
			allowed++
		}
	}
	if allowed < triesPerAccount || allowed > triesPerAccount+2 {
		t.Errorf("%d passwords of one account were tried from everywhere", allowed)
	}
}

func TestWaitsAreBounded(t *testing.T) {
	t.Parallel()
	w := newWaits(time.Now)
	for i := range allowanceNames + 10 {
		w.begin(fmt.Sprint(i))
	}
	if len(w.index) != allowanceNames || w.order.Len() != allowanceNames {
		t.Errorf("%d and %d are remembered", len(w.index), w.order.Len())
	}
}

// Known or not, an address is tried as often.
func TestTooManyWrongPasswords(t *testing.T) {
	t.Parallel()
	f := start(t)
	f.post("/api/account", adas)
	for _, email := range []string{"ada@example.org", "nobody@example.org"} {
		body := fmt.Sprintf(`{"email":%q,"password":"wrong horse!"}`, email)
		f.site.tries.waits.clock = func() time.Time { return time.Unix(1_700_000_000, 0) }
		for i := range freeTries {
			if got := f.post("/api/account/login", body); got.because() != "password-wrong" {
				t.Fatalf("%s, try %d: %d %s", email, i, got.status, got.body)
			}
		}
		got := f.post("/api/account/login", body)
		if got.status != http.StatusTooManyRequests || got.because() != "tries" || got.header.Get("Retry-After") == "" {
			t.Errorf("%s: %d %s", email, got.status, got.body)
		}
	}
	if got := f.post("/api/account/login", adas); got.status != http.StatusTooManyRequests {
		t.Errorf("the right password gets through, and shows itself: %d", got.status)
	}
}
