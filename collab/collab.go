// Package collab is the documents of a room: rich texts that many people write
// at once. A change is made against some revision, transformed over what was
// committed since, and stored as it then is; how that works is in package delta.
package collab

import (
	"context"
	"encoding/json"
	"fmt"

	"plenum/collab/delta"
	"plenum/rooms"
)

// Kind is a document, as the room knows it.
var Kind = rooms.Kind{
	Name:   "doc",
	Format: 8, // 2: with named versions; 3: with comments; 4: with images; 5: with suggestions; 6: with polls; 7: with tables; 8: with languages of code, and formulas
	Commands: map[string]rooms.Needs{
		"change": {Role: rooms.Editor, Class: rooms.Write},
		"name":   {Role: rooms.Editor, Class: rooms.Write},
		"unname": {Role: rooms.Editor, Class: rooms.Write},
		"import": {Role: rooms.Editor, Class: rooms.Write},

		"suggest": {Role: rooms.Participant, Class: rooms.Write},
		"put":     {Role: rooms.Editor, Class: rooms.Write},
		"recall":  {Role: rooms.Editor, Class: rooms.Write},
		"vote":    {Role: rooms.Participant, Class: rooms.Vote},

		"look": {Role: rooms.TheRoom, Class: rooms.Write}, // at a poll that stands in the text

		"comment": {Role: rooms.Participant, Class: rooms.Talk},
		"reply":   {Role: rooms.Participant, Class: rooms.Talk},
		"amend":   {Role: rooms.Participant, Class: rooms.Talk},
		"erase":   {Role: rooms.Participant, Class: rooms.Talk},
		"resolve": {Role: rooms.Participant, Class: rooms.Talk},
		"reopen":  {Role: rooms.Participant, Class: rooms.Talk},
	},
	Signals: map[string]rooms.Needs{
		"cursor": {Role: rooms.Editor, Class: rooms.Write},
	},
	Reads:  reads(export),
	Files:  map[string]rooms.FromFile{"import": imported},
	New:    open,
	Papers: papers(export),
	Frame:  keepFrames,
	Folds:  true,

	Forgettable: forgettable,
	Forgets:     forgets,
	Notices:     noticesOf,
}

// reads are the named reads of documents of both kinds, with their own export.
func reads(export func(context.Context, rooms.Reading) (any, error)) map[string]rooms.Read {
	return map[string]rooms.Read{
		"changes":  {Least: rooms.Viewer, Do: changes},
		"timeline": {Least: rooms.Viewer, Do: timeline},
		"revision": {Least: rooms.Viewer, Do: revision},
		"playback": {Least: rooms.Viewer, Do: playback},
		"export":   {Least: rooms.Viewer, Do: export},
		"sum":      {Least: rooms.Viewer, Do: sum},
	}
}

// What a document and a change may be at most.
const (
	MaxUnits      = 4_194_304 // UTF-16 units of a document
	MaxOperations = 10_000    // of one change, as it is sent
)

// Why a change is refused, besides rooms.ErrMalformed.
var (
	ErrBehind = rooms.Refuse("behind", "This document has changed too much meanwhile. Your change must be based on its newest state.")
	ErrText   = rooms.Refuse("text", "There are characters in this change that are not text.")
	ErrLength = rooms.Refuse("length", "This change does not fit the document.")
	ErrFormat = rooms.Refuse("format", "This change has a format that documents do not have.")
	ErrTooBig = rooms.Refuse("too-big", "That is more than a document can hold, or than can change at once.")
)

// Document is the state of one document: its text at a revision, and the recent
// changes that late ones are transformed over.
type Document struct {
	rev    uint64
	text   text
	recent window
	source bool      // it is a Source: text alone
	spoken string    // the language of a Source; "" is Markdown
	shown  *snapshot // of this revision, once somebody asked for it

	versions    []Version    // by revision; never changed but replaced
	suggestions []Suggestion // that are known, by id; never changed but replaced
	polls       []Poll       // that stand or stood in the text, by name; never changed but replaced
	talk        talk
}

// View is what everyone may see of a document: its content, a Delta of inserts
// that ends in a newline, at a revision, which counts its changes.
type View struct {
	Rev     uint64    `json:"rev"`
	Content *snapshot `json:"content"`

	Versions []Version `json:"versions,omitempty"` // by revision
	Threads  []Thread  `json:"threads,omitempty"`  // by id

	Suggestions []Suggestion `json:"suggestions,omitempty"` // by id; open are those with marks in the content
	Polls       []Poll       `json:"polls,omitempty"`       // by name: what is to be seen of them

	Language string `json:"language,omitempty"` // of a Source, if it is not Markdown
}

// open makes a document with {"content": a Delta}, or an empty one, which is a
// newline. It refuses what a change to that content would be refused for.
func open(settings json.RawMessage) (rooms.Activity, error) {
	content, err := parseSettings(settings, allowed)
	if err != nil {
		return nil, err
	}
	d := newDocument(content)
	if d.show(brings(content), nil); len(d.polls) > MaxPolls {
		return nil, ErrPolls
	}
	return d, nil
}

// Apply puts a change into the text, names a version, notes who suggests, or places
// what happened to the comments. It panics at an event
// that no version of this kind has written.
func (d *Document) Apply(e rooms.Event) {
	switch {
	case e.Did == "nothing":
		return
	case e.Did == "coded":
		d.applyCoded(e)
		return
	case e.Did == "named" || e.Did == "unnamed":
		d.applyVersion(e)
		return
	case e.Did == "suggested":
		d.applySuggested(e)
		return
	case moves(e.Did):
		d.applyMotion(e)
		return
	case talks(e.Did):
		d.applyTalk(e)
		return
	}
	with, err := readChanged(e)
	if err != nil {
		panic(err)
	}
	if with.from() != d.rev {
		panic("collab: a change is missing before " + string(e.With[:min(len(e.With), 40)]))
	}
	change := untagged(with)
	if err := d.text.apply(change); err != nil {
		panic(err)
	}
	d.rev, d.shown = with.Rev, nil
	if with.Folded != nil {
		d.recent = newWindow(with.Rev + 1) // no base lies within it
	} else {
		d.recent.add(with.Rev, e.Peer, change)
	}
	d.end(with.Decided)
	d.show(brings(with.Change), with.Polls)
}

// View is the same for everyone.
func (d *Document) View(rooms.Member) any {
	return View{Rev: d.rev, Content: d.snapshot(), Versions: d.versions, Threads: d.talk.threads, Suggestions: d.suggestions, Polls: visible(d.polls), Language: d.spoken}
}

// Copy gives the settings for a document with the same content, without comments
// and without what is only suggested.
func (d *Document) Copy() (json.RawMessage, error) {
	text := d.text.copy()
	if err := text.apply(settled(text.pieces(), text.length, anySuggestion, rejected)); err != nil {
		return nil, fmt.Errorf("copy a document: %w", err)
	}
	return json.Marshal(struct {
		Content  json.RawMessage `json:"content"`
		Language string          `json:"language,omitempty"`
	}{delta.AppendDocument(nil, text.bare()), d.spoken})
}

// snapshot is the content as it is now and will stay.
func (d *Document) snapshot() *snapshot {
	if d.shown == nil {
		d.shown = &snapshot{text: d.text.copy()}
	}
	return d.shown
}
