package methods

import (
	"math/rand/v2"
	"testing"
)

// BenchmarkAll pours 100,000 ballots that rank all of 10 options at random into
// a profile and counts them by every method.
func BenchmarkAll(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	options := []string{"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}
	ballots := make([]Ballot, 100_000)
	for i := range ballots {
		for _, at := range r.Perm(len(options)) {
			ballots[i] = append(ballots[i], options[at:at+1])
		}
	}
	for b.Loop() {
		p, err := NewProfile(options)
		if err != nil {
			b.Fatal(err)
		}
		for _, ballot := range ballots {
			if err := p.Add(ballot, 1); err != nil {
				b.Fatal(err)
			}
		}
		for _, m := range All {
			if _, err := Count(p, m, Rules{Seats: 3, Ties: ShowTies}); err != nil {
				b.Fatal(err)
			}
		}
	}
}
