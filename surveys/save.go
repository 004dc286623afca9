package surveys

import (
	"encoding/json"
	"errors"
	"fmt"
)

// checkpoint is the saved state of format 1.
type checkpoint struct {
	design
	State   State         `json:"state"`
	Shared  bool          `json:"shared"`
	Told    bool          `json:"told"`
	People  []savedPerson `json:"people"`
	Outward *savedTally   `json:"outward,omitempty"` // without names
	Step    uint64        `json:"step"`
	Moved   int           `json:"moved"`
}

type savedPerson struct {
	Name    string                     `json:"name"`
	At      int                        `json:"at"`
	Reached uint64                     `json:"reached"`
	Draft   map[string]json.RawMessage `json:"draft"` // null: none
	Sent    map[string]json.RawMessage `json:"sent"`
	SentAt  int64                      `json:"sentAt"`
	Step    uint64                     `json:"step"`
}

type savedTally struct {
	Sent    int          `json:"sent"`
	Counts  []savedCount `json:"counts"`
	Reached []int        `json:"reached"`
	Left    []int        `json:"left"`
}

type savedCount struct {
	People int   `json:"people"`
	Bars   []int `json:"bars"`
	Sum    int64 `json:"sum"`
}

var errCheckpoint = errors.New("it makes no sense")

// Save takes a snapshot, which shares the pages, which are only replaced, and
// the people until they go on.
func (s *Survey) Save() func() ([]byte, error) {
	out := checkpoint{design: s.design, State: s.state, Shared: s.shared, Told: s.told, Step: s.step, Moved: s.moved}
	if s.Unnamed {
		out.Outward = s.outward.saved()
	}
	list, names := s.people.snapshot()
	x := s.index
	return func() ([]byte, error) {
		out.People = make([]savedPerson, len(list))
		for i, p := range list {
			draft, err := x.saved(p.draft)
			if err != nil {
				return nil, err
			}
			sent, err := x.saved(p.sent)
			if err != nil {
				return nil, err
			}
			out.People[i] = savedPerson{names[i], p.at, p.reached, draft, sent, p.sentAt, p.step}
		}
		return json.Marshal(out)
	}
}

func (x index) saved(all []answer) (map[string]json.RawMessage, error) {
	if all == nil {
		return nil, nil
	}
	out := map[string]json.RawMessage{}
	for id, told := range x.answersOf(all) {
		raw, err := json.Marshal(told)
		if err != nil {
			return nil, err
		}
		out[id] = raw
	}
	return out, nil
}

func (t *tally) saved() *savedTally {
	c := t.clone()
	out := &savedTally{Sent: c.sent, Counts: make([]savedCount, len(c.counts)), Reached: c.reached, Left: c.left}
	for i, one := range c.counts {
		out.Counts[i] = savedCount{one.people, one.bars, one.sum}
	}
	return out
}

// Load restores what Save has written. What was sent is counted anew.
func (s *Survey) Load(state []byte) error {
	var from checkpoint
	if err := json.Unmarshal(state, &from); err != nil {
		return fmt.Errorf("read the checkpoint of a survey: %w", err)
	}
	raw, err := json.Marshal(from.design)
	if err != nil {
		return err
	}
	made, err := open(raw)
	if err != nil {
		return fmt.Errorf("load the pages of a survey: %w", errors.Join(err, errCheckpoint))
	}
	loaded := made.(*Survey)
	if from.State != Draft && from.State != Open && from.State != Closed || len(from.People) > MaxPeople ||
		from.State != Draft && len(loaded.index.questions) == 0 || from.State == Draft && len(from.People) > 0 {
		return fmt.Errorf("load the checkpoint of a survey: %w", errCheckpoint)
	}
	loaded.state, loaded.shared, loaded.told, loaded.step, loaded.moved = from.State, from.Shared, from.Told, from.Step, from.Moved
	for _, one := range from.People {
		if err := loaded.loadPerson(one); err != nil {
			return fmt.Errorf("load the answers of %q: %w", one.Name, err)
		}
	}
	if from.Outward != nil && !loaded.outward.load(*from.Outward) {
		return fmt.Errorf("load what was told of a survey: %w", errCheckpoint)
	}
	*s = *loaded
	return nil
}

func (s *Survey) loadPerson(from savedPerson) error {
	if s.people.find(from.Name) != nil || from.At < 0 || from.At >= len(s.Pages) || from.Reached>>from.At&1 == 0 || from.Reached>>len(s.Pages) != 0 {
		return errCheckpoint
	}
	p := s.people.write(from.Name)
	p.at, p.reached, p.sentAt, p.step = from.At, from.Reached, from.SentAt, from.Step
	var err error
	if p.draft, err = s.index.loaded(from.Draft); err != nil {
		return err
	}
	if p.sent, err = s.index.loaded(from.Sent); err != nil {
		return err
	}
	if p.draft == nil && p.sent == nil {
		return errCheckpoint
	}
	s.people.weight += p.weight()
	s.now.stand(p, 1)
	s.now.put(s.index, p.sent, 1)
	return nil
}

func (x index) loaded(from map[string]json.RawMessage) ([]answer, error) {
	if from == nil {
		return nil, nil
	}
	all := make([]answer, len(x.questions))
	for id, raw := range from {
		slot, known := x.slots[id]
		if !known {
			return nil, errCheckpoint
		}
		var err error
		if all[slot], err = readAnswer(x.questions[slot], raw); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// load fills an empty tally, and reports whether that has its shape.
func (t *tally) load(from savedTally) bool {
	if len(from.Counts) != len(t.counts) || len(from.Reached) != len(t.reached) || len(from.Left) != len(t.left) {
		return false
	}
	for i, one := range from.Counts {
		if len(one.Bars) != len(t.counts[i].bars) {
			return false
		}
		t.counts[i] = count{one.People, append([]int{}, one.Bars...), one.Sum}
	}
	t.sent, t.reached, t.left = from.Sent, from.Reached, from.Left
	return true
}
