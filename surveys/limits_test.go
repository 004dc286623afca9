package surveys

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"plenum/rooms"
	"plenum/rooms/laws"
)

func pageWith(more string, questions ...string) string {
	return `{"page":{` + more + `"questions":[` + strings.Join(questions, ",") + `]}}`
}

func choices(n, long int) string {
	options := make([]string, n)
	for i := range options {
		options[i] = `{"text":"` + strings.Repeat("o", long) + `"}`
	}
	return `{"kind":"multiple","prompt":"?","options":[` + strings.Join(options, ",") + `]}`
}

// Every limit on what hosts write, at its edge.
func TestLimitsOfPages(t *testing.T) {
	t.Parallel()
	question := func(more string) string { return `{"kind":"short","prompt":"?"` + more + `}` }
	of := func(n int, q string) []string {
		all := make([]string, n)
		for i := range all {
			all[i] = q
		}
		return all
	}
	text := func(n int) string { return strings.Repeat("t", n) }
	for _, c := range []struct{ with, code string }{
		{pageWith("", `{"kind":"short","prompt":"`+text(1_000)+`"}`), ""},
		{pageWith("", `{"kind":"short","prompt":"`+text(1_001)+`"}`), "prompt"},
		{pageWith("", `{"kind":"short","prompt":" "}`), "prompt"},
		{pageWith("", `{"kind":"short","prompt":"\ud800"}`), "bad-text"},
		{pageWith("", `{"kind":"song","prompt":"?"}`), "malformed"},
		{pageWith("", choices(1, 1)), "options"},
		{pageWith("", choices(2, 200)), ""},
		{pageWith("", choices(2, 201)), "option"},
		{pageWith("", choices(2, 0)), "option"},
		{pageWith("", choices(100, 1)), ""},
		{pageWith("", choices(101, 1)), "options"},
		{pageWith("", strings.Replace(choices(3, 1), `{`, `{"least":2,"most":4,`, 1)), "bounds"},
		{pageWith("", strings.Replace(choices(3, 1), `{`, `{"least":3,"most":2,`, 1)), "bounds"},
		{pageWith("", `{"kind":"rating","prompt":"?","from":0,"to":10}`), ""},
		{pageWith("", `{"kind":"rating","prompt":"?","from":0,"to":11}`), "scale"},
		{pageWith("", `{"kind":"rating","prompt":"?","from":3,"to":3}`), "scale"},
		{pageWith("", `{"kind":"rating","prompt":"?","from":1,"to":5,"low":"`+text(61)+`"}`), "scale"},
		{pageWith("", `{"kind":"number","prompt":"?","from":-1000000000,"to":1000000000}`), ""},
		{pageWith("", `{"kind":"number","prompt":"?","from":0,"to":1000000001}`), "survey-range"},
		{pageWith("", `{"kind":"number","prompt":"?","from":0,"to":9,"unit":"`+text(21)+`"}`), "unit"},
		{pageWith(`"title":"` + text(200) + `",`), ""},
		{pageWith(`"title":"` + text(201) + `",`), "page-title"},
		{pageWith(`"text":"` + text(4_001) + `",`), "page-text"},
		{pageWith(`"id":"end",`), "malformed"},
		{pageWith(`"id":"No",`), "malformed"},
		{pageWith("", of(100, question(""))...), ""},
		{pageWith("", of(101, question(""))...), "survey-questions"},
		{pageWith("", of(2, question(`,"id":"q"`))...), "malformed"},
		{pageWith("", `{"kind":"nps","prompt":"?","jumps":[{"from":0,"to":11,"go":"end"}]}`), "jump"},
		{pageWith("", `{"kind":"nps","prompt":"?","jumps":[{"from":0,"to":10,"go":"end"}]}`), ""},
		{pageWith("", `{"kind":"nps","prompt":"?","jumps":[{"from":0,"to":10,"go":"nowhere"}]}`), "jump-target"},
		{pageWith(`"id":"p",`, `{"kind":"nps","prompt":"?","jumps":[{"from":0,"to":10,"go":"p"}]}`), "jump-back"},
		{pageWith(`"id":"p","go":"p",`), "jump-back"},
		{`{"page":7}`, "malformed"}, {`{"page":{},"place":1}`, "malformed"}, {`{"page":{},"place":-1}`, "malformed"}, {`[]`, "malformed"}, {`null`, "malformed"},
	} {
		w := newTrial(t, `{}`)
		if c.code == "" {
			w.must("host", "write", c.with)
		} else {
			w.refused("host", "write", c.with, c.code)
		}
	}
	w := newTrial(t, `{}`)
	for range MaxPages {
		w.must("host", "write", `{"page":{"questions":[]}}`)
	}
	w.refused("host", "write", `{"page":{"questions":[]}}`, "survey-pages")
	w.refused("host", "set", `{"intro":"`+text(MaxIntro+1)+`"}`, "survey-intro")
	w.refused("host", "set", `{"ending":"`+text(MaxEnding+1)+`"}`, "survey-ending")
	w = newTrial(t, `{}`)
	for range 20 {
		w.must("host", "write", pageWith("", choices(24, 200)))
	}
	w.refused("host", "write", pageWith("", choices(24, 200)), "survey-size")
}

