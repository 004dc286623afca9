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

// counting is the event that ends the secret of a round.
func (c *card) counting() rooms.Event {
	with := counted{Question: c.ID, Round: c.Round, Voted: c.voted, Held: c.holdsBack()}
	var ballots []ballot
	switch {
	case with.Held:
	case c.Secrecy == Pseudonymous:
		ballots, with.Aliases = c.byGuest()
	default:
		ballots = c.byContent()
		for _, slip := range c.slips {
			with.Slips = append(with.Slips, slip)
		}
		slices.Sort(with.Slips)
	}
	with.Last = placeAll(c.Kind, ballots)
	var err error
	if with.Ballots, err = (savedCard{Question: c.Question, pages: paged(ballots)}).packed(); err != nil {
		panic(err) // texts and numbers
	}
	return event("counted", toNobody, with)
}

// byGuest are all ballots in the order of the guests' numbers, with their
// aliases. Who has a number keeps it.
func (c *card) byGuest() ([]ballot, []string) {
	names := slices.Clone(c.aliases.names)
	slices.Sort(names[c.guests:])
	ballots := make([]ballot, len(names))
	for i, name := range names {
		ballots[i] = c.box.at(c.aliases.numbers[name])
	}
	return ballots, names
}

// byContent are the ballots that count, ordered by what is on them.
func (c *card) byContent() []ballot {
	type keyed struct {
		ballot
		key []byte
	}
	var all []keyed
	for voter := range c.aliases.names {
		b := c.box.at(voter)
		if !b.counts() {
			continue
		}
		one := keyed{ballot: ballot{turn: 1, picks: b.picks, content: b.content}}
		if b.content != nil {
			var err error
			if one.key, err = json.Marshal(b.content.Answers); err != nil {
				panic(err) // texts
			}
		}
		all = append(all, one)
	}
	slices.SortFunc(all, func(a, b keyed) int {
		for word := range a.picks {
			if a.picks[word] != b.picks[word] {
				if a.picks[word] < b.picks[word] {
					return -1
				}
				return 1
			}
		}
		if a.content == nil || b.content == nil {
			return 0
		}
		if a.content.Number != b.content.Number {
			if a.content.Number < b.content.Number {
				return -1
			}
			return 1
		}
		if order := slices.Compare(a.content.Points, b.content.Points); order != 0 {
			return order
		}
		return bytes.Compare(a.key, b.key)
	})
	ballots := make([]ballot, len(all))
	for i := range all {
		ballots[i] = all[i].ballot
	}
	return ballots
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

// takeCounted puts the counted ballots in the place of the sealed ones.
func (c *card) takeCounted(with counted) error {
	fresh := &card{Question: c.Question}
	fresh.box = newBox(c.Question)
	fresh.box.keep(c.box)
	s := savedCard{Question: c.Question, Ballots: with.Ballots, Last: with.Last}
	if err := fresh.fill(s, math.MaxInt); err != nil {
		return err
	}
	c.box = fresh.box
	c.closeVeil(with.Aliases)
	return nil
}

// closeVeil leaves of the voters only the aliases, by their numbers.
func (c *card) closeVeil(aliases []string) {
	c.steps, c.slips = nil, nil
	c.aliases, c.guests = newRoll(), len(aliases)
	for _, alias := range aliases {
		c.aliases.enrol(alias)
	}
}

// applyCounted places the ballots of a secret round.
func (p *Poll) applyCounted(e rooms.Event) error {
	var with counted
	if err := json.Unmarshal(e.With, &with); err != nil {
		return err
	}
	c, _ := p.deck.find(with.Question)
	if c == nil || c.Round != with.Round {
		return fmt.Errorf("there is no round %d of the question %q", with.Round, with.Question)
	}
	c.voted = c.voted || with.Voted
	return c.takeCounted(with)
}
