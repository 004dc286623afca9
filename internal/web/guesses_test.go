package web

import (
	"fmt"
	"net/http"
	"testing"

	"golang.org/x/time/rate"

	"plenum/rooms"
)

func TestWrongCodesAreCountedAndRightOnesNot(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, owner := f.room()
	guesser := f.someone()
	for i := range guessesPerPerson {
		if got := f.get(fmt.Sprintf("/api/rooms/%s", wrong(i)), bearer(guesser)...); got.status != http.StatusNotFound {
			t.Fatalf("guess %d: %d %s", i, got.status, got.body)
		}
		if got := f.get("/api/rooms/"+code, bearer(owner)...); got.status != http.StatusOK {
			t.Fatalf("a right code: %d %s", got.status, got.body)
		}
	}
	got := f.get("/api/rooms/"+wrong(99), bearer(guesser)...)
	if got.status != http.StatusTooManyRequests || got.because() != "tries" || got.header.Get("Retry-After") == "" {
		t.Fatalf("one guess too many: %d %s", got.status, got.body)
	}
	if got := f.get("/api/rooms/"+code, bearer(guesser)...); got.status != http.StatusTooManyRequests {
		t.Fatalf("the guesser finds out about a right code: %d", got.status)
	}
	if conn, status := f.dial(code, bearer(guesser)...); conn != nil || status != http.StatusTooManyRequests {
		t.Fatalf("the guesser's socket: %d", status)
	}
	// The neighbours behind the same address.
	if got := f.post("/api/rooms/"+code+"/enter", `{"name":"Bob"}`); got.status != http.StatusOK {
		t.Fatalf("a neighbour cannot enter: %d %s", got.status, got.body)
	}
}

func TestAnAddressThatGuessesKeepsItsMembers(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, owner := f.room()
	stranger := f.someone()
	for range guessesPerAddress {
		f.site.guesses.wrong("127.0.0.1", "")
	}
	for range guessesPerPerson {
		owners, err := f.people.Person(t.Context(), owner)
		if err != nil {
			t.Fatal(err)
		}
		f.site.guesses.people.take(owners)
	}
	if got := f.get("/api/rooms/" + code); got.status != http.StatusTooManyRequests {
		t.Errorf("an unknown person: %d", got.status)
	}
	if got := f.get("/api/rooms/"+code, bearer(stranger)...); got.status != http.StatusOK {
		t.Errorf("a known person without wrong codes: %d", got.status)
	}
	if got := f.get("/api/rooms/"+code, bearer(owner)...); got.status != http.StatusOK {
		t.Errorf("a member: %d", got.status)
	}
}

func TestGuessesFromEverywhereLetCleanAddressesIn(t *testing.T) {
	t.Parallel()
	g := newGuesses()
	g.everywhere, g.addresses = rate.NewLimiter(0, guessesEverywhere), newAllowance(0, guessesPerAddress) // no time passes
	for i := range guessesEverywhere {
		g.wrong(fmt.Sprintf("10.1.%d.%d", i/256, i%256), "")
	}
	if g.allowed("10.1.0.1", "") {
		t.Error("a guessing address is let in")
	}
	if !g.allowed("10.2.0.1", "") {
		t.Error("a clean address is locked out")
	}
}

func TestRoomsMadeFromOneAddressAreLimited(t *testing.T) {
	t.Parallel()
	f := start(t, options(func(o *Options) { o.Limits.RoomsPerHour = 3 }))
	for range 3 {
		f.room()
	}
	got := f.post("/api/rooms", `{"title":"One more","name":"Ada"}`)
	if got.status != http.StatusTooManyRequests || got.because() != "tries" || got.header.Get("Set-Cookie") != "" {
		t.Fatalf("%d %s", got.status, got.body)
	}
}

func TestAWrongCodeStoresNobody(t *testing.T) {
	t.Parallel()
	f := start(t)
	for _, code := range []string{wrong(1), "K7TQ2MX", "K7TQ2", "K7TQ2%00", "..%2f..", "K7TQ2O", "%27OR1=1"} {
		got := f.post("/api/rooms/"+code+"/enter", `{"name":"Bob"}`)
		if got.status != http.StatusNotFound || got.header.Get("Set-Cookie") != "" {
			t.Errorf("%s: %d %s", code, got.status, got.body)
		}
	}
	var people int64
	if err := f.store.Read().Table("people").Count(&people).Error; err != nil || people != 0 {
		t.Fatalf("%d people, %v", people, err)
	}
}

// wrong is a code that no room has, unless by one chance in 900 million.
func wrong(i int) string {
	code := []byte("222222")
	for place := 5; i > 0; place-- {
		code[place] = rooms.CodeAlphabet[i%len(rooms.CodeAlphabet)]
		i /= len(rooms.CodeAlphabet)
	}
	return string(code)
}
