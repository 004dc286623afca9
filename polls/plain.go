package polls

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"plenum/rooms"
)

// plainly is how the question on the screens is answered without scripts.
var plainly = &rooms.Plainly{Ask: askPlainly, Answer: answerPlainly}

// ErrRanks is why ranks are refused that a form gives.
var ErrRanks = rooms.Refuse("ranks", "Each place can be given once, and none can be left out before another.")

// The names of a form's fields. Those of options have the option's id behind.
const (
	plainQuestion = "question"
	plainRound    = "round"
	plainAnswer   = "answer"
	plainOf       = "of."
)

// plainCode is the field of a voting code.
const plainCode = "code"

// needsCodePlainly tells whether somebody has to enter a code before they answer.
func needsCodePlainly(view, mine json.RawMessage) (bool, error) {
	var seen struct{ Strength Strength }
	var own struct{ Right bool }
	err := errors.Join(json.Unmarshal(view, &seen), json.Unmarshal(mine, &own))
	return seen.Strength == ByCode && !own.Right, err
}

func readPlainly(view, mine json.RawMessage) (*Public, Ballot, error) {
	var seen struct{ Question *Public }
	var own Mine
	if err := json.Unmarshal(view, &seen); err != nil {
		return nil, Ballot{}, fmt.Errorf("read a view: %w", err)
	}
	if err := json.Unmarshal(mine, &own); err != nil {
		return nil, Ballot{}, fmt.Errorf("read a member's part: %w", err)
	}
	if seen.Question == nil {
		return nil, Ballot{}, nil
	}
	return seen.Question, own.Ballots[seen.Question.ID], nil
}

func askPlainly(view, mine json.RawMessage) (rooms.Plain, error) {
	q, ballot, err := readPlainly(view, mine)
	if err != nil || q == nil {
		return rooms.Plain{}, err
	}
	out := rooms.Plain{Title: q.Prompt, Secrecy: string(q.Secrecy), Answered: ballot.answers(), State: rooms.PlainWaits}
	out.Picture, out.Text = q.Picture.plain(), q.Text
	if q.Kind == Slide {
		out.State, out.Secrecy = rooms.PlainShows, ""
		return out, nil
	}
	out.Results, err = q.plainResults()
	code, unread := needsCodePlainly(view, mine)
	switch err = errors.Join(err, unread); {
	case err != nil:
		return rooms.Plain{}, err
	case q.State == Open && code:
		out.State, out.Hint.How = rooms.PlainAsks, "code"
		out.Fields = []rooms.PlainField{{Name: plainCode, Input: rooms.PlainLine, Most: mostRedeemed}}
	case q.State == Closed:
		out.State = rooms.PlainOver
	case q.State == Open:
		out.State = rooms.PlainAsks
		out.Hint, out.Fields = q.plainFields(ballot)
		if len(out.Fields) == 0 {
			return rooms.Plain{}, nil // a form of question that needs the page with scripts
		}
		out.Fields = append(out.Fields,
			rooms.PlainField{Name: plainQuestion, Input: rooms.PlainHidden, Value: q.ID},
			rooms.PlainField{Name: plainRound, Input: rooms.PlainHidden, Value: strconv.Itoa(q.Round)})
	}
	return out, nil
}

// answers tells whether a ballot is there that was not withdrawn.
func (b Ballot) answers() bool {
	return b.Options != nil && len(*b.Options) > 0 || b.Score != nil || b.Texts != nil && len(*b.Texts) > 0 || b.Number != nil || len(b.Points) > 0 || len(b.Rows) > 0 || len(b.Places) > 0 || len(b.Pins) > 0
}

