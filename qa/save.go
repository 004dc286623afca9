package qa

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
)

// saved is the checkpoint of format 1.
type saved struct {
	Settings
	Now       uint64           `json:"now"`
	Listed    int              `json:"listed"`
	Shown     int              `json:"shown"`
	Voters    []string         `json:"voters"`    // by number
	Questions []*savedQuestion `json:"questions"` // by place; null: free
}

type savedQuestion struct {
	Question
	Asker int    `json:"asker"` // the number of a voter
	Votes []byte `json:"votes"` // see packed
}

var errCheckpoint = errors.New("it makes no sense")

// Save takes a snapshot, which shares the questions until they are changed.
func (a *QA) Save() func() ([]byte, error) {
	out := saved{Settings: a.settings, Now: a.now, Listed: a.slots.listed, Shown: a.slots.shown, Voters: a.voters.snapshot()}
	list := a.slots.snapshot()
	return func() ([]byte, error) {
		numbers := map[string]int{}
		for number, name := range out.Voters {
			numbers[name] = number
		}
		out.Questions = make([]*savedQuestion, len(list))
		for i, q := range list {
			if q != nil {
				out.Questions[i] = &savedQuestion{q.Question, numbers[q.asker], packed(q.votes)}
			}
		}
		return json.Marshal(out)
	}
}

// Load restores what Save has written. Votes are counted anew.
func (a *QA) Load(state []byte) error {
	var from saved
	if err := json.Unmarshal(state, &from); err != nil {
		return fmt.Errorf("read the checkpoint of questions: %w", err)
	}
	loaded := QA{settings: from.Settings, now: from.Now, slots: newSlots(), voters: newRoll()}
	for _, name := range from.Voters {
		loaded.voters.enrol(name)
	}
	if len(loaded.voters.names) != len(from.Voters) || len(from.Questions) > MaxQuestions ||
		from.Shown < 0 || from.Shown > from.Listed || from.Listed > len(from.Questions) {
		return fmt.Errorf("load the checkpoint of questions: %w", errCheckpoint)
	}
	loaded.slots.listed, loaded.slots.shown = from.Listed, from.Shown
	if err := loaded.fill(from.Questions); err != nil {
		return err
	}
	if from.Now != 0 && loaded.slots.find(from.Now) == nil {
		return fmt.Errorf("take up the question %d: %w", from.Now, errCheckpoint)
	}
	*a = loaded
	return nil
}

// fill places the questions, and then what belongs together.
func (a *QA) fill(questions []*savedQuestion) error {
	a.slots.list = make([]*question, len(questions))
	for place, s := range questions {
		if s == nil {
			continue
		}
		votes, err := unpacked(s.Votes, len(a.voters.names))
		if err != nil || s.Asker < 0 || s.Asker >= len(a.voters.names) || a.slots.find(s.ID) != nil || s.ID == 0 {
			return fmt.Errorf("load the question %d: %w", s.ID, errCheckpoint)
		}
		a.slots.list[place] = &question{Question: s.Question, asker: a.voters.names[s.Asker], votes: votes}
		a.slots.index[s.ID] = place
	}
	for _, q := range a.slots.list {
		if q != nil && q.Into != 0 {
			if err := a.rejoin(q); err != nil {
				return err
			}
		}
	}
	for _, q := range a.slots.list {
		if q != nil {
			q.people = peopleIn(a.group(q.ID))
		}
	}
	return nil
}

// rejoin lists a question where it was merged. Nothing is merged into itself,
// not by way of others either.
func (a *QA) rejoin(q *question) error {
	for next, steps := a.slots.find(q.Into), 0; ; next, steps = a.slots.find(next.Into), steps+1 {
		if next == nil || next == q || steps > MaxMerged {
			return fmt.Errorf("merge the question %d: %w", q.ID, errCheckpoint)
		}
		if next.Into == 0 {
			break
		}
	}
	a.join(q.ID, 0, q.Into)
	return nil
}

// packed are ballots as pairs of numbers in the variable length of
// encoding/binary: how many voters are passed over, and the turn.
func packed(votes ballots) []byte {
	var out []byte
	next := 0
	votes.each(func(voter int, t turn) {
		out = binary.AppendUvarint(out, uint64(voter-next))
		out = binary.AppendUvarint(out, uint64(t))
		next = voter + 1
	})
	return out
}

func unpacked(from []byte, voters int) (ballots, error) {
	var votes ballots
	for next := uint64(0); len(from) > 0; next++ {
		skip, n := binary.Uvarint(from)
		if n <= 0 || skip >= uint64(voters) || next+skip >= uint64(voters) {
			return nil, errCheckpoint
		}
		t, m := binary.Uvarint(from[n:])
		if m <= 0 || t < 1 || t > MaxTurn {
			return nil, errCheckpoint
		}
		next += skip
		votes = votes.put(int(next), turn(t), 0)
		from = from[n+m:]
	}
	return votes, nil
}
