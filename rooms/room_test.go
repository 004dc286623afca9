package rooms_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"plenum/rooms"
)

func said(n int, text string) string {
	return fmt.Sprintf(`{"in":"%%s","do":"say","with":{"text":%q},"n":%d}`, text, n)
}

func TestTwoPeopleTalk(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("chat", rooms.Viewer)
	s.enter("ben", "Ben")
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{"lobby": -1, id: -1})
	ben := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{"lobby": -1, id: -1})
	ada.has("watch", `"messages":[]`)
	ben.has("watch", `"messages":[]`)

	ben.say(fmt.Sprintf(said(1, "hello"), id))
	f := ada.has("events", "hello")
	if !contains(f["events"], `"peer":"peer-ben1","n":1`) {
		t.Errorf("the author's queue is not named: %s", f["events"])
	}
	ben.has("events", "hello")
	ada.has("presence", "Ben")
}

func TestResumeAnswers(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("chat", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.has("watch", "messages")
	ada.say(fmt.Sprintf(said(1, "one"), id))
	ada.has("events", "one")
	at := ada.place()

	nothing := s.mustJoin("ada", "peer-ada2", 1, at, map[string]int{id: int(at.Seq)})
	nothing.until("nothing missed", func(f map[string]json.RawMessage) bool {
		return string(f["watch"]) == fmt.Sprintf(`{%q:{"seq":%d}}`, id, at.Seq)
	})

	ada.say(fmt.Sprintf(said(2, "two"), id))
	ada.has("events", "two")
	missed := s.mustJoin("ada", "peer-ada3", 1, at, map[string]int{id: int(at.Seq)})
	if f := missed.has("watch", "two"); contains(f["watch"], `"text":"one"`) || !contains(f["watch"], `"events"`) {
		t.Errorf("not exactly what was missed: %s", f["watch"])
	}

	s.restart() // the ring is gone, the log is not
	missed = s.mustJoin("ada", "peer-ada4", 1, at, map[string]int{id: int(at.Seq)})
	if f := missed.has("watch", "two"); contains(f["watch"], `"text":"one"`) || !contains(f["watch"], `"events"`) {
		t.Errorf("not exactly what was missed, from the log: %s", f["watch"])
	}

	forged := *at
	forged.Mark = "00000000"
	other := s.mustJoin("ada", "peer-ada5", 1, &forged, map[string]int{id: int(at.Seq)})
	other.has("forked", "true")
	if f := other.has("watch", "two"); !contains(f["watch"], `"view"`) {
		t.Errorf("a foreign mark is answered by a view: %s", f["watch"])
	}
}

func TestSettledOnce(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("chat", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.has("watch", "messages")
	ada.say(fmt.Sprintf(said(1, "one"), id))
	ada.say(fmt.Sprintf(said(2, ""), id)) // refused: an empty message
	ada.say(fmt.Sprintf(said(3, "three"), id))
	ada.has("refused", "2")
	ada.has("events", "three")
	ada.say(fmt.Sprintf(said(5, "gap"), id))
	ada.has("wait", "5")

	s.restart()
	// The tab heard nothing of all this, and sends it again.
	ada = s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	for n, text := range []string{"one", "", "three"} {
		ada.say(fmt.Sprintf(said(n+1, text), id))
	}
	ada.has("done", "1")
	ada.has("refused", "2")
	ada.has("done", "3")
	if f := ada.has("watch", "three"); strings.Count(string(f["watch"]), `"text":"three"`) != 1 {
		t.Errorf("done twice: %s", f["watch"])
	}
	if ada.saw("gap") {
		t.Error("a number out of order was taken")
	}
}

func TestPeerBelongsToOneMember(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enter("ben", "Ben")
	id := s.add("chat", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.say(fmt.Sprintf(said(1, "one"), id))
	ada.has("events", "one")
	if _, err := s.join("ben", "peer-ada1", 1, nil, nil); !errors.Is(err, rooms.ErrPeer) {
		t.Errorf("got %v", err)
	}
	s.restart()
	if _, err := s.join("ben", "peer-ada1", 1, nil, nil); !errors.Is(err, rooms.ErrPeer) {
		t.Errorf("after a restart got %v", err)
	}
}

func TestHiddenActivity(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enter("ben", "Ben")
	id := s.add("chat", rooms.Host)
	ben := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{"lobby": -1, id: -1})
	ben.has("watch", "no-activity")
	ben.say(fmt.Sprintf(said(1, "knock"), id))
	ben.has("refused", "1")

	if err := s.do("ada", "lobby", "show", map[string]any{"id": id, "least": "viewer"}); err != nil {
		t.Fatal(err)
	}
	ben.has("events", `"shown"`)
	ben.say(fmt.Sprintf(`{"watch":{%q:null}}`, id))
	ben.has("watch", `"messages":[]`)
	if err := s.do("ada", "lobby", "show", map[string]any{"id": id, "least": "host"}); err != nil {
		t.Fatal(err)
	}
	ben.has("unwatched", id)
	if err := s.do("ada", id, "say", map[string]any{"text": "only for hosts"}); err != nil {
		t.Fatal(err)
	}
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.has("watch", "only for hosts")
	if ben.saw("only for hosts") {
		t.Error("a participant saw what is for hosts")
	}
}

func TestRemovedMember(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.enter("ben", "Ben")
	ben := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{"lobby": -1})
	ben.has("watch", "title")
	if err := s.do("ada", "lobby", "remove", map[string]any{"member": m.ID}); err != nil {
		t.Fatal(err)
	}
	ben.closedWith(rooms.CloseRemoved)
	if _, err := s.join("ben", "peer-ben2", 1, nil, nil); !errors.Is(err, rooms.ErrRemoved) {
		t.Errorf("joined again: %v", err)
	}
	if err := s.do("ben", "lobby", "name", map[string]any{"name": "Benny"}); !errors.Is(err, rooms.ErrRemoved) {
		t.Errorf("did again: %v", err)
	}
}

func (c *tab) closedWith(code int) {
	c.s.t.Helper()
	for {
		c.mu.Lock()
		closed, came := c.closed, c.came
		c.mu.Unlock()
		if closed == code {
			return
		}
		if closed != 0 {
			c.s.t.Fatalf("closed with %d, not %d", closed, code)
		}
		<-came
	}
}

func TestRoleTable(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	m := s.enter("ben", "Ben")
	for _, role := range []rooms.Role{rooms.Viewer, rooms.Participant, rooms.Editor, rooms.Host} {
		if err := s.do("ada", "lobby", "role", map[string]any{"member": m.ID, "role": role}); err != nil {
			t.Fatal(err)
		}
		for do, least := range map[string]rooms.Role{"title": rooms.Host, "lock": rooms.Host, "name": rooms.Viewer, "enter": rooms.TheRoom, "link": rooms.TheRoom} {
			err := s.do("ben", "lobby", do, map[string]any{"title": "T", "locked": false, "name": "Ben"})
			if allowed := !errors.Is(err, rooms.ErrRole); allowed != (role >= least) {
				t.Errorf("%s may %s: %v (%v)", role, do, allowed, err)
			}
		}
	}
}

func TestLock(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enter("ben", "Ben")
	if err := s.do("ada", "lobby", "lock", map[string]any{"locked": true}); err != nil {
		t.Fatal(err)
	}
	if _, err := s.hall.Enter(t.Context(), s.code, rooms.Entry{Person: "eve", Name: "Eve"}); !errors.Is(err, rooms.ErrLocked) {
		t.Errorf("a stranger entered a locked room: %v", err)
	}
	s.enter("ben", "Ben") // who is in stays in
	_, key, err := s.hall.Link(t.Context(), s.code, "ada", rooms.Invite{Role: rooms.Editor})
	if err != nil {
		t.Fatal(err)
	}
	m, err := s.hall.Enter(t.Context(), s.code, rooms.Entry{Person: "cy", Name: "Cy", Key: key})
	if err != nil || m.Role != rooms.Editor {
		t.Errorf("a link opens a locked room: %v %v", m, err)
	}
}
