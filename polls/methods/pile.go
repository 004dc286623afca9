package methods

import "math/bits"

// unit is a whole ballot. Values of ballots are whole numbers of this, and what
// does not come out even is cut off, as the rules of Scottish elections do at
// the fifth decimal; here it is the tenth. What is cut off counts as spent. It
// can be parted exactly among up to 20 equal options, and ten million ballots
// of it fit into an int64.
const unit = 100 * 232_792_560 // 100 times the least common multiple of 1 … 20

// pile is where ballots stand, and with what value.
type pile struct {
	groups []group
	holds  [][]int64 // by option and group: the value of each ballot of the group
	votes  []int64   // by option
	all    int64
	spare  []int // the best hopefuls of a ballot
}

func newPile(p *Profile) *pile {
	n := len(p.options)
	b := &pile{groups: p.groups(), holds: make([][]int64, n), votes: make([]int64, n), all: int64(p.people) * unit}
	for place := range b.holds {
		b.holds[place] = make([]int64, len(b.groups))
	}
	start := make([]int, n)
	for g := range b.groups {
		b.pass(g, unit, start)
	}
	return b
}

// move takes what an option has but a rest to the next options, each ballot
// with the same part of its value.
func (b *pile) move(place int, rest int64, state []int) {
	votes := b.votes[place]
	for g, value := range b.holds[place] {
		if value > 0 {
			b.pass(g, part(value, votes-rest, votes), state)
		}
	}
	clear(b.holds[place])
	b.votes[place] = rest
}

// part is value × of ÷ all, cut off.
func part(value, of, all int64) int64 {
	high, low := bits.Mul64(uint64(value), uint64(of))
	quotient, _ := bits.Div64(high, low, uint64(all))
	return int64(quotient)
}

// pass gives a ballot to the best hopefuls on it.
func (b *pile) pass(g int, value int64, state []int) {
	for _, rank := range b.groups[g].ranks {
		b.spare = b.spare[:0]
		for _, one := range []byte(rank) {
			if place := int(one) - 1; state[place] == hopeful {
				b.spare = append(b.spare, place)
			}
		}
		for _, place := range b.spare {
			share := value / int64(len(b.spare))
			b.holds[place][g] += share
			b.votes[place] += share * int64(b.groups[g].count)
		}
		if len(b.spare) > 0 {
			return
		}
	}
}

// spent is what stands nowhere any more.
func (b *pile) spent() int64 {
	left := b.all
	for _, votes := range b.votes {
		left -= votes
	}
	return left
}
