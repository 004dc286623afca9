package methods

import (
	"fmt"
	"slices"
)

// Score is the method for ballots that give every option a score.
const Score Method = "score"

// Score adds up what the ballots of a file give to each option; an option that
// a ballot does not name gets 0 from it. (Range voting: Warren D. Smith, 2000.)
func (f *File) Score() (Result, error) {
	ids := f.ids()
	p, err := NewProfile(ids)
	if err != nil {
		return Result{}, err
	}
	points := make([]int, len(ids))
	for i, b := range f.Ballots {
		for option, score := range b.Scores {
			place := slices.Index(ids, option)
			if place < 0 {
				return Result{}, fmt.Errorf("ballot %d: it scores what is no option: %q", i+1, option)
			}
			if score < 0 || score > MostScore {
				return Result{}, fmt.Errorf("ballot %d: %q has %d points, and not 0 to %d", i+1, option, score, MostScore)
			}
			points[place] += score * *b.Count
		}
		p.people += *b.Count
	}
	c := count{p, f.Rules(), Result{Method: Score, Winners: []string{}}}
	c.byPoints(points)
	return c.result, nil
}
