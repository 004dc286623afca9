package delta

import "math"

// Kind is what an operation does.
type Kind uint8

// The kinds of operations. Text and Embed are the two sorts of inserts.
const (
	Retain Kind = iota
	Delete
	Text
	Embed
)

// MaxLength is the longest retain, delete or text, in UTF-16 units.
const MaxLength = math.MaxInt32

// Op is one operation. The zero value retains nothing.
type Op struct {
	n          int        // length in UTF-16 units, 1 for an embed
	kind       Kind       //
	text       string     // UTF-8; of an embed its JSON object
	attributes Attributes // of inserts and retains
}

// Delta is a list of operations. It acts on a text from its beginning; what it
// does not reach it keeps.
type Delta []Op

// Keep retains n units and lays attributes on them.
func Keep(n int, a Attributes) Op { return Op{kind: Retain, n: n, attributes: a} }

// Drop deletes n units.
func Drop(n int) Op { return Op{kind: Delete, n: n} }

// Write inserts a text, which must be valid UTF-8.
func Write(text string, a Attributes) Op {
	return Op{kind: Text, n: Units(text), text: text, attributes: a}
}

// Put inserts an embed: one thing of a sort ("image"), with a value.
func Put(sort string, v Value, a Attributes) Op {
	object := appendString([]byte{'{'}, sort)
	object = append(append(append(object, ':'), v...), '}')
	return Op{kind: Embed, n: 1, text: string(object), attributes: a}
}

// Kind is what the operation does.
func (o Op) Kind() Kind { return o.kind }

// Len is the length in UTF-16 units: of a delete and a retain in the old text,
// of an insert in the new one.
func (o Op) Len() int { return o.n }

// Inserts tells whether the operation is a text or an embed.
func (o Op) Inserts() bool { return o.kind >= Text }

// Text is what a text inserts; of an embed it is its JSON object.
func (o Op) Text() string { return o.text }

// Attributes are those of an insert or a retain.
func (o Op) Attributes() Attributes { return o.attributes }

// With is the operation with other attributes.
func (o Op) With(a Attributes) Op {
	o.attributes = a
	return o
}

// Equal tells whether two operations are the same.
func (o Op) Equal(p Op) bool {
	return o.kind == p.kind && o.n == p.n && o.text == p.text && o.attributes.Equal(p.attributes)
}

// Equal tells whether two deltas have the same operations.
func (d Delta) Equal(e Delta) bool {
	if len(d) != len(e) {
		return false
	}
	for i := range d {
		if !d[i].Equal(e[i]) {
			return false
		}
	}
	return true
}

// BaseLen is how much of the old text the delta speaks of: a text must be at
// least this long for the delta to fit.
func (d Delta) BaseLen() int {
	n := 0
	for i := range d {
		if d[i].kind <= Delete {
			n += d[i].n
		}
	}
	return n
}

// Len is the length of what the delta makes of its base length. Of a document
// it is the length of the text.
func (d Delta) Len() int {
	n := 0
	for i := range d {
		if d[i].kind != Delete {
			n += d[i].n
		}
	}
	return n
}

// Growth is how much longer a text is after the delta.
func (d Delta) Growth() int {
	n := 0
	for i := range d {
		switch d[i].kind {
		case Delete:
			n -= d[i].n
		case Text, Embed:
			n += d[i].n
		}
	}
	return n
}

// IsDocument tells whether the delta has only inserts.
func (d Delta) IsDocument() bool {
	for i := range d {
		if !d[i].Inserts() {
			return false
		}
	}
	return true
}

// String is the JSON of the delta.
func (d Delta) String() string { return string(d.AppendJSON(nil)) }
