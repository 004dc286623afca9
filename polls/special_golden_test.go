package polls

import (
	"strings"
	"testing"
)

// goldenSpecial is a story of the special forms: words that are taken out and
// put back, a wall that is read before it is shown, an estimate with a true
// value, points. An answer to be marked is a word, or its place among those that
// wait and those that are shown.
const goldenSpecial = `
	m4 write - 6
	m4 write - 7
	m4 write - 8
	m4 write - 9
	m4 open 1 0
	m2 vote 1 1 1 Tea two_words
	m3 vote 1 1 1 tea
	m7 vote 1 1 1 TEA <b>x</b> 咖啡
	m3 vote 1 1 2 tea 咖啡
	m5 withhold 1 <B>X</B>
	m2 vote 1 1 2 -
	m2 vote 1 1 3 tea
	m5 approve 1 <b>x</b>
	m5 withhold 1 two_words
	m4 hide 1
	m4 reveal 1
	m4 open 2 0
	m2 vote 2 1 1 More_light! Less_noise.
	m3 vote 2 1 1 Tea_for_all
	m7 vote 2 1 1 Something_rude
	m5 approve 2 0
	m5 approve 2 0
	m5 withhold 2 0
	m2 vote 2 1 2 More_light! Much_less_noise.
	m4 close 2
	m4 reveal 2
	m5 withhold 2 1
	m4 open 3 0
	m2 vote 3 1 1 9.5
	m3 vote 3 1 1 10
	m7 vote 3 1 1 12.25
	m2 vote 3 1 2 11
	m4 write 3 10
	m4 close 3
	m4 hide 3
	m4 reveal 3
	m4 write 3 8
	m4 open 4 600
	m2 vote 4 1 1 7 3
	m3 vote 4 1 1 0 10
	m7 vote 4 1 1 10
	m7 vote 4 1 2 -
	m4 present 1
	m4 again 1
	m4 open 1 0
	m7 vote 1 2 1 two_words tea`

// TestGoldenSpecial is the same for the special forms, which came later.
func TestGoldenSpecial(t *testing.T) {
	t.Parallel()
	tellGolden(t, goldenSpecial, "testdata/special.jsonl")
}

func init() {
	goldenQuestions = append(goldenQuestions,
		`{"kind":"words","prompt":"What do you drink?","most":3}`,
		`{"kind":"wall","prompt":"What should change?","most":2,"review":true,"show":"revealed"}`,
		`{"kind":"estimate","prompt":"How long is it?","min":0,"max":100,"decimals":2,"unit":"m","show":"closed"}`,
		`{"kind":"points","prompt":"What first?","options":[{"text":"Roof"},{"text":"Floor"}],"total":10}`,
		`{"kind":"estimate","prompt":"How long is it?","min":0,"max":100,"decimals":2,"unit":"m","show":"closed","truth":10.75}`)
}

func goldenContentOf(words []string, q HostQuestion, with map[string]any) map[string]any {
	texts, points := []string{}, map[string]int{}
	for i, word := range words {
		switch q.Kind {
		case Estimate:
			with["number"] = decimal(word)
		case Dates, Grid:
			rows := map[string][]string{}
			if with["rows"] != nil {
				rows = with["rows"].(map[string][]string)
			}
			for name := range strings.SplitSeq(word, "+") {
				if name == "_" {
					continue
				}
				if len(q.Columns) > 0 {
					name = q.Columns[number(name)].ID
				}
				rows[q.Options[i].ID] = append(rows[q.Options[i].ID], name)
			}
			with["rows"] = rows
		case Axes, Pins:
			goldenPlace(word, i, q, with)
		case Points:
			points[q.Options[i].ID] = number(word)
			with["points"] = points
		default:
			texts = append(texts, spaced(word))
			with["texts"] = texts
		}
	}
	return with
}

func goldenMark(word string, q HostQuestion) map[string]any {
	id := spaced(word)
	if q.Kind == Wall {
		id = append(q.Answers.Waiting, q.Answers.Cards...)[number(word)].ID
	}
	return map[string]any{"question": q.ID, "round": q.Round, "answer": id}
}
