package rooms_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"plenum/rooms"
)

// faultyLog is the real log with faults at the commit.
type faultyLog struct {
	rooms.Log
	mu     sync.Mutex    // guards what follows
	before int           // so many appends fail with nothing stored
	after  int           // so many fail although they are stored
	room   string        // only of this room, if set
	reads  int           // so many reads of a head fail
	gone   bool          // no room has a head any more
	read   int           // events that were read
	poison string        // no batch with this in it can be stored
	held   chan struct{} // closed when the next read of what is about an event waits
	opened chan struct{} // … until this is closed
}

// holdAbout makes the next read of what is about an event wait.
func (l *faultyLog) holdAbout() (held <-chan struct{}, open func()) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.held, l.opened = make(chan struct{}), make(chan struct{})
	opened := l.opened
	return l.held, func() { close(opened) }
}

func (l *faultyLog) wait(q rooms.Query) {
	l.mu.Lock()
	held, opened := l.held, l.opened
	if q.AboutTo == 0 || held == nil {
		l.mu.Unlock()
		return
	}
	l.held = nil
	l.mu.Unlock()
	close(held)
	<-opened
}

var errFault = errors.New("input/output error")

func (l *faultyLog) set(before, after, reads int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.before, l.after, l.reads = before, after, reads
}

func (l *faultyLog) Append(ctx context.Context, b rooms.Batch) error {
	l.mu.Lock()
	mine := l.room == "" || l.room == b.Room
	before, after := mine && l.before > 0, mine && l.before == 0 && l.after > 0
	if before {
		l.before--
	}
	if after {
		l.after--
	}
	poisoned := l.poison != "" && slices.ContainsFunc(b.Events, func(e rooms.Event) bool { return strings.Contains(string(e.With), l.poison) })
	l.mu.Unlock()
	if before {
		return errFault
	}
	if poisoned {
		return fmt.Errorf("poison: %w", rooms.ErrUnstorable)
	}
	err := l.Log.Append(ctx, b)
	if after && err == nil {
		return errFault
	}
	return err
}

func (l *faultyLog) Events(ctx context.Context, q rooms.Query) ([]rooms.Event, error) {
	events, err := l.Log.Events(ctx, q)
	l.wait(q)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.read += len(events)
	return events, err
}

func (l *faultyLog) Head(ctx context.Context, room string) (rooms.Head, error) {
	l.mu.Lock()
	fail, gone := l.reads > 0, l.gone
	if fail {
		l.reads--
	}
	l.mu.Unlock()
	switch {
	case gone:
		return rooms.Head{}, rooms.ErrNoRoom
	case fail:
		return rooms.Head{}, errFault
	}
	return l.Log.Head(ctx, room)
}

// trapKind is an activity that breaks when asked to, and wants to be woken.
var trapKind = rooms.Kind{
	Name: "trap", Format: 1,
	Commands: map[string]rooms.Needs{
		"decide": {Role: rooms.Viewer, Class: rooms.Talk}, "apply": {Role: rooms.Viewer, Class: rooms.Talk},
		"fine": {Role: rooms.Viewer, Class: rooms.Talk}, "quiet": {Role: rooms.Viewer, Class: rooms.Talk},
		"hide": {Role: rooms.Viewer, Class: rooms.Talk}, "cast": {Role: rooms.Viewer, Class: rooms.Vote, Unnumbered: true},
		"gate": {Role: rooms.Viewer, Class: rooms.Talk}, "rotten": {Role: rooms.Viewer, Class: rooms.Talk},
		"prepared": {Role: rooms.Viewer, Class: rooms.Talk},
		"wake":     {Role: rooms.TheRoom, Class: rooms.Run}, "in": {Role: rooms.Viewer, Class: rooms.Run},
	},
	Signals: map[string]rooms.Needs{"point": {Role: rooms.Participant, Class: rooms.Talk}},
	New:     func(json.RawMessage) (rooms.Activity, error) { return &trap{Cast: map[string]string{}}, nil },
}

type trap struct {
	Count int               `json:"count"`
	At    int64             `json:"at"`
	Cast  map[string]string `json:"cast"`
	Gate  string            `json:"gate"` // the views are encoded when it opens
	Rot   string            `json:"rot"`  // where it panics when it is looked at
}

// gates are channels by name; what is encoded with one waits until it is closed.
var gates sync.Map

type gate string

func (g gate) MarshalJSON() ([]byte, error) {
	if ch, ok := gates.Load(string(g)); ok {
		<-ch.(chan struct{})
	}
	return json.Marshal(string(g))
}

// rotten cannot be encoded.
type rotten struct{}

func (rotten) MarshalJSON() ([]byte, error) { panic("rotten") }

func (t *trap) Decide(c rooms.Command) ([]rooms.Event, error) {
	e := rooms.Event{Did: c.Do, With: c.With}
	switch c.Do {
	case "decide":
		panic("decide")
	case "quiet":
		return nil, nil
	case "prepared":
		e.With, _ = json.Marshal(c.Prepared)
	case "hide", "cast":
		e.To.Least = rooms.Nobody
	case "in":
		var ms int64
		if err := json.Unmarshal(c.With, &ms); err != nil {
			return nil, rooms.ErrMalformed
		}
		e.With, _ = json.Marshal(c.At + ms)
	}
	return []rooms.Event{e}, nil
}

// Prepare waits for the gate that a command names, and panics at another.
func (t *trap) Prepare(c rooms.Command) func() any {
	if c.Do != "prepared" {
		return nil
	}
	var name string
	_ = json.Unmarshal(c.With, &name)
	return func() any {
		ch, ok := gates.Load(name)
		if !ok {
			panic("prepared")
		}
		<-ch.(chan struct{})
		return "made at " + name
	}
}

func (t *trap) Apply(e rooms.Event) {
	t.Count++
	switch e.Did {
	case "apply":
		panic("apply")
	case "cast":
		t.Cast[e.By] = string(e.With)
	case "gate":
		_ = json.Unmarshal(e.With, &t.Gate)
	case "rotten":
		_ = json.Unmarshal(e.With, &t.Rot)
	case "in":
		_ = json.Unmarshal(e.With, &t.At)
	case "wake":
		t.At = 0
	}
}

func (t *trap) View(rooms.Member) any {
	switch t.Rot {
	case "view":
		panic("view")
	case "encoded":
		return rotten{}
	}
	return map[string]any{"count": t.Count, "woken": t.At == 0, "gate": gate(t.Gate)}
}

func (t *trap) Mine(m rooms.Member) any { return map[string]any{"cast": t.Cast[m.ID]} }
func (t *trap) Wake() int64             { return t.At }
func (t *trap) Digests(rooms.Role) []rooms.Digest {
	if t.Rot == "digests" {
		panic("digests")
	}
	return []rooms.Digest{{Key: "n", With: t.Count}}
}
func (t *trap) Save() func() ([]byte, error) {
	c := *t
	b, err := json.Marshal(c)
	return func() ([]byte, error) { return b, err }
}
func (t *trap) Load(b []byte) error            { return json.Unmarshal(b, t) }
func (t *trap) Copy() (json.RawMessage, error) { return json.RawMessage("{}"), nil }
