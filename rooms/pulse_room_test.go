package rooms_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"plenum/rooms"
)

func (c *tab) taps(is string) {
	c.say(fmt.Sprintf(`{"signal":"react","in":"lobby","with":{"is":%q}}`, is))
}

func (c *tab) lost(on bool) {
	c.say(fmt.Sprintf(`{"signal":"lost","in":"lobby","with":{"on":%t}}`, on))
}

// pulse waits until a tab has been told counts of reactions, or of who is lost.
func (c *tab) pulse(key, with string) map[string]rawMessage {
	c.s.t.Helper()
	return c.until("the pulse "+with, func(f map[string]rawMessage) bool {
		return contains(f["digests"], `"in":"pulse","key":"`+key+`"`) && contains(f["digests"], `"with":`+with)
	})
}

// settle waits until everything said before has come to all who hear the lobby.
func (s *stage) settle(title string, tabs ...*tab) {
	s.t.Helper()
	if err := s.do("ada", "lobby", "title", map[string]any{"title": title}); err != nil {
		s.t.Fatal(err)
	}
	for _, c := range tabs {
		c.has("events", title)
	}
}

// Taps are counted and told as numbers to those who watch the pulse, and to
// nobody else; nothing of them is stored, and nobody learns who tapped.
func TestReactionsAreCounted(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	ben, cleo := s.enter("ben", "Benedict"), s.enter("cleo", "Cleopatra")
	shows := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{"lobby": -1, "pulse": -1})
	shows.has("watch", `"view":{"reactions":{}}`)
	one := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{"lobby": -1})
	two := s.mustJoin("cleo", "peer-cleo1", 1, nil, map[string]int{"lobby": -1})
	s.settle("Before", shows, one, two)
	head := s.head()

	one.taps("clap")
	two.taps("clap")
	two.taps("heart")
	shows.pulse("reactions", `{"clap":2,"heart":1}`)
	late := s.mustJoin("cleo", "peer-cleo2", 1, nil, map[string]int{"pulse": -1})
	late.has("watch", `"view":{"reactions":{"clap":2,"heart":1}}`)
	one.taps("boo")
	if f := one.has("because", "reaction"); string(f["refused"]) != "0" {
		t.Errorf("an unknown reaction: %s", all(f))
	}
	for _, with := range []string{`"clap"`, `[]`, `{"is":7}`, `{"on":"yes"}`} {
		before := one.length()
		one.say(`{"signal":"lost","in":"lobby","with":` + with + `}`)
		one.untilAfter(before, with, func(f map[string]rawMessage) bool { return contains(f["because"], "malformed") })
	}

	if after := s.head(); after != head {
		t.Errorf("reactions were stored: %v became %v", head, after)
	}
	s.settle("After", shows, one, two)
	for _, name := range []string{ben.ID, cleo.ID, ben.Name, cleo.Name, "peer-"} {
		if told := passingOf(shows) + passingOf(late); strings.Contains(told, name) {
			t.Errorf("%s stands in what was told: %s", name, told)
		}
	}
	if told := passingOf(one) + passingOf(two); told != "" {
		t.Error("a phone that shows nothing was told the pulse")
	}
}

// head is where the room's log ends.
func (s *stage) head() rooms.Head {
	s.t.Helper()
	id, err := s.log.Find(s.t.Context(), s.code)
	if err != nil {
		s.t.Fatal(err)
	}
	head, err := s.log.Head(s.t.Context(), id)
	if err != nil {
		s.t.Fatal(err)
	}
	return head
}

