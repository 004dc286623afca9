package polls

import (
	"fmt"
	"slices"
	"testing"

	"plenum/polls/methods"
)

// The report has every round with its results, and a ranking by all methods.
func TestTheReport(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes trip: ranking Lake|Town|Home
		host writes later: single A|B
		host opens trip
		ann votes trip: Town, Lake
		host closes trip
		host repeats trip
		host opens trip
		bob votes trip: Home`)
	answer, err := report(t.Context(), s.whole(nil))
	s.must("report", err)
	told := answer.(Report)
	if told.Title != "Team day" || len(told.Rounds) != 2 || told.Left != 0 {
		t.Fatalf("the report is %+v", told)
	}
	first, second := told.Rounds[0], told.Rounds[1]
	if first.Round != 1 || first.State != Closed || len(first.Methods) != 3 || first.Methods[0].Method != methods.Runoff || first.Methods[0].Winners[0] != first.Options[1].ID {
		t.Errorf("the first round is %+v", first)
	}
	if second.Round != 2 || second.State != Open || second.People != 1 || second.Methods != nil {
		t.Errorf("the second round is %+v", second)
	}
}

// Of a wall the report has what everybody may see.
func TestTheReportHasWhatIsShown(t *testing.T) {
	t.Parallel()
	s := askedOf(t, Question{Kind: Wall, Most: 1, Special: Special{Review: true}})
	for i, text := range []string{"good", "rude", "unread"} {
		s.must("say", s.says(fmt.Sprint("v", i), text))
	}
	for _, a := range s.tea().box.given() {
		switch a.Text {
		case "good":
			s.must("approve", s.marks("approve", a.ID))
		case "rude":
			s.must("withhold", s.marks("withhold", a.ID))
		}
	}
	s.run("host closes tea")
	answer, err := report(t.Context(), s.whole(nil))
	s.must("report", err)
	if got := answer.(Report).Rounds[0].Texts; !slices.Equal(got, []string{"good"}) {
		t.Errorf("the report has the texts %q", got)
	}
	if got, want := columns(csvOf(t, s, "results"), 6, 7, 12), lines("unread|1|not read yet", "rude|1|held back", "good|1|shown"); got != want {
		t.Errorf("the results are\n%s", got)
	}
}

// A report has the newest rounds, and so many texts, and says what is not in it.
func TestTheEdgesOfAReport(t *testing.T) {
	t.Parallel()
	s := run(t, "host writes tea: single Black|Green\nhost opens tea\nhost closes tea")
	for n := 1; n <= mostReported+1; n++ {
		answer, err := report(t.Context(), s.whole(nil))
		s.must("report", err)
		told := answer.(Report)
		if want := max(0, n-mostReported); told.Left != want || len(told.Rounds) != n-want || told.Rounds[0].Round != 1+want {
			t.Fatalf("of %d rounds %d are in the report, from round %d on, and %d are left", n, len(told.Rounds), told.Rounds[0].Round, told.Left)
		}
		if n == 2 { // the others are the same
			for ; n < mostReported-1; n++ {
				s.run("host repeats tea\nhost opens tea\nhost closes tea")
			}
		}
		s.run("host repeats tea\nhost opens tea\nhost closes tea")
	}
	wall := askedOf(t, Question{Kind: Wall, Most: 1})
	for n := 1; n <= mostReportedTexts+1; n++ {
		wall.must("say", wall.says(fmt.Sprint("v", n), fmt.Sprint("answer ", n)))
	}
	answer, err := report(t.Context(), wall.whole(nil))
	wall.must("report", err)
	if got := answer.(Report).Rounds[0]; len(got.Texts) != mostReportedTexts || got.Answers.Of != mostReportedTexts+1 || got.Texts[0] != fmt.Sprint("answer ", mostReportedTexts+1) {
		t.Errorf("the report has %d of %d texts, first %q", len(got.Texts), got.Answers.Of, got.Texts[0])
	}
}
