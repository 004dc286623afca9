package polls

import (
	"context"
	"encoding/json"

	"plenum/rooms"
)

// Leaders are the leader board with the names that people have now.
type Leaders struct {
	Rows []Leader `json:"rows"`
}

// Leader is a row of it.
type Leader struct {
	Row
	Name string `json:"name"` // "" if nobody has the id any more
}

// leaders is the named read of who stands on the leader board that is shown.
func leaders(ctx context.Context, r rooms.Reading) (any, error) {
	raw, err := r.View(ctx)
	if err != nil {
		return nil, err
	}
	var seen struct{ Quiz *Game }
	if err := json.Unmarshal(raw, &seen); err != nil {
		return nil, err
	}
	told := Leaders{Rows: []Leader{}}
	if seen.Quiz == nil || seen.Quiz.Board == nil {
		return told, nil
	}
	var ids []string
	for _, row := range seen.Quiz.Board.Rows {
		ids = append(ids, row.Member)
	}
	names, err := namesOf(ctx, r, ids)
	if err != nil {
		return nil, err
	}
	for _, row := range seen.Quiz.Board.Rows {
		told.Rows = append(told.Rows, Leader{row, names[row.Member]})
	}
	return told, nil
}

func namesOf(ctx context.Context, r rooms.Reading, ids []string) (map[string]string, error) {
	people, err := r.People(ctx, ids)
	if err != nil {
		return nil, err
	}
	names := map[string]string{}
	for _, m := range people {
		names[m.ID] = m.Name
	}
	return names, nil
}

// Sheet is the whole quiz: what everybody got for every question.
type Sheet struct {
	Questions []SheetQuestion `json:"questions"` // those that count, in the order of the deck
	People    []SheetRow      `json:"people"`    // by rank
}

// SheetQuestion is a question that counts.
type SheetQuestion struct {
	Question string `json:"question"`
	Prompt   string `json:"prompt"`
	Round    int    `json:"round"`
	Worth    int    `json:"worth"`
}

// SheetRow is what somebody got, by question; nil for one they did not answer.
type SheetRow struct {
	Leader
	Team  string  `json:"team,omitempty"`
	Gains []*Gain `json:"gains"`
}

// sheet is the named read of the whole quiz, made anew from the log.
func sheet(ctx context.Context, r rooms.Reading) (any, error) {
	p, err := replayed(ctx, r, nil)
	if err != nil {
		return nil, err
	}
	told := Sheet{Questions: []SheetQuestion{}, People: []SheetRow{}}
	var scored []*card
	for _, c := range p.deck {
		if c.quiz.round > 0 {
			scored = append(scored, c)
			told.Questions = append(told.Questions, SheetQuestion{c.ID, c.Prompt, c.quiz.round, c.Worth})
		}
	}
	names, err := namesOf(ctx, r, p.voters.names)
	if err != nil {
		return nil, err
	}
	for _, voter := range p.scores.order {
		member := p.voters.names[voter]
		row := SheetRow{Leader: Leader{Row{member, p.scores.total[voter], p.scores.rank[voter], p.scores.was[voter]}, names[member]}}
		if team := p.squads.at(voter); team > 0 {
			row.Team = p.squads.Teams.Teams[team-1].Name
		}
		for _, c := range scored {
			row.Gains = append(row.Gains, p.sheetGain(voter, c))
		}
		told.People = append(told.People, row)
	}
	return told, nil
}

func (p *Poll) sheetGain(voter int, c *card) *Gain {
	b := c.box.at(voter)
	switch {
	case c.scored() && b.counts():
		return p.gainOf(p.voters.names[voter], c)
	case voter < len(c.quiz.gains) && c.quiz.gains[voter] != (gain{}): // of the round before
		return &Gain{Points: c.quiz.gains[voter].points, Bonus: c.quiz.gains[voter].bonus}
	}
	return nil
}

// replayed is the poll as its log tells it. Ballots that are sealed, or were, are
// not in it; those of closed questions stand in the log once more. It calls
// before, if that is not nil, before each event.
func replayed(ctx context.Context, r rooms.Reading, before func(*Poll, rooms.Event)) (*Poll, error) {
	if !toNobody.Sees(r.Reader) {
		return nil, errCannot
	}
	settings, err := r.Settings(ctx)
	if err != nil {
		return nil, err
	}
	made, err := open(settings)
	if err != nil {
		return nil, err
	}
	p := made.(*Poll)
	err = eachEvent(ctx, r, 0, func(e rooms.Event) error {
		if e.Blank() || isSealed(e) {
			return nil
		}
		if before != nil {
			before(p, e)
		}
		return p.apply(e)
	})
	return p, err
}

// isSealed tells whether an event is a ballot that nobody can read.
func isSealed(e rooms.Event) bool {
	var v voted
	return e.Did == "voted" && e.By == "" && (json.Unmarshal(e.With, &v) != nil || v.Question == "")
}
