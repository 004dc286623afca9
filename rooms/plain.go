package rooms

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
)

// ErrMovedOn is why a form is not taken that was about something else.
var ErrMovedOn = Refuse("moved-on", "Something else is on everyone’s screen by now.")

// Plainly is how an activity is answered on a page without scripts. Both are
// functions of what View and Mine tell a participant, as JSON, and change nothing.
type Plainly struct {
	// Ask is the form as it is to be filled now.
	Ask func(view, mine json.RawMessage) (Plain, error)
	// Answer is the command that a filled form asks for, or why it is none.
	Answer func(view, mine json.RawMessage, form map[string][]string) (do string, with json.RawMessage, err error)
}

// Plain is what is on everyone's screen, for a page without scripts.
type Plain struct {
	Activity string // "": nothing that can be answered in this way
	Member   Member // who the person is
	State    PlainState
	Title    string // what is asked
	Text     string // what stands below it
	Answered bool   // an answer of theirs counts
	Secrecy  string // who learns of it, by a word of the kind; "": everybody who may see names
	Hint     PlainHint
	Picture  *PlainPicture // that it is about; nil: none
	Fields   []PlainField
	Results  []PlainResult // as far as they are shown
}

// PlainState is what can be done with a form.
type PlainState string

// The states of a form.
const (
	PlainNothing PlainState = ""      // there is none
	PlainShows   PlainState = "shows" // there is something to be read, and nothing to be filled
	PlainWaits   PlainState = "waits" // it is shown, and not open yet
	PlainAsks    PlainState = "asks"
	PlainOver    PlainState = "over"
)

// PlainHint is how a form is filled, by a word and its bounds.
type PlainHint struct {
	How         string // "" "one" "many" "rank" "texts" "number" "points" "rows" "code" "places"
	Least, Most int
}

// PlainField is one field of a form.
type PlainField struct {
	Name    string
	Label   string
	Input   PlainInput
	Options []PlainOption // of Radio, Check and Select
	Value   string        // of the others
	Min     string        // of a number; "": no bound
	Max     string
	Step    string
	Most    int // characters of a text
}

// PlainInput is the control of a field.
type PlainInput string

// The controls of fields.
const (
	PlainRadio  PlainInput = "radio"
	PlainCheck  PlainInput = "checkbox"
	PlainSelect PlainInput = "select"
	PlainLine   PlainInput = "line"
	PlainLong   PlainInput = "long"
	PlainNumber PlainInput = "number"
	PlainHidden PlainInput = "hidden"
)

// PlainOption is one value that a field can have.
type PlainOption struct {
	Value, Text string
	Word        string // in the place of a text: "yes" "maybe" "no", a part of a picture
	Chosen      bool
	Picture     *PlainPicture // beside the text; nil: none
}

// PlainPicture is an image of the room.
type PlainPicture struct {
	File, Alt     string
	Width, Height int // pixels
}

// PlainResult is one line of what was counted.
type PlainResult struct {
	Text  string
	Word  string // behind the text, as of an option
	Count int
}

// onScreen is what is on everyone's screen and can be answered without scripts.
type onScreen struct {
	activity   string
	plain      *Plainly
	view, mine json.RawMessage
}

// Plain is what is on everyone's screen, for somebody whose browser runs no
// scripts.
func (h *Hall) Plain(ctx context.Context, code, person string) (Plain, error) {
	seen, m, err := h.onScreens(ctx, code, person)
	if err != nil || seen == nil {
		return Plain{Member: m}, err
	}
	asked, err := seen.plain.Ask(seen.view, seen.mine)
	if err != nil {
		return Plain{}, err
	}
	asked.Activity, asked.Member = seen.activity, m
	return asked, nil
}

// AnswerPlain takes a filled form. ErrMovedOn if its activity is not on the
// screens any more.
func (h *Hall) AnswerPlain(ctx context.Context, code, person, activity string, form map[string][]string) error {
	seen, _, err := h.onScreens(ctx, code, person)
	if err != nil {
		return err
	}
	if seen == nil || seen.activity != activity {
		return ErrMovedOn
	}
	do, with, err := seen.plain.Answer(seen.view, seen.mine, form)
	if err != nil {
		return err
	}
	_, err = h.Do(ctx, code, person, Command{In: activity, Do: do, With: with})
	return err
}

// onScreens is what is on the screens as one who takes part sees it; nil if that
// is nothing to be answered in this way, or nothing for the person.
func (h *Hall) onScreens(ctx context.Context, code, person string) (*onScreen, Member, error) {
	shown, m, err := h.shownOf(ctx, code, byPerson(person), func(r *Room, m Member) (string, Member) {
		m.Role = min(m.Role, Participant)
		return r.lobby.s.Now, m
	})
	if errors.Is(err, ErrNoActivity) {
		return nil, m, nil
	}
	if err != nil {
		return nil, m, err
	}
	plain := h.kinds[shown.kind].Plain
	if plain == nil {
		return nil, m, nil
	}
	view, err := shown.view.encode()
	if err != nil {
		return nil, m, ErrBroken
	}
	return &onScreen{shown.activity, plain, view, shown.mine}, m, nil
}

// Fill puts into the fields what somebody has sent, to be corrected.
func (p *Plain) Fill(form map[string][]string) {
	used := map[string]int{} // fields of one name take its values in turn
	for i := range p.Fields {
		f := &p.Fields[i]
		sent := form[f.Name]
		switch f.Input {
		case PlainHidden:
		case PlainRadio, PlainCheck, PlainSelect:
			for k := range f.Options {
				f.Options[k].Chosen = slices.Contains(sent, f.Options[k].Value)
			}
		default:
			if at := used[f.Name]; at < len(sent) {
				f.Value = sent[at]
			}
			used[f.Name]++
		}
	}
}
