package web

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"plenum/rooms"
)

// odd are bodies that nothing sensible sends. None of them may be a 500.
func odd() map[string]string {
	deep := strings.Repeat(`[`, 10_000) + strings.Repeat(`]`, 10_000)
	return map[string]string{
		"empty":             "",
		"space":             " \n",
		"null":              "null",
		"array":             `[{"title":"x","name":"Ada"}]`,
		"string":            `"title"`,
		"number":            "17",
		"cut off":           `{"title":"x"`,
		"two":               `{"title":"x","name":"Ada"}{}`,
		"array for string":  `{"title":["x"],"name":["Ada"],"with":[],"n":[1],"role":["host"]}`,
		"object for string": `{"title":{"$gt":""},"name":{"$gt":""},"peer":{"$gt":""},"role":{"$gt":""}}`,
		"number for string": `{"title":1,"name":2,"peer":3,"role":4}`,
		"deep":              `{"title":` + deep + `,"name":` + deep + `,"with":` + deep + `}`,
		"deep objects":      `{"with":` + strings.Repeat(`{"a":`, 10_000) + `1` + strings.Repeat(`}`, 10_000) + `}`,
		"1e999":             `{"title":1e999,"name":1e999,"n":1e999,"role":1e999}`,
		"-0":                `{"n":-0,"title":-0,"name":-0,"role":-0}`,
		"beyond 2^53":       `{"title":9007199254740993,"name":9007199254740993,"n":99999999999999999999,"role":1}`,
		"negative":          `{"n":-1,"title":-1,"name":-1,"role":-1}`,
		"not UTF-8":         "{\"title\":\"\xff\xfe\",\"name\":\"\xc3\x28\",\"role\":\"\xff\"}",
		"byte order mark":   "\uFEFF{\"title\":\"x\",\"name\":\"Ada\"}",
		"NUL":               "{\"title\":\"x\x00\"}",
		"a comment":         `{/* */"title":"x"}`,
		"a trailing comma":  `{"title":"x",}`,
		"NaN":               `{"title":NaN}`,
		"HTML":              `<html>`,
	}
}

func TestOddBodiesAreRefusedAndNeverBreak(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	for _, path := range []string{
		"/api/rooms", "/api/rooms/" + code + "/enter", "/api/rooms/" + code + "/links", "/api/rooms/" + code + "/activities/lobby/title",
	} {
		for name, body := range odd() {
			got := f.post(path, body, append(bearer(token), "Content-Type", "application/json")...)
			if got.status < 400 || got.status >= 500 || strings.HasPrefix(got.because(), "no JSON") || got.field(t, "say") == "" {
				t.Errorf("%s, %s: %d %.200s", path, name, got.status, got.body)
			}
		}
	}
	if got := f.get("/api/rooms/" + code); got.field(t, "title") != "Team day" {
		t.Errorf("the room is called %s", got.body)
	}
	if strings.Contains(f.log.String(), "level=ERROR") {
		t.Errorf("the log has errors:\n%s", f.log.String())
	}
}

func TestTheLastOfEqualKeysCounts(t *testing.T) {
	t.Parallel()
	f := start(t)
	made := f.post("/api/rooms", `{"title":"One","title":"Two","name":"Ada"}`)
	if about := f.get("/api/rooms/" + made.field(t, "code").(string)); about.field(t, "title") != "Two" {
		t.Errorf("%s", about.body)
	}
}

func TestBodiesAreBounded(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	for _, test := range []struct {
		path string
		size int
		want int
	}{
		{"/api/rooms/" + code + "/enter", 64 << 10, http.StatusOK},
		{"/api/rooms/" + code + "/enter", 64<<10 + 1, http.StatusRequestEntityTooLarge},
		{"/api/rooms/" + code + "/activities/lobby/name", 8 << 20, http.StatusOK},
		{"/api/rooms/" + code + "/activities/lobby/name", 8<<20 + 1, http.StatusRequestEntityTooLarge},
	} {
		body := `{"name":"Ada","with":{"name":"Ada"},"peer":"p-12345678","n":1,"rest":""}`
		body = body[:len(body)-2] + strings.Repeat("x", test.size-len(body)) + `"}`
		if got := f.post(test.path, body, bearer(token)...); got.status != test.want {
			t.Errorf("%s, %d bytes: %d %.200s", test.path, test.size, got.status, got.body)
		}
		if got := f.chunked(test.path, body, token); got != test.want {
			t.Errorf("%s, %d bytes of no told length: %d", test.path, test.size, got)
		}
	}
}