// Who may tap: from participants on, unless reactions or talk are stopped, or
// the member is muted; hosts always. That one cannot follow, no brake hides.
func TestWhoMayReact(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	tabs := map[string]*tab{"owner": s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{"lobby": -1})}
	for role, as := range map[string]rooms.Role{"viewer": rooms.Viewer, "participant": rooms.Participant, "muted": rooms.Participant, "editor": rooms.Editor, "host": rooms.Host} {
		m := s.enter(role, role)
		if err := s.do("ada", "lobby", "role", map[string]any{"member": m.ID, "role": as}); err != nil {
			t.Fatal(err)
		}
		if role == "muted" {
			if err := s.do("ada", "lobby", "mute", map[string]any{"member": m.ID, "on": true}); err != nil {
				t.Fatal(err)
			}
		}
		tabs[role] = s.mustJoin(role, "peer-"+role, 1, nil, map[string]int{"lobby": -1})
	}
	shows := s.mustJoin("ada", "peer-ada2", 1, nil, map[string]int{"pulse": -1})
	shows.has("watch", `"pulse"`)
	counted := 0
	for _, c := range []struct {
		brakes string
		why    map[string]string
	}{
		{"", map[string]string{"viewer": "role", "muted": "muted"}},
		{"react", map[string]string{"viewer": "role", "muted": "still", "participant": "still", "editor": "still"}},
		{"talk", map[string]string{"viewer": "role", "muted": "quiet", "participant": "quiet", "editor": "quiet"}},
		{"write vote", map[string]string{"viewer": "role", "muted": "muted"}},
	} {
		for _, class := range []string{"react", "talk", "write", "vote"} {
			if err := s.do("ada", "lobby", "brake", map[string]any{"class": class, "on": strings.Contains(c.brakes, class)}); err != nil {
				t.Fatal(err)
			}
		}
		for role, tab := range tabs {
			from := tab.length()
			tab.taps("up")
			if why := c.why[role]; why != "" {
				tab.untilAfter(from, why, func(f map[string]rawMessage) bool { return contains(f["because"], why) })
				continue
			}
			counted++
			shows.pulse("reactions", fmt.Sprintf(`{"up":%d}`, counted))
		}
		for role, tab := range tabs {
			from := tab.length()
			tab.lost(true)
			want, key := `"key":"lost","through":`, "digests"
			if role == "viewer" {
				want, key = "role", "because"
			}
			tab.untilAfter(from, want, func(f map[string]rawMessage) bool { return contains(f[key], want) })
		}
	}
	for _, role := range []string{"viewer", "participant", "editor"} {
		from := tabs[role].length()
		tabs[role].say(`{"signal":"clear","in":"lobby","with":{}}`)
		tabs[role].untilAfter(from, "clear refused", func(f map[string]rawMessage) bool { return contains(f["because"], "role") })
	}
	if err := s.do("ada", "lobby", "archive", map[string]any{"on": true}); err != nil {
		t.Fatal(err)
	}
	for _, tab := range tabs {
		from := tab.length()
		tab.taps("up")
		tab.lost(true)
		tab.untilAfter(from, "archived", func(f map[string]rawMessage) bool {
			return contains(f["because"], "archived") || contains(f["because"], "role")
		})
	}
}

// movedClock goes on only when it is told to.
type movedClock struct {
	start time.Time
	ahead atomic.Int64
}

func (c *movedClock) now() time.Time { return c.start.Add(time.Duration(c.ahead.Load())) }

// Who cannot follow counts once over all tabs, until they can, leave, or a host
// clears it, or for a minute. Hosts see how many, they themselves see that it
// counts, and nobody else sees anything.
func TestWhoCannotFollow(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	ben := s.enter("ben", "Benedict")
	s.enter("cleo", "Cleo")
	clock := &movedClock{start: time.Now()}
	s.goBy(clock.now)
	host := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{"lobby": -1, "pulse": -1})
	one := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{"lobby": -1, "pulse": -1})
	two := s.mustJoin("ben", "peer-ben2", 1, nil, map[string]int{"lobby": -1})
	other := s.mustJoin("cleo", "peer-cleo1", 1, nil, map[string]int{"lobby": -1, "pulse": -1})
	on := func(c *tab, from int, on bool) {
		t.Helper()
		c.untilAfter(from, fmt.Sprint("lost ", on), func(f map[string]rawMessage) bool {
			return contains(f["digests"], `"in":"lobby","key":"lost"`) && contains(f["digests"], fmt.Sprintf(`"with":{"on":%t}`, on))
		})
	}
	people := func(from, n int) int {
		t.Helper()
		host.untilAfter(from, fmt.Sprint(n, " are lost"), func(f map[string]rawMessage) bool {
			return lostPeople(f) == n
		})
		return host.length()
	}

	one.lost(true)
	on(one, 0, true)
	on(two, 0, true)
	at := people(0, 1)
	other.lost(true)
	at = people(at, 2)
	two.lost(true) // the same person
	three := s.mustJoin("ada", "peer-ada2", 1, nil, map[string]int{"pulse": -1})
	three.pulse("lost", `{"people":2,"curve":[2]}`)

	one.peer.Leave()
	s.settle("Still one tab", host, two, other)
	four := s.mustJoin("ada", "peer-ada3", 1, nil, map[string]int{"pulse": -1})
	four.pulse("lost", `{"people":2,`)
	two.peer.Leave()
	at = people(at, 1)

	back := s.mustJoin("ben", "peer-ben3", 1, nil, map[string]int{"lobby": -1})
	back.has("watch", `"lobby"`)
	back.lost(true)
	at = people(at, 2)
	from, others := back.length(), other.length()
	host.say(`{"signal":"clear","in":"lobby","with":{}}`)
	at = people(at, 0)
	on(back, from, false)
	on(other, others, false)

	from = back.length()
	back.lost(true)
	on(back, from, true)
	at = people(at, 1)
	clock.ahead.Add(int64(59 * time.Second))
	from = back.length()
	clock.ahead.Add(int64(time.Second))
	on(back, from, false)
	people(at, 0)

	if other.saw(`"people":2,"curve"`) || other.saw(`"curve"`) {
		t.Error("a participant was told how many cannot follow")
	}
	told := passingOf(host) + passingOf(three) + passingOf(four)
	if strings.Contains(told, ben.ID) || strings.Contains(told, "Benedict") {
		t.Errorf("hosts were told who cannot follow: %s", told)
	}
}

