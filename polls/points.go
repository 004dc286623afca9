package polls

import "plenum/rooms"

// Limits of points that people give out.
const (
	MaxTotal   = 1_000
	MaxPointed = 20 // options
	usualTotal = 100
)

// Why points are refused; and option.
var (
	ErrPointed = rooms.Refuse("options", "Points are given to 2 to 20 options.")
	ErrTotal   = rooms.Refuse("total", "There are 1 to 1,000 points to give out.")
	ErrPoints  = rooms.Refuse("points", "All points have to be given out, and no more than there are.")
)

func (q Question) checkedPoints() (Question, error) {
	q.Special = Special{Total: q.Total}
	if q.Total == 0 {
		q.Total = usualTotal
	}
	if len(q.Options) > MaxPointed {
		return q, ErrPointed
	}
	if q.Total < 1 || q.Total > MaxTotal {
		return q, ErrTotal
	}
	q.Least, q.Most = 1, len(q.Options)
	return q.checkedChoice()
}

func readPoints(q Question, sent voted, _ *content, _ ids) (*content, error) {
	if sent.Points == nil {
		return nil, ErrForm
	}
	given, left := make([]int, len(q.Options)), q.Total
	for id, points := range sent.Points {
		slot := q.slot(id)
		if slot < 0 {
			return nil, ErrChoice
		}
		if points < 0 || points > left {
			return nil, ErrPoints
		}
		given[slot] = points
		left -= points
	}
	if left > 0 {
		return nil, ErrPoints
	}
	return &content{Points: given}, nil
}

func fitsPoints(q Question, of *content) bool {
	left := q.Total
	for _, points := range of.Points {
		if points < 0 || points > left {
			return false
		}
		left -= points
	}
	return left == 0 && len(of.Points) == len(q.Options) && of.Answers == nil && of.Number == 0 && of.Cells == nil && of.Spots == nil
}

// purse adds points up where a box has its counts: how many people gave an
// option something, and how much all of them gave it.
type purse struct{ box *box }

func newPurse(q Question, b *box) sum {
	b.points = make([]int, q.slots())
	return purse{b}
}

func (p purse) add(_ int, of *content)  { p.count(of, 1) }
func (p purse) drop(_ int, of *content) { p.count(of, -1) }

func (p purse) count(of *content, times int) {
	for slot, points := range of.Points {
		if points > 0 {
			p.box.counts[slot] += times
			p.box.points[slot] += times * points
		}
	}
}

func (purse) told(bool) *Answers { return nil }

// pointsByID are the points of a ballot, without options that got none.
func (q Question) pointsByID(of []int) map[string]int {
	byID := map[string]int{}
	for slot, points := range of {
		if points > 0 {
			byID[q.slotName(slot)] = points
		}
	}
	return byID
}
