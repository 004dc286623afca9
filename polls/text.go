package polls

import (
	"strings"
	"unicode"

	"plenum/rooms"
)

// cleanLine is a text on one line, as rooms.CleanLine makes it. tooLong if it
// has more than most UTF-16 units.
func cleanLine(text string, most int, tooLong error) (string, error) {
	return clean(text, rooms.CleanLine, most, tooLong)
}

// cleanText is the same for a text that may have several lines.
func cleanText(text string, most int, tooLong error) (string, error) {
	return clean(text, rooms.CleanText, most, tooLong)
}

func clean(text string, as func(string) string, most int, tooLong error) (string, error) {
	// Bad UTF-8 and halves of surrogate pairs arrive here as U+FFFD. Nobody
	// needs that character in a question.
	if strings.ContainsRune(text, unicode.ReplacementChar) {
		return "", ErrText
	}
	if text = as(text); rooms.Units(text) > most {
		return "", tooLong
	}
	return text, nil
}
