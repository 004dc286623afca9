package delta

// Transform moves two changes of the same text over each other: late2 does
// after committed what late wanted, and committed2 does after late what
// committed wanted. Where both insert at one place, what is committed stands
// left; where both set an attribute, what is committed stays.
func Transform(late, committed Delta) (late2, committed2 Delta) {
	rx, ra := read(late), read(committed)
	x, a := build(len(late)+len(committed)), build(len(late)+len(committed))
	cross(&rx, &ra, &x, &a)
	x.rest(&rx)
	a.rest(&ra)
	return x.delta(), a.delta()
}

// TransformLate is Transform without committed2, which makes it cheaper where a
// short change meets a long history.
func TransformLate(late, committed Delta) Delta {
	rx, ra := read(late), read(committed)
	x := build(len(late) + 4)
	cross(&rx, &ra, &x, nil)
	x.rest(&rx)
	return x.delta()
}

// cross moves two changes over each other until one ends.
func cross(rx, ra *reader, x, a *builder) {
	for !rx.done() && !ra.done() {
		switch {
		case ra.next.Inserts():
			o := ra.whole()
			x.push(Op{n: o.n})
			a.push(o)
		case rx.next.Inserts():
			o := rx.whole()
			x.push(o)
			a.push(Op{n: o.n})
		default:
			n := min(rx.next.n, ra.next.n)
			meet(step(rx, n), step(ra, n), x, a)
		}
	}
}

// meet is what two retains or deletes of the same text leave of each other.
func meet(late, committed Op, x, a *builder) {
	switch {
	case late.kind == Delete && committed.kind == Delete:
	case late.kind == Delete:
		x.push(late)
	case committed.kind == Delete:
		a.push(committed)
	default:
		late.attributes = late.attributes.without(committed.attributes)
		x.push(late)
		a.push(committed)
	}
}

// step takes n units of a retain or a delete, which can be cut anywhere.
func step(r *reader, n int) Op {
	o := r.next
	if n == o.n {
		r.advance()
		return o
	}
	o.n = n
	r.next.n -= n
	return o
}

// Position is where a place in the old text is in the new one. A place inside
// deleted text moves to its beginning. An insert exactly at the place moves it
// behind the insert, or, if before is set, leaves it where it is.
func (d Delta) Position(index int, before bool) int {
	at := 0 // in the text as far as it is changed
	for _, o := range d {
		if at > index {
			break
		}
		switch {
		case o.kind == Delete:
			index -= min(o.n, index-at)
		case o.Inserts():
			if at < index || !before {
				index += o.n
			}
			at += o.n
		default:
			at += o.n
		}
	}
	return index
}

// Invert is the change that takes a change of a document back. It fails as
// Apply does.
func Invert(change, document Delta) (Delta, error) {
	if change.BaseLen() > document.Len() {
		return nil, ErrLength
	}
	rd := read(document)
	out := build(len(change))
	for _, o := range change {
		if o.Inserts() {
			out.push(Op{kind: Delete, n: o.n})
			continue
		}
		for left := o.n; left > 0; {
			old, err := rd.take(min(left, rd.next.n))
			if err != nil {
				return nil, err
			}
			left -= old.n
			if o.kind == Delete {
				out.push(old)
				continue
			}
			out.push(Op{n: old.n, attributes: o.attributes.undo(old.attributes)})
		}
	}
	return out.delta(), nil
}
