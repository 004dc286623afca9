package polls

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"plenum/polls/tables"
	"plenum/rooms"
)

// whole is a named read of a host about everything, with names and the view of now.
func (s *script) whole(ask map[string]string) rooms.Reading {
	r := s.reading(rooms.Nobody, ask)
	r.Title = "Team day"
	r.Settings = func(context.Context) (json.RawMessage, error) { return nil, nil }
	r.View = func(context.Context) (json.RawMessage, error) {
		return encode(s.poll.View(rooms.Member{Role: rooms.Host})), nil
	}
	r.People = func(_ context.Context, ids []string) ([]rooms.Member, error) {
		var all []rooms.Member
		for _, id := range ids {
			all = append(all, rooms.Member{ID: id, Name: strings.ToUpper(strings.TrimPrefix(id, "id-"))})
		}
		return all, nil
	}
	return r
}

// fileOf is the file that a named read answers with.
func fileOf(t *testing.T, r rooms.Reading) (rooms.File, []byte) {
	t.Helper()
	answer, err := table(t.Context(), r)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := answer.(rooms.File).Write(&out); err != nil {
		t.Fatal(err)
	}
	return answer.(rooms.File), out.Bytes()
}

// csvOf is a part as CSV, without its head.
func csvOf(t *testing.T, s *script, part string) [][]string {
	t.Helper()
	_, file := fileOf(t, s.whole(map[string]string{"part": part}))
	lines, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(file, []byte("\ufeff")))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return lines[1:]
}

// columns are some cells of each row.
func columns(rows [][]string, at ...int) string {
	var out strings.Builder
	for _, row := range rows {
		for i, column := range at {
			if i > 0 {
				out.WriteString("|")
			}
			if column < len(row) {
				out.WriteString(row[column])
			}
		}
		out.WriteString("\n")
	}
	return out.String()
}

func lines(all ...string) string { return strings.Join(all, "\n") + "\n" }