func (q *Public) plainFields(b Ballot) (rooms.PlainHint, []rooms.PlainField) {
	hint := rooms.PlainHint{Least: q.Least, Most: q.Most}
	var chosen []string
	if b.Options != nil {
		chosen = *b.Options
	}
	switch q.Kind {
	case Single, Multiple:
		field := rooms.PlainField{Name: plainAnswer, Input: rooms.PlainRadio}
		hint.How = "one"
		if q.Most > 1 {
			hint.How, field.Input = "many", rooms.PlainCheck
		}
		for _, o := range q.Options {
			field.Options = append(field.Options, rooms.PlainOption{
				Value: o.ID, Text: o.Text, Chosen: slices.Contains(chosen, o.ID), Picture: o.Picture.plain(),
			})
		}
		return hint, []rooms.PlainField{field}
	case Rating:
		hint.How = "one"
		field := rooms.PlainField{Name: plainAnswer, Input: rooms.PlainRadio}
		for step := q.From; step <= q.To; step++ {
			field.Options = append(field.Options, rooms.PlainOption{
				Value: strconv.Itoa(step), Text: q.step(step), Chosen: b.Score != nil && *b.Score == step,
			})
		}
		return hint, []rooms.PlainField{field}
	case Ranking:
		hint.How = "rank"
		return hint, q.perOption(func(o Option, f *rooms.PlainField) {
			f.Input = rooms.PlainSelect
			at := slices.Index(chosen, o.ID)
			f.Options = append(f.Options, rooms.PlainOption{Text: "–", Chosen: at < 0})
			for place := range q.Most {
				text := strconv.Itoa(place + 1)
				f.Options = append(f.Options, rooms.PlainOption{Value: text, Text: text, Chosen: at == place})
			}
		})
	case Points:
		hint.How, hint.Most = "points", q.Total
		return hint, q.perOption(func(o Option, f *rooms.PlainField) {
			f.Input, f.Min, f.Max, f.Step, f.Value = rooms.PlainNumber, "0", strconv.Itoa(q.Total), "1", strconv.Itoa(b.Points[o.ID])
		})
	case Dates, Grid:
		hint.How = "rows"
		return hint, q.perOption(func(o Option, f *rooms.PlainField) {
			f.Input = rooms.PlainRadio
			if q.Several {
				f.Input = rooms.PlainCheck
			}
			for column := range q.columns() {
				name := q.columnName(column)
				choice := rooms.PlainOption{Value: name, Chosen: slices.Contains(b.Rows[o.ID], name)}
				choice.Text, choice.Word = q.columnSays(column)
				f.Options = append(f.Options, choice)
			}
		})
	case Axes:
		hint.How, hint.Most = "places", q.To
		return hint, q.axesFields(b.Places)
	case Pins:
		return q.pinFields(b.Pins)
	case Words, Wall:
		hint.How = "texts"
		input, most := rooms.PlainLine, MaxWord
		if q.Kind == Wall {
			input, most = rooms.PlainLong, MaxAnswer
		}
		fields := make([]rooms.PlainField, q.Most)
		for i := range fields {
			fields[i] = rooms.PlainField{Name: plainAnswer, Input: input, Most: most}
			if b.Texts != nil && i < len(*b.Texts) {
				fields[i].Value = (*b.Texts)[i]
			}
		}
		return hint, fields
	case Estimate:
		hint.How = "number"
		field := rooms.PlainField{
			Name: plainAnswer, Label: q.Unit, Input: rooms.PlainNumber, Min: bound(q.Min), Max: bound(q.Max),
			Step: strconv.FormatFloat(1/q.scale(), 'f', -1, 64), Value: bound(b.Number),
		}
		return hint, []rooms.PlainField{field}
	}
	return hint, nil
}

func (q *Public) perOption(fill func(Option, *rooms.PlainField)) []rooms.PlainField {
	fields := make([]rooms.PlainField, len(q.Options))
	for i, o := range q.Options {
		fields[i] = rooms.PlainField{Name: plainOf + o.ID, Label: o.Text}
		fill(o, &fields[i])
	}
	return fields
}

// columnSays is the text of a column, or the word for it.
func (q *Public) columnSays(column int) (text, word string) {
	switch {
	case q.Kind == Dates:
		return "", q.columnName(column)
	case q.hasScale():
		return q.step(q.From + column), ""
	}
	return q.Columns[column].Text, ""
}

// step is a step of a rating with what it means, where that was said.
func (q *Public) step(at int) string {
	text := strconv.Itoa(at)
	switch {
	case at == q.From && q.Low != "":
		return text + " – " + q.Low
	case at == q.To && q.High != "":
		return text + " – " + q.High
	}
	return text
}

func bound(number *float64) string {
	if number == nil {
		return ""
	}
	return strconv.FormatFloat(*number, 'f', -1, 64)
}

