package polls

import (
	"encoding/json"

	"plenum/rooms"
)

// Ranks is what stands of the leader board on the screens.
type Ranks string

// What can stand there.
const (
	NoRanks  Ranks = ""
	OnBoard  Ranks = "board"
	OnPodium Ranks = "podium"
)

// mostRows is how many people the leader board has.
const mostRows = 10

// Board is the leader board.
type Board struct {
	Show   Ranks `json:"show"`   // on the screens
	People int   `json:"people"` // who has a rank
	Rows   []Row `json:"rows"`   // the first ones
	// Teams by rank, if there are any.
	Teams []TeamRow `json:"teams,omitempty"`
}

// Row is somebody on the leader board.
type Row struct {
	Member string `json:"member"`
	Points int    `json:"points"`
	Rank   int    `json:"rank"`
	Was    int    `json:"was,omitempty"` // the rank before the last question; 0: none
}

// Score is how a member stands in the quiz.
type Score struct {
	Points int `json:"points"`
	Rank   int `json:"rank"`
	Of     int `json:"of"`     // how many have a rank
	Streak int `json:"streak"` // wholly right answers in a row
}

// Gain is what a member got for a question.
type Gain struct {
	Points int  `json:"points"`
	Bonus  int  `json:"bonus,omitempty"`
	Right  bool `json:"right"` // wholly
	Took   int  `json:"took"`  // milliseconds
}

// Game is what a view tells of the quiz that a poll is.
type Game struct {
	Rules Rules  `json:"rules"`
	Board *Board `json:"board,omitempty"` // while it is on the screens
	// More is for hosts: who has more time, in percent; -1: without end.
	More map[string]int `json:"more,omitempty"`
	// Teams, if there are any.
	Teams *ToldTeams `json:"teams,omitempty"`
}

type ranked struct {
	Board *Board `json:"board"` // nil: it goes
}

// decideRank puts the leader board on the screens, or takes it off.
func (p *Poll) decideRank(c rooms.Command) ([]rooms.Event, error) {
	var ask struct{ Show *Ranks }
	if err := json.Unmarshal(c.With, &ask); err != nil || ask.Show == nil || !ask.Show.known() {
		return nil, rooms.ErrMalformed
	}
	if *ask.Show == p.stage.Ranks {
		return nil, nil
	}
	if p.scores.people == 0 {
		return nil, ErrNoScore
	}
	return []rooms.Event{event("ranked", toAll, ranked{p.board(*ask.Show)})}, nil
}

func (r Ranks) known() bool { return r == NoRanks || r == OnBoard || r == OnPodium }

// board is the leader board; nil if none is shown.
func (p *Poll) board(show Ranks) *Board {
	s := &p.scores
	if s.people == 0 || show == NoRanks {
		return nil
	}
	b := &Board{Show: show, People: s.people, Teams: p.squads.rows}
	for _, voter := range s.order[:min(len(s.order), mostRows)] {
		b.Rows = append(b.Rows, Row{p.voters.names[voter], s.total[voter], s.rank[voter], s.was[voter]})
	}
	return b
}

// game is the quiz in a view; nil if the poll is none.
func (p *Poll) game(host bool) *Game {
	g := &Game{Rules: p.rules, Board: p.board(p.stage.Ranks), Teams: p.squads.told()}
	if host {
		g.More = p.more
	}
	if g.Rules == (Rules{}) && g.Board == nil && len(g.More) == 0 && g.Teams == nil {
		return nil
	}
	return g
}

// scoreOf is how a member stands; nil without a rank.
func (p *Poll) scoreOf(member string) *Score {
	voter, known := p.voters.numbers[member]
	s := &p.scores
	if !known || voter >= len(s.rank) || s.rank[voter] == 0 {
		return nil
	}
	return &Score{s.total[voter], s.rank[voter], s.people, s.streak[voter]}
}

// gainOf is what a member got for the present round of a question; nil before
// that is told.
func (p *Poll) gainOf(member string, c *card) *Gain {
	voter, known := p.voters.numbers[member]
	if !known || !c.scored() {
		return nil
	}
	of := c.box.at(voter).mark
	g := &Gain{Right: of.Right, Took: int(of.Took)}
	if voter < len(c.quiz.gains) {
		g.Points, g.Bonus = c.quiz.gains[voter].points, c.quiz.gains[voter].bonus
	}
	return g
}
