package web

import (
	"bufio"
	"context"
	"crypto/tls"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"plenum/rooms"
)

// listener is a client of server-sent events.
type listener struct {
	t     *testing.T
	lines *bufio.Reader
	last  string // the id that it would come back with
	stop  context.CancelFunc
}

func (f *fixture) listen(code, watch, last, token string) *listener {
	f.t.Helper()
	return f.listenAt("/api/rooms/"+code+"/events?watch="+watch, last, token)
}

func (f *fixture) listenAt(path, last, token string) *listener {
	f.t.Helper()
	ctx, stop := context.WithCancel(f.t.Context())
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+f.host+path, nil)
	if err != nil {
		f.t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token)
	if last != "" {
		request.Header.Set("Last-Event-ID", last)
	}
	client := &http.Client{Transport: &http.Transport{DisableKeepAlives: true}}
	response, err := client.Do(request)
	if err != nil {
		f.t.Fatal(err)
	}
	f.t.Cleanup(func() { stop(); response.Body.Close() })
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "text/event-stream; charset=utf-8" {
		f.t.Fatalf("the stream answered %d", response.StatusCode)
	}
	return &listener{t: f.t, lines: bufio.NewReader(response.Body), last: last, stop: stop}
}

// next is the next event's data, and its name if it has one.
func (l *listener) next() (name, data string) {
	l.t.Helper()
	for {
		line, err := l.lines.ReadString('\n')
		if err != nil {
			l.t.Fatalf("the stream ended: %v", err)
		}
		line = strings.TrimSuffix(line, "\n")
		switch field, value, _ := strings.Cut(line, ": "); field {
		case "id":
			l.last = value
		case "event":
			name = value
		case "data":
			data = value
		case "":
			if data != "" {
				return name, data
			}
		}
	}
}

// heard is what a listener learns from frames.
type heard struct {
	Joined bool
	Events []struct {
		Did  string
		With struct{ Title string }
	}
	Watch map[string]struct {
		View    json.RawMessage
		Refused string
		Events  []struct {
			Did  string
			With struct{ Title string }
		}
	}
}

// until reads frames to the first that fits.
func (l *listener) until(fits func(heard) bool) heard {
	l.t.Helper()
	for {
		_, data := l.next()
		var h heard
		if err := json.Unmarshal([]byte(data), &h); err != nil {
			l.t.Fatalf("%q: %v", data, err)
		}
		if fits(h) {
			return h
		}
	}
}

func titled(title string) func(heard) bool {
	return func(h heard) bool {
		for _, answer := range h.Watch {
			h.Events = append(h.Events, answer.Events...)
		}
		return slices.ContainsFunc(h.Events, func(e struct {
			Did  string
			With struct{ Title string }
		}) bool {
			return e.Did == "titled" && e.With.Title == title
		})
	}
}

func viewed(h heard) bool { return h.Watch["lobby"].View != nil }

func (f *fixture) title(code, token, title string, n int) {
	f.t.Helper()
	body := fmt.Sprintf(`{"with":{"title":%q},"peer":"p-12345678","n":%d}`, title, n)
	if got := f.post("/api/rooms/"+code+"/activities/lobby/title", body, bearer(token)...); got.status != http.StatusOK {
		f.t.Fatalf("title: %d %s", got.status, got.body)
	}
}

func TestAStreamTellsWhatASocketWould(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	l := f.listen(code, "lobby", "", token)
	l.until(func(h heard) bool { return h.Joined })
	l.until(viewed)
	f.title(code, token, "id: 7 data: x", 1)
	l.until(titled("id: 7 data: x"))
	if l.last == "" {
		t.Fatal("after a whole frame there is no id")
	}
	l.stop()

	f.title(code, token, "Two", 2)
	back := f.listen(code, "lobby", l.last, token)
	missed := back.until(func(h heard) bool { return h.Watch["lobby"].Events != nil || viewed(h) })
	if viewed(missed) || !titled("Two")(missed) || titled("id: 7 data: x")(missed) {
		t.Fatalf("came back to %+v", missed)
	}
}

func TestAStreamMayBeSilentForLongerThanAWrite(t *testing.T) {
	t.Parallel()
	const wait = time.Second // long enough for a handshake on a busy machine
	f := start(t, options(func(o *Options) { o.Limits.StreamWait = wait }))
	code, token := f.room()
	secure := httptest.NewUnstartedServer(f.site.Handler())
	secure.EnableHTTP2 = true
	secure.Config.WriteTimeout = wait
	secure.StartTLS()
	defer secure.Close()
	for proto, client := range map[string]*http.Client{
		"HTTP/2.0": secure.Client(),
		"HTTP/1.1": {Transport: &http.Transport{TLSClientConfig: secure.Client().Transport.(*http.Transport).TLSClientConfig.Clone(), TLSNextProto: map[string]func(string, *tls.Conn) http.RoundTripper{}}},
	} {
		if proto == "HTTP/1.1" {
			client.Transport.(*http.Transport).TLSClientConfig.NextProtos = nil
		}
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, secure.URL+"/api/rooms/"+code+"/events?watch=lobby", nil)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+token)
		response, err := client.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		if response.Proto != proto {
			t.Fatalf("it speaks %s, want %s", response.Proto, proto)
		}
		l := &listener{t: t, lines: bufio.NewReader(response.Body)}
		l.until(viewed)
		<-time.After(2 * wait) // nothing is said for longer than a write may take
		title := "After a silence over " + proto
		if got := f.post("/api/rooms/"+code+"/activities/lobby/title", `{"with":{"title":"`+title+`"}}`, bearer(token)...); got.status != http.StatusOK {
			t.Fatal(got.body)
		}
		l.until(titled(title))
	}
}

