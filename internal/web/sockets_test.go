package web

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"plenum/rooms"
)

// parlour is what sockets are joined to in these tests: it tells the test of
// every connection and of every frame, and lets it send.
type parlour struct {
	joined chan *guest
	refuse error // of every join, if not nil
}

type guest struct {
	conn  rooms.Conn
	heard chan string
	left  chan struct{}
}

func newParlour() *parlour { return &parlour{joined: make(chan *guest, 300)} }

func (p *parlour) join(_ context.Context, _ place, frame []byte, conn rooms.Conn) (peer, error) {
	if p.refuse != nil {
		return nil, p.refuse
	}
	g := &guest{conn: conn, heard: make(chan string, 100), left: make(chan struct{})}
	g.heard <- string(frame)
	p.joined <- g
	return g, nil
}

func (g *guest) Receive(frame []byte) {
	if string(frame) == "panic" {
		panic("a peer's panic")
	}
	g.heard <- string(frame)
}

// Leave panics when it is called twice.
func (g *guest) Leave() { close(g.left) }

func (p *parlour) guest(t *testing.T, conn *websocket.Conn) *guest {
	t.Helper()
	send(t, conn, "join")
	g := within(t, p.joined)
	if first := within(t, g.heard); first != "join" {
		t.Fatalf("joined with %q", first)
	}
	return g
}

// within waits for what must come; the time is only there to end a broken test.
func within[T any](t *testing.T, from <-chan T) T {
	t.Helper()
	select {
	case v := <-from:
		return v
	case <-time.After(30 * time.Second):
		t.Fatal("nothing came")
		panic("unreachable")
	}
}

func TestFramesGoBothWaysInOrder(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	conn := f.socket(f.someone())
	g := p.guest(t, conn)
	for i := range 100 {
		send(t, conn, fmt.Sprint("up ", i))
		if got, want := within(t, g.heard), fmt.Sprint("up ", i); got != want {
			t.Fatalf("heard %q, want %q", got, want)
		}
	}
	// Many more frames than melody's buffer holds, from several goroutines.
	var sending sync.WaitGroup
	for part := range 4 {
		sending.Go(func() {
			for i := range 500 {
				g.conn.Send(fmt.Appendf(nil, "%d %d", part, i))
			}
		})
	}
	next := [4]int{}
	for range 2000 {
		_, frame, err := conn.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		var part, i int
		if _, err := fmt.Sscan(string(frame), &part, &i); err != nil || next[part] != i {
			t.Fatalf("got %q, want %d of %d", frame, next[part], part)
		}
		next[part]++
	}
	sending.Wait()
	if err := conn.Close(); err != nil {
		t.Fatal(err)
	}
	within(t, g.left)
	g.conn.Send([]byte("into nowhere"))
	g.conn.Close(rooms.CloseSlow, "again")
	if got := g.conn.Backlog(); got != 0 {
		t.Errorf("after the end %d bytes are queued", got)
	}
}

func TestWhoDoesNotJoinIsClosed(t *testing.T) {
	t.Parallel()
	f := start(t, options(func(o *Options) { o.Limits.JoinWait = 10 * time.Millisecond }))
	if got := closing(t, f.socket(f.someone())); got != rooms.CloseLate {
		t.Errorf("closed with %d", got)
	}
}

func TestWhoHasJoinedStays(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join), options(func(o *Options) { o.Limits.JoinWait = 300 * time.Millisecond }))
	conn := f.socket(f.someone())
	g := p.guest(t, conn)
	late := f.socket(f.someone())
	if got := closing(t, late); got != rooms.CloseLate {
		t.Fatalf("the silent one was closed with %d", got)
	}
	send(t, conn, "still here") // joined before the silent one connected
	within(t, g.heard)
}

func TestARefusedJoinIsTold(t *testing.T) {
	t.Parallel()
	for _, err := range []error{rooms.ErrNoRoom, rooms.ErrRemoved, rooms.ErrMalformed, rooms.WaitMoving, errors.New("the disk is gone")} {
		p := newParlour()
		p.refuse = err
		f := start(t, joinBy(p.join))
		conn := f.socket(f.someone())
		send(t, conn, "join")
		if got := closing(t, conn); got != rooms.CloseCode(err) {
			t.Errorf("%v: closed with %d, want %d", err, got, rooms.CloseCode(err))
		}
	}
}

func TestACloseComesAfterWhatWasSent(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	conn := f.socket(f.someone())
	g := p.guest(t, conn)
	for i := range 200 {
		g.conn.Send(fmt.Append(nil, i))
	}
	g.conn.Close(rooms.CloseRemoved, strings.Repeat("é", 200))
	g.conn.Close(rooms.CloseFlood, "another")
	g.conn.Send([]byte("too late"))
	for i := range 200 {
		if _, frame, err := conn.ReadMessage(); err != nil || string(frame) != fmt.Sprint(i) {
			t.Fatalf("frame %d: %q, %v", i, frame, err)
		}
	}
	if got := closing(t, conn); got != rooms.CloseRemoved {
		t.Errorf("closed with %d", got)
	}
	within(t, g.left)
}

func TestAHandshakeThatIsNoneIsAnswered(t *testing.T) {
	t.Parallel()
	f := start(t)
	good := append(bearer(f.someone()), "Connection", "Upgrade", "Upgrade", "websocket", "Sec-WebSocket-Version", "13", "Sec-WebSocket-Key", "AAAAAAAAAAAAAAAAAAAAAA==")
	for _, change := range [][2]string{{"Connection", "close"}, {"Upgrade", "h2c"}, {"Sec-WebSocket-Version", "8"}, {"Sec-WebSocket-Key", "short"}} {
		got := f.get("/api/rooms/K7TQ2M/socket", append(good, change[0], change[1])...)
		if got.status != http.StatusUpgradeRequired || got.because() != "upgrade" {
			t.Errorf("%v: %d %s", change, got.status, got.body)
		}
	}
}

func TestAPersonsJoinReachesTheRoom(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	conn, status := f.dial(strings.ToLower(code), bearer(token)...)
	if conn == nil {
		t.Fatal(status)
	}
	send(t, conn, `{"join":"`+code+`","protocol":1,"peer":"p-12345678","next":1,"watch":{"lobby":null}}`)
	var joined struct {
		Joined bool
		Member struct{ Role string }
	}
	if err := conn.ReadJSON(&joined); err != nil || !joined.Joined || joined.Member.Role != "owner" {
		t.Fatalf("%+v, %v", joined, err)
	}
	send(t, conn, `{"in":"lobby","do":"title","with":{"title":"New"},"n":1}`)
	for {
		var frame struct{ Events []struct{ Did string } }
		_, text, err := conn.ReadMessage()
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(text, &frame); err != nil {
			t.Fatal(err)
		}
		if len(frame.Events) > 0 && frame.Events[0].Did == "titled" {
			break
		}
	}
	stranger, _ := f.dial(wrong(5), bearer(token)...)
	send(t, stranger, `{"join":"`+wrong(5)+`","protocol":1,"peer":"p-12345678","next":1,"watch":{}}`)
	if got := closing(t, stranger); got != rooms.CloseNoRoom {
		t.Errorf("a wrong code: closed with %d", got)
	}
}
