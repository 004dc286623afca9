// Package methods counts ranked ballots by several methods, exactly and in a
// way that anyone can check: it is pure, knows nothing of rooms and people, and
// imports nothing of ours.
//
// A ballot ranks options in groups, the best group first. The options of one
// group are equal; options that a ballot does not name are below all that it
// names, and equal among themselves. Each method says what it makes of equal
// and of missing ranks. A tie is shown as a tie, or broken by a rule that was
// declared before (see Ties), and then the result says where.
package methods

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// Limits of a profile.
const (
	MaxOptions  = 100
	MostBallots = 10_000_000
)

// Why a ballot, or a list of options, cannot be counted.
var (
	ErrOptions = errors.New("there are 2 to 100 options, each with a name of its own")
	ErrEmpty   = errors.New("it ranks nothing")
	ErrTwice   = errors.New("it ranks an option twice")
	ErrUnknown = errors.New("it ranks what is no option")
	ErrMissing = errors.New("there are not so many ballots like this")
	ErrMany    = errors.New("there are more than ten million ballots")
)

// Ballot is groups of options, the best first.
type Ballot [][]string

// Profile is the ballots of an election. Equal ones are kept once, with their
// number, so that a method costs what the distinct ones cost, and so that
// nothing is left of the order in which they came.
type Profile struct {
	options []string
	places  map[string]int
	counts  map[string]int // by key, see encode
	people  int
	sorted  []group // nil: not known
}

// NewProfile is a profile without ballots. The order of the options matters
// only where a tie is broken by it.
func NewProfile(options []string) (*Profile, error) {
	p := &Profile{options: slices.Clone(options), places: map[string]int{}, counts: map[string]int{}}
	for place, option := range options {
		p.places[option] = place
	}
	if len(options) < 2 || len(options) > MaxOptions || len(p.places) < len(options) {
		return nil, ErrOptions
	}
	return p, nil
}

// People is how many ballots there are.
func (p *Profile) People() int { return p.people }

// Add adds a ballot so many times; a negative number takes it away again.
func (p *Profile) Add(b Ballot, times int) error {
	key, err := p.encode(b)
	if err != nil {
		return err
	}
	if times > MostBallots-p.people {
		return ErrMany
	}
	switch now := p.counts[key] + times; {
	case now < 0:
		return ErrMissing
	case now == 0:
		delete(p.counts, key)
	default:
		p.counts[key] = now
	}
	p.people += times
	p.sorted = nil
	return nil
}

// Ballots gives every distinct ballot with its number, in an order that does
// not depend on when they came.
func (p *Profile) Ballots() []Counted {
	var all []Counted
	for _, g := range p.groups() {
		b := make(Ballot, len(g.ranks))
		for i, rank := range g.ranks {
			for _, place := range []byte(rank) {
				b[i] = append(b[i], p.options[place-1])
			}
		}
		all = append(all, Counted{b, g.count})
	}
	return all
}

// Counted is a ballot and how many cast it.
type Counted struct {
	Ranks Ballot `json:"ranks"`
	Count int    `json:"count"`
}

// encode is a ballot as a key: the places from 1 of each group in ascending
// order, and 0 between groups. Groups without options are left out.
func (p *Profile) encode(b Ballot) (string, error) {
	key := make([]byte, 0, 2*len(p.options))
	var seen [MaxOptions]bool
	for _, rank := range b {
		if len(key) > 0 && len(rank) > 0 {
			key = append(key, 0)
		}
		from := len(key)
		for _, option := range rank {
			place, known := p.places[option]
			switch {
			case !known:
				return "", fmt.Errorf("%w: %q", ErrUnknown, option)
			case seen[place]:
				return "", fmt.Errorf("%w: %q", ErrTwice, option)
			}
			seen[place] = true
			key = append(key, byte(place+1))
		}
		slices.Sort(key[from:])
	}
	if len(key) == 0 {
		return "", ErrEmpty
	}
	return string(key), nil
}

// group is equal ballots. Each rank is places from 1, a byte each.
type group struct {
	ranks []string
	count int
}

// groups are the distinct ballots, sorted.
func (p *Profile) groups() []group {
	if p.sorted == nil {
		p.sorted = make([]group, 0, len(p.counts))
		for _, key := range slices.Sorted(maps.Keys(p.counts)) {
			p.sorted = append(p.sorted, group{strings.Split(key, "\x00"), p.counts[key]})
		}
	}
	return p.sorted
}

// named are the names of places.
func (p *Profile) named(places []int) []string {
	names := make([]string, len(places))
	for i, place := range places {
		names[i] = p.options[place]
	}
	return names
}
