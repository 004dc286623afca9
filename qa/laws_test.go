package qa

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"plenum/rooms"
	"plenum/rooms/laws"
)

func plan() laws.Plan {
	return laws.Plan{
		Kind:     Kind,
		Settings: json.RawMessage(`{"moderated":true}`),
		Aimed:    randomCommand,
		Mirror:   func() laws.Mirror { return &mirror{} },
		Summed:   func(e rooms.Event) bool { return e.Did == "voted" },
		Alter:    alter,
	}
}

func TestLaws(t *testing.T)   { t.Parallel(); laws.Check(t, plan()) }
func TestRoom(t *testing.T)   { t.Parallel(); laws.CheckRoom(t, plan()) }
func TestGolden(t *testing.T) { t.Parallel(); laws.Golden(t, plan(), "testdata/qa.jsonl") }

// alter gives a dismissed question another reason: nobody but hosts and its
// asker may ever learn it.
func alter(r *rand.Rand, e rooms.Event) (rooms.Event, bool) {
	var with listed
	if e.Did != "dismissed" || json.Unmarshal(e.With, &with) != nil {
		return e, false
	}
	with.Question.Reason = fmt.Sprint("because ", r.IntN(1000))
	e.With = encode(with)
	return e, true
}

// randomCommand is mostly what fits the present state.
func randomCommand(r *rand.Rand, members []rooms.Member, see laws.See) rooms.Command {
	from := members[r.IntN(len(members))]
	if r.IntN(3) == 0 { // one host does most of the work
		from = members[slices.IndexFunc(members, func(m rooms.Member) bool { return m.Role == rooms.Host })]
	}
	view, own := see(from)
	var seen View
	var mine Mine
	decode(view, &seen)
	decode(own, &mine)
	do, with := randomAsking(r, seen, mine)
	if from.Role >= rooms.Host && r.IntN(4) > 0 {
		do, with = randomHosting(r, seen)
	}
	return rooms.Command{Do: do, With: encode(with), From: from}
}

func randomAsking(r *rand.Rand, seen View, mine Mine) (string, any) {
	text := fmt.Sprintf("Why is %d %s?", r.IntN(1000), []string{"so", "😀", "<b>", "كيف", "\ttwo\nlines", " "}[r.IntN(6)])
	switch n := r.IntN(12); {
	case n < 4:
		return "ask", map[string]any{"text": text, "unnamed": r.IntN(2) == 0}
	case n == 4 && len(mine.Questions) > 0:
		return "edit", map[string]any{"question": mine.Questions[r.IntN(len(mine.Questions))].ID, "text": text}
	case n == 5 && len(mine.Questions) > 0:
		return "withdraw", map[string]any{"question": mine.Questions[r.IntN(len(mine.Questions))].ID}
	}
	id := randomID(r, seen)
	return "vote", map[string]any{"question": id, "turn": int(mine.Votes[id]) + r.IntN(3)}
}

func randomID(r *rand.Rand, seen View) uint64 {
	if len(seen.Questions) == 0 || r.IntN(50) == 0 {
		return 7
	}
	return seen.Questions[r.IntN(len(seen.Questions))].ID
}

func randomHosting(r *rand.Rand, seen View) (string, any) {
	ask := map[string]any{"question": randomID(r, seen)}
	do := []string{
		"approve", "approve", "approve", "restore", "restore", "hold", "dismiss", "merge", "merge", "answer", "reopen", "pin", "take", "set",
	}[r.IntN(14)]
	switch do {
	case "dismiss":
		ask["reason"] = []string{"", "asked already"}[r.IntN(2)]
	case "merge":
		ask["into"] = randomID(r, seen)
	case "answer":
		if r.IntN(2) == 0 {
			ask["text"] = fmt.Sprint("Because of ", r.IntN(100))
		}
	case "pin":
		ask["pinned"] = r.IntN(2) == 0
	case "take":
		if r.IntN(3) == 0 {
			ask["question"] = 0
		}
	case "set":
		return do, map[string]any{"moderated": r.IntN(3) > 0, "closed": r.IntN(5) == 0}
	}
	return do, ask
}

// mirror is a client's copy, as the front end keeps it.
type mirror struct{ seen View }

func (m *mirror) Open(view json.RawMessage) error {
	m.seen = View{}
	return json.Unmarshal(view, &m.seen)
}

func (m *mirror) Apply(raw json.RawMessage) error {
	var e struct {
		Did  string
		With json.RawMessage
	}
	decode(raw, &e)
	switch e.Did {
	case "set":
		return json.Unmarshal(e.With, &m.seen.Settings)
	case "asked", "yours":
		return nil // what is one's own is no part of the view
	case "gone", "withdrawn", "taken":
		var with about
		decode(e.With, &with)
		if e.Did == "taken" {
			m.seen.Now = with.Question
			return nil
		}
		m.seen.Questions = slices.DeleteFunc(m.seen.Questions, func(q Counted) bool { return q.ID == with.Question })
		return nil
	}
	var with listed
	if err := json.Unmarshal(e.With, &with); err != nil || with.Question.ID == 0 {
		return fmt.Errorf("%q tells of no question: %v", e.Did, err)
	}
	q := with.Question
	at, known := slices.BinarySearchFunc(m.seen.Questions, q.ID, func(q Counted, id uint64) int { return int(q.ID) - int(id) })
	if known {
		m.seen.Questions[at] = q
	} else {
		m.seen.Questions = slices.Insert(m.seen.Questions, at, q)
	}
	return nil
}

// Digest counts.
func (m *mirror) Digest(_ string, with json.RawMessage) error {
	var told struct{ People map[uint64]int }
	if err := json.Unmarshal(with, &told); err != nil {
		return err
	}
	for i, q := range m.seen.Questions {
		if people, ok := told.People[q.ID]; ok {
			m.seen.Questions[i].People = people
		}
	}
	return nil
}

func (m *mirror) View() any { return m.seen }

func encode(v any) json.RawMessage {
	encoded, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return encoded
}

func decode(raw json.RawMessage, into any) {
	if err := json.Unmarshal(raw, into); err != nil {
		panic(err)
	}
}
