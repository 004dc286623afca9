package polls

import (
	"strings"
	"unicode"
)

// cleanLine is a text on one line: trimmed, spaces joined, without control
// characters and direction overrides, which could make a text lie about itself
// on screen. tooLong if it has more than most UTF-16 units.
func cleanLine(text string, most int, tooLong error) (string, error) {
	return clean(text, func(text string) string { return strings.Join(strings.Fields(text), " ") }, most, tooLong)
}

// cleanText is the same for a text that may have several lines.
func cleanText(text string, most int, tooLong error) (string, error) {
	return clean(strings.ReplaceAll(text, "\r\n", "\n"), strings.TrimSpace, most, tooLong)
}

func clean(text string, trim func(string) string, most int, tooLong error) (string, error) {
	// Bad UTF-8 and halves of surrogate pairs arrive here as U+FFFD. Nobody
	// needs that character in a question.
	if strings.ContainsRune(text, unicode.ReplacementChar) {
		return "", ErrText
	}
	text = trim(strings.Map(keep, text))
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
