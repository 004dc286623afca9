package methods

import (
	"fmt"
	"slices"
)

// Method is a way to count ballots.
type Method string

// The methods for ranked ballots.
const (
	Borda    Method = "borda"
	Runoff   Method = "irv"
	Schulze  Method = "schulze"
	Transfer Method = "stv"
	Approval Method = "approval"
)

// All are the methods for ranked ballots.
var All = []Method{Borda, Runoff, Schulze, Transfer, Approval}

// Ties says what becomes of options that a method cannot tell apart.
type Ties string

// The rules for ties.
const (
	// ShowTies leaves them tied.
	ShowTies Ties = "shown"
	// ByOrder puts the one first that stands first in the list of options.
	ByOrder Ties = "order"
)

// Rules are fixed before anybody votes.
type Rules struct {
	Seats int // how many options are wanted, from 1
	Ties  Ties
}

// Result is what a method makes of the ballots, with what is needed to explain it.
type Result struct {
	Method Method `json:"method"`
	// Order is all options, the best first, and together those that are equal.
	Order [][]string `json:"order"`
	// Winners have a seat; fewer than there are seats if others tie for the rest.
	Winners []string `json:"winners"`
	// Tied are equal, and more than there are seats left for them.
	Tied []string `json:"tied,omitempty"`
	// Broken are the ties that the order of the options has decided.
	Broken [][]string `json:"broken,omitempty"`

	Points map[string]int `json:"points,omitempty"` // Borda, approval
	// Pairs has for Schulze how many ballots put the option of the row above
	// that of the column, Paths the strength of the strongest path between them.
	Pairs [][]int `json:"pairs,omitempty"`
	Paths [][]int `json:"paths,omitempty"`
	// Champion wins against every other option (the Condorcet winner).
	Champion string `json:"champion,omitempty"`

	Quota  int     `json:"quota,omitempty"` // single transferable vote
	Rounds []Round `json:"rounds,omitempty"`
}

// Count counts ballots by a method. A run-off has one seat, whatever the rules
// say. Without ballots nobody wins, by no rule.
func Count(p *Profile, m Method, r Rules) (Result, error) {
	if r.Seats < 1 || r.Seats >= len(p.options) {
		return Result{}, fmt.Errorf("%d seats for %d options: there are fewer seats than options", r.Seats, len(p.options))
	}
	if r.Ties != ShowTies && r.Ties != ByOrder {
		return Result{}, fmt.Errorf("there is no rule for ties called %q", r.Ties)
	}
	c := count{p, r, Result{Method: m, Winners: []string{}}}
	switch m {
	case Borda:
		c.borda()
	case Schulze:
		c.schulze()
	case Approval:
		c.approval()
	case Runoff:
		c.rules.Seats = 1
		c.transfer(false)
	case Transfer:
		c.transfer(true)
	default:
		return Result{}, fmt.Errorf("there is no method called %q", m)
	}
	return c.result, nil
}

// count is a count under way.
type count struct {
	*Profile
	rules  Rules
	result Result
}

// byPoints orders the options by points, and gives the seats to the first.
func (c *count) byPoints(points []int) {
	c.result.Points = map[string]int{}
	all := make([]int, len(points))
	for place, n := range points {
		c.result.Points[c.options[place]] = n
		all[place] = place
	}
	c.seat(grouped(all, func(a, b int) int { return points[b] - points[a] }))
}

// grouped sorts places, and puts together those that compare equal.
func grouped(places []int, compare func(a, b int) int) [][]int {
	slices.SortStableFunc(places, compare)
	var order [][]int
	for i, place := range places {
		if i > 0 && compare(places[i-1], place) == 0 {
			order[len(order)-1] = append(order[len(order)-1], place)
			continue
		}
		order = append(order, []int{place})
	}
	return order
}

// seat gives the seats to the first of an order.
func (c *count) seat(order [][]int) {
	if c.people == 0 {
		c.place(order)
		return
	}
	if c.rules.Ties == ByOrder {
		order = c.split(order)
	}
	c.place(order)
	for _, equal := range order {
		left := c.rules.Seats - len(c.result.Winners)
		switch {
		case left == 0:
			return
		case len(equal) > left:
			c.result.Tied = c.named(equal)
			return
		}
		c.result.Winners = append(c.result.Winners, c.named(equal)...)
	}
}

// split breaks all ties.
func (c *count) split(order [][]int) [][]int {
	var single [][]int
	for _, equal := range order {
		if len(equal) > 1 {
			slices.Sort(equal)
			c.result.Broken = append(c.result.Broken, c.named(equal))
		}
		for _, place := range equal {
			single = append(single, []int{place})
		}
	}
	return single
}

func (c *count) place(order [][]int) {
	c.result.Order = make([][]string, len(order))
	for i, equal := range order {
		slices.Sort(equal)
		c.result.Order[i] = c.named(equal)
	}
}
