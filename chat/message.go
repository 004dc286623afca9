package chat

import (
	"encoding/json"
	"strings"
	"unicode"
	"unicode/utf8"

	"plenum/rooms"
)

// Limits of a message.
const (
	MaxUnits    = 16_000 // UTF-16 units of text
	MaxMentions = 20
)

// Why a message is refused.
var (
	ErrEmpty    = rooms.Refuse("empty", "Write something first.")
	ErrTooLong  = rooms.Refuse("too-long", "This message is longer than 16,000 characters. Send it in parts.")
	ErrText     = rooms.Refuse("bad-text", "This message has characters in it that are not text.")
	ErrMentions = rooms.Refuse("mentions", "A message can mention at most 20 people.")
	ErrNoSuch   = rooms.Refuse("no-message", "That message does not exist any more.")
	ErrNotYours = rooms.Refuse("not-yours", "That message is somebody else's.")
)

// Message is one thing said, with its author as they were called then. Of one
// that was deleted only its place is left.
type Message struct {
	Seq       uint64      `json:"seq"`
	At        int64       `json:"at"` // Unix milliseconds
	By        string      `json:"by"` // the member
	Name      string      `json:"name"`
	Colour    int         `json:"colour"`
	Text      string      `json:"text"`
	To        uint64      `json:"to,omitempty"`     // the message that it answers
	Thread    uint64      `json:"thread,omitempty"` // of a reply: the message that its thread begins with
	Mentions  []Mention   `json:"mentions,omitempty"`
	Here      bool        `json:"here,omitempty"` // it calls everyone
	File      *File       `json:"file,omitempty"`
	Edited    uint64      `json:"edited,omitempty"` // the seq of the event that has its text now
	Gone      bool        `json:"gone,omitempty"`
	Forgot    [][2]uint64 `json:"forgot,omitempty"` // events that held a former text, and how long it was
	Reactions []Reaction  `json:"reactions,omitempty"`
	Changes   int         `json:"changes,omitempty"` // of its reactions, ever
	Replies   *Replies    `json:"replies,omitempty"` // in the thread that it begins

	began string // of a reply: who began its thread
	units int    // of its text; of forgotten text while that is replayed
}

// Mention is a member whom a message calls.
type Mention = rooms.Mention

// said is the content of the event; the rest of a message is on the event
// itself. Forgotten content has no text, but how long that was.
type said struct {
	Text     *string   `json:"text,omitempty"`
	Name     string    `json:"name,omitempty"`
	Colour   int       `json:"colour,omitempty"`
	To       uint64    `json:"to,omitempty"`
	Mentions []Mention `json:"mentions,omitempty"`
	Here     bool      `json:"here,omitempty"`
	File     *File     `json:"file,omitempty"`
	Size     int       `json:"size,omitempty"`
	inThread
}

// inThread is what is said with what happens to a reply: in which thread, who
// began that, and what it is like then.
type inThread struct {
	Thread  uint64   `json:"thread,omitempty"`
	Began   string   `json:"began,omitempty"`
	Replies *Replies `json:"replies,omitempty"`
}

// decideSay says a message. With a file it needs no words.
func (c *Chat) decideSay(command rooms.Command) ([]rooms.Event, error) {
	var asked struct {
		Text     *string   `json:"text"`
		To       uint64    `json:"to"`
		Thread   uint64    `json:"thread"`
		Mentions []Mention `json:"mentions"`
		File     *File     `json:"file"`
	}
	if err := parse(command.With, &asked); err != nil {
		return nil, err
	}
	if asked.File != nil && !asked.File.valid() {
		return nil, ErrFile
	}
	content, err := newSaid(asked.Text, asked.Mentions, asked.File, command.From)
	if err != nil {
		return nil, err
	}
	if asked.Thread > 0 {
		return c.decideReply(command, asked.Thread, asked.To, content)
	}
	if asked.To > 0 {
		answered, err := c.message(asked.To, command.Past)
		switch {
		case err != nil:
			return nil, err
		case answered.Thread > 0:
			return nil, ErrElsewhere
		}
		content.To = asked.To
	}
	return happened("said", Message{}, 0, content)
}

// newSaid checks what a member writes: the text without the space at its end. It
// refuses what is empty and brings nothing along, too long or not text, and changes nothing else: no
// cutting, no normalising.
func newSaid(written *string, mentions []Mention, file *File, from rooms.Member) (said, error) {
	if written == nil {
		return said{}, rooms.ErrMalformed
	}
	text := strings.TrimRightFunc(*written, unicode.IsSpace)
	switch {
	case text == "" && file == nil:
		return said{}, ErrEmpty
	case rooms.Units(text) > MaxUnits:
		return said{}, ErrTooLong
	case strings.ContainsRune(text, 0):
		return said{}, ErrText
	case len(mentions) > MaxMentions:
		return said{}, ErrMentions
	}
	for _, m := range mentions {
		if !m.StandsIn(text) {
			return said{}, rooms.ErrMalformed
		}
	}
	here := from.Role >= rooms.Host && strings.Contains(" "+strings.Join(strings.Fields(text), " ")+" ", " @here ")
	return said{Text: &text, Name: from.Name, Colour: from.Colour, Mentions: mentions, Here: here, File: file}, nil
}

// parse reads the content of a command. encoding/json would turn bad UTF-8 and
// halves of surrogate pairs into U+FFFD without a word, so they are looked for
// in what the peer sent.
func parse(with json.RawMessage, into any) error {
	if !utf8.Valid(with) {
		return ErrText
	}
	if err := json.Unmarshal(with, into); err != nil || string(with) == "null" {
		return rooms.ErrMalformed
	}
	if rooms.HalfPair(with) {
		return ErrText
	}
	return nil
}
