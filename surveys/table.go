package surveys

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"plenum/polls/tables"
	"plenum/rooms"
)

// table is the named read {format, part, language} for spreadsheets: format
// "csv" is one table, by part "results" or "answers"; "xlsx" is both.
func table(ctx context.Context, r rooms.Reading) (any, error) {
	format, part := cmp.Or(r.Ask["format"], "csv"), cmp.Or(r.Ask["part"], "answers")
	if format != "csv" && format != "xlsx" || part != "results" && part != "answers" {
		return nil, rooms.ErrMalformed
	}
	all, err := recordOf(ctx, r)
	if err != nil {
		return nil, err
	}
	s := sheets{all, wordsOf(r.Ask["language"])}
	if format == "xlsx" {
		return rooms.File{
			Name: rooms.FileName(r.Title, "survey") + ".xlsx", Type: tables.XLSXType,
			Write: func(to io.Writer) error {
				return tables.WriteXLSX(to, r.Title, []tables.Table{s.results(), s.answers()})
			},
		}, nil
	}
	t := s.answers()
	if part == "results" {
		t = s.results()
	}
	return rooms.File{
		Name: rooms.FileName(fmt.Sprintf("%s - %s", cmp.Or(r.Title, s.words.survey), t.Name), "survey") + ".csv", Type: tables.CSVType,
		Write: func(to io.Writer) error { return tables.WriteCSV(to, t) },
	}, nil
}

// sheets are the tables of a survey in one language.
type sheets struct {
	*record
	words *tableWords
}

// answers has a row for each person, and a column for each question.
func (s sheets) answers() tables.Table {
	w := s.words
	t := tables.Table{Name: w.answers}
	if !s.Unnamed {
		t.Columns = append(t.Columns, tables.Column{Head: w.person, Wide: 24}, tables.Column{Head: w.sent, Wide: 20})
	}
	for i, q := range s.index.questions {
		head := fmt.Sprintf("%d. %s", i+1, q.Prompt)
		if q.Unit != "" {
			head = fmt.Sprintf("%s (%s)", head, q.Unit)
		}
		t.Columns = append(t.Columns, tables.Column{Head: head, Wide: 28})
	}
	t.Rows = func(yield func([]any) bool) {
		for _, one := range s.rows {
			var cells []any
			if !s.Unnamed {
				cells = append(cells, cmp.Or(one.name, w.unknown), time.UnixMilli(one.sentAt).UTC().Format("2006-01-02 15:04:05"))
			}
			for slot, a := range one.answers {
				cells = append(cells, s.cell(s.index.questions[slot], a))
			}
			if !yield(cells) {
				return
			}
		}
	}
	return t
}

// cell is an answer as a spreadsheet has it; nil if there is none.
func (s sheets) cell(q Question, a answer) any {
	switch {
	case !a.given:
		return nil
	case q.Kind.chosen():
		var chosen []string
		for slot, o := range q.Options {
			if a.picked(slot) {
				chosen = append(chosen, o.Text)
			}
		}
		return strings.Join(chosen, s.words.and)
	case q.Kind == Number:
		return float64(a.value) / hundred
	case q.Kind.scaled():
		return int(a.value)
	}
	return a.text
}

// results has a row for each option, step and column of numbers, and how far
// people have come.
func (s sheets) results() tables.Table {
	w := s.words
	t := tables.Table{Name: w.results, Columns: []tables.Column{
		{Head: w.number, Wide: 6}, {Head: w.question, Wide: 40}, {Head: w.answer, Wide: 40}, {Head: w.people, Wide: 8}, {Head: w.share, Wide: 8}, {Head: w.value, Wide: 10},
	}}
	t.Rows = func(yield func([]any) bool) {
		seen := s.seen()
		for i, q := range s.index.questions {
			for _, cells := range s.resultRows(q, seen.counts[i]) {
				if !yield(append([]any{i + 1, q.Prompt}, cells...)) {
					return
				}
			}
		}
		for page, p := range s.Pages {
			name := fmt.Sprintf(w.page, page+1)
			if p.Title != "" {
				name += ": " + p.Title
			}
			if !yield([]any{nil, name, w.reached, seen.reached[page]}) || !yield([]any{nil, name, w.left, seen.left[page]}) {
				return
			}
		}
	}
	return t
}

func (s sheets) resultRows(q Question, c count) [][]any {
	rows := [][]any{{s.words.answered, c.people}}
	for bar, n := range c.bars {
		share := 0.0
		if c.people > 0 {
			share = float64(n) / float64(c.people)
		}
		rows = append(rows, []any{q.barName(bar), n, tables.Share(share)})
	}
	if q.Kind.scaled() && c.people > 0 {
		rows = append(rows, []any{s.words.average, nil, nil, q.mean(c)})
	}
	if q.Kind == NPS && c.people > 0 {
		rows = append(rows, []any{s.words.nps, nil, nil, q.score(c)})
	}
	return rows
}

// barName is what a count is of.
func (q Question) barName(bar int) any {
	switch {
	case q.Kind.chosen():
		return q.Options[bar].Text
	case q.Kind != Number:
		return q.From + bar
	}
	n, wide := q.bins()
	from := q.From + bar*wide
	if bar == n-1 {
		return fmt.Sprintf("%d – %d", from, q.To)
	}
	return fmt.Sprintf("%d – <%d", from, from+wide)
}

// score is how many would recommend it, 9 or 10, less those who would not, 0 to
// 6, in percent of all.
func (q Question) score(c count) int {
	sum := 0
	for step, n := range c.bars {
		switch {
		case step >= 9:
			sum += n
		case step <= 6:
			sum -= n
		}
	}
	half := c.people / 2
	if sum < 0 {
		half = -half
	}
	return (100*sum + half) / c.people
}

// tableWords are the words of the tables in one language.
type tableWords struct {
	survey, answers, results, person, sent, unknown, and string
	number, question, answer, people, share, value       string
	answered, average, nps, page, reached, left          string
}

var inEnglish = tableWords{
	survey: "Survey", answers: "Answers", results: "Results", person: "Person", sent: "Sent (UTC)", unknown: "(no name)", and: "; ",
	number: "No.", question: "Question", answer: "Answer", people: "People", share: "Share", value: "Value",
	answered: "(answered)", average: "Average", nps: "NPS", page: "Page %d", reached: "(reached)", left: "(stopped here)",
}

var inChinese = tableWords{
	survey: "问卷", answers: "逐人作答", results: "结果", person: "姓名", sent: "提交时间（UTC）", unknown: "（无名字）", and: "；",
	number: "序号", question: "题目", answer: "答案", people: "人数", share: "占比", value: "数值",
	answered: "（已作答）", average: "平均值", nps: "NPS", page: "第 %d 页", reached: "（到达）", left: "（停在此页）",
}

// wordsOf are the words of a language by its tag, English if it is another.
func wordsOf(language string) *tableWords {
	if strings.HasPrefix(strings.ToLower(language), "zh") {
		return &inChinese
	}
	return &inEnglish
}
