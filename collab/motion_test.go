package collab

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plenum/rooms"
)

const suggestedText = `[{"retain":4},{"insert":"2","attributes":{"added-m1-e":3}},{"retain":3,"attributes":{"removed-m1-e":3}}]`

// moved is a document with a suggestion of Eve's before the room.
func moved(t testing.TB, needs string, votes int) *discussed {
	t.Helper()
	d := discuss(t, `[{"insert":"one two\n"}]`)
	d.must(eve, "suggest", `{"base":0,"change":`+suggestedText+`}`)
	d.must(ada, "put", fmt.Sprintf(`{"suggestion":"m1-e","needs":%q,"votes":%d}`, needs, votes))
	return d
}

func (d *discussed) votes(from rooms.Member, agree bool) []rooms.Event {
	d.t.Helper()
	refusal, events := d.does(from, "vote", fmt.Sprintf(`{"suggestion":"m1-e","agree":%t}`, agree))
	if refusal != "" {
		d.t.Fatalf("%s votes: %s", from.Name, refusal)
	}
	return events
}

func (d *discussed) words() (text string) {
	for _, o := range d.text.content() {
		text += o.Text()
	}
	return text
}

func TestTheRoomAccepts(t *testing.T) {
	t.Parallel()
	d := moved(t, "side", 2)
	d.votes(eve, true)
	if events := d.votes(bob, false); len(events) != 1 {
		t.Fatalf("decided too early: %+v", events)
	}
	if events := d.votes(eve, true); events != nil {
		t.Errorf("the same vote again led to %+v", events)
	}
	events := d.votes(bob, true) // thinks again
	if len(events) != 2 || events[0].Did != "voted" || events[0].By != bob.ID || events[1].Did != "changed" || events[1].By != "" {
		t.Fatalf("%+v", events)
	}
	if !strings.Contains(string(events[1].With), `"decided":{"suggestion":"m1-e","accepted":true,"agree":2,"disagree":0}`) {
		t.Errorf("it says %s", events[1].With)
	}
	if d.words() != "one 2\n" || len(d.motions()) != 0 || marks(d.text.content()[0].Attributes()) != 0 {
		t.Errorf("the text is %s", d.text.content())
	}
	if got, _ := d.does(zoe, "vote", `{"suggestion":"m1-e","agree":true}`); got != "no-motion" {
		t.Errorf("a late vote was answered %q", got)
	}
	var g grouper
	for _, e := range d.log {
		if e.Did == "changed" {
			c, err := readChanged(e)
			if err != nil {
				t.Fatal(err)
			}
			g.add(e, c)
		}
	}
	if last := g.chunks[len(g.chunks)-1]; last.Decided == nil || !last.Decided.Accepted || last.By[0].ID != "" {
		t.Errorf("the history says %+v", g.chunks)
	}
}

func TestTheRoomRejects(t *testing.T) {
	t.Parallel()
	d := moved(t, "majority", 3)
	d.votes(eve, true)
	d.votes(bob, false)
	d.votes(ada, false)
	if d.words() != "one two\n" || len(d.text.content()) != 1 {
		t.Errorf("the text is %s", d.text.content())
	}
}

func TestATieGoesOn(t *testing.T) {
	t.Parallel()
	d := moved(t, "majority", 2)
	d.votes(eve, true)
	if events := d.votes(bob, false); len(events) != 1 {
		t.Fatalf("a tie was decided: %+v", events)
	}
	if events := d.votes(zoe, true); len(events) != 2 || d.words() != "one 2\n" {
		t.Errorf("it was not decided: %+v", events)
	}
}

func TestWhoWasRemovedDoesNotCount(t *testing.T) {
	t.Parallel()
	d := moved(t, "side", 2)
	d.votes(eve, true)
	events, err := d.Decide(rooms.Command{
		Do: "vote", With: json.RawMessage(`{"suggestion":"m1-e","agree":true}`), From: bob, Seq: d.seq + 1,
		Gone: func(id string) bool { return id == eve.ID },
	})
	if err != nil || len(events) != 1 || !strings.Contains(string(events[0].With), `"drops":["m1"]`) {
		t.Fatalf("%+v, %v", events, err)
	}
	events[0].By = bob.ID
	d.Apply(events[0])
	if cast := d.suggestions[0].Motion.Cast; len(cast) != 1 || cast[0].By != bob.ID {
		t.Errorf("votes are %+v", cast)
	}
}

