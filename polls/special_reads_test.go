package polls

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"plenum/polls/methods"
	"plenum/rooms"
)

func (s *script) readsTexts(t *testing.T, audience bool, ask map[string]string) (Texts, error) {
	t.Helper()
	of := map[string]string{"question": s.labels["tea"], "round": "1"}
	for name, value := range ask {
		of[name] = value
	}
	got, err := pages(audience)(t.Context(), s.reading(rooms.Nobody, of))
	if err != nil {
		return Texts{}, err
	}
	return got.(Texts), nil
}

// Law 6: the audience reads, page by page, what everybody may see just now, and
// nothing else; hosts read all.
func TestTextsAreReadPageByPage(t *testing.T) {
	t.Parallel()
	s := askedOf(t, Question{Kind: Wall, Most: 1, Show: ByReveal, Special: Special{Review: true}})
	for i := range 250 {
		s.must("vote", s.says(fmt.Sprint("voter", i), fmt.Sprint("text ", i)))
	}
	for i, a := range slices.Clone(s.tea().box.sum.(*wall).waiting) {
		switch {
		case i%25 == 0:
			s.must("hold", s.marks("withhold", a.ID))
		case i >= 10:
			s.must("show", s.marks("approve", a.ID))
		}
	}
	if _, err := s.readsTexts(t, true, nil); code(err) != "not-shown" {
		t.Errorf("before they are shown: %v", err)
	}
	s.run("host reveals tea")
	var all []string
	for before := "0"; ; {
		page, err := s.readsTexts(t, true, map[string]string{"before": before})
		s.must("read", err)
		for _, g := range page.Answers {
			if all = append(all, g.Text); g.Mark != Unmarked {
				t.Errorf("the audience is told %+v", g)
			}
		}
		if page.All != 231 && before == "0" {
			t.Errorf("%d answers in all", page.All)
		}
		if page.Next == 0 {
			break
		}
		before = fmt.Sprint(page.Next)
	}
	if len(all) != 231 || all[0] != "text 249" || all[230] != "text 10" || slices.Contains(all, "text 25") {
		t.Errorf("%d answers, from %q to %q", len(all), all[0], all[len(all)-1])
	}
	for only, want := range map[string]int{"": 250, "withheld": 10, "approved": 231, "unmarked": 9} {
		page, err := s.readsTexts(t, false, map[string]string{"only": only})
		s.must("review", err)
		if page.All != want || only == "withheld" && page.Answers[9].Text != "text 0" {
			t.Errorf("only %q: %d answers", only, page.All)
		}
	}
	s.run("host hides tea")
	if _, err := s.readsTexts(t, true, nil); code(err) != "not-shown" {
		t.Errorf("hidden: %v", err)
	}
	s.run("host reveals tea\nhost presents nothing")
	if _, err := s.readsTexts(t, true, nil); code(err) != "not-shown" {
		t.Errorf("not presented: %v", err)
	}
	for _, bad := range []string{"-1", "x", "1.5"} {
		if _, err := s.readsTexts(t, false, map[string]string{"before": bad}); code(err) != "malformed" {
			t.Errorf("before %q: %v", bad, err)
		}
	}
}

func TestTakenOutWordsAreNotRead(t *testing.T) {
	t.Parallel()
	s := askedOf(t, Question{Kind: Words})
	s.must("ann", s.says("ann", "tea", "rude"))
	s.must("bob", s.says("bob", "Tea"))
	s.must("hold", s.marks("withhold", "RUDE"))
	told, err := s.readsTexts(t, true, nil)
	s.must("read", err)
	if got := string(encode(told.Answers)); got != `[{"id":"tea","text":"Tea","count":2}]` {
		t.Errorf("the audience reads %s", got)
	}
	told, err = s.readsTexts(t, false, map[string]string{"only": "withheld"})
	s.must("review", err)
	if got := string(encode(told.Answers)); got != `[{"id":"rude","text":"rude","count":1,"mark":"withheld"}]` {
		t.Errorf("hosts read %s", got)
	}
}

