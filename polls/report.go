package polls

import (
	"context"

	"plenum/polls/methods"
	"plenum/rooms"
)

// How much of a poll a report has: the newest rounds, and texts of each wall.
const (
	mostReported      = 300
	mostReportedTexts = 500
)

// Report is all that was asked, with its results, to be read and printed.
type Report struct {
	Title  string     `json:"title"` // of the poll, "" if it has none
	Rounds []Reported `json:"rounds"`
	Left   int        `json:"left,omitempty"` // how many rounds are not in it
}

// Reported is a round of a question.
type Reported struct {
	Place int `json:"place"` // of the question in the deck, from 1
	HostQuestion
	// Methods is a closed ranking by every method, the one that decides first.
	Methods []methods.Result `json:"methods,omitempty"`
	// Texts of a wall that everybody may see, the newest first.
	Texts []string `json:"texts,omitempty"`
}

// report is the named read of all that was asked, with every round.
func report(ctx context.Context, r rooms.Reading) (any, error) {
	all, err := recordOf(ctx, r)
	if err != nil {
		return nil, err
	}
	told := Report{Title: r.Title, Rounds: []Reported{}}
	told.Left = max(0, len(all.rounds)-mostReported)
	for _, a := range all.rounds[told.Left:] {
		one := Reported{Place: a.place, HostQuestion: a.HostQuestion}
		if one.Methods, err = a.byMethods(); err != nil {
			return nil, err
		}
		one.Texts = a.texts()
		told.Rounds = append(told.Rounds, one)
	}
	return told, nil
}

// texts are those of a wall that are shown.
func (a *polled) texts() []string {
	if a.Kind != Wall || a.card == nil {
		return nil
	}
	var texts []string
	for _, g := range a.card.box.given() {
		if g.Mark == Approved && len(texts) < mostReportedTexts {
			texts = append(texts, g.Text)
		}
	}
	return texts
}
