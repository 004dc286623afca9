// Package polls is voting: a deck of questions that a host presents one after
// the other, ballots that are the only truth, and tallies that can be counted
// again from them at any time.
package polls

import (
	"encoding/json"
	"slices"

	"plenum/rooms"
)

// Kind is the poll, as the room knows it.
var Kind = rooms.Kind{
	Name:   "poll",
	Format: 7, // 2: rankings; 3: words, walls, estimates, points; 4: quizzes; 5: secret questions; 6: dates and grids; 7: voting codes, teams, axes and pins
	Commands: map[string]rooms.Needs{
		"write":    forHosts,
		"import":   forHosts,
		"drop":     forHosts,
		"move":     forHosts,
		"present":  forHosts,
		"open":     forHosts,
		"extend":   forHosts,
		"close":    forHosts,
		"reveal":   forHosts,
		"hide":     forHosts,
		"again":    forHosts,
		"approve":  forHosts,
		"withhold": forHosts,
		"rules":    forHosts,
		"allow":    forHosts,
		"rank":     forHosts,
		"teams":    forHosts,
		"shuffle":  forHosts,
		"team":     {Role: rooms.Participant, Class: rooms.Vote, Unnumbered: true},
		"strength": forHosts,
		"issue":    forHosts,
		"cancel":   forHosts,
		"redeem":   {Role: rooms.Participant, Class: rooms.Vote, Unnumbered: true, Guess: true},
		"vote":     {Role: rooms.Participant, Class: rooms.Vote, Unnumbered: true},
		"wake":     {Role: rooms.TheRoom, Class: rooms.Run},
		"lost":     {Role: rooms.TheRoom, Class: rooms.Run},
	},
	Reads: map[string]rooms.Read{
		"recount": {Least: rooms.Host, Sees: rooms.Nobody, Do: recount},
		"export":  {Least: rooms.Host, Sees: rooms.Nobody, Do: export},
		// All that was asked: for spreadsheets, and to be printed.
		"table":  {Least: rooms.Host, Sees: rooms.Nobody, Do: table},
		"report": {Least: rooms.Host, Sees: rooms.Nobody, Do: report},
		// By several methods: what is shown to everybody, and what is not yet.
		"results": {Least: rooms.Viewer, Sees: rooms.Nobody, Do: byMethod.read(true)},
		"preview": {Least: rooms.Host, Sees: rooms.Nobody, Do: byMethod.read(false)},
		// Who stands on the leader board, by name; and what everybody got for what.
		"leaders": {Least: rooms.Viewer, Do: leaders},
		"sheet":   {Least: rooms.Host, Sees: rooms.Nobody, Do: sheet},
		// All texts, page by page: what is shown to everybody, and what is not.
		"answers": {Least: rooms.Viewer, Sees: rooms.Nobody, Do: pages(true)},
		"review":  {Least: rooms.Host, Sees: rooms.Nobody, Do: pages(false)},
		// Who answered what to dates and in grids, by name or guest's number.
		"people": {Least: rooms.Host, Sees: rooms.Nobody, Do: people},
		// Of an anonymous round: by what its voters find that theirs were counted.
		"slips": {Least: rooms.Viewer, Sees: rooms.Nobody, Do: slips},
	},
	Files:   map[string]rooms.FromFile{"import": fromFile},
	New:     open,
	Papers:  papers,
	Plain:   plainly,
	Reveals: reveals,
	Rows:    rows,
	Tells:   tells,
}

// byMethod is a cache, and no state: without it every answer would be the same.
var byMethod = &shelf{polls: map[string]*kept{}}

var forHosts = rooms.Needs{Role: rooms.Host, Class: rooms.Run}

// Poll is the state of one poll. Only events change it.
type Poll struct {
	deck     deck
	stage    stage
	voters   roll
	rules    Rules
	more     map[string]int // how much time who has, in percent; noLimit: without end
	scores   scores
	squads   squads
	strength Strength
	codes    codes
	within   string // the activity that it was made to be shown in; "": none
}

// stage is what everybody sees now: a question and where it stood in the deck
// when it was presented. What hosts do to the deck later does not show.
type stage struct {
	Question string `json:"question"` // "": none
	Position int    `json:"position"` // from 1
	Of       int    `json:"of"`
	Ranks    Ranks  `json:"ranks,omitempty"` // what stands there of the leader board
}

// mostShownIn is how long the id of an activity can be.
const mostShownIn = 64

// settings are a deck without ballots.
type settings struct {
	Questions []Question `json:"questions"`
	Rules     Rules      `json:"rules,omitzero"`
	Strength  Strength   `json:"strength,omitempty"`
	Teams     *Teams     `json:"teams,omitempty"`
	ShownIn   string     `json:"shownIn,omitempty"` // a document in which its questions stand
}

func (s settings) has(id string) bool {
	return slices.ContainsFunc(s.Questions, func(q Question) bool { return q.ID == id })
}

// open makes a poll with the questions of its settings, if there are any. Ids
// that are missing are made from the place.
func open(with json.RawMessage) (rooms.Activity, error) {
	p := &Poll{voters: newRoll()}
	var s settings
	if len(with) > 0 {
		if err := json.Unmarshal(with, &s); err != nil {
			return nil, rooms.ErrMalformed
		}
	}
	if len(s.Questions) > MaxQuestions {
		return nil, ErrQuestions
	}
	if len(s.ShownIn) > mostShownIn {
		return nil, rooms.ErrMalformed
	}
	if err := s.Rules.check(); err != nil {
		return nil, err
	}
	if !s.Strength.known() {
		return nil, rooms.ErrMalformed
	}
	if s.Teams != nil {
		teams, err := s.Teams.checked()
		if err != nil {
			return nil, err
		}
		p.squads.Teams, p.squads.ever = teams, teams.there()
		p.squads.sized()
	}
	p.rules, p.strength, p.within = s.Rules, s.Strength, s.ShownIn
	for i, q := range s.Questions {
		q, err := q.checked()
		if err != nil {
			return nil, err
		}
		if q.ID == "" {
			q.ID = unused("q", s.has)
		}
		if p.deck.has(q.ID) || !q.named(func() string { return unused("o", q.has) }) {
			return nil, rooms.ErrMalformed
		}
		s.Questions[i].ID = q.ID
		p.deck = append(p.deck, newCard(q))
	}
	return p, nil
}

// Copy gives settings with the same questions, nothing of which was asked yet.
func (p *Poll) Copy() (json.RawMessage, error) {
	s := settings{Questions: make([]Question, len(p.deck)), Rules: p.rules, Strength: p.strength}
	if p.squads.there() {
		teams := p.squads.Teams
		s.Teams = &teams
	}
	for i, c := range p.deck {
		s.Questions[i] = c.Question
	}
	return json.Marshal(s)
}

// ShownIn is the document that it was made for.
func (p *Poll) ShownIn() string { return p.within }

// Wake is when the next open question runs out of time.
func (p *Poll) Wake() int64 {
	var at int64
	for _, c := range p.deck {
		if end := p.ends(c); c.State == Open && end > 0 && (at == 0 || end < at) {
			at = end
		}
	}
	return at
}
