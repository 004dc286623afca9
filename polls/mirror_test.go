package polls

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
)

// mirror is a client's copy of a poll, as the front end keeps it: a host's, if
// it was opened with a deck, else the audience's.
type mirror struct {
	host     bool
	deck     HostView
	audience AudienceView
	digests  map[string]Digest
	codes    *Codes // as a digest has told them
}

func (m *mirror) Open(view json.RawMessage) error {
	var kind struct{ Questions *json.RawMessage }
	decode(view, &kind)
	*m = mirror{host: kind.Questions != nil, digests: map[string]Digest{}}
	if m.host {
		return json.Unmarshal(view, &m.deck)
	}
	return json.Unmarshal(view, &m.audience)
}

// heard is any event on the wire.
type heard struct {
	Did  string
	With struct {
		Question json.RawMessage
		Place    int
		Position int
		Of       int
		Round    int
		Opened   int64
		Closes   int64
		People   *int
		Shown    bool
		Held     int
		Results  *Results
		Truth    *float64
		Key      *Key
		Board    *Board
		Member   string
		Strength Strength
		Made     int
		ToldTeams
		More int
		Rules
	}
}

func (m *mirror) Apply(raw json.RawMessage) error {
	var e heard
	if err := json.Unmarshal(raw, &e); err != nil {
		return err
	}
	if !m.host {
		return m.applyAudience(e)
	}
	return m.applyHost(e)
}

func (m *mirror) applyAudience(e heard) error {
	switch e.Did {
	case "ruled", "ranked", "teams":
		m.audience.Quiz = e.game(m.audience.Quiz)
		return nil
	case "allowed", "scored", "voided", "redeemed", "teamed", "shuffled":
		return nil
	case "strength":
		m.audience.Strength = e.With.Strength
		return nil
	case "presented":
		m.audience = AudienceView{Position: e.With.Position, Of: e.With.Of, Quiz: e.game(m.audience.Quiz), Strength: m.audience.Strength}
		if err := json.Unmarshal(e.With.Question, &m.audience.Question); err != nil {
			return err
		}
		if m.audience.Question != nil {
			m.audience.Present = m.audience.Question.ID
			delete(m.digests, m.audience.Present) // older than this
		}
		return nil
	case "moved", "approved", "withheld", "keyed":
		return fmt.Errorf("the audience was told of %q", e.Did)
	case "wrote":
		return m.rewrite(e.With.Question)
	case "dropped", "truth":
		return nil
	}
	q := m.audience.Question
	if q == nil || string(encode(q.ID)) != string(e.With.Question) {
		return fmt.Errorf("the audience was told of %q for %s", e.Did, e.With.Question)
	}
	e.change(&q.Status)
	if e.Did == "hidden" || e.Did == "again" || e.Did == "opened" || e.Did == "revealed" {
		q.Key = e.With.Key
	}
	switch {
	case e.With.Results != nil:
		q.Results, q.People = e.With.Results, e.With.Results.People
		delete(m.digests, q.ID)
	case e.With.People != nil:
		q.People = *e.With.People
		delete(m.digests, q.ID)
	case e.Did == "again":
		q.People = 0
	}
	if !q.Shown {
		q.Results = nil
	}
	return nil
}

// rewrite puts other words to what is presented.
func (m *mirror) rewrite(raw json.RawMessage) error {
	var q Question
	if err := json.Unmarshal(raw, &q); err != nil {
		return err
	}
	if m.audience.Present != q.ID {
		return fmt.Errorf("the audience was told of the words of %q", q.ID)
	}
	q.Key = m.audience.Question.Key
	m.audience.Question.Question = q
	return nil
}

// game is the quiz after an event about it.
func (e heard) game(before *Game) *Game {
	var g Game
	if before != nil {
		g = *before
	}
	switch e.Did {
	case "ruled":
		g.Rules = e.With.Rules
	case "ranked", "presented":
		g.Board = e.With.Board
	case "teams":
		told := e.With.ToldTeams
		if g.Teams = &told; !told.there() {
			g.Teams = nil
		}
	case "allowed":
		g.More = maps.Clone(g.More)
		if g.More == nil {
			g.More = map[string]int{}
		}
		if g.More[e.With.Member] = e.With.More; e.With.More == 0 {
			delete(g.More, e.With.Member)
		}
	}
	if g.Rules == (Rules{}) && g.Board == nil && len(g.More) == 0 && g.Teams == nil {
		return nil
	}
	return &g
}

// change is what an event does to a status.
func (e heard) change(s *Status) {
	switch e.Did {
	case "opened":
		s.State, s.Opened, s.Closes, s.Shown = Open, e.With.Opened, e.With.Closes, e.With.Shown
	case "extended":
		s.Closes = e.With.Closes
	case "closed":
		s.State, s.Closes, s.Shown, s.Held = Closed, e.With.Closes, e.With.Shown, e.With.Held
	case "lost":
		s.Lost = true
	case "revealed":
		s.Shown = true
	case "hidden":
		s.Shown = false
	case "again":
		*s = Status{State: Draft, Round: e.With.Round}
	}
}

