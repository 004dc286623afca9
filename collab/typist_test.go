package collab

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"plenum/collab/delta"
)

var seedFlag = flag.Uint64("seed", 0, "repeat the random cases with this seed")

// seeded is the randomness of a test; how to repeat it is logged.
func seeded(t testing.TB) *rand.Rand {
	t.Helper()
	seed := *seedFlag
	if seed == 0 {
		seed = rand.Uint64() >> 16
	}
	t.Logf("repeat with -seed=%d", seed)
	return rand.New(rand.NewPCG(seed, 0xd0c))
}

// typist writes as people do who have all the formats and are not careful.
type typist struct{ *rand.Rand }

var words = []string{"a", "be", "sea ", "漢字", "é", "😀", "👩‍👩‍👧", "\"\\", "<b>", "\u2028", "�"}

func (w typist) inline(nulls bool) delta.Attributes {
	return w.pick(nulls, []delta.Attribute{
		{Name: "bold", Value: delta.True}, {Name: "italic", Value: delta.True}, {Name: "underline", Value: delta.True},
		{Name: "link", Value: delta.String("https://example.org/ü?a=\"b\"&c")}, {Name: "link", Value: delta.String("/rooms/K7TQ2M#here")},
	})
}

func (w typist) image(nulls bool) delta.Attributes {
	return w.pick(nulls, []delta.Attribute{
		{Name: "alt", Value: delta.String("A map of the \"island\"")}, {Name: "size", Value: delta.String("small")}, {Name: "size", Value: delta.String("medium")},
		{Name: "shape", Value: delta.String("640x480")}, {Name: "bold", Value: delta.True},
	})
}

func (w typist) line(nulls bool) delta.Attributes {
	return w.pick(nulls, []delta.Attribute{
		{Name: "header", Value: delta.Int(1 + w.Int64N(3))}, {Name: "list", Value: delta.String("bullet")}, {Name: "list", Value: delta.String("checked")},
		{Name: "indent", Value: delta.Int(1 + w.Int64N(8))}, {Name: "blockquote", Value: delta.True}, {Name: "code-block", Value: delta.True},
		{Name: "code-block", Value: delta.String("go")}, {Name: "code-block", Value: delta.String("python")},
	})
}

// cell is that of a line of a small table, or of the line before one.
func (w typist) cell() delta.Attributes {
	name := []string{"cell", "cell", "cell-start"}[w.IntN(3)]
	value := fmt.Sprintf("%c-r%d-c%d", 't'+rune(w.IntN(2)), w.IntN(3), w.IntN(3))
	return delta.Attributed(delta.Attribute{Name: name, Value: delta.String(value)})
}

func (w typist) pick(nulls bool, from []delta.Attribute) delta.Attributes {
	var given []delta.Attribute
	for range 1 + w.IntN(2) {
		a := from[w.IntN(len(from))]
		if nulls && w.IntN(3) == 0 {
			a.Value = delta.Null
		}
		given = append(given, a)
	}
	return delta.Attributed(given...)
}

func (w typist) insert() delta.Op {
	switch w.IntN(15) {
	case 6, 9, 14:
		return delta.Put("formula", delta.String(`\frac{a}{b}`), w.inline(false))
	case 11, 12, 13:
		return delta.Write(strings.Repeat("\n", 1+w.IntN(2)), w.cell())
	case 10:
		return delta.Put("image", delta.String("sha256-"+strings.Repeat(string("0af"[w.IntN(3)]), 64)), w.image(false))
	case 0:
		return delta.Write("\n", w.line(false))
	case 4:
		return delta.Write("\n", delta.Attributed(delta.Attribute{Name: "code-block", Value: delta.String("go")}))
	case 1:
		return delta.Write(w.word(), w.inline(false))
	case 2:
		return delta.Write(w.word()+"\n"+w.word(), nil)
	case 3:
		return delta.Write(strings.Repeat(w.word(), 1+w.IntN(6)), nil)
	}
	return delta.Write(w.word(), nil)
}

func (w typist) word() string { return words[w.IntN(len(words))] }

// change does one to three things to a content, none of them to its last newline.
func (w typist) change(content delta.Delta) delta.Delta {
	units := places(content)
	var change delta.Delta
	at := 0 // in units
	for range 1 + w.IntN(3) {
		next := at + w.IntN(len(units)-at)
		if units[next].n > 0 {
			change = append(change, delta.Keep(units[next].at-units[at].at, nil))
		}
		at = next
		end := min(at+w.IntN(12), len(units)-1)
		switch {
		case units[at].newline && w.IntN(3) == 0:
			change = append(change, delta.Keep(1, w.line(true)))
			at = min(at+1, len(units)-1)
		case w.IntN(4) == 0 && end > at:
			laid := w.inline(true)
			if w.IntN(4) == 0 {
				laid = w.image(true) // of text nothing of it is left but what is of text
			}
			change = append(change, delta.Keep(units[end].at-units[at].at, laid))
			at = end
		case w.IntN(3) == 0 && end > at:
			change = append(change, delta.Drop(units[end].at-units[at].at))
			at = end
		default:
			change = append(change, w.insert())
		}
		if change[len(change)-1].Kind() == delta.Retain && at == len(units)-1 {
			break // it may have covered the last newline
		}
	}
	return change.Normal()
}

// place is a character of a content: where it is, how long, and whether it ends
// a line. The last place is the last newline.
type place struct {
	at, n   int
	newline bool
}

func places(content delta.Delta) []place {
	var all []place
	at := 0
	for _, o := range content {
		if o.Kind() == delta.Embed {
			all = append(all, place{at, 1, false})
			at++
			continue
		}
		for _, r := range o.Text() {
			n := delta.Units(string(r))
			all = append(all, place{at, n, r == '\n'})
			at += n
		}
	}
	return all
}
