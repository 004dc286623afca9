package surveys

import "plenum/rooms"

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
	return rooms.Bounded(text, rooms.CleanLine, most, ErrText, tooLong)
}

// cleanText is the same for a text that may have several lines.
func cleanText(text string, most int, tooLong error) (string, error) {
	return rooms.Bounded(text, rooms.CleanText, most, ErrText, tooLong)
}