// Every limit on answers, at its edge.
func TestLimitsOfAnswers(t *testing.T) {
	t.Parallel()
	text := func(n int) string { return `"` + strings.Repeat("t", n) + `"` }
	w := opened(t, `{"pages":[{"id":"p","questions":[
		{"id":"one","kind":"single","prompt":"?","options":[{"id":"a","text":"A"},{"id":"b","text":"B"}]},
		{"id":"many","kind":"multiple","prompt":"?","least":2,"most":2,"options":[{"id":"a","text":"A"},{"id":"b","text":"B"},{"id":"c","text":"C"}]},
		{"id":"nps","kind":"nps","prompt":"?"},{"id":"number","kind":"number","prompt":"?","from":-1,"to":2},
		{"id":"short","kind":"short","prompt":"?"},{"id":"long","kind":"long","prompt":"?"},{"id":"date","kind":"date","prompt":"?"}]}]}`)
	for _, c := range []struct{ id, answer, code string }{
		{"one", `["a"]`, ""}, {"one", `[]`, ""}, {"one", `null`, ""}, {"one", `["a","b"]`, "survey-chosen"}, {"one", `["x"]`, "survey-answer"}, {"one", `"a"`, "survey-answer"},
		{"many", `["a"]`, "survey-chosen"}, {"many", `["a","c"]`, ""}, {"many", `["a","a"]`, "survey-answer"}, {"many", `["a","b","c"]`, "survey-chosen"},
		{"nps", `0`, ""}, {"nps", `10`, ""}, {"nps", `11`, "survey-number"}, {"nps", `-1`, "survey-number"}, {"nps", `1.5`, "survey-number"}, {"nps", `"1"`, "survey-answer"},
		{"number", `-1`, ""}, {"number", `2`, ""}, {"number", `1.25`, ""}, {"number", `1.255`, "survey-number"}, {"number", `2.01`, "survey-number"}, {"number", `1e999`, "survey-answer"},
		{"short", text(200), ""}, {"short", text(201), "short-text"}, {"short", `7`, "survey-answer"}, {"short", `"\ud800"`, "bad-text"},
		{"long", text(4_000), ""}, {"long", text(4_001), "long-text"},
		{"date", `"2024-02-29"`, ""}, {"date", `"2025-02-29"`, "survey-date"}, {"date", `"yesterday"`, "survey-date"}, {"date", `""`, ""},
	} {
		with := fmt.Sprintf(`{"page":"p","answers":{%q:%s}}`, c.id, c.answer)
		if c.code == "" {
			w.must("ann", "save", with)
		} else {
			w.refused("ann", "save", with, c.code)
		}
	}
	w.refused("ann", "save", `{"page":"p"}`, "malformed")
}

