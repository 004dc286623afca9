package polls

import (
	"reflect"
	"slices"
	"strconv"

	"plenum/polls/methods"
	"plenum/rooms"
)

// Limits of a poll. Texts are measured in UTF-16 units.
const (
	MaxQuestions = 100
	MaxOptions   = 100
	MaxPrompt    = 1_000
	MaxOption    = 200
	MaxLabel     = 60
	MaxSteps     = 11 // of a rating
	MaxSeconds   = 3_600
	mostScore    = 1_000 // the ends of a rating lie between ±mostScore
)

// Form is how a question is answered.
type Form string

// The forms of questions.
const (
	Single   Form = "single"   // one option
	Multiple Form = "multiple" // several options
	Rating   Form = "rating"   // one step of a scale
	Ranking  Form = "ranking"  // options in order
	Words    Form = "words"    // a word or a few, for a cloud
	Wall     Form = "wall"     // a text or a few
	Estimate Form = "estimate" // a number
	Points   Form = "points"   // so many points, given out to options
	Dates    Form = "dates"    // yes, if need be or no to each of some days or times
	Grid     Form = "grid"     // columns of rows
	Axes     Form = "axes"     // items placed between two axes
	Pins     Form = "pins"     // places on a picture
	Slide    Form = "slide"    // no question: something to be read and seen between others
)

// Show is when the audience sees results by itself; a host may always show and
// hide them.
type Show string

// The times at which results are shown.
const (
	Live     Show = "live"     // while the question is open, and after
	AtClose  Show = "closed"   // when it closes
	ByReveal Show = "revealed" // only when a host reveals them
)

// Why a question is refused.
var (
	ErrQuestions = rooms.Refuse("questions", "A poll has at most 100 questions.")
	ErrPrompt    = rooms.Refuse("prompt", "A question has 1 to 1,000 characters.")
	ErrOptions   = rooms.Refuse("options", "A question has 2 to 100 options.")
	ErrOption    = rooms.Refuse("option", "An option has 1 to 200 characters.")
	ErrBounds    = rooms.Refuse("bounds", "At least one option and at most all of them can be chosen.")
	ErrScale     = rooms.Refuse("scale", "A rating has 2 to 11 steps, and labels of at most 60 characters.")
	ErrSeconds   = rooms.Refuse("seconds", "A timer runs for at most 3,600 seconds.")
	ErrText      = rooms.Refuse("bad-text", "There are characters in this that are not text.")
)

// Question is a question as a host has written it. A question in use is never
// changed, only replaced.
type Question struct {
	ID      string   `json:"id"`
	Kind    Form     `json:"kind"`
	Prompt  string   `json:"prompt"`
	Options []Option `json:"options"` // none for a rating, texts and numbers; of a grid its rows, of pins the named areas
	Least   int      `json:"least"`   // how many options are to be chosen or ranked, texts given, rows answered, items placed, or pins set
	Most    int      `json:"most"`
	From    int      `json:"from"` // the first and the last step of a rating, of a grid with a scale, or of axes
	To      int      `json:"to"`
	Low     string   `json:"low"` // what the ends mean
	High    string   `json:"high"`
	Show    Show     `json:"show"`
	Seconds int      `json:"seconds"` // the timer when it is opened; 0: none

	// A ranking only: how many win, by which method, and what becomes of ties.
	Seats  int            `json:"seats,omitempty"`
	Method methods.Method `json:"method,omitempty"`
	Ties   methods.Ties   `json:"ties,omitempty"`

	Special
	Veiling

	// A question of a quiz: what a right answer is worth, and what is right.
	Worth int  `json:"worth,omitempty"`
	Key   *Key `json:"key,omitempty"` // for hosts
}

// Option is one answer among others. Ballots name it by its id.
type Option struct {
	ID   string `json:"id"`
	Text string `json:"text"`

	// Of dates: a day, as 2006-01-02, or a time in Unix milliseconds.
	Date  string `json:"date,omitempty"`
	Start int64  `json:"start,omitempty"`
	End   int64  `json:"end,omitempty"`

	Area    []int    `json:"area,omitempty"`    // of pins: see checkedArea
	Picture *Picture `json:"picture,omitempty"` // of a single or a multiple choice
}

// checked is the question with clean texts and with what was left out, or why
// it cannot be asked. It says nothing about ids.
func (q Question) checked() (Question, error) {
	q, err := q.checkedForm()
	if err != nil {
		return q, err
	}
	return q.checkedKey()
}

func (q Question) checkedForm() (Question, error) {
	var err error
	if q.Prompt, err = cleanText(q.Prompt, MaxPrompt, ErrPrompt); err != nil {
		return q, err
	}
	if q.Prompt == "" {
		return q, ErrPrompt
	}
	if q.Show == "" {
		q.Show = Live
		if q.Key != nil {
			q.Show = ByReveal
		}
	}
	if q.Kind == Ranking {
		if q, err = q.checkedRanking(); err != nil {
			return q, err
		}
	} else {
		q.Seats, q.Method, q.Ties = 0, "", ""
	}
	if q.Veiling, err = q.Veiling.checked(q.Key != nil); err != nil {
		return q, err
	}
	special := specialOf(q.Kind)
	if special == nil && q.Kind != Slide {
		q.Special = Special{}
	}
	switch {
	case q.Seconds < 0 || q.Seconds > MaxSeconds:
		return q, ErrSeconds
	case q.Show != Live && q.Show != AtClose && q.Show != ByReveal:
		return q, rooms.ErrMalformed
	case q.Kind == Slide:
		return q.checkedSlide()
	case special != nil:
		return special.check(q)
	case q.Kind == Single || q.Kind == Multiple || q.Kind == Ranking:
		return q.checkedChoice()
	case q.Kind == Rating:
		return q.checkedRating()
	}
	return q, rooms.ErrMalformed
}

