package surveys

import (
	"encoding/json"
	"slices"

	"plenum/rooms"
)

// decidePages changes the pages of a draft.
func (s *Survey) decidePages(c rooms.Command, ask asking) ([]rooms.Event, error) {
	if s.state != Draft {
		return nil, s.notDraft()
	}
	if c.Do == "write" {
		return s.decideWrite(c, ask)
	}
	at := s.find(ask.named())
	if at < 0 {
		return nil, ErrNoPage
	}
	next := design{s.Settings, slices.Clone(s.Pages)}
	next.Pages = slices.Delete(next.Pages, at, at+1)
	if c.Do == "drop" {
		if err := next.check(); err != nil {
			return nil, err
		}
		return []rooms.Event{event("dropped", toHosts, about{s.Pages[at].ID})}, nil
	}
	if ask.Place == nil || *ask.Place < 0 || *ask.Place >= len(s.Pages) {
		return nil, rooms.ErrMalformed
	}
	if *ask.Place == at {
		return nil, nil
	}
	next.Pages = slices.Insert(next.Pages, *ask.Place, s.Pages[at])
	if err := next.check(); err != nil {
		return nil, err
	}
	return []rooms.Event{event("moved", toHosts, moved{s.Pages[at].ID, *ask.Place})}, nil
}

// notDraft is why pages cannot be changed any more.
func (s *Survey) notDraft() error {
	if s.begun() {
		return ErrAnswered
	}
	return ErrNotDraft
}

// decideWrite puts a page in the place of the one with its id, or a new one at a
// place, which is the last one if none is said.
func (s *Survey) decideWrite(c rooms.Command, ask asking) ([]rooms.Event, error) {
	var page *Page
	if json.Unmarshal(ask.Page, &page) != nil || page == nil {
		return nil, rooms.ErrMalformed
	}
	clean, err := page.checked()
	if err != nil {
		return nil, err
	}
	next := ids(c.Seed)
	if clean.ID == "" {
		clean.ID = next("p", s.hasPage)
	}
	if !clean.named(next) {
		return nil, rooms.ErrMalformed
	}
	place, there := s.find(clean.ID), true
	if place < 0 {
		if place, there = len(s.Pages), false; ask.Place != nil {
			place = *ask.Place
		}
	}
	if place < 0 || place > len(s.Pages) {
		return nil, rooms.ErrMalformed
	}
	after := design{s.Settings, slices.Clone(s.Pages)}
	if there {
		after.Pages[place] = clean
	} else {
		after.Pages = slices.Insert(after.Pages, place, clean)
	}
	if err := after.check(); err != nil {
		return nil, err
	}
	return []rooms.Event{event("wrote", toHosts, wrote{clean, place})}, nil
}

// decideSet changes the settings: what people were promised only in a draft.
func (s *Survey) decideSet(ask asking) ([]rooms.Event, error) {
	next := s.Settings
	if ask.Intro != nil {
		next.Intro = *ask.Intro
	}
	if ask.Ending != nil {
		next.Ending = *ask.Ending
	}
	if ask.Unnamed != nil {
		next.Unnamed = *ask.Unnamed
	}
	if ask.Changes != nil {
		next.Changes = *ask.Changes
	}
	next, err := next.checked()
	switch {
	case err != nil:
		return nil, err
	case next == s.Settings:
		return nil, nil
	case s.state != Draft && (next.Unnamed != s.Unnamed || next.Intro != s.Intro):
		return nil, s.notDraft()
	}
	after := design{next, s.Pages}
	if err := after.check(); err != nil {
		return nil, err
	}
	return []rooms.Event{event("set", s.audience(), next)}, nil
}

func (s *Survey) decideShare(ask asking) ([]rooms.Event, error) {
	switch {
	case ask.Shared == nil:
		return nil, rooms.ErrMalformed
	case *ask.Shared == s.shared:
		return nil, nil
	}
	return []rooms.Event{event("shared", toAll, shared{*ask.Shared})}, nil
}

// decideLife opens the survey, closes it, or takes it back to be changed. What is
// so already is done.
func (s *Survey) decideLife(do string) ([]rooms.Event, error) {
	switch do {
	case "open":
		if s.state == Open {
			return nil, nil
		}
		if len(s.index.questions) == 0 {
			return nil, ErrEmpty
		}
		return []rooms.Event{event("opened", toAll, nothing{})}, nil
	case "close":
		if s.state == Closed {
			return nil, nil
		}
		if s.state == Draft {
			return nil, ErrNotOpen
		}
		return []rooms.Event{event("closed", toAll, nothing{})}, nil
	}
	switch {
	case s.state == Draft:
		return nil, nil
	case s.begun():
		return nil, ErrAnswered
	}
	return []rooms.Event{event("drafted", toAll, nothing{})}, nil
}
