package polls

import (
	"slices"
	"strings"

	"plenum/polls/methods"
	"plenum/rooms"
)

// Limits of items between two axes.
const (
	MaxItems = 12
	coarse   = 10 // steps of an axis: one or the other
	fine     = 20
)

// Why a question with two axes is refused, or a ballot on one; and option and bounds.
var (
	ErrItems        = rooms.Refuse("items", "There are 1 to 12 things to be placed.")
	ErrAxes         = rooms.Refuse("axes", "Both axes have a title of 1 to 60 characters, words of at most 60 at their ends, and 10 or 20 steps.")
	ErrPlace        = rooms.Refuse("place", "This place is not between the two axes.")
	ErrMissingItems = rooms.Refuse("missing-items", "Some things that have to be placed are not.")
)

// Axis is one of two scales that cross each other.
type Axis struct {
	Title string `json:"title"`
	Low   string `json:"low,omitempty"` // what its ends mean
	High  string `json:"high,omitempty"`
}

// perItem are the numbers that the tally has of an item: how many people placed it,
// and of both axes the sum of what they said, and of its squares. So means and
// spreads are exact, and the same in every order.
var perItem = []string{"n", "x", "y", "xx", "yy"}

func (q Question) checkedAxes() (Question, error) {
	q.Special = Special{X: q.X, Y: q.Y}
	if len(q.Options) < 1 || len(q.Options) > MaxItems {
		return q, ErrItems
	}
	var err error
	if q.Options, err = cleanOptions(q.Options); err != nil {
		return q, err
	}
	if q.X, err = q.X.checked(); err != nil {
		return q, err
	}
	if q.Y, err = q.Y.checked(); err != nil {
		return q, err
	}
	if q.To == 0 {
		q.To = coarse
	}
	if q.From != 0 || q.To != coarse && q.To != fine {
		return q, ErrAxes
	}
	q.Low, q.High = "", ""
	if q.Least == 0 {
		q.Least = 1
	}
	if q.Most = len(q.Options); q.Least < 1 || q.Least > q.Most {
		return q, ErrBounds
	}
	return q, nil
}

// checked is the axis with clean texts, as one of its own.
func (a *Axis) checked() (*Axis, error) {
	if a == nil {
		return nil, ErrAxes
	}
	clean := *a
	for _, text := range []*string{&clean.Title, &clean.Low, &clean.High} {
		var err error
		if *text, err = cleanLine(*text, MaxLabel, ErrAxes); err != nil {
			return nil, err
		}
	}
	if clean.Title == "" {
		return nil, ErrAxes
	}
	return &clean, nil
}

// says is the axis in a line: its title, and what its ends mean.
func (a *Axis) says() string {
	if a.Low == "" && a.High == "" {
		return a.Title
	}
	return a.Title + " (" + strings.Join([]string{a.Low, a.High}, " – ") + ")"
}

// readAxes reads where a ballot places items, and refuses what it may not.
func readAxes(q Question, sent voted, _ *content, _ ids) (*content, error) {
	if sent.Places == nil {
		return nil, ErrForm
	}
	spots, err := q.spotsOfItems(sent.Places)
	if err != nil {
		return nil, err
	}
	if len(spots) < q.Least {
		return nil, ErrMissingItems
	}
	return &content{Spots: spots}, nil
}

func (q Question) spotsOfItems(places map[string][]int) ([]spot, error) {
	spots := make([]spot, 0, len(places))
	for id, pair := range places {
		item := q.slot(id)
		if item < 0 {
			return nil, ErrChoice
		}
		s, ok := spotOf(item, pair, q.To)
		if !ok {
			return nil, ErrPlace
		}
		spots = append(spots, s)
	}
	return inOrder(spots), nil
}

// placesByID are the spots of a ballot in words.
func (q Question) placesByID(spots []spot) map[string][]int {
	places := map[string][]int{}
	for _, s := range spots {
		places[q.Options[s.At].ID] = []int{s.X, s.Y}
	}
	return places
}

func fitsAxes(q Question, of *content) bool {
	twice := func(a, b spot) bool { return a.At == b.At }
	for _, s := range of.Spots {
		if s.At < 0 || s.At >= len(q.Options) || !s.within(q.To) {
			return false
		}
	}
	return of.onlySpots() && len(of.Spots) >= q.Least && len(slices.CompactFunc(slices.Clone(of.Spots), twice)) == len(of.Spots)
}

// plane adds places up where a box has its counts: some numbers for each item.
type plane struct{ box *box }

func newPlane(_ Question, b *box) sum { return plane{b} }

func (p plane) add(_ int, of *content)  { p.count(of, 1) }
func (p plane) drop(_ int, of *content) { p.count(of, -1) }

func (p plane) count(of *content, times int) {
	for _, s := range of.Spots {
		for i, n := range []int{1, s.X, s.Y, s.X * s.X, s.Y * s.Y} {
			p.box.counts[s.At*len(perItem)+i] += times * n
		}
	}
}

func (plane) told(bool) *Answers { return nil }

// middles are where many have placed the items, by what the tally says.
func (q Question) middles(counts map[string]int) []methods.Middle {
	all := make([]methods.Middle, len(q.Options))
	for i, o := range q.Options {
		of := func(sum string) int { return counts[o.ID+"/"+sum] }
		all[i] = methods.MiddleOf(of("n"), of("x"), of("y"), of("xx"), of("yy"))
	}
	return all
}
