package main

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/gorilla/websocket"
)

// memory is what a process has in memory, in bytes.
func (p *process) memory() int {
	p.t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.cmd.Process.Pid))
	if err != nil {
		p.t.Fatal(err)
	}
	for line := range strings.Lines(string(status)) {
		if kib, ok := strings.CutPrefix(line, "VmHWM:"); ok { // the most it ever had
			n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimSpace(kib), " kB"))
			if err != nil {
				p.t.Fatal(err)
			}
			return n << 10
		}
	}
	p.t.Fatalf("no memory in %s", status)
	return 0
}

// stays makes sure that the memory of a process never grew by more than this.
func (p *process) stays(before, most int) {
	p.t.Helper()
	grown := p.memory() - before
	p.t.Logf("its memory grew by %d MiB to %d MiB", grown>>20, (before+grown)>>20)
	if grown > most {
		p.t.Errorf("that is more than %d MiB", most>>20)
	}
}

// raw writes past the framing of the client's own library. The server may hang
// up before it has taken all.
func (tab *tab) raw(frame []byte) {
	tab.t.Helper()
	if _, err := tab.conn.NetConn().Write(frame); err != nil && !errors.Is(err, syscall.EPIPE) && !errors.Is(err, syscall.ECONNRESET) {
		tab.t.Fatal(err)
	}
}

// newcomer has joined the room with another tab of its owner.
func (c *company) newcomer() *tab {
	c.t.Helper()
	tab := c.owner.join(c.code, fmt.Sprintf("p-newcomer-%d", peers.Add(1)), fmt.Sprintf(`"next":1,"watch":{%q:null}`, c.chat))
	tab.until("the chat", func(f frame) bool { return f.Watch[c.chat].View != nil })
	return tab
}

// 8: a frame with one byte too many, and frames that declare to be huge.
func TestBadInput08FrameTooBig(t *testing.T) {
	t.Parallel()
	server := spawn(t, t.TempDir())
	c := gather(t, server.url)
	fits := c.newcomer()
	const head, tail = `{"in":"lobby","do":"no-such-thing","n":1,"with":"`, `"}`
	fits.send(head + strings.Repeat("x", 64<<10-len(head)-len(tail)) + tail)
	fits.until("an answer to 64 KiB", func(f frame) bool { return f.Refused != nil && f.Because == "unknown" })
	before := server.memory()
	tooBig := c.newcomer()
	tooBig.send(head + strings.Repeat("x", 64<<10-len(head)-len(tail)+1) + tail)
	if got := tooBig.closed(); got != websocket.CloseMessageTooBig {
		t.Errorf("64 KiB and one: closed with %d", got)
	}
	for name, frame := range map[string][]byte{
		"1 GiB":        {0x81, 0xff, 0, 0, 0, 0, 0x40, 0, 0, 0, 1, 2, 3, 4},
		"2^63 - 1":     {0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4},
		"more than it": {0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4},
	} {
		for range 10 {
			tab := c.newcomer()
			tab.raw(frame)
			tab.raw(bytes.Repeat([]byte("x"), 1<<20)) // and some of it comes
			if got := tab.closed(); got != websocket.CloseMessageTooBig && got != websocket.CloseProtocolError {
				t.Errorf("%s: closed with %d", name, got)
			}
		}
	}
	server.stays(before, 100<<20)
	c.alive()
}

// 9: compression is offered, and a compressed frame comes all the same.
func TestBadInput09CompressionBomb(t *testing.T) {
	t.Parallel()
	server := spawn(t, t.TempDir())
	c := gather(t, server.url)
	dialer := websocket.Dialer{Jar: c.owner.jar, EnableCompression: true}
	conn, response, err := dialer.DialContext(t.Context(), strings.Replace(server.url, "http", "ws", 1)+"/api/rooms/"+c.code+"/socket", http.Header{"Origin": {server.url}})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if got := response.Header.Values("Sec-Websocket-Extensions"); len(got) > 0 {
		t.Errorf("the server agreed to %v", got)
	}
	before := server.memory()
	for range 5 {
		tab := c.newcomer()
		// 60 KiB of what a compressor makes of very many zeros, in a frame that says so.
		payload := bytes.Repeat([]byte{0xec, 0xc1, 0x01, 0x01, 0, 0, 0, 0x80, 0x90, 0xfe}, 6000)
		tab.raw(append([]byte{0xc1, 0xfe, byte(len(payload) >> 8), byte(len(payload) & 0xff), 0, 0, 0, 0}, payload...))
		if got := tab.closed(); got != websocket.CloseProtocolError {
			t.Errorf("closed with %d", got)
		}
	}
	server.stays(before, 50<<20)
	c.alive()
}

