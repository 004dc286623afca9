package delta

// Slice is what a document has between two places, which are not behind its
// end. It fails with ErrPair if one of them is inside a character.
func (d Delta) Slice(from, to int) (Delta, error) {
	r := read(d)
	out := build(2)
	for at := 0; at < to && !r.done(); {
		stop := to
		if at < from {
			stop = from
		}
		o, err := r.take(min(r.next.n, stop-at))
		if err != nil {
			return nil, err
		}
		if at >= from {
			out.push(o)
		}
		at += o.n
	}
	return out.delta(), nil
}

// Pieces cuts a document into parts of at most so many units (at least 2), none
// of them empty and no character in two.
func (d Delta) Pieces(most int) []Delta {
	var pieces []Delta
	r := read(d)
	for !r.done() {
		out, left := build(1), most
		for left > 0 && !r.done() {
			o, err := r.take(min(left, r.next.n))
			if err != nil { // the last unit is half a pair
				if left == 1 {
					break
				}
				left--
				continue
			}
			out.push(o)
			left -= o.n
		}
		pieces = append(pieces, out.delta())
	}
	return pieces
}
