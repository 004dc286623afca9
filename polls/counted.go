package polls

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"

	"plenum/rooms"
)

// counted are the ballots of a secret round when it is closed, in an order that
// tells nothing: anonymous ones by what is on them, pseudonymous ones by their
// guests' numbers. They take the place of the sealed ones.
type counted struct {
	Question string   `json:"question"`
	Round    int      `json:"round"`
	Ballots  []byte   `json:"ballots"`           // as in a checkpoint
	Aliases  []string `json:"aliases,omitempty"` // of pseudonymous ones: by guests' numbers
	Slips    []string `json:"slips,omitempty"`   // of anonymous ones: what only their voters know, sorted
	Last     int      `json:"last,omitempty"`    // the last place on a wall
	Voted    bool     `json:"voted,omitempty"`   // somebody has voted, and perhaps withdrawn
	Held     bool     `json:"held,omitempty"`    // there were too few: they are gone
}

// holdsBack tells whether too few have voted for results.
func (c *card) holdsBack() bool {
	return c.Secrecy == Anonymous && !c.Few && c.box.people > 0 && c.box.people < FewVotes
}

// placeAll gives the texts of a wall places in the order of their ids, which
// are random, and returns the last one.
func placeAll(kind Form, ballots []ballot) int {
	if kind != Wall {
		return 0
	}
	var all []*answer
	for i := range ballots {
		if ballots[i].content == nil {
			continue
		}
		ballots[i].content = &content{Answers: slices.Clone(ballots[i].content.Answers)}
		for at := range ballots[i].content.Answers {
			all = append(all, &ballots[i].content.Answers[at])
		}
	}
	slices.SortFunc(all, func(a, b *answer) int { return bytes.Compare([]byte(a.ID), []byte(b.ID)) })
	for i, a := range all {
		a.Place = i + 1
	}
	return len(all)
}

// paged are ballots in the pages of a box.
func paged(ballots []ballot) []*page {
	pages := make([]*page, (len(ballots)+pageSize-1)/pageSize)
	for i := range pages {
		pages[i] = &page{}
		copy(pages[i].ballots[:], ballots[i*pageSize:])
	}
	return pages
}

// countedIn reads the ballots of a secret round from the event that may be its
// count; ok tells whether it is.
func countedIn(e rooms.Event, of roundOf) (with counted, ok bool, err error) {
	if err := json.Unmarshal(e.With, &with); err != nil {
		return with, false, err
	}
	return with, with.Question == of.question && with.Round == of.round, nil
}

// box holds the counted ballots of a question. What is not made of ballots it
// has from another.
func (with counted) box(q Question, before *box) (*box, error) {
	fresh := &card{Question: q, box: newBox(q)}
	fresh.box.keep(before)
	err := fresh.fill(savedCard{Question: q, Ballots: with.Ballots, Last: with.Last}, math.MaxInt)
	return fresh.box, err
}

// takeCounted puts the counted ballots in the place of the sealed ones.
func (c *card) takeCounted(with counted) error {
	box, err := with.box(c.Question, c.box)
	if err != nil {
		return err
	}
	c.box = box
	c.closeVeil(rollOf(with.Aliases))
	return nil
}

// closeVeil leaves of the voters only the aliases, by their numbers.
func (c *card) closeVeil(aliases roll) {
	c.steps, c.slips = nil, nil
	c.aliases, c.guests = aliases, len(aliases.names)
}

// applyCounted places the ballots of a secret round.
func (p *Poll) applyCounted(e rooms.Event) error {
	with, ready := e.Ready.(*tallied)
	if !ready || with.box == nil {
		with = &tallied{}
		if err := json.Unmarshal(e.With, &with.counted); err != nil {
			return err
		}
	}
	c, _ := p.deck.find(with.Question)
	if c == nil || c.Round != with.Round {
		return fmt.Errorf("there is no round %d of the question %q", with.Round, with.Question)
	}
	c.voted = c.voted || with.Voted
	if with.box == nil {
		return c.takeCounted(with.counted)
	}
	c.box, with.box = with.box, nil // it belongs to one poll
	c.closeVeil(with.aliases)
	return nil
}
