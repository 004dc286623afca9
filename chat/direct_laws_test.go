package chat

import (
	"encoding/json"
	"math/rand/v2"
	"slices"
	"testing"

	"plenum/rooms"
	"plenum/rooms/laws"
)

// directPlan tries the kind as one that can be added, so that the kit has two of it.
func directPlan() laws.Plan {
	kind := Direct
	kind.Everywhere = false
	return laws.Plan{
		Kind:   kind,
		Aimed:  randomDirect,
		Mirror: func() laws.Mirror { return &directMirror{} },
		Alter:  alterDirect,
	}
}

func TestDirectLaws(t *testing.T) { t.Parallel(); laws.Check(t, directPlan()) }
func TestDirectRoom(t *testing.T) { t.Parallel(); laws.CheckRoom(t, directPlan()) }
func TestDirectGolden(t *testing.T) {
	t.Parallel()
	laws.Golden(t, directPlan(), "testdata/direct.jsonl")
}

// randomDirect is aimed at what somebody has in their list, at somebody, or at a
// place where something may be.
func randomDirect(r *rand.Rand, members []rooms.Member, see laws.See) rooms.Command {
	from, other := members[r.IntN(len(members))], members[r.IntN(len(members))]
	_, own := see(from)
	var mine DirectMine
	if err := json.Unmarshal(own, &mine); err != nil {
		panic(err)
	}
	with := map[string]any{"with": other.ID}
	var seqs []uint64
	for _, t := range mine.Talks {
		seqs = append(seqs, t.Unread...)
	}
	seq := 1 + r.Uint64N(400)
	if len(seqs) > 0 && r.IntN(3) > 0 {
		seq = seqs[r.IntN(len(seqs))]
	}
	do := []string{"say", "say", "say", "say", "edit", "edit", "delete", "react", "read", "block"}[r.IntN(10)]
	if (do == "edit" || do == "delete") && len(seqs) > 0 {
		// What is unread is the other's: mostly they change it.
		for _, t := range mine.Talks {
			if i := slices.IndexFunc(members, func(m rooms.Member) bool { return m.ID == t.With.ID }); slices.Contains(t.Unread, seq) && i >= 0 && r.IntN(4) > 0 {
				from = members[i]
			}
		}
	}
	switch do {
	case "say":
		if r.IntN(4) == 0 {
			with["to"] = seq
		}
		if r.IntN(4) == 0 {
			with["file"] = randomFile(r)
		}
		with["text"] = randomText(r)
	case "edit":
		with["seq"], with["text"] = seq, randomText(r)
	case "delete":
		with["seq"] = seq
	case "react":
		with["seq"], with["emoji"], with["on"] = seq, []string{"👍", "❤️", "x"}[r.IntN(3)], r.IntN(4) > 0
	case "read":
		if with["seq"], with["thread"] = seq, seq; len(mine.Talks) > 0 {
			with["thread"] = mine.Talks[r.IntN(len(mine.Talks))].Thread
		}
	case "block":
		with["on"] = r.IntN(3) == 0
	}
	encoded, err := json.Marshal(with)
	if err != nil {
		panic(err)
	}
	return rooms.Command{Do: do, With: encoded, From: from}
}

// directMirror has nothing: all see nothing.
type directMirror struct{}

func (m *directMirror) Open(view json.RawMessage) error { return json.Unmarshal(view, &DirectView{}) }
func (m *directMirror) Apply(json.RawMessage) error     { return nil }
func (m *directMirror) View() any                       { return DirectView{} }

// alterDirect gives what others say to each other other words.
func alterDirect(r *rand.Rand, e rooms.Event) (rooms.Event, bool) {
	if e.Did != "said" && e.Did != "edited" {
		return e, false
	}
	var with map[string]any
	if json.Unmarshal(e.With, &with) != nil || with["text"] == nil {
		return e, false
	}
	with["text"] = laws.Secret(r)
	e.With, _ = json.Marshal(with)
	return e, true
}
