package delta

import (
	"fmt"
	"hash/fnv"
	"unicode/utf16"
)

// The multipliers of the two halves of a sum, and where a document begins. From
// P. L'Ecuyer, Tables of linear congruential generators of different sizes and
// good lattice structure, Mathematics of Computation 68 (1999).
const (
	highTimes, highFrom = 747796405, 0x811c9dc5
	lowTimes, lowFrom   = 2891336453, 0x01000193
)

// Sum is the hash of a stretch of a document: two polynomials over its UTF-16
// units, modulo 2^32. The sum of a whole follows from those of its parts, however
// they are cut, so that a long text is not read again for a small change.
type Sum struct {
	high, low           uint32
	highPower, lowPower uint32 // the multipliers to the power of the length
}

// Sum is the hash of the units of a Delta of inserts. A unit of text counts as
// its code, an embed as the halves of the FNV-1a of its JSON; to that is added,
// where there are attributes, the halves of the FNV-1a of theirs.
func (d Delta) Sum() Sum {
	s := Sum{highPower: 1, lowPower: 1}
	for i := range d {
		o := &d[i]
		var high, low uint32
		if len(o.attributes) > 0 {
			high, low = halves(o.attributes.appendObject(nil))
		}
		if o.kind != Text {
			h, l := halves([]byte(o.text))
			s.add(high+h, low+l)
			continue
		}
		for _, r := range o.text {
			if r1, r2 := utf16.EncodeRune(r); r > 0xffff {
				s.add(high+uint32(r1), low+uint32(r1))
				s.add(high+uint32(r2), low+uint32(r2))
				continue
			}
			s.add(high+uint32(r), low+uint32(r))
		}
	}
	return s
}

func (s *Sum) add(high, low uint32) {
	s.high, s.highPower = s.high*highTimes+high, s.highPower*highTimes
	s.low, s.lowPower = s.low*lowTimes+low, s.lowPower*lowTimes
}

func halves(text []byte) (high, low uint32) {
	h := fnv.New64a()
	h.Write(text)
	sum := h.Sum64()
	return uint32(sum >> 32), uint32(sum)
}

// Then is the sum of a stretch and the one behind it.
func (s Sum) Then(t Sum) Sum {
	return Sum{
		high: s.high*t.highPower + t.high, highPower: s.highPower * t.highPower,
		low: s.low*t.lowPower + t.low, lowPower: s.lowPower * t.lowPower,
	}
}

// String is the hash of a whole document, in 16 hex digits. Two copies compare
// it to know that they agree.
func (s Sum) String() string {
	return fmt.Sprintf("%08x%08x", highFrom*s.highPower+s.high, lowFrom*s.lowPower+s.low)
}

// Hash is the hash of a document that is one Delta.
func (d Delta) Hash() string { return d.Sum().String() }
