package polls

import (
	"iter"

	"plenum/polls/methods"
	"plenum/rooms"
)

// MaxRanked is how many options a ranking has: as many as can be put in order
// on a phone, and as fit into a ballot.
const MaxRanked = 20

// Why a ranking is refused.
var (
	ErrRanked = rooms.Refuse("options", "A ranking has 2 to 20 options.")
	ErrSeats  = rooms.Refuse("seats", "A ranking has at least one winner, and fewer winners than options.")
	ErrMethod = rooms.Refuse("counting", "This way of counting does not go with this number of winners.")
)

// methodsFor are the ways to count a ranking with so many winners, the usual one first.
func methodsFor(seats int) []methods.Method {
	if seats > 1 {
		return []methods.Method{methods.Transfer, methods.Schulze, methods.Borda}
	}
	return []methods.Method{methods.Runoff, methods.Schulze, methods.Borda}
}

func (q Question) checkedRanking() (Question, error) {
	if len(q.Options) > MaxRanked {
		return q, ErrRanked
	}
	if q.Seats == 0 {
		q.Seats = 1
	}
	if q.Seats < 1 || q.Seats >= max(2, len(q.Options)) {
		return q, ErrSeats
	}
	if q.Method == "" {
		q.Method = methodsFor(q.Seats)[0]
	}
	if q.Ties == "" {
		q.Ties = methods.ShowTies
	}
	if q.Ties != methods.ShowTies && q.Ties != methods.ByOrder {
		return q, rooms.ErrMalformed
	}
	for _, m := range methodsFor(q.Seats) {
		if q.Method == m {
			return q, nil
		}
	}
	return q, ErrMethod
}

// A ranking keeps its order in the bits of its picks: five for each rank, the
// place of the tally from 1, twelve ranks to a word. The rest is 0.
const (
	rankBits = 5
	perWord  = 64 / rankBits
)

// rank puts a place behind those that are ranked already.
func (p *picks) rank(slot, at int) {
	p[at/perWord] |= uint64(slot+1) << (at % perWord * rankBits)
}

// ranked are the places in their order.
func (p picks) ranked() iter.Seq2[int, int] {
	return func(yield func(at, slot int) bool) {
		for at := range 2 * perWord {
			slot := int(p[at/perWord]>>(at%perWord*rankBits)&(1<<rankBits-1)) - 1
			if slot < 0 || !yield(at, slot) {
				return
			}
		}
	}
}

// isRanking tells whether the bits are a ranking of so many places.
func (p picks) isRanking(slots int) bool {
	var again, seen picks
	for at, slot := range p.ranked() {
		if slot >= slots || seen.has(slot) {
			return false
		}
		seen.add(slot)
		again.rank(slot, at)
	}
	return again == p
}
