package surveys

import (
	"strings"
	"unicode"

	"plenum/rooms"
)

// Limits of the texts around the pages.
const (
	MaxIntro  = 4_000
	MaxEnding = 4_000
)

// Why settings are refused.
var (
	ErrIntro  = rooms.Refuse("survey-intro", "An introduction has at most 4,000 characters.")
	ErrEnding = rooms.Refuse("survey-ending", "The text at the end has at most 4,000 characters.")
)

func (s Settings) checked() (Settings, error) {
	var err error
	if s.Intro, err = cleanText(s.Intro, MaxIntro, ErrIntro); err != nil {
		return s, err
	}
	s.Ending, err = cleanText(s.Ending, MaxEnding, ErrEnding)
	return s, err
}

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
	// needs that character in a survey.
	if strings.ContainsRune(text, unicode.ReplacementChar) {
		return "", ErrText
	}
	if text = as(text); rooms.Units(text) > most {
		return "", tooLong
	}
	return text, nil
}
