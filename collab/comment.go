package collab

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"plenum/collab/delta"
	"plenum/rooms"
)

// Why a comment is not made or changed.
var (
	ErrComment      = rooms.Refuse("comment-length", "A comment has 1 to 4,000 characters.")
	ErrMentions     = rooms.Refuse("comment-mentions", "A comment can mention at most 20 people.")
	ErrPassage      = rooms.Refuse("passage", "Select 1 to 10,000 characters of text to comment on.")
	ErrPassageGone  = rooms.Refuse("passage-gone", "The text that you comment on has just been deleted.")
	ErrCrowded      = rooms.Refuse("passage-crowded", "There are 32 comments on this text already, which is as many as it can have.")
	ErrTalk         = rooms.Refuse("comments-full", "This document has as many comments as it can hold. Erase some that are done with.")
	ErrReplies      = rooms.Refuse("replies", "This comment has 100 replies, which is as many as it can have. Begin a new one.")
	ErrNoComment    = rooms.Refuse("no-comment", "That comment does not exist any more.")
	ErrOthers       = rooms.Refuse("comment-others", "That comment is somebody else's.")
	ErrCommentEdits = rooms.Refuse("comment-edits", "This comment was edited too often. Write a reply.")
)

// said is what somebody writes, with their name as it is then. In the first
// event of a thread it has the quote.
type said struct {
	Text     *string         `json:"text,omitempty"`
	Name     string          `json:"name,omitempty"`
	Colour   int             `json:"colour,omitempty"`
	Mentions []rooms.Mention `json:"mentions,omitempty"`
	Quote    string          `json:"quote,omitempty"`
}

// The contents of the events of threads. A "commented" is a said alone: the
// thread is its seq. Forgets are all events that held a text of the comment.
type (
	replied struct {
		Thread uint64 `json:"thread"`
		said
	}
	amended struct {
		Thread uint64 `json:"thread"`
		Of     uint64 `json:"of"`
		said
		Forgets []uint64 `json:"forgets,omitempty"`
	}
	erased struct {
		Thread  uint64   `json:"thread"`
		Of      uint64   `json:"of"`
		Quote   string   `json:"quote,omitempty"`
		Ends    bool     `json:"ends,omitempty"` // nothing is left of the thread
		Forgets []uint64 `json:"forgets"`
	}
	turned struct { // "resolved" and "reopened"
		Thread uint64 `json:"thread"`
	}
)

// askedOf is what the commands about comments ask for.
type askedOf struct {
	Thread   uint64
	Of       uint64
	Text     *string
	Mentions []rooms.Mention
	Base     *uint64
	From, To int
}

// decideTalk says what follows from a command about comments.
func (d *Document) decideTalk(command rooms.Command) ([]rooms.Event, error) {
	var asked askedOf
	if !utf8.Valid(command.With) {
		return nil, ErrText
	}
	if err := json.Unmarshal(command.With, &asked); err != nil {
		return nil, rooms.ErrMalformed
	}
	if rooms.HalfPair(command.With) {
		return nil, ErrText
	}
	switch command.Do {
	case "comment":
		return d.decideComment(command, asked)
	case "reply":
		return d.decideReply(command, asked)
	case "amend":
		return d.decideAmend(command, asked)
	case "erase":
		return d.decideErase(command, asked)
	}
	return d.decideTurn(command, asked)
}

// write checks what a member writes. It refuses what is empty, too long or not
// text, and changes nothing else.
func (d *Document) write(asked askedOf, from rooms.Member) (said, error) {
	if asked.Text == nil {
		return said{}, rooms.ErrMalformed
	}
	text := strings.TrimSpace(*asked.Text)
	switch n := rooms.Units(text); {
	case strings.ContainsRune(text, 0):
		return said{}, ErrText
	case n == 0 || n > MaxCommentUnits:
		return said{}, ErrComment
	case len(asked.Mentions) > maxMentions:
		return said{}, ErrMentions
	case d.talk.units+n > MaxTalkUnits:
		return said{}, ErrTalk
	}
	for _, m := range asked.Mentions {
		if !m.StandsIn(text) {
			return said{}, rooms.ErrMalformed
		}
	}
	return said{Text: &text, Name: from.Name, Colour: from.Colour, Mentions: asked.Mentions}, nil
}

// decideComment begins a thread on the text between two places, as it is by now.
// The anchor is laid on it by a change of nobody's: for its author too it is
// something that happened to the text.
func (d *Document) decideComment(command rooms.Command, asked askedOf) ([]rooms.Event, error) {
	content, err := d.write(asked, command.From)
	switch {
	case err != nil:
		return nil, err
	case asked.Base == nil:
		return nil, rooms.ErrMalformed
	case asked.From < 0 || asked.To <= asked.From || asked.To-asked.From > MaxPassage:
		return nil, ErrPassage
	case len(d.talk.threads) >= MaxThreads:
		return nil, ErrTalk
	case !d.accepts(*asked.Base, ""):
		return nil, ErrBehind
	case asked.To > d.text.length-d.recent.growth(*asked.Base):
		return nil, ErrLength
	}
	mark := delta.Attribute{Name: anchorOf(command.Seq), Value: delta.True}
	change := delta.Delta{delta.Keep(asked.From, nil), delta.Keep(asked.To-asked.From, delta.Attributed(mark))}.Normal()
	if change, err = d.recent.transform(change, *asked.Base); err != nil {
		return nil, err
	}
	if change, err = d.text.settle(change); err != nil {
		return nil, err
	}
	if content.Quote, err = d.quote(change); err != nil {
		return nil, err
	}
	return d.withChange(rooms.Event{Did: "commented"}, content, change, note{})
}

