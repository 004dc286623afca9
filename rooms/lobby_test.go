package rooms

import (
	"encoding/json"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
)

// must lets the lobby decide and applies what follows.
func (l *lobby) must(t *testing.T, do string, with any) []Event {
	t.Helper()
	events, err := l.try(do, with)
	if err != nil {
		t.Fatalf("%s: %v", do, err)
	}
	return events
}

// ticks is the clock of all lobbies here: no two commands come at the same time.
var ticks atomic.Int64

func (l *lobby) try(do string, with any) ([]Event, error) {
	content, err := json.Marshal(with)
	if err != nil {
		return nil, err
	}
	events, err := l.Decide(Command{In: LobbyID, Do: do, With: content, From: Member{Role: TheRoom}, At: ticks.Add(1), Seed: newSeed()})
	for i, e := range events {
		e.Seq = uint64(i + 1)
		l.Apply(e)
	}
	return events, err
}

func TestRoomLimitsAtTheirEdge(t *testing.T) {
	t.Parallel()
	kind := Kind{Name: "thing", Format: 1, New: func(json.RawMessage) (Activity, error) { return newLobby(nil), nil }}
	l := newLobby(map[string]Kind{"thing": kind})
	l.must(t, "enter", map[string]any{"person": "owner", "name": "Owner", "role": Owner})
	for i := range MaxMembers {
		l.must(t, "enter", map[string]any{"person": fmt.Sprint(i), "name": "Person"})
	}
	if _, err := l.try("enter", map[string]any{"person": "one more", "name": "Person"}); !errors.Is(err, ErrFull) {
		t.Errorf("one more person: %v", err)
	}
	l.must(t, "enter", map[string]any{"person": "0", "name": "Still in"})
	for range MaxActivities {
		l.must(t, "add", map[string]any{"kind": "thing"})
	}
	if _, err := l.try("add", map[string]any{"kind": "thing"}); !errors.Is(err, errActivities) {
		t.Errorf("one more activity: %v", err)
	}
	for i := range MaxLinks {
		l.must(t, "link", map[string]any{"id": fmt.Sprint(i), "role": Editor, "hash": fmt.Sprint(i)})
	}
	if _, err := l.try("link", map[string]any{"id": "x", "role": Editor, "hash": "x"}); !errors.Is(err, errLinks) {
		t.Errorf("one more link: %v", err)
	}
}

// Nothing of a binned or hidden activity reaches who does not have it in the list.
func TestHiddenActivitiesAreToldToHosts(t *testing.T) {
	t.Parallel()
	kind := Kind{Name: "thing", Format: 1, New: func(json.RawMessage) (Activity, error) { return newLobby(nil), nil }}
	l := newLobby(map[string]Kind{"thing": kind})
	var entry listed
	added := l.must(t, "add", map[string]any{"kind": "thing", "title": "secret", "least": "host"})
	decode(added[1].With, &entry)
	least := func(events []Event) Role { return events[len(events)-1].To.Least }
	for _, do := range []string{"rename", "place", "bin", "rename", "place", "restore"} {
		if to := least(l.must(t, do, map[string]any{"id": entry.ID, "title": "secret", "place": 2})); to != Host {
			t.Errorf("%s is told to %s", do, to)
		}
	}
	if to := least(l.must(t, "show", map[string]any{"id": entry.ID, "least": "viewer"})); to != Viewer {
		t.Errorf("show is told to %s", to)
	}
	l.must(t, "focus", map[string]any{"id": entry.ID})
	l.must(t, "bin", map[string]any{"id": entry.ID})
	if to := least(l.must(t, "rename", map[string]any{"id": entry.ID, "title": "secret"})); to != Host {
		t.Errorf("the new name of what is in the bin is told to %s", to)
	}
	if v := l.View(Member{Role: Participant}).(lobbyView); v.Now != "" || len(v.Activities) != 0 {
		t.Errorf("what is in the bin is seen: %+v", v)
	}
}

// A full hall waits; hosts let it in, or turn it away, in parts.
func TestAHallWaits(t *testing.T) {
	t.Parallel()
	l := newLobby(nil)
	l.must(t, "enter", map[string]any{"person": "owner", "name": "Owner", "role": Owner})
	l.must(t, "door", map[string]any{"policy": EveryoneWaits})
	knock := func(person string) ([]Event, error) {
		return l.try("enter", map[string]any{"person": person, "name": "Person"})
	}
	for i := range MaxWaiting {
		if events, err := knock(fmt.Sprint(i)); err != nil || len(events) != 1 || events[0].To.Least != Nobody {
			t.Fatalf("%d: %v %v", i, events, err)
		}
	}
	if events, err := knock("7"); err != nil || len(events) != 0 {
		t.Errorf("who waits already: %v %v", events, err)
	}
	if _, err := knock("one more"); !errors.Is(err, errCrowd) {
		t.Errorf("one more: %v", err)
	}
	digest := func() doorDigest { return l.Digests(Host)[0].With.(doorDigest) }
	if d := digest(); d.Waiting != MaxWaiting || len(d.First) != maxListed || l.Digests(Editor) != nil {
		t.Errorf("hosts are told of %d, by name %d", d.Waiting, len(d.First))
	}
	in := l.must(t, "admit", map[string]any{"all": true})
	if len(in) != maxBatch+1 || len(l.s.Members) != maxBatch+1 || l.waits() != MaxWaiting-maxBatch {
		t.Errorf("%d events, %d members, %d wait", len(in), len(l.s.Members), l.waits())
	}
	for l.waits() > 0 {
		l.must(t, "refuse", map[string]any{"all": true})
	}
	if d := digest(); d.Waiting != 0 || len(d.Turned) != maxListed || len(l.s.Waiting) != maxTurned {
		t.Errorf("%+v, %d are remembered", d.Waiting, len(l.s.Waiting))
	}
	if _, err := knock("one more"); err != nil {
		t.Errorf("afterwards: %v", err)
	}
	if _, err := knock("300"); err != nil {
		t.Errorf("who was turned away long ago: %v", err)
	}
	saved, err := l.Save()()
	if err != nil {
		t.Fatal(err)
	}
	again := newLobby(nil)
	if err := again.Load(saved); err != nil || again.waits() != 2 || again.s.Door != EveryoneWaits {
		t.Errorf("after a checkpoint %d wait: %v", again.waits(), err)
	}
}

// Nothing of a batch at the door takes longer than a room may work.
func BenchmarkAdmitABatch(b *testing.B) {
	l := newLobby(nil)
	for i := range MaxWaiting {
		person := fmt.Sprint(i)
		l.s.Waiting[person] = &waiting{ID: "w" + person, Name: "Person " + person, Person: person, At: int64(i)}
	}
	with := mustJSON(map[string]any{"all": true})
	for b.Loop() {
		if _, err := l.Decide(Command{Do: "admit", With: with, Seed: newSeed()}); err != nil {
			b.Fatal(err)
		}
	}
}
