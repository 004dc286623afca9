package rooms_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"plenum/chat"
	"plenum/collab"
	"plenum/polls"
	"plenum/rooms"
)

// screen makes a screen link of an activity, as the owner.
func (s *stage) screen(what rooms.ScreenLink) (id, key string) {
	s.t.Helper()
	id, key, err := s.hall.AddScreen(s.t.Context(), s.code, "ada", what)
	if err != nil {
		s.t.Fatal(err)
	}
	return id, key
}

// look opens a screen that watches some activities.
func (s *stage) look(key string, watch ...string) (*tab, error) {
	s.t.Helper()
	c := &tab{s: s, name: "screen", came: make(chan struct{})}
	wants := map[string]any{}
	for _, id := range watch {
		wants[id] = nil
	}
	p, err := s.hall.JoinScreen(context.Background(), key, all(map[string]any{"join": "SCREEN", "protocol": 1, "peer": "screen-0001", "next": 1, "watch": wants}), c)
	c.peer = p
	return c, err
}

func (s *stage) mustLook(key string, watch ...string) *tab {
	s.t.Helper()
	c, err := s.look(key, watch...)
	if err != nil {
		s.t.Fatal(err)
	}
	return c
}

// poll adds a poll with one question, q1, whose results are shown at the reveal.
func (s *stage) poll() string {
	s.t.Helper()
	content := all(map[string]any{"kind": "poll", "title": "Votes", "settings": map[string]any{"questions": []any{
		map[string]any{"id": "q1", "kind": "single", "prompt": "Tea?", "show": "revealed", "options": []any{map[string]any{"id": "a", "text": "Yes"}, map[string]any{"id": "b", "text": "No"}}},
		map[string]any{"id": "q2", "kind": "single", "prompt": "A secret draft", "options": []any{map[string]any{"id": "c", "text": "One"}, map[string]any{"id": "d", "text": "Two"}}},
	}}})
	answer, err := s.hall.Do(s.t.Context(), s.code, "ada", rooms.Command{In: "lobby", Do: "add", With: content})
	if err != nil {
		s.t.Fatal(err)
	}
	var a struct {
		Events []struct{ With struct{ ID string } }
	}
	if err := json.Unmarshal(answer, &a); err != nil {
		s.t.Fatal(err)
	}
	return a.Events[0].With.ID
}

func (s *stage) must(person, in, do string, with any) {
	s.t.Helper()
	if err := s.do(person, in, do, with); err != nil {
		s.t.Fatalf("%s %s: %v", in, do, err)
	}
}

// of are the parts of the frames of a tab that are about an activity: its views
// and events, and the newest of its digests, which is all that counts.
func (c *tab) of(activity string) (parts []string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	newest := map[string]string{}
	for _, frame := range c.frames {
		var f struct {
			Watch   map[string]struct{ View json.RawMessage }
			Events  []map[string]json.RawMessage
			Digests []map[string]json.RawMessage
		}
		if err := json.Unmarshal(all(frame), &f); err != nil {
			c.s.t.Fatal(err)
		}
		if view := f.Watch[activity].View; view != nil {
			parts = append(parts, "view "+string(view))
		}
		for _, part := range append(f.Events, f.Digests...) {
			if string(part["in"]) != fmt.Sprintf("%q", activity) {
				continue
			}
			if key := string(part["key"]); key != "" {
				delete(part, "through")
				newest[key] = string(all(part))
				continue
			}
			parts = append(parts, string(all(part)))
		}
	}
	for _, digest := range newest {
		parts = append(parts, digest)
	}
	return parts
}

// A screen hears of its activity what a viewer hears, and nothing else: no name,
// no hidden result, no other activity.
func TestAScreenSeesWhatAViewerSees(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	vic := s.enter("vic", "Victoria")
	s.enter("ben", "Benedict")
	s.must("ada", "lobby", "role", map[string]any{"member": vic.ID, "role": "viewer"})
	poll, talk := s.poll(), s.add("chat", rooms.Viewer)
	_, key := s.screen(rooms.ScreenLink{Activity: poll})
	viewer := s.mustJoin("vic", "peer-vic1", 1, nil, map[string]int{poll: -1})
	screen := s.mustLook(key, poll)
	viewer.has("watch", "view")
	screen.has("watch", "view")
	s.must("ada", poll, "present", map[string]any{"question": "q1"})
	s.must("ada", poll, "open", map[string]any{"question": "q1"})
	s.must("ben", poll, "vote", map[string]any{"question": "q1", "round": 1, "turn": 1, "options": []string{"b"}})
	s.must("ben", talk, "say", map[string]any{"text": "not for screens"})
	voted := func(c *tab) { c.has("digests", `"people":1`) }
	voted(viewer)
	voted(screen)
	if screen.saw(`"counts"`) || viewer.saw(`"counts"`) {
		t.Error("results are told before they are shown")
	}
	s.must("ada", poll, "close", map[string]any{"question": "q1"})
	s.must("ada", poll, "reveal", map[string]any{"question": "q1"})
	revealed := func(c *tab) { c.has("events", `"revealed"`); c.has("digests", `"counts"`) }
	revealed(viewer)
	revealed(screen)
	seen, of := screen.of(poll), viewer.of(poll)
	slices.Sort(seen)
	slices.Sort(of)
	if seen, of := slices.Compact(seen), slices.Compact(of); !slices.Equal(seen, of) {
		t.Errorf("a screen was told\n%s\na viewer\n%s", strings.Join(seen, "\n"), strings.Join(of, "\n"))
	}
	for _, text := range []string{"A secret draft", "not for screens", "Victoria", "Benedict", "Ada", vic.ID, s.code, talk} {
		if screen.saw(text) {
			t.Errorf("a screen was told of %q", text)
		}
	}
	late := s.mustLook(key, poll)
	late.has("watch", `"results"`)
	late.has("watch", `"mine":null`)
}

