package qa

import (
	"encoding/json"
	"fmt"

	"plenum/rooms"
)

// Apply places what has happened. Events that were forgotten are blank, and
// skipped, as is what others say about a question whose words were forgotten.
// It panics at an event that no version of this kind has written.
func (a *QA) Apply(e rooms.Event) {
	if e.Blank() {
		return
	}
	if err := a.apply(e); err != nil {
		panic(fmt.Errorf("qa: event %d did %q: %w", e.Seq, e.Did, err))
	}
}

func (a *QA) apply(e rooms.Event) error {
	switch e.Did {
	case "set":
		return json.Unmarshal(e.With, &a.settings)
	case "asked":
		return a.applyAsked(e)
	case "voted":
		return a.applyVoted(e)
	case "gone", "withdrawn", "taken":
		return a.applyAbout(e)
	case "listed", "edited", "approved", "held", "dismissed", "restored", "parted", "answered", "reopened", "pinned", "merged", "united":
		return a.applyListed(e)
	case "yours", "nothing":
		return nil
	}
	return fmt.Errorf("nobody knows what that is")
}

// applyAsked remembers who asked a question; it is listed by the next event.
// Who asks wants it answered: theirs is the first vote.
func (a *QA) applyAsked(e rooms.Event) error {
	var with own
	if err := json.Unmarshal(e.With, &with); err != nil {
		return err
	}
	q := &question{Question: with.Question, asker: e.By}
	q.State = unlisted
	a.slots.add(q)
	a.vote(q.ID, a.voters.enrol(e.By), 1)
	return nil
}

func (a *QA) applyVoted(e rooms.Event) error {
	var with voted
	if err := json.Unmarshal(e.With, &with); err != nil {
		return err
	}
	if a.slots.find(with.Question) != nil {
		a.vote(with.Question, a.voters.enrol(e.By), with.Turn)
	}
	return nil
}

func (a *QA) applyAbout(e rooms.Event) error {
	var with about
	if err := json.Unmarshal(e.With, &with); err != nil {
		return err
	}
	switch e.Did {
	case "taken":
		a.now = with.Question
	case "withdrawn":
		a.slots.drop(with.Question)
	default:
		if q := a.slots.write(with.Question); q != nil {
			q.State = unlisted
		}
	}
	return nil
}

func (a *QA) applyListed(e rooms.Event) error {
	var with listed
	if err := json.Unmarshal(e.With, &with); err != nil {
		return err
	}
	q := a.slots.write(with.Question.ID)
	if q == nil {
		return nil
	}
	was := q.Into
	q.Question = with.Question.Question
	a.slots.listFor(q.State.visible(), q.ID)
	a.join(q.ID, was, q.Into)
	// What a group gains or loses is told by an event of its own: "united".
	if e.Did == "united" || e.Did == "parted" {
		a.recount(q.ID)
	}
	return nil
}
