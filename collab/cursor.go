package collab

import "plenum/collab/delta"

// rest is what is still to be done of a change.
type rest struct {
	ops   delta.Delta
	taken int // of the first operation
}

func (r *rest) done() bool { return len(r.ops) == 0 }

// skip passes over the leaves that are kept as they are, and says how many.
func (r *rest) skip(leaves []leaf) int {
	o := r.ops[0]
	if o.Kind() != delta.Retain || len(o.Attributes()) > 0 {
		return 0
	}
	left, count := o.Len()-r.taken, 0
	for count < len(leaves) && leaves[count].n <= left {
		left -= leaves[count].n
		count++
	}
	r.take(o.Len() - r.taken - left)
	return count
}

// part is what is done to the next n units, as a change of its own. An insert
// behind them belongs to the next part.
func (r *rest) part(n int) delta.Delta {
	part := make(delta.Delta, 0, min(len(r.ops), 3)+1)
	for n > 0 && len(r.ops) > 0 {
		o := r.ops[0]
		if o.Inserts() {
			part = append(part, o)
			r.ops = r.ops[1:]
			continue
		}
		step := min(n, o.Len()-r.taken)
		if o.Kind() == delta.Delete {
			part = append(part, delta.Drop(step))
		} else {
			part = append(part, delta.Keep(step, o.Attributes()))
		}
		r.take(step)
		n -= step
	}
	return part
}

// take takes n units of the first operation.
func (r *rest) take(n int) {
	if r.taken += n; r.taken == r.ops[0].Len() {
		r.ops, r.taken = r.ops[1:], 0
	}
}

// cursor reads a text from its beginning to its end.
type cursor struct {
	text  *text
	leaf  int
	start int // where that leaf starts
}

// slice is the content between two places. A later slice starts no earlier.
func (c *cursor) slice(from, to int) (delta.Delta, error) {
	leaves := c.text.leaves
	for c.leaf < len(leaves) && c.start+leaves[c.leaf].n <= from {
		c.start += leaves[c.leaf].n
		c.leaf++
	}
	var out delta.Delta
	start := c.start
	for i := c.leaf; i < len(leaves) && start < to; i++ {
		part, err := leaves[i].ops.Slice(max(0, from-start), min(to-start, leaves[i].n))
		if err != nil {
			return nil, err
		}
		out = append(out, part...)
		start += leaves[i].n
	}
	return out, nil
}