// Whoever has a key can do nothing by it, read nothing else, and is nobody.
func TestAScreenDoesNothing(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	poll, talk, doc := s.poll(), s.add("chat", rooms.Viewer), s.add("doc", rooms.Viewer)
	id, key := s.screen(rooms.ScreenLink{Activity: poll})
	screen := s.mustLook(key, poll, talk, doc, "lobby", "pulse", "none")
	for _, other := range []string{talk, doc, "lobby", "pulse", "none"} {
		screen.has("watch", fmt.Sprintf(`%q:{"refused":"no-activity"`, other))
	}
	before, err := s.log.Find(t.Context(), s.code)
	if err != nil {
		t.Fatal(err)
	}
	head, err := s.log.Head(t.Context(), before)
	if err != nil {
		t.Fatal(err)
	}
	tried := 0
	for _, kind := range []rooms.Kind{polls.Kind, chat.Kind, collab.Kind} {
		in := map[string]string{"poll": poll, "chat": talk, "doc": doc}[kind.Name]
		for do := range kind.Commands {
			screen.say(fmt.Sprintf(`{"in":%q,"do":%q,"with":{"question":"q1","text":"x"},"n":%d,"ref":"r%d"}`, in, do, tried+1, tried))
			screen.say(fmt.Sprintf(`{"in":"lobby","do":%q,"with":{"id":%q},"ref":"l%d"}`, do, id, tried))
			screen.say(fmt.Sprintf(`{"in":%q,"signal":%q,"with":{}}`, in, do))
			tried++
		}
		for name, read := range kind.Reads {
			_, err := s.hall.ScreenRead(t.Context(), key, in, name, map[string]string{"question": "q1", "round": "1"})
			switch {
			case in != poll && !errors.Is(err, rooms.ErrNoActivity):
				t.Errorf("%s %s of another activity: %v", kind.Name, name, err)
			case in == poll && read.Least > rooms.Viewer && !errors.Is(err, rooms.ErrRole):
				t.Errorf("%s for hosts: %v", name, err)
			}
		}
	}
	for _, do := range []string{"title", "add", "unscreen", "screen", "link", "enter", "hand", "delete", "name"} {
		screen.say(fmt.Sprintf(`{"in":"lobby","do":%q,"with":{"id":%q,"name":"N"},"ref":"m-%s"}`, do, id, do))
		screen.has("ref", "m-"+do)
	}
	for _, because := range []string{"unknown", "malformed", "closed", "broken", "not-member"} {
		if screen.saw(fmt.Sprintf(`"because":%q`, because)) {
			t.Errorf("something got as far as to be refused as %s", because)
		}
	}
	if now, err := s.log.Head(t.Context(), before); err != nil || now.Seq != head.Seq {
		t.Errorf("the log went from %d to %d: %v", head.Seq, now.Seq, err)
	}
	for _, activity := range []string{talk, doc, "lobby", "none"} {
		if _, err := s.hall.ScreenView(t.Context(), key, activity); !errors.Is(err, rooms.ErrNoActivity) {
			t.Errorf("the view of %s: %v", activity, err)
		}
	}
	if text, err := s.hall.ScreenView(t.Context(), key, poll); err != nil || strings.Contains(string(text), "A secret draft") {
		t.Errorf("its own view: %s %v", text, err)
	}
	host := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{"lobby": -1})
	host.has("presence", `"people":1`)
	host.has("watch", `"screens":[{"id":"`+id)
	if host.saw("screen-") {
		t.Errorf("somebody is told of a screen: %s", host.told())
	}
	screen.has("presence", `"people":1`)
	if about, err := s.hall.About(t.Context(), s.code, ""); err != nil || about.People != 1 {
		t.Errorf("at the door: %+v %v", about, err)
	}
	if shown, err := s.hall.Screen(t.Context(), key); err != nil || shown.Code != "" || shown.Name != "Votes" || shown.Title != "A room" {
		t.Errorf("%+v %v", shown, err)
	}
	for _, key := range []string{"", "x", id, key + "x", strings.ToUpper(key)} {
		if _, err := s.hall.Screen(t.Context(), key); !errors.Is(err, rooms.ErrScreen) {
			t.Errorf("%q: %v", key, err)
		}
	}
}

