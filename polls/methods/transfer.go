package methods

import (
	"cmp"
	"math"
	"slices"
)

// Round is one round of a run-off or of a transferable vote.
type Round struct {
	// Votes of the options that are not out, to six decimals. They are counted
	// in whole numbers, see unit.
	Votes map[string]float64 `json:"votes"`
	// Spent is the votes of ballots that name nothing more that is left.
	Spent   float64  `json:"spent"`
	Elected []string `json:"elected,omitempty"` // in this round
	Out     []string `json:"out,omitempty"`     // after this round
}

// The state of an option.
const (
	hopeful = iota
	elected
	out
)

// run is a run-off or a transferable vote under way.
//
// A ballot stands with the best option on it that is still hopeful; several
// equal ones share it in equal parts. It counts for the next when that one is
// out, and is spent when it names no more.
type run struct {
	*count
	pile    *pile
	state   []int
	quota   int64
	moving  bool // the quota is half of what is not spent
	winners [][]int
	losers  [][]int // the first out first
}

// transfer is the instant run-off (proportional false) and the single
// transferable vote.
//
// Run-off: whoever has more than half of the votes that are not spent wins;
// else the last one is out. (Thomas Hare; W. R. Ware, 1871.)
//
// Single transferable vote: a seat needs the Droop quota, ⌊votes ÷ (seats+1)⌋+1
// of all ballots. What an elected option has above it goes on to the next
// hopeful options, each of its ballots with the same part of its value (the
// weighted inclusive Gregory method, as in Scottish council elections since
// 2007, but with all surpluses of a round moved at once, so that their order
// decides nothing).
//
// Ties for the last place: with ShowTies they are out together, or, where that
// would leave too few, tied for the seats; with ByOrder the one furthest down
// the list is out.
func (c *count) transfer(proportional bool) {
	r := &run{count: c, pile: newPile(c.Profile), state: make([]int, len(c.options)), moving: !proportional}
	if proportional {
		c.result.Quota = c.people/(c.rules.Seats+1) + 1
		r.quota = int64(c.result.Quota) * unit
	}
	if c.people == 0 {
		c.place([][]int{r.in(hopeful)})
		return
	}
	for r.round() {
	}
	r.conclude()
}

// round is one round; false if it was the last.
func (r *run) round() bool {
	told := Round{Votes: map[string]float64{}, Spent: float(r.pile.spent())}
	for place, state := range r.state {
		if state != out {
			told.Votes[r.options[place]] = float(r.pile.votes[place])
		}
	}
	on := true
	made := r.through()
	if len(made) > 0 {
		on = r.elect(made)
	} else {
		made, on = r.exclude(&told)
	}
	told.Elected = r.named(made)
	r.result.Rounds = append(r.result.Rounds, told)
	return on
}

// through are the hopeful that have enough votes, or must be taken as no more are left.
func (r *run) through() []int {
	hopefuls := r.in(hopeful)
	if len(hopefuls) <= r.left() {
		return hopefuls
	}
	need := r.quota
	if r.moving {
		for _, place := range hopefuls {
			need += r.pile.votes[place]
		}
		need = need/2 + 1
	}
	return slices.DeleteFunc(hopefuls, func(place int) bool { return r.pile.votes[place] < need })
}

// elect gives seats, and moves what is above the quota.
func (r *run) elect(made []int) bool {
	for _, place := range made {
		r.state[place] = elected
	}
	r.winners = append(r.winners, grouped(slices.Clone(made), r.more)...)
	if r.left() == 0 || len(r.in(hopeful)) == 0 {
		return false
	}
	for _, place := range made {
		if r.pile.votes[place] > r.quota {
			r.pile.move(place, r.quota, r.state)
		}
	}
	return true
}

// exclude takes the last one out, or finds that the rest is tied.
func (r *run) exclude(told *Round) (made []int, on bool) {
	ranked := grouped(r.in(hopeful), r.more)
	last := ranked[len(ranked)-1]
	above := len(r.in(hopeful)) - len(last)
	if len(last) > 1 && r.rules.Ties == ByOrder {
		r.result.Broken = append(r.result.Broken, r.named(last))
		last = last[len(last)-1:]
	} else if above < r.left() {
		return r.tie(ranked, last, above), false
	}
	for _, place := range last {
		r.state[place] = out
	}
	for _, place := range last {
		r.pile.move(place, 0, r.state)
	}
	r.losers = append(r.losers, last)
	told.Out = r.named(last)
	return nil, true
}

// tie ends the count with the last ones tied. If there is one seat less than
// hopefuls, those above them have theirs; else who is taken out decides where
// the votes go, and all are tied.
func (r *run) tie(ranked [][]int, last []int, above int) (made []int) {
	if above+len(last) == r.left()+1 {
		for _, equal := range ranked[:len(ranked)-1] {
			made = append(made, equal...)
		}
		for _, place := range made {
			r.state[place] = elected
		}
		r.winners = append(r.winners, ranked[:len(ranked)-1]...)
	}
	tied := r.in(hopeful)
	r.result.Tied = r.named(tied)
	return made
}

// conclude puts the options in order: as they were elected, those left by their
// votes, and then the last out first.
func (r *run) conclude() {
	order := slices.Clone(r.winners)
	for _, equal := range r.winners {
		r.result.Winners = append(r.result.Winners, r.named(equal)...)
	}
	rest := grouped(r.in(hopeful), r.more)
	if len(r.result.Tied) > 0 {
		rest = [][]int{r.in(hopeful)}
	}
	order = append(order, rest...)
	for _, equal := range slices.Backward(r.losers) {
		order = append(order, equal)
	}
	r.place(order)
}

func (r *run) left() int { return r.rules.Seats - len(r.in(elected)) }

// in are the places that have a state.
func (r *run) in(state int) []int {
	var places []int
	for place, is := range r.state {
		if is == state {
			places = append(places, place)
		}
	}
	return places
}

func (r *run) more(a, b int) int { return cmp.Compare(r.pile.votes[b], r.pile.votes[a]) }

// float is a value in ballots, to six decimals.
func float(value int64) float64 { return math.Round(float64(value)/unit*1e6) / 1e6 }
