package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// beTheProgram makes the test binary the program itself, so that tests start
// real processes without building another binary.
const beTheProgram = "PLENUM_TEST_BE_THE_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(beTheProgram) != "" {
		main()
		panic("main has returned")
	}
	os.Exit(m.Run())
}

// process is a running server of its own.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	url   string
	log   *transcript
	ended chan error
}

// transcript keeps what a process writes and tells of lines as they come.
type transcript struct {
	mu    sync.Mutex
	text  bytes.Buffer // guarded by mu
	lines chan string
}

func (l *transcript) follow(r io.Reader) {
	for scanner := bufio.NewScanner(r); scanner.Scan(); {
		l.mu.Lock()
		l.text.WriteString(scanner.Text() + "\n")
		l.mu.Unlock()
		select {
		case l.lines <- scanner.Text():
		default:
		}
	}
	close(l.lines)
}

func (l *transcript) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.String()
}

// until waits for a line that has a text in it.
func (l *transcript) until(t *testing.T, text string) string {
	t.Helper()
	limit := time.After(patience)
	for {
		select {
		case line, ok := <-l.lines:
			if !ok {
				t.Fatalf("it ended without %q:\n%s", text, l)
			}
			if strings.Contains(line, text) {
				return line
			}
		case <-limit:
			t.Fatalf("no %q came:\n%s", text, l)
		}
	}
}

// spawn starts the program as a process of its own and waits until it listens.
func spawn(t *testing.T, data string, args ...string) *process {
	t.Helper()
	args = append([]string{"--listen", "127.0.0.1:0", "--data", data}, args...)
	p := &process{t: t, cmd: exec.Command(os.Args[0], args...), log: &transcript{lines: make(chan string, 1000)}, ended: make(chan error, 1)}
	p.cmd.Env = append(os.Environ(), beTheProgram+"=1")
	stderr, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	read := make(chan struct{})
	go func() { p.log.follow(stderr); close(read) }()
	go func() { <-read; p.ended <- p.cmd.Wait() }()
	t.Cleanup(func() {
		if err := p.cmd.Process.Kill(); err == nil {
			<-p.ended
		}
	})
	line := p.log.until(t, "msg=listening")
	_, rest, _ := strings.Cut(line, "url=")
	p.url, _, _ = strings.Cut(rest, " ")
	return p
}

// wait tells how the process ended.
func (p *process) wait() error {
	p.t.Helper()
	select {
	case err := <-p.ended:
		p.ended <- err
		return err
	case <-time.After(patience):
		p.t.Fatalf("it does not end:\n%s", p.log)
		return nil
	}
}

func (p *process) signal(s os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// serving is a server inside the test.
type serving struct {
	url     string
	data    string
	program *Program
	stop    func() error // ends it in order
}

func serve(t *testing.T, data string, settings serveCommand) serving {
	t.Helper()
	settings.Listen = "127.0.0.1:0"
	program, err := Open(t.Context(), settings, folder(data), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- program.Run(ctx) }()
	stop := sync.OnceValue(func() error { cancel(); return <-ended })
	t.Cleanup(func() {
		if err := stop(); err != nil {
			t.Error(err)
		}
	})
	return serving{program.addresses().local, data, program, stop}
}

// tab is an open socket that has joined.
type tab struct {
	t    *testing.T
	conn *websocket.Conn
}

// join opens a socket; fields is the rest of the join frame.
func (b *browser) join(code, peer, fields string) *tab {
	b.t.Helper()
	tab := b.open(code)
	tab.send(`{"join":"` + code + `","protocol":1,"peer":"` + peer + `",` + fields + `}`)
	return tab
}

// open opens a room's socket and says nothing yet.
func (b *browser) open(code string) *tab {
	b.t.Helper()
	dialer := websocket.Dialer{Jar: b.jar, TLSClientConfig: b.http.Transport.(*http.Transport).TLSClientConfig}
	address := strings.Replace(b.url, "http", "ws", 1) + "/api/rooms/" + code + "/socket"
	conn, _, err := dialer.DialContext(b.t.Context(), address, http.Header{"Origin": {b.url}})
	if err != nil {
		b.t.Fatal(err)
	}
	b.t.Cleanup(func() { conn.Close() })
	if err := conn.SetReadDeadline(time.Now().Add(patience)); err != nil {
		b.t.Fatal(err)
	}
	return &tab{b.t, conn}
}

func (tab *tab) send(frame string) {
	tab.t.Helper()
	if err := tab.conn.WriteMessage(websocket.TextMessage, []byte(frame)); err != nil {
		tab.t.Fatal(err)
	}
}

// frame is what these tests look at in a frame.
type frame struct {
	Joined  bool
	Forked  bool
	Build   string
	Epoch   string
	Seq     uint64
	Mark    string
	Closing *struct{ After int }
	Member  struct{ ID, Role string }
	Kinds   map[string]permissions
	Watch   map[string]answered
	Events  []event
	Signals []struct{ In, Signal, Peer string }
	Mine    json.RawMessage
	Done    []uint64
	Refused *uint64
	Wait    *uint64
	After   int
	Because string
	Say     string
	Ref     string
	Beat    *struct {
		Seq  uint64
		Mark string
	}
}

// answered is what became of a watch.
type answered struct {
	Seq     uint64
	View    json.RawMessage
	Fetch   string
	Events  []event
	Refused string
}

// permissions is a kind's part of the table in "joined".
type permissions struct {
	Commands, Signals map[string]struct {
		Role       string
		Class      string
		Unnumbered bool
	}
}

type event struct {
	In, Did  string
	By, Peer string
	N        uint64
	Seq      uint64
	At       int64
	With     struct{ ID, Text, Title string }
}

// until reads frames to the first that fits.
func (tab *tab) until(what string, fits func(frame) bool) frame {
	tab.t.Helper()
	for {
		_, text, err := tab.conn.ReadMessage()
		if err != nil {
			tab.t.Fatalf("waiting for %s: %v", what, err)
		}
		var f frame
		if err := json.Unmarshal(text, &f); err != nil {
			tab.t.Fatalf("%q: %v", text, err)
		}
		if fits(f) {
			return f
		}
	}
}

// hears reads to a stored event and tells its frame.
func (tab *tab) hears(did, text string) (frame, event) {
	tab.t.Helper()
	var found event
	f := tab.until(did+" "+text, func(f frame) bool {
		for _, e := range f.Events {
			if e.Did == did && (text == "" || e.With.Text == text) {
				found = e
				return true
			}
		}
		return false
	})
	return f, found
}

// closed reads to the end and tells the close code.
func (tab *tab) closed() int {
	tab.t.Helper()
	for {
		if _, _, err := tab.conn.ReadMessage(); err != nil {
			closing, ok := err.(*websocket.CloseError)
			if !ok {
				tab.t.Fatal(err)
			}
			return closing.Code
		}
	}
}

// all reads to the end and tells how many frames came and the close code; 0 if
// the connection broke without one.
func (tab *tab) all(hear func(frame)) (frames, code int) {
	tab.t.Helper()
	for {
		_, text, err := tab.conn.ReadMessage()
		if err != nil {
			if closing, ok := err.(*websocket.CloseError); ok {
				code = closing.Code
			}
			return frames, code
		}
		var f frame
		if err := json.Unmarshal(text, &f); err != nil {
			tab.t.Fatalf("%q: %v", text, err)
		}
		frames++
		hear(f)
	}
}
