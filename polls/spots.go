package polls

import (
	"cmp"
	"slices"

	"plenum/polls/methods"
)

// spot is a place that a ballot names: of an item between two axes, in steps of
// the scale; or of a pin on a picture, in parts of sideLength.
type spot struct {
	At int `json:"at,omitempty"` // the item, by its slot; 0 of a pin
	X  int `json:"x"`
	Y  int `json:"y"`
}

func (s spot) compare(other spot) int {
	return cmp.Or(cmp.Compare(s.At, other.At), cmp.Compare(s.X, other.X), cmp.Compare(s.Y, other.Y))
}

// within tells whether both numbers lie between 0 and most.
func (s spot) within(most int) bool { return s.X >= 0 && s.X <= most && s.Y >= 0 && s.Y <= most }

// spotOf reads two numbers; false if they are not two, or beyond most.
func spotOf(at int, pair []int, most int) (spot, bool) {
	if len(pair) != 2 {
		return spot{}, false
	}
	s := spot{At: at, X: pair[0], Y: pair[1]}
	return s, s.within(most)
}

// inOrder are spots in the one order in which ballots have them, whatever the
// order was in which they were set.
func inOrder(spots []spot) []spot {
	slices.SortFunc(spots, spot.compare)
	return spots
}

// onlySpots tells whether a content holds nothing else.
func (c *content) onlySpots() bool {
	return c.Answers == nil && c.Number == 0 && c.Points == nil && c.Cells == nil && slices.IsSortedFunc(c.Spots, spot.compare)
}

// placed tells whether ballots name places.
func (q Question) placed() bool { return q.Kind == Axes || q.Kind == Pins }

// placesFile is a round as a file, still without its ballots.
func (c *card) placesFile(round int) methods.File {
	f := methods.File{
		Format: 5, Kind: string(c.Kind), Prompt: c.Prompt, Round: round, Steps: c.To, Options: []methods.FileOption{}, Ballots: []methods.FileBallot{},
	}
	if c.Kind == Axes {
		f.X, f.Y = (*methods.FileAxis)(c.X), (*methods.FileAxis)(c.Y)
	}
	for _, o := range c.Options {
		f.Options = append(f.Options, methods.FileOption{ID: o.ID, Text: o.Text, Area: o.Area})
	}
	return f
}