// 10: a frame in 100,000 parts of one byte, and in as many that are empty.
func TestBadInput10Fragments(t *testing.T) {
	t.Parallel()
	server := spawn(t, t.TempDir())
	c := gather(t, server.url)
	before := server.memory()
	for name, part := range map[string][]byte{"one byte": {0x00, 0x81, 0, 0, 0, 0, 'x'}, "nothing": {0x00, 0x80, 0, 0, 0, 0}} {
		tab := c.newcomer()
		all := bytes.Repeat(part, 100_000)
		all[0] = 0x01 // the first one says that it is text
		tab.raw(all)
		if name == "nothing" { // adds up to an empty frame, which is malformed
			tab.raw([]byte{0x80, 0x80, 0, 0, 0, 0})
			tab.until("a refusal", func(f frame) bool { return f.Refused != nil && f.Because == "malformed" })
			continue
		}
		if got := tab.closed(); got != websocket.CloseMessageTooBig {
			t.Errorf("parts of %s: closed with %d", name, got)
		}
	}
	server.stays(before, 50<<20)
	c.alive()
}

// 11: headers that come a byte at a time, and sockets that say nothing. (That a
// connection which does not answer pings is cut is tested in internal/web.)
func TestBadInput11Slowloris(t *testing.T) {
	t.Parallel()
	server := serve(t, t.TempDir(), serveCommand{})
	c := gather(t, server.url)
	var silent []*tab
	for range 20 {
		silent = append(silent, c.owner.open(c.code))
	}
	dripping := make([]net.Conn, 20)
	for i := range dripping {
		conn, err := net.Dial("tcp", strings.TrimPrefix(server.url, "http://"))
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Close()
		dripping[i] = conn
		go drip(conn, "GET /api/rooms/"+c.code+" HTTP/1.1\r\nHost: x\r\nX-Slow: "+strings.Repeat("x", 1000))
	}
	c.alive() // meanwhile
	for _, conn := range dripping {
		if err := conn.SetReadDeadline(time.Now().Add(60 * time.Second)); err != nil {
			t.Fatal(err)
		}
		answer, err := io.ReadAll(bufio.NewReader(conn))
		var late net.Error
		if errors.As(err, &late) && late.Timeout() || bytes.Contains(answer, []byte(" 200 ")) {
			t.Errorf("a header that does not end is waited for: %q, %v", answer, err)
		}
	}
	for _, tab := range silent {
		if got := tab.closed(); got != 4408 {
			t.Errorf("a socket that says nothing was closed with %d", got)
		}
	}
	c.alive()
}

// drip writes a byte at a time until the other side has had enough.
func drip(conn net.Conn, text string) {
	for i := range len(text) {
		if _, err := conn.Write([]byte{text[i]}); err != nil {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
}

// 13: a socket that sends far too much, and a person with far too many sockets.
func TestBadInput13Flood(t *testing.T) {
	t.Parallel()
	server := serve(t, t.TempDir(), serveCommand{MaxSocketsPerPerson: 50})
	c := gather(t, server.url)
	tab, witness := c.newcomer(), c.newcomer()
	go func() { // as fast as it goes, until it is cut
		for i := 1; ; i++ {
			frame := fmt.Sprintf(`{"in":%q,"do":"say","with":{"text":"flood %d"},"n":%d}`, c.chat, i, i)
			if tab.conn.WriteMessage(websocket.TextMessage, []byte(frame)) != nil {
				return
			}
		}
	}()
	warned := 0
	_, code := tab.all(func(f frame) {
		if f.Wait != nil && f.Because == "rate" && f.After > 0 {
			warned++
		}
	})
	if code != 4429 || warned == 0 {
		t.Errorf("it was warned %d times and closed with %d", warned, code)
	}
	said := 0
	witness.send(fmt.Sprintf(`{"in":%q,"do":"say","with":{"text":"that was it"},"n":1}`, c.chat))
	witness.until("the end of the flood", func(f frame) bool {
		for _, e := range f.Events {
			if strings.HasPrefix(e.With.Text, "flood") {
				said++
			}
			if e.With.Text == "that was it" {
				return true
			}
		}
		return false
	})
	if said < 50 || said > 500 {
		t.Errorf("%d of its messages were taken", said)
	}
	c.alive()

	crowd := browse(t, server.url)
	crowd.enter(c.code, "Many")
	cookie := "plenum=" + crowd.token()
	open, refused := 0, 0
	for range 200 {
		switch _, status := c.knock("Origin", server.url, "Cookie", cookie); status {
		case http.StatusSwitchingProtocols:
			if open++; refused == 0 && open > 50 {
				t.Fatalf("socket %d was opened", open)
			}
		case http.StatusServiceUnavailable:
			if refused++; open < 50 {
				t.Fatalf("socket %d was refused", open+1)
			}
		default:
			t.Fatalf("the socket was answered with %d", status)
		}
	}
	if refused == 0 {
		t.Error("200 sockets were opened")
	}
	c.alive()
}
