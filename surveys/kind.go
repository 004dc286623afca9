// Package surveys is asking several questions at once: pages that everybody
// answers at their own pace, with ways through them that depend on the answers.
package surveys

import (
	"encoding/json"

	"plenum/rooms"
)

// Kind is the survey, as the room knows it.
var Kind = rooms.Kind{
	Name:   "survey",
	Format: 1,
	Commands: map[string]rooms.Needs{
		"write": forHosts,
		"drop":  forHosts,
		"move":  forHosts,
		"set":   forHosts,
		"open":  forHosts,
		"close": forHosts,
		"draft": forHosts,
		"share": forHosts,
		"begin": forPeople,
		"save":  forPeople,
		"send":  forPeople,
	},
	Reads: map[string]rooms.Read{
		"texts":  {Least: rooms.Host, Sees: rooms.Nobody, Do: texts},
		"person": {Least: rooms.Host, Sees: rooms.Nobody, Do: onePerson},
		"table":  {Least: rooms.Host, Sees: rooms.Nobody, Do: table},
		"export": {Least: rooms.Host, Sees: rooms.Nobody, Do: export},
	},
	New:     open,
	Papers:  papers,
	Reveals: reveals,
}

var (
	forHosts  = rooms.Needs{Role: rooms.Host, Class: rooms.Run}
	forPeople = rooms.Needs{Role: rooms.Participant, Class: rooms.Vote}
)

// State is where a survey stands.
type State string

// The states of a survey. It is written as a draft, which only hosts see.
const (
	Draft  State = "draft"
	Open   State = "open"
	Closed State = "closed"
)

// Settings are what a host says about the whole survey.
type Settings struct {
	Intro   string `json:"intro"`   // what stands before the first page
	Ending  string `json:"ending"`  // what one reads when it is sent
	Unnamed bool   `json:"unnamed"` // hosts see no names
	Changes bool   `json:"changes"` // who has sent it can still change it
}

// design is all that is asked: the settings and the pages in their order.
type design struct {
	Settings
	Pages []Page `json:"pages"`
}

// Survey is the state of one survey. Only events change it.
type Survey struct {
	design
	state  State
	shared bool // everybody sees the counts
	told   bool // everybody has seen them at some time
	index  index
	people people
	now    *tally // of what was sent
	// Without names only what has gathered is told, see tell.
	outward *tally
	step    uint64 // how often that was
	moved   int    // how many have sent something since
}

// open makes a survey with the pages of its settings, if there are any.
func open(with json.RawMessage) (rooms.Activity, error) {
	s := &Survey{state: Draft, people: newPeople()}
	if len(with) > 0 {
		if err := json.Unmarshal(with, &s.design); err != nil {
			return nil, rooms.ErrMalformed
		}
	}
	var err error
	if s.Settings, err = s.Settings.checked(); err != nil {
		return nil, err
	}
	for i := range s.Pages {
		if s.Pages[i], err = s.Pages[i].checked(); err != nil {
			return nil, err
		}
		if s.Pages[i].ID == "" {
			s.Pages[i].ID = unused("p", s.hasPage)
		}
		if !s.Pages[i].named(func(prefix string, taken func(string) bool) string { return unused(prefix, taken) }) {
			return nil, rooms.ErrMalformed
		}
	}
	if err := s.design.check(); err != nil {
		return nil, err
	}
	s.lay()
	return s, nil
}

// lay finds the places of the questions, and begins to count.
func (s *Survey) lay() {
	s.index = s.design.index()
	s.now = s.newTally()
	s.outward = s.newTally()
}

// Copy gives settings with the same pages, which nobody has answered yet.
func (s *Survey) Copy() (json.RawMessage, error) { return json.Marshal(s.design) }

// begun tells whether somebody has started to answer.
func (s *Survey) begun() bool { return len(s.people.list) > 0 }

// reveals tells whether an event shows a role what it could not see before, or
// takes that away.
func reveals(e rooms.Event) bool {
	switch e.Did {
	case "opened", "drafted", "closed", "shared":
		return true
	}
	return false
}
