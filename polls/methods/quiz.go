package methods

import (
	"errors"
	"fmt"
	"math"
	"slices"
)

// Limits of points for one right answer.
const MostWorth = 10_000

// How time counts: all points until the first, or this part of the time.
const (
	fullFor  = 500 // milliseconds
	fullPart = 20
)

// Quiz is what is right, and what it is worth, in a file of ballots.
type Quiz struct {
	Worth   int      `json:"worth"`
	Limit   int64    `json:"limit,omitempty"`   // milliseconds; 0: time does not matter
	Several bool     `json:"several,omitempty"` // parts of a ballot can be right
	Right   []string `json:"right,omitempty"`   // options
	Truth   *float64 `json:"truth,omitempty"`
	Within  float64  `json:"within,omitempty"` // how far from the truth is right as well
	Accept  []string `json:"accept,omitempty"` // texts
}

// PointsFor is the formula: the part of the worth that the hits are, and of it
// all at once, falling evenly to half when the time is over. Limit 0: time does
// not matter.
func PointsFor(worth, hits, of int, took, limit int64) int64 {
	all := int64(worth) * int64(hits)
	full := max(fullFor, limit/fullPart)
	if limit <= full || took <= full {
		return all / int64(of)
	}
	span := 2 * (limit - full)
	return all * (span - (min(took, limit) - full)) / (int64(of) * span)
}

// Hits are the parts of an answer that are right, and how many parts there are.
func (q *Quiz) Hits(b FileBallot) (hits, of int) {
	right := false
	switch {
	case q.Truth != nil:
		right = b.Number != nil && math.Abs(*b.Number-*q.Truth) <= q.Within
	case len(q.Accept) > 0:
		for _, text := range slices.Concat(b.Texts, b.Out) {
			right = right || slices.ContainsFunc(q.Accept, func(a string) bool { return Fold(a) == Fold(text) })
		}
	default:
		for _, option := range slices.Concat(b.Ranks...) {
			if slices.Contains(q.Right, option) {
				hits++
			} else {
				hits--
			}
		}
		if q.Several {
			return max(0, hits), len(q.Right)
		}
		right = hits > 0
	}
	if right {
		return 1, 1
	}
	return 0, 1
}

// Brings is what a ballot brings, made anew.
func (f *File) Brings(b FileBallot) int64 {
	q := f.Quiz
	hits, of := q.Hits(b)
	if f.Kind == FilePins {
		hits, of = 0, 1
		if f.rightPin(b) {
			hits = 1
		}
	}
	return PointsFor(q.Worth, hits, of, b.Took, q.Limit)
}

func (f *File) checkQuiz() error {
	timed := slices.ContainsFunc(f.Ballots, func(b FileBallot) bool { return b.Took != 0 || b.Points != 0 })
	if f.Quiz == nil {
		if timed || f.Format == 3 {
			return fmt.Errorf("it has the format %d and no quiz: only a quiz has format 3, and points", f.Format)
		}
		return nil
	}
	if f.Format != 3 {
		return fmt.Errorf("it has the format %d, and a quiz has format 3", f.Format)
	}
	if q := f.Quiz; q.Worth < 1 || q.Worth > MostWorth || q.Limit < 0 || q.Limit > 1<<32 || len(q.Right) == 0 && q.Truth == nil && len(q.Accept) == 0 {
		return errors.New("its quiz does not say what is right and what that is worth")
	}
	for i, b := range f.Ballots {
		if b.Took < 0 || b.Points < 0 {
			return fmt.Errorf("ballot %d: its time and its points are at least 0", i+1)
		}
	}
	return nil
}
