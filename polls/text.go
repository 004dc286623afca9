package polls

import "plenum/rooms"

// cleanLine is a text on one line, as rooms.CleanLine makes it. tooLong if it
// has more than most UTF-16 units.
func cleanLine(text string, most int, tooLong error) (string, error) {
	return rooms.Bounded(text, rooms.CleanLine, most, ErrText, tooLong)
}

// cleanText is the same for a text that may have several lines.
func cleanText(text string, most int, tooLong error) (string, error) {
	return rooms.Bounded(text, rooms.CleanText, most, ErrText, tooLong)
}
