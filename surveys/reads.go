package surveys

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"

	"plenum/rooms"
)

// Why there is nothing to be read; and malformed, no-question.
var (
	errForm    = rooms.Refuse("survey-form", "Only questions answered with a text or a day have answers to be read.")
	errUnnamed = rooms.Refuse("survey-unnamed", "This survey is without names.")
	errNone    = rooms.Refuse("no-answers", "Nobody has sent this survey yet.")
)

// mostTexts is how many answers a page of them has at most.
const mostTexts = 100

// Texts is a page of the answers to a question: texts in the order of the names
// of who wrote them, days in their own.
type Texts struct {
	Question string  `json:"question"`
	Answers  []Given `json:"answers"`
	Next     int     `json:"next"` // what the next page is asked for with from; 0: there is none
	All      int     `json:"all"`
}

// Given is an answer that people gave.
type Given struct {
	Text  string `json:"text"`
	Name  string `json:"name,omitempty"`
	Count int    `json:"count"`
}

// texts is the named read {question, from} of what was written.
func texts(ctx context.Context, r rooms.Reading) (any, error) {
	from, err := strconv.Atoi(cmp.Or(r.Ask["from"], "0"))
	if err != nil || from < 0 {
		return nil, rooms.ErrMalformed
	}
	all, err := recordOf(ctx, r)
	if err != nil {
		return nil, err
	}
	slot, known := all.index.slots[r.Ask["question"]]
	if !known {
		return nil, ErrNoQuestion
	}
	q := all.index.questions[slot]
	var given []Given
	switch {
	case q.Kind.written():
		given = all.written(slot)
	case q.Kind == Date:
		given = all.days(slot)
	default:
		return nil, errForm
	}
	page := Texts{Question: q.ID, Answers: []Given{}, All: len(given)}
	if from < len(given) {
		page.Answers = given[from:min(from+mostTexts, len(given))]
	}
	if from+mostTexts < len(given) {
		page.Next = from + mostTexts
	}
	return page, nil
}

func (all *record) written(slot int) []Given {
	var given []Given
	for _, one := range all.rows {
		if a := one.answers[slot]; a.given {
			given = append(given, Given{a.text, one.name, 1})
		}
	}
	if all.Unnamed { // else two questions in one order would show what belongs together
		slices.SortFunc(given, func(a, b Given) int { return cmp.Compare(a.Text, b.Text) })
	}
	return given
}

// days are all days that were given, the earliest first.
func (all *record) days(slot int) []Given {
	counts := map[string]int{}
	for _, one := range all.rows {
		if a := one.answers[slot]; a.given {
			counts[a.text]++
		}
	}
	given := make([]Given, 0, len(counts))
	for day, n := range counts {
		given = append(given, Given{Text: day, Count: n})
	}
	slices.SortFunc(given, func(a, b Given) int { return cmp.Compare(a.Text, b.Text) })
	return given
}

// One is what one person has sent.
type One struct {
	At      int            `json:"at"` // from 1, in the order of the names
	Of      int            `json:"of"`
	Name    string         `json:"name"`
	Sent    int64          `json:"sent"`
	Answers map[string]any `json:"answers"`
}

// onePerson is the named read {at} of one person's answers.
func onePerson(ctx context.Context, r rooms.Reading) (any, error) {
	at, err := strconv.Atoi(cmp.Or(r.Ask["at"], "1"))
	if err != nil || at < 1 {
		return nil, rooms.ErrMalformed
	}
	all, err := recordOf(ctx, r)
	switch {
	case err != nil:
		return nil, err
	case all.Unnamed:
		return nil, errUnnamed
	case len(all.rows) == 0:
		return nil, errNone
	}
	at = min(at, len(all.rows))
	one := all.rows[at-1]
	return One{at, len(all.rows), one.name, one.sentAt, all.index.answersOf(one.answers)}, nil
}

// File is all that was answered, to be read by programs.
type File struct {
	Format int `json:"format"`
	design
	State   State       `json:"state"`
	Figures Figures     `json:"figures"`
	Answers []FileSheet `json:"answers"`
}

// FileSheet is what one person has sent.
type FileSheet struct {
	Name    string         `json:"name,omitempty"`
	Sent    int64          `json:"sent,omitempty"` // Unix milliseconds
	Answers map[string]any `json:"answers"`        // by question, as they are sent
}

// export is the named read of everything as JSON.
func export(ctx context.Context, r rooms.Reading) (any, error) {
	all, err := recordOf(ctx, r)
	if err != nil {
		return nil, err
	}
	file := File{Format: 1, design: all.design, State: all.state, Figures: all.figures(rooms.Host), Answers: []FileSheet{}}
	for _, one := range all.rows {
		file.Answers = append(file.Answers, FileSheet{one.name, one.sentAt, all.index.answersOf(one.answers)})
	}
	return rooms.File{
		Name: rooms.FileName(r.Title, "survey") + ".json", Type: "application/json",
		Write: func(to io.Writer) error {
			if err := json.NewEncoder(to).Encode(file); err != nil {
				return fmt.Errorf("write the answers: %w", err)
			}
			return nil
		},
	}, nil
}
