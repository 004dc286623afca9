package notify

import (
	"context"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// Who is called hears of it, once, and nobody else does.
func TestWhoIsCalledIsTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{})
	code, talk := w.room()
	first := w.say(code, "ben", talk, "Who comes?")
	w.say(code, "ada", talk, "Me, and @Cyd and @Ada", first)
	w.say(code, "ada", talk, "@here is the plan")
	w.say(code, "cyd", talk, "@here too") // only hosts call everybody
	w.told("ben", "here @here is the plan", "reply Me, and @Cyd and @Ada")
	w.told("cyd", "here @here is the plan", "mention Me, and @Cyd and @Ada")
	w.told("ada")
	got := w.list("cyd").Notices[1]
	if got.Room != code || got.Where != "Team day" || got.In != talk || got.Kind != "chat" || got.Name != "Ada" || got.Key == "" || got.At == 0 {
		t.Errorf("told was %+v", got)
	}
}

// Comments call, too, and so does what is said in a room that one wants to hear
// everything of; a room of which one wants to hear nothing is silent.
func TestLevelsAndComments(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{})
	code, talk := w.room()
	level := func(person string, l Level) {
		if err := w.notices.SetLevel(t.Context(), person, w.roomID(code), l); err != nil {
			t.Fatal(err)
		}
	}
	level("ben", All)
	level("cyd", None)
	w.do(code, "ada", "lobby", "add", with{"kind": "doc", "title": "Plan", "settings": with{"content": []with{{"insert": "Who brings what\n"}}}})
	doc := slices.DeleteFunc(w.activities(code), func(id string) bool { return id == talk })[0]
	thread := w.do(code, "ben", doc, "comment", with{"base": 0, "from": 0, "to": 3, "text": "All of us?"})
	reply := w.do(code, "ada", doc, "reply", with{"thread": thread, "text": "Yes, @Cyd too", "mentions": w.mentions(code, "@Cyd")})
	w.say(code, "cyd", talk, "Hello")
	w.say(code, "ada", talk, "@Cyd @here")
	w.told("ben", "here @Cyd @here", "said Hello", "reply Yes, @Cyd too")
	w.told("cyd")
	if settings, err := w.notices.Settings(t.Context(), "cyd"); err != nil || !slices.Equal(settings.Rooms, []RoomLevel{{code, None}}) {
		t.Errorf("the settings are %+v, %v", settings, err)
	}
	level("cyd", Mentions)
	w.say(code, "ada", talk, "And @Cyd")
	w.told("cyd", "mention And @Cyd")
	w.do(code, "ada", doc, "amend", with{"thread": thread, "of": reply, "text": "Yes, all"})
	w.told("ben", "said And @Cyd", "here @Cyd @here", "said Hello", "reply Yes, all")
	w.do(code, "ada", doc, "erase", with{"thread": thread, "of": reply})
	w.told("ben", "said And @Cyd", "here @Cyd @here", "said Hello")
}

// A reply answers who began its thread, and who wrote in it. Who reads the chat
// has not read its threads, nor the other way round.
func TestRepliesInAThreadAreTold(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{})
	code, talk := w.room()
	first := w.say(code, "ada", talk, "Who comes?")
	reply := func(person, text string) uint64 {
		return w.do(code, person, talk, "say", with{"text": text, "thread": first, "mentions": w.mentions(code, text)})
	}
	reply("ben", "Me")
	w.told("ada", "reply Me")
	w.told("cyd")
	last := reply("ada", "And @Cyd?")
	w.told("ben", "reply And @Cyd?")
	w.told("cyd", "mention And @Cyd?")
	reply("cyd", "Yes")
	w.told("ada", "reply Yes", "reply Me")
	w.told("ben", "reply Yes", "reply And @Cyd?")
	end := w.say(code, "cyd", talk, "Something for @Ben")
	w.read(code, "ben", talk, end)
	w.told("ben", "mention Something for @Ben ✓", "reply Yes", "reply And @Cyd?")
	w.do(code, "ben", talk, "read", with{"seq": last, "thread": first})
	w.told("ben", "mention Something for @Ben ✓", "reply Yes", "reply And @Cyd? ✓")
	again := w.say(code, "ada", talk, "Once more, @Ben")
	w.do(code, "ben", talk, "read", with{"seq": again, "thread": first})
	w.told("ben", "mention Once more, @Ben", "mention Something for @Ben ✓", "reply Yes ✓", "reply And @Cyd? ✓")
}

