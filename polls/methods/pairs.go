package methods

// pairs is how many ballots put one option (row) above another (column). What
// a ballot puts into one group, or does not name, it does not put above each
// other.
func (p *Profile) pairs() [][]int {
	matrix := square(len(p.options))
	below := make([]bool, len(p.options))
	for _, g := range p.groups() {
		for place := range below {
			below[place] = true
		}
		for _, rank := range g.ranks {
			for _, place := range []byte(rank) {
				below[place-1] = false
			}
			for _, place := range []byte(rank) {
				row := matrix[place-1]
				for other, is := range below {
					if is {
						row[other] += g.count
					}
				}
			}
		}
	}
	return matrix
}

func square(n int) [][]int {
	rows := make([][]int, n)
	for i := range rows {
		rows[i] = make([]int, n)
	}
	return rows
}

// borda gives an option a point for every option that a ballot puts below it: of
// five, the first gets four points and the last none. Those in one group get
// none from each other; what is not named gets none at all, so that nobody gains
// by leaving options out. The points are the sums of the rows of the pairs.
// Jean-Charles de Borda, Mémoire sur les élections au scrutin, 1781 (1784).
func (c *count) borda() {
	points := make([]int, len(c.options))
	for place, row := range c.pairs() {
		for _, n := range row {
			points[place] += n
		}
	}
	c.byPoints(points)
}

// approval counts on how many ballots an option stands, in whatever place.
// Steven Brams, Peter Fishburn: Approval Voting, 1978.
func (c *count) approval() {
	points := make([]int, len(c.options))
	for _, g := range c.groups() {
		for _, rank := range g.ranks {
			for _, place := range []byte(rank) {
				points[place-1] += g.count
			}
		}
	}
	c.byPoints(points)
}

// schulze compares options by the strongest paths of duels between them. A duel
// is as strong as the number of ballots for its winner; a path is as strong as
// its weakest duel. The first places are those that no other option beats, the
// next are those that none of the rest beats, and so on; several seats go to
// the first of this order, which is no proportional representation. Equal and
// missing ranks count for neither side of a duel.
// Markus Schulze: A New Monotonic, Clone-Independent, Reversal Symmetric, and
// Condorcet-Consistent Single-Winner Election Method, 2011 (winning votes).
func (c *count) schulze() {
	c.result.Pairs = c.pairs()
	c.result.Paths = strongest(c.result.Pairs)
	c.result.Champion = c.champion()
	var order [][]int
	left := make([]int, len(c.options))
	for place := range left {
		left[place] = place
	}
	for len(left) > 0 {
		var best, rest []int
		for _, place := range left {
			if c.beaten(place, left) {
				rest = append(rest, place)
			} else {
				best = append(best, place)
			}
		}
		order, left = append(order, best), rest
	}
	c.seat(order)
}

// strongest is the strength of the strongest path between any two options: the
// algorithm of Floyd and Warshall, for the widest instead of the shortest path.
func strongest(pairs [][]int) [][]int {
	paths := square(len(pairs))
	for i, row := range pairs {
		for j, n := range row {
			if n > pairs[j][i] {
				paths[i][j] = n
			}
		}
	}
	for over := range paths {
		for from := range paths {
			for to := range paths {
				if from != to {
					paths[from][to] = max(paths[from][to], min(paths[from][over], paths[over][to]))
				}
			}
		}
	}
	return paths
}

// beaten tells whether one of the others has a stronger path to a place than it back.
func (c *count) beaten(place int, others []int) bool {
	for _, other := range others {
		if c.result.Paths[other][place] > c.result.Paths[place][other] {
			return true
		}
	}
	return false
}

// champion is the option that wins all its duels, or "".
func (c *count) champion() string {
	pairs := c.result.Pairs
	for place := range pairs {
		wins := 0
		for other := range pairs {
			if pairs[place][other] > pairs[other][place] {
				wins++
			}
		}
		if wins == len(pairs)-1 {
			return c.options[place]
		}
	}
	return ""
}
