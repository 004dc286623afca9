package chat

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"plenum/rooms"
)

// duo is a room with direct messages, without a room.
type duo struct {
	t     *testing.T
	talks *Talks
	seq   uint64
	log   []rooms.Event
}

func newDuo(t *testing.T) *duo {
	a, err := openDirect(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &duo{t: t, talks: a.(*Talks)}
}

// do is a command; its content has %s and %d in it. It returns what followed.
func (d *duo) do(who, do, with string, args ...any) ([]rooms.Event, error) {
	command := rooms.Command{
		In: "direct", Do: do, With: fmt.Appendf(nil, with, args...), Seq: d.seq + 1, At: int64(1000 * (d.seq + 1)),
		From: rooms.Member{ID: who, Name: strings.ToUpper(who), Colour: 1, Role: rooms.Host},
		Who: func(id string) (rooms.Member, bool) {
			return rooms.Member{ID: id, Name: strings.ToUpper(id), Colour: 2}, id != "gone"
		},
	}
	for _, seq := range d.talks.Wants(command) {
		command.Past = append(command.Past, slices.DeleteFunc(slices.Clone(d.log), func(e rooms.Event) bool { return e.Seq != seq && e.About != seq })...)
	}
	events, err := d.talks.Decide(command)
	for i := range events {
		d.seq++
		events[i].Seq, events[i].At, events[i].By = d.seq, command.At, who
		for _, b := range forgets(events[i]) {
			at := slices.IndexFunc(d.log, func(e rooms.Event) bool { return e.Seq == b.Seq })
			d.log[at].With, d.log[at].About = b.With, 0
		}
		d.log = append(d.log, events[i])
		d.talks.Apply(events[i])
	}
	return events, err
}

func (d *duo) must(who, do, with string, args ...any) []rooms.Event {
	d.t.Helper()
	events, err := d.do(who, do, with, args...)
	if err != nil {
		d.t.Fatalf("%s does %s: %v", who, do, err)
	}
	return events
}

func (d *duo) refused(want, who, do, with string, args ...any) {
	d.t.Helper()
	if _, err := d.do(who, do, with, args...); code(err) != want {
		d.t.Errorf("%s does %s with %s: %v, not %q", who, do, fmt.Sprintf(with, args...), err, want)
	}
}

// unread are the seqs that somebody has not read, by whom they are with.
func (d *duo) unread(who string) map[string]int {
	all := map[string]int{}
	mine, _ := d.talks.Mine(rooms.Member{ID: who}).(DirectMine)
	for _, t := range mine.Talks {
		all[t.With.ID] = len(t.Unread)
	}
	return all
}

func (d *duo) wantUnread(who string, want map[string]int) {
	d.t.Helper()
	if got := d.unread(who); !reflect.DeepEqual(got, want) {
		d.t.Errorf("unread for %s is %v, not %v", who, got, want)
	}
}

// Two talk; each has the talk in their list, and what they have not read.
func TestTwoTalk(t *testing.T) {
	t.Parallel()
	d := newDuo(t)
	first := d.must("ada", "say", `{"with":"ben","text":"hello"}`)
	if len(first) != 2 || first[0].Did != "began" || first[1].Thread != first[0].Seq || first[1].To != rooms.Between("ben", "ada") {
		t.Fatalf("%+v", first)
	}
	d.wantUnread("ben", map[string]int{"ada": 1})
	d.wantUnread("ada", map[string]int{"ben": 0})
	d.wantUnread("cyd", map[string]int{})
	answer := d.must("ben", "say", `{"with":"ada","text":"yes?","to":%d}`, first[1].Seq)
	if len(answer) != 1 || answer[0].Thread != first[0].Seq {
		t.Fatalf("%+v", answer)
	}
	d.must("ben", "read", `{"thread":%d,"seq":%d}`, first[0].Seq, answer[0].Seq)
	d.wantUnread("ben", map[string]int{"ada": 0})
	d.must("ben", "delete", `{"seq":%d}`, answer[0].Seq)
	d.wantUnread("ada", map[string]int{"ben": 0})
	for n := range mostUnread + 5 {
		d.must("ada", "say", `{"with":"ben","text":"number %d"}`, n)
	}
	d.wantUnread("ben", map[string]int{"ada": mostUnread})
}

// Nobody has to do with what others say, whatever they are in the room.
func TestATalkIsForTwo(t *testing.T) {
	t.Parallel()
	d := newDuo(t)
	said := d.must("ada", "say", `{"with":"ben","text":"hello"}`)[1]
	other := d.must("cyd", "say", `{"with":"ben","text":"hello"}`)[1]
	for _, do := range []string{`edit {"seq":%d,"text":"x"}`, `delete {"seq":%d}`, `react {"seq":%d,"emoji":"👍","on":true}`, `say {"with":"ben","text":"x","to":%d}`} {
		name, with, _ := strings.Cut(do, " ")
		d.refused("no-message", "cyd", name, with, said.Seq)
		d.refused("no-message", "cyd", name, with, said.Seq+100)
	}
	d.refused("no-message", "ben", "say", `{"with":"ada","text":"x","to":%d}`, other.Seq)
	d.refused("not-yours", "ben", "delete", `{"seq":%d}`, said.Seq)
	d.refused("not-yours", "ben", "edit", `{"seq":%d,"text":"x"}`, said.Seq)
	if events := d.must("cyd", "read", `{"thread":%d,"seq":%d}`, said.Thread, said.Seq); len(events) != 0 {
		t.Errorf("%+v", events)
	}
	for _, e := range d.log {
		for _, role := range rooms.Told {
			if e.Thread == said.Thread && e.To.Sees(rooms.Member{ID: "cyd", Role: role}) {
				t.Errorf("%s sees %+v", role, e)
			}
		}
	}
}

// Whom one has blocked does not reach one, and does not know: what they say
// is there for themselves.
func TestBlocked(t *testing.T) {
	t.Parallel()
	d := newDuo(t)
	before := d.must("ada", "say", `{"with":"ben","text":"before"}`)[1]
	d.must("ben", "block", `{"with":"ada","on":true}`)
	d.must("ben", "block", `{"with":"ada","on":true}`)
	alone := rooms.Audience{Only: "ada"}
	if said := d.must("ada", "say", `{"with":"ben","text":"are you there?"}`)[0]; said.To != alone {
		t.Errorf("%+v", said)
	}
	if reacted := d.must("ada", "react", `{"seq":%d,"emoji":"👍","on":true}`, before.Seq)[0]; reacted.To != alone {
		t.Errorf("%+v", reacted)
	}
	edited := d.must("ada", "edit", `{"seq":%d,"text":"rude words"}`, before.Seq)
	if len(edited) != 2 || edited[0].To != alone || edited[1].Did != "deleted" || edited[1].To.Only != "ben" {
		t.Errorf("%+v", edited)
	}
	d.wantUnread("ben", map[string]int{"ada": 0})
	d.refused("blocked", "ben", "say", `{"with":"ada","text":"x"}`)
	// Who was blocked before anything was said begins a talk that the other does not have.
	d.must("cyd", "block", `{"with":"ada","on":true}`)
	d.must("ada", "say", `{"with":"cyd","text":"hello"}`)
	d.wantUnread("cyd", map[string]int{})
	d.must("cyd", "block", `{"with":"ada","on":false}`)
	d.must("ada", "say", `{"with":"cyd","text":"hello?"}`)
	d.wantUnread("cyd", map[string]int{"ada": 1})
	if mine := d.talks.Mine(rooms.Member{ID: "ben"}).(DirectMine); len(mine.Blocked) != 1 || mine.Blocked[0].Name != "ADA" {
		t.Errorf("%+v", mine)
	}
}

// Bad input is refused, and every limit holds at its edge.
func TestDirectLimits(t *testing.T) {
	t.Parallel()
	d := newDuo(t)
	d.refused("self", "ada", "say", `{"with":"ada","text":"x"}`)
	d.refused("left", "ada", "say", `{"with":"gone","text":"x"}`)
	d.refused("malformed", "ada", "say", `{"text":"x"}`)
	d.refused("malformed", "ada", "say", `{"with":%q,"text":"x"}`, strings.Repeat("m", 21))
	d.refused("empty", "ada", "say", `{"with":"ben","text":" "}`)
	d.refused("bad-file", "ada", "say", `{"with":"ben","text":"x","file":{"hash":"x"}}`)
	d.refused("too-long", "ada", "say", `{"with":"ben","text":%q}`, strings.Repeat("x", MaxUnits+1))
	d.must("ada", "say", `{"with":"ben","text":%q}`, strings.Repeat("x", MaxUnits))
	d.refused("malformed", "ada", "read", `{"thread":1,"seq":%d}`, d.seq+1)
	d.refused("malformed", "ada", "block", `{"with":"ben"}`)
	d.refused("self", "ada", "block", `{"with":"ada","on":true}`)
	for n := 1; n < MaxBegun; n++ {
		d.must("ada", "say", `{"with":"m%d","text":"x"}`, n)
	}
	d.refused("talks", "ada", "say", `{"with":"one-more","text":"x"}`)
	d.must("ada", "say", `{"with":"ben","text":"x"}`)
	d.must("one-more", "say", `{"with":"ada","text":"x"}`)
	mine := d.talks.Mine(rooms.Member{ID: "ada"}).(DirectMine)
	if len(mine.Talks) != ToldTalks || !mine.More || mine.Talks[0].With.ID != "one-more" || mine.Talks[1].With.ID != "ben" {
		t.Errorf("%d talks, more %v, %+v", len(mine.Talks), mine.More, mine.Talks[:2])
	}
	for n := range MaxBlocked {
		d.must("ben", "block", `{"with":"m%d","on":true}`, n)
	}
	d.refused("blocks", "ben", "block", `{"with":"cyd","on":true}`)
	for from := 0; len(d.talks.all) < MaxTalks; from++ {
		d.must(fmt.Sprintf("from%d", from/MaxBegun), "say", `{"with":"to%d","text":"x"}`, from%MaxBegun)
	}
	d.refused("talks", "zoe", "say", `{"with":"ben","text":"x"}`)

	// A checkpoint has all of it, and no words.
	state, err := d.talks.Save()()
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(state), "xx") {
		t.Error("there are words in the checkpoint")
	}
	again := newDuo(t)
	if err := again.talks.Load(state); err != nil {
		t.Fatal(err)
	}
	for _, who := range []string{"ada", "ben", "m7", "from1", "nobody"} {
		one, _ := json.Marshal(d.talks.Mine(rooms.Member{ID: who}))
		other, _ := json.Marshal(again.talks.Mine(rooms.Member{ID: who}))
		if string(one) != string(other) {
			t.Errorf("%s has %s, and from the checkpoint %s", who, one, other)
		}
	}
}

// What forgotten messages were is not said by what is searched and told.
func TestWhatADirectMessageTells(t *testing.T) {
	t.Parallel()
	d := newDuo(t)
	said := d.must("ada", "say", `{"with":"ben","text":"@here look"}`)[1]
	texts, notices := directTexts(said), directNotices(said)
	if len(texts) != 1 || texts[0].To != rooms.Between("ada", "ben") || texts[0].Text != "@here look" {
		t.Errorf("%+v", texts)
	}
	if len(notices) != 1 || !notices[0].Direct || notices[0].Here || notices[0].Thread != said.Thread {
		t.Errorf("%+v", notices)
	}
	began := d.log[0]
	if len(directTexts(began)) != 0 || len(directNotices(began)) != 0 {
		t.Error("that a talk began is told")
	}
}
