package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"

	"github.com/gorilla/websocket"
)

// deaf has joined and takes as little as possible out of its socket.
func (c *company) deaf() *tab {
	c.t.Helper()
	dialer := websocket.Dialer{Jar: c.owner.jar, ReadBufferSize: 512, NetDialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := (&net.Dialer{}).DialContext(ctx, network, address)
		if err == nil {
			err = conn.(*net.TCPConn).SetReadBuffer(64 << 10)
		}
		return conn, err
	}}
	conn, response, err := dialer.DialContext(c.t.Context(), strings.Replace(c.owner.url, "http", "ws", 1)+"/api/rooms/"+c.code+"/socket", http.Header{"Origin": {c.owner.url}})
	if err != nil {
		c.t.Fatal(err)
	}
	response.Body.Close()
	c.t.Cleanup(func() { conn.Close() })
	tab := &tab{c.t, conn}
	tab.send(fmt.Sprintf(`{"join":%q,"protocol":1,"peer":"p-deaf-%06d","next":1,"watch":{%q:null}}`, c.code, peers.Add(1), c.chat))
	return tab
}

// resumes comes back with what was known before, twice: long ago, which is told
// as a view, and a little ago, which is told event by event.
func (c *company) resumes(joined uint64) {
	c.t.Helper()
	c.ada.mu.Lock()
	epoch, seq, mark, heard := c.ada.epoch, c.ada.seq, c.ada.mark, c.ada.heard
	c.ada.mu.Unlock()
	for _, since := range []uint64{joined, heard[len(heard)-4].Seq} {
		tab := c.owner.join(c.code, fmt.Sprintf("p-back-%06d", peers.Add(1)), fmt.Sprintf(`"next":1,"epoch":%q,"seq":%d,"mark":%q,"watch":{%q:%d}`, epoch, seq, mark, c.chat, since))
		answer := tab.until("what was missed", func(f frame) bool { return f.Watch[c.chat].Seq > 0 }).Watch[c.chat]
		var missed []uint64
		for _, e := range answer.Events {
			missed = append(missed, e.Seq)
		}
		if since != joined {
			want := []uint64{heard[len(heard)-3].Seq, heard[len(heard)-2].Seq, heard[len(heard)-1].Seq}
			if fmt.Sprint(missed) != fmt.Sprint(want) {
				c.t.Errorf("resumed from %d with %v, want %v", since, missed, want)
			}
			continue
		}
		if answer.Fetch == "" || len(missed) > 0 {
			c.t.Errorf("resumed from %d, megabytes ago, with %d events and no view", since, len(missed))
		}
	}
}

// 12: a tab that never reads, in a room where megabytes are said. It costs the
// others nothing and the server little; it is cut, and resumes.
func TestBadInput12NeverReads(t *testing.T) {
	t.Parallel()
	server := spawn(t, t.TempDir())
	c := gather(t, server.url)
	c.ada.untilHere()
	const speakers, each = 8, 100 // more than the ring and the system's own buffers hold
	long := strings.Repeat("x", 15_000)
	speak := func() {
		var speaking sync.WaitGroup
		for i := range speakers {
			speaking.Go(func() {
				for n := range each {
					body := fmt.Sprintf(`{"with":{"text":"%d-%d %s"}}`, i, n, long)
					if status, answer := c.owner.ask(http.MethodPost, "/api/rooms/"+c.code+"/activities/"+c.chat+"/say", body); status != http.StatusOK {
						t.Errorf("%d %v", status, answer)
						return
					}
				}
			})
		}
		speaking.Wait()
		c.alive()
	}
	speak() // what this costs when everybody reads
	before := server.memory()
	deaf := c.deaf()
	c.ada.mu.Lock()
	joined := c.ada.seq
	c.ada.mu.Unlock()
	speak()
	told := 0
	deaf.all(func(f frame) { told += len(f.Events) })
	if told >= speakers*each {
		t.Errorf("all %d messages were kept for a tab that did not read", told)
	}
	server.stays(before, 64<<20)
	c.resumes(joined)
	c.alive()
}

