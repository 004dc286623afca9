package qa

import (
	"encoding/json"

	"plenum/rooms"
)

// Why a command is refused; and what text.go says of texts.
var (
	ErrNoQuestion = rooms.Refuse("no-question", "This question is not here any more.")
	ErrClosed     = rooms.Refuse("not-asking", "No more questions are taken here for now.")
	ErrFull       = rooms.Refuse("many-questions", "There are 2,000 questions here, and no room for more. A host can begin another place for them.")
	ErrMany       = rooms.Refuse("many-open", "You have 20 questions here that are not answered yet. Withdraw one first.")
	ErrNotYours   = rooms.Refuse("not-yours", "Only who asked a question can change it.")
	ErrAnswered   = rooms.Refuse("answered", "This question has been answered.")
	ErrDismissed  = rooms.Refuse("dismissed", "This question was dismissed.")
	ErrMerged     = rooms.Refuse("merged", "This question was put together with another one.")
	ErrNow        = rooms.Refuse("answering", "This question is being answered right now.")
	ErrQueued     = rooms.Refuse("queued", "This question is not shown yet. Approve it first.")
	ErrItself     = rooms.Refuse("itself", "A question cannot be put together with itself.")
	ErrManyMerged = rooms.Refuse("many-merged", "At most 50 questions can be put together into one.")
)

// mostAsked is how long the content of a command can be that makes sense, in
// bytes: the longest answer, every unit of it escaped.
const mostAsked = 32 << 10

// asking is the content of all commands.
type asking struct {
	Question  *uint64 `json:"question"`
	Text      *string `json:"text"`
	Unnamed   bool    `json:"unnamed"`
	Turn      int64   `json:"turn"`
	Reason    string  `json:"reason"`
	Pinned    *bool   `json:"pinned"`
	Into      *uint64 `json:"into"`
	Moderated *bool   `json:"moderated"`
	Closed    *bool   `json:"closed"`
}

// Decide says what follows from a command.
func (a *QA) Decide(c rooms.Command) ([]rooms.Event, error) {
	if _, known := Kind.Commands[c.Do]; !known {
		return nil, rooms.ErrUnknown
	}
	if len(c.With) > mostAsked {
		return nil, rooms.ErrTooBig
	}
	var ask *asking
	if err := json.Unmarshal(c.With, &ask); err != nil || ask == nil {
		return nil, rooms.ErrMalformed
	}
	switch c.Do {
	case "ask":
		return a.decideAsk(c, *ask)
	case "set":
		return a.decideSet(*ask)
	}
	if ask.Question == nil {
		return nil, rooms.ErrMalformed
	}
	if c.Do == "take" && *ask.Question == 0 {
		return a.decideTake(nil)
	}
	q := a.slots.find(*ask.Question)
	if q == nil {
		return nil, ErrNoQuestion
	}
	switch c.Do {
	case "vote":
		return a.decideVote(c, q, ask.Turn)
	case "edit", "withdraw":
		return a.decideOwn(c, q, *ask)
	}
	return a.decideHosting(c.Do, q, *ask)
}

// decideAsk lists a question, or lets it wait for a host. What hosts ask does
// not wait.
func (a *QA) decideAsk(c rooms.Command, ask asking) ([]rooms.Event, error) {
	text, err := textOf(ask)
	switch {
	case err != nil:
		return nil, err
	case a.settings.Closed:
		return nil, ErrClosed
	case a.slots.count() >= MaxQuestions:
		return nil, ErrFull
	case a.openOf(c.From.ID) >= MaxOpen:
		return nil, ErrMany
	}
	q := Question{ID: c.Seq, Text: text, At: c.At, State: a.first(c.From)}
	if !ask.Unnamed {
		q.Name, q.Colour = c.From.Name, c.From.Colour
	}
	list := event("listed", q.State.audience(), listed{Counted{q, 1}})
	list.Unsigned = ask.Unnamed
	return []rooms.Event{event("asked", rooms.Audience{Only: c.From.ID}, own{q}), list}, nil
}

// first is where a question stands that somebody has just written.
func (a *QA) first(m rooms.Member) State {
	if a.settings.Moderated && m.Role < rooms.Host {
		return Queued
	}
	return Shown
}

func textOf(ask asking) (string, error) {
	if ask.Text == nil {
		return "", rooms.ErrMalformed
	}
	text, err := cleanText(*ask.Text, MaxText, ErrTooLong)
	if err == nil && text == "" {
		return "", ErrEmpty
	}
	return text, err
}

// openOf counts a person's questions that wait or are shown.
func (a *QA) openOf(member string) int {
	n := 0
	for _, q := range a.slots.list {
		if q != nil && q.asker == member && q.State.open() {
			n++
		}
	}
	return n
}

// decideVote takes a ballot. The highest turn of a voter counts: one that is no
// higher changes nothing, and its sender learns by Mine what counts.
func (a *QA) decideVote(c rooms.Command, q *question, asked int64) ([]rooms.Event, error) {
	switch {
	case asked < 1 || asked > MaxTurn:
		return nil, rooms.ErrMalformed
	case !q.State.visible():
		return nil, ErrNoQuestion
	case int64(a.turnFor(q, a.voters.find(c.From.ID))) >= asked: // also when it is answered: it was in time
		return nil, nil
	case q.State == Answered:
		return nil, ErrAnswered
	}
	return []rooms.Event{event("voted", toNobody, voted{q.ID, turn(asked)})}, nil
}

// decideOwn lets people change what they asked while nobody has answered it.
func (a *QA) decideOwn(c rooms.Command, q *question, ask asking) ([]rooms.Event, error) {
	switch {
	case q.asker != c.From.ID && !q.seenBy(c.From.Role):
		return nil, ErrNoQuestion
	case q.asker != c.From.ID:
		return nil, ErrNotYours
	case q.State == Answered:
		return nil, ErrAnswered
	case q.State == Merged || len(q.merged) > 0:
		return nil, ErrMerged
	case a.now == q.ID:
		return nil, ErrNow
	}
	var events []rooms.Event
	if c.Do == "withdraw" {
		events = []rooms.Event{
			event("yours", rooms.Audience{Only: q.asker}, own{Question{ID: q.ID, At: q.At}}),
			event("withdrawn", q.State.audience(), about{Question: q.ID}),
		}
	} else {
		text, err := textOf(ask)
		switch {
		case err != nil:
			return nil, err
		case q.State == Dismissed:
			return nil, ErrDismissed
		case text == q.Text:
			return nil, nil
		}
		next := q.Question
		next.Text, next.Edited = text, true
		if a.first(c.From) == Queued { // other words are looked at again
			next.State, next.Pinned = Queued, false
		}
		events = a.change("edited", q, next, q.people)
	}
	for i := range events {
		events[i].Unsigned = q.Name == "" && events[i].To.Only == ""
	}
	return events, nil
}
