package surveys

import (
	"encoding/json"
	"fmt"
	"slices"

	"plenum/rooms"
)

// Apply places what has happened. Events that were forgotten are blank, and
// skipped. It panics at an event that no version of this kind has written.
func (s *Survey) Apply(e rooms.Event) {
	if e.Blank() {
		return
	}
	if err := s.apply(e); err != nil {
		panic(fmt.Errorf("surveys: event %d did %q: %w", e.Seq, e.Did, err))
	}
}

func (s *Survey) apply(e rooms.Event) error {
	switch e.Did {
	case "set":
		return json.Unmarshal(e.With, &s.Settings)
	case "wrote", "dropped", "moved":
		return s.applyPages(e)
	case "opened":
		s.state = Open
	case "drafted":
		s.state = Draft
	case "closed":
		s.state = Closed
		s.tell()
	case "shared":
		var with shared
		err := json.Unmarshal(e.With, &with)
		s.shared, s.told = with.Shared, s.told || with.Shared
		return err
	case "begun", "saved", "sent":
		return s.applyAnswering(e)
	case "nothing":
	default:
		return fmt.Errorf("nobody knows what that is")
	}
	return nil
}

func (s *Survey) applyPages(e rooms.Event) error {
	pages := slices.Clone(s.Pages)
	switch e.Did {
	case "wrote":
		var with wrote
		if err := json.Unmarshal(e.With, &with); err != nil {
			return err
		}
		if at := s.find(with.Page.ID); at >= 0 {
			pages[at] = with.Page
		} else {
			pages = slices.Insert(pages, with.Place, with.Page)
		}
	default:
		var with moved
		if err := json.Unmarshal(e.With, &with); err != nil {
			return err
		}
		at := s.find(with.Page)
		if at < 0 {
			return fmt.Errorf("there is no page %q", with.Page)
		}
		page := pages[at]
		pages = slices.Delete(pages, at, at+1)
		if e.Did == "moved" {
			pages = slices.Insert(pages, with.Place, page)
		}
	}
	s.Pages = pages
	s.lay()
	return nil
}

// applyAnswering places what somebody did, and counts them anew.
func (s *Survey) applyAnswering(e rooms.Event) error {
	p := s.people.write(e.By)
	s.now.stand(p, -1)
	s.people.weight -= p.weight()
	err := s.applyBy(p, e)
	s.people.weight += p.weight()
	s.now.stand(p, 1)
	if err == nil && e.Did == "sent" {
		s.move(p)
	}
	return err
}

func (s *Survey) applyBy(p *person, e rooms.Event) error {
	switch e.Did {
	case "begun":
		var with begun
		if err := json.Unmarshal(e.With, &with); err != nil {
			return err
		}
		p.draft = make([]answer, len(s.index.questions))
		return s.arrive(p, with.At)
	case "saved":
		var with struct {
			saved
			Answers map[string]json.RawMessage `json:"answers"`
		}
		if err := json.Unmarshal(e.With, &with); err != nil {
			return err
		}
		page := s.find(with.Page)
		if page < 0 {
			return fmt.Errorf("there is no page %q", with.Page)
		}
		all, err := s.read(page, p.answers(), with.Answers)
		if err != nil {
			return err
		}
		p.draft = all
		p.reached |= 1 << page
		return s.arrive(p, with.At)
	}
	var with sent
	if err := json.Unmarshal(e.With, &with); err != nil {
		return err
	}
	pages := make([]int, len(with.Pages))
	for i, id := range with.Pages {
		if pages[i] = s.find(id); pages[i] < 0 {
			return fmt.Errorf("there is no page %q", id)
		}
		p.reached |= 1 << pages[i]
	}
	s.now.put(s.index, p.sent, -1)
	p.sent, p.draft, p.sentAt = s.on(pages, p.answers()), nil, e.At
	s.now.put(s.index, p.sent, 1)
	return nil
}

// arrive lets somebody stand on a page.
func (s *Survey) arrive(p *person, id string) error {
	at := s.find(id)
	if at < 0 {
		return fmt.Errorf("there is no page %q", id)
	}
	p.at = at
	p.reached |= 1 << at
	return nil
}
