package polls

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plenum/rooms"
)

func choice(n int) Question {
	q := Question{Kind: Multiple, Prompt: "tea"}
	for i := range n {
		q.Options = append(q.Options, Option{Text: fmt.Sprintf("option%d", i)})
	}
	return q
}

func with(change func(*Question)) Question {
	q := choice(3)
	change(&q)
	return q
}

func rating(from, to int) Question { return Question{Kind: Rating, Prompt: "mood", From: from, To: to} }

func TestQuestionsAtTheEdge(t *testing.T) {
	t.Parallel()
	const face = "😀" // two units
	cases := map[string]struct {
		q    Question
		want string
	}{
		"two options":           {choice(2), ""},
		"one option":            {choice(1), "options"},
		"a hundred options":     {choice(MaxOptions), ""},
		"one more":              {choice(MaxOptions + 1), "options"},
		"longest prompt":        {with(func(q *Question) { q.Prompt = strings.Repeat(face, MaxPrompt/2) }), ""},
		"a pair over the edge":  {with(func(q *Question) { q.Prompt = strings.Repeat("a", MaxPrompt-1) + face }), "prompt"},
		"space does not count":  {with(func(q *Question) { q.Prompt = " a" + strings.Repeat(" \n", MaxPrompt) }), ""},
		"no prompt":             {with(func(q *Question) { q.Prompt = " \n\u2003\u0007" }), "prompt"},
		"longest option":        {with(func(q *Question) { q.Options[1].Text = strings.Repeat("€", MaxOption) }), ""},
		"longer option":         {with(func(q *Question) { q.Options[1].Text = strings.Repeat("€", MaxOption+1) }), "option"},
		"empty option":          {with(func(q *Question) { q.Options[1].Text = "\u202e " }), "option"},
		"half a pair":           {with(func(q *Question) { q.Options[1].Text = "\ufffd" }), "bad-text"},
		"all may be chosen":     {with(func(q *Question) { q.Least, q.Most = 3, 3 }), ""},
		"more than all":         {with(func(q *Question) { q.Least, q.Most = 1, 4 }), "bounds"},
		"less than none":        {with(func(q *Question) { q.Least = -1 }), "bounds"},
		"least above most":      {with(func(q *Question) { q.Least, q.Most = 3, 2 }), "bounds"},
		"two steps":             {rating(4, 5), ""},
		"eleven steps":          {rating(0, 10), ""},
		"below nothing":         {rating(-5, 5), ""},
		"twelve steps":          {rating(0, 11), "scale"},
		"one step":              {rating(3, 3), "scale"},
		"upside down":           {rating(5, 1), "scale"},
		"far away":              {rating(mostScore-1, mostScore), ""},
		"too far":               {rating(mostScore, mostScore+1), "scale"},
		"very far":              {rating(-1<<62, 1<<62), "scale"},
		"longest label":         {Question{Kind: Rating, Prompt: "m", Low: strings.Repeat("a", MaxLabel)}, ""},
		"longer label":          {Question{Kind: Rating, Prompt: "m", High: strings.Repeat("a", MaxLabel+1)}, "scale"},
		"a rating with options": {Question{Kind: Rating, Prompt: "m", Options: []Option{{Text: "a"}}}, "malformed"},
		"longest timer":         {with(func(q *Question) { q.Seconds = MaxSeconds }), ""},
		"longer timer":          {with(func(q *Question) { q.Seconds = MaxSeconds + 1 }), "seconds"},
		"negative timer":        {with(func(q *Question) { q.Seconds = -1 }), "seconds"},
		"no kind":               {Question{Prompt: "m"}, "malformed"},
		"another kind":          {Question{Prompt: "m", Kind: "sorting"}, "malformed"},
		"shown sometimes":       {with(func(q *Question) { q.Show = "sometimes" }), "malformed"},
		"an id nobody has":      {with(func(q *Question) { q.ID = "q1" }), "no-question"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newScript(t)
			err := s.do("host", "write", map[string]any{"question": c.q})
			if code(err) != c.want || (err == nil) != (len(s.poll.deck) == 1) {
				t.Errorf("got %v and %d questions, want %q", err, len(s.poll.deck), c.want)
			}
		})
	}
}

