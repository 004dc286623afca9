package polls

import (
	"cmp"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"plenum/rooms"
)

// sees is what the room gives somebody who takes part.
func (s *script) sees(who string) (view, mine json.RawMessage) {
	m := rooms.Member{ID: "id-" + who, Role: rooms.Participant}
	return encode(s.poll.View(m)), encode(s.poll.MineUnder(m, func(scope string) string { return aliasOf(m.ID, scope) }))
}

// plain is the form as somebody who takes part gets it.
func (s *script) plain(who string) rooms.Plain {
	s.t.Helper()
	view, mine := s.sees(who)
	asked, err := askPlainly(view, mine)
	s.must("a plain form", err)
	return asked
}

// sends fills the form that is there now: fields by the text of their label and
// options by their own text, else as they are written.
func (s *script) sends(who, filled string) error {
	s.t.Helper()
	form := map[string][]string{}
	asked := s.plain(who)
	for _, f := range asked.Fields {
		if f.Input == rooms.PlainHidden {
			form[f.Name] = []string{f.Value}
		}
	}
	for pair := range strings.SplitSeq(filled, "; ") {
		label, value, _ := strings.Cut(pair, "=")
		for _, f := range asked.Fields {
			if f.Label != label {
				continue
			}
			for _, o := range f.Options {
				if o.Text == value {
					value = o.Value
				}
			}
			form[f.Name] = append(form[f.Name], value)
			break
		}
		if label == "round" {
			form[plainRound] = []string{value}
		}
	}
	view, mine := s.sees(who)
	do, with, err := answerPlainly(view, mine, form)
	if err != nil {
		return err
	}
	return s.do(who, do, with)
}

// filled is what the form has in it, as sends takes it.
func (s *script) filled(who string) string {
	var out []string
	for _, f := range s.plain(who).Fields {
		if f.Input != rooms.PlainHidden && f.Value != "" {
			out = append(out, f.Label+"="+f.Value)
		}
		for _, o := range f.Options {
			if o.Chosen && o.Text != "–" {
				out = append(out, f.Label+"="+cmp.Or(o.Text, o.Word))
			}
		}
	}
	return strings.Join(out, "; ")
}

func TestEveryFormOfQuestionIsAnsweredWithoutScripts(t *testing.T) {
	t.Parallel()
	tea := []Option{{Text: "Black"}, {Text: "Green"}, {Text: "White"}}
	for what, c := range map[string]struct {
		question Question
		sent     []string // "; " between fields, " -> code" behind what is refused
	}{
		"one":       {Question{Kind: Single, Options: tea}, []string{"=Black", "=none -> options", "=Green"}},
		"several":   {Question{Kind: Multiple, Options: tea, Most: 2}, []string{"=Black; =Green; =White -> options", "=Black; =White"}},
		"a rating":  {Question{Kind: Rating, From: 1, To: 5, High: "good"}, []string{"=9 -> score", "=x -> score", "=5 – good", "=4"}},
		"a ranking": {Question{Kind: Ranking, Options: tea}, []string{"Black=1; Green=1 -> ranks", "Black=1; Green=3 -> ranks", "Black=0 -> ranks", "White=4 -> ranks", "Black=2; Green=1; White=3"}},
		"words":     {Question{Kind: Words, Most: 2}, []string{"=sun; =sun -> same-answer", "=" + strings.Repeat("x", 61) + " -> word", "=sun; =rain"}},
		"a wall":    {Question{Kind: Wall, Most: 2}, []string{"=" + strings.Repeat("x", 501) + " -> wall-answer", "=more light"}},
		"a guess":   {Question{Kind: Estimate, Special: Special{Decimals: 1}}, []string{"=dozens -> number", "=12,5", "=12.5"}},
		"dates":     {Question{Kind: Dates, Options: []Option{{Date: "2026-12-01"}, {Date: "2026-12-02"}}}, []string{"2026-12-01=often -> options", "2026-12-01=yes", "2026-12-01=maybe; 2026-12-02=no"}},
		"a grid":    {Question{Kind: Grid, Options: tea[:2], Least: 2, Special: Special{Columns: []Option{{Text: "fine"}, {Text: "poor"}}}}, []string{"Black=fine -> missing-rows", "Black=fine; Green=poor"}},
		"a scale":   {Question{Kind: Grid, Options: tea[:2], From: 1, To: 3}, []string{"Black=4 -> options", "Black=1; Green=3"}},
		"axes":      {Question{Kind: Axes, Options: tea[:2], Special: Special{X: &Axis{Title: "Effort"}, Y: &Axis{Title: "Value"}}}, []string{"Black: Effort=3 -> place", "Black: Effort=11; Black: Value=3 -> place", "Black: Effort=3; Black: Value=10"}},
		"areas":     {Question{Kind: Pins, Options: areas(), Most: 2, Special: Special{Picture: aPicture()}}, []string{"=- -> options", "=o9 -> options", "=The door; =The shape"}},
		"a picture": {Question{Kind: Pins, Special: Special{Picture: aPicture()}}, []string{"=r4c1 -> options", "=r3c1"}},
		"points":    {Question{Kind: Points, Options: tea, Special: Special{Total: 10}}, []string{"Black=11 -> points", "Black=-1; Green=11 -> points", "Black=4; Green=6; White=0"}},
	} {
		t.Run(what, func(t *testing.T) {
			t.Parallel()
			s := askedOf(t, c.question)
			if got := s.plain("ann"); got.State != rooms.PlainAsks || got.Answered || got.Hint.How == "" {
				t.Fatalf("the form is %+v", got)
			}
			last := ""
			for _, line := range c.sent {
				filled, want, _ := strings.Cut(line, " -> ")
				err := s.sends("ann", filled)
				var refusal *rooms.Refusal
				switch {
				case want == "" && err != nil, want != "" && (!errors.As(err, &refusal) || refusal.Code != want):
					t.Errorf("%q: %v", line, err)
				case want == "":
					last = filled
				}
			}
			if got := s.plain("ann"); !got.Answered || s.filled("ann") != last {
				t.Errorf("the form has %q, want %q", s.filled("ann"), last)
			}
			if s.tea().people() != 1 {
				t.Errorf("%d people have voted", s.tea().people())
			}
		})
	}
}

