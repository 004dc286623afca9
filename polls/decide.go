package polls

import (
	"encoding/json"

	"plenum/rooms"
)

// Why a command is refused.
var (
	ErrNoQuestion = rooms.Refuse("no-question", "This question does not exist any more.")
	ErrVoted      = rooms.Refuse("voted", "People have voted on this. Write a new question instead.")
	ErrOpen       = rooms.Refuse("open", "This question is open. Close it first.")
	ErrDraft      = rooms.Refuse("draft", "This question has not been opened yet.")
	ErrClosed     = rooms.Refuse("closed", "This question is closed.")
	ErrShown      = rooms.Refuse("shown", "The results have been seen. Ask the question again in a new round.")
)

// How long the content of a command can be that makes sense, in bytes: a
// hundred options of the longest, every unit of them escaped.
const (
	mostWritten = 512 << 10
	mostAsked   = 64 << 10 // of all but "write"
)

// asking is the content of the hosts' other commands.
type asking struct {
	Question *string `json:"question"`
	Place    *int    `json:"place"`
	Seconds  *int    `json:"seconds"`
	Round    *int    `json:"round"`
	Answer   *string `json:"answer"`
}

// Decide says what follows from a command.
func (p *Poll) Decide(c rooms.Command) ([]rooms.Event, error) {
	if len(c.With) > mostWritten || len(c.With) > mostAsked && c.Do != "write" {
		return nil, rooms.ErrTooBig
	}
	switch c.Do {
	case "vote":
		return p.decideVote(c)
	case "wake":
		return p.decideWake(c)
	case "lost":
		return p.decideLost(c)
	case "write":
		return p.decideWrite(c)
	case "import":
		return p.decideImport(c)
	case "rules":
		return p.decideRules(c)
	case "allow":
		return p.decideAllow(c)
	case "rank":
		return p.decideRank(c)
	case "strength":
		return p.decideStrength(c)
	case "teams":
		return p.decideTeams(c)
	case "team":
		return p.decideTeam(c)
	case "shuffle":
		return p.decideShuffle(c)
	case "issue":
		return p.decideIssue(c)
	case "cancel":
		return p.decideCancel(c)
	case "redeem":
		return p.decideRedeem(c)
	}
	if _, known := Kind.Commands[c.Do]; !known {
		return nil, rooms.ErrUnknown
	}
	var ask asking
	if err := json.Unmarshal(c.With, &ask); err != nil || ask.Question == nil {
		return nil, rooms.ErrMalformed
	}
	if c.Do == "present" && *ask.Question == "" {
		return p.decideLobby()
	}
	found, place := p.deck.find(*ask.Question)
	if found == nil {
		return nil, ErrNoQuestion
	}
	switch c.Do {
	case "drop", "move", "present":
		return p.decideDeck(c.Do, found, place, ask)
	case "open", "extend", "close":
		return p.decideTime(c, found, ask)
	case "approve", "withhold":
		return decideMark(c.Do, found, ask)
	}
	return p.decideResults(c.Do, found)
}
