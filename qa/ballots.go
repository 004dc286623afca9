package qa

import "slices"

// MaxTurn is how often one person can vote for a question and take it back.
const MaxTurn = 1<<16 - 1

// turn is the ballot of one person for one question: how often they have
// changed their mind. Odd: the vote counts. Even: it was taken back; 0: there
// never was one. The highest turn wins, whatever order they arrive in.
type turn uint16

func (t turn) counts() bool { return t%2 == 1 }

// pageSize is how many ballots are copied at once when a snapshot shares them.
const pageSize = 128

type page struct {
	stamp uint64 // see slots
	turns [pageSize]turn
}

// ballots are the turns of one question by the voters' numbers.
type ballots []*page

func (b ballots) at(voter int) turn {
	if n := voter / pageSize; voter >= 0 && n < len(b) && b[n] != nil {
		return b[n].turns[voter%pageSize]
	}
	return 0
}

// put sets a turn. A page that a snapshot shares is copied first; the list of
// pages is the caller's own.
func (b ballots) put(voter int, now turn, stamp uint64) ballots {
	n := voter / pageSize
	for len(b) <= n {
		b = append(b, nil)
	}
	switch held := b[n]; {
	case held == nil:
		b[n] = &page{stamp: stamp}
	case held.stamp != stamp:
		own := *held
		own.stamp = stamp
		b[n] = &own
	}
	b[n].turns[voter%pageSize] = now
	return b
}

// each calls f for every voter with a turn.
func (b ballots) each(f func(voter int, t turn)) {
	for n, held := range b {
		if held == nil {
			continue
		}
		for i, t := range held.turns {
			if t > 0 {
				f(n*pageSize+i, t)
			}
		}
	}
}

// roll numbers the people who asked or voted, in the order in which they came.
type roll struct {
	names   []string
	numbers map[string]int
}

func newRoll() roll { return roll{numbers: map[string]int{}} }

// enrol is the number of a person, new or not.
func (r *roll) enrol(name string) int {
	number, known := r.numbers[name]
	if !known {
		number = len(r.names)
		r.numbers[name] = number
		r.names = append(r.names, name)
	}
	return number
}

// find is the number of a person; -1 if they have done nothing here.
func (r *roll) find(name string) int {
	if number, known := r.numbers[name]; known {
		return number
	}
	return -1
}

// names that a snapshot can share: what comes later is behind their end.
func (r *roll) snapshot() []string { return slices.Clip(r.names) }
