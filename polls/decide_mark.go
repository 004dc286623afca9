package polls

import (
	"fmt"
	"slices"

	"plenum/polls/methods"
	"plenum/rooms"
)

// ErrNoAnswer is why an answer cannot be let through or held back.
var ErrNoAnswer = rooms.Refuse("no-answer", "This answer does not exist any more.")

// decideMark lets an answer through or holds it back: a word of a cloud for
// all who gave it, also before anybody did; of a wall one answer. Only hosts
// are told: what everybody sees changes with the digest.
func decideMark(do string, c *card, ask asking) ([]rooms.Event, error) {
	if ask.Answer == nil || ask.Round == nil {
		return nil, rooms.ErrMalformed
	}
	if *ask.Round != c.Round {
		return nil, ErrRound
	}
	id, mark := *ask.Answer, Approved
	if do == "withhold" {
		mark = Withheld
	}
	switch sum := c.outward().sum.(type) {
	case *cloud:
		text, err := cleanLine(id, MaxWord, ErrWord)
		if id = methods.Fold(text); err != nil || !visible(id) {
			return nil, ErrWord
		}
		if sum.out[id] == (mark == Withheld) {
			return nil, nil
		}
		if mark == Withheld && len(sum.out) >= MaxWithheld {
			return nil, ErrWithheld
		}
	case *wall:
		a := sum.answer(id, c.outward())
		if a == nil {
			return nil, ErrNoAnswer
		}
		if a.Mark == mark {
			return nil, nil
		}
	default:
		return nil, ErrForm
	}
	return []rooms.Event{event(string(mark), toHosts, marked{c.ID, c.Round, id})}, nil
}

// answer is the answer of an id; nil if nobody gives it any more.
func (w *wall) answer(id string, in *box) *answer {
	voter, known := w.voters[id]
	if !known {
		return nil
	}
	a, _ := in.at(voter).content.find(func(a answer) bool { return a.ID == id })
	return a
}

// mark notes what hosts have decided about an answer.
func (b *box) mark(id string, as Mark) error {
	switch sum := b.sum.(type) {
	case *cloud:
		sum.hold(id, as == Withheld)
		b.edits++
		return nil
	case *wall:
		voter, known := sum.voters[id]
		if !known {
			return fmt.Errorf("there is no answer %q", id)
		}
		now := b.at(voter)
		answers := slices.Clone(now.content.Answers)
		_, at := now.content.find(func(a answer) bool { return a.ID == id })
		answers[at].Mark = as
		now.content = &content{Answers: answers}
		b.put(voter, now)
		return nil
	}
	return fmt.Errorf("there are no answers")
}