// Every form is in the results as the desk shows it, and every person in the
// answers with what they gave, each round for itself.
func TestTheTables(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green right=1 show=closed
		host writes trip: ranking Lake|Town|Home
		host writes mood: rating from=-1 to=1
		host writes later: single A|B
		host opens tea
		ann votes tea: Green
		bob votes tea: Black
		host closes tea
		host opens trip
		ann votes trip: Town, Lake
		cid votes trip: Lake
		bob votes trip: Town
		host closes trip
		host opens mood
		ann rates mood: -1
		host closes mood
		host repeats mood
		host opens mood
		ann rates mood: 1
		bob rates mood: 0`)
	if got, want := columns(csvOf(t, s, "results"), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12), lines(
		"1|tea|single choice|1|closed|2|Black|1|0.5||||",
		"1|tea|single choice|1|closed|2|Green|1|0.5||||right",
		"2|trip|ranking|1|closed|3|Lake|1|0.3333|3||2|",
		"2|trip|ranking|1|closed|3|Town|2|0.6667|4||1|wins",
		"2|trip|ranking|1|closed|3|Home|0|0|0||3|",
		"3|mood|rating|1|closed|1|-1|1|1||||",
		"3|mood|rating|1|closed|1|0|0|0||||",
		"3|mood|rating|1|closed|1|1|0|0||||",
		"3|mood|rating|1|closed|1|Average||||-1||",
		"3|mood|rating|2|open|2|-1|0|0||||",
		"3|mood|rating|2|open|2|0|1|0.5||||",
		"3|mood|rating|2|open|2|1|1|0.5||||",
		"3|mood|rating|2|open|2|Average||||0.5||"); got != want {
		t.Errorf("the results are\n%swant\n%s", got, want)
	}
	if got, want := columns(csvOf(t, s, "answers"), 0, 1, 2, 3, 4, 5, 6), lines(
		"ANN|1|1000|Green|1000|Town > Lake|-1", "BOB|2|0|Black|0|Town|", "CID|||||Lake|"); got != want {
		t.Errorf("the answers are\n%swant\n%s", got, want)
	}
	if width := len(csvOf(t, s, "answers")[0]); width != 7 {
		t.Errorf("the answers have %d columns: what is still open is not in them", width)
	}
	if got := csvOf(t, s, "ballots"); len(got) != 0 {
		t.Errorf("without a secret question there are the secret votes %q", got)
	}
	file, _ := fileOf(t, s.whole(map[string]string{"format": "xlsx"}))
	if file.Name != "Team day.xlsx" || file.Type != tables.XLSXType {
		t.Errorf("the workbook is %q of type %q", file.Name, file.Type)
	}
	file, _ = fileOf(t, s.whole(map[string]string{"part": "answers", "language": "zh-CN"}))
	if file.Name != "Team day - 逐人作答.csv" {
		t.Errorf("the Chinese answers are %q", file.Name)
	}
	for _, bad := range []map[string]string{{"format": "ods"}, {"part": "all"}, {"format": "xlsx", "part": "x"}} {
		if _, err := table(t.Context(), s.whole(bad)); code(err) != "malformed" {
			t.Errorf("%v gives %v", bad, err)
		}
	}
	if _, err := table(t.Context(), s.reading(rooms.Host, nil)); code(err) != "recount" {
		t.Errorf("without the ballots it answers %v", err)
	}
}

// Both languages have words for everything.
func TestTheTablesSpeakBothLanguages(t *testing.T) {
	t.Parallel()
	for _, w := range []*tableWords{&inEnglish, &inChinese} {
		for _, form := range []Form{Single, Multiple, Rating, Ranking, Words, Wall, Estimate, Points, Dates, Grid, Axes, Pins} {
			if w.forms[form] == "" {
				t.Errorf("%s has no word for %s", w.results, form)
			}
		}
		text := fmt.Sprintf("%+v", *w)
		if strings.Contains(text, ": ") && strings.Contains(text, ":  ") {
			t.Errorf("%s: a word is empty in %s", w.results, text)
		}
		for _, pattern := range []string{w.guest, w.below, w.above, w.column, w.columnRound, w.columnPoints, w.columnUnit, w.columnRow, w.placed, w.pinned} {
			if !strings.Contains(pattern, "%") {
				t.Errorf("%s: %q says nothing of what it is about", w.results, pattern)
			}
		}
	}
}

// A deck of all forms, voted on at random: the sums of the workbook are those of
// the screen, and what the people of the answers gave adds up to the same.
func TestTheWorkbookAddsUp(t *testing.T) {
	t.Parallel()
	seed := uint64(time.Now().UnixNano())
	t.Logf("seed %d", seed)
	r := rand.New(rand.NewPCG(seed, 3))
	s := newScript(t)
	deck := []Question{
		{Kind: Single, Prompt: "single", Options: choice(4).Options, Key: &Key{Right: []int{1}}},
		{Kind: Multiple, Prompt: "multiple", Options: choice(5).Options},
		{Kind: Rating, Prompt: "rating"},
		{Kind: Ranking, Prompt: "ranking", Options: choice(4).Options},
		{Kind: Words, Prompt: "words", Most: 2},
		{Kind: Wall, Prompt: "wall", Most: 2, Special: Special{Review: true}},
		{Kind: Estimate, Prompt: "estimate", Special: Special{Decimals: 1}},
		{Kind: Dates, Prompt: "dates", Options: days("2026-12-03", "2026-12-04", "2026-12-05")},
		{Kind: Grid, Prompt: "scale", Options: choice(3).Options},
		{Kind: Grid, Prompt: "grid", Options: choice(3).Options, Special: Special{Columns: choice(4).Options, Several: true}},
		{Kind: Pins, Prompt: "pins", Options: areas(), Most: 2, Special: Special{Picture: aPicture()}},
		{Kind: Pins, Prompt: "right pins", Options: areas(), Key: &Key{Right: []int{0}}, Special: Special{Picture: aPicture()}},
		{Kind: Axes, Prompt: "axes", Options: choice(3).Options, Special: Special{X: anAxis("Effort"), Y: anAxis("Value")}},
		{Kind: Points, Prompt: "points", Options: choice(3).Options, Special: Special{Total: 10}},
	}
	for _, q := range deck {
		s.must("write", s.do("host", "write", map[string]any{"question": q}))
	}
	for round := 1; round <= 2; round++ {
		for i, c := range s.poll.deck {
			s.must("open", s.do("host", "open", map[string]any{"question": c.ID}))
			for who := range 30 {
				if r.IntN(4) > 0 {
					s.must("vote", s.do(fmt.Sprintf("v%d", who), "vote", anyBallot(r, c, round)))
				}
			}
			if i == len(s.poll.deck)-1 && round == 2 {
				break // the last one stays open
			}
			s.must("close", s.do("host", "close", map[string]any{"question": c.ID}))
			if round == 1 {
				if c.Key != nil {
					s.must("reveal", s.do("host", "reveal", map[string]any{"question": c.ID}))
				}
				s.must("again", s.do("host", "again", map[string]any{"question": c.ID}))
			}
		}
	}
	_, file := fileOf(t, s.whole(map[string]string{"format": "xlsx"}))
	sheets, err := tables.ReadXLSX(file)
	if err != nil || len(sheets) != 2 || sheets[0].Name != "Results" || sheets[1].Name != "Answers" {
		t.Fatalf("the sheets are %v (%v)", sheets, err)
	}
	votes := map[string]int{} // by question, round and answer
	for _, row := range sheets[0].Rows[1:] {
		if len(row) > 7 && row[7] != "" {
			n, err := strconv.Atoi(row[7])
			s.must("votes", err)
			name := row[1] + " " + row[3] + " " + row[6]
			if len(row) > 13 && row[13] != "" {
				name += " " + row[13]
			}
			votes[name] += n
		}
	}
	s.sameAsScreen(votes)
	s.sameAsAnswers(sheets[1].Rows, votes)
}

func anyBallot(r *rand.Rand, c *card, round int) map[string]any {
	vote := map[string]any{"question": c.ID, "round": round, "turn": 1}
	var options []string
	for _, at := range r.Perm(len(c.Options)) {
		options = append(options, c.Options[at].ID)
	}
	switch c.Kind {
	case Single:
		vote["options"] = options[:1]
	case Multiple, Ranking:
		vote["options"] = options[:1+r.IntN(len(options))]
	case Rating:
		vote["score"] = 1 + r.IntN(5)
	case Words:
		vote["texts"] = []string{[]string{"tea", "=milk", "Kaffee; Kuchen"}[r.IntN(3)]}
	case Wall:
		vote["texts"] = []string{fmt.Sprint("because ", r.IntN(1e9)), "=1+1"}
	case Estimate:
		vote["number"] = float64(r.IntN(1000)) / 10
	case Dates, Grid, Axes, Pins:
		randomContent(r, c.Question, vote)
	case Points:
		vote["points"] = map[string]int{options[0]: 7, options[1]: 3}
	}
	return vote
}

// sameAsScreen compares votes with what the desk shows of the present round.
func (s *script) sameAsScreen(votes map[string]int) {
	s.t.Helper()
	compared := 0
	for _, q := range s.poll.View(rooms.Member{Role: rooms.Host}).(HostView).Questions {
		var counts map[string]int
		decode(q.Counts, &counts)
		for id, n := range counts {
			name := id
			switch {
			case q.gridded():
				row, column, _ := strings.Cut(id, "/")
				name = fmt.Sprintf("%s %v", q.Options[q.slot(row)].Text, inEnglish.columnCell(q.Question, q.column(column)))
			case q.Kind == Axes:
				item, what, _ := strings.Cut(id, "/")
				if name = fmt.Sprintf("%s %s", q.Options[q.slot(item)].Text, q.X.Title); what != "n" {
					continue // the means are compared in TestPlacesAddUp
				}
			case q.Kind == Pins:
				name = q.fieldSays(id)
			case q.Kind != Rating:
				name = q.Options[q.slot(id)].Text
			}
			if got := votes[fmt.Sprintf("%s %d %s", q.Prompt, q.Round, name)]; got != n {
				s.t.Errorf("%s: %s has %d votes on the screen, %d in the file", q.Prompt, name, n, got)
			}
			compared++
		}
		if q.Answers == nil {
			continue
		}
		for _, word := range q.Answers.Words {
			if got := votes[fmt.Sprintf("%s %d %s", q.Prompt, q.Round, word.Text)]; got != word.Count {
				s.t.Errorf("the word %q has %d votes on the screen, %d in the file", word.Text, word.Count, got)
			}
			compared++
		}
		if q.Answers.Numbers != nil {
			sum := 0
			for name, n := range votes {
				if strings.HasPrefix(name, fmt.Sprintf("%s %d ", q.Prompt, q.Round)) {
					sum += n
				}
			}
			if sum != q.People {
				s.t.Errorf("%d people have estimated, and the file has %d", q.People, sum)
			}
		}
	}
	if compared < 20 {
		s.t.Errorf("only %d numbers were compared", compared)
	}
}

// sameAsAnswers adds up what people gave in closed rounds.
func (s *script) sameAsAnswers(rows [][]string, votes map[string]int) {
	s.t.Helper()
	got := map[string]int{}
	points, total := 0, 0
	for _, row := range rows[1:] {
		for i, cell := range row {
			head := rows[0][i]
			switch {
			case head == "Quiz points" && cell != "":
				n, err := strconv.Atoi(cell)
				s.must("total", err)
				total += n
				continue
			case strings.HasSuffix(head, ": points") && cell != "":
				n, err := strconv.Atoi(cell)
				s.must("points", err)
				points += n
				continue
			case cell == "" || !strings.Contains(head, ". "):
				continue
			}
			_, head, _ = strings.Cut(head, ". ")
			head, row, _ := strings.Cut(head, ": ")
			prompt, round, _ := strings.Cut(strings.TrimSuffix(head, ")"), " (round ")
			switch prompt {
			case "single", "rating":
				got[prompt+" "+round+" "+cell]++
			case "dates", "scale":
				got[prompt+" "+round+" "+row+" "+cell]++
			case "grid":
				for column := range strings.SplitSeq(cell, "; ") {
					got[prompt+" "+round+" "+row+" "+column]++
				}
			case "multiple":
				for option := range strings.SplitSeq(cell, "; ") {
					got[prompt+" "+round+" "+option]++
				}
			case "ranking":
				first, _, _ := strings.Cut(cell, " > ")
				got[prompt+" "+round+" "+first]++
			}
		}
	}
	for name, n := range got {
		if votes[name] != n {
			s.t.Errorf("%d people gave %q, and the results say %d", n, name, votes[name])
		}
	}
	if points != total || total == 0 || len(got) < 20 {
		s.t.Errorf("the points by question add up to %d, those of all to %d; %d answers were compared", points, total, len(got))
	}
}

// A workbook is refused, and the CSV is not, when there are more rounds than a
// sheet has columns.
func TestMoreRoundsThanColumns(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green
		host opens tea
		ann votes tea: Green
		host closes tea`)
	all, err := recordOf(t.Context(), s.whole(nil))
	s.must("record", err)
	one := all.rounds[0]
	for _, c := range []struct {
		rounds int
		want   string
	}{{tables.MaxColumns - 1, ""}, {tables.MaxColumns, "columns"}} {
		all.rounds = slices.Repeat([]*polled{one}, c.rounds)
		if _, err := (sheets{all, &inEnglish, nil}).workbook(""); code(err) != c.want {
			t.Errorf("%d rounds give %v", c.rounds, err)
		}
		if got := (sheets{all, &inEnglish, nil}).answers(); len(got.Columns) != c.rounds+1 {
			t.Errorf("%d rounds have %d columns", c.rounds, len(got.Columns))
		}
	}
}
