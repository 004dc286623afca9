package web

import (
	"fmt"
	"net/http"
	"testing"
)

// Wrong passcodes are limited for each person and room; others of the same
// address, who say the right one, get in, and other rooms are not concerned.
func TestPasscodesAreNotGuessed(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, owner := f.room()
	other, _ := f.room()
	set := func(body string, who []string) reply { return f.post("/api/rooms/"+code+"/passcode", body, who...) }
	if got := set(`{"passcode":"together"}`, bearer(owner)); got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	for body, want := range map[string]string{`{}`: "malformed", `{"passcode":"abc"}`: "passcode-length"} {
		if got := set(body, bearer(owner)); got.because() != want {
			t.Errorf("%s: %d %s", body, got.status, got.body)
		}
	}
	enter := func(room, passcode string, who []string) reply {
		return f.post("/api/rooms/"+room+"/enter", fmt.Sprintf(`{"name":"Eve","passcode":%q}`, passcode), who...)
	}
	guesser := bearer(f.someone())
	if got := set(`{"passcode":""}`, guesser); got.because() != "not-member" {
		t.Errorf("a stranger: %d %s", got.status, got.body)
	}
	if got := enter(code, "", guesser); got.status != http.StatusForbidden || got.because() != "passcode" {
		t.Errorf("without: %d %s", got.status, got.body)
	}
	for i := range guessesPerPerson {
		if got := enter(code, fmt.Sprint("wrong ", i), guesser); got.status != http.StatusForbidden || got.because() != "passcode-wrong" {
			t.Fatalf("guess %d: %d %s", i, got.status, got.body)
		}
	}
	if got := enter(code, "together", guesser); got.status != http.StatusTooManyRequests || got.because() != "tries" {
		t.Errorf("one more guess: %d %s", got.status, got.body)
	}
	if got := enter(other, "together", guesser); got.status != http.StatusOK {
		t.Errorf("another room: %d %s", got.status, got.body)
	}
	for _, who := range [][]string{bearer(f.someone()), nil} {
		if got := enter(code, "together", who); got.status != http.StatusOK {
			t.Errorf("another person: %d %s", got.status, got.body)
		}
	}
}