// quote is how the text begins that a change lays an anchor on. Refused if there
// is none any more, or none that can have one more.
func (d *Document) quote(change delta.Delta) (string, error) {
	var quote strings.Builder
	some := false
	c := cursor{text: &d.text}
	at := 0
	for _, o := range change {
		if len(o.Attributes()) > 0 {
			covered, err := c.slice(at, at+o.Len())
			if err != nil {
				return "", refused(err)
			}
			if some && quote.Len() < 4*maxQuote {
				quote.WriteByte(' ')
			}
			for _, piece := range covered {
				if anchors(piece.Attributes()) >= maxAnchors {
					return "", ErrCrowded
				}
				if some = true; quote.Len() < 4*maxQuote {
					quote.WriteString(wordsOf(piece))
				}
			}
		}
		at += o.Len()
	}
	if !some {
		return "", ErrPassageGone
	}
	return shortened(quote.String()), nil
}

// shortened is the beginning of a text on one line.
func shortened(text string) string {
	text = rooms.CleanLine(text)
	n := 0
	for i, r := range text {
		if n += utf16Len(r); n > maxQuote {
			return text[:i] + "…"
		}
	}
	return text
}

func utf16Len(r rune) int {
	if r > 0xFFFF {
		return 2
	}
	return 1
}

func (d *Document) decideReply(command rooms.Command, asked askedOf) ([]rooms.Event, error) {
	content, err := d.write(asked, command.From)
	if err != nil {
		return nil, err
	}
	place, found := d.talk.place(asked.Thread)
	if !found {
		return nil, ErrNoComment
	}
	if len(d.talk.threads[place].Comments) > MaxReplies {
		return nil, ErrReplies
	}
	return happened("replied", replied{asked.Thread, content})
}

// decideAmend gives one's own comment another text; the former is forgotten.
func (d *Document) decideAmend(command rooms.Command, asked askedOf) ([]rooms.Event, error) {
	content, err := d.write(asked, command.From)
	if err != nil {
		return nil, err
	}
	of, at, err := d.talk.find(asked.Thread, asked.Of)
	if err != nil {
		return nil, err
	}
	switch c := of.Comments[at]; {
	case c.By != command.From.ID:
		return nil, ErrOthers
	case c.Text == *content.Text && slices.Equal(c.Mentions, content.Mentions):
		return nil, nil
	case len(c.held) > MaxCommentEdits:
		return nil, ErrCommentEdits
	default:
		content.Name, content.Colour = c.Name, c.Colour
		if c.Seq == of.ID {
			content.Quote = of.Quote
		}
		return happened("amended", amended{of.ID, c.Seq, content, c.held})
	}
}

// decideErase forgets a comment: one's own, or as a host any. With the last of
// its comments the thread goes, and its anchor.
func (d *Document) decideErase(command rooms.Command, asked askedOf) ([]rooms.Event, error) {
	of, at, err := d.talk.find(asked.Thread, asked.Of)
	if err != nil {
		return nil, err
	}
	c := of.Comments[at]
	if c.By != command.From.ID && command.From.Role < rooms.Host {
		return nil, ErrOthers
	}
	content := erased{Thread: of.ID, Of: c.Seq, Ends: of.alive() == 1, Forgets: c.held}
	if c.Seq == of.ID && !content.Ends {
		content.Quote = of.Quote
	}
	if content.Ends {
		if change := d.text.unanchor(of.ID); change != nil {
			return d.withChange(rooms.Event{Did: "erased"}, content, change, note{})
		}
	}
	return happened("erased", content)
}

// decideTurn resolves a thread or opens it again: who began it, and editors.
func (d *Document) decideTurn(command rooms.Command, asked askedOf) ([]rooms.Event, error) {
	place, found := d.talk.place(asked.Thread)
	if !found {
		return nil, ErrNoComment
	}
	of := d.talk.threads[place]
	if of.Comments[0].By != command.From.ID && command.From.Role < rooms.Editor {
		return nil, ErrOthers
	}
	resolve := command.Do == "resolve"
	if resolve == (of.Resolved != "") {
		return nil, nil
	}
	if resolve {
		return happened("resolved", turned{of.ID})
	}
	return happened("reopened", turned{of.ID})
}

// withChange is an event and what it does to the text.
func (d *Document) withChange(e rooms.Event, content any, change delta.Delta, is note) ([]rooms.Event, error) {
	events, err := happened(e.Did, content)
	if err != nil {
		return nil, err
	}
	with, err := d.changed(change, is)
	if err != nil {
		return nil, err
	}
	return append(events, rooms.Event{Did: "changed", With: with, Unsigned: true}), nil
}

func happened(did string, content any) ([]rooms.Event, error) {
	with, err := json.Marshal(content)
	if err != nil {
		return nil, fmt.Errorf("encode what was %s: %w", did, err)
	}
	return []rooms.Event{{Did: did, With: with}}, nil
}
