package surveys

import (
	"encoding/json"
	"fmt"

	"plenum/rooms"
)

// The contents of events; of "set" they are the settings, and of "opened",
// "closed" and "drafted" there are none.
type (
	wrote struct {
		Page  Page `json:"page"`
		Place int  `json:"place"` // from 0
	}
	about struct { // dropped
		Page string `json:"page"`
	}
	moved struct {
		Page  string `json:"page"`
		Place int    `json:"place"`
	}
	shared struct {
		Shared bool `json:"shared"`
	}
	begun struct {
		At string `json:"at"` // the page they stand on
	}
	saved struct {
		Page    string         `json:"page"`
		Answers map[string]any `json:"answers"` // all to that page
		At      string         `json:"at"`
	}
	sent struct {
		Pages []string `json:"pages"` // those whose answers count
	}
	nothing struct{}
)

// The audiences of events.
var (
	toAll   = rooms.Audience{}
	toHosts = rooms.Audience{Least: rooms.Host}
)

// event makes an event. All contents can be encoded.
func event(did string, to rooms.Audience, with any) rooms.Event {
	encoded, err := json.Marshal(with)
	if err != nil {
		panic(fmt.Errorf("surveys: encode %q: %w", did, err))
	}
	return rooms.Event{Did: did, To: to, With: encoded}
}

// audience is who may see the pages.
func (s *Survey) audience() rooms.Audience {
	if s.state == Draft {
		return toHosts
	}
	return toAll
}