func (q Question) checkedChoice() (Question, error) {
	q.From, q.To, q.Low, q.High = 0, 0, "", ""
	if len(q.Options) < 2 || len(q.Options) > MaxOptions {
		return q, ErrOptions
	}
	var err error
	if q.Options, err = q.choices(); err != nil {
		return q, err
	}
	if q.Kind == Single {
		q.Least, q.Most = 1, 1
		return q, nil
	}
	if q.Least == 0 {
		q.Least = 1
	}
	if q.Most == 0 {
		q.Most = len(q.Options)
	}
	if q.Least < 1 || q.Most < q.Least || q.Most > len(q.Options) {
		return q, ErrBounds
	}
	return q, nil
}

// choices are the options with their pictures, as far as the form has them.
func (q Question) choices() ([]Option, error) {
	clean, err := cleanOptions(q.Options)
	if err != nil || q.Kind != Single && q.Kind != Multiple {
		return clean, err
	}
	for i, o := range q.Options {
		if clean[i].Picture, err = o.Picture.checked(); err != nil {
			return nil, err
		}
	}
	return clean, nil
}

// cleanOptions are options that are texts and nothing else.
func cleanOptions(options []Option) ([]Option, error) {
	clean := make([]Option, len(options))
	for i, o := range options {
		text, err := cleanLine(o.Text, MaxOption, ErrOption)
		if err != nil {
			return nil, err
		}
		if text == "" {
			return nil, ErrOption
		}
		clean[i] = Option{ID: o.ID, Text: text}
	}
	return clean, nil
}

func (q Question) checkedRating() (Question, error) {
	if len(q.Options) > 0 {
		return q, rooms.ErrMalformed
	}
	q.Options, q.Least, q.Most = []Option{}, 1, 1
	return q.checkedScale()
}

func (q Question) checkedScale() (Question, error) {
	if q.From == 0 && q.To == 0 {
		q.From, q.To = 1, 5
	}
	if q.From < -mostScore || q.To > mostScore || q.To <= q.From || q.To-q.From >= MaxSteps {
		return q, ErrScale
	}
	var err error
	if q.Low, err = cleanLine(q.Low, MaxLabel, ErrScale); err != nil {
		return q, err
	}
	q.High, err = cleanLine(q.High, MaxLabel, ErrScale)
	return q, err
}

// named gives an id to every option without one; false if one is no id, or is
// there twice. The options must be the question's own.
func (q Question) named(next func() string) bool {
	for _, all := range [][]Option{q.Options, q.Columns} {
		for i := range all {
			if all[i].ID == "" {
				all[i].ID = next()
			}
			if !isID(all[i].ID) {
				return false
			}
		}
		for i, o := range all {
			if placeOf(all, o.ID) != i {
				return false
			}
		}
	}
	return isID(q.ID)
}

// has tells whether an id is that of an option or a column.
func (q Question) has(id string) bool { return q.slot(id) >= 0 || placeOf(q.Columns, id) >= 0 }

// slot is the place of an option in the tally, or -1; of a grid, of a row.
func (q Question) slot(option string) int { return placeOf(q.Options, option) }

func placeOf(options []Option, id string) int {
	return slices.IndexFunc(options, func(o Option) bool { return o.ID == id })
}

// slots is how many places the tally has: one for each option or step, or each
// column of each row; of items some numbers for each.
func (q Question) slots() int {
	switch q.Kind {
	case Axes:
		return len(q.Options) * len(perItem)
	case Pins:
		return q.fields()
	}
	if q.gridded() {
		return len(q.Options) * q.columns()
	}
	if q.Kind == Rating {
		return q.To - q.From + 1
	}
	return len(q.Options)
}

// slotName is what a place of the tally is called on the wire.
func (q Question) slotName(slot int) string {
	switch q.Kind {
	case Axes:
		return q.Options[slot/len(perItem)].ID + "/" + perItem[slot%len(perItem)]
	case Pins:
		return q.fieldName(slot)
	}
	if q.gridded() {
		columns := q.columns()
		return q.Options[slot/columns].ID + "/" + q.columnName(slot%columns)
	}
	if q.Kind == Rating {
		return strconv.Itoa(q.From + slot)
	}
	return q.Options[slot].ID
}

// asks tells whether the other question asks the same: whoever voted on one
// has voted on the other.
func (q Question) asks(other Question) bool {
	q.Show, q.Seconds, q.Truth, q.Key = other.Show, other.Seconds, other.Truth, other.Key
	q, other = q.unspelled(), other.unspelled()
	return reflect.DeepEqual(q, other)
}
