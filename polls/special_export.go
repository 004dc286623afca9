package polls

import (
	"encoding/json"
	"fmt"
	"slices"

	"plenum/polls/methods"
)

// specialFile is a round of a special form as a file: equal ballots together,
// in an order that has nothing to do with when they came.
func (c *card) specialFile(round int, b *box) (methods.File, error) {
	f := methods.File{
		Format: 2, Kind: string(c.Kind), Prompt: c.Prompt, Round: round, Unit: c.Unit, Decimals: c.Decimals,
		Options: []methods.FileOption{}, Ballots: []methods.FileBallot{},
	}
	if c.gridded() {
		f.Format, f.Scale, f.Several = 4, c.hasScale(), c.Several
		for _, o := range c.Options {
			f.Options = append(f.Options, methods.FileOption{ID: o.ID, Text: o.Text})
		}
		for column := range c.columns() {
			one := methods.FileOption{ID: c.columnName(column)}
			if len(c.Columns) > 0 {
				one.Text = c.Columns[column].Text
			}
			f.Columns = append(f.Columns, one)
		}
	}
	if c.placed() {
		f = c.placesFile(round)
	}
	if c.Kind == Points { // scores, which are older than this form
		f = c.file(round, &methods.Profile{})
		f.Method = methods.Score
	}
	counts := map[string]int{}
	for _, held := range b.pages {
		if held == nil {
			continue
		}
		for _, of := range held.ballots {
			if of.content == nil {
				continue
			}
			key, err := json.Marshal(c.fileBallot(b, of.content))
			if err != nil {
				return f, fmt.Errorf("export a ballot: %w", err)
			}
			counts[string(key)]++
		}
	}
	for key, n := range counts {
		var one methods.FileBallot
		if err := json.Unmarshal([]byte(key), &one); err != nil {
			return f, fmt.Errorf("export a ballot: %w", err)
		}
		one.Count = &n
		f.Ballots = append(f.Ballots, one)
	}
	slices.SortFunc(f.Ballots, methods.FileBallot.Compare)
	return f, nil
}

// fileBallot is a ballot without its voter. What hosts hold back is marked as
// such, so that it is not shown where the file is.
func (c *card) fileBallot(b *box, of *content) methods.FileBallot {
	var one methods.FileBallot
	switch c.Kind {
	case Estimate:
		number := c.unscaled(of.Number)
		one.Number = &number
	case Points:
		one.Scores = c.pointsByID(of.Points)
	case Dates, Grid:
		one.Rows = c.rowsByID(of.Cells)
	case Axes:
		one.Places = c.placesByID(of.Spots)
	case Pins:
		one.Pins = pairs(of.Spots)
	}
	for _, a := range of.Answers {
		if b.shows(a) {
			one.Texts = append(one.Texts, a.Text)
		} else {
			one.Out = append(one.Out, a.Text)
		}
	}
	slices.Sort(one.Texts)
	slices.Sort(one.Out)
	return one
}

// shows tells whether everybody may see an answer, when results are shown.
func (b *box) shows(a answer) bool {
	switch sum := b.sum.(type) {
	case *cloud:
		return !sum.out[a.ID]
	case *wall:
		return sum.list(&a) == &sum.shown
	}
	return false
}
