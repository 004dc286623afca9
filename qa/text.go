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

// cleanText is a text, which may have several lines, without space around it,
// control characters and direction overrides, which could make it lie about
// itself on screen.
func cleanText(text string, most int, tooLong error) (string, error) {
	// Bad UTF-8 and halves of surrogate pairs arrive here as U+FFFD. Nobody
	// needs that character in a question.
	if strings.ContainsRune(text, unicode.ReplacementChar) {
		return "", ErrText
	}
	text = strings.TrimSpace(strings.Map(keep, strings.ReplaceAll(text, "\r\n", "\n")))
	if units(text) > most {
		return "", tooLong
	}
	return text, nil
}

func keep(r rune) rune {
	switch {
	case r == '\n':
		return r
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return -1
	}
	return r
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
