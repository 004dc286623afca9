package collab

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"plenum/collab/delta"
	"plenum/rooms"
)

// MaxSuggestions is how many suggestions of a document are known: those that are
// open, and as long as there is room those that are settled, as undo may bring
// them back.
const MaxSuggestions = 1000

// maxNewSuggestions is how many one command may begin.
const maxNewSuggestions = 100

// Why a suggestion is not made.
var (
	ErrSuggestion  = rooms.Refuse("suggestion", "You can suggest changes here. What others wrote stays as it is until your suggestion is accepted.")
	ErrMarks       = rooms.Refuse("suggestions-here", "There are 16 suggestions on this text already, which is as many as it can have.")
	ErrSuggestions = rooms.Refuse("suggestions-full", "This document has 1,000 open suggestions, which is as many as it can have. Accept or reject some first.")
)

// Suggestion is what one member wants to be added or removed, as they were
// called then. What and where it is, the text itself says (see mark.go).
type Suggestion struct {
	ID     string `json:"id"`
	At     int64  `json:"at"`
	By     string `json:"by"`
	Name   string `json:"name"`
	Colour int    `json:"colour"`

	Motion *Motion `json:"motion,omitempty"` // while it is before the room
}

// suggested is the content of the event that says who begins suggestions. Drops
// are settled ones that are not known any more.
type suggested struct {
	IDs    []string `json:"ids"`
	Name   string   `json:"name"`
	Colour int      `json:"colour"`
	Drops  []string `json:"drops,omitempty"`
}

// suggestion finds where a suggestion is among those that are known, or belongs.
func (d *Document) suggestion(id string) (place int, found bool) {
	return slices.BinarySearchFunc(d.suggestions, id, func(s Suggestion, id string) int { return strings.Compare(s.ID, id) })
}

// begun are the events that go before a change: the one that says who begins the
// suggestions which the change lays on the text as a member's own.
func (d *Document) begun(change delta.Delta, by rooms.Member) ([]rooms.Event, error) {
	var with suggested
	for _, o := range change {
		for _, a := range o.Attributes() {
			id, _, ok := marked(a.Name)
			if !ok || a.Value == delta.Null || suggestedBy(id) != by.ID {
				continue
			}
			if _, known := d.suggestion(id); !known && !slices.Contains(with.IDs, id) {
				with.IDs = append(with.IDs, id)
			}
			if len(with.IDs) > maxNewSuggestions {
				return nil, ErrTooBig
			}
		}
	}
	if len(with.IDs) == 0 {
		return nil, nil
	}
	if len(d.suggestions)+len(with.IDs) > MaxSuggestions {
		if with.Drops = d.settledSuggestions(); len(d.suggestions)+len(with.IDs)-len(with.Drops) > MaxSuggestions {
			return nil, ErrSuggestions
		}
	}
	with.Name, with.Colour = by.Name, by.Colour
	return happened("suggested", with)
}

// settledSuggestions are those that are known and have no mark in the text.
func (d *Document) settledSuggestions() (ids []string) {
	open := map[string]bool{}
	for piece := range d.text.pieces() {
		for _, o := range piece {
			for _, a := range o.Attributes() {
				if id, _, ok := marked(a.Name); ok {
					open[id] = true
				}
			}
		}
	}
	for _, s := range d.suggestions {
		if !open[s.ID] {
			ids = append(ids, s.ID)
		}
	}
	return ids
}

// applySuggested notes who begins suggestions.
func (d *Document) applySuggested(e rooms.Event) {
	var with suggested
	if err := json.Unmarshal(e.With, &with); err != nil {
		panic(fmt.Errorf("collab: read event %d: %w", e.Seq, err))
	}
	kept := slices.DeleteFunc(slices.Clone(d.suggestions), func(s Suggestion) bool { return slices.Contains(with.Drops, s.ID) })
	for _, id := range with.IDs {
		kept = append(kept, Suggestion{ID: id, At: e.At, By: e.By, Name: with.Name, Colour: with.Colour})
	}
	slices.SortFunc(kept, func(a, b Suggestion) int { return strings.Compare(a.ID, b.ID) })
	d.suggestions = kept
}

