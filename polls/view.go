package polls

import "plenum/rooms"

// Public is a question as everybody sees it while it is presented.
type Public struct {
	Question
	Status
	People  int      `json:"people"`
	Results *Results `json:"results,omitempty"` // only if shown
}

// HostView is a poll for those who run it: the whole deck, and what is presented.
type HostView struct {
	Present   string         `json:"present"` // "": nothing
	Questions []HostQuestion `json:"questions"`
	Quiz      *Game          `json:"quiz,omitempty"`
	Strength  Strength       `json:"strength,omitempty"`
	Codes     *Codes         `json:"codes,omitempty"` // if there are any
}

// HostQuestion is a question of the deck with its tally, shown or not.
type HostQuestion struct {
	Question
	Status
	Results
}

// AudienceView is a poll for everybody else: what is presented.
type AudienceView struct {
	Present  string  `json:"present"`  // "": nothing
	Position int     `json:"position"` // in the deck, from 1, when it was presented
	Of       int     `json:"of"`
	Question *Public `json:"question"`
	Quiz     *Game   `json:"quiz,omitempty"`
	// Strength is who may vote.
	Strength Strength `json:"strength,omitempty"`
}

// View is the deck for hosts, and the presented question for everybody else.
func (p *Poll) View(m rooms.Member) any {
	if m.Role < rooms.Host {
		return p.audienceView()
	}
	v := HostView{Present: p.stage.Question, Questions: make([]HostQuestion, len(p.deck)), Quiz: p.game(true), Strength: p.strength, Codes: p.codes.told()}
	for i, c := range p.deck {
		v.Questions[i] = HostQuestion{c.Question, c.Status, *c.resultsFor(true)}
	}
	return v
}

func (p *Poll) audienceView() AudienceView {
	c, _ := p.deck.find(p.stage.Question)
	if c == nil {
		return AudienceView{Quiz: p.game(false), Strength: p.strength}
	}
	told := p.stage.told(c)
	if c.Shown {
		told.Question.Results.Answers = c.answers(false)
	}
	return AudienceView{Present: c.ID, Position: told.Position, Of: told.Of, Question: told.Question, Quiz: p.game(false), Strength: p.strength}
}

// told is what is told when a card is put on the stage.
func (s stage) told(c *card) presented {
	return presented{Question: c.public(), Position: s.Position, Of: s.Of}
}

func (c *card) public() *Public {
	told := &Public{Question: c.Question.public(), Status: c.Status, People: c.people()}
	if c.Shown {
		told.Results = c.results()
		if c.State == Closed {
			told.Key = c.Key
		}
	}
	return told
}

// Mine is a member's own part: the ballots of the present rounds.
type Mine struct {
	Ballots map[string]Ballot `json:"ballots"`         // by question
	Score   *Score            `json:"score,omitempty"` // in the quiz
	More    int               `json:"more,omitempty"`  // the member's time in percent, if it is more; -1: without end
	Right   bool              `json:"right,omitempty"` // the member has used a code
	Team    int               `json:"team,omitempty"`  // the member's team, from 1
	Side    *TeamRow          `json:"side,omitempty"`  // how it stands
}

// Ballot is a ballot as its voter has it. With empty options it is
// withdrawn; a newer one needs a higher turn all the same.
type Ballot struct {
	Round   int                 `json:"round"`
	Turn    uint64              `json:"turn"`
	Options *[]string           `json:"options,omitempty"` // of a ranking, the best first
	Score   *int                `json:"score,omitempty"`
	Texts   *[]string           `json:"texts,omitempty"`
	Number  *float64            `json:"number,omitempty"`
	Points  map[string]int      `json:"points,omitempty"` // of options that got some
	Rows    map[string][]string `json:"rows,omitempty"`   // of a grid, those that were answered
	Places  map[string][]int    `json:"places,omitempty"` // between axes, x and y of items that were placed
	Pins    [][]int             `json:"pins,omitempty"`
	Gain    *Gain               `json:"gain,omitempty"` // in the quiz, as soon as it is told
}

// Mine is what was counted for a member by name.
func (p *Poll) Mine(m rooms.Member) any {
	return p.MineUnder(m, func(string) string { return "" })
}

// words are a ballot in words.
func (c *card) words(b ballot) voted {
	v := voted{Question: c.ID, Round: c.Round, Turn: b.turn}
	if b.mark != (mark{}) {
		v.Mark = &b.mark
	}
	if b.content != nil {
		c.say(&v, b.content)
		return v
	}
	options := []string{}
	if c.Kind == Ranking {
		for _, slot := range b.picks.ranked() {
			options = append(options, c.slotName(slot))
		}
		v.Options = &options
		return v
	}
	b.picks.each(func(slot int) {
		if c.Kind == Rating {
			score := c.From + slot
			v.Score = &score
			return
		}
		options = append(options, c.slotName(slot))
	})
	if v.Score == nil {
		v.Options = &options
	}
	return v
}
