package web

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gorilla/websocket"

	"plenum/internal/accounts"
	"plenum/internal/hooks"
	"plenum/internal/notify"
	"plenum/internal/search"
	"plenum/internal/store"
	"plenum/rooms"
)

// fixture is a whole site with its rooms and database, on a port of its own.
type fixture struct {
	t       *testing.T
	site    *Site
	people  *accounts.Accounts
	store   *store.Store
	search  *search.Search
	notices *notify.Notify
	hooks   *hooks.Hooks
	hall    *rooms.Hall
	host    string
	log     *logbook
}

// logbook keeps what was logged.
type logbook struct {
	mu   sync.Mutex
	text bytes.Buffer // guarded by mu
}

func (l *logbook) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(b)
}

func (l *logbook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

var testPages = fstest.MapFS{
	"index.html":            {Data: []byte(`<!doctype html><script nonce="__CSP_NONCE__">app()</script><link nonce="__CSP_NONCE__"><meta name="build" content="__BUILD__">`)},
	"vote.html":             {Data: []byte("<!doctype html><style>a{}</style><script type=\"module\">\r\nvote()</script><script src=\"/x.js\"></script>")},
	"vote.html.br":          {Data: []byte("vote in br")},
	"icon.svg":              {Data: []byte("<svg/>")},
	"icon-192.png":          {Data: []byte("png")},
	"manifest.webmanifest":  {Data: []byte("{}")},
	"sw.js":                 {Data: []byte("worker()")},
	"assets/app-1a2b.js":    {Data: []byte("plain")},
	"assets/app-1a2b.js.br": {Data: []byte("in br")},
	"assets/app-1a2b.js.gz": {Data: []byte("in gzip")},
	"assets/lone-3c4d.css":  {Data: []byte("lone")},
}

func start(t *testing.T, adjust ...func(*Site, *Options)) *fixture {
	t.Helper()
	return startWith(t, func(s *store.Store) *accounts.Accounts { return accounts.New(s, accounts.Options{}) }, adjust...)
}

func startWith(t *testing.T, people func(*store.Store) *accounts.Accounts, adjust ...func(*Site, *Options)) *fixture {
	t.Helper()
	f := &fixture{t: t, log: &logbook{}}
	var err error
	folder := t.TempDir()
	if f.store, err = store.Open(t.Context(), filepath.Join(folder, "plenum.db"), store.Options{}); err != nil {
		t.Fatal(err)
	}
	if f.search, err = search.Open(t.Context(), filepath.Join(folder, "search.db"), f.store, nil, search.Options{}); err != nil {
		t.Fatal(err)
	}
	if f.notices, err = notify.Open(t.Context(), f.store, nil, notify.Options{}); err != nil {
		t.Fatal(err)
	}
	if f.hooks, err = hooks.Open(t.Context(), f.store, nil, hooks.Options{}); err != nil {
		t.Fatal(err)
	}
	f.people = people(f.store)
	logger := slog.New(slog.NewTextHandler(f.log, &slog.HandlerOptions{Level: slog.LevelDebug}))
	f.hall = rooms.NewHall(rooms.Options{Kinds: []rooms.Kind{paperKind}, Log: f.store, Build: "test", Logger: logger})
	o := Options{Hall: f.hall, People: f.people, Search: f.search, Notices: f.notices, Hooks: f.hooks, Pages: testPages, Build: `1<"&2`, Logger: logger}
	for _, change := range adjust {
		change(nil, &o)
	}
	if f.site, err = New(o); err != nil {
		t.Fatal(err)
	}
	for _, change := range adjust {
		change(f.site, nil)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f.host = l.Addr().String()
	served := make(chan error, 1)
	go func() { served <- f.site.Serve(l, "", "") }()
	t.Cleanup(func() { f.stop(served) })
	return f
}

func (f *fixture) stop(served chan error) {
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	f.site.StopUpgrades()
	f.site.Drain(ctx)
	for what, err := range map[string]error{
		"close hall": f.hall.Close(ctx), "shut down": f.site.Shutdown(ctx), "serve": <-served, "close search": f.search.Close(), "close notices": f.notices.Close(), "close hooks": f.hooks.Close(), "close store": f.store.Close(),
	} {
		if err != nil {
			f.t.Errorf("%s: %v", what, err)
		}
	}
}

func options(change func(*Options)) func(*Site, *Options) {
	return func(_ *Site, o *Options) {
		if o != nil {
			change(o)
		}
	}
}

// joinBy puts something else in the place of the hall's Join.
func joinBy(join joining) func(*Site, *Options) {
	return func(s *Site, _ *Options) {
		if s != nil {
			s.sockets.join = join
		}
	}
}

// someone is a new person's token.
func (f *fixture) someone() string {
	f.t.Helper()
	_, token, err := f.people.Issue(f.t.Context())
	if err != nil {
		f.t.Fatal(err)
	}
	return token
}

// reply is an answer that was read whole.
type reply struct {
	status int
	header http.Header
	body   string
}

func (r reply) because() string {
	var c complaint
	if json.Unmarshal([]byte(r.body), &c) != nil {
		return "no JSON: " + r.body
	}
	return c.Because
}

func (r reply) field(t *testing.T, name string) any {
	t.Helper()
	var all map[string]any
	if err := json.Unmarshal([]byte(r.body), &all); err != nil {
		t.Fatalf("%d %q: %v", r.status, r.body, err)
	}
	return all[name]
}

// do sends a request; headers are name, value, name, value … A body is JSON
// unless the headers say otherwise.
func (f *fixture) do(method, path, body string, headers ...string) reply {
	f.t.Helper()
	request, err := http.NewRequestWithContext(f.t.Context(), method, "http://"+f.host+path, strings.NewReader(body))
	if err != nil {
		f.t.Fatal(err)
	}
	if body != "" {
		request.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i < len(headers); i += 2 {
		if headers[i] == "Host" {
			request.Host = headers[i+1]
			continue
		}
		request.Header.Set(headers[i], headers[i+1])
	}
	client := &http.Client{
		Transport:     &http.Transport{DisableKeepAlives: true, DisableCompression: true},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	response, err := client.Do(request)
	if err != nil {
		f.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		f.t.Fatal(err)
	}
	return reply{response.StatusCode, response.Header, string(text)}
}

func (f *fixture) post(path, body string, headers ...string) reply {
	f.t.Helper()
	return f.do(http.MethodPost, path, body, headers...)
}

func (f *fixture) get(path string, headers ...string) reply {
	f.t.Helper()
	return f.do(http.MethodGet, path, "", headers...)
}

func bearer(token string) []string { return []string{"Authorization", "Bearer " + token} }

// room makes a room and tells its code and its owner's token.
func (f *fixture) room() (code, token string) {
	f.t.Helper()
	token = f.someone()
	made := f.post("/api/rooms", `{"title":"Team day","name":"Ada"}`, bearer(token)...)
	if made.status != http.StatusCreated {
		f.t.Fatalf("create: %d %s", made.status, made.body)
	}
	return made.field(f.t, "code").(string), token
}

// dial opens a socket; on a refusal the status is told.
func (f *fixture) dial(code string, headers ...string) (*websocket.Conn, int) {
	f.t.Helper()
	header := http.Header{}
	dialer := websocket.Dialer{HandshakeTimeout: 10 * time.Second}
	for i := 0; i < len(headers); i += 2 {
		header.Set(headers[i], headers[i+1])
	}
	target := url.URL{Scheme: "ws", Host: f.host, Path: "/api/rooms/" + code + "/socket"}
	conn, response, err := dialer.DialContext(f.t.Context(), target.String(), header)
	if response == nil {
		f.t.Fatal(err)
	}
	if err != nil {
		return nil, response.StatusCode
	}
	f.t.Cleanup(func() { conn.Close() })
	return conn, response.StatusCode
}

func (f *fixture) socket(token string) *websocket.Conn {
	f.t.Helper()
	conn, status := f.dial("K7TQ2M", bearer(token)...)
	if conn == nil {
		f.t.Fatalf("the socket was refused with %d", status)
	}
	return conn
}

// closing reads until the other side closes, and tells the code.
func closing(t *testing.T, conn *websocket.Conn) int {
	t.Helper()
	if err := conn.SetReadDeadline(time.Now().Add(30 * time.Second)); err != nil {
		t.Fatal(err)
	}
	for {
		if _, _, err := conn.ReadMessage(); err != nil {
			closed, ok := err.(*websocket.CloseError)
			if !ok {
				t.Fatalf("the connection ended without a close frame: %v", err)
			}
			return closed.Code
		}
	}
}

func send(t *testing.T, conn *websocket.Conn, frame string) {
	t.Helper()
	if err := conn.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
		t.Fatal(err)
	}
}
