package surveys

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"plenum/rooms"
	"plenum/rooms/laws"
)

func plan(unnamed bool) laws.Plan {
	settings := `{"unnamed":true,"changes":true,"intro":"Hello","ending":"Thanks",`
	if !unnamed {
		settings = `{"unnamed":false,`
	}
	settings += `"pages":[
		{"id":"p1","questions":[
			{"id":"q1","kind":"single","prompt":"Were you there?","required":true,"options":[{"id":"yes","text":"Yes"},{"id":"no","text":"No"}],"jumps":[{"option":"no","go":"p3"}]},
			{"id":"q2","kind":"short","prompt":"Where else?"}]},
		{"id":"p2","title":"Then","go":"end","questions":[{"id":"q3","kind":"nps","prompt":"Recommend?","jumps":[{"from":0,"to":3,"go":"p3"}]},{"id":"q4","kind":"date","prompt":"When?"}]},
		{"id":"p3","questions":[{"id":"q5","kind":"number","prompt":"How many?","from":-5,"to":50},{"id":"q6","kind":"long","prompt":"Why?"}]}]}`
	return laws.Plan{
		Kind: Kind, Settings: json.RawMessage(settings), Aimed: randomCommand, Alter: alter,
		Mirror: func() laws.Mirror { return &mirror{} },
		Summed: func(e rooms.Event) bool { return e.Did == "begun" || e.Did == "saved" || e.Did == "sent" },
	}
}

func TestLaws(t *testing.T)        { t.Parallel(); laws.Check(t, plan(false)) }
func TestLawsUnnamed(t *testing.T) { t.Parallel(); laws.Check(t, plan(true)) }
func TestRoom(t *testing.T)        { t.Parallel(); laws.CheckRoom(t, plan(false)) }
func TestRoomUnnamed(t *testing.T) { t.Parallel(); laws.CheckRoom(t, plan(true)) }
func TestGolden(t *testing.T)      { t.Parallel(); laws.Golden(t, plan(false), "testdata/survey.jsonl") }
func TestGoldenUnnamed(t *testing.T) {
	t.Parallel()
	laws.Golden(t, plan(true), "testdata/unnamed.jsonl")
}

// alter gives what somebody wrote other words: nobody but its author is ever
// told them, not even hosts.
func alter(r *rand.Rand, e rooms.Event) (rooms.Event, bool) {
	var with map[string]any
	if e.Did != "saved" || json.Unmarshal(e.With, &with) != nil {
		return e, false
	}
	answers := with["answers"].(map[string]any)
	for _, id := range []string{"q2", "q6"} {
		if answers[id] != nil {
			answers[id] = fmt.Sprint("other words ", r.IntN(1000))
		}
	}
	e.With = encode(with)
	return e, true
}

// randomCommand is mostly what fits the present state.
func randomCommand(r *rand.Rand, members []rooms.Member, see laws.See) rooms.Command {
	from := members[r.IntN(len(members))]
	host := members[slices.IndexFunc(members, func(m rooms.Member) bool { return m.Role == rooms.Host })]
	var state View
	view, _ := see(host)
	decode(view, &state)
	if n := r.IntN(20); state.State != Open && n < 12 || n < 2 {
		from = host // does most of the work
	}
	view, own := see(from)
	var seen View
	var mine Mine
	decode(view, &seen)
	decode(own, &mine)
	do, with := randomAnswering(r, seen, mine)
	if from.Role >= rooms.Host && (state.State != Open || r.IntN(3) == 0) {
		do, with = randomHosting(r, seen)
	}
	return rooms.Command{Do: do, With: encode(with), From: from}
}

