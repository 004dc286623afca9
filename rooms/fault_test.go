package rooms_test

import (
	"encoding/json"
	"fmt"
	"sync"
	"testing"
	"time"

	"plenum/rooms"
)

// A commit that fails reopens the room: its peers stay connected, are asked to
// wait, and what they send again is done once.
func TestCommitFails(t *testing.T) {
	t.Parallel()
	for name, fault := range map[string][3]int{"nothing stored": {1, 0, 0}, "stored all the same": {0, 1, 0}, "and cannot be read for a while": {1, 0, 3}} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			id := s.add("chat", rooms.Viewer)
			ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
			ada.has("watch", "messages")
			ada.say(fmt.Sprintf(said(1, "before"), id))
			ada.has("events", "before")

			s.faults.set(fault[0], fault[1], fault[2])
			ada.say(fmt.Sprintf(said(2, "during"), id))
			ada.has("wait", "2")
			ada.again(2, fmt.Sprintf(said(2, "during"), id))
			ada.has("events", "during")
			ada.say(fmt.Sprintf(said(3, "after"), id))
			ada.has("events", "after")

			late := s.mustJoin("ada", "peer-ada2", 1, nil, map[string]int{id: -1})
			f := late.has("watch", "after")
			for _, text := range []string{"before", "during", "after"} {
				if n := count(string(f["watch"]), fmt.Sprintf("%q", text)); n != 1 {
					t.Errorf("%q is there %d times: %s", text, n, f["watch"])
				}
			}
			if ada.closedBy() != 0 {
				t.Errorf("the peer was cut: %d", ada.closedBy())
			}
		})
	}
}

// A fault of one room is not another's.
func TestCommitFailsElsewhere(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("chat", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.has("watch", "messages")
	code, _, err := s.hall.Create(t.Context(), "Another", rooms.Entry{Person: "ben", Name: "Ben"})
	if err != nil {
		t.Fatal(err)
	}
	other, err := s.log.Find(t.Context(), code)
	if err != nil {
		t.Fatal(err)
	}
	s.faults.mu.Lock()
	s.faults.room, s.faults.before = other, 1
	s.faults.mu.Unlock()
	if _, err := s.hall.Do(t.Context(), code, "ben", rooms.Command{In: "lobby", Do: "title", With: []byte(`{"title":"B"}`)}); rooms.AsRefusal(err) != rooms.WaitMoving {
		t.Errorf("the room with the fault answered %v", err)
	}
	ada.say(fmt.Sprintf(said(1, "unhurt"), id))
	ada.has("events", "unhurt")
	if ada.saw(`"wait"`) {
		t.Error("the other room was asked to wait")
	}
}

// again sends a numbered frame until it is settled, and returns how.
func (c *tab) again(n int, frame string) map[string]rawMessage {
	c.s.t.Helper()
	for {
		from := c.length()
		c.say(frame)
		f := c.untilAfter(from, "an answer", func(f map[string]rawMessage) bool {
			return string(f["wait"]) == fmt.Sprint(n) || string(f["refused"]) == fmt.Sprint(n) ||
				string(f["done"]) == fmt.Sprintf("[%d]", n) || contains(f["events"], fmt.Sprintf(`"peer":%q,"n":%d,`, c.name, n))
		})
		if f["wait"] == nil {
			return f
		}
		var after int
		if err := json.Unmarshal(f["after"], &after); err != nil || after == 0 {
			c.s.t.Fatalf("asked to wait without a time: %s", all(f))
		}
		time.Sleep(time.Duration(after) * time.Millisecond) // as the protocol asks
	}
}

func TestPanics(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("trap", rooms.Viewer)
	talk := s.add("chat", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1, talk: -1})
	ada.say(fmt.Sprintf(`{"in":%q,"do":"decide","n":1}`, id))
	ada.has("because", "broken")
	ada.say(fmt.Sprintf(`{"in":%q,"do":"fine","n":2}`, id))
	ada.has("events", "fine")

	// Apply breaks: the command is tried again once, then refused.
	ada.say(fmt.Sprintf(`{"in":%q,"do":"apply","n":3}`, id))
	ada.has("wait", "3")
	if f := ada.again(3, fmt.Sprintf(`{"in":%q,"do":"apply","n":3}`, id)); !contains(f["because"], "broken") {
		t.Errorf("a command that kills its activity was answered %s", all(f))
	}
	ada.say(fmt.Sprintf(said(4, "alive"), talk))
	ada.has("events", "alive")
	if ada.closedBy() != 0 {
		t.Errorf("the peer was cut: %d", ada.closedBy())
	}
}

// What can never be stored is refused in the end, and what was in the same turn
// is stored.
func TestUnstorable(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enter("ben", "Ben")
	id := s.add("chat", rooms.Viewer)
	s.faults.mu.Lock()
	s.faults.poison = "hemlock"
	s.faults.mu.Unlock()
	tabs := map[string]*tab{"ada": nil, "ben": nil}
	for person := range tabs {
		tabs[person] = s.mustJoin(person, "peer-"+person, 1, nil, map[string]int{id: -1})
		tabs[person].has("watch", "messages")
	}
	var both sync.WaitGroup
	both.Go(func() {
		if f := tabs["ada"].again(1, fmt.Sprintf(said(1, "hemlock"), id)); !contains(f["because"], "broken") {
			t.Errorf("what cannot be stored was answered %s", all(f))
		}
		tabs["ada"].again(2, fmt.Sprintf(said(2, "from ada"), id))
	})
	both.Go(func() {
		for n := 1; n <= 5; n++ {
			if f := tabs["ben"].again(n, fmt.Sprintf(said(n, fmt.Sprint("from ben ", n)), id)); f["refused"] != nil {
				t.Errorf("what can be stored was answered %s", all(f))
			}
		}
	})
	both.Wait()
	late := s.mustJoin("ada", "peer-late", 1, nil, map[string]int{id: -1})
	f := late.has("watch", "messages")
	if n := count(string(f["watch"]), `"from ben `); n != 5 || count(string(f["watch"]), `"from ada"`) != 1 {
		t.Errorf("%s", f["watch"])
	}
}

