package polls

import "math/bits"

// MaxTurn is the highest turn of a voter: the largest whole number that every
// browser knows exactly.
const MaxTurn = 1<<53 - 1

// ballot is what a voter wants in one round of a question: picks, or of special
// forms a content. Turn 0 is no ballot; one without either is withdrawn, and kept so that an older turn which arrives
// late does not bring it back.
type ballot struct {
	turn    uint64
	picks   picks
	content *content
	mark    mark // on a question of a quiz
}

// counts tells whether the ballot is in the tally.
func (b ballot) counts() bool { return b.picks != picks{} || b.content != nil }

// picks are the chosen places of a tally, a bit each; for a ranking see rank.
type picks [2]uint64

func (p *picks) add(slot int)     { p[slot/64] |= 1 << (slot % 64) }
func (p picks) has(slot int) bool { return p[slot/64]&(1<<(slot%64)) != 0 }

// each calls f for every chosen place, in order.
func (p picks) each(f func(slot int)) {
	for word, rest := range p {
		for ; rest != 0; rest &= rest - 1 {
			f(64*word + bits.TrailingZeros64(rest))
		}
	}
}

// beyond tells whether a place is chosen that the tally does not have.
func (p picks) beyond(slots int) bool {
	found := false
	p.each(func(slot int) { found = found || slot >= slots })
	return found
}

// roll numbers the voters of a poll in the order in which they came.
type roll struct {
	names   []string
	numbers map[string]int
}

func newRoll() roll { return roll{numbers: map[string]int{}} }

func rollOf(names []string) roll {
	r := newRoll()
	for _, name := range names {
		r.enrol(name)
	}
	return r
}

// enrol is the number of a voter, new or not.
func (r *roll) enrol(name string) int {
	number, known := r.numbers[name]
	if !known {
		number = len(r.names)
		r.numbers[name] = number
		r.names = append(r.names, name)
	}
	return number
}