func randomAnswering(r *rand.Rand, seen View, mine Mine) (string, any) {
	at := slices.IndexFunc(seen.Pages, func(p Page) bool { return p.ID == mine.At })
	if len(seen.Pages) == 0 || at < 0 || r.IntN(10) == 0 {
		return []string{"begin", "begin", "save", "send"}[r.IntN(4)], map[string]any{"page": "p1", "answers": map[string]any{}}
	}
	answers := map[string]any{}
	for _, q := range seen.Pages[at].Questions {
		if r.IntN(5) > 0 {
			answers[q.ID] = randomAnswer(r, q)
		}
	}
	ask := map[string]any{"page": seen.Pages[at].ID, "answers": answers}
	if r.IntN(5) == 0 {
		ask["to"] = seen.Pages[r.IntN(len(seen.Pages))].ID
	}
	if r.IntN(2) == 0 {
		return "send", ask
	}
	return "save", ask
}

func randomAnswer(r *rand.Rand, q Question) any {
	switch {
	case q.Kind.chosen():
		return []string{q.Options[r.IntN(len(q.Options))].ID}
	case q.Kind == Number:
		return float64(r.IntN(100*(q.To-q.From)))/100 + float64(q.From)
	case q.Kind.scaled():
		return q.From + r.IntN(q.To-q.From+1)
	case q.Kind == Date:
		return fmt.Sprintf("2026-%02d-%02d", 1+r.IntN(12), 1+r.IntN(28))
	}
	return fmt.Sprintf("I say %d %s", r.IntN(1000), []string{"so", "😀", "<b>", "كيف", "\ttwo\nlines", " "}[r.IntN(6)])
}

func randomHosting(r *rand.Rand, seen View) (string, any) {
	do := []string{"open", "open", "open", "open", "close", "draft", "share", "share", "set", "write", "write", "drop", "move"}[r.IntN(13)]
	page := "p9"
	if len(seen.Pages) > 0 {
		page = seen.Pages[r.IntN(len(seen.Pages))].ID
	}
	switch do {
	case "share":
		return do, map[string]any{"shared": r.IntN(2) == 0}
	case "set":
		return do, map[string]any{"ending": fmt.Sprint("Bye ", r.IntN(100)), "changes": r.IntN(2) == 0}
	case "write":
		if r.IntN(2) == 0 {
			page = ""
		}
		return do, map[string]any{"page": Page{ID: page, Title: fmt.Sprint("Page ", r.IntN(100)), Questions: []Question{{
			Kind: Rating, Prompt: "How much?", From: 1, To: 5, Jumps: []Jump{{From: 1, To: 2, Go: []string{end, "p3"}[r.IntN(2)]}},
		}}}}
	case "move":
		return do, map[string]any{"page": page, "place": r.IntN(4)}
	}
	return do, map[string]any{"page": page}
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
	case "wrote":
		var with wrote
		decode(e.With, &with)
		if at := m.find(with.Page.ID); at >= 0 {
			m.seen.Pages[at] = with.Page
		} else {
			m.seen.Pages = slices.Insert(m.seen.Pages, with.Place, with.Page)
		}
	case "dropped", "moved":
		var with moved
		decode(e.With, &with)
		at := m.find(with.Page)
		page := m.seen.Pages[at]
		m.seen.Pages = slices.Delete(m.seen.Pages, at, at+1)
		if e.Did == "moved" {
			m.seen.Pages = slices.Insert(m.seen.Pages, with.Place, page)
		}
	}
	return nil // the rest comes with a fresh view, or is one's own
}

func (m *mirror) find(id string) int {
	return slices.IndexFunc(m.seen.Pages, func(p Page) bool { return p.ID == id })
}

// Digest takes figures and results.
func (m *mirror) Digest(key string, with json.RawMessage) error {
	if key == "figures" {
		m.seen.Figures = Figures{}
		return json.Unmarshal(with, &m.seen.Figures)
	}
	if string(with) == "null" || m.seen.Results == nil {
		return nil // it is late: a fresh view has taken the results away
	}
	told := &Results{}
	m.seen.Results[strings.TrimPrefix(key, pageKey)] = told
	return json.Unmarshal(with, told)
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
