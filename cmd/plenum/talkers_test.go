package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// patience is how long these tests wait for what should come soon: on a slow
// machine, too.
const patience = 3 * time.Minute

// say says something, also while there is no connection. It waits while too
// much is not settled.
func (k *talker) say(text string) {
	k.t.Helper()
	k.until("a place for "+text, func() bool { return len(k.unsettled) < most })
	k.mu.Lock()
	defer k.mu.Unlock()
	s := saying{k.peer, k.next, text}
	k.next++
	k.unsettled = append(k.unsettled, s)
	if k.conn != nil {
		k.send([]saying{s})
	}
}

// until waits until something holds, which is asked with mu held.
func (k *talker) until(what string, holds func() bool) {
	k.t.Helper()
	limit := time.After(patience)
	for {
		k.mu.Lock()
		held, changed := holds(), k.changed
		k.mu.Unlock()
		if held {
			return
		}
		select {
		case <-changed:
		case <-limit:
			k.mu.Lock()
			defer k.mu.Unlock()
			k.t.Fatalf("%s waits for %s: joined %d times, closed with %v, %d settled, not settled %v", k.peer, what, k.joins, k.closes, len(k.settled), k.unsettled)
		}
	}
}

func (k *talker) untilHeard(text string) {
	k.t.Helper()
	k.until("hearing "+text, func() bool { return k.hasHeard(text) })
}

func (k *talker) hasHeard(text string) bool {
	return slices.ContainsFunc(k.heard, func(e event) bool { return e.With.Text == text })
}

func (k *talker) untilSettled() {
	k.t.Helper()
	k.until("being settled", func() bool { return len(k.unsettled) == 0 })
}

// untilHere waits until the chat is known on a live connection.
func (k *talker) untilHere() {
	k.t.Helper()
	k.until("the chat", func() bool { return k.conn != nil && k.answered })
}

// kept is what was acknowledged to it.
func (k *talker) kept() []saying {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clone(k.settled)
}

// company is a room with two people in its chat: whatever a test does to it,
// Ben must be heard by Ada in the end.
type company struct {
	t          *testing.T
	at         *address
	code, chat string
	owner      *browser
	ada, ben   *talker
	spoken     int
}

func gather(t *testing.T, url string) *company {
	t.Helper()
	c := &company{t: t, at: addressOf(url), owner: browse(t, url)}
	c.code, c.chat, _ = openChat(c.owner)
	c.ada = talk(c.at, c.owner, c.code, c.chat)
	c.ben = c.guest("Ben")
	c.alive()
	return c
}

// guest brings another person in.
func (c *company) guest(name string) *talker {
	c.t.Helper()
	who := browse(c.t, *c.at.Load())
	who.enter(c.code, name)
	return talk(c.at, who, c.code, c.chat)
}

// move tells everybody where the server is now.
func (c *company) move(url string) {
	c.owner.url = url
	c.at.Store(&url)
}

// alive makes sure that the room goes on for everybody else.
func (c *company) alive() {
	c.t.Helper()
	c.spoken++
	c.ben.say(c.said())
	c.ada.untilHeard(c.said())
	c.ben.untilHeard(c.said())
}

// said is what was said last to show that the room is alive.
func (c *company) said() string { return fmt.Sprint("still here ", c.spoken) }

// stored is what the log of a server that has ended holds of a chat.
func stored(t *testing.T, data, code, chat string) []rooms.Event {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(data, "plenum.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	room, err := s.Find(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	events, err := s.Events(t.Context(), rooms.Query{Room: room, Activity: chat})
	if err != nil {
		t.Fatal(err)
	}
	return events
}

// sawTheEndOf holds what a talker heard since its last view, and what that
// showed, against a log.
func (k *talker) sawTheEndOf(log []rooms.Event) {
	k.t.Helper()
	k.mu.Lock()
	defer k.mu.Unlock()
	if len(k.heard) == 0 || len(k.heard) > len(log) {
		k.t.Fatalf("%s heard %d of %d things", k.peer, len(k.heard), len(log))
	}
	log = log[len(log)-len(k.heard):]
	for i, e := range k.heard {
		if e.Seq != log[i].Seq || e.By != log[i].By {
			k.t.Fatalf("%s heard %d by %s, where the log has %d by %s", k.peer, e.Seq, e.By, log[i].Seq, log[i].By)
		}
	}
}

// tally counts how often each number of each peer is in a log.
type tally map[string]int

func count(events []rooms.Event) tally {
	times := tally{}
	for _, e := range events {
		times[fmt.Sprint(e.Peer, " ", e.N)]++
	}
	return times
}

// once makes sure that all that was acknowledged is there, and nothing twice.
func (times tally) once(t *testing.T, all []saying) {
	t.Helper()
	for _, s := range all {
		if n := times[fmt.Sprint(s.peer, " ", s.n)]; n != 1 {
			t.Errorf("%s was told that %d is stored; it is there %d times", s.peer, s.n, n)
		}
	}
}

// nothingTwice looks at what nobody was told as well.
func (times tally) nothingTwice(t *testing.T) {
	t.Helper()
	for what, n := range times {
		if n > 1 {
			t.Errorf("%s is there %d times", what, n)
		}
	}
}