// chunked posts without a Content-Length.
func (f *fixture) chunked(path, body, token string) int {
	f.t.Helper()
	request, err := http.NewRequestWithContext(f.t.Context(), http.MethodPost, "http://"+f.host+path, struct{ *strings.Reader }{strings.NewReader(body)})
	if err != nil {
		f.t.Fatal(err)
	}
	request.ContentLength = -1
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Authorization", "Bearer "+token)
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		f.t.Fatal(err)
	}
	defer response.Body.Close()
	return response.StatusCode
}

func TestOnlyJSONIsTaken(t *testing.T) {
	t.Parallel()
	f := start(t)
	for kind, want := range map[string]int{
		"application/json": 201, "Application/JSON; charset=utf-8": 201,
		"text/plain": 415, "application/x-www-form-urlencoded": 415, "multipart/form-data": 415, "": 415, "application/json;;": 415, "application/jsonp": 415,
	} {
		got := f.post("/api/rooms", `{"title":"T","name":"Ada"}`, "Content-Type", kind)
		if got.status != want {
			t.Errorf("%q: %d %s", kind, got.status, got.body)
		}
	}
}

// failingHall fails in ways that no refusal describes.
type failingHall struct {
	Hall
	fail func() error
}

func (h failingHall) About(context.Context, string, string) (rooms.About, error) {
	return rooms.About{}, h.fail()
}

func TestWhatBreaksIsToldByItsNumberOnly(t *testing.T) {
	t.Parallel()
	for name, fail := range map[string]func() error{
		"an error": func() error { return errors.New("secret path /var/db") },
		"a panic":  func() error { panic("secret state") },
	} {
		f := start(t, options(func(o *Options) { o.Hall = failingHall{o.Hall, fail} }))
		got := f.get("/api/rooms/K7TQ2M")
		if got.status != http.StatusInternalServerError || got.because() != "broken" || strings.Contains(got.body, "secret") {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
		id := got.field(t, "id").(string)
		if log := f.log.String(); !strings.Contains(log, "id="+id) || !strings.Contains(log, "secret") {
			t.Errorf("%s: the log does not have %s:\n%s", name, id, log)
		}
	}
}

func TestRefusalsHaveFittingStatuses(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		err    error
		status int
		code   string
	}{
		{rooms.ErrNoRoom, 404, "no-room"}, {rooms.ErrRemoved, 403, "removed"}, {rooms.ErrMalformed, 400, "malformed"},
		{rooms.WaitRate, 429, "rate"}, {rooms.WaitBusy, 503, "busy"}, {rooms.ErrTooBig, 413, "too-big"},
		{rooms.Refuse("closed", "This poll is closed."), 409, "closed"},
		{fmt.Errorf("try: %w", rooms.ErrFull), 409, "full"}, {errors.Join(nil, rooms.ErrLocked), 403, "locked"},
		{context.DeadlineExceeded, 503, "busy"},
	} {
		f := start(t, options(func(o *Options) { o.Hall = failingHall{o.Hall, func() error { return test.err }} }))
		got := f.get("/api/rooms/K7TQ2M")
		var said complaint
		if err := json.Unmarshal([]byte(got.body), &said); err != nil {
			t.Fatal(err)
		}
		if got.status != test.status || said.Because != test.code || said.Say == "" {
			t.Errorf("%v: %d %s", test.err, got.status, got.body)
		}
	}
}

func TestSlowHeadersAndBodiesAreCut(t *testing.T) {
	t.Parallel()
	f := start(t, options(func(o *Options) {
		o.Limits.HeaderWait, o.Limits.BodyWait = 100*time.Millisecond, 100*time.Millisecond
	}))
	for name, request := range map[string]string{
		"header": "GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ",
		"body":   "POST /api/rooms HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 50\r\n\r\n{",
	} {
		conn, err := net.Dial("tcp", f.host)
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		if _, err := conn.Write([]byte(request)); err != nil {
			t.Fatal(err)
		}
		if err := conn.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
			t.Fatal(err)
		}
		// It must come to an end by itself; what is answered before is not the point.
		reader := bufio.NewReader(conn)
		for err == nil {
			_, err = reader.ReadByte()
		}
		var timeout net.Error
		if errors.As(err, &timeout) && timeout.Timeout() {
			t.Errorf("a slow %s is waited for", name)
		}
	}
	big := f.get("/", "X-Big", strings.Repeat("x", 20<<10))
	if big.status != http.StatusRequestHeaderFieldsTooLarge {
		t.Errorf("a header of 20 KiB: %d", big.status)
	}
}
