package polls

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"plenum/rooms"
)

// axesFields are two numbers for each item.
func (q *Public) axesFields(before map[string][]int) []rooms.PlainField {
	var fields []rooms.PlainField
	for _, o := range q.Options {
		for i, axis := range []*Axis{q.X, q.Y} {
			f := rooms.PlainField{
				Name: axisField(o.ID, i), Label: o.Text + ": " + axis.says(), Input: rooms.PlainNumber, Min: "0", Max: strconv.Itoa(q.To), Step: "1",
			}
			if at := before[o.ID]; len(at) == 2 {
				f.Value = strconv.Itoa(at[i])
			}
			fields = append(fields, f)
		}
	}
	return fields
}

func axisField(item string, axis int) string { return plainOf + item + "." + []string{"x", "y"}[axis] }

func (q *Public) fillPlaces(v *voted, form map[string][]string) error {
	v.Places = map[string][]int{}
	for _, o := range q.Options {
		texts := []string{first(form[axisField(o.ID, 0)]), first(form[axisField(o.ID, 1)])}
		if texts[0] == "" && texts[1] == "" {
			continue
		}
		pair := make([]int, 2)
		for i, text := range texts {
			var err error
			if pair[i], err = strconv.Atoi(text); err != nil {
				return ErrPlace
			}
		}
		v.Places[o.ID] = pair
	}
	return nil
}

// axesResults are how many placed each item, and where it is on average.
func (q *Public) axesResults(counts map[string]int) []rooms.PlainResult {
	var out []rooms.PlainResult
	for i, m := range q.middles(counts) {
		text := q.Options[i].Text
		if m.People > 0 {
			tenth := func(n float64) string { return plainNumber(math.Round(10*n) / 10) }
			text = fmt.Sprintf("%s: %s %s, %s %s", text, q.X.Title, tenth(m.X), q.Y.Title, tenth(m.Y))
		}
		out = append(out, rooms.PlainResult{Text: text, Count: m.People})
	}
	return out
}

// pinFields are the named areas to choose from, or the parts of the picture. A
// pin of a page with scripts counts as the area that it is in.
func (q *Public) pinFields(before [][]int) (rooms.PlainHint, []rooms.PlainField) {
	hint := rooms.PlainHint{How: "one", Least: 1, Most: q.Most}
	field := rooms.PlainField{Name: plainAnswer, Input: rooms.PlainRadio}
	if q.Most > 1 {
		hint.How, field.Input = "many", rooms.PlainCheck
	}
	chosen := q.fieldsOf(spotsIn(before))
	slots := q.fields()
	if len(q.Options) > 0 {
		slots--
	}
	for slot := range slots {
		o := rooms.PlainOption{Value: q.fieldName(slot), Chosen: slices.Contains(chosen, slot)}
		if o.Text = ""; len(q.Options) > 0 {
			o.Text = q.Options[slot].Text
		} else {
			o.Word = o.Value
		}
		field.Options = append(field.Options, o)
	}
	return hint, []rooms.PlainField{field}
}

func (q *Public) fillPins(v *voted, form map[string][]string) error {
	v.Pins = [][]int{}
	for _, name := range form[plainAnswer] {
		slot := slices.IndexFunc(slices.Collect(q.fieldNames()), func(other string) bool { return other == name })
		if slot < 0 || name == elsewhere {
			return ErrChoice
		}
		x, y := q.inside(slot)
		v.Pins = append(v.Pins, []int{x, y})
	}
	return nil
}

// pinResults are how many have a pin in each area, or part of the picture.
func (q *Public) pinResults() ([]rooms.PlainResult, error) {
	var counts map[string]int
	if err := json.Unmarshal(q.Results.Counts, &counts); err != nil {
		return nil, fmt.Errorf("read counts: %w", err)
	}
	var out []rooms.PlainResult
	for name := range q.fieldNames() {
		r := rooms.PlainResult{Count: counts[name]}
		if slot := q.slot(name); slot >= 0 {
			r.Text = q.Options[slot].Text
		} else {
			r.Word = strings.Replace(name, elsewhere, "elsewhere", 1)
		}
		out = append(out, r)
	}
	return out, nil
}
