package surveys

import (
	"slices"

	"plenum/rooms"
)

// Limits of a question. Texts are measured in UTF-16 units.
const (
	MaxPrompt  = 1_000
	MaxOptions = 100
	MaxOption  = 200
	MaxLabel   = 60
	MaxUnit    = 20
	MaxSteps   = 11 // of a rating
	MaxJumps   = 100
	mostScore  = 1_000         // the ends of a rating lie between ±mostScore
	mostNumber = 1_000_000_000 // and those of a number between ±mostNumber
)

// Form is how a question is answered.
type Form string

// The forms of questions.
const (
	Single   Form = "single"   // one option
	Multiple Form = "multiple" // several options
	Rating   Form = "rating"   // one step of a scale
	NPS      Form = "nps"      // how likely one is to recommend something, from 0 to 10
	Number   Form = "number"   // with at most two decimals
	Short    Form = "short"    // a text on one line
	Long     Form = "long"     // a text
	Date     Form = "date"     // a day
)

// Why a question is refused.
var (
	ErrPrompt  = rooms.Refuse("prompt", "A question has 1 to 1,000 characters.")
	ErrOptions = rooms.Refuse("options", "A question has 2 to 100 options.")
	ErrOption  = rooms.Refuse("option", "An option has 1 to 200 characters.")
	ErrBounds  = rooms.Refuse("bounds", "At least one option and at most all of them can be chosen.")
	ErrScale   = rooms.Refuse("scale", "A rating has 2 to 11 steps, and labels of at most 60 characters.")
	ErrRange   = rooms.Refuse("survey-range", "A number lies between two others, both within a billion of zero.")
	ErrUnit    = rooms.Refuse("unit", "A unit has at most 20 characters.")
	ErrText    = rooms.Refuse("bad-text", "There are characters in this that are not text.")
)

// Question is a question as a host has written it.
type Question struct {
	ID       string   `json:"id"`
	Kind     Form     `json:"kind"`
	Prompt   string   `json:"prompt"`
	Required bool     `json:"required,omitempty"`
	Options  []Option `json:"options,omitempty"`
	Least    int      `json:"least,omitempty"` // how many options are to be chosen, if any
	Most     int      `json:"most,omitempty"`
	From     int      `json:"from,omitempty"` // the ends of a rating, and of a number
	To       int      `json:"to,omitempty"`
	Low      string   `json:"low,omitempty"` // what the ends of a rating mean
	High     string   `json:"high,omitempty"`
	Unit     string   `json:"unit,omitempty"` // of a number
	Jumps    []Jump   `json:"jumps,omitempty"`
}

// Option is one answer among others. Answers name it by its id.
type Option struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// Jump says where one goes on after an answer: if an option was chosen, or a
// number from one to another given.
type Jump struct {
	Option string `json:"option,omitempty"`
	From   int    `json:"from,omitempty"`
	To     int    `json:"to,omitempty"`
	Go     string `json:"go"` // a later page, or the end
}

// written tells whether a question is answered with a text.
func (f Form) written() bool { return f == Short || f == Long }

// chosen tells whether options are chosen.
func (f Form) chosen() bool { return f == Single || f == Multiple }

// scaled tells whether it is answered with a number.
func (f Form) scaled() bool { return f == Rating || f == NPS || f == Number }

// checked is the question with clean texts and without what its form has no use
// for, or why it cannot be asked. It says nothing about ids.
func (q Question) checked() (Question, error) {
	clean := Question{ID: q.ID, Kind: q.Kind, Required: q.Required}
	var err error
	if clean.Prompt, err = cleanText(q.Prompt, MaxPrompt, ErrPrompt); err != nil {
		return q, err
	}
	if clean.Prompt == "" {
		return q, ErrPrompt
	}
	switch {
	case q.Kind.chosen():
		return clean.withOptions(q)
	case q.Kind == Rating:
		return clean.withScale(q)
	case q.Kind == NPS:
		clean.From, clean.To = 0, 10
		return clean.withJumps(q)
	case q.Kind == Number:
		return clean.withRange(q)
	case q.Kind.written() || q.Kind == Date:
		return clean, nil
	}
	return q, rooms.ErrMalformed
}

func (q Question) withOptions(from Question) (Question, error) {
	if len(from.Options) < 2 || len(from.Options) > MaxOptions {
		return q, ErrOptions
	}
	q.Options = slices.Clone(from.Options)
	for i := range q.Options {
		text, err := cleanLine(q.Options[i].Text, MaxOption, ErrOption)
		if err != nil {
			return q, err
		}
		if text == "" {
			return q, ErrOption
		}
		q.Options[i].Text = text
	}
	if q.Kind == Multiple {
		q.Least, q.Most = max(from.Least, 1), from.Most
		if q.Most == 0 {
			q.Most = len(q.Options)
		}
		if from.Least < 0 || q.Least > q.Most || q.Most > len(q.Options) {
			return q, ErrBounds
		}
	}
	return q.withJumps(from)
}

func (q Question) withScale(from Question) (Question, error) {
	q.From, q.To = from.From, from.To
	var err error
	if q.Low, err = cleanLine(from.Low, MaxLabel, ErrScale); err != nil {
		return q, err
	}
	if q.High, err = cleanLine(from.High, MaxLabel, ErrScale); err != nil {
		return q, err
	}
	if q.From < -mostScore || q.To > mostScore || q.To <= q.From || q.To-q.From >= MaxSteps {
		return q, ErrScale
	}
	return q.withJumps(from)
}

func (q Question) withRange(from Question) (Question, error) {
	q.From, q.To = from.From, from.To
	var err error
	if q.Unit, err = cleanLine(from.Unit, MaxUnit, ErrUnit); err != nil {
		return q, err
	}
	if q.From < -mostNumber || q.To > mostNumber || q.To <= q.From {
		return q, ErrRange
	}
	return q.withJumps(from)
}

// withJumps takes the jumps, each with what its question asks for.
func (q Question) withJumps(from Question) (Question, error) {
	if len(from.Jumps) > MaxJumps {
		return q, ErrJumps
	}
	for _, j := range from.Jumps {
		if q.Kind.chosen() {
			j.From, j.To = 0, 0
		} else if j.Option = ""; j.From > j.To || j.From < q.From || j.To > q.To {
			return q, ErrJump
		}
		q.Jumps = append(q.Jumps, j)
	}
	return q, nil
}

// slot is the place of an option; -1 if there is none.
func (q Question) slot(id string) int {
	return slices.IndexFunc(q.Options, func(o Option) bool { return o.ID == id })
}

func (q Question) hasOption(id string) bool { return q.slot(id) >= 0 }

// bars are how many counts its results have.
func (q Question) bars() int {
	switch {
	case q.Kind.chosen():
		return len(q.Options)
	case q.Kind == Number:
		bins, _ := q.bins()
		return bins
	case q.Kind.scaled():
		return q.To - q.From + 1
	}
	return 0
}

// mostBins is how many columns the histogram of numbers has at most.
const mostBins = 21

// bins divide the range of a number: columns, and how wide each is: 1, 2 or 5,
// or ten times that, and so on.
func (q Question) bins() (n, wide int) {
	for unit := 1; ; unit *= 10 {
		for _, wide := range []int{unit, 2 * unit, 5 * unit} {
			if n := (q.To-q.From)/wide + 1; n <= mostBins {
				return n, wide
			}
		}
	}
}
