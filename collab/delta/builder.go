package delta

import "strings"

// builder makes a delta in normal form: direct neighbours of one sort merged,
// nothing empty, no idle retain at the end. It moves nothing.
type builder struct {
	ops Delta
	// parts are those of the last operation's text, if it has more than one:
	// they are joined when it is complete, so that none is copied twice.
	parts []string
}

func build(capacity int) builder { return builder{ops: make(Delta, 0, capacity)} }

// push adds an operation; to no builder, it does nothing.
func (b *builder) push(o Op) {
	if b == nil || o.n == 0 {
		return
	}
	if len(b.ops) == 0 {
		b.ops = append(b.ops, o)
		return
	}
	last := &b.ops[len(b.ops)-1]
	if last.kind != o.kind || o.kind == Embed || !last.attributes.Equal(o.attributes) {
		b.settle()
		b.ops = append(b.ops, o)
		return
	}
	last.n += o.n
	if o.kind != Text {
		return
	}
	if len(b.parts) == 0 {
		b.parts = append(b.parts, last.text)
	}
	b.parts = append(b.parts, o.text)
}

// settle ends a text that has parts.
func (b *builder) settle() {
	if len(b.parts) > 0 {
		b.ops[len(b.ops)-1].text = strings.Join(b.parts, "")
		b.parts = b.parts[:0]
	}
}

// rest pushes all that a reader has left.
func (b *builder) rest(r *reader) {
	for !r.done() {
		b.push(r.whole())
	}
}

func (b *builder) delta() Delta {
	b.settle()
	if last := len(b.ops) - 1; last >= 0 && b.ops[last].kind == Retain && len(b.ops[last].attributes) == 0 {
		b.ops = b.ops[:last]
	}
	return b.ops
}

// Normal is the delta with direct neighbours of one sort merged, without empty
// operations and without an idle retain at its end. It does the same as before,
// and every result of this package has this form.
func (d Delta) Normal() Delta {
	b := build(len(d))
	for _, o := range d {
		b.push(o)
	}
	return b.delta()
}
