package qa

import "plenum/rooms"

func (a *QA) decideSet(ask asking) ([]rooms.Event, error) {
	next := a.settings
	if ask.Moderated != nil {
		next.Moderated = *ask.Moderated
	}
	if ask.Closed != nil {
		next.Closed = *ask.Closed
	}
	if next == a.settings {
		return nil, nil
	}
	return []rooms.Event{event("set", toAll, next)}, nil
}

// decideTake says which question is being answered now, or that none is.
func (a *QA) decideTake(q *question) ([]rooms.Event, error) {
	var id uint64
	if q != nil {
		if q.State != Shown {
			return nil, notShown(q.State)
		}
		id = q.ID
	}
	if id == a.now {
		return nil, nil
	}
	return []rooms.Event{event("taken", toAll, about{Question: id})}, nil
}

// notShown is why something cannot be done to a question that is not shown.
func notShown(s State) error {
	switch s {
	case Queued:
		return ErrQueued
	case Answered:
		return ErrAnswered
	case Dismissed:
		return ErrDismissed
	case Merged:
		return ErrMerged
	}
	return ErrNoQuestion
}

// decideHosting is what hosts do to a question. What is so already is done.
func (a *QA) decideHosting(do string, q *question, ask asking) ([]rooms.Event, error) {
	next := q.Question
	switch do {
	case "take":
		return a.decideTake(q)
	case "merge":
		return a.decideMerge(q, ask)
	case "restore":
		return a.decideRestore(q)
	}
	if q.State == Merged {
		return nil, ErrMerged
	}
	switch do {
	case "approve":
		if q.State.visible() {
			return nil, nil
		}
		next.State, next.Was, next.Reason = Shown, "", ""
		return a.change("approved", q, next, q.people), nil
	case "hold":
		if q.State == Queued {
			return nil, nil
		}
		if q.State == Answered {
			return nil, ErrAnswered
		}
		next.State, next.Was, next.Reason, next.Pinned = Queued, "", "", false
		return a.change("held", q, next, q.people), nil
	case "dismiss":
		return a.decideDismiss(q, ask)
	case "pin":
		return a.decidePin(q, ask)
	}
	return a.decideAnswer(do, q, ask)
}

func (a *QA) decideDismiss(q *question, ask asking) ([]rooms.Event, error) {
	reason, err := cleanText(ask.Reason, MaxReason, ErrReason)
	if err != nil {
		return nil, err
	}
	next := q.Question
	next.Reason = reason
	if q.State != Dismissed { // else for another reason
		next.State, next.Was = Dismissed, q.State
	}
	return a.change("dismissed", q, next, q.people), nil
}

func (a *QA) decidePin(q *question, ask asking) ([]rooms.Event, error) {
	switch {
	case ask.Pinned == nil:
		return nil, rooms.ErrMalformed
	case *ask.Pinned == q.Pinned:
		return nil, nil
	case q.State != Shown && *ask.Pinned:
		return nil, notShown(q.State)
	}
	next := q.Question
	next.Pinned = *ask.Pinned
	return a.change("pinned", q, next, q.people), nil
}

// decideAnswer marks a question as answered, perhaps with an answer in words,
// or not answered after all. A queued one is shown by it.
func (a *QA) decideAnswer(do string, q *question, ask asking) ([]rooms.Event, error) {
	next := q.Question
	if do == "reopen" {
		if q.State == Answered {
			next.State, next.Answer = Shown, ""
			return a.change("reopened", q, next, q.people), nil
		}
		if q.State == Dismissed {
			return nil, ErrDismissed
		}
		return nil, nil
	}
	if q.State == Dismissed {
		return nil, ErrDismissed
	}
	next.State = Answered
	if ask.Text != nil {
		var err error
		if next.Answer, err = cleanText(*ask.Text, MaxAnswer, ErrAnswer); err != nil {
			return nil, err
		}
	}
	if next == q.Question {
		return nil, nil
	}
	return a.change("answered", q, next, q.people), nil
}

// decideMerge puts a question together with another: their votes unite, each
// person once.
func (a *QA) decideMerge(q *question, ask asking) ([]rooms.Event, error) {
	if ask.Into == nil {
		return nil, rooms.ErrMalformed
	}
	into := a.slots.find(*ask.Into)
	switch {
	case into == nil:
		return nil, ErrNoQuestion
	case into == q:
		return nil, ErrItself
	case !q.State.open():
		return nil, notShown(q.State)
	case !into.State.open() && into.State != Answered:
		return nil, notShown(into.State)
	}
	part, whole := a.group(q.ID), a.group(into.ID)
	if len(part)+len(whole) > MaxMerged+1 {
		return nil, ErrManyMerged
	}
	next := q.Question
	next.State, next.Was, next.Into = Merged, q.State, into.ID
	people := peopleIn(append(whole, part...))
	return append(a.change("merged", q, next, q.people), a.united(into, people)), nil
}

// united tells the people of a group that has changed.
func (a *QA) united(root *question, people int) rooms.Event {
	return event("united", root.State.audience(), listed{Counted{root.Question, people}})
}

// decideRestore brings back what was dismissed or merged, as it was.
func (a *QA) decideRestore(q *question) ([]rooms.Event, error) {
	if q.State != Dismissed && q.State != Merged {
		return nil, nil
	}
	next := q.Question
	next.State, next.Was, next.Reason, next.Into = q.Was, "", "", 0
	did := "restored"
	if q.State == Merged {
		did = "parted"
	}
	events := a.change(did, q, next, peopleIn(a.group(q.ID)))
	for whole := a.slots.find(q.Into); whole != nil; whole = a.slots.find(whole.Into) {
		events = append(events, a.united(whole, peopleIn(a.without(a.group(whole.ID), q.ID))))
	}
	return events, nil
}

// without is a group without one of its parts and all that was merged into that.
func (a *QA) without(group []*question, id uint64) []*question {
	gone := a.group(id)
	rest := group[:0:0]
	for _, q := range group {
		kept := true
		for _, part := range gone {
			kept = kept && part != q
		}
		if kept {
			rest = append(rest, q)
		}
	}
	return rest
}
