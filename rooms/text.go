package rooms

import (
	"strings"
	"unicode"
	"unicode/utf16"

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
	if len(utf16.Encode([]rune(title))) > MaxTitle {
		return "", errTitle
	}
	return title, nil
}

// CleanLine drops what could make a line of text lie about itself on screen, and
// joins its spaces.
func CleanLine(s string) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.IsControl(r), r == unicode.ReplacementChar:
			return -1
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069':
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}
