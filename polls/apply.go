package polls

import (
	"encoding/json"
	"fmt"
	"slices"

	"plenum/rooms"
)

// Apply places what has happened. Events that were forgotten are blank, and
// skipped. It panics at an event that no version of this kind has written.
func (p *Poll) Apply(e rooms.Event) {
	if e.Blank() {
		return
	}
	if err := p.apply(e); err != nil {
		panic(fmt.Errorf("polls: event %d did %q: %w", e.Seq, e.Did, err))
	}
}

// change is any event but "wrote", as far as it changes the state.
type change struct {
	Question json.RawMessage `json:"question"`
	Place    int             `json:"place"`
	Position int             `json:"position"`
	Of       int             `json:"of"`
	Round    int             `json:"round"`
	Opened   int64           `json:"opened"`
	Closes   int64           `json:"closes"`
	Shown    bool            `json:"shown"`
	Answer   string          `json:"answer"`
	Held     int             `json:"held"`
	Truth    *float64        `json:"truth"`
	Key      *Key            `json:"key"`
	Bonus    int             `json:"bonus"`
}

func (p *Poll) apply(e rooms.Event) error {
	switch e.Did {
	case "voted":
		return p.applyVoted(e)
	case "wrote":
		return p.applyWrote(e)
	case "counted":
		return p.applyCounted(e)
	case "nothing":
		return nil
	case "ruled", "allowed", "ranked":
		return p.applyQuiz(e)
	case "strength", "coded", "issued", "redeemed", "cancelled":
		return p.applyCodes(e)
	case "teams", "teamed", "dealt":
		return p.applyTeams(e)
	case "shuffled":
		return nil
	}
	var to change
	if err := json.Unmarshal(e.With, &to); err != nil {
		return err
	}
	if e.Did == "presented" {
		return p.applyPresented(e.Seq, to)
	}
	var id string
	if err := json.Unmarshal(to.Question, &id); err != nil {
		return err
	}
	c, place := p.deck.find(id)
	if c == nil {
		return fmt.Errorf("there is no question %q", id)
	}
	switch e.Did {
	case "dropped":
		p.deck = slices.Delete(p.deck, place, place+1)
	case "moved":
		p.deck = slices.Insert(slices.Delete(p.deck, place, place+1), min(to.Place, len(p.deck)-1), c)
	case "approved", "withheld":
		return c.mark(to.Answer, Mark(e.Did))
	case "truth":
		c.Truth = to.Truth
	case "keyed":
		c.Key = to.Key
	case "scored":
		p.score(c, to)
	case "voided":
		p.void(c)
	default:
		c.since = e.Seq
		if err := c.apply(e.Did, to); err != nil {
			return err
		}
		if e.Did == "opened" {
			c.quiz.limit = 0
			if p.rules.Speed {
				c.quiz.limit = max(0, to.Closes-to.Opened)
			}
		}
	}
	return nil
}

// apply changes the status of one question.
func (c *card) apply(did string, to change) error {
	switch did {
	case "opened":
		if c.veiled() && c.State == Closed {
			c.reopen()
		}
		c.State, c.Opened, c.Closes = Open, to.Opened, to.Closes
		c.show(to.Shown)
	case "extended":
		c.Closes = to.Closes
	case "closed":
		c.State, c.Closes, c.Held, c.steps = Closed, to.Closes, to.Held, nil
		c.show(to.Shown)
	case "lost":
		c.Lost = true
	case "revealed":
		c.show(true)
	case "hidden":
		c.show(false)
	case "again":
		c.begin(to.Round)
	default:
		return fmt.Errorf("nobody knows what that is")
	}
	return nil
}

func (p *Poll) applyPresented(seq uint64, to change) error {
	var question *struct {
		ID string `json:"id"`
	}
	if err := json.Unmarshal(to.Question, &question); err != nil {
		return err
	}
	p.stage = stage{}
	if question == nil {
		return nil
	}
	c, _ := p.deck.find(question.ID)
	if c == nil {
		return fmt.Errorf("there is no question %q", question.ID)
	}
	c.told, c.since = true, seq
	p.stage = stage{Question: c.ID, Position: to.Position, Of: to.Of} // the leader board goes
	return nil
}

func (p *Poll) applyWrote(e rooms.Event) error {
	var with wrote
	if err := json.Unmarshal(e.With, &with); err != nil {
		return err
	}
	if c, _ := p.deck.find(with.Question.ID); c != nil {
		c.rewrite(with.Question)
		return nil
	}
	p.deck = append(p.deck, newCard(with.Question))
	return nil
}

// applyVoted puts a ballot into its box. Ballots are not judged again.
func (p *Poll) applyVoted(e rooms.Event) error {
	var with voted
	if err := json.Unmarshal(e.With, &with); err != nil {
		return err
	}
	c, _ := p.deck.find(with.Question)
	if c == nil || c.Round != with.Round {
		return fmt.Errorf("there is no round %d of the question %q", with.Round, with.Question)
	}
	name := e.By
	if c.veiled() {
		name = with.Alias
	}
	voter := p.roll(c).enrol(name)
	now, err := c.cast(with, c.box.at(voter).content)
	if err != nil {
		return err
	}
	c.box.put(voter, now)
	c.voted = c.voted || now.counts()
	if c.veiled() {
		c.noteSlip(voter, with)
		c.move(voter)
	}
	return nil
}
