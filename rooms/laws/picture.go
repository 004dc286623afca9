package laws

import (
	"encoding/json"
	"fmt"
	"slices"
	"sort"

	"plenum/rooms"
)

// picture is all that can be seen of an activity from outside, encoded: the
// view of every role, what is everyone's own, digests, checkpoint, wake-up time.
type picture map[string]string

func (w *world) picture(a rooms.Activity) (picture, error) {
	p := picture{}
	for _, m := range w.members {
		if err := p.add("view of "+m.Name, a.View(m)); err != nil {
			return nil, err
		}
		if err := p.add("what is "+m.Name+"'s own", mineOf(a, m)); err != nil {
			return nil, err
		}
	}
	for _, role := range rooms.Told {
		if err := p.add("digests of "+role.String(), digestsOf(a, role)); err != nil {
			return nil, err
		}
	}
	if waker, ok := a.(rooms.Waker); ok {
		p["wake-up time"] = fmt.Sprint(waker.Wake())
	}
	state, err := save(a)
	p["checkpoint"] = string(state)
	return p, err
}

func (p picture) add(what string, v any) error {
	encoded, err := json.Marshal(v)
	if err != nil {
		return fmt.Errorf("encode the %s: %w", what, err)
	}
	p[what] = string(encoded)
	return nil
}

// same tells where two pictures differ.
func same(was, is picture) error {
	var keys []string
	for key := range was {
		keys = append(keys, key)
	}
	sort.Strings(keys)
	for _, key := range keys {
		if was[key] != is[key] {
			return fmt.Errorf("the %s differs:\n%s", key, difference([]byte(was[key]), []byte(is[key])))
		}
	}
	return nil
}

// difference shows two texts around the place where they part.
func difference(a, b []byte) string {
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	from := max(0, at-100)
	show := func(text []byte) []byte { return text[min(from, len(text)):min(len(text), at+200)] }
	return fmt.Sprintf("  at byte %d\n  one   …%s…\n  other …%s…", at, show(a), show(b))
}

func mineOf(a rooms.Activity, m rooms.Member) any {
	if veiled, ok := a.(rooms.Veiled); ok {
		return veiled.MineUnder(m, func(scope string) string { return aliasOf(m.ID, scope) })
	}
	if personal, ok := a.(rooms.Personal); ok {
		return personal.Mine(m)
	}
	return nil
}

// digestsOf are the digests of a role in the order of their keys.
func digestsOf(a rooms.Activity, role rooms.Role) []rooms.Digest {
	digester, ok := a.(rooms.Digester)
	if !ok {
		return nil
	}
	digests := slices.Clone(digester.Digests(role))
	sort.SliceStable(digests, func(i, j int) bool { return digests[i].Key < digests[j].Key })
	return digests
}

// save is the checkpoint of an activity, nil if it has none now.
func save(a rooms.Activity) ([]byte, error) {
	checkpointer, ok := a.(rooms.Checkpointer)
	if !ok {
		return nil, nil
	}
	encode := checkpointer.Save()
	if encode == nil {
		return nil, nil
	}
	state, err := encode()
	if err != nil {
		return nil, fmt.Errorf("encode the checkpoint: %w", err)
	}
	return state, nil
}

// onWire is an event as it is told.
func onWire(e rooms.Event) (json.RawMessage, error) {
	return encode(struct {
		In    string          `json:"in"`
		Did   string          `json:"did"`
		With  json.RawMessage `json:"with"`
		By    string          `json:"by,omitempty"`
		Peer  string          `json:"peer,omitempty"`
		N     uint64          `json:"n,omitempty"`
		About uint64          `json:"about,omitempty"`
		At    int64           `json:"at"`
		Seq   uint64          `json:"seq"`
	}{e.In, e.Did, e.With, e.By, e.Peer, e.N, e.About, e.At, e.Seq})
}

func encode(v any) (json.RawMessage, error) {
	encoded, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return encoded, nil
}
