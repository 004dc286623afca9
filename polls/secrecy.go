package polls

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"

	"plenum/rooms"
)

// Secrecy is who can find out who has voted how.
type Secrecy string

// The secrecies of questions.
const (
	Named        Secrecy = ""             // ballots are kept with their voters
	Pseudonymous Secrecy = "pseudonymous" // hosts see each ballot, of "Guest 17"
	Anonymous    Secrecy = "anonymous"    // nobody can find out, after the close not even with the secret
)

// Veiling is how secret a question is. It is fixed when it is opened.
type Veiling struct {
	Secrecy Secrecy `json:"secrecy,omitempty"`
	// Few shows results of an anonymous question that fewer than FewVotes have
	// answered.
	Few bool `json:"few,omitempty"`
}

// FewVotes is from how many ballots on results of secret questions are told,
// and in what steps they move.
const FewVotes = 5

// Why a secret question is refused something.
var (
	ErrFew   = rooms.Refuse("few", "Fewer than five people have voted, so the results stay hidden.")
	ErrNames = rooms.Refuse("names", "A question of a quiz is answered with names.")
	ErrAgain = rooms.Refuse("once", "An anonymous question is not opened again. Ask it in a new round.")
)

func (v Veiling) veiled() bool { return v.Secrecy != Named }

// checked is the veiling without what means nothing; a quiz has none.
func (v Veiling) checked(quiz bool) (Veiling, error) {
	if quiz && v.Secrecy != Named && v.Secrecy != "named" {
		return v, ErrNames
	}
	switch v.Secrecy {
	case "named":
		return Veiling{}, nil
	case Named, Pseudonymous:
		return Veiling{Secrecy: v.Secrecy}, nil
	case Anonymous:
		return v, nil
	}
	return v, rooms.ErrMalformed
}

// scope names the secret of a round.
func (c *card) scope() string { return c.ID + "-" + strconv.Itoa(c.Round) }

// needsSecret tells whether ballots come, or can be asked for, under an alias.
func (c *card) needsSecret() bool {
	return c.veiled() && (c.State == Open || c.State == Closed && c.Secrecy == Pseudonymous && !c.Lost)
}

// Veil is the secret of a round for its ballots, and for what opens it.
func (p *Poll) Veil(c rooms.Command) (scope string, begins bool) {
	var of struct {
		Question string `json:"question"`
	}
	if c.Do != "vote" && c.Do != "open" || json.Unmarshal(c.With, &of) != nil {
		return "", false
	}
	q, _ := p.deck.find(of.Question)
	switch {
	case q == nil || !q.veiled():
	case c.Do == "open" && q.State == Draft:
		return q.scope(), true
	case c.Do == "vote" && q.needsSecret():
		return q.scope(), false
	}
	return "", false
}

// Veils are the rounds whose secrets are needed: those that are open, and of
// pseudonymous questions the last one, so that its voters still find their ballots.
func (p *Poll) Veils() []string {
	var all []string
	for _, c := range p.deck {
		if c.needsSecret() {
			all = append(all, c.scope())
		}
	}
	return all
}

// sealed tells whether there are ballots that must not be stored in the open.
func (d deck) sealed() bool {
	for _, c := range d {
		if c.veiled() && c.State == Open {
			return true
		}
	}
	return false
}

// decideLost closes a question whose secret is lost.
func (p *Poll) decideLost(c rooms.Command) ([]rooms.Event, error) {
	var of struct {
		Scope string `json:"scope"`
	}
	if err := json.Unmarshal(c.With, &of); err != nil {
		return nil, rooms.ErrMalformed
	}
	for _, q := range p.deck {
		if !q.needsSecret() || q.scope() != of.Scope {
			continue
		}
		events := []rooms.Event{event("lost", p.audience(q), about{q.ID})}
		if q.State == Open {
			events = append(events, p.closed(q, c.At)...)
		}
		return events, nil
	}
	return nil, nil
}

// voter is the name under which a command casts ballots on a question.
func (c *card) voter(of rooms.Command) string {
	if c.veiled() {
		return of.Alias
	}
	return of.From.ID
}

// roll is the voters of a question.
func (p *Poll) roll(c *card) *roll {
	if c.veiled() {
		return &c.aliases
	}
	return &p.voters
}

// castBy is a ballot as its event, sealed if it is secret.
func (c *card) castBy(name string, v voted) (rooms.Event, error) {
	if !c.veiled() {
		return event("voted", toNobody, v), nil
	}
	v.Alias = name
	e := rooms.Event{Did: "voted", To: toNobody}
	e.Veil, e.Pad = c.scope(), c.pad()
	var with bytes.Buffer
	plain := json.NewEncoder(&with)
	plain.SetEscapeHTML(false) // escapes would take more room than pad has
	if err := plain.Encode(v); err != nil {
		return e, fmt.Errorf("encode a ballot: %w", err)
	}
	if e.With = with.Bytes(); len(e.With) > e.Pad {
		return e, rooms.ErrTooBig
	}
	return e, nil
}

// isSlip tells whether a text can be what a voter knows a ballot by.
func isSlip(slip string) bool { return slip == "" || slipForm.MatchString(slip) }

var slipForm = regexp.MustCompile(`^[A-Za-z0-9_-]{16,22}$`)

// pad is how many bytes hold every ballot on a question, but for texts of
// characters that nobody needs.
func (q Question) pad() int {
	const head, id, unit = 240, 24, 3
	switch q.Kind {
	case Words:
		return head + q.Most*2*(id+unit*MaxWord)
	case Wall:
		return head + q.Most*(2*id+unit*MaxAnswer)
	case Dates, Grid:
		chosen := 1
		if q.Several {
			chosen = q.columns()
		}
		return head + len(q.Options)*id*(1+chosen)
	case Axes:
		return head + len(q.Options)*2*id
	case Pins:
		return head + q.Most*id
	}
	return head + id*max(q.Most, len(q.Options))
}

// MineUnder gives a member back what was counted for them, by name or alias.
func (p *Poll) MineUnder(m rooms.Member, alias func(scope string) string) any {
	mine := Mine{Ballots: map[string]Ballot{}, Score: p.scoreOf(m.ID), More: p.more[m.ID], Right: p.codes.has(m.ID), Team: p.teamOf(m.ID), Side: p.sideOf(m.ID)}
	for _, c := range p.deck {
		name := m.ID
		if c.veiled() {
			if name = ""; c.needsSecret() {
				name = alias(c.scope())
			}
		}
		if b := p.ballotOf(name, c); b.turn > 0 {
			v := c.words(b)
			mine.Ballots[c.ID] = Ballot{v.Round, v.Turn, v.Options, v.Score, textsOf(v.Answers), v.Number, v.Points, v.Rows, v.Places, v.Pins, p.gainOf(name, c)}
		}
	}
	return mine
}