// What takes a screen away ends those that are open, each with its reason; what
// gives it back shows it again.
func TestScreensEnd(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	poll := s.poll()
	ben := s.enter("ben", "Ben")
	if _, _, err := s.hall.AddScreen(t.Context(), s.code, "ben", rooms.ScreenLink{Activity: poll}); !errors.Is(err, rooms.ErrRole) {
		t.Errorf("a participant makes one: %v", err)
	}
	if _, _, err := s.hall.AddScreen(t.Context(), s.code, "ada", rooms.ScreenLink{Activity: "none"}); !errors.Is(err, rooms.ErrNoActivity) {
		t.Errorf("of nothing: %v", err)
	}
	refusedAs(t, s.do("ada", "lobby", "screen", map[string]any{"id": "s9", "activity": poll, "hash": "h"}), "role")
	_, _, err := s.hall.AddScreen(t.Context(), s.code, "ada", rooms.ScreenLink{Activity: poll, Until: 1})
	refusedAs(t, err, "screen-end")
	s.must("ada", "lobby", "role", map[string]any{"member": ben.ID, "role": "host"})
	id, key := s.screen(rooms.ScreenLink{Activity: poll, Code: true})
	stays, other := s.screen(rooms.ScreenLink{Activity: poll})
	screen := s.mustLook(key, poll)
	screen.has("watch", "view")
	if shown, err := s.hall.Screen(t.Context(), key); err != nil || shown.Code != s.code {
		t.Errorf("with its code: %+v %v", shown, err)
	}

	s.must("ada", "lobby", "show", map[string]any{"id": poll, "least": "host"})
	screen.has("unwatched", poll)
	if _, err := s.hall.ScreenView(t.Context(), key, poll); !errors.Is(err, rooms.ErrNoActivity) {
		t.Errorf("hidden: %v", err)
	}
	if shown, err := s.hall.Screen(t.Context(), key); err != nil || shown.Name != "" {
		t.Errorf("hidden: %+v %v", shown, err)
	}
	from := screen.length()
	s.must("ada", "lobby", "show", map[string]any{"id": poll, "least": "viewer"})
	screen.untilAfter(from, "a view", func(f map[string]json.RawMessage) bool { return contains(f["watch"], `"view"`) })

	s.must("ada", "lobby", "end", map[string]any{"on": true})
	screen.closedWith(rooms.CloseEnded)
	if _, err := s.look(key, poll); !errors.Is(err, rooms.ErrEnded) {
		t.Errorf("ended: %v", err)
	}
	s.must("ada", "lobby", "end", map[string]any{"on": false})
	s.restart()
	screen = s.mustLook(key, poll)
	beside := s.mustLook(other, poll)
	screen.has("watch", "view")
	begin := time.Now()
	s.must("ben", "lobby", "unscreen", map[string]any{"id": id})
	screen.closedWith(rooms.CloseNoRoom)
	if took := time.Since(begin); took > time.Second {
		t.Errorf("it ended after %v", took)
	}
	refusedAs(t, s.do("ben", "lobby", "unscreen", map[string]any{"id": id}), "screen")
	if _, err := s.look(key, poll); !errors.Is(err, rooms.ErrScreen) {
		t.Errorf("revoked: %v", err)
	}
	if beside.closedBy() != 0 {
		t.Error("another screen ended as well")
	}
	a, err := s.audit("ada", 0)
	if err != nil || len(a.Lines) < 2 || a.Lines[0].Did != "unscreened" || a.People[a.Lines[0].By] != "Ben" || a.Activities[poll] != "Votes" {
		t.Errorf("the log: %+v %v", a, err)
	}
	host := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{"lobby": -1})
	host.has("watch", fmt.Sprintf(`"screens":[{"id":%q,"activity":%q}]`, stays, poll))
	if host.saw("hash") || host.saw(other) {
		t.Error("hosts are told a key")
	}
	for i := range rooms.MaxScreens - 1 {
		if _, _, err := s.hall.AddScreen(t.Context(), s.code, "ada", rooms.ScreenLink{Activity: poll}); err != nil {
			t.Fatalf("%d: %v", i, err)
		}
	}
	_, _, err = s.hall.AddScreen(t.Context(), s.code, "ada", rooms.ScreenLink{Activity: poll})
	refusedAs(t, err, "screens")
	s.must("ada", "lobby", "delete", map[string]any{"on": true})
	beside.closedWith(rooms.CloseDeleted)
	if _, err := s.hall.Screen(t.Context(), other); !errors.Is(err, rooms.ErrDeleted) {
		t.Errorf("deleted: %v", err)
	}
}

// A screen whose time is over ends by itself.
func TestAScreenEndsAtItsTime(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	poll := s.poll()
	_, key := s.screen(rooms.ScreenLink{Activity: poll, Until: time.Now().Add(1500 * time.Millisecond).UnixMilli()})
	screen := s.mustLook(key, poll)
	screen.has("watch", "view")
	screen.closedWith(rooms.CloseNoRoom)
	if _, err := s.look(key, poll); !errors.Is(err, rooms.ErrScreen) {
		t.Errorf("its time is over: %v", err)
	}
}