// suggests tells whether a change, as it meets the text, is no more than
// suggestions of one member: with all of these rejected, the text stays what it
// was. So it inserts only what has a mark of theirs, deletes only that, and of
// other text only says or unsays that it is to be removed.
func (d *Document) suggests(change delta.Delta, by string) error {
	c := cursor{text: &d.text}
	at := 0
	for _, o := range change {
		if o.Inserts() {
			if !d.suggestsInsert(o.Attributes(), by) {
				return ErrSuggestion
			}
			continue
		}
		if o.Kind() == delta.Delete || len(o.Attributes()) > 0 {
			covered, err := c.slice(at, at+o.Len())
			if err != nil {
				return refused(err)
			}
			end := at
			for _, piece := range covered {
				// The last newline is everybody's: it stays when what it was added by is rejected.
				end += piece.Len()
				own := addedBy(piece.Attributes(), by) && (end < d.text.length || o.Kind() == delta.Delete)
				if !own && (o.Kind() == delta.Delete || !onlyRemoves(o.Attributes())) || !lays(o.Attributes(), by) {
					return ErrSuggestion
				}
			}
		}
		at += o.Len()
	}
	return nil
}

// suggestsInsert tells whether what is inserted is a member's own suggestion, and
// nobody else's. What others want to be removed of it may come back with it.
func (d *Document) suggestsInsert(a delta.Attributes, by string) bool {
	for i := range a {
		id, adds, ok := marked(a[i].Name)
		if !ok || suggestedBy(id) == by {
			continue
		}
		if _, known := d.suggestion(id); adds || !known {
			return false
		}
	}
	return addedBy(a, by)
}

// addedBy tells whether something was added by suggestions of a member alone.
func addedBy(a delta.Attributes, by string) bool {
	own := false
	for i := range a {
		if id, adds, ok := marked(a[i].Name); ok && adds {
			if suggestedBy(id) != by {
				return false
			}
			own = true
		}
	}
	return own
}

// onlyRemoves tells whether attributes are nothing but marks of what is to be removed.
func onlyRemoves(a delta.Attributes) bool {
	return !slices.ContainsFunc(a, func(a delta.Attribute) bool {
		_, adds, ok := marked(a.Name)
		return !ok || adds
	})
}

// lays tells whether the marks among attributes that are laid on text are ones
// that a member may lay: never that text was added, and only in their own name.
func lays(a delta.Attributes, by string) bool {
	return !slices.ContainsFunc(a, func(a delta.Attribute) bool {
		id, adds, ok := marked(a.Name)
		return ok && (adds || suggestedBy(id) != by)
	})
}

// crowds tells whether a change would lay more marks on some text than it can have.
func (d *Document) crowds(change delta.Delta) (bool, error) {
	c := cursor{text: &d.text}
	at := 0
	for _, o := range change {
		if o.Kind() == delta.Retain && marks(o.Attributes()) > 0 {
			covered, err := c.slice(at, at+o.Len())
			if err != nil {
				return false, refused(err)
			}
			for _, piece := range covered {
				if marksAfter(piece.Attributes(), o.Attributes()) > maxMarks {
					return true, nil
				}
			}
		}
		if !o.Inserts() {
			at += o.Len()
		}
	}
	return false, nil
}

// marksAfter is how many marks are on text once attributes are laid over others.
func marksAfter(below, over delta.Attributes) int {
	n := marks(below)
	for i := range over {
		switch had := below.Get(over[i].Name) != ""; {
		case !isMark(over[i].Name):
		case over[i].Value == delta.Null && had:
			n--
		case over[i].Value != delta.Null && !had:
			n++
		}
	}
	return n
}