func TestAFormIsAboutOneRoundOfOneQuestion(t *testing.T) {
	t.Parallel()
	s := run(t, "host writes tea: single Black|Green\nhost writes cake: single Plum|Apple")
	if got := s.plain("ann"); got.State != rooms.PlainNothing {
		t.Errorf("before anything is presented there is %+v", got)
	}
	s.run("host presents tea")
	if got := s.plain("ann"); got.State != rooms.PlainWaits || len(got.Fields) != 0 {
		t.Errorf("before it is open there is %+v", got)
	}
	s.run("host opens tea")
	if err := s.sends("ann", "=Black; round=2"); !errors.Is(err, rooms.ErrMovedOn) {
		t.Errorf("another round: %v", err)
	}
	view, mine := s.sees("ann")
	form := map[string][]string{plainQuestion: {s.labels["tea"]}, plainRound: {"1"}, plainAnswer: {s.labels["tea Black"]}}
	s.run("host opens cake")
	later, _ := s.sees("ann")
	if _, _, err := answerPlainly(later, mine, form); !errors.Is(err, rooms.ErrMovedOn) {
		t.Errorf("another question: %v", err)
	}
	if _, _, err := answerPlainly(json.RawMessage("null"), mine, form); !errors.Is(err, rooms.ErrMovedOn) {
		t.Errorf("nothing on the screens: %v", err)
	}
	form[plainRound] = []string{"one"}
	if _, _, err := answerPlainly(view, mine, form); !errors.Is(err, rooms.ErrMalformed) {
		t.Errorf("a round that is none: %v", err)
	}
}

func TestTheFormShowsWhatTheScreensShowAndNoMore(t *testing.T) {
	t.Parallel()
	s := run(t, "host writes tea: single Black|Green show=closed\nhost opens tea")
	s.must("a vote", s.sends("ann", "=Black"))
	if got := s.plain("bob"); len(got.Results) != 0 {
		t.Errorf("while it is hidden there is %+v", got.Results)
	}
	s.run("host closes tea")
	got := s.plain("ann")
	if got.State != rooms.PlainOver || len(got.Results) != 2 || got.Results[0] != (rooms.PlainResult{Text: "Black", Count: 1}) {
		t.Errorf("after the close there is %+v", got)
	}
}

func TestASecretBallotIsSentWithoutScriptsToo(t *testing.T) {
	t.Parallel()
	for _, secrecy := range []Secrecy{Pseudonymous, Anonymous} {
		s := askedOf(t, Question{Kind: Single, Options: []Option{{Text: "Black"}, {Text: "Green"}}, Veiling: Veiling{Secrecy: secrecy}})
		s.must("a vote", s.sends("ann", "=Black"))
		s.must("another", s.sends("ann", "=Green"))
		if got := s.plain("ann"); got.Secrecy != string(secrecy) || s.filled("ann") != "=Green" || s.tea().people() != 1 {
			t.Errorf("%s: of %d people, the form has %q: %+v", secrecy, s.tea().people(), s.filled("ann"), got)
		}
	}
}
