// Package qa is asking and answering: people ask questions and say which of
// them they want answered too; hosts decide what is shown, take questions up
// and answer them.
package qa

import (
	"encoding/json"

	"plenum/rooms"
)

// Kind is the questions, as the room knows them.
var Kind = rooms.Kind{
	Name:   "qa",
	Format: 1,
	Commands: map[string]rooms.Needs{
		"ask":      {Role: rooms.Participant, Class: rooms.Talk, Says: true},
		"edit":     forAskers,
		"withdraw": forAskers,
		"vote":     {Role: rooms.Participant, Class: rooms.Vote, Unnumbered: true},
		"approve":  forHosts,
		"hold":     forHosts,
		"dismiss":  forHosts,
		"restore":  forHosts,
		"answer":   forHosts,
		"reopen":   forHosts,
		"pin":      forHosts,
		"take":     forHosts,
		"merge":    forHosts,
		"set":      forHosts,
	},
	New:    open,
	Tells:  tells,
	Papers: papers,
	Texts:  textsOf,
	// Whose votes were united learn again which of them were for what.
	Reveals: func(e rooms.Event) bool { return e.Did == "parted" },
}

var (
	forAskers = rooms.Needs{Role: rooms.Participant, Class: rooms.Talk}
	forHosts  = rooms.Needs{Role: rooms.Host, Class: rooms.Run}
)

// Settings are what a host decides for all questions.
type Settings struct {
	Moderated bool `json:"moderated"` // questions wait in a queue until a host approves them
	Closed    bool `json:"closed"`    // nothing new can be asked
}

// QA is the state of one activity. Only events change it.
type QA struct {
	settings Settings
	now      uint64 // the question that is being answered; 0: none
	slots    slots
	voters   roll
}

// open makes an activity without questions.
func open(with json.RawMessage) (rooms.Activity, error) {
	a := &QA{slots: newSlots(), voters: newRoll()}
	if len(with) > 0 {
		if err := json.Unmarshal(with, &a.settings); err != nil {
			return nil, rooms.ErrMalformed
		}
	}
	return a, nil
}

// Copy gives the settings; questions are not copied.
func (a *QA) Copy() (json.RawMessage, error) { return json.Marshal(a.settings) }
