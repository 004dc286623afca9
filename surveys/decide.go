package surveys

import (
	"encoding/json"
	"slices"

	"plenum/rooms"
)

// Why a command is refused; and what is refused of pages, questions and answers.
var (
	ErrNoPage     = rooms.Refuse("no-page", "This page is not here any more.")
	ErrNoQuestion = rooms.Refuse("no-question", "This question is not on that page.")
	ErrNotDraft   = rooms.Refuse("not-draft", "This survey is not a draft any more. Take it back first, or change a copy of it.")
	ErrAnswered   = rooms.Refuse("survey-answered", "People have answered already. Change a copy of this survey instead.")
	ErrEmpty      = rooms.Refuse("survey-empty", "Write a question first.")
	ErrNotOpen    = rooms.Refuse("survey-closed", "This survey is not open.")
	ErrSent       = rooms.Refuse("survey-sent", "You have sent your answers, and they cannot be changed any more.")
	ErrNotHere    = rooms.Refuse("survey-path", "Your answers do not lead to this page.")
	ErrNothing    = rooms.Refuse("survey-unsent", "There is nothing to send yet.")
)

// mostAsked is how long the content of a command can be that makes sense, in
// bytes: a page of the longest texts, every unit of it escaped.
const mostAsked = 1 << 20

// asking is the content of all commands.
type asking struct {
	Page    json.RawMessage            `json:"page"`
	Place   *int                       `json:"place"`
	Intro   *string                    `json:"intro"`
	Ending  *string                    `json:"ending"`
	Unnamed *bool                      `json:"unnamed"`
	Changes *bool                      `json:"changes"`
	Shared  *bool                      `json:"shared"`
	Answers map[string]json.RawMessage `json:"answers"`
	To      string                     `json:"to"`
}

// named is the page that a command names.
func (ask asking) named() string {
	var id string
	if json.Unmarshal(ask.Page, &id) != nil {
		return ""
	}
	return id
}

// Decide says what follows from a command.
func (s *Survey) Decide(c rooms.Command) ([]rooms.Event, error) {
	if _, known := Kind.Commands[c.Do]; !known {
		return nil, rooms.ErrUnknown
	}
	if len(c.With) > mostAsked {
		return nil, rooms.ErrTooBig
	}
	var ask *asking
	if err := json.Unmarshal(c.With, &ask); err != nil || ask == nil {
		return nil, rooms.ErrMalformed
	}
	switch c.Do {
	case "begin", "save", "send":
		return s.decideAnswering(c, *ask)
	case "write", "drop", "move":
		return s.decidePages(c, *ask)
	case "set":
		return s.decideSet(*ask)
	case "share":
		return s.decideShare(*ask)
	}
	return s.decideLife(c.Do)
}

// decideAnswering lets somebody go on with the survey.
func (s *Survey) decideAnswering(c rooms.Command, ask asking) ([]rooms.Event, error) {
	p := s.people.find(c.From.ID)
	switch {
	case s.state != Open:
		return nil, ErrNotOpen
	case p == nil && len(s.people.list) >= MaxPeople:
		return nil, ErrFull
	case p != nil && p.sent != nil && !s.Changes && c.Do != "begin":
		return nil, ErrSent
	}
	only := rooms.Audience{Only: c.From.ID}
	switch c.Do {
	case "begin":
		if p != nil {
			return nil, nil
		}
		return []rooms.Event{event("begun", only, begun{s.Pages[0].ID})}, nil
	case "save":
		e, _, err := s.decideSave(p, ask, only)
		return e, err
	}
	return s.decideSend(p, ask, only)
}

// decideSave keeps what somebody answered on a page. Who goes on to the next one
// has answered what is required; who goes elsewhere need not have.
func (s *Survey) decideSave(p *person, ask asking, only rooms.Audience) ([]rooms.Event, []answer, error) {
	if ask.Answers == nil {
		return nil, nil, rooms.ErrMalformed
	}
	page := s.find(ask.named())
	if page < 0 {
		return nil, nil, ErrNoPage
	}
	all, err := s.read(page, p.orNew(s).answers(), ask.Answers)
	if err != nil {
		return nil, nil, err
	}
	way := s.path(all)
	if !slices.Contains(way, page) {
		return nil, nil, ErrNotHere
	}
	if err := s.fits(p, all); err != nil {
		return nil, nil, err
	}
	at, err := s.goes(page, way, all, ask.To)
	if err != nil {
		return nil, nil, err
	}
	first, after := s.index.first[page], s.index.first[page+1]
	kept := saved{Page: s.Pages[page].ID, Answers: map[string]any{}, At: s.Pages[at].ID}
	for slot := first; slot < after; slot++ {
		if told := all[slot].told(s.index.questions[slot]); told != nil {
			kept.Answers[s.index.questions[slot].ID] = told
		}
	}
	return []rooms.Event{event("saved", only, kept)}, all, nil
}

// orNew is somebody, or who has not begun yet.
func (p *person) orNew(s *Survey) *person {
	if p != nil {
		return p
	}
	return &person{draft: make([]answer, len(s.index.questions))}
}

// fits tells why so much text cannot be kept.
func (s *Survey) fits(p *person, all []answer) error {
	more := weight(all)
	if more > MaxWritten {
		return ErrWritten
	}
	if p != nil {
		more -= weight(p.draft)
	}
	if more > 0 && s.people.weight+more > MaxAll {
		return ErrFull
	}
	return nil
}

// goes is the page on which somebody stands after another.
func (s *Survey) goes(page int, way []int, all []answer, to string) (int, error) {
	if to != "" {
		at := s.find(to)
		if !slices.Contains(way, at) {
			return 0, ErrNotHere
		}
		return at, nil
	}
	if !s.complete(page, all) {
		return 0, missing(page)
	}
	if at := s.next(page, all); at < len(s.Pages) {
		return at, nil
	}
	return page, nil // the last one
}

// decideSend sends the answers, with those to the last page if they come along.
// What was answered on pages that are not on the way any more does not count.
func (s *Survey) decideSend(p *person, ask asking, only rooms.Audience) ([]rooms.Event, error) {
	var events []rooms.Event
	var all []answer
	if ask.Page != nil {
		var err error
		if events, all, err = s.decideSave(p, ask, only); err != nil {
			return nil, err
		}
	} else if p == nil || p.draft == nil {
		if p != nil && p.sent != nil {
			return nil, nil // it was sent already
		}
		return nil, ErrNothing
	} else {
		all = p.draft
	}
	counted := sent{Pages: []string{}}
	for _, page := range s.path(all) {
		if !s.complete(page, all) {
			return nil, missing(page)
		}
		counted.Pages = append(counted.Pages, s.Pages[page].ID)
	}
	return append(events, event("sent", only, counted)), nil
}
