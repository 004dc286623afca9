package polls

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"plenum/rooms"
)

// countBeside is from how many voters on a secret round is counted beside the
// room: sorting and encoding ten thousand ballots would hold it up (law 10).
const countBeside = 500

// pile is a secret round as it is when it is counted.
type pile struct {
	Question
	counted      // what is known before
	ballots *box // as they are now, and will stay
	names   []string
	guests  int
	slips   map[int]string
	edits   uint64
}

func (c *card) pile() *pile {
	now := newBox(c.Question)
	now.keep(c.box)
	now.pages = c.box.snapshot()
	return &pile{
		Question: c.Question,
		counted:  counted{Question: c.ID, Round: c.Round, Voted: c.voted, Held: c.holdsBack()},
		ballots:  now, names: slices.Clip(c.aliases.names), guests: c.guests, slips: c.slips, edits: c.box.edits,
	}
}

// tallied is a secret round that was counted: what its event says, and what
// becomes of that.
type tallied struct {
	counted
	event   rooms.Event
	box     *box
	aliases roll
	edits   uint64 // of the ballots that were counted
}

func (p *pile) count() *tallied {
	with := p.counted
	var ballots []ballot
	switch {
	case with.Held:
	case p.Secrecy == Pseudonymous:
		ballots, with.Aliases = p.byGuest()
	default:
		ballots = p.byContent()
		for _, slip := range p.slips {
			with.Slips = append(with.Slips, slip)
		}
		slices.Sort(with.Slips)
	}
	with.Last = placeAll(p.Kind, ballots)
	var err error
	if with.Ballots, err = (savedCard{Question: p.Question, pages: paged(ballots)}).packed(); err != nil {
		panic(err) // texts and numbers
	}
	made := &tallied{counted: with, event: event("counted", toNobody, with), aliases: rollOf(with.Aliases), edits: p.edits}
	if made.box, err = with.box(p.Question, p.ballots); err != nil {
		panic(err) // what was packed just now
	}
	made.event.Ready = made
	return made
}

// byGuest are all ballots in the order of the guests' numbers, with their
// aliases. Who has a number keeps it.
func (p *pile) byGuest() ([]ballot, []string) {
	voters := make([]int, len(p.names))
	for voter := range voters {
		voters[voter] = voter
	}
	slices.SortFunc(voters[p.guests:], func(a, b int) int { return strings.Compare(p.names[a], p.names[b]) })
	ballots, names := make([]ballot, len(voters)), make([]string, len(voters))
	for i, voter := range voters {
		ballots[i], names[i] = p.ballots.at(voter), p.names[voter]
	}
	return ballots, names
}

// byContent are the ballots that count, ordered by what is on them.
func (p *pile) byContent() []ballot {
	type keyed struct {
		ballot
		key []byte
	}
	var all []keyed
	for voter := range p.names {
		b := p.ballots.at(voter)
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
		if order := slices.Compare(a.content.Cells, b.content.Cells); order != 0 {
			return order
		}
		if order := slices.CompareFunc(a.content.Spots, b.content.Spots, spot.compare); order != 0 {
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
