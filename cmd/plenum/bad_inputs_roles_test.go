package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// ranks are the roles a person can have, lowest first.
var ranks = []string{"viewer", "participant", "editor", "host", "owner"}

// expected is written by hand, so that a wrong table is seen as well: the least
// role of a command; "room" is nobody.
var expected = map[string]string{
	"chat say": "participant", "lobby title": "host", "lobby lock": "host", "lobby remove": "host", "lobby role": "host", "lobby hand": "owner", "lobby end": "host", "lobby archive": "owner", "lobby delete": "owner",
	"lobby brake": "host", "lobby slow": "host", "lobby mute": "host", "lobby add": "host", "lobby bin": "host", "lobby name": "viewer", "lobby enter": "room", "lobby passcode": "room", "lobby link": "room",
	"direct say": "participant", "direct edit": "participant", "direct delete": "participant", "direct react": "participant", "direct read": "viewer", "direct block": "viewer",
	"doc change": "editor", "poll vote": "participant", "poll open": "host", "poll wake": "room",
	"survey begin": "participant", "survey save": "participant", "survey send": "participant", "survey write": "host", "survey share": "host",
}

// 5: every role asks for every command of every kind, over HTTP and over a
// socket. Whether the role is enough is as the table in "joined" says.
func TestBadInput05RoleTimesCommand(t *testing.T) {
	t.Parallel()
	server := serve(t, t.TempDir(), serveCommand{})
	c := gather(t, server.url)
	kinds := c.owner.join(c.code, "p-ada-kinds", `"next":1,"watch":{}`).until("joined", func(f frame) bool { return f.Joined }).Kinds
	c.compare(kinds)
	in := map[string]string{"lobby": "lobby"}
	for _, kind := range slices.Sorted(maps.Keys(kinds)) {
		if kind == "direct" {
			in[kind] = kind // every room has it
		} else if kind != "lobby" {
			in[kind] = c.add(kind)
		}
	}
	tried := 0
	var actors []*actor
	for _, role := range ranks {
		for _, kind := range slices.Sorted(maps.Keys(kinds)) {
			// Somebody new for each, so that nobody is too fast.
			a := c.actor(role, kind, in[kind])
			actors = append(actors, a)
			for _, do := range slices.Sorted(maps.Keys(kinds[kind].Commands)) {
				needs := kinds[kind].Commands[do]
				a.tryOverHTTP(do, needs.Role)
				a.tryOverSocket(do, needs.Role, needs.Unnumbered)
				tried++
			}
			for signal, needs := range kinds[kind].Signals {
				a.trySignal(signal, needs.Role)
			}
			a.tryUnknown()
		}
	}
	if tried < 5*15 {
		t.Errorf("only %d combinations were tried", tried)
	}
	for _, class := range slices.Sorted(maps.Keys(brakes)) {
		c.brake(class, true)
		for _, a := range actors {
			a.tryBraked(kinds[a.kind], class)
		}
		c.brake(class, false)
	}
	c.alive()
}

// brakes are the classes that can be stopped, and how their commands are refused
// then; written by hand.
var brakes = map[string]string{"write": "frozen", "talk": "quiet", "vote": "paused", "direct": "no-direct"}

func (c *company) brake(class string, on bool) {
	c.t.Helper()
	status, answer := c.owner.ask(http.MethodPost, "/api/rooms/"+c.code+"/activities/lobby/brake", fmt.Sprintf(`{"with":{"class":%q,"on":%v}}`, class, on))
	if status != http.StatusOK {
		c.t.Fatalf("brake %s: %d %v", class, status, answer)
	}
}

// tryBraked asks for every command while a class is stopped: of those of the
// class, who is no host is refused with its word, and everybody else is not.
func (a *actor) tryBraked(table permissions, class string) {
	a.c.t.Helper()
	for _, do := range slices.Sorted(maps.Keys(table.Commands)) {
		needs := table.Commands[do]
		want := ""
		switch {
		case !a.enough(needs.Role):
			want = "role"
		case needs.Class == class && !a.enough("host"):
			want = brakes[class]
		}
		_, answer := a.browser.ask(http.MethodPost, "/api/rooms/"+a.c.code+"/activities/"+a.activity+"/"+do, `{"with":{}}`)
		because, _ := answer["because"].(string)
		over := a.askOverSocket(do, needs.Unnumbered).Because
		for _, got := range []string{because, over} {
			stopped := got == "role" || got == "frozen" || got == "quiet" || got == "paused" || got == "no-direct"
			if want != "" && got != want || want == "" && stopped {
				a.c.t.Errorf("with %s stopped, %s/%s by a %s is refused as %q, not %q", class, a.activity, do, a.role, got, want)
			}
		}
	}
}

// compare holds the table of the program against what was written by hand.
func (c *company) compare(kinds map[string]permissions) {
	c.t.Helper()
	for what, role := range expected {
		kind, command, _ := strings.Cut(what, " ")
		table, ok := kinds[kind]
		if !ok && !slices.ContainsFunc(kindNames(), func(name string) bool { return name == kind }) {
			continue // this build does not have the kind
		}
		if got := table.Commands[command].Role; got != role {
			c.t.Errorf("%s needs %q, not %q", what, got, role)
		}
	}
	if len(kinds) != len(kindNames())+1 {
		c.t.Errorf("%d kinds were told", len(kinds))
	}
}

func kindNames() []string {
	var names []string
	for _, kind := range kinds {
		names = append(names, kind.Name)
	}
	return names
}

