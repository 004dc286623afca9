package rooms_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"plenum/rooms"
)

// refusedAs makes sure that an error is a refusal with a code and a sentence.
func refusedAs(t *testing.T, err error, code string) *rooms.Refusal {
	t.Helper()
	var r *rooms.Refusal
	if !errors.As(err, &r) || r.Code != code || r.Say == "" {
		t.Fatalf("refused by %v, not as %s", err, code)
	}
	return r
}

// Who can neither talk nor write brings no files either.
func TestBrakesStopFiles(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	role := map[string]rooms.Role{"viewer": rooms.Viewer, "ben": rooms.Participant, "eve": rooms.Editor}
	for person, as := range role {
		m := s.enter(person, person)
		if err := s.do("ada", "lobby", "role", map[string]any{"member": m.ID, "role": as}); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct{ brakes, viewer, ben, eve string }{
		{"", "role", "", ""},
		{"talk", "role", "quiet", ""},
		{"write", "role", "", ""},
		{"talk write", "role", "quiet", "quiet"},
	} {
		for _, class := range []string{"talk", "write"} {
			if err := s.do("ada", "lobby", "brake", map[string]any{"class": class, "on": strings.Contains(c.brakes, class)}); err != nil {
				t.Fatal(err)
			}
		}
		for person, want := range map[string]string{"ada": "", "viewer": c.viewer, "ben": c.ben, "eve": c.eve} {
			err := s.hall.Brings(t.Context(), s.code, person)
			if want == "" && err != nil {
				t.Errorf("%s, with %q: %v", person, c.brakes, err)
			} else if want != "" {
				refusedAs(t, err, want)
			}
		}
	}
	refusedAs(t, s.hall.Brings(t.Context(), s.code, "stranger"), "not-member")
}

// A class that is stopped is stopped for everybody but hosts, in every activity,
// over HTTP and over the socket, signals too, and until it is released.
func TestABrakeStopsAClass(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enter("ben", "Ben")
	talk := s.add("chat", rooms.Viewer)
	tab := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{"lobby": -1, talk: -1})
	hears := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{talk: -1})
	say := func(person, text string) error { return s.do(person, talk, "say", map[string]any{"text": text}) }
	brake := func(class rooms.Class, on bool) {
		t.Helper()
		if err := s.do("ada", "lobby", "brake", map[string]any{"class": class, "on": on}); err != nil {
			t.Fatal(err)
		}
	}

	brake(rooms.Talk, true)
	tab.has("events", `"did":"braked"`)
	refusedAs(t, say("ben", "one"), "quiet")
	tab.say(fmt.Sprintf(said(1, "two"), talk))
	tab.has("because", "quiet")
	tab.say(fmt.Sprintf(`{"signal":"typing","in":%q,"with":{}}`, talk))
	tab.until("the signal refused", func(f map[string]rawMessage) bool {
		return contains(f["because"], "quiet") && string(f["refused"]) == "0"
	})
	if err := say("ada", "a host may"); err != nil {
		t.Error(err)
	}
	if err := s.do("ben", talk, "read", map[string]any{"seq": 1}); err != nil {
		t.Errorf("to have seen something is not stopped: %v", err)
	}
	s.restart()
	refusedAs(t, say("ben", "after a restart"), "quiet")
	brake(rooms.Vote, true) // another class changes nothing
	brake(rooms.Talk, false)
	if err := say("ben", "again"); err != nil {
		t.Error(err)
	}
	if hears.saw(`"signal":"typing"`) {
		t.Error("who may not talk was seen typing")
	}
	for _, with := range []string{`{}`, `{"class":"run","on":true}`, `{"class":"see","on":true}`, `{"class":"talk"}`} {
		refusedAs(t, s.do("ada", "lobby", "brake", rawMessage(with)), "malformed")
	}
	refusedAs(t, s.do("ben", "lobby", "brake", map[string]any{"class": "talk", "on": false}), "role")
}