func TestTextsAreMadeClean(t *testing.T) {
	t.Parallel()
	q := with(func(q *Question) {
		q.Prompt = "\ttwo\u202e\r\nlines\u0000 "
		q.Options[0].Text = " a\u0007 \n b "
		q.Options[1].Text = "e\u0301 stays, <b> too"
	})
	s := newScript(t)
	s.must("write", s.do("host", "write", map[string]any{"question": q}))
	got := s.poll.deck[0].Question
	if got.Prompt != "two\nlines" || got.Options[0].Text != "a b" || got.Options[1].Text != "e\u0301 stays, <b> too" {
		t.Errorf("%q %+v", got.Prompt, got.Options)
	}
	again, err := got.checked()
	if err != nil || !again.asks(got) {
		t.Errorf("what is clean is cleaned again: %v %+v", err, again)
	}
}

func TestDeckAtTheEdge(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	for range MaxQuestions {
		s.must("write", s.do("host", "write", map[string]any{"question": choice(2)}))
	}
	if err := s.do("host", "write", map[string]any{"question": choice(2)}); code(err) != "questions" {
		t.Errorf("one more: %v", err)
	}
	copied, err := s.poll.Copy()
	s.must("copy", err)
	if _, err := Kind.New(copied); err != nil {
		t.Errorf("the copy: %v", err)
	}
	var more settings
	decode(copied, &more)
	more.Questions = append(more.Questions, choice(2))
	if _, err := Kind.New(encode(more)); code(err) != "questions" {
		t.Errorf("a copy with one more: %v", err)
	}
	s.must("drop", s.do("host", "drop", map[string]any{"question": s.poll.deck[7].ID}))
	s.must("write", s.do("host", "write", map[string]any{"question": choice(2)}))
}

func TestAHundredOptions(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	s.must("write", s.do("host", "write", map[string]any{"question": choice(MaxOptions)}))
	s.run("host opens tea")
	q := s.poll.deck[0].Question
	var all []string
	for _, o := range q.Options {
		all = append(all, o.ID)
	}
	vote := map[string]any{"question": q.ID, "round": 1, "turn": 1, "options": all}
	s.must("vote", s.do("ann", "vote", vote))
	s.run("save")
	if got := s.poll.deck[0].box; got.people != 1 || got.counts[0] != 1 || got.counts[63] != 1 || got.counts[64] != 1 || got.counts[99] != 1 {
		t.Errorf("%+v", got.counts)
	}
	vote["options"] = append(all, all[0])
	vote["turn"] = 2
	if err := s.do("ann", "vote", vote); code(err) != "options" {
		t.Errorf("one option twice: %v", err)
	}
}