func TestEmptyDecisionIsSettled(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("trap", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.say(fmt.Sprintf(`{"in":%q,"do":"quiet","n":1}`, id))
	ada.has("done", "1")
	s.restart()
	ada = s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.say(fmt.Sprintf(`{"in":%q,"do":"decide","n":1}`, id))
	ada.has("done", "1") // settled before: not decided again
}

func TestBallotIsAnsweredByMine(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enter("ben", "Ben")
	id := s.add("trap", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ben := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{id: -1})
	ada.say(fmt.Sprintf(`{"in":%q,"do":"cast","with":"secret-choice"}`, id))
	ada.has("mine", "secret-choice")
	ben.has("digests", fmt.Sprintf(`"in":%q`, id))
	if ben.saw("secret-choice") {
		t.Error("another person saw the ballot")
	}
	ada.say(fmt.Sprintf(`{"in":%q,"do":"cast","with":1,"n":1}`, id))
	ada.has("refused", "1") // ballots have no number
}

// An activity is woken at its time, also when the server was down then.
func TestWake(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("trap", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.say(fmt.Sprintf(`{"in":%q,"do":"in","with":300,"n":1}`, id))
	ada.has("events", `"in"`)
	ada.has("events", `"wake"`)
	ada.say(fmt.Sprintf(`{"in":%q,"do":"in","with":60000,"n":2}`, id))
	ada.has("events", `"n":2`)
	room, _ := s.log.Find(t.Context(), s.code)
	due, err := s.log.Wakes(t.Context(), time.Now().Add(time.Hour).UnixMilli())
	if err != nil || len(due) != 1 || due[0].Room != room || due[0].Activity != id {
		t.Errorf("stored wake-ups: %v %v", due, err)
	}
}

func TestWakeAfterRestart(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("trap", rooms.Viewer)
	if err := s.do("ada", id, "in", 200); err != nil {
		t.Fatal(err)
	}
	s.restart()
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.until("woken", func(f map[string]rawMessage) bool {
		return count(string(f["events"]), `"wake"`) > 0 || count(string(f["watch"]), `"woken":true`) > 0
	})
}

// A peer that does not read is left alone, then cut; it costs the others nothing.
func TestSlowPeer(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enter("ben", "Ben")
	id := s.add("chat", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ben := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{id: -1})
	ben.has("watch", "messages")
	ben.mu.Lock()
	ben.stuck = 1 << 20
	had := len(ben.frames)
	ben.mu.Unlock()
	at := ben.place()
	long := make([]byte, 15_000)
	for i := range long {
		long[i] = 'x'
	}
	var wg sync.WaitGroup
	for w := range 8 {
		wg.Go(func() {
			for i := range 40 {
				if err := s.do("ada", id, "say", map[string]any{"text": fmt.Sprintf("%d-%d %s", w, i, long)}); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	if err := s.do("ada", id, "say", map[string]any{"text": "the last"}); err != nil {
		t.Fatal(err)
	}
	ada.has("events", "the last")
	ben.closedWith(rooms.CloseSlow)
	ben.mu.Lock()
	if more := len(ben.frames) - had; more > 2 {
		t.Errorf("%d frames were queued for a peer that does not read", more)
	}
	ben.mu.Unlock()
	back := s.mustJoin("ben", "peer-ben1", 1, at, map[string]int{id: int(at.Seq)})
	back.has("watch", "fetch") // too much for events
	if view, err := s.hall.View(t.Context(), s.code, "ben", id); err != nil || !contains(view, "the last") {
		t.Errorf("view: %v", err)
	}
}

func TestIdleRoomCloses(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.shut()
	s.idle = 20 * time.Millisecond
	s.open()
	id := s.add("chat", rooms.Viewer)
	for i := range 20 {
		if err := s.do("ada", id, "say", map[string]any{"text": fmt.Sprint("message ", i)}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(i) * 3 * time.Millisecond) // some of these let the room close
	}
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	f := ada.has("watch", "message 19")
	if n := count(string(f["watch"]), `"text":"message `); n != 20 {
		t.Errorf("%d messages of 20", n)
	}
}

func TestDuplicate(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("trap", rooms.Viewer)
	s.restart() // the source has to be loaded first
	if err := s.do("ada", "lobby", "duplicate", map[string]any{"id": id}); err != nil {
		t.Fatal(err)
	}
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{"lobby": -1})
	f := ada.has("watch", "activities")
	if n := count(string(f["watch"]), `"kind":"trap"`); n != 2 {
		t.Errorf("%d traps: %s", n, f["watch"])
	}
}

func TestCrowdPresence(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{"lobby": -1})
	for i := range rooms.CrowdSize + 10 {
		person := fmt.Sprint("person", i)
		s.enter(person, fmt.Sprint("Person ", i))
		s.mustJoin(person, fmt.Sprint("peer-person-", i), 1, nil, map[string]int{"lobby": -1})
	}
	ada.has("presence", fmt.Sprintf(`"people":%d`, rooms.CrowdSize+11))
	last := s.mustJoin("person0", "peer-person-00", 1, nil, nil)
	f := last.has("presence", `"all":true`)
	if count(string(f["presence"]), "Person") != 0 || count(string(f["presence"]), "Ada") != 1 {
		t.Errorf("a crowd is told the number and the hosts: %s", f["presence"])
	}
}
