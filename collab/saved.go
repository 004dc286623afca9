package collab

import (
	"encoding/json"
	"errors"
	"fmt"

	"plenum/collab/delta"
)

// saved is the checkpoint of format 6 and later. One of format 1 has no versions, one of
// format 2 no threads, none before format 5 has suggestions, and none before
// format 6 polls.
type saved struct {
	Rev      uint64          `json:"rev"`
	Content  json.RawMessage `json:"content"`
	Changes  []savedChange   `json:"changes"` // the window, through rev
	Versions []Version       `json:"versions,omitempty"`
	Threads  []savedThread   `json:"threads,omitempty"`

	Suggestions []Suggestion `json:"suggestions,omitempty"`
	Polls       []Poll       `json:"polls,omitempty"`

	Language string `json:"language,omitempty"` // of a source of format 2
}

type savedChange struct {
	Peer   string          `json:"peer,omitempty"`
	Change json.RawMessage `json:"change"`
}

var errContradicts = errors.New("the checkpoint of a document contradicts itself")

// newDocument is a document at revision 0.
func newDocument(content delta.Delta) *Document {
	return &Document{text: newText(content), recent: newWindow(1)}
}

// Save takes a snapshot: leaves and changes never change, so it shares them.
func (d *Document) Save() func() ([]byte, error) {
	rev, content, versions, talk, suggestions, polls, language := d.rev, d.snapshot(), d.versions, d.talk, d.suggestions, d.polls, d.spoken
	changes := d.recent.changes[:len(d.recent.changes):len(d.recent.changes)]
	return func() ([]byte, error) {
		encoded, err := content.MarshalJSON()
		if err != nil {
			return nil, err
		}
		state := saved{Rev: rev, Content: encoded, Changes: make([]savedChange, len(changes)), Versions: versions, Threads: talk.save(), Suggestions: suggestions, Polls: polls, Language: language}
		for i, p := range changes {
			state.Changes[i] = savedChange{p.peer, p.change.AppendJSON(nil)}
		}
		return json.Marshal(state)
	}
}

// Load restores what Save has written.
func (d *Document) Load(state []byte) error {
	var from saved
	if err := json.Unmarshal(state, &from); err != nil {
		return fmt.Errorf("read the checkpoint of a document: %w", err)
	}
	content, err := delta.Parse(from.Content)
	if err != nil {
		return fmt.Errorf("read the content in a checkpoint: %w", err)
	}
	if !content.IsDocument() || !endsInNewline(content) || uint64(len(from.Changes)) > from.Rev {
		return errContradicts
	}
	*d = Document{source: d.source, spoken: from.Language, rev: from.Rev, text: newText(content), recent: newWindow(from.Rev + 1 - uint64(len(from.Changes))), versions: from.Versions, suggestions: from.Suggestions, polls: from.Polls}
	if err := d.talk.load(from.Threads); err != nil {
		return err
	}
	for i, c := range from.Changes {
		change, err := delta.Parse(c.Change)
		if err != nil {
			return fmt.Errorf("read change %d in a checkpoint: %w", i, err)
		}
		d.recent.add(d.recent.first+uint64(len(d.recent.changes)), c.Peer, change)
	}
	return nil
}
