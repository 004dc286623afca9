package delta

// Compose is a, then b, as one delta. Of what happens at one place, b's inserts
// stand before a's deletes. It fails with ErrPair if b cuts a character that a
// inserts.
func Compose(a, b Delta) (Delta, error) {
	ra, rb := read(a), read(b)
	out := build(len(a) + len(b))
	for !ra.done() && !rb.done() {
		switch {
		case rb.next.Inserts():
			out.push(rb.whole())
		case ra.next.kind == Delete:
			out.push(ra.whole())
		default:
			if err := out.both(&ra, &rb); err != nil {
				return nil, err
			}
		}
	}
	out.rest(&ra)
	out.rest(&rb)
	return out.delta(), nil
}

// both composes a retain or an insert of a with a retain or a delete of b, as
// far as both reach.
func (b *builder) both(ra, rb *reader) error {
	n := min(ra.next.n, rb.next.n)
	below, err := ra.take(n)
	if err != nil {
		return err
	}
	over, err := rb.take(n)
	if err != nil {
		return err
	}
	switch {
	case over.kind == Retain:
		below.attributes = below.attributes.then(over.attributes, below.kind == Retain)
		b.push(below)
	case below.kind == Retain:
		b.push(over)
	}
	return nil
}

// ComposeAll is all deltas, one after the other, as one. It goes by halves, so
// that the time grows little faster than their number.
func ComposeAll(deltas []Delta) (Delta, error) {
	switch len(deltas) {
	case 0:
		return Delta{}, nil
	case 1:
		return deltas[0].Normal(), nil
	case 2:
		return Compose(deltas[0], deltas[1])
	}
	a, err := ComposeAll(deltas[:len(deltas)/2])
	if err != nil {
		return nil, err
	}
	b, err := ComposeAll(deltas[len(deltas)/2:])
	if err != nil {
		return nil, err
	}
	return Compose(a, b)
}

// Apply is what a change makes of a document. It fails with ErrLength if the
// change reaches behind the document's end, and with ErrPair if it cuts a
// character in two.
func Apply(document, change Delta) (Delta, error) {
	if change.BaseLen() > document.Len() {
		return nil, ErrLength
	}
	return Compose(document, change)
}
