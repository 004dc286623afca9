package delta

import (
	"math/rand/v2"
	"testing"
	"unicode/utf16"
)

func TestUnits(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"", "a", "é", "漢字", "😀", "a😀b", "\U0010ffff\uffff\u0800\u07ff", "👩‍👩‍👧‍👦", "e\u0301"} {
		if got, want := Units(text), len(utf16.Encode([]rune(text))); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestCut(t *testing.T) {
	t.Parallel()
	const text = "aé漢😀b"
	units := utf16.Encode([]rune(text))
	for n := range len(units) + 1 {
		want := len(string(utf16.Decode(units[:n])))
		if n > 0 && utf16.IsSurrogate(rune(units[n-1])) && n < len(units) && utf16.DecodeRune(rune(units[n-1]), rune(units[n])) != 0xFFFD {
			want = -1
		}
		if got := cut(text, len(units), n); got != want {
			t.Errorf("after %d units: byte %d, want %d", n, got, want)
		}
	}
}

func TestLengths(t *testing.T) {
	t.Parallel()
	d := parse(`[{"retain":2},{"insert":"a😀"},{"delete":5},{"insert":{"image":1}},{"retain":1,"attributes":{"b":null}}]`)
	if d.BaseLen() != 8 || d.Len() != 7 || d.Growth() != -1 || d.IsDocument() {
		t.Errorf("%d, %d, %d, %v", d.BaseLen(), d.Len(), d.Growth(), d.IsDocument())
	}
}

func TestApplyFits(t *testing.T) {
	t.Parallel()
	document := parse(`[{"insert":"ab"}]`)
	for _, long := range []string{`[{"retain":3}]`, `[{"delete":3}]`, `[{"retain":2},{"delete":1}]`, `[{"retain":2147483647},{"retain":2147483647}]`} {
		if _, err := Apply(document, parse(long)); err != ErrLength {
			t.Errorf("%s: %v", long, err)
		}
		if _, err := Invert(parse(long), document); err != ErrLength {
			t.Errorf("%s: %v", long, err)
		}
	}
	if d, err := Apply(document, parse(`[{"retain":2},{"insert":"c"}]`)); err != nil || d.String() != `[{"insert":"abc"}]` {
		t.Errorf("%s, %v", d, err)
	}
}

// A place moves as a character would that stands there: over a composed change
// as over its parts, as long as nothing is inserted exactly at it.
func TestPosition(t *testing.T) {
	t.Parallel()
	w := writer{seeded(t)}
	for range 5000 {
		d := w.document()
		if d.Len() == 0 {
			continue
		}
		x := w.change(d)
		index := w.IntN(d.Len())
		if _, err := Apply(d, Delta{Keep(index, nil), Drop(1)}); err == ErrPair {
			continue
		}
		// A mark laid on the character is found again where the place went.
		mark := Attributes{{"mark", True}}
		marked, err := Apply(d, Delta{Keep(index, nil), Keep(min(1, d.Len()-index), mark)})
		if err != nil {
			continue // the first half of a pair
		}
		at, found := 0, -1
		for _, o := range must(Apply(marked, x)) {
			if o.Attributes().Get("mark") != "" {
				found = at
			}
			at += o.Len()
		}
		if found >= 0 && found != x.Position(index, false) {
			t.Fatalf("%s on %s: the character at %d is at %d, its place at %d", x, d, index, found, x.Position(index, false))
		}
	}
}

func TestPieces(t *testing.T) {
	t.Parallel()
	w := writer{seeded(t)}
	for range 5000 {
		d, most := w.document(), 2+w.IntN(5)
		var joined Delta
		for _, piece := range d.Pieces(most) {
			if piece.Len() > most || piece.Len() == 0 || !piece.Normal().Equal(piece) {
				t.Fatalf("%s in pieces of %d: %s", d, most, piece)
			}
			joined = append(joined, piece...)
		}
		if !joined.Normal().Equal(d) {
			t.Fatalf("%s in pieces: %s", d, joined)
		}
		from := w.IntN(d.Len() + 1)
		to := from + w.IntN(d.Len()-from+1)
		part, err := d.Slice(from, to)
		want, err2 := Apply(d, Delta{Drop(from), Keep(to-from, nil), Drop(d.Len() - to)})
		if err != err2 || err == nil && !part.Equal(want) {
			t.Fatalf("%s from %d to %d: %s, %v, want %s, %v", d, from, to, part, err, want, err2)
		}
	}
}

func TestNothingGivenIsChanged(t *testing.T) {
	t.Parallel()
	w := writer{seeded(t)}
	for range 2000 {
		d := w.document()
		x, a := w.change(d), w.change(d)
		was := d.String() + x.String() + a.String()
		x2, _ := Transform(x, a)
		after := must(Apply(d, a))
		must(Invert(x, d))
		must(Apply(after, x2))
		must(ComposeAll([]Delta{a, x2, w.change(must(Apply(after, x2)))}))
		if is := d.String() + x.String() + a.String(); is != was {
			t.Fatalf("%s became %s", was, is)
		}
	}
}

func small() (Delta, Delta) {
	return Delta{Keep(120, nil), Write("x", nil)}, Delta{Keep(80, nil), Drop(3), Write("yz", nil)}
}

func BenchmarkComposeSmall(b *testing.B) {
	x, y := small()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Compose(x, y); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTransformSmall(b *testing.B) {
	x, y := small()
	b.ReportAllocs()
	for b.Loop() {
		Transform(x, y)
	}
}

// long is a change of 230 operations.
func long(r *rand.Rand) Delta {
	d := Delta{}
	for len(d) < 230 {
		d = append(d, Keep(1+r.IntN(50), nil), Write("ab", nil), Keep(1+r.IntN(50), nil), Drop(1+r.IntN(5)))
	}
	return d
}

func BenchmarkLong(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	x, y := long(r), long(r)
	b.Run("compose", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			if _, err := Compose(x, y); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("transform", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			Transform(x, y)
		}
	})
}

func BenchmarkComposeAll(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 2))
	for name, count := range map[string]int{"10000": 10_000, "100000": 100_000} {
		keys := make([]Delta, count)
		for i := range keys {
			keys[i] = Delta{Keep(r.IntN(100+i), nil), Write("x", nil)}
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := ComposeAll(keys); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkParse(b *testing.B) {
	raw := []byte(`[{"retain":5100},{"insert":"hello","attributes":{"bold":true}},{"retain":44},{"delete":3}]`)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Parse(raw); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	d := parse(`[{"retain":5100},{"insert":"hello","attributes":{"bold":true}},{"retain":44},{"delete":3}]`)
	buffer := []byte{}
	b.ReportAllocs()
	for b.Loop() {
		buffer = d.AppendJSON(buffer[:0])
	}
}
