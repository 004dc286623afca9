package web

import (
	"net/http"
	"strings"
	"testing"
)

// Who waits holds a stream that tells them of nothing but that they were let
// in; what else they ask of the room is refused.
func TestWaitingAtTheDoor(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	owner := bearer(token)
	lobby := "/api/rooms/" + code + "/activities/lobby/"
	host := func(do, with string) {
		t.Helper()
		if got := f.post(lobby+do, `{"with":`+with+`}`, owner...); got.status != http.StatusOK {
			t.Fatalf("%s: %d %s", do, got.status, got.body)
		}
	}
	knock := func(name string) (token string) {
		t.Helper()
		got := f.post("/api/rooms/"+code+"/enter", `{"name":"`+name+`"}`)
		if got.status != http.StatusAccepted || got.body != `{"waiting":true}` {
			t.Fatalf("%s: %d %s", name, got.status, got.body)
		}
		return cookie(t, got)
	}
	host("door", `{"policy":"everyone"}`)
	token = knock("Ben")
	ben := bearer(token)
	stream := f.listenAt("/api/rooms/"+code+"/door", "", token)
	for _, path := range []string{"/api/rooms/" + code + "/activities/lobby/view", "/api/rooms/" + code + "/events?watch=lobby", lobby + "read/audit"} {
		if got := f.do("GET", path, "", ben...); got.status != http.StatusForbidden || got.because() != "not-member" {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	if got := f.do("GET", "/api/rooms/"+code+"/door", "", owner...); got.status != http.StatusOK || !strings.Contains(got.body, `"role":"owner"`) {
		t.Errorf("who is in: %d %s", got.status, got.body)
	}
	if got := f.do("GET", "/api/rooms/"+code+"/door", ""); got.status != http.StatusUnauthorized {
		t.Errorf("a stranger: %d %s", got.status, got.body)
	}
	host("admit", `{"all":true}`)
	_, told := stream.next()
	if !strings.Contains(told, `"name":"Ben"`) || !strings.Contains(told, `"role":"participant"`) {
		t.Errorf("Ben was told %s", told)
	}

	stream = f.listenAt("/api/rooms/"+code+"/door", "", knock("Cleo"))
	host("refuse", `{"all":true}`)
	if _, told := stream.next(); !strings.Contains(told, "turned-away") || strings.Contains(told, "Ben") {
		t.Errorf("Cleo was told %s", told)
	}
}
