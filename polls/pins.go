package polls

import (
	"iter"
	"slices"
	"strconv"

	"plenum/polls/methods"
	"plenum/rooms"
)

// Limits of pins on a picture.
const (
	MaxPins    = 10 // of one person
	MaxAreas   = 20
	MaxCorners = 20
	heatSide   = 50 // fields in a row and in a column of the heat map
	roughly    = 3  // fields in a row and in a column, where no areas are named
	elsewhere  = "-"
)

// Why a question of pins is refused, or a ballot on one; and option and picture.
var (
	ErrAreas    = rooms.Refuse("areas", "A picture has at most 20 named areas.")
	ErrArea     = rooms.Refuse("area", "An area is a rectangle or a shape of 3 to 20 corners, within the picture.")
	ErrPins     = rooms.Refuse("pins", "Pins are set within the picture: at least one, and at most as many as the question says.")
	ErrManyPins = rooms.Refuse("many-pins", "One person can set 1 to 10 pins.")
)

func (q Question) checkedPins() (Question, error) {
	q.Special = Special{Picture: q.Picture}
	q.From, q.To, q.Low, q.High, q.Least = 0, 0, "", "", 1
	if q.Most == 0 {
		q.Most = 1
	}
	if q.Most < 1 || q.Most > MaxPins {
		return q, ErrManyPins
	}
	if len(q.Options) > MaxAreas {
		return q, ErrAreas
	}
	var err error
	if q.Picture, err = q.Picture.checked(); err != nil {
		return q, err
	}
	if q.Picture == nil {
		return q, ErrPicture
	}
	named, err := cleanOptions(q.Options)
	if err != nil {
		return q, err
	}
	for i, o := range q.Options {
		if named[i].Area, err = checkedArea(o.Area); err != nil {
			return q, err
		}
	}
	q.Options = named
	return q, nil
}

// checkedArea is a rectangle, as left, top, right and bottom, or the corners of a
// shape, each as x and y.
func checkedArea(area []int) ([]int, error) {
	n := len(area)
	if n%2 != 0 || n < 4 || n > 2*MaxCorners {
		return nil, ErrArea
	}
	for _, at := range area {
		if at < 0 || at > sideLength {
			return nil, ErrArea
		}
	}
	if n == 4 && (area[0] >= area[2] || area[1] >= area[3]) {
		return nil, ErrArea
	}
	return slices.Clone(area), nil
}

// fields is how many places a pin can count in: the named areas and elsewhere,
// or where there are none, parts of the picture.
func (q Question) fields() int {
	if len(q.Options) == 0 {
		return roughly * roughly
	}
	return len(q.Options) + 1
}

// fieldName is what such a place is called on the wire: an option, "-" for
// elsewhere, or a part by its row and column: "r1c3".
func (q Question) fieldName(slot int) string {
	switch {
	case len(q.Options) == 0:
		return "r" + strconv.Itoa(slot/roughly+1) + "c" + strconv.Itoa(slot%roughly+1)
	case slot == len(q.Options):
		return elsewhere
	}
	return q.Options[slot].ID
}

// fieldsOf are the places that pins are in, each once.
func (q Question) fieldsOf(pins []spot) (slots []int) {
	for _, s := range pins {
		if len(q.Options) == 0 {
			slots = append(slots, cellOf(s, roughly))
			continue
		}
		found := false
		for i, o := range q.Options {
			if methods.InArea(o.Area, s.X, s.Y) {
				slots, found = append(slots, i), true
			}
		}
		if !found {
			slots = append(slots, len(q.Options))
		}
	}
	return slices.Compact(slices.Sorted(slices.Values(slots)))
}

// cellOf is the field of a raster with so many in a row that a pin is in.
func cellOf(s spot, side int) int {
	at := func(n int) int { return min(side-1, n*side/sideLength) }
	return at(s.Y)*side + at(s.X)
}

// readPins reads where a ballot sets pins, and refuses what it may not.
func readPins(q Question, sent voted, _ *content, _ ids) (*content, error) {
	if sent.Pins == nil {
		return nil, ErrForm
	}
	spots, err := spotsOfPins(sent.Pins)
	if err != nil {
		return nil, err
	}
	if len(spots) < 1 || len(spots) > q.Most {
		return nil, ErrPins
	}
	return &content{Spots: spots}, nil
}

func spotsOfPins(pins [][]int) ([]spot, error) {
	if len(pins) > MaxPins {
		return nil, ErrPins
	}
	spots := make([]spot, len(pins))
	for i, pair := range pins {
		var ok bool
		if spots[i], ok = spotOf(0, pair, sideLength); !ok {
			return nil, ErrPins
		}
	}
	return inOrder(spots), nil
}

// spotsIn are the pins of a ballot that is stored.
func spotsIn(pins [][]int) (spots []spot) {
	for _, pair := range pins {
		spots = append(spots, spot{X: pair[0], Y: pair[1]})
	}
	return spots
}

// pairs are pins in words.
func pairs(spots []spot) [][]int {
	pins := make([][]int, len(spots))
	for i, s := range spots {
		pins[i] = []int{s.X, s.Y}
	}
	return pins
}

func fitsPins(q Question, of *content) bool {
	for _, s := range of.Spots {
		if s.At != 0 || !s.within(sideLength) {
			return false
		}
	}
	return of.onlySpots() && len(of.Spots) >= 1 && len(of.Spots) <= q.Most
}

// heat counts how many people have pins in a place where a box has its counts,
// and how many pins there are in every field of a raster.
type heat struct {
	of    Question
	box   *box
	cells []int
	pins  int
	telling
}

func newHeat(q Question, b *box) sum {
	return &heat{of: q, box: b, cells: make([]int, heatSide*heatSide)}
}

func (h *heat) add(_ int, of *content)  { h.count(of, 1) }
func (h *heat) drop(_ int, of *content) { h.count(of, -1) }

func (h *heat) count(of *content, times int) {
	for _, slot := range h.of.fieldsOf(of.Spots) {
		h.box.counts[slot] += times
	}
	for _, s := range of.Spots {
		h.cells[cellOf(s, heatSide)] += times
		h.pins += times
	}
	h.changed()
}

func (h *heat) told(host bool) *Answers {
	return h.telling.told(host, func() Answers { return Answers{Pins: h.pins, Heat: runs(h.cells)} }, func(*Answers) {})
}

// runs are counts in order, with so many zeros as a negative number; those at
// the end are left out.
func runs(counts []int) (told []int) {
	empty := 0
	for _, n := range counts {
		if n == 0 {
			empty++
			continue
		}
		if empty > 0 {
			told = append(told, -empty)
		}
		told, empty = append(told, n), 0
	}
	return told
}

// fieldNames are what the places are called in which a pin can count.
func (q Question) fieldNames() iter.Seq[string] {
	return func(yield func(string) bool) {
		for slot := range q.fields() {
			if !yield(q.fieldName(slot)) {
				return
			}
		}
	}
}

// inside is a place in an area, or the middle of a part of the picture.
func (q Question) inside(slot int) (x, y int) {
	if len(q.Options) == 0 {
		at := func(n int) int { return (2*n + 1) * sideLength / (2 * roughly) }
		return at(slot % roughly), at(slot / roughly)
	}
	return methods.Inside(q.Options[slot].Area)
}