// plainResults are what options and steps got, where everybody sees it.
func (q *Public) plainResults() ([]rooms.PlainResult, error) {
	if !q.Shown || q.Results == nil {
		return nil, nil
	}
	if q.Kind == Pins {
		return q.pinResults()
	}
	told := q.Results.Counts
	if q.Kind == Ranking || q.Kind == Points {
		told = q.Results.Points
	}
	if len(told) == 0 {
		return nil, nil
	}
	var counts map[string]int
	if err := json.Unmarshal(told, &counts); err != nil {
		return nil, fmt.Errorf("read counts: %w", err)
	}
	var out []rooms.PlainResult
	if q.Kind == Axes {
		return q.axesResults(counts), nil
	}
	for _, o := range q.Options {
		if q.gridded() {
			for column := range q.columns() {
				text, word := q.columnSays(column)
				if text = o.Text + " – " + text; word != "" {
					text = o.Text
				}
				out = append(out, rooms.PlainResult{Text: text, Word: word, Count: counts[o.ID+"/"+q.columnName(column)]})
			}
			continue
		}
		out = append(out, rooms.PlainResult{Text: o.Text, Count: counts[o.ID]})
	}
	if q.Kind == Rating {
		for step := q.From; step <= q.To; step++ {
			out = append(out, rooms.PlainResult{Text: q.step(step), Count: counts[strconv.Itoa(step)]})
		}
	}
	return out, nil
}

func answerPlainly(view, mine json.RawMessage, form map[string][]string) (string, json.RawMessage, error) {
	if typed, there := form[plainCode]; there {
		with, err := json.Marshal(map[string]string{"code": first(typed)})
		return "redeem", with, err
	}
	q, ballot, err := readPlainly(view, mine)
	if err != nil {
		return "", nil, err
	}
	round, err := strconv.Atoi(first(form[plainRound]))
	if err != nil {
		return "", nil, rooms.ErrMalformed
	}
	if q == nil || first(form[plainQuestion]) != q.ID || round != q.Round {
		return "", nil, rooms.ErrMovedOn
	}
	v := voted{Question: q.ID, Round: q.Round, Turn: ballot.Turn + 1}
	if err := q.fillPlainly(&v, form); err != nil {
		return "", nil, err
	}
	if q.Secrecy == Anonymous {
		v.Slip = freshSlip()
	}
	with, err := json.Marshal(v)
	return "vote", with, err
}

func (q *Public) fillPlainly(v *voted, form map[string][]string) error {
	switch q.Kind {
	case Single, Multiple:
		options := append([]string{}, form[plainAnswer]...)
		v.Options = &options
	case Rating:
		score, err := strconv.Atoi(first(form[plainAnswer]))
		if err != nil {
			return ErrScore
		}
		v.Score = &score
	case Ranking:
		ranked, err := q.ranked(form)
		v.Options = &ranked
		return err
	case Points:
		v.Points = map[string]int{}
		for _, o := range q.Options {
			text := first(form[plainOf+o.ID])
			if text == "" {
				continue
			}
			points, err := strconv.Atoi(text)
			if err != nil || points < 0 {
				return ErrPoints
			}
			if points > 0 {
				v.Points[o.ID] = points
			}
		}
	case Dates, Grid:
		v.Rows = map[string][]string{}
		for _, o := range q.Options {
			if chosen := form[plainOf+o.ID]; len(chosen) > 0 {
				v.Rows[o.ID] = chosen
			}
		}
	case Axes:
		return q.fillPlaces(v, form)
	case Pins:
		return q.fillPins(v, form)
	case Words, Wall:
		texts := []string{}
		for _, text := range form[plainAnswer] {
			if text = strings.TrimSpace(text); text != "" {
				texts = append(texts, text)
			}
		}
		v.Texts = &texts
	case Estimate:
		number, err := strconv.ParseFloat(strings.ReplaceAll(first(form[plainAnswer]), ",", "."), 64)
		if err != nil {
			return ErrNumber
		}
		v.Number = &number
	default:
		return ErrForm
	}
	return nil
}

// ranked is the options in the order of the places that a form gives them.
func (q *Public) ranked(form map[string][]string) ([]string, error) {
	order := make([]string, len(q.Options))
	given := 0
	for _, o := range q.Options {
		text := first(form[plainOf+o.ID])
		if text == "" {
			continue
		}
		place, err := strconv.Atoi(text)
		if err != nil || place < 1 || place > len(order) || order[place-1] != "" {
			return nil, ErrRanks
		}
		order[place-1] = o.ID
		given++
	}
	if slices.Contains(order[:given], "") {
		return nil, ErrRanks
	}
	return order[:given], nil
}

// freshSlip is as pages make them, so that its ballot is like those of others. Its
// voter does not get it.
func freshSlip() string {
	var random [8]byte
	_, _ = rand.Read(random[:]) // never fails
	return fmt.Sprintf("%020d", binary.BigEndian.Uint64(random[:]))
}

func first(values []string) string {
	if len(values) == 0 {
		return ""
	}
	return values[0]
}