// Two walls whose people wrote different things cannot be told apart by anybody
// but their writers and the hosts, until the answers are shown.
func TestHiddenAnswersCannotBeToldApart(t *testing.T) {
	t.Parallel()
	for _, q := range []Question{
		{Kind: Words, Show: ByReveal}, {Kind: Wall, Show: ByReveal, Special: Special{Review: true}}, {Kind: Wall, Special: Special{Review: true}},
		{Kind: Estimate, Show: ByReveal}, {Kind: Words},
	} {
		one, other := askedOf(t, q), askedOf(t, q)
		alike := func(what string, want bool) {
			t.Helper()
			for _, m := range watchers()[:3] {
				a, b := reaches(one.poll, m, one.log), reaches(other.poll, m, other.log)
				if (a == b) != want {
					t.Fatalf("%+v, %s: alike is %v\n%s\n%s", q, what, a == b, a, b)
				}
			}
		}
		both := func(a, b map[string]any) {
			one.must("one", one.answers("ann", a))
			other.must("other", other.answers("ann", b))
		}
		switch {
		case q.Kind == Estimate:
			both(map[string]any{"number": 4}, map[string]any{"number": 40_000})
		case q.Kind == Words && q.Show != ByReveal:
			one.must("hold", one.marks("withhold", "rude"))
			other.must("hold", other.marks("withhold", "rude"))
			both(map[string]any{"texts": []string{"Rude"}}, map[string]any{"texts": []string{"RUDE"}})
		default:
			both(map[string]any{"texts": []string{"kind"}}, map[string]any{"texts": []string{"quite rude"}})
		}
		alike("answered", true)
		if q.Kind == Wall {
			one.must("hold", one.marks("withhold", one.tea().box.given()[0].ID))
			other.must("hold", other.marks("withhold", other.tea().box.given()[0].ID))
			alike("held back", true)
		}
		if q.Kind == Wall || q.Show != ByReveal {
			continue
		}
		one.run("host reveals tea")
		other.run("host reveals tea")
		alike("revealed", false)
	}
}

// The exported file counts to what the poll says, and says nothing of who and when.
func TestSpecialBallotsAreExported(t *testing.T) {
	t.Parallel()
	for form, c := range map[Form]struct {
		ballots [2]string
		want    string
	}{
		Words:    {[2]string{`"texts":["Tea","rude"]`, `"texts":["TEA"]`}, `[{"texts":["TEA"],"count":7},{"texts":["Tea"],"out":["rude"],"count":7}]`},
		Wall:     {[2]string{`"texts":["one"]`, `"texts":["two"]`}, `[{"texts":["one"],"count":7},{"texts":["two"],"count":7}]`},
		Estimate: {[2]string{`"number":12.5`, `"number":-3`}, `[{"number":-3,"count":7},{"number":12.5,"count":7}]`},
		Points:   {[2]string{`"points":{"o1":70,"o3":30}`, `"points":{"o2":100}`}, `[{"scores":{"o1":70,"o3":30},"count":7},{"scores":{"o2":100},"count":7}]`},
	} {
		q := Question{Kind: form, ID: "q1", Prompt: "tea"}
		if form == Points {
			q = points()
			q.ID = "q1"
		}
		if form == Estimate {
			q.Decimals, q.Unit = 1, "m"
		}
		made, err := Kind.New(encode(settings{Questions: []Question{q}}))
		if err != nil {
			t.Fatal(err)
		}
		s := newScript(t)
		s.poll, s.labels["tea"] = made.(*Poll), "q1"
		s.run("host opens tea")
		for i := range 14 {
			ballot := json.RawMessage(`{"question":"q1","round":1,"turn":1,` + c.ballots[i%2] + `}`)
			s.must("vote", s.do(fmt.Sprint("voter", i), "vote", ballot))
		}
		s.run("voterX votes tea: nothing")
		if form == Words {
			s.must("hold", s.marks("withhold", "rude"))
		}
		ask := map[string]string{"question": "q1", "round": "1"}
		if _, err := export(t.Context(), s.reading(rooms.Nobody, ask)); code(err) != "open" {
			t.Errorf("%s: exported while open: %v", form, err)
		}
		s.run("host closes tea")
		got, err := export(t.Context(), s.reading(rooms.Nobody, ask))
		s.must("export", err)
		raw := encode(got)
		var parts struct{ Ballots json.RawMessage }
		decode(raw, &parts)
		if string(parts.Ballots) != c.want || strings.Contains(string(raw), "voter") {
			t.Errorf("%s: %s", form, raw)
		}
		file, err := methods.ReadFile(bytes.NewReader(raw))
		s.must("read the file of "+string(form), err)
		s.sameAs(t, file)
		sum, err := recount(t.Context(), s.reading(rooms.Nobody, ask))
		s.must("recount", err)
		if counted := sum.(Recount); counted.People != 14 || form == Words && counted.Counts["tea"] != 14 || form == Points && counted.Points["o1"] != 490 || form == Estimate && counted.Counts["12.5"] != 7 {
			t.Errorf("%s: recounted %+v", form, counted)
		}
	}
}