// What was read on any device is read; what is read in the list as well.
func TestReadAnywhereIsRead(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{})
	var mu sync.Mutex
	var heard []string
	w.notices.Hear(func(persons []string) { mu.Lock(); heard = append(heard, persons...); mu.Unlock() })
	code, talk := w.room()
	first := w.say(code, "ada", talk, "One for @Ben")
	w.say(code, "ada", talk, "Two for @Ben")
	w.told("ben", "mention Two for @Ben", "mention One for @Ben")
	w.read(code, "ben", talk, first)
	w.told("ben", "mention Two for @Ben", "mention One for @Ben ✓")
	w.say(code, "ada", talk, "Three for @Ben")
	w.told("ben", "mention Three for @Ben", "mention Two for @Ben", "mention One for @Ben ✓")
	mu.Lock()
	if !slices.Contains(heard, "ben") || slices.Contains(heard, "cyd") {
		t.Errorf("%q heard of it", heard)
	}
	heard = nil
	mu.Unlock()
	list := w.list("ben").Notices
	if err := w.notices.Read(t.Context(), "cyd", []int64{list[1].ID}); err != nil {
		t.Fatal(err)
	}
	w.told("ben", "mention Three for @Ben", "mention Two for @Ben", "mention One for @Ben ✓")
	if err := w.notices.Read(t.Context(), "ben", []int64{list[1].ID}); err != nil {
		t.Fatal(err)
	}
	w.told("ben", "mention Three for @Ben", "mention Two for @Ben ✓", "mention One for @Ben ✓")
	if err := w.notices.ReadThrough(t.Context(), "ben", list[0].ID); err != nil {
		t.Fatal(err)
	}
	w.told("ben", "mention Three for @Ben ✓", "mention Two for @Ben ✓", "mention One for @Ben ✓")
	mu.Lock()
	defer mu.Unlock()
	if !slices.Contains(heard, "ben") {
		t.Errorf("other tabs did not hear of it: %q", heard)
	}
}

// Nobody is told of what they may not see, also not what they were told before;
// and they are when they may see it again.
func TestNobodyIsToldWhatTheyMayNotSee(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{})
	code, talk := w.room()
	lobby := func(do string, content with) { w.do(code, "ada", "lobby", do, content) }
	w.say(code, "ada", talk, "Hello @Ben")
	w.told("ben", "mention Hello @Ben")
	for name, closed := range map[string][2]func(){
		"hidden":  {func() { lobby("show", with{"id": talk, "least": "host"}) }, func() { lobby("show", with{"id": talk, "least": "viewer"}) }},
		"removed": {func() { lobby("remove", with{"member": w.members[code+"ben"]}) }, func() { lobby("readmit", with{"member": w.members[code+"ben"]}) }},
		"binned":  {func() { lobby("bin", with{"id": talk}) }, func() { lobby("restore", with{"id": talk}) }},
		"lowered": {
			func() {
				lobby("show", with{"id": talk, "least": "participant"})
				lobby("role", with{"member": w.members[code+"ben"], "role": "viewer"})
			},
			func() { lobby("role", with{"member": w.members[code+"ben"], "role": "participant"}) },
		},
	} {
		closed[0]()
		if list := w.list("ben"); len(list.Notices) != 0 || list.Unread != 0 { // at once, whatever was taken
			t.Errorf("%s: ben is told %+v", name, list)
		}
		if name != "binned" {
			w.say(code, "ada", talk, name+" from @Ben")
		}
		w.told("ben")
		closed[1]()
		w.told("ben", "mention Hello @Ben")
	}
}

// What was deleted is gone, and what was edited reads as it does now.
func TestWhatWasSaidReadsAsItDoesNow(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{})
	code, talk := w.room()
	seq := w.say(code, "ada", talk, "Helo @Ben\nand so on "+strings.Repeat("x", 300))
	w.told("ben", "mention Helo @Ben and so on "+strings.Repeat("x", 200-len("Helo @Ben and so on "))+"…")
	w.do(code, "ada", talk, "edit", with{"seq": seq, "text": "Hello @Ben", "mentions": w.mentions(code, "@Ben")})
	w.told("ben", "mention Hello @Ben")
	w.do(code, "ada", talk, "edit", with{"seq": seq, "text": "Hello @Ben and @Cyd", "mentions": w.mentions(code, "@Ben @Cyd")})
	w.told("ben", "mention Hello @Ben and @Cyd")
	w.told("cyd") // an edit calls nobody
	w.do(code, "ada", talk, "delete", with{"seq": seq})
	if list := w.list("ben"); len(list.Notices) != 0 {
		t.Errorf("ben is told %+v", list)
	}
	w.told("ben")
}