// What is sent in the place of what a command wants.
func TestContentAsSent(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green
		host writes mood: rating
		host opens mood
		host opens tea`)
	tea, black, mood := s.labels["tea"], s.labels["tea Black"], s.labels["mood"]
	s.labels["nonsense"] = "nonsense"
	cases := []struct{ do, with, want string }{
		{"vote", `{"question":"` + tea + `","round":1,"turn":1}`, "malformed"},
		{"vote", `{"question":"` + tea + `","round":1,"turn":1,"options":null}`, "malformed"},
		{"vote", `{"question":"` + tea + `","round":1,"turn":1,"options":["` + black + `"],"score":1}`, "malformed"},
		{"vote", `{"question":"` + tea + `","round":1,"turn":0,"options":["` + black + `"]}`, "malformed"},
		{"vote", `{"question":"` + tea + `","round":1,"turn":-1,"options":["` + black + `"]}`, "malformed"},
		{"vote", `{"question":"` + tea + `","round":1,"turn":1.5,"options":["` + black + `"]}`, "malformed"},
		{"vote", `{"question":"` + tea + `","round":1,"turn":9007199254740992,"options":["` + black + `"]}`, "malformed"},
		{"vote", `{"question":"` + tea + `","round":1,"turn":18446744073709551616,"options":["` + black + `"]}`, "malformed"},
		{"vote", `{"question":"` + tea + `","round":1,"turn":1,"options":{"0":"` + black + `"}}`, "malformed"},
		{"vote", `{"question":"` + tea + `","round":1,"turn":1,"options":[0]}`, "malformed"},
		{"vote", `{"question":"` + tea + `","round":1,"turn":1,"options":[null]}`, "options"},
		{"vote", `{"question":"` + tea + `","round":1,"turn":1,"options":["` + strings.ToUpper(black) + `"]}`, "options"},
		{"vote", `{"question":"` + mood + `","round":1,"turn":1,"score":1000000000}`, "score"},
		{"vote", `{"question":"` + mood + `","round":1,"turn":1,"score":"3"}`, "malformed"},
		{"vote", `{"question":"` + mood + `","round":1,"turn":1,"score":2.5}`, "malformed"},
		{"vote", `{"round":1,"turn":1,"options":[]}`, "no-question"},
		{"vote", `{"question":"` + tea + `","turn":1,"options":[]}`, "round"},
		{"vote", `null`, "malformed"},
		{"present", `{}`, "malformed"},
		{"present", `{"question":null}`, "malformed"},
		{"present", `{"question":["` + tea + `"]}`, "malformed"},
		{"move", `{"question":"` + tea + `"}`, "malformed"},
		{"move", `{"question":"` + tea + `","place":-1}`, "malformed"},
		{"move", `{"question":"` + tea + `","place":1e99}`, "malformed"},
		{"extend", `{"question":"` + tea + `"}`, "malformed"},
		{"extend", `{"question":"` + tea + `","seconds":0}`, "seconds"},
		{"extend", `{"question":"` + tea + `","seconds":-5}`, "seconds"},
		{"extend", `{"question":"` + tea + `","seconds":3601}`, "seconds"},
		{"open", `{"question":"` + tea + `","seconds":-1}`, "seconds"},
		{"open", `{"question":"` + tea + `","seconds":3601}`, "seconds"},
		{"open", `{"question":""}`, "no-question"},
		{"write", `{}`, "malformed"},
		{"write", `{"question":null}`, "malformed"},
		{"write", `{"question":{"kind":"single","prompt":"a\ud800","options":[{"text":"b"},{"text":"c"}]}}`, "bad-text"},
		{"write", `{"question":{"kind":"single","prompt":"a","options":[null,null]}}`, "option"},
		{"write", `{"question":{"id":"` + mood + `","kind":"single","prompt":"a","options":[{"text":"b"},{"text":"c"}]}}`, "open"},
		{"write", `{"question":{"id":"` + tea + `","kind":"single","prompt":"tea","options":[{"id":"` + black + `","text":"b"},{"id":"` + black + `","text":"c"}]}}`, "malformed"},
		{"shout", `{"question":"` + tea + `"}`, "unknown"},
	}
	before := s.deck()
	for _, c := range cases {
		if err := s.do("host", c.do, json.RawMessage(c.with)); code(err) != c.want {
			t.Errorf("%s %s: got %v, want %q", c.do, c.with, err, c.want)
		}
	}
	if after := s.deck(); after != before {
		t.Errorf("refused commands made %s of %s", after, before)
	}
}

func TestLongestExtension(t *testing.T) {
	t.Parallel()
	run(t, `
		host writes tea: single Black|Green
		host opens tea for 3600s
		host extends tea by 1 -> seconds
		time +1s
		host extends tea by 1
		stage: 1/1 tea open until 3601s shown, 0 voted 0:
		time +3600s
		host extends tea by 1 -> closed`)
}

func TestSettings(t *testing.T) {
	t.Parallel()
	const two = `"options":[{"text":"a"},{"text":"b"}]`
	for _, good := range []string{
		"", "null", "{}", `{"questions":null}`, `{"questions":[]}`,
		`{"questions":[{"kind":"single","prompt":"p",` + two + `},{"id":"q1","kind":"rating","prompt":"p"}]}`,
	} {
		if _, err := Kind.New(json.RawMessage(good)); err != nil {
			t.Errorf("%s: %v", good, err)
		}
	}
	for bad, want := range map[string]string{
		"[]": "malformed", `"a"`: "malformed", "{": "malformed", `{"questions":{}}`: "malformed", `{"questions":[null]}`: "prompt",
		`{"questions":[{"id":"a","kind":"rating","prompt":"p"},{"id":"a","kind":"rating","prompt":"p"}]}`:        "malformed",
		`{"questions":[{"id":"A b","kind":"rating","prompt":"p"}]}`:                                              "malformed",
		`{"questions":[{"kind":"single","prompt":"p","options":[{"id":"a","text":"a"},{"id":"a","text":"b"}]}]}`: "malformed",
		`{"questions":[{"kind":"single","prompt":"p","options":[{"id":"<","text":"a"},{"id":"a","text":"b"}]}]}`: "malformed",
		`{"questions":[{"id":"` + strings.Repeat("q", longestID+1) + `","kind":"rating","prompt":"p"}]}`:         "malformed",
		`{"questions":[{"kind":"single","prompt":"p","options":[{"text":"a"}]}]}`:                                "options",
	} {
		if _, err := Kind.New(json.RawMessage(bad)); code(err) != want {
			t.Errorf("%s: %v, want %q", bad, err, want)
		}
	}
}

// A copy has the same questions, and nothing of what was voted.
func TestCopies(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: multiple Black|Green|White most=2 show=closed seconds=30
		host writes mood: rating from=0 to=10 low=bad
		host opens tea
		ann votes tea: Black, Green`)
	copied, err := s.poll.Copy()
	s.must("copy", err)
	made, err := Kind.New(copied)
	s.must("make the copy", err)
	other := newScript(t)
	other.poll, other.labels = made.(*Poll), s.labels
	other.run(`
		stage: nothing
		deck: tea draft 0:; mood draft 0:
		ann votes tea: Black -> no-question
		host opens tea
		ann votes tea: White
		stage: 1/2 tea open until 30s, 1 voted`)
	s.run("deck: *tea open until 30s 1: Black=1 Green=1; mood draft 0:")
	for i, c := range s.poll.deck {
		if !c.asks(other.poll.deck[i].Question) {
			t.Errorf("%+v was copied as %+v", c.Question, other.poll.deck[i].Question)
		}
	}
	if view := other.poll.View(rooms.Member{Role: rooms.Host}).(HostView); view.Questions[0].People != 1 {
		t.Errorf("%+v", view)
	}
}

// A ballot that was long under way never names an option which took another's
// place: the ids of dropped options are not given again, not even by the same
// randomness.
func TestIDsOfDroppedOptionsAreNotReused(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	write := func(q Question) Question {
		command := rooms.Command{Do: "write", With: encode(map[string]any{"question": q}), Seed: 7, From: rooms.Member{Role: rooms.Host}}
		events, err := s.poll.Decide(command)
		s.must("write", err)
		s.apply(events[0])
		return s.poll.deck[0].Question
	}
	was := write(choice(3))
	next := choice(3)
	next.ID, next.Options[2].ID = was.ID, was.Options[2].ID
	is := write(next)
	if is.Options[2].ID != was.Options[2].ID {
		t.Errorf("the option that stayed was %s and is %s", was.Options[2].ID, is.Options[2].ID)
	}
	for _, o := range is.Options[:2] {
		if was.has(o.ID) {
			t.Errorf("%s of %+v is used again in %+v", o.ID, was.Options, is.Options)
		}
	}
}