// sameAs compares a file with what the poll tells.
func (s *script) sameAs(t *testing.T, f methods.File) {
	t.Helper()
	told := s.tea().resultsFor(false)
	switch s.tea().Kind {
	case Points:
		r, err := f.Score()
		s.must("score", err)
		if got := string(encode(r.Points)); got != string(told.Points) {
			t.Errorf("the file has %s, the poll %s", got, told.Points)
		}
	case Estimate:
		if a, b := encode(f.Numbers()), encode(told.Answers.Numbers); string(a) != string(b) {
			t.Errorf("the file has %s, the poll %s", a, b)
		}
	case Words:
		texts, held := f.Texts()
		if len(texts) != 1 || texts[0].Text != told.Answers.Words[0].Text || texts[0].Count != told.Answers.Words[0].Count || held != 7 {
			t.Errorf("the file has %v and %d, the poll %+v", texts, held, told.Answers)
		}
	case Wall:
		if texts, _ := f.Texts(); len(texts) != 2 || texts[0].Count != 7 {
			t.Errorf("the file has %v", texts)
		}
	}
}

func TestBadSpecialCheckpoints(t *testing.T) {
	t.Parallel()
	s := askedOf(t, Question{Kind: Wall, Most: 2})
	s.must("ann", s.says("ann", "one", "two"))
	s.must("bob", s.says("bob", "three"))
	good, err := s.poll.Save()()
	s.must("save", err)
	ballots := func(change func(string) string) []byte {
		var state saved
		decode(good, &state)
		state.Deck[0].Ballots = []byte(change(string(state.Deck[0].Ballots)))
		return encode(state)
	}
	s.must("load", (&Poll{}).Load(ballots(func(b string) string { return b })))
	for name, bad := range map[string][]byte{
		"cut":         ballots(func(b string) string { return b[:len(b)-1] }),
		"no text":     ballots(func(b string) string { return strings.Replace(b, `"three"`, `""     `, 1) }),
		"same place":  ballots(func(b string) string { return strings.Replace(b, `"place":2`, `"place":1`, 1) }),
		"other mark":  ballots(func(b string) string { return strings.Replace(b, `,"place":3`, `,"mark":"x"`, 1) }),
		"beyond last": bytes.Replace(good, []byte(`"last":3`), []byte(`"last":2`), 1),
		"below 0":     bytes.Replace(good, []byte(`"last":3`), []byte(`"last":-3`), 1),
		"other kind":  bytes.Replace(good, []byte(`"kind":"wall"`), []byte(`"kind":"estimate"`), 1),
	} {
		if err := (&Poll{}).Load(bad); err == nil {
			t.Errorf("%s was loaded", name)
		}
	}
}
