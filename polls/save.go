package polls

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
)

// saved is the checkpoint of format 1.
type saved struct {
	Stage  stage       `json:"stage"`
	Voters []string    `json:"voters"` // by number
	Deck   []savedCard `json:"deck"`
	savedQuiz
	savedCodes
	savedTeams
}

type savedCard struct {
	Question
	Status
	Told    bool     `json:"told"`
	Voted   bool     `json:"voted"`
	Seen    bool     `json:"seen"`
	Since   uint64   `json:"since,omitempty"`
	Ballots []byte   `json:"ballots"`           // see packed, and packedContents
	Out     []string `json:"out,omitempty"`     // words that were taken out
	Last    int      `json:"last,omitempty"`    // the last place on a wall
	Aliases []string `json:"aliases,omitempty"` // of a pseudonymous question, by guests' numbers
	pages   []*page
	savedSitting
}

var errCheckpoint = errors.New("it makes no sense")

// Save takes a snapshot: questions and names never change, so it shares them,
// and pages of ballots are copied only when they are written next.
// While there are sealed ballots, nothing is saved.
func (p *Poll) Save() func() ([]byte, error) {
	if p.deck.sealed() {
		return nil
	}
	snapshot := saved{Stage: p.stage, Voters: p.voters.names[:len(p.voters.names):len(p.voters.names)], Deck: make([]savedCard, len(p.deck)), savedQuiz: p.saveQuiz(), savedCodes: p.saveCodes(), savedTeams: p.saveTeams()}
	for i, c := range p.deck {
		snapshot.Deck[i] = savedCard{
			Question: c.Question, Status: c.Status, Told: c.told, Voted: c.voted, Seen: c.seen, Since: c.since, pages: c.box.snapshot(),
			savedSitting: c.quiz.saved(),
		}
		c.box.note(&snapshot.Deck[i])
		snapshot.Deck[i].Aliases = slices.Clip(c.aliases.names)
	}
	return func() ([]byte, error) {
		for i := range snapshot.Deck {
			c := &snapshot.Deck[i]
			var err error
			if c.Ballots, err = c.packed(); err != nil {
				return nil, err
			}
			if c.Key != nil {
				c.pack(c.pages)
			}
		}
		snapshot.savedCodes.pack()
		return json.Marshal(snapshot)
	}
}

// Load restores what Save has written. Tallies are not saved: they are counted
// from the ballots.
func (p *Poll) Load(state []byte) error {
	var from saved
	if err := json.Unmarshal(state, &from); err != nil {
		return fmt.Errorf("read the checkpoint of a poll: %w", err)
	}
	loaded := Poll{stage: from.Stage, voters: newRoll(), within: p.within}
	for _, name := range from.Voters {
		loaded.voters.enrol(name)
	}
	if len(loaded.voters.names) != len(from.Voters) || len(from.Deck) > MaxQuestions {
		return fmt.Errorf("load the checkpoint of a poll: %w", errCheckpoint)
	}
	for _, s := range from.Deck {
		c, err := s.card(len(from.Voters))
		if err != nil || loaded.deck.has(s.ID) {
			return fmt.Errorf("load the question %q: %w", s.ID, errors.Join(err, errCheckpoint))
		}
		loaded.deck = append(loaded.deck, c)
	}
	if err := loaded.loadQuiz(from.savedQuiz); err != nil {
		return fmt.Errorf("load the quiz of a poll: %w", err)
	}
	if err := loaded.loadTeams(from.savedTeams); err != nil {
		return fmt.Errorf("load the teams of a poll: %w", err)
	}
	if err := loaded.loadCodes(from.savedCodes); err != nil {
		return fmt.Errorf("load the codes of a poll: %w", err)
	}
	if s := from.Stage; s.Question != "" && !loaded.deck.has(s.Question) || !s.Ranks.known() {
		return fmt.Errorf("present the question %q: %w", s.Question, errCheckpoint)
	}
	*p = loaded
	return nil
}

func (s savedCard) card(voters int) (*card, error) {
	q, err := s.checked()
	if err != nil || !q.asks(s.Question) || !q.named(func() string { return "" }) {
		return nil, errors.Join(err, errCheckpoint)
	}
	if s.Round < 1 || s.State != Draft && s.State != Open && s.State != Closed {
		return nil, errCheckpoint
	}
	c := &card{Question: q, Status: s.Status, told: s.Told, voted: s.Voted, seen: s.Seen, since: s.Since, box: newBox(q)}
	names := voters
	if q.veiled() {
		if s.State == Open || s.Held < 0 || s.Held >= FewVotes {
			return nil, errCheckpoint
		}
		voters = math.MaxInt
		if q.Secrecy == Pseudonymous {
			voters = len(s.Aliases)
		}
	} else if s.Aliases != nil || s.Held != 0 || s.Lost {
		return nil, errCheckpoint
	}
	if err := c.fill(s, voters); err != nil {
		return nil, err
	}
	c.veil(q)
	if s.State == Closed {
		c.closeVeil(rollOf(s.Aliases))
	}
	return c, c.loadSitting(s.savedSitting, names)
}

// fill puts the ballots of a checkpoint into the box.
func (c *card) fill(s savedCard, voters int) error {
	if specialOf(c.Kind) != nil {
		return c.loadContents(s, voters)
	}
	return c.box.unpack(s.Ballots, c.wide(), voters)
}

// packed are ballots in the order of the voters' numbers: each its turn, in the
// variable length of encoding/binary, and if that is not 0, its picks in so
// many bytes.
func packed(pages []*page, wide int) []byte {
	var out []byte
	end := 0 // of the last ballot
	for _, held := range pages {
		for i := range pageSize {
			var b ballot
			if held != nil {
				b = held.ballots[i]
			}
			out = binary.AppendUvarint(out, b.turn)
			if b.turn == 0 {
				continue
			}
			for n := range wide {
				out = append(out, byte(b.picks[n/8]>>(n%8*8)))
			}
			end = len(out)
		}
	}
	return out[:end]
}

// wide is how many bytes hold what can be picked: a bit for every place of the
// tally, or the bits of a ranking.
func (q Question) wide() int {
	slots := q.slots()
	switch {
	case q.Kind != Ranking:
		return (slots + 7) / 8
	case slots > perWord:
		return 8 + ((slots-perWord)*rankBits+7)/8
	}
	return (slots*rankBits + 7) / 8
}

func (b *box) unpack(from []byte, wide, voters int) error {
	for voter := 0; len(from) > 0; voter++ {
		turn, n := binary.Uvarint(from)
		if n <= 0 || turn > MaxTurn || voter >= voters {
			return errCheckpoint
		}
		from = from[n:]
		if turn == 0 {
			continue
		}
		if len(from) < wide {
			return errCheckpoint
		}
		now := ballot{turn: turn}
		for n := range wide {
			now.picks[n/8] |= uint64(from[n]) << (n % 8 * 8)
		}
		if !b.fits(now.picks) {
			return errCheckpoint
		}
		from = from[wide:]
		b.put(voter, now)
	}
	return nil
}
