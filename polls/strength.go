package polls

import (
	"encoding/json"
	"slices"

	"plenum/rooms"
)

// Strength is what makes sure that each person has one vote in a poll.
type Strength string

// The strengths of polls.
const (
	ByDevice  Strength = ""        // a member of the room, who is a browser, a personal link or an account
	ByCode    Strength = "code"    // who has used one of the poll's codes
	ByAccount Strength = "account" // who is signed in
)

// Why somebody may not vote, and why that stays as it is.
var (
	ErrNoCode      = rooms.Refuse("code-needed", "Voting here needs a code. Enter yours first.")
	ErrNotSignedIn = rooms.Refuse("account-needed", "Only people who are signed in vote here.")
	ErrStrength    = rooms.Refuse("strength", "People have begun to vote, so who may vote stays as it is. Duplicate the poll to change it.")
)

// strengthened is also the content of the command.
type strengthened struct {
	Strength *Strength `json:"strength"`
}

func (s Strength) known() bool { return s == ByDevice || s == ByCode || s == ByAccount }

// Admits says, by name, why somebody may not vote.
func (p *Poll) Admits(c rooms.Command) error {
	switch {
	case c.Do != "vote":
	case p.strength == ByCode && !p.codes.has(c.From.ID):
		return ErrNoCode
	case p.strength == ByAccount && !c.Account:
		return ErrNotSignedIn
	}
	return nil
}

// decideStrength says who may vote, before anybody can.
func (p *Poll) decideStrength(c rooms.Command) ([]rooms.Event, error) {
	var ask strengthened
	if err := json.Unmarshal(c.With, &ask); err != nil || ask.Strength == nil || !ask.Strength.known() {
		return nil, rooms.ErrMalformed
	}
	if *ask.Strength == p.strength {
		return nil, nil
	}
	if p.hasBegun() {
		return nil, ErrStrength
	}
	return []rooms.Event{event("strength", toAll, ask)}, nil
}

// hasBegun tells whether people can vote, or have voted.
func (p *Poll) hasBegun() bool {
	return slices.ContainsFunc(p.deck, func(c *card) bool { return c.State == Open || c.voted })
}
