package web

import (
	"fmt"
	"net/http"
	"testing"
)

// One's rooms say what is pinned, for each person by themselves, and what is
// archived; only who is in a room pins it.
func TestRoomsArePinnedAndArchived(t *testing.T) {
	t.Parallel()
	f := start(t)
	first, owner := f.room()
	ada := bearer(owner)
	second := f.post("/api/rooms", `{"title":"Second","name":"Ada"}`, ada...).field(t, "code").(string)
	guest := bearer(f.someone())
	f.post("/api/rooms/"+first+"/enter", `{"name":"Ben"}`, guest...)
	pin := func(code, body string, who []string) reply {
		return f.post("/api/account/rooms/"+code+"/pin", body, who...)
	}
	codes := func(who []string) (all string) {
		for _, one := range f.get("/api/account/rooms", who...).field(t, "rooms").([]any) {
			room := one.(map[string]any)
			all += fmt.Sprintf("%v %v %v; ", room["code"], room["pinned"], room["archived"] != nil)
		}
		return all
	}
	if got, want := codes(ada), first+" <nil> false; "+second+" <nil> false; "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	for range 2 {
		if got := pin(second, `{"on":true}`, ada); got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	if got, want := codes(ada), second+" true false; "+first+" <nil> false; "; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := codes(guest); got != first+" <nil> false; " {
		t.Errorf("another person's: %s", got)
	}
	for what, got := range map[string]reply{
		"not-member": pin(second, `{"on":true}`, guest), "no-room": pin("nowhere", `{"on":true}`, ada),
		"malformed": pin(first, `{}`, ada), "token": pin(first, `{"on":true}`, nil),
	} {
		if got.because() != what {
			t.Errorf("%s: %d %s", what, got.status, got.body)
		}
	}
	archive := func(on bool) {
		t.Helper()
		if got := f.post("/api/rooms/"+first+"/activities/lobby/archive", fmt.Sprintf(`{"with":{"on":%v}}`, on), ada...); got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
	}
	archive(true)
	if got := codes(guest); got != first+" <nil> true; " {
		t.Errorf("archived: %s", got)
	}
	if got := f.post("/api/rooms/"+first+"/activities/lobby/title", `{"with":{"title":"T"}}`, ada...); got.status != http.StatusForbidden || got.because() != "archived" {
		t.Errorf("%d %s", got.status, got.body)
	}
	archive(false)
	pin(second, `{"on":false}`, ada)
	if got, want := codes(ada), first+" <nil> false; "+second+" <nil> false; "; got != want {
		t.Errorf("unpinned: %s, want %s", got, want)
	}
}
