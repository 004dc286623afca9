package polls

import (
	"encoding/json"
	"fmt"

	"plenum/rooms"
)

// The contents of events.
type (
	wrote struct {
		Question Question `json:"question"`
	}
	about struct { // dropped, hidden
		Question string `json:"question"`
	}
	moved struct {
		Question string `json:"question"`
		Place    int    `json:"place"`
	}
	presented struct {
		Question *Public `json:"question"` // nil: none
		Position int     `json:"position"`
		Of       int     `json:"of"`
	}
	opened struct {
		Question string   `json:"question"`
		Round    int      `json:"round"`
		Opened   int64    `json:"opened"`
		Closes   int64    `json:"closes"`
		Shown    bool     `json:"shown"`
		Results  *Results `json:"results,omitempty"` // if shown
	}
	extended struct {
		Question string `json:"question"`
		Closes   int64  `json:"closes"`
	}
	closed struct {
		Question string   `json:"question"`
		Round    int      `json:"round"`
		Closes   int64    `json:"closes"` // when it closed
		People   int      `json:"people"`
		Shown    bool     `json:"shown"`
		Held     int      `json:"held,omitempty"`    // see Status
		Results  *Results `json:"results,omitempty"` // if shown
	}
	revealed struct {
		Question string   `json:"question"`
		Results  *Results `json:"results"`
		Key      *Key     `json:"key,omitempty"` // of a quiz
	}
	again struct {
		Question string `json:"question"`
		Round    int    `json:"round"`
	}
	voted struct {
		Question string              `json:"question"`
		Round    int                 `json:"round"`
		Turn     uint64              `json:"turn"`
		Options  *[]string           `json:"options,omitempty"` // empty: withdrawn
		Score    *int                `json:"score,omitempty"`
		Texts    *[]string           `json:"texts,omitempty"`   // as they are sent
		Answers  []answer            `json:"answers,omitempty"` // as they are stored
		Number   *float64            `json:"number,omitempty"`
		Points   map[string]int      `json:"points,omitempty"`
		Rows     map[string][]string `json:"rows,omitempty"`   // of a grid: columns by row
		Places   map[string][]int    `json:"places,omitempty"` // between axes: x and y by item
		Pins     [][]int             `json:"pins,omitempty"`   // x and y of each
		Took     *int64              `json:"took,omitempty"`   // how long it took, in milliseconds: as the voter's device says
		Mark     *mark               `json:"mark,omitempty"`   // of a quiz, as it is stored
		Alias    string              `json:"alias,omitempty"`  // of the voter of a secret question
		Slip     string              `json:"slip,omitempty"`   // of an anonymous one: known to the voter alone
	}
	marked struct { // approved, withheld
		Question string `json:"question"`
		Round    int    `json:"round"`
		Answer   string `json:"answer"`
	}
	truth struct {
		Question string   `json:"question"`
		Truth    *float64 `json:"truth"` // nil: not known
	}
)

// The audiences of events.
var (
	toAll    = rooms.Audience{}
	toHosts  = rooms.Audience{Least: rooms.Host}
	toNobody = rooms.Audience{Least: rooms.Nobody}
)

// event makes an event. All contents can be encoded.
func event(did string, to rooms.Audience, with any) rooms.Event {
	encoded, err := json.Marshal(with)
	if err != nil {
		panic(fmt.Errorf("polls: encode %q: %w", did, err))
	}
	return rooms.Event{Did: did, To: to, With: encoded}
}

// audience is who may hear of a question: everybody while it is presented, else
// only hosts.
func (p *Poll) audience(c *card) rooms.Audience {
	if p.stage.Question == c.ID {
		return toAll
	}
	return toHosts
}
