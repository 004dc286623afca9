package notify

import (
	"context"
	"fmt"
	"time"
	_ "time/tzdata" // time zones, also where the machine has none

	"plenum/rooms"
)

// Quiet are hours in which nothing rings, through midnight if they end before
// they begin.
type Quiet struct {
	From int    `json:"from"` // minutes of the day, from 0 to 1439
	To   int    `json:"to"`   // the first minute in which it rings again
	Zone string `json:"zone"` // Europe/Berlin
}

const minutesOfDay = 24 * 60

// Valid tells whether there are such hours.
func (q Quiet) Valid() bool {
	_, err := q.location()
	return err == nil && q.From >= 0 && q.From < minutesOfDay && q.To >= 0 && q.To < minutesOfDay && q.From != q.To
}

func (q Quiet) location() (*time.Location, error) {
	if q.Zone == "" || q.Zone == "Local" || len(q.Zone) > 64 {
		return nil, rooms.ErrMalformed
	}
	return time.LoadLocation(q.Zone)
}

// at tells whether it is quiet at a time.
func (q Quiet) at(now time.Time) bool {
	zone, err := q.location()
	if err != nil {
		return false // of a machine that knows other zones
	}
	now = now.In(zone)
	minute := now.Hour()*60 + now.Minute()
	if q.From < q.To {
		return q.From <= minute && minute < q.To
	}
	return minute >= q.From || minute < q.To
}

// left is how long it stays quiet, at a time when it is.
func (q Quiet) left(now time.Time) time.Duration {
	zone, err := q.location()
	if err != nil {
		return 0
	}
	now = now.In(zone)
	end := time.Date(now.Year(), now.Month(), now.Day(), q.To/60, q.To%60, 0, 0, zone)
	if !end.After(now) {
		end = end.AddDate(0, 0, 1)
	}
	return end.Sub(now)
}

// SetQuiet keeps the quiet hours of a person; nil: there are none.
func (n *Notify) SetQuiet(ctx context.Context, person string, q *Quiet) error {
	if err := n.setQuiet(ctx, person, q); err != nil {
		return fmt.Errorf("keep quiet hours: %w", err)
	}
	return nil
}
