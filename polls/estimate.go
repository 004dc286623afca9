package polls

import (
	"math"
	"slices"

	"plenum/polls/methods"
	"plenum/rooms"
)

// Limits of an estimate: with them a number is exact in every browser.
const (
	MaxNumber   = 1_000_000_000_000 // and the least is as far below 0
	MaxDecimals = 3
	MaxUnit     = 20 // UTF-16 units
)

// Why an estimate is refused.
var (
	ErrNumber = rooms.Refuse("number", "This number is not within the limits of the question.")
	ErrLimits = rooms.Refuse("limits", "The least number is below the greatest, and neither has more digits than the question allows.")
	ErrUnit   = rooms.Refuse("unit", "A unit has at most 20 characters.")
	ErrTruth  = rooms.Refuse("truth", "The true value is a number that could be given as an answer.")
)

// Numbers are what the estimates of a question add up to.
type Numbers = methods.Numbers

func (q Question) checkedEstimate() (Question, error) {
	if len(q.Options) > 0 {
		return q, rooms.ErrMalformed
	}
	q.Review, q.Total = false, 0
	q.Options, q.From, q.To, q.Low, q.High, q.Least, q.Most = []Option{}, 0, 0, "", "", 1, 1
	if q.Decimals < 0 || q.Decimals > MaxDecimals {
		return q, ErrLimits
	}
	for _, bound := range []*float64{q.Min, q.Max} {
		if bound == nil {
			continue
		}
		if _, ok := q.scaled(*bound); !ok {
			return q, ErrLimits
		}
	}
	if q.Min != nil && q.Max != nil && *q.Min >= *q.Max {
		return q, ErrLimits
	}
	if q.Truth != nil && !q.possible(*q.Truth) {
		return q, ErrTruth
	}
	var err error
	q.Unit, err = cleanLine(q.Unit, MaxUnit, ErrUnit)
	return q, err
}

// scale is how many of the smallest unit make 1.
func (q Question) scale() float64 { return math.Pow10(q.Decimals) }

// scaled is a number in the smallest unit, if it has no more digits than it may.
func (q Question) scaled(number float64) (int64, bool) {
	if !(math.Abs(number) <= MaxNumber) {
		return 0, false
	}
	whole := math.Round(number * q.scale())
	return int64(whole), whole/q.scale() == number
}

// unscaled is the number again.
func (q Question) unscaled(number int64) float64 { return float64(number) / q.scale() }

// possible tells whether a number can be an answer.
func (q Question) possible(number float64) bool {
	_, ok := q.scaled(number)
	return ok && (q.Min == nil || number >= *q.Min) && (q.Max == nil || number <= *q.Max)
}

func readEstimate(q Question, sent voted, _ *content, _ ids) (*content, error) {
	if sent.Number == nil {
		return nil, ErrForm
	}
	if !q.possible(*sent.Number) {
		return nil, ErrNumber
	}
	number, _ := q.scaled(*sent.Number)
	return &content{Number: number}, nil
}

func fitsEstimate(q Question, of *content) bool {
	return q.possible(q.unscaled(of.Number)) && of.Answers == nil && of.Points == nil && of.Cells == nil && of.Spots == nil
}

// guesses are all numbers of a box in order: what is told of them is exact, and
// the same in whatever order they came.
type guesses struct {
	scale  float64
	sorted []int64
	fresh  *Answers // as last told; nil: something has changed
}

func newGuesses(q Question, _ *box) sum { return &guesses{scale: q.scale()} }

func (g *guesses) add(_ int, of *content) {
	at, _ := slices.BinarySearch(g.sorted, of.Number)
	g.sorted = slices.Insert(g.sorted, at, of.Number)
	g.fresh = nil
}

func (g *guesses) drop(_ int, of *content) {
	if at, found := slices.BinarySearch(g.sorted, of.Number); found {
		g.sorted = slices.Delete(g.sorted, at, at+1)
	}
	g.fresh = nil
}

func (g *guesses) told(bool) *Answers {
	if g.fresh == nil {
		g.fresh = &Answers{Numbers: methods.Summary(g.sorted, g.scale)}
	}
	return g.fresh
}

// sameNumber compares numbers that may be missing.
func sameNumber(a, b *float64) bool {
	if a == nil || b == nil {
		return a == b
	}
	return *a == *b
}