// What one person writes, and what all write together, has an end.
func TestLimitsOfTexts(t *testing.T) {
	t.Parallel()
	questions := make([]string, 11)
	answers := make([]string, 11)
	for i := range questions {
		questions[i] = fmt.Sprintf(`{"id":"q%d","kind":"long","prompt":"?"}`, i)
		answers[i] = fmt.Sprintf(`"q%d":%q`, i, strings.Repeat("t", MaxLong))
	}
	w := opened(t, `{"pages":[{"id":"p","questions":[`+strings.Join(questions, ",")+`]}]}`)
	w.must("ann", "save", `{"page":"p","answers":{`+strings.Join(answers[:10], ",")+`}}`)
	w.refused("ann", "save", `{"page":"p","answers":{`+strings.Join(answers, ",")+`}}`, "much-text")
	w.s.people.weight = MaxAll - 1
	if err := w.s.fits(nil, []answer{{text: "t"}}); err != nil {
		t.Errorf("the last byte: %v", err)
	}
	if err := w.s.fits(nil, []answer{{text: "tt"}}); rooms.AsRefusal(err).Code != "survey-full" {
		t.Errorf("one more byte: %v", err)
	}
}

// Whatever hosts write, move and drop: every way through a survey goes forward
// and ends.
func TestWaysEnd(t *testing.T) {
	t.Parallel()
	seed := laws.Seed(t)
	for run := range uint64(50) {
		r := rand.New(rand.NewPCG(seed+run, 0))
		w := newTrial(t, `{}`)
		for range 60 {
			id := func() string { return fmt.Sprint("p", r.IntN(8)) }
			switch r.IntN(4) {
			case 0:
				_ = w.do("host", "drop", fmt.Sprintf(`{"page":%q}`, id()))
			case 1:
				_ = w.do("host", "move", fmt.Sprintf(`{"page":%q,"place":%d}`, id(), r.IntN(8)))
			default:
				to := []string{id(), end}[r.IntN(2)]
				_ = w.do("host", "write", fmt.Sprintf(`{"page":{"id":%q,"go":%q,"questions":[{"kind":"rating","prompt":"?","from":1,"to":5,"jumps":[{"from":1,"to":3,"go":%q},{"from":4,"to":4,"go":%q}]}]},"place":0}`,
					id(), []string{"", id()}[r.IntN(2)], to, id()))
			}
			answers := make([]answer, len(w.s.index.questions))
			for i := range answers {
				answers[i] = answer{given: true, value: int64(1 + r.IntN(5))}
			}
			before := -1
			for _, at := range w.s.path(answers) {
				if at <= before {
					t.Fatalf("with -laws.seed=%d a way goes from %d to %d: %s", seed+run, before, at, encode(w.s.design))
				}
				before = at
			}
		}
		if raw, err := json.Marshal(w.s.design); err != nil || w.s.check() != nil {
			t.Fatalf("with -laws.seed=%d the pages cannot stand: %s", seed+run, raw)
		}
	}
}

// The columns of a histogram hold every number of its range, and are not many.
func TestBins(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ from, to, n, wide int }{{0, 1, 2, 1}, {0, 20, 21, 1}, {0, 21, 11, 2}, {0, 100, 21, 5}, {18, 99, 17, 5}, {-mostNumber, mostNumber, 21, 100_000_000}} {
		q := Question{Kind: Number, From: c.from, To: c.to}
		n, wide := q.bins()
		last := answer{given: true, value: int64(c.to) * hundred}.bar(q)
		if n != c.n || wide != c.wide || last != n-1 {
			t.Errorf("from %d to %d there are %d of %d, the last at %d", c.from, c.to, n, wide, last)
		}
	}
}
