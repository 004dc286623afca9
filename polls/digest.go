package polls

import (
	"encoding/json"

	"plenum/rooms"
)

// Digest is how far the voting on a question is. Round 0 means that there is
// nothing to be told of it.
type Digest struct {
	Round  int             `json:"round"`
	People int             `json:"people"`
	Counts json.RawMessage `json:"counts,omitempty"` // if they are shown
	Points json.RawMessage `json:"points,omitempty"` // if there are some, and they are shown
	// Answers of a special form, if they are shown. No event tells them: Since,
	// the seq of the last one that could have shown them, makes the digest a new
	// one.
	Answers *Answers `json:"answers,omitempty"`
	Counted *int     `json:"counted,omitempty"` // see Results
	Since   uint64   `json:"since,omitempty"`
}

// Digests are one for every question that was ever opened, not only for those
// that are open: the newest with its key is also told to who comes later, so
// one that was true once and may not be seen any more must be replaced.
func (p *Poll) Digests(role rooms.Role) []rooms.Digest {
	var all []rooms.Digest
	for _, c := range p.deck {
		if c.asked() {
			all = append(all, rooms.Digest{Key: c.ID, With: p.digest(c, role)})
		}
	}
	if p.squads.ever {
		all = append(all, rooms.Digest{Key: teamsKey, With: toldSizes{append([]int{}, p.squads.sizes...)}})
	}
	if codes := p.codes.told(); role >= rooms.Host && codes != nil {
		all = append(all, rooms.Digest{Key: codesKey, With: *codes})
	}
	return all
}

// teamsKey is the key of how many people are in which team.
const teamsKey = ".teams"

// codesKey is the key of what hosts are told of the codes; no id of a question is such.
const codesKey = ".codes"

func (p *Poll) digest(c *card, role rooms.Role) Digest {
	switch {
	case role >= rooms.Host, p.stage.Question == c.ID && c.Shown:
		d := Digest{Round: c.Round, People: c.people(), Counts: c.counts(), Points: c.points(), Counted: c.counted()}
		if d.Answers = c.answers(role >= rooms.Host); d.Answers != nil {
			d.Since = c.since
		}
		return d
	case p.stage.Question == c.ID:
		return Digest{Round: c.Round, People: c.people()}
	}
	return Digest{}
}
