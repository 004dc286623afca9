package web

import (
	"bytes"
	"errors"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/gorilla/websocket"
)

func TestWhatEndsASocketIsTold(t *testing.T) {
	t.Parallel()
	binary := func(t *testing.T, conn *websocket.Conn) {
		if err := conn.WriteMessage(websocket.BinaryMessage, []byte("x")); err != nil {
			t.Fatal(err)
		}
	}
	text := func(frame string) func(*testing.T, *websocket.Conn) {
		return func(t *testing.T, conn *websocket.Conn) { send(t, conn, frame) }
	}
	for name, test := range map[string]struct {
		send func(*testing.T, *websocket.Conn)
		want int
	}{
		"binary":                {binary, 1003},
		"not UTF-8":             {text("\xff\xfe"), 1007},
		"a surrogate in UTF-8":  {text("\xed\xa0\x80"), 1007},
		"64 KiB and one":        {text(strings.Repeat("x", 64<<10+1)), 1009},
		"8 MiB":                 {text(strings.Repeat("x", 8<<20)), 1009},
		"a panic in the room":   {text("panic"), 1011},
		"1 GiB declared":        {raw(0x81, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4), 1009},
		"2^63 declared":         {raw(0x81, 0xff, 0x80, 0, 0, 0, 0, 0, 0, 0), 1009},
		"a compressed frame":    {raw(0xc1, 0x81, 0, 0, 0, 0, 'x'), 1002},
		"an unmasked frame":     {raw(0x81, 0x01, 'x'), 1002},
		"an unknown opcode":     {raw(0x83, 0x80, 0, 0, 0, 0), 1002},
		"a fragmented ping":     {raw(0x09, 0x80, 0, 0, 0, 0), 1002},
		"a continuation of nil": {raw(0x80, 0x80, 0, 0, 0, 0), 1002},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := newParlour()
			f := start(t, joinBy(p.join))
			conn := f.socket(f.someone())
			g := p.guest(t, conn)
			test.send(t, conn)
			if got := closing(t, conn); got != test.want {
				t.Errorf("closed with %d, want %d", got, test.want)
			}
			within(t, g.left)
		})
	}
}

// raw writes bytes past the client's own framing.
func raw(frame ...byte) func(*testing.T, *websocket.Conn) {
	return func(t *testing.T, conn *websocket.Conn) {
		if _, err := conn.NetConn().Write(frame); err != nil {
			t.Fatal(err)
		}
	}
}

func TestAFrameOf64KiBIsTaken(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	conn := f.socket(f.someone())
	g := p.guest(t, conn)
	send(t, conn, strings.Repeat("x", 64<<10))
	if got := within(t, g.heard); len(got) != 64<<10 {
		t.Errorf("%d bytes were heard", len(got))
	}
}

func TestTinyFragmentsAreBounded(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	conn := f.socket(f.someone())
	p.guest(t, conn)
	fragments := bytes.Repeat([]byte{0x00, 0x81, 0, 0, 0, 0, 'x'}, 100_000)
	fragments[0] = 0x01 // the first one says text
	// The server may be gone before it has taken all of them.
	if _, err := conn.NetConn().Write(fragments); err != nil && !errors.As(err, new(net.Error)) {
		t.Fatal(err)
	}
	if got := closing(t, conn); got != 1009 {
		t.Errorf("closed with %d", got)
	}
}

func TestCompressionIsNotAgreedTo(t *testing.T) {
	t.Parallel()
	f := start(t)
	dialer := websocket.Dialer{EnableCompression: true}
	header := http.Header{"Authorization": {"Bearer " + f.someone()}}
	conn, response, err := dialer.DialContext(t.Context(), "ws://"+f.host+"/api/rooms/K7TQ2M/socket", header)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if got := response.Header.Values("Sec-Websocket-Extensions"); len(got) != 0 {
		t.Errorf("agreed to %v", got)
	}
}
