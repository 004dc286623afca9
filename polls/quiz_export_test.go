package polls

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"testing"

	"plenum/polls/methods"
	"plenum/rooms"
)

// quizReading is a named read about the first round of a question, with
// settings and names.
func (s *script) quizReading(question string) rooms.Reading {
	r := s.reading(rooms.Nobody, map[string]string{"question": s.labels[question], "round": "1"})
	r.Settings = func(context.Context) (json.RawMessage, error) { return nil, nil }
	r.People = func(_ context.Context, ids []string) ([]rooms.Member, error) {
		var all []rooms.Member
		for _, id := range ids {
			all = append(all, rooms.Member{ID: id, Name: "the " + id})
		}
		return all, nil
	}
	return r
}

// What is exported of a quiz can be counted again, and brings the same points;
// a changed file does not pass for it.
func TestAnExportedQuizBringsTheSamePoints(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	s.rules(Rules{Speed: true, Streak: true})
	s.must("allow", s.do("host", "allow", map[string]any{"member": "id-v3", "more": 150}))
	s.run("host writes tea: multiple A|B|C right=0,2 seconds=20 show=closed\nhost opens tea")
	for i := range 12 {
		s.now += 900
		s.run(fmt.Sprintf("v%d votes tea: %s", i, []string{"A", "A, C", "B", "C, A"}[i%4]))
	}
	s.run("host closes tea")
	made, err := export(t.Context(), s.quizReading("tea"))
	s.must("export", err)
	file, err := methods.ReadFile(bytes.NewReader(encode(made)))
	s.must("read", err)
	want, got := map[int64]int{}, map[int64]int{}
	for _, b := range file.Ballots {
		got[file.Brings(b)]++
		if file.Brings(b) != b.Points {
			t.Errorf("%+v brings %d", b, file.Brings(b))
		}
	}
	for i := range 12 {
		mine := s.poll.Mine(rooms.Member{ID: fmt.Sprintf("id-v%d", i)}).(Mine)
		want[int64(mine.Ballots[s.labels["tea"]].Gain.Points)]++
	}
	if fmt.Sprint(want) != fmt.Sprint(got) || len(want) < 5 {
		t.Errorf("the file brings %v, and people have %v", got, want)
	}
	for _, bad := range []string{`"format":2`, `"format":1`} {
		changed := bytes.Replace(encode(made), []byte(`"format":3`), []byte(bad), 1)
		if _, err := methods.ReadFile(bytes.NewReader(changed)); err == nil {
			t.Errorf("a quiz with %s was read", bad)
		}
	}
}

// The sheet has what everybody got for everything, under the names of now.
func TestTheSheetOfAQuiz(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green right=1 show=closed
		host writes oil: single A|B right=0 show=closed
		host writes gas: single A|B right=0 show=closed
		host opens tea
		ann votes tea: Green
		bob votes tea: Black
		host closes tea
		host opens gas
		ann votes gas: B
		host closes gas
		host drops gas
		host opens oil
		bob votes oil: A
		host closes oil`)
	told, err := sheet(t.Context(), s.quizReading("tea"))
	s.must("sheet", err)
	got := told.(Sheet)
	rows := ""
	for _, row := range got.People {
		rows += fmt.Sprintf("%d %s %d:", row.Rank, row.Name, row.Points)
		for _, g := range row.Gains {
			if g == nil {
				rows += " -"
			} else {
				rows += fmt.Sprintf(" %d", g.Points)
			}
		}
		rows += "\n"
	}
	if want := "1 the id-ann 1000: 1000 -\n1 the id-bob 1000: 0 1000\n"; rows != want || len(got.Questions) != 2 {
		t.Errorf("the sheet is\n%swith %d questions", rows, len(got.Questions))
	}
}
