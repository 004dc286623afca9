package qa

import (
	"strings"
	"unicode"

	"plenum/rooms"
)

// Why a text is refused.
var (
	ErrEmpty   = rooms.Refuse("empty", "Write something first.")
	ErrText    = rooms.Refuse("bad-text", "This has characters in it that are not text.")
	ErrTooLong = rooms.Refuse("question", "A question has at most 1,000 characters.")
	ErrReason  = rooms.Refuse("reason", "A reason has at most 300 characters.")
	ErrAnswer  = rooms.Refuse("answer", "An answer has at most 4,000 characters.")
)

// cleanText is a text, as rooms.CleanText makes it. tooLong if it has more than
// most UTF-16 units.
func cleanText(text string, most int, tooLong error) (string, error) {
	// Bad UTF-8 and halves of surrogate pairs arrive here as U+FFFD. Nobody
	// needs that character in a question.
	if strings.ContainsRune(text, unicode.ReplacementChar) {
		return "", ErrText
	}
	if text = rooms.CleanText(text); rooms.Units(text) > most {
		return "", tooLong
	}
	return text, nil
}
