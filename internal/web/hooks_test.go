package web

import (
	"net/http"
	"testing"
)

// Webhooks are for hosts alone, also to look at.
func TestHooksAreForHosts(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	ben := f.someone()
	if got := f.post("/api/rooms/"+code+"/enter", `{"name":"Ben"}`, bearer(ben)...); got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	at := "/api/rooms/" + code + "/hooks"
	for _, ask := range []struct{ method, path, because string }{
		{"GET", at, ""}, {"POST", at, "hook-address"}, {"DELETE", at + "/h", "hook"}, {"POST", at + "/h/secret", "hook"}, {"POST", at + "/h/on", "hook"},
		{"POST", at + "/h/ping", "hook"}, {"GET", at + "/h/deliveries", "hook"}, {"POST", at + "/h/deliveries/msg_1", "hook"},
	} {
		for person, want := range map[string]string{ben: "role", f.someone(): "not-member", "wrong": "token", token: ask.because} {
			got := f.do(ask.method, ask.path, `{"url":"https://127.0.0.1/","what":["x"]}`, bearer(person)...)
			if want == "" && got.status != http.StatusOK || want != "" && got.because() != want {
				t.Errorf("%s %s: %d %s, not %q", ask.method, ask.path, got.status, got.body, want)
			}
		}
	}
	if got := f.do("POST", at, `{}`, "Cookie", "plenum="+token, "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site"); got.because() != "origin" {
		t.Errorf("of another site: %d %s", got.status, got.body)
	}
}
