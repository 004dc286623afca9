package web

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"plenum/internal/search"
)

// texts are what an answer found.
func texts(t *testing.T, body string) string {
	t.Helper()
	var a search.Answer
	if err := json.Unmarshal([]byte(body), &a); err != nil {
		t.Fatalf("%q: %v", body, err)
	}
	var all []string
	for _, r := range a.Results {
		all = append(all, r.Type+" "+r.Text)
	}
	return strings.Join(all, ", ")
}

// untilFound reads a live search to an answer with these results.
func (l *listener) untilFound(want string) {
	l.t.Helper()
	for {
		if _, data := l.next(); texts(l.t, data) == want {
			return
		}
	}
}

// A search is of the person whose cookie or token it is.
func TestSearch(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	f.listenAt("/api/search/live?q=team", "", token).untilFound("room Team day")
	if got := f.get("/api/search?q=team&room="+strings.ToLower(code), bearer(token)...); texts(t, got.body) != "room Team day" {
		t.Errorf("its member finds %s", got.body)
	}
	if got := f.get("/api/search?q=team", bearer(f.someone())...); got.status != http.StatusOK || texts(t, got.body) != "" || strings.Contains(got.body, "Team") {
		t.Errorf("somebody else finds %s", got.body)
	}
	for path, status := range map[string]int{
		"/api/search":                           http.StatusOK,
		"/api/search?q=team&limit=100&zone=480": http.StatusOK,
		"/api/search?q=team&limit=0":            http.StatusBadRequest,
		"/api/search?q=team&limit=101":          http.StatusBadRequest,
		"/api/search?q=team&limit=x":            http.StatusBadRequest,
		"/api/search?q=team&zone=961":           http.StatusBadRequest,
		"/api/search?q=team&zone=x":             http.StatusBadRequest,
		"/api/search?q=team&room=x":             http.StatusBadRequest,
		"/api/search?q=%ff%00%22*":              http.StatusOK,
	} {
		if got := f.get(path, bearer(token)...); got.status != status {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	for _, path := range []string{"/api/search?q=team", "/api/search/live?q=team"} {
		if got := f.get(path); got.status != http.StatusUnauthorized || got.because() != "token" {
			t.Errorf("%s without a token: %d %s", path, got.status, got.body)
		}
	}
}

// An open list hears what changes, and what may not be seen any more.
func TestLiveSearch(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	guest := f.someone()
	entered := f.post("/api/rooms/"+code+"/enter", `{"name":"Ben"}`, bearer(guest)...)
	heard := f.listenAt("/api/search/live?q=team", "", guest)
	heard.untilFound("room Team day")
	f.post("/api/rooms/"+code+"/activities/lobby/title", `{"with":{"title":"Team evening"}}`, bearer(token)...)
	heard.untilFound("room Team evening")
	member := entered.field(t, "member").(map[string]any)["id"].(string)
	f.post("/api/rooms/"+code+"/activities/lobby/remove", `{"with":{"member":"`+member+`"}}`, bearer(token)...)
	heard.untilFound("")
}

// Who searches too fast is told so, and nobody else.
func TestSearchesAreLimited(t *testing.T) {
	t.Parallel()
	f := start(t)
	_, token := f.room()
	last := 0
	for range 20 * searchBurst {
		if last = f.get("/api/search", bearer(token)...).status; last == http.StatusTooManyRequests {
			break
		}
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the last of many searches answered %d", last)
	}
	if got := f.get("/api/search", bearer(f.someone())...); got.status != http.StatusOK {
		t.Errorf("somebody else is answered %d", got.status)
	}
}
