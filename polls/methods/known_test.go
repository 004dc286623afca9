package methods

import (
	"fmt"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// profile reads "5 ACBED, 5 ADECB": so many ballots, one letter per option, the
// best first; A=B are equal.
func profile(t testing.TB, options, ballots string) *Profile {
	t.Helper()
	p, err := NewProfile(strings.Split(options, ""))
	if err != nil {
		t.Fatal(err)
	}
	for part := range strings.SplitSeq(ballots, ",") {
		number, ranks, _ := strings.Cut(strings.TrimSpace(part), " ")
		times, err := strconv.Atoi(number)
		if err != nil {
			t.Fatal(err)
		}
		if err := p.Add(ballot(ranks), times); err != nil {
			t.Fatalf("%s: %v", part, err)
		}
	}
	return p
}

func ballot(ranks string) Ballot {
	var b Ballot
	for _, letter := range ranks {
		switch n := len(b); {
		case letter == '=':
			b[n-1] = append(b[n-1], "")
		case n > 0 && b[n-1][len(b[n-1])-1] == "":
			b[n-1][len(b[n-1])-1] = string(letter)
		default:
			b = append(b, []string{string(letter)})
		}
	}
	return b
}

func counted(t testing.TB, p *Profile, m Method, seats int, ties Ties) Result {
	t.Helper()
	r, err := Count(p, m, Rules{seats, ties})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// order is "A>B=C".
func order(r Result) string {
	parts := make([]string, len(r.Order))
	for i, equal := range r.Order {
		parts[i] = strings.Join(equal, "=")
	}
	return strings.Join(parts, ">")
}

// rounds is one line per round: the votes, who was elected (+) and out (-).
func rounds(r Result) string {
	var lines []string
	for _, round := range r.Rounds {
		var votes []string
		for option, n := range round.Votes {
			votes = append(votes, fmt.Sprintf("%s%g", option, n))
		}
		slices.Sort(votes)
		line := strings.Join(votes, " ")
		if round.Spent > 0 {
			line += fmt.Sprintf(" spent%g", round.Spent)
		}
		for _, option := range round.Elected {
			line += " +" + option
		}
		for _, option := range round.Out {
			line += " -" + option
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "; ")
}

func expect(t *testing.T, what, got, want string) {
	t.Helper()
	if got != want {
		t.Errorf("%s\n got %s\nwant %s", what, got, want)
	}
}

// Schulze's own example of 45 voters, with its tables (Markus Schulze, examples
// of the Schulze method, Example 1; also in Wikipedia, "Schulze method"):
// E > A > C > B > D.
func TestSchulzesExample(t *testing.T) {
	t.Parallel()
	p := profile(t, "ABCDE", "5 ACBED, 5 ADECB, 8 BEDAC, 3 CABED, 7 CAEBD, 2 CBADE, 7 DCEBA, 8 EBADC")
	r := counted(t, p, Schulze, 1, ShowTies)
	expect(t, "order", order(r), "E>A>C>B>D")
	if want := [][]int{{0, 20, 26, 30, 22}, {25, 0, 16, 33, 18}, {19, 29, 0, 17, 24}, {15, 12, 28, 0, 14}, {23, 27, 21, 31, 0}}; !reflect.DeepEqual(r.Pairs, want) {
		t.Errorf("pairs %v", r.Pairs)
	}
	if want := [][]int{{0, 28, 28, 30, 24}, {25, 0, 28, 33, 24}, {25, 29, 0, 29, 24}, {25, 28, 28, 0, 24}, {25, 28, 28, 31, 0}}; !reflect.DeepEqual(r.Paths, want) {
		t.Errorf("paths %v", r.Paths)
	}
	if r.Champion != "" {
		t.Errorf("%s is no Condorcet winner", r.Champion)
	}
}

// The capital of Tennessee, the example of many Wikipedia articles: Memphis 42 %,
// Nashville 26 %, Knoxville 17 %, Chattanooga 15 %, everybody for what is near.
// Nashville wins by Borda and by pairs (it beats all), Knoxville by run-off.
func TestTennessee(t *testing.T) {
	t.Parallel()
	p := profile(t, "MNCK", "42 MNCK, 26 NCKM, 15 CKNM, 17 KCNM")
	borda := counted(t, p, Borda, 1, ShowTies)
	expect(t, "Borda", order(borda), "N>C>M>K")
	if want := map[string]int{"M": 126, "N": 194, "C": 173, "K": 107}; !reflect.DeepEqual(borda.Points, want) {
		t.Errorf("points %v", borda.Points)
	}
	schulze := counted(t, p, Schulze, 1, ShowTies)
	expect(t, "Schulze", order(schulze)+" "+schulze.Champion, "N>C>K>M N")
	runoff := counted(t, p, Runoff, 1, ShowTies)
	expect(t, "run-off", rounds(runoff), "C15 K17 M42 N26 -C; K32 M42 N26 -N; K58 M42 +K")
	expect(t, "run-off", order(runoff), "K>M>N>C")
}

// The mayor of Burlington, Vermont, 2009: the run-off elected Bob Kiss, though
// Andy Montroll beat everybody in pairs. Ballots between the three strongest as
// published at rangevoting.org/Burlington.html; they give the pairs that
// electowiki, "2009 Burlington mayoral election", has from the raw ballots.
func TestBurlington(t *testing.T) {
	t.Parallel()
	p := profile(t, "KMW", "1332 MKW, 767 MWK, 455 M, 2043 KMW, 371 KWM, 568 K, 1513 WMK, 495 WKM, 1289 W")
	runoff := counted(t, p, Runoff, 1, ShowTies)
	expect(t, "run-off", rounds(runoff), "K2982 M2554 W3297 -M; K4314 W4064 spent455 +K")
	schulze := counted(t, p, Schulze, 1, ShowTies)
	expect(t, "Schulze", order(schulze)+" "+schulze.Champion, "M>K>W M")
	if want := [][]int{{0, 3477, 4314}, {4067, 0, 4597}, {4064, 3668, 0}}; !reflect.DeepEqual(schulze.Pairs, want) {
		t.Errorf("pairs %v", schulze.Pairs)
	}
}

// The food election of Wikipedia's "Single transferable vote" (as of 2012): 20
// guests, three of five. Oranges, Pears, Chocolate, Strawberries, sWeets.
func TestFood(t *testing.T) {
	t.Parallel()
	p := profile(t, "OPCSW", "4 O, 2 PO, 8 CS, 4 CW, 1 S, 1 W")
	r := counted(t, p, Transfer, 3, ShowTies)
	expect(t, "rounds", rounds(r), "C12 O4 P2 S1 W1 +C; C6 O4 P2 S5 W3 -P; C6 O6 S5 W3 +O; C6 O6 S5 W3 -W; C6 O6 S5 spent3 +S")
	expect(t, "order", order(r), "C>O>S>W>P")
	if r.Quota != 6 || !slices.Equal(r.Winners, []string{"C", "O", "S"}) {
		t.Errorf("quota %d, winners %v", r.Quota, r.Winners)
	}
}

// Wikipedia, "Counting single transferable votes": two seats, Andrea, Brad,
// Carter, Delilah; Andrea and, after Brad is out, Carter.
func TestAndreaAndCarter(t *testing.T) {
	t.Parallel()
	p := profile(t, "ABCD", "16 ABCD, 24 ACBD, 17 DABC")
	r := counted(t, p, Transfer, 2, ShowTies)
	expect(t, "rounds", rounds(r), "A40 B0 C0 D17 +A; A20 B8 C12 D17 -B; A20 C20 D17 +C")
	if r.Quota != 20 || !slices.Equal(r.Winners, []string{"A", "C"}) {
		t.Errorf("quota %d, winners %v", r.Quota, r.Winners)
	}
}
