package polls

import (
	"math/rand/v2"
)

// randomKey makes some of the questions that can be part of a quiz one.
func randomKey(r *rand.Rand, q Question) Question {
	if q.veiled() {
		return q
	}
	if r.IntN(2) == 0 {
		return q
	}
	switch q.Kind {
	case Single, Multiple:
		q.Key = &Key{Right: r.Perm(len(q.Options))[:1]}
	case Pins:
		if len(q.Options) == 0 {
			return q
		}
		q.Most, q.Key = 1, &Key{Right: r.Perm(len(q.Options))[:1]}
	case Estimate:
		if q.Truth == nil {
			return q
		}
		q.Key = &Key{Within: float64(r.IntN(3))}
	case Words, Wall:
		q.Most, q.Key = 1, &Key{Accept: []string{someWords[0][0]}}
	default:
		return q
	}
	q.Worth = []int{0, 1, 500}[r.IntN(3)]
	q.Show = []Show{AtClose, ByReveal}[r.IntN(2)]
	return q
}

// randomQuiz is something a host does about the quiz.
func randomQuiz(r *rand.Rand) (do string, with any) {
	switch r.IntN(3) {
	case 0:
		return "rules", Rules{Speed: r.IntN(2) == 0, Streak: r.IntN(2) == 0, Reading: r.IntN(2) * r.IntN(4)}
	case 1:
		return "allow", map[string]any{"member": []string{"m2", "m3", "nobody"}[r.IntN(3)], "more": []int{0, 150, 200, noLimit}[r.IntN(4)]}
	}
	return "rank", map[string]any{"show": []Ranks{NoRanks, OnBoard, OnPodium}[r.IntN(3)]}
}
