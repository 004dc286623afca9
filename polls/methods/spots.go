package methods

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// The kinds of files whose ballots name places: of items between two axes, or of
// pins on a picture.
const (
	FileAxes = "axes"
	FilePins = "pins"
)

// The limits of places in a file.
const (
	mostItems   = 20
	mostSteps   = 20
	mostPins    = 10
	mostCorners = 20
	sideLength  = 10_000
)

// Placed tells whether ballots name places.
func (f *File) Placed() bool { return f.Kind == FileAxes || f.Kind == FilePins }

// FileAxis is an axis and what its ends mean.
type FileAxis struct {
	Title string `json:"title"`
	Low   string `json:"low,omitempty"`
	High  string `json:"high,omitempty"`
}

// checkPlaces is check for a file of places.
func (f *File) checkPlaces() error {
	if f.Format != 5 && f.Quiz == nil {
		return fmt.Errorf("there is no kind of ballots called %q in format %d", f.Kind, f.Format)
	}
	if len(f.Columns) > 0 || f.Scale || f.Several || f.Seats != 0 || f.Method != "" || f.Ties != "" {
		return fmt.Errorf("ballots of the kind %q have no columns, no seats and no method", f.Kind)
	}
	axes := f.Kind == FileAxes
	if len(f.Options) > mostItems || axes && (len(f.Options) < 1 || f.Steps < 1 || f.Steps > mostSteps) {
		return fmt.Errorf("there are at most %d items or areas, and axes have 1 to %d steps", mostItems, mostSteps)
	}
	seen := map[string]bool{}
	for _, o := range f.Options {
		if o.ID == "" || len(o.ID) > mostText || seen[o.ID] {
			return errors.New("items and areas need short ids, each of its own")
		}
		if seen[o.ID] = true; axes != (o.Area == nil) || !axes && !isArea(o.Area) {
			return fmt.Errorf("%q is no area of a picture, or has none", o.ID)
		}
	}
	people := 0
	for i := range f.Ballots {
		b := &f.Ballots[i]
		if err := b.checkCount(i, &people); err != nil {
			return err
		}
		if b.Ranks != nil || b.Scores != nil || b.Texts != nil || b.Out != nil || b.Number != nil || b.Rows != nil || axes != (b.Pins == nil) || axes == (b.Places == nil) {
			return fmt.Errorf("ballot %d: it is not of the kind %q", i+1, f.Kind)
		}
		if err := f.checkPairs(b); err != nil {
			return fmt.Errorf("ballot %d: %w", i+1, err)
		}
	}
	return nil
}

func (f *File) checkPairs(b *FileBallot) error {
	if len(b.Pins) > mostPins || len(b.Pins)+len(b.Places) == 0 {
		return errors.New("it names no place, or too many")
	}
	for id, pair := range b.Places {
		if !hasID(f.Options, id) {
			return fmt.Errorf("there is no item %q", id)
		}
		if !isPair(pair, f.Steps) {
			return fmt.Errorf("the place of %q is not between the axes", id)
		}
	}
	for _, pair := range b.Pins {
		if !isPair(pair, sideLength) {
			return errors.New("a pin is not on the picture")
		}
	}
	return nil
}

func isPair(pair []int, most int) bool {
	return len(pair) == 2 && min(pair[0], pair[1]) >= 0 && max(pair[0], pair[1]) <= most
}

func isArea(area []int) bool {
	if n := len(area); n < 4 || n%2 != 0 || n > 2*mostCorners {
		return false
	}
	return slices.Min(area) >= 0 && slices.Max(area) <= sideLength
}

// InArea tells whether a place is in an area, or on its edge: a rectangle, as
// left, top, right and bottom, or the corners of a shape, each as x and y.
func InArea(area []int, x, y int) bool {
	if len(area) == 4 {
		return x >= area[0] && x <= area[2] && y >= area[1] && y <= area[3]
	}
	in := false
	for i := 0; i < len(area); i += 2 {
		next := (i + 2) % len(area)
		x0, y0, x1, y1 := area[i], area[i+1], area[next], area[next+1]
		cross := (x1-x0)*(y-y0) - (y1-y0)*(x-x0)
		if cross == 0 && x >= min(x0, x1) && x <= max(x0, x1) && y >= min(y0, y1) && y <= max(y0, y1) {
			return true
		}
		if (y0 > y) != (y1 > y) && (cross < 0) != (y1 > y0) {
			in = !in
		}
	}
	return in
}

