package search

import (
	"slices"
	"strings"
	"time"
)

// The types that are no kinds of activities.
const (
	typeActivity = "activity"
	typePerson   = "person"
	typeRoom     = "room"
)

// filter takes a piece as a filter; false if it is words after all. What it
// cannot make sense of it says.
func (q *query) filter(p piece, kinds []string, today time.Time) bool {
	value := folded(strings.TrimSpace(p.text))
	switch p.name {
	case "in":
		q.in = append(q.in, value)
	case "from":
		q.from = append(q.from, value)
	case "type":
		if value != typeActivity && value != typePerson && value != typeRoom && !slices.Contains(kinds, value) {
			q.note(errType, p.raw)
			return true
		}
		q.types = append(q.types, value)
	case "has":
		if value != "link" {
			q.note(errHas, p.raw)
			return true
		}
		q.link = true
	case "before", "after":
		day, ok := dayOf(value, today)
		if !ok {
			q.note(errDate, p.raw)
			return true
		}
		q.bound(p.name, day.UnixMilli())
	default:
		q.note(errFilter, p.raw)
		return false
	}
	return true
}

// bound narrows the time: before a day is up to its beginning, after a day is
// from it on, the day itself with it.
func (q *query) bound(name string, at int64) {
	if name == "after" {
		q.since = max(q.since, at)
		return
	}
	if q.until == 0 || at < q.until {
		q.until = at
	}
}

// dayOf is the beginning of a day, month or year.
func dayOf(text string, today time.Time) (begin time.Time, ok bool) {
	switch text {
	case "today":
		return today, true
	case "yesterday":
		return today.AddDate(0, 0, -1), true
	}
	for _, layout := range []string{"2006-01-02", "2006-01", "2006"} {
		if begin, err := time.ParseInLocation(layout, text, today.Location()); err == nil {
			return begin, true
		}
	}
	return time.Time{}, false
}

// wants tells whether a type is asked for.
func (q *query) wants(kind string) bool { return len(q.types) == 0 || slices.Contains(q.types, kind) }