// lostPeople is how many a frame says cannot follow; -1 if it does not say.
func lostPeople(f map[string]rawMessage) int {
	var digests []struct {
		In, Key string
		With    struct{ People int }
	}
	_ = json.Unmarshal(f["digests"], &digests)
	for _, d := range digests {
		if d.In == rooms.PulseID && d.Key == "lost" {
			return d.With.People
		}
	}
	return -1
}

// passingOf are all digests and signals that a tab was told.
func passingOf(c *tab) string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var told strings.Builder
	for _, f := range c.frames {
		told.Write(f["digests"])
		told.Write(f["signals"])
	}
	return told.String()
}

// A crowd that taps costs those who show it a few frames, a peer that is stuck
// one, and a host who is one no more hears no numbers.
func TestReactionsAreMerged(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	shows := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{"lobby": -1, "pulse": -1})
	co := s.enter("co", "Co")
	if err := s.do("ada", "lobby", "role", map[string]any{"member": co.ID, "role": rooms.Host}); err != nil {
		t.Fatal(err)
	}
	stuck := s.mustJoin("co", "peer-co-1", 1, nil, map[string]int{"lobby": -1, "pulse": -1})
	s.settle("Before", shows, stuck)
	stuck.mu.Lock()
	stuck.stuck = 1 << 20
	stuck.mu.Unlock()
	const people, each = 30, 6
	began, from, stuckFrom := time.Now(), shows.length(), stuck.length()
	for i := range people {
		person := fmt.Sprint("person", i)
		s.enter(person, person)
		c := s.mustJoin(person, fmt.Sprintf("peer-%08d", i), 1, nil, map[string]int{"lobby": -1})
		for range each {
			c.taps("party")
		}
		s.settle(fmt.Sprint("After person ", i), shows) // a frame for each, which could tell the taps, too
	}
	shows.pulse("reactions", fmt.Sprintf(`{"party":%d}`, people*each))
	most := int(time.Since(began)/(250*time.Millisecond)) + 2
	if n := pulses(shows, from); n == 0 || n > most {
		t.Errorf("%d frames told of %d taps in %s", n, people*each, time.Since(began))
	}
	if n := pulses(stuck, stuckFrom); n != 0 {
		t.Errorf("%d frames were queued to a peer that is stuck", n)
	}
	stuck.mu.Lock()
	stuck.stuck = 0
	stuck.mu.Unlock()
	stuck.pulse("reactions", fmt.Sprintf(`{"party":%d}`, people*each))
	if n := pulses(stuck, stuckFrom); n != 1 {
		t.Errorf("%d frames were told to a peer that was stuck", n)
	}
	shows.taps("up")
	stuck.pulse("reactions", fmt.Sprintf(`{"party":%d,"up":1}`, people*each))

	shows.lost(true)
	stuck.pulse("lost", `{"people":1,"curve":[1]}`)
	if err := s.do("ada", "lobby", "role", map[string]any{"member": co.ID, "role": rooms.Participant}); err != nil {
		t.Fatal(err)
	}
	lesser := stuck.until("a fresh pulse", func(f map[string]rawMessage) bool {
		return contains(f["watch"], `"pulse"`) && contains(f["watch"], `"up":1`)
	})
	if contains(lesser["digests"], `"curve"`) {
		t.Error("a host no more is told who cannot follow")
	}
	from = stuck.length()
	shows.lost(false)
	shows.pulse("lost", `{"people":0,`)
	s.settle("After", stuck)
	stuck.mu.Lock()
	defer stuck.mu.Unlock()
	if strings.Contains(string(all(stuck.frames[from:])), `"curve"`) {
		t.Error("a host no more goes on to be told who cannot follow")
	}
}

// pulses counts the frames with reactions.
func pulses(c *tab, from int) (n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, f := range c.frames[from:] {
		if contains(f["digests"], `"key":"reactions"`) {
			n++
		}
	}
	return n
}