func TestAStreamWithADoubtfulIDStartsAfresh(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	l := f.listen(code, "lobby", "", token)
	l.until(viewed)
	f.title(code, token, "One", 1)
	l.until(titled("One"))
	parts := strings.Split(l.last, ":")
	for _, last := range []string{
		"17", "::::", "x", parts[0] + ":1:wrong:" + parts[3], "another:" + strings.Join(parts[1:], ":"),
		strings.Join(parts[:3], ":"), parts[0] + ":99999:" + parts[2] + ":" + parts[3],
	} {
		f.listen(code, "lobby", last, token).until(viewed)
	}
}

func TestAStreamIsRefusedWithAStatus(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	for path, want := range map[string]int{
		code + "/events": 400, code + "/events?watch=,": 400, wrong(3) + "/events?watch=lobby": 404,
		code + "/events?watch=" + strings.Repeat("x,", 201): 400,
	} {
		if got := f.get("/api/rooms/"+path, bearer(token)...); got.status != want {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
	}
	if got := f.get("/api/rooms/"+code+"/events?watch=lobby", bearer(f.someone())...); got.status != http.StatusForbidden {
		t.Errorf("a stranger: %d %s", got.status, got.body)
	}
}

func TestAStreamEndsWithItsReason(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	l := f.listen(code, "lobby", "", token)
	l.until(viewed)
	f.site.StopUpgrades()
	go f.site.Drain(t.Context())
	for {
		if name, data := l.next(); name == "closed" {
			if data != fmt.Sprintf(`{"code":%d}`, rooms.CloseRestart) {
				t.Errorf("closed with %s", data)
			}
			return
		}
	}
}

func TestAStreamThatIsNotReadIsBounded(t *testing.T) {
	t.Parallel()
	c := newStreamConn()
	c.Send(make([]byte, 2*backlogLimit))
	for range 10_000 {
		c.Send(make([]byte, 1000))
	}
	if _, last := c.take(); last == nil || last.code != rooms.CloseSlow {
		t.Error("it was not ended")
	}
	if got := c.Backlog(); got > 3*backlogLimit {
		t.Errorf("%d bytes wait", got)
	}
}

// What is told is a script: frames, and after each the id that a client may
// come back with.
func TestAnIDCoversEverythingWatched(t *testing.T) {
	t.Parallel()
	told := newTold(nil, []string{"a", "b"})
	list := listOf([]string{"b", "a"})
	for i, step := range []struct{ frame, id string }{
		{`{"joined":true,"epoch":"e","seq":5,"mark":"m5"}`, ""},
		{`{"watch":{"a":{"kind":"chat","view":{},"seq":5}}}`, ""},
		{`{"seq":6,"mark":"m6","events":[{}]}`, ""}, // b may have missed something
		{`{"watch":{"b":{"refused":"loading"}}}`, ""},
		{`{"seq":7,"mark":"m7","events":[{}]}`, ""},
		{`{"watch":{"b":{"seq":7}}}`, ""},
		{`{"presence":{}}`, ""},
		{`{"seq":8,"mark":"m8","events":[{}]}`, "e:8:m8:" + list},
		{`{"done":[1],"seq":9}`, ""},
		{`{"beat":{"seq":10,"mark":"m10","frames":3}}`, "e:10:m10:" + list},
		{`{"seq":12,"mark":"m12","watch":{"a":{"view":{},"seq":11}}}`, ""},
		{`{"seq":13,"mark":"m13","watch":{"a":{"view":{},"seq":13}}}`, "e:13:m13:" + list},
		{`nonsense`, ""},
		{`{"watch":{"a":{"refused":"no-activity"}}}`, ""},
		{`{"seq":14,"mark":"m14","events":[{}]}`, ""},
		{`{"watch":{"a":{"view":{},"seq":14}}}`, ""},
		{`{"seq":15,"mark":"m15","events":[{}]}`, "e:15:m15:" + list},
	} {
		if got := told.id([]byte(step.frame)); got != step.id {
			t.Errorf("step %d, %s: %q, want %q", i, step.frame, got, step.id)
		}
	}
	if readTold("e:8:m8:"+list, []string{"a", "b", "c"}) != nil {
		t.Error("an id is taken for another list")
	}
	if got := readTold("e:8:m8:"+list, []string{"b", "a"}); got == nil || *got != (mark{"e", 8, "m8"}) {
		t.Errorf("an id is not taken: %+v", got)
	}
}
