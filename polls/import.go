package polls

import (
	"encoding/json"

	"plenum/polls/intake"
	"plenum/rooms"
)

// mostFaults is how many unreadable places of a file are named.
const mostFaults = 200

// Why questions of a file are refused; and what is wrong with any question.
var (
	ErrUnread   = rooms.Refuse("unread", "Some of the file cannot be read. Look at what can be, and add that.")
	ErrNothing  = rooms.Refuse("no-questions", "There are no questions in this file.")
	errDecimals = rooms.Refuse("decimals", "Numbers have at most three decimals here.")
)

// imports is the content of the command "import": questions without ids, and
// what of a file could not be read.
type imports struct {
	Questions []Question     `json:"questions"`
	Faults    []intake.Fault `json:"faults,omitempty"`
}

// fromFile makes the content of the command "import" of a file.
func fromFile(mediaType string, file []byte) (json.RawMessage, error) {
	found, err := intake.Read(mediaType, file)
	if err != nil {
		return nil, err
	}
	with := imports{Questions: []Question{}, Faults: found.Faults}
	for _, item := range found.Items {
		q, err := questionOf(item)
		switch {
		case err != nil:
			with.Faults = append(with.Faults, intake.At(item.Line, err))
		case len(with.Questions) == MaxQuestions:
			with.Faults = append(with.Faults, intake.At(item.Line, ErrQuestions))
		default:
			with.Questions = append(with.Questions, q)
		}
	}
	if len(with.Questions)+len(with.Faults) == 0 {
		return nil, ErrNothing
	}
	with.Faults = with.Faults[:min(len(with.Faults), mostFaults)]
	return json.Marshal(with)
}

// questionOf is a question as it would be asked, or why it cannot be.
func questionOf(item intake.Item) (Question, error) {
	q := Question{Kind: Form(item.Form), Prompt: item.Prompt, Seconds: item.Seconds}
	for _, text := range item.Options {
		q.Options = append(q.Options, Option{Text: text})
	}
	switch {
	case item.Right != nil:
		q.Key, q.Worth = &Key{Right: item.Right}, item.Worth
	case item.Accept != nil:
		q.Key, q.Worth, q.Most = &Key{Accept: item.Accept}, item.Worth, 1
	case item.Number != nil:
		if item.Number.Decimals > MaxDecimals {
			return q, errDecimals
		}
		q.Truth, q.Decimals = &item.Number.Truth, item.Number.Decimals
		q.Key, q.Worth = &Key{Within: item.Number.Within}, item.Worth
	}
	return q.checked()
}

// decideImport adds all questions at the end of the deck, or none of them.
func (p *Poll) decideImport(c rooms.Command) ([]rooms.Event, error) {
	var ask imports
	if err := json.Unmarshal(c.With, &ask); err != nil {
		return nil, rooms.ErrMalformed
	}
	switch {
	case len(ask.Faults) > 0:
		return nil, ErrUnread
	case len(ask.Questions) == 0:
		return nil, ErrNothing
	case len(p.deck)+len(ask.Questions) > MaxQuestions:
		return nil, ErrQuestions
	}
	fresh, taken := newIDs(c.Seed), map[string]bool{}
	var events []rooms.Event
	for _, q := range ask.Questions {
		q, err := q.unspelled().checked()
		if err == nil {
			err = q.measured(c.Images)
		}
		if err != nil {
			return nil, err
		}
		q.ID = fresh.next("q", 7, func(id string) bool { return taken[id] || p.deck.has(id) })
		taken[q.ID] = true
		q.unnamed()
		if !nameOptions(q, fresh, Question{}) {
			return nil, rooms.ErrMalformed
		}
		events = p.written(events, toHosts, nil, q)
	}
	return events, nil
}
