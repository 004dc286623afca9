package main

import (
	"maps"
	"slices"

	"plenum/polls/methods"
)

// quiz prints what the ballots of a quiz bring, made anew by the formula.
func (p *paper) quiz(f *methods.File) {
	if f.Quiz == nil {
		return
	}
	people, other := map[int64]int{}, 0
	for _, b := range f.Ballots {
		points := f.Brings(b)
		people[points] += *b.Count
		if points != b.Points {
			other += *b.Count
		}
	}
	p.line("")
	p.line("Points: %d for a right answer", f.Quiz.Worth)
	for _, points := range slices.Backward(slices.Sorted(maps.Keys(people))) {
		p.line("%8d  %d", points, people[points])
	}
	if other > 0 {
		p.line("The file says other points for %d.", other)
	}
}