func (m *mirror) applyHost(e heard) error {
	switch e.Did {
	case "ruled", "ranked", "allowed", "presented", "teams":
		m.deck.Quiz = e.game(m.deck.Quiz)
	}
	switch e.Did {
	case "ruled", "ranked", "allowed", "scored", "voided", "redeemed", "teams", "teamed", "shuffled":
		return nil
	case "strength":
		m.deck.Strength = e.With.Strength
		return nil
	case "issued", "cancelled":
		next := Codes{Made: e.With.Made}
		if m.deck.Codes != nil {
			next.Used = m.deck.Codes.Used
		}
		if m.codes != nil {
			next.Used = m.codes.Used
		}
		m.deck.Codes, m.codes = &next, nil
		return nil
	}
	if e.Did == "presented" {
		var q *Public
		err := json.Unmarshal(e.With.Question, &q)
		if m.deck.Present = ""; q != nil {
			m.deck.Present = q.ID
		}
		return err
	}
	if e.Did == "wrote" {
		return m.write(e.With.Question)
	}
	i := slices.IndexFunc(m.deck.Questions, func(q HostQuestion) bool { return string(encode(q.ID)) == string(e.With.Question) })
	if i < 0 {
		return fmt.Errorf("there is no %s", e.With.Question)
	}
	q := m.deck.Questions[i]
	switch e.Did {
	case "approved", "withheld":
		return nil // the digest tells
	case "dropped":
		m.deck.Questions = slices.Delete(m.deck.Questions, i, i+1)
		return nil
	case "moved":
		m.deck.Questions = slices.Insert(slices.Delete(m.deck.Questions, i, i+1), e.With.Place, q)
		return nil
	case "again":
		q.Results = zero(q.Question)
		delete(m.digests, q.ID)
	}
	if e.With.Results != nil {
		q.Results = *e.With.Results
		delete(m.digests, q.ID)
	}
	e.change(&q.Status)
	if e.Did == "truth" {
		q.Truth = e.With.Truth
	}
	if e.Did == "keyed" {
		q.Key = e.With.Key
	}
	m.deck.Questions[i] = q
	return nil
}

func (m *mirror) write(raw json.RawMessage) error {
	var q Question
	if err := json.Unmarshal(raw, &q); err != nil {
		return err
	}
	for i, old := range m.deck.Questions {
		if old.ID == q.ID {
			if !old.asks(q) {
				m.deck.Questions[i].Results = zero(q)
			}
			q.Truth, q.Key = old.Truth, old.Key
			m.deck.Questions[i].Question = q
			return nil
		}
	}
	m.deck.Questions = append(m.deck.Questions, HostQuestion{q, Status{State: Draft, Round: 1}, zero(q)})
	return nil
}

func zero(q Question) Results { return *newCard(q).resultsFor(true) }

// Digest keeps the newest with its key until something newer is told.
func (m *mirror) Digest(key string, with json.RawMessage) error {
	if key == teamsKey {
		quiz := m.audience.Quiz
		if m.host {
			quiz = m.deck.Quiz
		}
		if quiz == nil || quiz.Teams == nil {
			return nil
		}
		next, teams := *quiz, *quiz.Teams
		next.Teams, teams.Sizes = &teams, nil
		if err := json.Unmarshal(with, &teams); err != nil {
			return err
		}
		if m.host {
			m.deck.Quiz = &next
		} else {
			m.audience.Quiz = &next
		}
		return nil
	}
	if key == codesKey {
		return json.Unmarshal(with, &m.codes)
	}
	var d Digest
	if err := json.Unmarshal(with, &d); err != nil {
		return err
	}
	m.digests[key] = d
	return nil
}

func (m *mirror) View() any {
	if m.host {
		v := HostView{Present: m.deck.Present, Questions: slices.Clone(m.deck.Questions), Quiz: m.deck.Quiz, Strength: m.deck.Strength, Codes: m.deck.Codes}
		if m.codes != nil {
			v.Codes = m.codes
		}
		for i, q := range v.Questions {
			if d, ok := m.digests[q.ID]; ok && d.Round == q.Round {
				v.Questions[i].Results = Results{People: d.People, Counts: d.Counts, Points: d.Points, Counted: d.Counted, Answers: d.Answers}
			}
		}
		return v
	}
	v := m.audience
	if v.Question == nil {
		return v
	}
	q := *v.Question
	if d, ok := m.digests[q.ID]; ok && d.Round == q.Round {
		q.People = d.People
		if q.Shown && d.Counts != nil {
			q.Results = &Results{People: d.People, Counts: d.Counts, Points: d.Points, Counted: d.Counted, Answers: d.Answers}
		}
	}
	v.Question = &q
	return v
}
