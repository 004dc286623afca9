package polls

import (
	"encoding/binary"
	"slices"
)

// savedQuiz is the quiz in a checkpoint.
type savedQuiz struct {
	Rules  Rules          `json:"rules,omitzero"`
	More   map[string]int `json:"more,omitempty"`
	Total  []int          `json:"total,omitempty"`
	Streak []int          `json:"streak,omitempty"`
	Rank   []int          `json:"rank,omitempty"`
	Was    []int          `json:"was,omitempty"`
}

// savedSitting is what it has of a question.
type savedSitting struct {
	Limit  int64  `json:"limit,omitempty"`
	Scored int    `json:"scored,omitempty"` // the round
	Gains  []int  `json:"gains,omitempty"`  // points and bonus of each voter
	Marks  []byte `json:"marks,omitempty"`  // see packedMarks
	gains  []gain
}

func (p *Poll) saveQuiz() savedQuiz {
	s := p.scores
	return savedQuiz{p.rules, p.more, s.total, s.streak, s.rank, s.was}
}

func (p *Poll) loadQuiz(from savedQuiz) error {
	n := len(from.Total)
	if n > len(p.voters.names) || len(from.Streak) != n || len(from.Rank) != n || len(from.Was) != n || from.Rules.check() != nil {
		return errCheckpoint
	}
	p.rules, p.more = from.Rules, from.More
	if n > 0 {
		p.scores = scores{total: from.Total, streak: from.Streak, rank: from.Rank, was: from.Was}
		p.scores.sort(p.voters.names)
	}
	return nil
}

func (s sitting) saved() savedSitting {
	return savedSitting{Limit: s.limit, Scored: s.round, gains: s.gains}
}

// pack encodes what a snapshot shares.
func (s *savedSitting) pack(pages []*page) {
	for _, g := range s.gains {
		s.Gains = append(s.Gains, g.points, g.bonus)
	}
	s.Marks = packedMarks(pages)
}

// packedMarks are the marks of ballots in the order of the voters' numbers: what
// they took, and twice their points, one more if they are right.
func packedMarks(pages []*page) []byte {
	var out []byte
	end := 0
	for _, held := range pages {
		for i := range pageSize {
			var m mark
			if held != nil {
				m = held.ballots[i].mark
			}
			points := 2 * uint64(m.Points)
			if m.Right {
				points++
			}
			out = binary.AppendUvarint(binary.AppendUvarint(out, uint64(m.Took)), points)
			if m != (mark{}) {
				end = len(out)
			}
		}
	}
	return out[:end]
}

func (c *card) loadSitting(from savedSitting, voters int) error {
	if from.Limit < 0 || from.Scored < 0 || from.Scored > c.Round || len(from.Gains)%2 != 0 || len(from.Gains) > 2*voters {
		return errCheckpoint
	}
	c.quiz = sitting{limit: from.Limit, round: from.Scored}
	for pair := range slices.Chunk(from.Gains, 2) {
		c.quiz.gains = append(c.quiz.gains, gain{pair[0], pair[1]})
	}
	marks := from.Marks
	for voter := 0; len(marks) > 0; voter++ {
		took, n := binary.Uvarint(marks)
		if n <= 0 || took > 1<<31 || voter >= voters {
			return errCheckpoint
		}
		marks = marks[n:]
		points, n := binary.Uvarint(marks)
		if n <= 0 || points > 2*MaxWorth+1 {
			return errCheckpoint
		}
		marks = marks[n:]
		if m := (mark{uint32(took), uint16(points / 2), points%2 == 1}); m != (mark{}) {
			if !c.box.at(voter).counts() {
				return errCheckpoint
			}
			c.box.writable(voter).mark = m
		}
	}
	return nil
}
