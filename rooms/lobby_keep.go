package rooms

import (
	"slices"
	"time"
)

// How many days a room keeps single changes, if it says nothing else, and what
// it says to keep them always.
const (
	KeptDays = 30
	Forever  = -1
)

// keptFor are the days for which a room can keep single changes.
var keptFor = []int{7, KeptDays, 90, 365, Forever}

var errKeep = Refuse("keep", "Single changes are kept for 7, 30, 90 or 365 days, or for ever (-1).")

// keeping is how many days single changes are kept; Forever: always.
func (s *lobbyState) keeping() int {
	if s.Keeping == 0 {
		return KeptDays
	}
	return s.Keeping
}

// keptSince is the time, Unix milliseconds, from which on a room keeps single
// changes; false if it keeps all of them.
func keptSince(keeping int, now time.Time) (since int64, ok bool) {
	return now.AddDate(0, 0, -keeping).UnixMilli(), keeping > 0
}

func (l *lobby) decideKeep(ask lobbyAsk) ([]Event, error) {
	if ask.Days == nil || !slices.Contains(keptFor, *ask.Days) {
		return nil, errKeep
	}
	return one("kept", Audience{}, map[string]any{"days": *ask.Days}), nil
}
