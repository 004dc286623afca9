package polls

import (
	"encoding/json"
	"slices"
	"strconv"
)

// deck is the questions of a poll in their order.
type deck []*card

// find is a question's card and place, or nil.
func (d deck) find(id string) (*card, int) {
	place := slices.IndexFunc(d, func(c *card) bool { return c.ID == id })
	if place < 0 {
		return nil, place
	}
	return d[place], place
}

func (d deck) has(id string) bool {
	c, _ := d.find(id)
	return c != nil
}

// State is where a round of a question stands.
type State string

// The states of a round.
const (
	Draft  State = "draft" // never opened in this round
	Open   State = "open"
	Closed State = "closed"
)

// Status is what happens to a question, as it is told.
type Status struct {
	State  State `json:"state"`
	Round  int   `json:"round"`          // from 1
	Opened int64 `json:"opened"`         // Unix milliseconds; 0: not yet
	Closes int64 `json:"closes"`         // when it will close, or has closed; 0: no timer
	Shown  bool  `json:"shown"`          // the audience sees the results
	Held   int   `json:"held,omitempty"` // how many people have voted, when those are too few for results
	Lost   bool  `json:"lost,omitempty"` // the secret is, and with it what was sealed under it
}

// card is a question in the deck with all that happened to it.
type card struct {
	Question
	Status
	told  bool   // it was presented at some time
	voted bool   // somebody has voted on it, in whatever round
	seen  bool   // the audience has seen results of this round
	since uint64 // the seq since which it is on the screens as it is
	box   *box
	quiz  sitting

	// Of a secret question:
	aliases roll           // its voters
	guests  int            // how many of them have their numbers for good
	slips   map[int]string // by voter
	steps   *steps         // what is told; nil: all
}

func newCard(q Question) *card {
	c := &card{Question: q, Status: Status{State: Draft, Round: 1}, box: newBox(q)}
	c.veil(q)
	return c
}

// asked tells whether it was opened, in whatever round.
func (c *card) asked() bool { return c.State != Draft || c.Round > 1 }

// over tells whether the time of a question has run out. The timer decides, also
// when nobody has closed the question yet.
func (c *card) over(at int64) bool { return c.Closes > 0 && at >= c.Closes }

// rewrite puts other words on the card.
func (c *card) rewrite(q Question) {
	if !c.asks(q) {
		c.empty(q)
	}
	truth, key := c.Truth, c.Key // come with events of their own
	c.Question = q
	c.Truth, c.Key = truth, key
}

// begin starts a round.
func (c *card) begin(round int) {
	c.Status = Status{State: Draft, Round: round}
	c.seen = false
	c.empty(c.Question)
}

// empty takes all ballots away.
func (c *card) empty(q Question) {
	before := c.box
	c.box = newBox(q)
	c.box.keep(before)
	c.veil(q)
}

// veil prepares a secret question for its first ballot.
func (c *card) veil(q Question) {
	c.aliases, c.guests, c.slips, c.steps = newRoll(), 0, nil, nil
	if q.veiled() {
		c.slips, c.steps = map[int]string{}, newSteps(q)
		c.steps.box.keep(c.box)
	}
}

// people is how many have voted.
func (c *card) people() int { return max(c.box.people, c.Held) }

// show lets the audience see results, or not.
func (c *card) show(shown bool) {
	c.Shown = shown
	c.seen = c.seen || shown
}

// Results are what the ballots of a round add up to.
type Results struct {
	People int             `json:"people"` // who voted
	Counts json.RawMessage `json:"counts"` // by option or step; of a ranking, who put it first; of points, who gave it some
	// Points of a ranking: how many others an option was put above, over all
	// ballots. Points that people gave out: how many it got.
	Points json.RawMessage `json:"points,omitempty"`
	// Counted is how many people's ballots these are, if not those of all.
	Counted *int `json:"counted,omitempty"`
	// Answers of a special form; never in events.
	Answers *Answers `json:"answers,omitempty"`
}

// results are what events tell.
func (c *card) results() *Results {
	return &Results{People: c.people(), Counts: c.counts(), Points: c.points(), Counted: c.counted()}
}

// final are the results of all ballots, at the close.
func (c *card) final() *Results {
	all := *c
	all.steps = nil
	return all.results()
}

// resultsFor are what views tell.
func (c *card) resultsFor(host bool) *Results {
	r := c.results()
	r.Answers = c.answers(host)
	return r
}

// counted is nil if the results are of all.
func (c *card) counted() *int {
	if n := c.outward().people; c.steps != nil || n != c.people() {
		return &n
	}
	return nil
}

func (c *card) counts() json.RawMessage { return c.bySlot(c.outward().counts) }

// points are nil where there are none.
func (c *card) points() json.RawMessage {
	if c.box.points == nil {
		return nil
	}
	return c.bySlot(c.outward().points)
}

// bySlot is a tally as an object, in the order of the options. Ids need no escapes.
func (c *card) bySlot(tally []int) json.RawMessage {
	out := []byte{'{'}
	for slot, n := range tally {
		if slot > 0 {
			out = append(out, ',')
		}
		out = append(out, '"')
		out = append(out, c.slotName(slot)...)
		out = append(out, `":`...)
		out = strconv.AppendInt(out, int64(n), 10)
	}
	return append(out, '}')
}
