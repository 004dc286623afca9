package collab

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plenum/collab/delta"
	"plenum/rooms"
)

func askAs(d *Document, peer string, base uint64, change string) error {
	with := json.RawMessage(fmt.Sprintf(`{"base":%d,"change":%s}`, base, change))
	events, err := d.Decide(rooms.Command{Do: "change", With: with, Peer: peer})
	if err == nil {
		events[0].Peer = peer
		d.Apply(events[0])
	}
	return err
}

func TestChanges(t *testing.T) {
	t.Parallel()
	s := newServer(windowChanges)
	for i, peer := range []string{"ada", "bob", "bob", "ada", "cid", "bob"} {
		if _, code, err := s.ask(peer, uint64(i+1), json.RawMessage(fmt.Sprintf(`{"base":%d,"change":%s}`, i, delta.Delta{delta.Keep(i, nil), delta.Write(fmt.Sprint(i+1), nil)}.Normal()))); code != "" || err != nil {
			t.Fatal(code, err)
		}
	}
	for ask, want := range map[string]string{
		"0 ada": `{"steps":[{"own":true,"n":1,"from":0,"to":1,"change":[{"insert":"1"}]},{"from":1,"to":3,"change":[{"retain":1},{"insert":"23"}]},` +
			`{"own":true,"n":4,"from":3,"to":4,"change":[{"retain":3},{"insert":"4"}]},{"from":4,"to":6,"change":[{"retain":4},{"insert":"56"}]}],"rev":6}`,
		"0 eve": `{"steps":[{"from":0,"to":6,"change":[{"insert":"123456"}]}],"rev":6}`,
		"0 ":    `{"steps":[{"from":0,"to":6,"change":[{"insert":"123456"}]}],"rev":6}`,
		"5 bob": `{"steps":[{"own":true,"n":6,"from":5,"to":6,"change":[{"retain":5},{"insert":"6"}]}],"rev":6}`,
		"6 bob": `{"steps":[],"rev":6}`,
	} {
		from, peer, _ := strings.Cut(ask, " ")
		answer, err := s.since(map[string]string{"from": from, "peer": peer})
		got, err2 := json.Marshal(answer)
		if err != nil || err2 != nil || string(got) != want {
			t.Errorf("%s: %v, %v\n got %s\nwant %s", ask, err, err2, got, want)
		}
	}
	for from, want := range map[string]string{"7": "behind", "": "malformed", "-1": "malformed", "a": "malformed", "1.5": "malformed", "99999999999999999999": "malformed"} {
		if _, err := s.since(map[string]string{"from": from, "peer": "ada"}); code(err) != want {
			t.Errorf("from %q: %v", from, err)
		}
	}
	if answer, err := newServer(9).since(map[string]string{"from": "0"}); err != nil || answer.Rev != 0 || len(answer.Steps) != 0 {
		t.Errorf("of nothing: %v, %v", answer, err)
	}
	s.log = s.log[2:] // the oldest events are not kept any more
	if _, err := s.since(map[string]string{"from": "0", "peer": "ada"}); code(err) != "behind" {
		t.Errorf("got %v", err)
	}
	if _, err := s.since(map[string]string{"from": "2", "peer": "ada"}); err != nil {
		t.Errorf("got %v", err)
	}
}

// A long absence is more than one page of the log.
func TestChangesOverPages(t *testing.T) {
	t.Parallel()
	s := newServer(windowChanges)
	const count = 2*catchUpPage + 100
	for i := range uint64(count) {
		s.log = append(s.log, rooms.Event{Seq: 3*i + 5, Did: "changed", Peer: "ada", N: i + 1, With: json.RawMessage(fmt.Sprintf(`{"rev":%d,"change":[{"insert":"x"}]}`, i+1))})
	}
	answer, err := s.since(map[string]string{"from": "50", "peer": "bob"})
	want := delta.Delta{delta.Write(strings.Repeat("x", count-50), nil)}
	if err != nil || len(answer.Steps) != 1 || answer.Rev != count || !answer.Steps[0].Change.Equal(want) {
		t.Errorf("%d steps to %d, %v", len(answer.Steps), answer.Rev, err)
	}
}
