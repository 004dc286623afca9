package polls

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"plenum/rooms"
)

// FuzzCommand: whatever is sent is refused in words, or leads to events that
// can be applied, and after which the tally is what the ballots say.
func FuzzCommand(f *testing.F) {
	for do, seeds := range map[string][]string{
		"write": {
			`{"question":{"kind":"multiple","prompt":"p","options":[{"text":"a"},{"id":"o1","text":"b"}],"least":1,"most":2,"show":"closed","seconds":9}}`,
			`{"question":{"id":"q1","kind":"rating","prompt":"\ud83d\ude00","from":-2,"to":2,"low":"bad","high":"good"}}`, `{"question":null}`,
		},
		"vote": {
			`{"question":"q1","round":1,"turn":2,"options":["o1"]}`, `{"question":"q2","round":1,"turn":1,"score":4}`,
			`{"question":"q1","round":1,"turn":9007199254740991,"options":[]}`,
			`{"question":"q3","round":1,"turn":1,"texts":["Tea","\u5496\u5561"]}`, `{"question":"q4","round":1,"turn":1,"texts":["a\nb"]}`,
			`{"question":"q5","round":1,"turn":1,"number":-0.25}`, `{"question":"q6","round":1,"turn":1,"points":{"o1":40,"o2":60}}`, `{"question":"q1","round":1,"turn":1,"options":["o1","o1"]}`,
		},
		"open": {`{"question":"q2","seconds":5}`}, "move": {`{"question":"q2","place":0}`}, "extend": {`{"question":"q1","seconds":60}`},
		"present": {`{"question":""}`}, "approve": {`{"question":"q3","round":1,"answer":"tea"}`}, "withhold": {`{"question":"q3","round":1,"answer":"Tea"}`}, "close": {`{"question":"q1"}`}, "drop": {`{"question":"q2"}`}, "shout": {``, `{`, `[]`},
	} {
		for _, seed := range seeds {
			f.Add(do, []byte(seed))
		}
	}
	f.Fuzz(func(t *testing.T, do string, with []byte) {
		s := newScript(t)
		made, err := Kind.New(json.RawMessage(`{"questions":[{"kind":"multiple","prompt":"p","options":[{"text":"a"},{"text":"b"}],"seconds":20},{"kind":"rating","prompt":"r"},
			{"kind":"words","prompt":"w"},{"kind":"wall","prompt":"t","review":true},{"kind":"estimate","prompt":"e","decimals":2,"truth":1.5},
			{"kind":"points","prompt":"p","options":[{"text":"a"},{"text":"b"}]}]}`))
		s.must("make", err)
		s.poll = made.(*Poll)
		for _, c := range s.poll.deck {
			s.run("host opens " + c.ID)
		}
		before := s.seq
		events, err := s.poll.Decide(rooms.Command{Do: do, With: with, At: s.now, Seed: 7, From: rooms.Member{ID: "id-host", Role: rooms.Host}})
		if err != nil {
			if refusal := rooms.AsRefusal(err); refusal == rooms.ErrBroken || refusal.Code == "" || refusal.Say == "" {
				t.Fatalf("%s %q was refused by %v", do, with, err)
			}
			return
		}
		for i, e := range events {
			if e.Seq, e.By = before+uint64(i)+1, "id-host"; bytes.Contains(e.With, []byte("\uFFFD")) {
				t.Errorf("%s %q became %s", do, with, e.With)
			}
			s.apply(e)
		}
		for _, c := range s.poll.deck {
			if again, err := c.checked(); err != nil || !again.asks(c.Question) {
				t.Errorf("%s %q made %+v: %v", do, with, c.Question, err)
			}
		}
		s.save()
	})
}

// FuzzLoad: a checkpoint is refused, or it is a poll in balance that is saved
// and loaded as it is.
func FuzzLoad(f *testing.F) {
	const card = `{"id":"q1","kind":"multiple","prompt":"p","options":[{"id":"a","text":"a"},{"id":"b","text":"b"}],"least":1,"most":2,"show":"live","state":"open","round":1`
	for _, seed := range []string{
		``, `{}`, `{"deck":[` + card + `}]}`, `{"voters":["m1","m2"],"deck":[` + card + `,"ballots":"AQECAg=="}]}`,
		`{"stage":{"question":"q1","position":1,"of":1},"voters":["m1"],"deck":[` + card + `,"ballots":"BQM="}]}`,
		`{"voters":["m1"],"deck":[{"id":"w","kind":"wall","prompt":"p","least":1,"most":1,"show":"live","state":"open","round":1,"options":[],"last":1,"ballots":"AS17ImFuc3dlcnMiOlt7ImlkIjoiYSIsInRleHQiOiJiIiwicGxhY2UiOjF9XX0="}]}`,
		`{"deck":[{"id":"r","kind":"rating","prompt":"p","least":1,"most":1,"from":-1,"to":3,"show":"live","state":"draft","round":2,"options":[]}]}`,
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, state []byte) {
		p := &Poll{}
		if err := p.Load(state); err != nil {
			return
		}
		for _, c := range p.deck {
			if again := c.box.recounted(c.Question); again.people != c.box.people || string(encode(again.counts)) != string(encode(c.box.counts)) {
				t.Errorf("%v of %d, recounted %v of %d", c.box.counts, c.box.people, again.counts, again.people)
			}
		}
		for _, c := range p.deck {
			again := *c
			again.box = c.box.recounted(c.Question)
			if a, b := encode(c.resultsFor(true)), encode(again.resultsFor(true)); string(a) != string(b) {
				t.Errorf("%s, recounted %s", a, b)
			}
		}
		first, err := p.Save()()
		if err != nil {
			t.Fatal(err)
		}
		again := &Poll{}
		if err := again.Load(first); err != nil {
			t.Fatalf("%s is saved as %s: %v", state, first, err)
		}
		second, err := again.Save()()
		if err != nil || !bytes.Equal(first, second) {
			t.Errorf("saved as %s, then as %s: %v", first, second, err)
		}
		for _, m := range watchers() {
			if raw := reaches(p, m, nil); strings.Contains(raw, `"counts":null`) {
				t.Errorf("%s sees %s", m.Name, raw)
			}
		}
	})
}