// Middle is where many have placed an item: how many, on average, and how far
// from there (the standard deviation).
type Middle struct {
	People                 int
	X, Y, SpreadX, SpreadY float64
}

// MiddleOf is made of the sums of places, and of their squares.
func MiddleOf(people, x, y, xx, yy int) Middle {
	if people == 0 {
		return Middle{}
	}
	mean := func(sum int) float64 { return float64(sum) / float64(people) }
	m := Middle{People: people, X: mean(x), Y: mean(y)}
	m.SpreadX = math.Sqrt(max(0, mean(xx)-m.X*m.X))
	m.SpreadY = math.Sqrt(max(0, mean(yy)-m.Y*m.Y))
	return m
}

// Middles are those of all items of a file.
func (f *File) Middles() []Middle {
	all := make([]Middle, len(f.Options))
	for i, o := range f.Options {
		n, x, y, xx, yy := 0, 0, 0, 0, 0
		for _, b := range f.Ballots {
			pair, there := b.Places[o.ID]
			if !there {
				continue
			}
			n += *b.Count
			x += *b.Count * pair[0]
			y += *b.Count * pair[1]
			xx += *b.Count * pair[0] * pair[0]
			yy += *b.Count * pair[1] * pair[1]
		}
		all[i] = MiddleOf(n, x, y, xx, yy)
	}
	return all
}

// Hit is how many ballots have a pin in an area, and how many have one in none.
func (f *File) Hit() (areas []int, elsewhere int) {
	areas = make([]int, len(f.Options))
	for _, b := range f.Ballots {
		out := false
		hit := make([]bool, len(f.Options))
		for _, pin := range b.Pins {
			none := true
			for i, o := range f.Options {
				if InArea(o.Area, pin[0], pin[1]) {
					hit[i], none = true, false
				}
			}
			out = out || none
		}
		for i, is := range hit {
			if is {
				areas[i] += *b.Count
			}
		}
		if out {
			elsewhere += *b.Count
		}
	}
	return areas, elsewhere
}

// rightPin tells whether the one pin of a ballot is in an area that is right.
func (f *File) rightPin(b FileBallot) bool {
	for _, o := range f.Options {
		if len(b.Pins) == 1 && slices.Contains(f.Quiz.Right, o.ID) && InArea(o.Area, b.Pins[0][0], b.Pins[0][1]) {
			return true
		}
	}
	return false
}

// Inside is a place in an area: the middle of a rectangle; of a shape the middle
// of its corners, or if that is not in it, of the widest part of a line across.
func Inside(area []int) (x, y int) {
	n := len(area) / 2
	if n == 2 {
		return (area[0] + area[2]) / 2, (area[1] + area[3]) / 2
	}
	for i := range n {
		x, y = x+area[2*i], y+area[2*i+1]
	}
	if x, y = x/n, y/n; InArea(area, x, y) {
		return x, y
	}
	var cuts []int // where the line at y crosses the edges
	for i := range n {
		next := (i + 1) % n
		x0, y0, x1, y1 := area[2*i], area[2*i+1], area[2*next], area[2*next+1]
		if (y0 > y) != (y1 > y) {
			cuts = append(cuts, x0+(y-y0)*(x1-x0)/(y1-y0))
		}
	}
	slices.Sort(cuts)
	widest := -1
	for i := 0; i+1 < len(cuts); i += 2 {
		middle := (cuts[i] + cuts[i+1]) / 2
		if wide := cuts[i+1] - cuts[i]; wide > widest && InArea(area, middle, y) {
			x, widest = middle, wide
		}
	}
	if widest < 0 {
		return area[0], area[1] // too thin to have an inside: a corner is on its edge
	}
	return x, y
}
