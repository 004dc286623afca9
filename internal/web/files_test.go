package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"

	"plenum/rooms"
)

// paperKind is a kind that files can be put into and that reads give as files.
var paperKind = rooms.Kind{
	Name: "paper", Format: 1,
	Commands: map[string]rooms.Needs{"fill": {Role: rooms.Editor, Class: rooms.Write}, "sign": {Role: rooms.Viewer, Class: rooms.Write},
		"try": {Role: rooms.Viewer, Class: rooms.Write, Guess: true}},
	Files: map[string]rooms.FromFile{"fill": func(mediaType string, file []byte) (json.RawMessage, error) {
		if mediaType != "text/plain" {
			return nil, rooms.Refuse("file-type", "Only text.")
		}
		if string(file) == "panic" {
			panic("a file that nobody thought of")
		}
		return json.Marshal(string(file))
	}},
	Reads: map[string]rooms.Read{"copy": {Least: rooms.Viewer, Do: func(ctx context.Context, r rooms.Reading) (any, error) {
		view, err := r.View(ctx)
		if err != nil {
			return nil, err
		}
		return rooms.File{Name: r.Title + ` "ü".txt`, Type: "text/plain; charset=utf-8", Write: func(w io.Writer) error {
			if _, err := w.Write(view); err != nil || r.Ask["fail"] == "" {
				return err
			}
			return errors.New("the disk of somebody else is full")
		}}, nil
	}}},
	Plain: plainSheet,
	New:   func(json.RawMessage) (rooms.Activity, error) { return &sheet{}, nil },
}

type sheet struct{ text string }

func (s *sheet) Decide(c rooms.Command) ([]rooms.Event, error) {
	if c.Do == "try" && string(c.With) != `"right"` {
		return nil, rooms.ErrCodeWrong
	}
	return []rooms.Event{{Did: "filled", With: c.With}}, nil
}
func (s *sheet) Apply(e rooms.Event)   { s.text = string(e.With) }
func (s *sheet) View(rooms.Member) any { return s.text }

func (f *fixture) paper() (at string, owner []string) {
	f.t.Helper()
	code, token := f.room()
	made := f.post("/api/rooms/"+code+"/activities/lobby/add", `{"with":{"kind":"paper","title":"Plan"}}`, bearer(token)...)
	for _, e := range made.field(f.t, "events").([]any) {
		if with := e.(map[string]any)["with"].(map[string]any); with["kind"] == "paper" {
			return "/api/rooms/" + code + "/activities/" + with["id"].(string), bearer(token)
		}
	}
	f.t.Fatalf("no paper: %s", made.body)
	return "", nil
}

func TestFileAsCommand(t *testing.T) {
	t.Parallel()
	f := start(t)
	at, owner := f.paper()
	typed := func(kind string) []string { return append([]string{"Content-Type", kind}, owner...) }
	if got := f.post(at+"/fill?peer=script-of-ada&n=1", "hello", typed("text/plain; charset=utf-8")...); got.status != 200 || got.field(t, "done") != 1.0 {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := f.post(at+"/fill?peer=script-of-ada&n=1", "hello", typed("text/plain")...); got.status != 200 || got.field(t, "events") != nil {
		t.Errorf("a repeated number: %d %s", got.status, got.body)
	}
	if got := f.get(at+"/view", owner...); got.field(t, "view") != `"hello"` {
		t.Errorf("it holds %s", got.body)
	}
	stranger := f.someone()
	f.post(strings.Split(at, "/activities")[0]+"/enter", `{"name":"Ben"}`, bearer(stranger)...)
	for _, c := range []struct {
		path, kind, body, because string
		status                    int
		who                       []string
	}{
		{"/fill", "text/html", "x", "file-type", 415, owner},
		{"/fill", "application/pdf", "x", "content-type", 415, owner},
		{"/fill", "text/plain", "panic", "broken", 500, owner},
		{"/sign", "text/plain", "x", "unknown", 404, owner},
		{"/nothing", "text/plain", "x", "unknown", 404, owner},
		{"/fill?n=-1", "text/plain", "x", "malformed", 400, owner},
		{"/fill?n=1", "text/plain", "x", "malformed", 400, owner},
		{"/fill", "text/plain", strings.Repeat("x", largeBody+1), "too-big", 413, owner},
		{"/fill", "text/plain", "panic", "role", 403, bearer(stranger)},
		{"/fill", "text/plain", "panic", "token", 401, nil},
	} {
		got := f.post(at+c.path, c.body, append([]string{"Content-Type", c.kind}, c.who...)...)
		if got.status != c.status || got.because() != c.because {
			t.Errorf("%s as %s of %.10q: %d %s", c.path, c.kind, c.body, got.status, got.body)
		}
	}
}

func TestReadAsFile(t *testing.T) {
	t.Parallel()
	f := start(t)
	at, owner := f.paper()
	f.post(at+"/fill", "hello", append([]string{"Content-Type", "text/plain"}, owner...)...)
	got := f.get(at+"/read/copy", owner...)
	if got.status != 200 || got.body != `"\"hello\""` || got.header.Get("Content-Type") != "text/plain; charset=utf-8" {
		t.Errorf("%d %s %v", got.status, got.body, got.header)
	}
	if name := got.header.Get("Content-Disposition"); name != `attachment; filename*=utf-8''Plan%20%22%C3%BC%22.txt` {
		t.Errorf("it is called %s", name)
	}
	if policy := got.header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") {
		t.Errorf("in a browser it may %s", policy)
	}
	if packed := f.get(at+"/read/copy", append([]string{"Accept-Encoding", "gzip"}, owner...)...); packed.header.Get("Content-Encoding") != "gzip" {
		t.Errorf("%v", packed.header)
	}
	if again := f.get(at+"/read/copy", "Authorization", "Bearer nobody"); again.status != http.StatusUnauthorized {
		t.Errorf("anybody may read it: %d", again.status)
	}
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+f.host+at+"/read/copy?fail=1", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set(owner[0], owner[1])
	if response, err := http.DefaultClient.Do(request); err == nil {
		defer response.Body.Close()
		if _, err := io.ReadAll(response.Body); err == nil {
			t.Error("half a file looks whole")
		}
	}
}
