package delta

import "math"

// endless is the length of what a delta does not reach.
const endless = math.MaxInt

// reader goes through a delta in pieces. Behind the end it retains for ever.
type reader struct {
	ops  []Op
	next Op // what is left of the operation at hand
}

func read(d Delta) reader {
	r := reader{ops: d}
	r.advance()
	return r
}

// advance takes the next operation that is not empty in hand.
func (r *reader) advance() {
	for len(r.ops) > 0 {
		r.next, r.ops = r.ops[0], r.ops[1:]
		if r.next.n > 0 {
			return
		}
	}
	r.next = Op{n: endless}
}

func (r *reader) done() bool { return r.next.n == endless }

// whole takes what is left of the operation at hand.
func (r *reader) whole() Op {
	o := r.next
	r.advance()
	return o
}

// take takes the first n units of the operation at hand, which has as many.
func (r *reader) take(n int) (Op, error) {
	if n == r.next.n {
		return r.whole(), nil
	}
	o := r.next
	o.n = n
	if o.kind == Text {
		at := cut(r.next.text, r.next.n, n)
		if at < 0 {
			return Op{}, ErrPair
		}
		o.text, r.next.text = r.next.text[:at], r.next.text[at:]
	}
	if r.next.n != endless {
		r.next.n -= n
	}
	return o, nil
}