// 40: everybody is gone at once, and comes back: to a server that has ended in
// order, and to one that was killed. Nobody needs another view for it.
func TestBadInput40ReconnectStorm(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server := spawn(t, data)
	c := gather(t, server.url)
	const people, tabs = 10, 30
	crowd := c.writers(people, tabs)
	for _, end := range []syscall.Signal{syscall.SIGTERM, syscall.SIGKILL} {
		c.alive()
		for _, k := range crowd {
			k.untilHeard(c.said())
		}
		server.signal(end)
		if err := server.wait(); (err == nil) != (end == syscall.SIGTERM) {
			t.Fatalf("after %v it ended with %v", end, err)
		}
		crowd[0].say(fmt.Sprint("said while nobody was there, after ", end))
		server = spawn(t, data)
		c.move(server.url)
		for _, k := range crowd {
			k.untilHeard(fmt.Sprint("said while nobody was there, after ", end))
		}
	}
	c.alive()
	for _, k := range crowd {
		k.untilHeard(c.said())
	}
	c.ada.mu.Lock()
	heard := slices.Clone(c.ada.heard)
	c.ada.mu.Unlock()
	for _, k := range crowd {
		k.sawAllOf(heard)
	}
}

// 17: the same command twice: at once, when its answer was lost, over HTTP, and
// after the server was started again.
func TestBadInput17SameCommandTwice(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server := serve(t, data, serveCommand{})
	c := gather(t, server.url)
	c.ada.untilHere()
	number := func(n int) string {
		return fmt.Sprintf(`{"in":%q,"do":"say","with":{"text":"number %d"},"n":%d}`, c.chat, n, n)
	}
	watch := fmt.Sprintf(`"watch":{%q:null}`, c.chat)
	tab := c.owner.join(c.code, "p-twice-0001", `"next":1,`+watch)
	for n := 1; n <= 3; n++ { // each three times at once
		for range 3 {
			tab.send(number(n))
		}
		tab.hears("said", fmt.Sprint("number ", n))
	}
	tab.send(number(4))
	tab.conn.Close() // the answer is lost
	tab = c.owner.join(c.code, "p-twice-0001", `"next":4,`+watch)
	tab.until("the chat", has(c.chat))
	tab.send(number(4))
	tab.send(number(5))
	tab.hears("said", "number 5")
	body := `{"with":{"text":"number 5"},"peer":"p-twice-0001","n":5}`
	for _, n := range []string{"5", "4", "1"} { // as a program, which has no socket
		if status, answer := c.owner.ask(http.MethodPost, "/api/rooms/"+c.code+"/activities/"+c.chat+"/say", strings.Replace(body, `"n":5`, `"n":`+n, 1)); status != http.StatusOK || fmt.Sprint(answer["done"]) != n || answer["events"] != nil {
			t.Errorf("POST of %s again: %d %v", n, status, answer)
		}
	}
	thief := browse(t, server.url)
	thief.enter(c.code, "Thief")
	if status, answer := thief.ask(http.MethodPost, "/api/rooms/"+c.code+"/activities/"+c.chat+"/say", body); status != http.StatusForbidden || answer["because"] != "peer" {
		t.Errorf("another person with the same peer: %d %v", status, answer)
	}
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	again := serve(t, data, serveCommand{})
	c.move(again.url)
	tab = c.owner.join(c.code, "p-twice-0001", `"next":5,`+watch)
	tab.until("the chat", has(c.chat))
	tab.send(number(5))
	tab.until("done", isDone(5))
	tab.send(number(6))
	tab.hears("said", "number 6")
	c.alive()
	if err := again.stop(); err != nil {
		t.Fatal(err)
	}
	times := count(stored(t, data, c.code, c.chat))
	times.nothingTwice(t)
	for n := 1; n <= 6; n++ {
		if times[fmt.Sprint("p-twice-0001 ", n)] != 1 {
			t.Errorf("number %d is there %d times", n, times[fmt.Sprint("p-twice-0001 ", n)])
		}
	}
}

func has(chat string) func(frame) bool {
	return func(f frame) bool { return f.Watch[chat].View != nil }
}

func isDone(n uint64) func(frame) bool {
	return func(f frame) bool { return slices.Contains(f.Done, n) }
}

// sawAllOf holds what a talker heard against the end of what another heard, and
// makes sure that it got its only view when it first came.
func (k *talker) sawAllOf(want []event) {
	k.t.Helper()
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.views != 1 || k.joins < 2 {
		k.t.Errorf("%s came %d times and needed %d views (closed with %v)", k.peer, k.joins, k.views, k.closes)
	}
	if len(k.heard) > len(want) {
		k.t.Fatalf("%s heard %d things, another %d", k.peer, len(k.heard), len(want))
	}
	want = want[len(want)-len(k.heard):]
	for i, e := range k.heard {
		if e.Seq != want[i].Seq {
			k.t.Fatalf("%s heard %v, another %v", k.peer, seqs(k.heard), seqs(want))
		}
	}
}

func seqs(events []event) (all []uint64) {
	for _, e := range events {
		all = append(all, e.Seq)
	}
	return all
}
