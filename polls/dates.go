package polls

import (
	"fmt"
	"sync"
	"time"
	_ "time/tzdata" // for machines that do not have it

	"plenum/rooms"
)

// Limits of dates.
const (
	MaxDates   = 40
	longestDay = 7 * 24 * 60 * 60_000 // of one option, in milliseconds
	firstYear  = 2000
	lastYear   = 2199
	minute     = 60_000
	mostZone   = 64
)

// What is answered to each date.
const (
	Yes   = "yes"
	Maybe = "maybe" // if need be
	No    = "no"
)

var answersToDates = []string{Yes, Maybe, No}

// Why dates are refused.
var (
	ErrDates    = rooms.Refuse("dates", "There are 1 to 40 days or times to choose from.")
	ErrDate     = rooms.Refuse("date", "A day is a day of the years 2000 to 2199; a time has a beginning and an end, at most seven days later.")
	ErrSameDate = rooms.Refuse("same-date", "The same day or time is there twice.")
	ErrZone     = rooms.Refuse("zone", "This time zone is not known.")
)

// checkedDates is a question for days, which have no time zone, or moments,
// which are the same everywhere: the zone is the one in which hosts mean them.
func (q Question) checkedDates() (Question, error) {
	q.Special = Special{Zone: q.Zone}
	q.From, q.To, q.Low, q.High = 0, 0, "", ""
	if len(q.Options) < 1 || len(q.Options) > MaxDates {
		return q, ErrDates
	}
	if len(q.Zone) > mostZone {
		return q, ErrZone
	}
	q.Least, q.Most = 1, len(q.Options)
	type moment struct {
		date       string
		start, end int64
	}
	options, seen, moments := make([]Option, len(q.Options)), map[moment]bool{}, false
	for i, o := range q.Options {
		if !o.isDate() {
			return q, ErrDate
		}
		when := moment{o.Date, o.Start, o.End}
		if seen[when] {
			return q, ErrSameDate
		}
		seen[when] = true
		moments = moments || o.Date == ""
		options[i] = Option{ID: o.ID, Text: o.Text, Date: o.Date, Start: o.Start, End: o.End}
	}
	if !moments {
		q.Zone = ""
	}
	q.Options = options
	return q.spelled(moments)
}

// isDate tells whether an option is a day or a moment.
func (o Option) isDate() bool {
	if o.Date != "" {
		day, err := time.Parse(time.DateOnly, o.Date)
		return err == nil && o.Start == 0 && o.End == 0 && day.Year() >= firstYear && day.Year() <= lastYear
	}
	year := time.UnixMilli(o.Start).UTC().Year()
	return year >= firstYear && year <= lastYear && o.Start%minute == 0 && o.End%minute == 0 && o.End > o.Start && o.End-o.Start <= longestDay
}

// spelled gives dates the text by which they are found, exported and read where
// nobody knows their reader's time zone. A text that was made once stays: rules
// of time zones change.
func (q Question) spelled(moments bool) (Question, error) {
	at := time.UTC
	for i := range q.Options {
		o := &q.Options[i]
		if o.Text == "" {
			if moments && at == time.UTC {
				var err error
				if at, err = zoneOf(q.Zone); err != nil {
					return q, err
				}
			}
			o.Text = o.spelled(q.Zone, at)
		}
		text, err := cleanLine(o.Text, MaxOption, ErrOption)
		if err != nil {
			return q, err
		}
		o.Text = text
	}
	return q, nil
}

func (o Option) spelled(zone string, at *time.Location) string {
	if o.Date != "" {
		return o.Date
	}
	from, to := time.UnixMilli(o.Start).In(at), time.UnixMilli(o.End).In(at)
	end, offset := "15:04", from.Format("UTC-07:00")
	if from.YearDay() != to.YearDay() || from.Year() != to.Year() {
		end = "2006-01-02 15:04"
	}
	if other := to.Format("UTC-07:00"); other != offset {
		offset += " to " + other
	}
	return fmt.Sprintf("%s – %s (%s, %s)", from.Format("2006-01-02 15:04"), to.Format(end), zone, offset)
}

// unspelled forgets the texts of dates: they are made anew.
func (q Question) unspelled() Question {
	if q.Kind != Dates {
		return q
	}
	options := make([]Option, len(q.Options))
	for i, o := range q.Options {
		o.Text = ""
		options[i] = o
	}
	q.Options = options
	return q
}

// zones are the time zones that were asked for. Reading one takes a tenth of a
// millisecond, once.
var zones sync.Map

func zoneOf(name string) (*time.Location, error) {
	if known, ok := zones.Load(name); ok {
		return known.(*time.Location), nil
	}
	if name == "" || name == "Local" || len(name) > mostZone {
		return nil, ErrZone
	}
	zone, err := time.LoadLocation(name)
	if err != nil {
		return nil, ErrZone
	}
	zones.Store(name, zone)
	return zone, nil
}

// best are the options that suit most people: those with the most "yes", and
// among these those with the most "if need be". Several are a tie; without a
// yes or an if need be there are none.
func (q Question) best(counts map[string]int) map[string]bool {
	best, most, maybe := map[string]bool{}, 0, 0
	for _, o := range q.Options {
		yes, ifNeedBe := counts[o.ID+"/"+Yes], counts[o.ID+"/"+Maybe]
		if yes+ifNeedBe == 0 || yes < most || yes == most && ifNeedBe < maybe {
			continue
		}
		if yes > most || ifNeedBe > maybe {
			clear(best)
		}
		most, maybe = yes, ifNeedBe
		best[o.ID] = true
	}
	return best
}