// add adds an activity and tells its id.
func (c *company) add(kind string) string {
	c.t.Helper()
	status, answer := c.owner.ask(http.MethodPost, "/api/rooms/"+c.code+"/activities/lobby/add", `{"with":{"kind":"`+kind+`","title":"A `+kind+`"}}`)
	if status != http.StatusOK {
		c.t.Fatalf("add a %s: %d %v", kind, status, answer)
	}
	return answer["events"].([]any)[0].(map[string]any)["with"].(map[string]any)["id"].(string)
}

// actor is somebody with a role who tries all commands of one activity.
type actor struct {
	c        *company
	browser  *browser
	tab      *tab
	role     string
	kind     string
	activity string
	n        int
}

func (c *company) actor(role, kind, activity string) *actor {
	c.t.Helper()
	a := &actor{c: c, browser: c.owner, role: role, kind: kind, activity: activity}
	if role != "owner" {
		a.browser = browse(c.t, c.owner.url)
		key := c.link(role)
		if status, answer := a.browser.ask(http.MethodPost, "/api/rooms/"+c.code+"/enter", `{"name":"A `+role+`","key":"`+key+`"}`); status != http.StatusOK {
			c.t.Fatalf("enter: %d %v", status, answer)
		}
	}
	a.tab = a.browser.join(c.code, "p-"+role+"-of-"+kind, `"next":1,"watch":{}`)
	joined := a.tab.until("joined", func(f frame) bool { return f.Joined })
	if joined.Member.Role != role {
		c.t.Fatalf("a link for a %s made a %s", role, joined.Member.Role)
	}
	return a
}

// link is the key of a new link that gives a role.
func (c *company) link(role string) string {
	c.t.Helper()
	status, answer := c.owner.ask(http.MethodPost, "/api/rooms/"+c.code+"/links", `{"role":"`+role+`"}`)
	if status != http.StatusCreated {
		c.t.Fatalf("a link for a %s: %d %v", role, status, answer)
	}
	return answer["key"].(string)
}

// enough tells whether the actor's role is.
func (a *actor) enough(least string) bool {
	at := slices.Index(ranks, least)
	return at >= 0 && slices.Index(ranks, a.role) >= at
}

func (a *actor) tryOverHTTP(do, least string) {
	a.c.t.Helper()
	status, answer := a.browser.ask(http.MethodPost, "/api/rooms/"+a.c.code+"/activities/"+a.activity+"/"+do, `{"with":{}}`)
	if a.enough(least) && (answer["because"] == "role" || status >= 500) || !a.enough(least) && (status != http.StatusForbidden || answer["because"] != "role") {
		a.c.t.Errorf("POST %s/%s by a %s (needs %s): %d %v", a.activity, do, a.role, least, status, answer)
	}
}

func (a *actor) tryOverSocket(do, least string, unnumbered bool) {
	a.c.t.Helper()
	f := a.askOverSocket(do, unnumbered)
	refused := f.Refused != nil && f.Because == "role"
	if refused == a.enough(least) || f.Refused != nil && (f.Say == "" || unnumbered && f.Ref != do) {
		a.c.t.Errorf("%s/%s by a %s (needs %s): %+v", a.activity, do, a.role, least, f)
	}
}

// askOverSocket is the answer to a command without content.
func (a *actor) askOverSocket(do string, unnumbered bool) frame {
	a.c.t.Helper()
	a.n++
	ask := map[string]any{"in": a.activity, "do": do, "with": map[string]any{}, "n": a.n}
	number := uint64(a.n)
	if unnumbered {
		delete(ask, "n")
		ask["ref"], number = do, 0
		a.n--
	}
	text, err := json.Marshal(ask)
	if err != nil {
		a.c.t.Fatal(err)
	}
	for {
		a.tab.send(string(text))
		f := a.tab.until("an answer to "+string(text), func(f frame) bool {
			return f.Refused != nil && *f.Refused == number || slices.Contains(f.Done, number) || f.Mine != nil || f.Wait != nil
		})
		if f.Wait == nil {
			return f
		}
		if f.Because != "rate" {
			a.c.t.Fatalf("%s by a %s must wait: %s", text, a.role, f.Because)
		}
		time.Sleep(time.Duration(f.After) * time.Millisecond) // as a client does
	}
}

// trySignal is answered only if it is refused. Signals and commands have no order
// among each other.
func (a *actor) trySignal(signal, least string) {
	a.c.t.Helper()
	a.tab.send(fmt.Sprintf(`{"signal":%q,"in":%q,"with":{}}`, signal, a.activity))
	refused := func(f frame) bool { return f.Refused != nil && *f.Refused == 0 && f.Because == "role" }
	if !a.enough(least) {
		a.tab.until("a refusal of the signal "+signal, refused)
		return
	}
	for range 2 {
		a.n++
		a.tab.send(fmt.Sprintf(`{"in":"lobby","do":"no-such-thing","with":{},"n":%d}`, a.n))
		a.tab.until("an answer after a signal", func(f frame) bool {
			if refused(f) {
				a.c.t.Errorf("the signal %s by a %s (needs %s) is refused", signal, a.role, least)
			}
			return f.Refused != nil && *f.Refused == uint64(a.n)
		})
	}
}

// tryUnknown asks for what no table has.
func (a *actor) tryUnknown() {
	a.c.t.Helper()
	for _, do := range []string{"no-such-thing", "Say", "wake ", "__proto__"} {
		a.n++
		a.tab.send(fmt.Sprintf(`{"in":%q,"do":%q,"with":{},"n":%d}`, a.activity, do, a.n))
		f := a.tab.until("a refusal", func(f frame) bool { return f.Refused != nil && *f.Refused == uint64(a.n) })
		if f.Because != "unknown" {
			a.c.t.Errorf("%s by a %s: %s", do, a.role, f.Because)
		}
	}
}
