package chat

import (
	"slices"
	"unicode"

	"github.com/rivo/uniseg"

	"plenum/rooms"
)

// Limits of what a message gathers.
const (
	MaxEmoji      = 20    // different ones
	MaxReactions  = 500   // altogether
	MaxChanges    = 2_000 // given and taken back, ever
	maxEmojiBytes = 16
)

// Why a reaction is refused.
var (
	ErrEmoji = rooms.Refuse("emoji", "A reaction is one emoji.")
	ErrFull  = rooms.Refuse("reactions", "This message has all the reactions it can hold.")
)

// Reaction is one emoji that a message was given, and by whom.
type Reaction struct {
	Emoji string    `json:"emoji"`
	By    []Mention `json:"by"` // as they were called then
}

type reacted struct {
	Of     uint64 `json:"of"`
	Thread uint64 `json:"thread,omitempty"`
	Emoji  string `json:"emoji"`
	On     bool   `json:"on"`
	Name   string `json:"name"`
}

// decideReact gives a message an emoji, or takes it back. What is so already
// stays so.
func (c *Chat) decideReact(command rooms.Command) ([]rooms.Event, error) {
	var asked struct {
		Seq   uint64 `json:"seq"`
		Emoji string `json:"emoji"`
		On    *bool  `json:"on"`
	}
	if err := parse(command.With, &asked); err != nil {
		return nil, err
	}
	if asked.On == nil {
		return nil, rooms.ErrMalformed
	}
	if !isEmoji(asked.Emoji) {
		return nil, ErrEmoji
	}
	m, err := c.message(asked.Seq, command.Past)
	if err != nil {
		return nil, err
	}
	if m.has(asked.Emoji, command.From.ID) == *asked.On {
		return nil, nil
	}
	if *asked.On && m.full(asked.Emoji) || m.Changes >= MaxChanges {
		return nil, ErrFull
	}
	return happened("reacted", m, m.Seq, reacted{Of: m.Seq, Thread: m.Thread, Emoji: asked.Emoji, On: *asked.On, Name: command.From.Name})
}

// isEmoji tells whether a text is one picture and no word.
func isEmoji(text string) bool {
	if len(text) > maxEmojiBytes || uniseg.GraphemeClusterCount(text) != 1 {
		return false
	}
	picture := false
	for _, r := range text {
		if unicode.IsLetter(r) || unicode.IsControl(r) || unicode.IsSpace(r) || r == unicode.ReplacementChar {
			return false
		}
		picture = picture || unicode.Is(unicode.So, r) || r == '\u20e3'
	}
	return picture
}

// find is the place of an emoji among the reactions, or -1.
func (m Message) find(emoji string) int {
	return slices.IndexFunc(m.Reactions, func(r Reaction) bool { return r.Emoji == emoji })
}

func (m Message) has(emoji, member string) bool {
	at := m.find(emoji)
	return at >= 0 && slices.ContainsFunc(m.Reactions[at].By, func(by Mention) bool { return by.ID == member })
}

func (m Message) full(emoji string) bool {
	all := 0
	for _, r := range m.Reactions {
		all += len(r.By)
	}
	return all >= MaxReactions || m.find(emoji) < 0 && len(m.Reactions) >= MaxEmoji
}

// react places a reaction, in new lists: the old ones were handed out.
func (m *Message) react(with reacted, by string) {
	m.Changes++
	m.Reactions = slices.Clone(m.Reactions)
	at := m.find(with.Emoji)
	switch {
	case with.On && at < 0:
		m.Reactions = append(m.Reactions, Reaction{Emoji: with.Emoji, By: []Mention{{ID: by, Name: with.Name}}})
	case with.On:
		m.Reactions[at].By = append(slices.Clone(m.Reactions[at].By), Mention{ID: by, Name: with.Name})
	case at >= 0:
		left := slices.DeleteFunc(slices.Clone(m.Reactions[at].By), func(m Mention) bool { return m.ID == by })
		m.Reactions[at].By = left
		if len(left) == 0 {
			m.Reactions = slices.Delete(m.Reactions, at, at+1)
		}
	}
	if len(m.Reactions) == 0 {
		m.Reactions = nil
	}
}