// What the room decides on stays what it is, or the room decides no more.
func TestAnotherTextIsNotDecidedOn(t *testing.T) {
	t.Parallel()
	for change, ends := range map[string]bool{
		`[{"insert":"x"}]`:                                               false,
		`[{"retain":1,"attributes":{"bold":true}}]`:                      false,
		`[{"retain":5},{"delete":1}]`:                                    true, // of what it removes
		`[{"retain":4},{"delete":1}]`:                                    true, // what it adds
		`[{"retain":4},{"retain":1,"attributes":{"bold":true}}]`:         true,
		`[{"retain":5},{"retain":3,"attributes":{"removed-m1-e":null}}]`: true,
		`[{"insert":"more","attributes":{"added-m1-e":3}}]`:              true,
		`[{"retain":4},{"retain":4,"attributes":{"removed-m3-q":5}}]`:    false, // another on the same text
	} {
		d := moved(t, "side", 2)
		d.votes(bob, true)
		d.must(ada, "change", `{"base":1,"change":`+change+`}`)
		if got := len(d.motions()) == 0; got != ends {
			t.Errorf("%s ended it: %t", change, got)
		}
	}
	d := moved(t, "side", 2)
	d.must(eve, "suggest", `{"base":1,"change":[{"retain":5},{"insert":"!","attributes":{"added-m1-e":3}}]}`)
	if len(d.motions()) != 0 {
		t.Error("its author changed it, and the room still decides")
	}
}

func TestMotionsRefused(t *testing.T) {
	t.Parallel()
	d := moved(t, "side", 2)
	d.must(bob, "suggest", `{"base":1,"change":[{"insert":"x","attributes":{"added-m2-b":4}}]}`)
	d.must(bob, "suggest", `{"base":2,"change":[{"delete":1}]}`)
	for _, c := range []struct{ do, with, want string }{
		{"put", `{"suggestion":"m1-e","needs":"side","votes":5}`, ""}, // is there already
		{"put", `{"suggestion":"m2-b","needs":"side","votes":1}`, "no-suggestion"},
		{"put", `{"suggestion":"m9-x","needs":"side","votes":1}`, "no-suggestion"},
		{"put", `{"suggestion":"m1-e","needs":"all","votes":1}`, "motion"},
		{"put", `{"suggestion":"m1-e","needs":"side","votes":0}`, "motion"},
		{"put", `{"suggestion":"m1-e","needs":"majority","votes":101}`, "motion"},
		{"put", `{"suggestion":7}`, "malformed"},
		{"vote", `{"suggestion":"m1-e"}`, "malformed"},
		{"vote", `{"suggestion":"m2-b","agree":true}`, "no-motion"},
		{"recall", `{"suggestion":"m2-b"}`, "no-motion"},
	} {
		if got, _ := d.does(ada, c.do, c.with); got != c.want {
			t.Errorf("%s %s was answered %q", c.do, c.with, got)
		}
	}
	if m := d.suggestions[0].Motion; m.Votes != 2 {
		t.Errorf("putting it again changed the rule: %+v", m)
	}
	if m := again(t, d.Document).suggestions[0].Motion; m == nil || m.Votes != 2 || m.By != ada.ID {
		t.Errorf("the checkpoint has %+v", m)
	}
	d.must(ada, "recall", `{"suggestion":"m1-e"}`)
	if len(d.motions()) != 0 {
		t.Error("it was taken back, and is still there")
	}
	for i := range MaxMotions + 1 {
		d.must(eve, "suggest", fmt.Sprintf(`{"base":%d,"change":[{"insert":"y","attributes":{"added-m1-%d":3}}]}`, d.rev, i))
		got, _ := d.does(ada, "put", fmt.Sprintf(`{"suggestion":"m1-%d","needs":"side","votes":100}`, i))
		if want := map[bool]string{true: "motions"}[i == MaxMotions]; got != want {
			t.Errorf("number %d was answered %q", i+1, got)
		}
	}
}
