package rooms_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"plenum/rooms"
)

// roleOf is the role in which a person is in the room.
func (s *stage) roleOf(person string) rooms.Role {
	s.t.Helper()
	about, err := s.hall.About(s.t.Context(), s.code, person)
	if err != nil || about.Member == nil {
		s.t.Fatalf("%s: %+v %v", person, about, err)
	}
	return about.Member.Role
}

// The owner hands the room over, as a guest as well: there is one owner
// afterwards, both of their tabs hear it, and it outlives a restart.
func TestTheOwnerHandsTheRoomOver(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	ben, cleo := s.enter("ben", "Ben"), s.enter("cleo", "Cleo")
	hand := func(from, to string) error { return s.do(from, "lobby", "hand", map[string]any{"member": to}) }
	if err := s.do("ada", "lobby", "role", map[string]any{"member": cleo.ID, "role": "host"}); err != nil {
		t.Fatal(err)
	}
	refusedAs(t, hand("cleo", ben.ID), "role")
	refusedAs(t, hand("ada", "m-nobody"), "no-member")
	ada, err := s.hall.About(t.Context(), s.code, "ada")
	if err != nil {
		t.Fatal(err)
	}
	refusedAs(t, hand("ada", ada.Member.ID), "owner")
	if err := s.do("ada", "lobby", "remove", map[string]any{"member": ben.ID}); err != nil {
		t.Fatal(err)
	}
	refusedAs(t, hand("ada", ben.ID), "no-member")
	if err := s.do("ada", "lobby", "readmit", map[string]any{"member": ben.ID}); err != nil {
		t.Fatal(err)
	}
	watch := map[string]int{"lobby": -1}
	new, former := s.mustJoin("ben", "peer-ben1", 1, nil, watch), s.mustJoin("ada", "peer-ada1", 1, nil, watch)
	if err := hand("ada", ben.ID); err != nil {
		t.Fatal(err)
	}
	new.has("member", `"role":"owner"`)
	former.has("member", `"role":"host"`)
	s.restart()
	for person, role := range map[string]rooms.Role{"ada": rooms.Host, "ben": rooms.Owner, "cleo": rooms.Host} {
		if got := s.roleOf(person); got != role {
			t.Errorf("%s is %s", person, got)
		}
	}
	refusedAs(t, hand("ada", cleo.ID), "role")
	refusedAs(t, s.do("ada", "lobby", "remove", map[string]any{"member": ben.ID}), "owner")
	if err := s.do("ben", "lobby", "role", map[string]any{"member": ada.Member.ID, "role": "viewer"}); err != nil {
		t.Errorf("the new owner may not do what an owner may: %v", err)
	}
}

// When a host ends the room, all but hosts go out and nothing is told to them,
// until it is opened again; then everything is as it was.
func TestEndForAll(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	ben, cleo := s.enter("ben", "Ben"), s.enter("cleo", "Cleo")
	talk := s.add("chat", rooms.Viewer)
	if err := s.do("ada", "lobby", "role", map[string]any{"member": cleo.ID, "role": "host"}); err != nil {
		t.Fatal(err)
	}
	hosts, err := s.link(rooms.Invite{Role: rooms.Host})
	if err != nil {
		t.Fatal(err)
	}
	writers, err := s.link(rooms.Invite{Role: rooms.Editor})
	if err != nil {
		t.Fatal(err)
	}
	watch := map[string]int{"lobby": -1, talk: -1}
	out, stays := s.mustJoin("ben", "peer-ben1", 1, nil, watch), s.mustJoin("cleo", "peer-cleo", 1, nil, watch)
	out.say(fmt.Sprintf(said(1, "before"), talk))
	out.has("events", "before")
	s.policy(rooms.EveryoneWaits)
	if _, err := s.knock("dan", false); !errors.Is(err, rooms.ErrWaiting) {
		t.Fatal(err)
	}
	waits := s.wait("dan")
	end := func(person string, on bool) error { return s.do(person, "lobby", "end", map[string]any{"on": on}) }
	refusedAs(t, end("ben", true), "role")
	refusedAs(t, s.do("cleo", "lobby", "end", map[string]any{}), "malformed")
	if err := end("cleo", true); err != nil {
		t.Fatal(err)
	}
	out.closedWith(rooms.CloseEnded)
	if err := within(t, waits); !errors.Is(err, rooms.ErrEnded) {
		t.Errorf("who waits: %v", err)
	}
	for i := range 2 {
		refusedAs(t, s.do("ben", talk, "say", map[string]any{"text": "during"}), "ended")
		refusedAs(t, s.do("ben", "lobby", "end", map[string]any{"on": false}), "ended")
		if _, err := s.hall.View(t.Context(), s.code, "ben", talk); !errors.Is(err, rooms.ErrEnded) {
			t.Errorf("a view: %v", err)
		}
		if _, err := s.hall.Read(t.Context(), s.code, "ben", talk, "older", nil); !errors.Is(err, rooms.ErrEnded) {
			t.Errorf("a read: %v", err)
		}
		if _, _, err := s.hall.Member(t.Context(), s.code, "ben"); !errors.Is(err, rooms.ErrEnded) {
			t.Errorf("files: %v", err)
		}
		room, err := s.log.Find(t.Context(), s.code)
		if err != nil {
			t.Fatal(err)
		}
		sight, err := rooms.NewSights(s.log, nil, 1).Of(t.Context(), room)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := sight.Person("ben"); !errors.Is(err, rooms.ErrEnded) {
			t.Errorf("a search: %v", err)
		}
		if _, err := s.join("ben", "peer-ben1", 2, nil, watch); !errors.Is(err, rooms.ErrEnded) || rooms.CloseCode(err) != rooms.CloseEnded {
			t.Errorf("a tab: %v", err)
		}
		for _, e := range []rooms.Entry{{Person: "ben", Name: "Ben"}, {Person: "eve", Name: "Eve"}, {Person: "fay", Name: "Fay", Key: writers}} {
			if _, err := s.hall.Enter(t.Context(), s.code, e); !errors.Is(err, rooms.ErrEnded) {
				t.Errorf("%s enters: %v", e.Name, err)
			}
		}
		about, err := s.hall.About(t.Context(), s.code, "ben")
		if err != nil || !about.Ended || about.Member != nil {
			t.Errorf("at the door: %+v %v", about, err)
		}
		if i == 0 && stays.closedBy() != 0 {
			t.Error("a host went out")
		}
		s.restart()
	}
	if _, err := s.hall.Enter(t.Context(), s.code, rooms.Entry{Person: "gil", Name: "Gil", Key: hosts}); err != nil {
		t.Errorf("by a link for hosts: %v", err)
	}
	lowered := s.mustJoin("cleo", "peer-cleo", 1, nil, watch)
	if err := s.do("ada", "lobby", "role", map[string]any{"member": cleo.ID, "role": "viewer"}); err != nil {
		t.Fatal(err)
	}
	lowered.closedWith(rooms.CloseEnded)
	if err := end("ada", false); err != nil {
		t.Fatal(err)
	}
	back := s.mustJoin("ben", "peer-ben1", 2, out.place(), watch)
	back.say(fmt.Sprintf(said(2, "after"), talk))
	back.has("events", "after")
	if text, err := s.hall.View(t.Context(), s.code, "ben", talk); err != nil || !strings.Contains(string(text), "before") || strings.Contains(string(text), "during") {
		t.Errorf("%s %v", text, err)
	}
	if _, err := s.hall.Enter(t.Context(), s.code, rooms.Entry{Person: "ben", Name: "Ben"}); err != nil || s.roleOf("ben") != ben.Role {
		t.Errorf("afterwards: %v", err)
	}
}