// Nothing is told twice, however often the same events come: after a restart,
// after a crash that lost the places, and after the room was given another numbering.
func TestNothingIsToldTwice(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{})
	code, talk := w.room()
	w.say(code, "ada", talk, "One for @Ben")
	w.told("ben", "mention One for @Ben")
	w.notices.mustRead(t, "ben", w.list("ben").Notices[0].ID)
	w.closeNotices()
	w.say(code, "ada", talk, "Two for @Ben") // while nobody follows
	w.openNotices()
	w.told("ben", "mention Two for @Ben", "mention One for @Ben ✓")
	w.closeNotices()
	w.exec("DELETE FROM notice_places")
	w.openNotices()
	w.told("ben", "mention Two for @Ben", "mention One for @Ben ✓")
	w.closeNotices()
	w.exec("UPDATE rooms SET epoch = 'another'")
	w.openNotices()
	w.told("ben", "mention Two for @Ben", "mention One for @Ben ✓")
}

// Old calls are no news, and go; a person's list is bounded.
func TestNoticesAreBounded(t *testing.T) {
	t.Parallel()
	now := &clock{at: time.Now()}
	w := newWorld(t, Options{Clock: now.now})
	code, talk := w.room()
	for range keepMost + 5 {
		w.say(code, "ada", talk, "@Ben")
	}
	w.settle()
	if n := w.count("notices WHERE person = 'ben'"); n < keepMost-1 || n > keepMost {
		t.Errorf("%d notices are kept", n)
	}
	if list := w.list("ben"); len(list.Notices) != MostListed || list.Unread != MostListed {
		t.Errorf("%d notices are listed", len(list.Notices))
	}
	now.forward(keepFor + time.Minute)
	if err := w.notices.dropOld(t.Context(), now.now().Add(-keepFor).UnixMilli()); err != nil {
		t.Fatal(err)
	}
	w.say(code, "ada", talk, "an old call of @Ben")
	w.told("ben")
}

// Of a person whom nobody can be any more nothing is kept.
func TestNothingIsKeptOfWhoIsGone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{})
	code, talk := w.room()
	w.say(code, "ada", talk, "@Ben and @Cyd")
	w.settle()
	w.exec("UPDATE tokens SET revoked_at = 5 WHERE person = 'ben'")
	if err := w.notices.dropOld(t.Context(), 0); err != nil {
		t.Fatal(err)
	}
	w.told("ben")
	w.told("cyd", "mention @Ben and @Cyd")
}

func (n *Notify) mustRead(t *testing.T, person string, id int64) {
	t.Helper()
	if err := n.Read(context.Background(), person, []int64{id}); err != nil {
		t.Fatal(err)
	}
}

// What somebody writes to one member alone calls that one, and nobody else; also
// in a room of which they want to hear only of mentions. Who wants to hear
// nothing, or has blocked the other, is not told. What is read is not told again.
func TestADirectMessageCallsOneAlone(t *testing.T) {
	t.Parallel()
	w := newWorld(t, Options{})
	code, talk := w.room()
	direct := func(from, to, text string) uint64 {
		return w.do(code, from, "direct", "say", with{"with": w.members[code+to], "text": text})
	}
	for _, host := range []string{"ada"} {
		if err := w.notices.SetLevel(t.Context(), host, w.roomID(code), All); err != nil {
			t.Fatal(err)
		}
	}
	thread := direct("ben", "cyd", "Between us, @here @Ada")
	w.told("cyd", "direct Between us, @here @Ada")
	w.told("ada")
	w.told("ben")
	w.read(code, "cyd", talk, thread+1)
	w.told("cyd", "direct Between us, @here @Ada")
	w.do(code, "cyd", "direct", "read", with{"seq": thread + 1, "thread": thread})
	w.told("cyd", "direct Between us, @here @Ada ✓")
	w.do(code, "ben", "direct", "edit", with{"seq": thread + 1, "text": "Among us"})
	w.told("cyd", "direct Among us ✓")
	w.do(code, "ben", "direct", "delete", with{"seq": thread + 1})
	w.told("cyd")
	w.do(code, "cyd", "direct", "block", with{"with": w.members[code+"ben"], "on": true})
	direct("ben", "cyd", "Are you there?")
	w.told("cyd")
	w.told("ben")
	w.told("ada")
	if err := w.notices.SetLevel(t.Context(), "ben", w.roomID(code), None); err != nil {
		t.Fatal(err)
	}
	direct("ada", "ben", "Come here")
	w.told("ben")
}
