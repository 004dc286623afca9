package delta

import (
	"flag"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
)

var (
	soakFlag = flag.Int("soak", 0, "how many random cases TestSoak tries (also PLENUM_ROUNDS; 100,000 if not said)")
	seedFlag = flag.Uint64("seed", 0, "repeat the random cases with this seed")
)

// seeded is the randomness of a test; how to repeat it is logged.
func seeded(t testing.TB) *rand.Rand {
	t.Helper()
	seed := *seedFlag
	if seed == 0 {
		seed = rand.Uint64() >> 16
	}
	t.Logf("repeat with -seed=%d", seed)
	return rand.New(rand.NewPCG(seed, 0xde17a))
}

func rounds(t testing.TB) int {
	if *soakFlag > 0 {
		return *soakFlag
	}
	if said, ok := os.LookupEnv("PLENUM_ROUNDS"); ok {
		n, err := strconv.Atoi(said)
		if err != nil {
			t.Fatalf("PLENUM_ROUNDS: %v", err)
		}
		return n
	}
	return 100_000
}

// writer makes small documents and changes in which much happens at one place.
type writer struct{ *rand.Rand }

var letters = []string{"a", "b", "c", "\n", "é", "漢", "字", "😀", "👩", "e\u0301"}

func (w writer) text() string {
	s := ""
	for range 1 + w.IntN(3) {
		s += letters[w.IntN(len(letters))]
	}
	return s
}

// attributes has nulls only for retains.
func (w writer) attributes(nulls bool) Attributes {
	var given []Attribute
	for range max(0, w.IntN(5)-2) {
		values := []Value{True, Int(1), Int(2), String("x"), String("\"漢\n")}
		a := Attribute{[]string{"b", "c", "header"}[w.IntN(3)], values[w.IntN(len(values))]}
		if nulls && w.IntN(3) == 0 {
			a.Value = Null
		}
		given = append(given, a)
	}
	if given == nil {
		return nil
	}
	return Attributed(given...)
}

func (w writer) insert() Op {
	if w.IntN(8) == 0 {
		return Put("image", Int(w.Int64N(3)), w.attributes(false))
	}
	return Write(w.text(), w.attributes(false))
}

func (w writer) document() Delta {
	d := Delta{}
	for range w.IntN(5) {
		d = append(d, w.insert())
	}
	return d.Normal()
}

// change fits a document and cuts no character.
func (w writer) change(document Delta) Delta {
	sizes := characters(document)
	d := Delta{}
	for len(sizes) > 0 || w.IntN(3) == 0 {
		if len(d) > 20 {
			break
		}
		n, units := 0, 0
		if len(sizes) > 0 {
			n = 1 + w.IntN(min(len(sizes), 3))
		}
		for _, size := range sizes[:n] {
			units += size
		}
		switch w.IntN(5) {
		case 0, 1:
			d = append(d, w.insert())
			continue
		case 2:
			d = append(d, Drop(units))
		case 3:
			d = append(d, Keep(units, w.attributes(true)))
		default:
			d = append(d, Keep(units, nil))
		}
		sizes = sizes[n:]
	}
	return d.Normal()
}

// characters are the lengths of a document's characters.
func characters(document Delta) []int {
	var sizes []int
	for _, o := range document {
		if o.kind == Embed {
			sizes = append(sizes, 1)
			continue
		}
		for _, r := range o.text {
			sizes = append(sizes, Units(string(r)))
		}
	}
	return sizes
}
