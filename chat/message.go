package chat

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"plenum/rooms"
)

// MaxUnits is how long a message may be, in UTF-16 units.
const MaxUnits = 16_000

// Why a message is refused.
var (
	ErrEmpty   = rooms.Refuse("empty", "Write something first.")
	ErrTooLong = rooms.Refuse("too-long", "This message is longer than 16,000 characters. Send it in parts.")
	ErrText    = rooms.Refuse("bad-text", "This message has characters in it that are not text.")
)

// Message is one thing said, with its author as they were called then.
type Message struct {
	Seq    uint64 `json:"seq"`
	At     int64  `json:"at"` // Unix milliseconds
	By     string `json:"by"` // the member
	Name   string `json:"name"`
	Colour int    `json:"colour"`
	Text   string `json:"text"`
}

// said is the content of the event; the rest of a message is on the event itself.
type said struct {
	Text   string `json:"text"`
	Name   string `json:"name"`
	Colour int    `json:"colour"`
}

// parseSay reads the content of a command "say": the text without the space at
// its end. It refuses what is malformed, empty, too long or not text, and
// changes nothing else: no cutting, no normalising.
func parseSay(with json.RawMessage) (string, error) {
	var asked struct {
		Text *string `json:"text"`
	}
	// encoding/json would turn bad UTF-8 and halves of surrogate pairs into
	// U+FFFD without a word, so they are looked for in what the peer sent.
	if !utf8.Valid(with) {
		return "", ErrText
	}
	if err := json.Unmarshal(with, &asked); err != nil || asked.Text == nil {
		return "", rooms.ErrMalformed
	}
	if halfPair(with) {
		return "", ErrText
	}
	text := strings.TrimRightFunc(*asked.Text, unicode.IsSpace)
	switch {
	case text == "":
		return "", ErrEmpty
	case units(text) > MaxUnits:
		return "", ErrTooLong
	case strings.ContainsRune(text, 0):
		return "", ErrText
	}
	return text, nil
}

// readSaid is the message of an event; not ok if it is blank, or not a message.
func readSaid(e rooms.Event) (message Message, ok bool, err error) {
	if e.Did != "said" {
		return Message{}, false, fmt.Errorf("chat: event %d did %q", e.Seq, e.Did)
	}
	if len(e.With) == 0 || string(e.With) == "null" {
		return Message{}, false, nil
	}
	var with said
	if err := json.Unmarshal(e.With, &with); err != nil {
		return Message{}, false, fmt.Errorf("chat: read event %d: %w", e.Seq, err)
	}
	return Message{Seq: e.Seq, At: e.At, By: e.By, Name: with.Name, Colour: with.Colour, Text: with.Text}, true, nil
}

// units is the length of a text as every browser counts it.
func units(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}