// Who is muted is told so at once, hosts see it, and nobody else does.
func TestMuteOneMember(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	ben := s.enter("ben", "Ben")
	s.enter("cleo", "Cleo")
	talk := s.add("chat", rooms.Viewer)
	watch := map[string]int{"lobby": -1, talk: -1}
	tab := s.mustJoin("ben", "peer-ben1", 1, nil, watch)
	host := s.mustJoin("ada", "peer-ada1", 1, nil, watch)
	other := s.mustJoin("cleo", "peer-cleo", 1, nil, watch)
	mute := func(member string, on bool) error {
		return s.do("ada", "lobby", "mute", map[string]any{"member": member, "on": on})
	}
	if err := mute(ben.ID, true); err != nil {
		t.Fatal(err)
	}
	tab.has("member", `"muted":true`)
	host.has("events", `"did":"muted"`)
	refusedAs(t, s.do("ben", talk, "say", map[string]any{"text": "one"}), "muted")
	if err := s.do("cleo", talk, "say", map[string]any{"text": "two"}); err != nil {
		t.Error(err)
	}
	other.has("events", "two")
	if other.saw("muted") {
		t.Errorf("others see who is muted: %s", other.told())
	}
	late := s.mustJoin("ada", "peer-ada2", 1, nil, watch)
	late.has("watch", `"muted":[{"id":"`+ben.ID+`","name":"Ben"}]`)
	if again := s.enter("ben", "Benny"); !again.Muted {
		t.Error("another name gave the voice back")
	}
	if err := mute(ben.ID, false); err != nil {
		t.Fatal(err)
	}
	if err := s.do("ben", talk, "say", map[string]any{"text": "three"}); err != nil {
		t.Error(err)
	}
	refusedAs(t, mute("m-nobody", true), "no-member")
	if err := s.do("ada", "lobby", "role", map[string]any{"member": ben.ID, "role": rooms.Host}); err != nil {
		t.Fatal(err)
	}
	refusedAs(t, mute(ben.ID, true), "mutes")
}

// newest is the seq of the newest message of a chat.
func (s *stage) newest(id string) uint64 {
	s.t.Helper()
	answer, err := s.hall.View(s.t.Context(), s.code, "ada", id)
	if err != nil {
		s.t.Fatal(err)
	}
	var shown struct {
		View struct{ Messages []struct{ Seq uint64 } }
	}
	if err := json.Unmarshal(answer, &shown); err != nil || len(shown.View.Messages) == 0 {
		s.t.Fatalf("no messages in %s: %v", answer, err)
	}
	return shown.View.Messages[len(shown.View.Messages)-1].Seq
}

// In slow mode a participant waits between two things said, by the room's clock
// and across a restart; what was refused costs no time.
func TestSlowMode(t *testing.T) {
	t.Parallel()
	clock := &wallClock{}
	s := newStage(t)
	s.enter("ben", "Ben")
	talk, other := s.add("chat", rooms.Viewer), s.add("chat", rooms.Viewer)
	s.setClock(clock)
	say := func(person, in, text string) error { return s.do(person, in, "say", map[string]any{"text": text}) }
	slow := func(seconds int) error { return s.do("ada", "lobby", "slow", map[string]any{"seconds": seconds}) }
	if err := slow(300); err != nil {
		t.Fatal(err)
	}
	refusedAs(t, say("ben", talk, ""), "empty")
	if err := say("ben", talk, "one"); err != nil {
		t.Fatal(err)
	}
	r := refusedAs(t, say("ben", other, "two"), "slow")
	if r.After <= 290_000 || r.After > 300_000 || !strings.Contains(r.Say, "5 minutes") {
		t.Errorf("%d ms are left: %s", r.After, r.Say)
	}
	if err := s.do("ben", talk, "react", map[string]any{"seq": s.newest(talk), "emoji": "👍", "on": true}); err != nil {
		t.Errorf("to react is not to say something: %v", err)
	}
	for _, text := range []string{"hosts", "are not slow"} {
		if err := say("ada", talk, text); err != nil {
			t.Error(err)
		}
	}
	clock.ahead.Store(200)
	s.setClock(clock)
	if r := refusedAs(t, say("ben", talk, "after a restart"), "slow"); r.After > 101_000 {
		t.Errorf("%d ms are left after a restart", r.After)
	}
	clock.ahead.Store(301)
	if err := say("ben", talk, "later"); err != nil {
		t.Error(err)
	}
	refusedAs(t, slow(7), "pace")
	if err := errors.Join(slow(0), say("ben", talk, "as fast"), say("ben", talk, "as ever")); err != nil {
		t.Error(err)
	}
}
