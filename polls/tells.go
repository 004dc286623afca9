package polls

import (
	"encoding/json"

	"plenum/rooms"
)

// tells are the moments of a question that programs outside hear of.
var tells = map[string]rooms.Tell{"opened": tell, "closed": tell, "revealed": tell}

// toldOutside is a question with its results, if everybody may see them.
type toldOutside struct {
	Question toldQuestion `json:"question"`
	Round    int          `json:"round"`
	People   int          `json:"people"` // who have voted
	Results  *Results     `json:"results,omitempty"`
}

type toldQuestion struct {
	ID      string   `json:"id"`
	Kind    string   `json:"kind"`
	Prompt  string   `json:"prompt"`
	Options []Option `json:"options,omitempty"`
	Secrecy string   `json:"secrecy,omitempty"`
}

// tell is what the event carries, with the question's words. Results that were
// hidden since are left out; ballots are in no event that it is given.
func tell(e rooms.Event, then, now json.RawMessage) any {
	var at struct {
		Question string   `json:"question"`
		Round    int      `json:"round"`
		People   int      `json:"people"`
		Results  *Results `json:"results"`
	}
	var before, present AudienceView
	if json.Unmarshal(e.With, &at) != nil || json.Unmarshal(then, &before) != nil || json.Unmarshal(now, &present) != nil {
		return nil
	}
	q := before.Question
	if q == nil || q.ID != at.Question {
		return nil
	}
	told := toldOutside{
		Question: toldQuestion{ID: q.ID, Kind: string(q.Kind), Prompt: q.Prompt, Options: q.Options, Secrecy: string(q.Secrecy)},
		Round:    q.Round, People: max(at.People, q.People), Results: at.Results,
	}
	if present.Question != nil && present.Question.ID == q.ID && present.Question.Round == q.Round && !present.Question.Shown {
		told.Results = nil
	}
	return told
}
