package qa

import "plenum/rooms"

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
	return rooms.Bounded(text, rooms.CleanText, most, ErrText, tooLong)
}