// link makes a link as the owner, and tells its key.
func (s *stage) link(what rooms.Invite) (key string, err error) {
	s.t.Helper()
	_, key, err = s.hall.Link(s.t.Context(), s.code, "ada", what)
	return key, err
}

// audit is a page of the audit as a person reads it.
type audit struct {
	Lines []struct {
		Seq  uint64
		By   string
		Did  string
		With map[string]any
	}
	People, Activities map[string]string
	Before             uint64
}

func (s *stage) audit(person string, before uint64) (a audit, err error) {
	s.t.Helper()
	ask := map[string]string{}
	if before > 0 {
		ask["before"] = fmt.Sprint(before)
	}
	answer, err := s.hall.Read(s.t.Context(), s.code, person, "lobby", "audit", ask)
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(all(answer), &a)
}

// Hosts read who did what, the newest first and page by page, whatever else has
// happened between; nobody else reads it.
func TestAudit(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	ben := s.enter("ben", "Ben")
	talk := s.add("chat", rooms.Viewer)
	did := func(do string, with map[string]any) {
		t.Helper()
		if err := s.do("ada", "lobby", do, with); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 60 {
		did("slow", map[string]any{"seconds": []int{5, 10}[i%2]})
	}
	for i := range 1100 { // nothing that is listed
		if err := s.do("ben", "lobby", "name", map[string]any{"name": fmt.Sprintf("Ben %d", i)}); err != nil {
			t.Fatal(err)
		}
	}
	key, err := s.link(rooms.Invite{Role: rooms.Editor})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.hall.Enter(t.Context(), s.code, rooms.Entry{Person: "eve", Name: "Eve", Key: key}); err != nil {
		t.Fatal(err)
	}
	did("role", map[string]any{"member": ben.ID, "role": "host"})
	did("bin", map[string]any{"id": talk})
	if _, err := s.audit("eve", 0); !errors.Is(err, rooms.ErrRole) {
		t.Errorf("an editor reads it: %v", err)
	}
	if _, err := s.hall.Read(t.Context(), s.code, "ada", "lobby", "audit", map[string]string{"before": "x"}); !errors.Is(err, rooms.ErrMalformed) {
		t.Errorf("before x: %v", err)
	}
	var all []string
	var last uint64
	people := map[string]int{}
	pages := 0
	for before := uint64(0); pages == 0 || before > 0; pages++ {
		a, err := s.audit("ben", before)
		if err != nil || pages > 20 {
			t.Fatalf("page %d: %v", pages, err)
		}
		for _, line := range a.Lines {
			if last > 0 && line.Seq >= last {
				t.Errorf("%d comes after %d", line.Seq, last)
			}
			last = line.Seq
			all = append(all, line.Did)
			people[a.People[line.By]]++
		}
		if pages == 0 && a.Activities[talk] != "An activity" {
			t.Errorf("activities: %v", a.Activities)
		}
		if pages == 0 && a.People[ben.ID] != "Ben 1099" {
			t.Errorf("people: %v", a.People)
		}
		before = a.Before
		if before == 0 {
			break
		}
	}
	want := append([]string{"binned", "role", "used", "linked"}, slices.Repeat([]string{"slowed"}, 60)...)
	want = append(want, "added")
	if strings.Join(all, " ") != strings.Join(want, " ") {
		t.Errorf("%d lines on %d pages: %v", len(all), pages+1, all)
	}
	if people["Ada"] != 64 || people["Eve"] != 1 || len(people) != 2 {
		t.Errorf("by %v", people)
	}
}
