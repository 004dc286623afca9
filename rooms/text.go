package rooms

import (
	"strings"
	"unicode"

	"github.com/rivo/uniseg"
)

// CleanName makes a person's name fit to show: trimmed, spaces joined, without
// control characters and direction overrides. Refused if nothing is left, or
// above MaxName graphemes.
func CleanName(name string) (string, error) {
	name = CleanLine(name)
	if name == "" || len(name) > 40*MaxName || uniseg.GraphemeClusterCount(name) > MaxName {
		return "", errName
	}
	return name, nil
}

func cleanTitle(title string) (string, error) {
	title = CleanLine(title)
	if Units(title) > MaxTitle {
		return "", errTitle
	}
	return title, nil
}

// CleanLine drops what could make a line of text lie about itself on screen, and
// joins its spaces.
func CleanLine(s string) string {
	return strings.Join(strings.Fields(strings.Map(legible, s)), " ")
}

// CleanText is the same for a text that may have several lines: trimmed, with
// its line breaks and spaces as they are.
func CleanText(s string) string {
	return strings.TrimSpace(strings.Map(legible, strings.ReplaceAll(s, "\r\n", "\n")))
}

// Bounded is a text made clean by CleanLine or CleanText. noText if it has what is
// no text, as bad UTF-8 and halves of surrogate pairs are, which arrive here as
// U+FFFD; tooLong if it then has more than most UTF-16 units.
func Bounded(text string, clean func(string) string, most int, noText, tooLong error) (string, error) {
	if strings.ContainsRune(text, unicode.ReplacementChar) {
		return "", noText
	}
	if text = clean(text); Units(text) > most {
		return "", tooLong
	}
	return text, nil
}

// legible leaves out control characters and direction overrides.
func legible(r rune) rune {
	switch {
	case r == '\n':
		return r
	case unicode.IsSpace(r):
		return ' '
	case unicode.IsControl(r), r == unicode.ReplacementChar:
		return -1
	case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
		return -1
	}
	return r
}

// Units is the length of a text in UTF-16 units, as every browser counts it.
func Units(text string) int {
	n := 0
	for _, r := range text {
		n++
		if r > 0xFFFF {
			n++
		}
	}
	return n
}
