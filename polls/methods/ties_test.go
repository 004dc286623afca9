package methods

import (
	"strings"
	"testing"
)

func TestTiesAreShownOrBrokenByTheList(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		options, ballots string
		method           Method
		seats            int
		ties             Ties
		want             string // order, winners | tied | broken
	}{
		"two alike":                      {"AB", "1 AB, 1 BA", Borda, 1, ShowTies, "A=B  | A B | "},
		"two alike, by the list":         {"BA", "1 AB, 1 BA", Borda, 1, ByOrder, "B>A B |  | B A"},
		"three for two seats":            {"ABC", "1 A, 1 B, 1 C", Approval, 2, ShowTies, "A=B=C  | A B C | "},
		"two for the second seat":        {"ABC", "3 A, 1 B, 1 C", Approval, 2, ShowTies, "A>B=C A | B C | "},
		"a tie below the seats":          {"ABC", "3 A, 1 B, 1 C", Approval, 1, ShowTies, "A>B=C A |  | "},
		"a cycle":                        {"ABC", "1 ABC, 1 BCA, 1 CAB", Schulze, 1, ShowTies, "A=B=C  | A B C | "},
		"run-off, one each":              {"ABC", "1 A, 1 B, 1 C", Runoff, 1, ShowTies, "A=B=C  | A B C | "},
		"run-off, the last out together": {"ABC", "3 A, 2 BC, 2 CB", Runoff, 1, ShowTies, "A>B=C A |  | "},
		"run-off, the last by the list":  {"ABC", "3 A, 2 BC, 2 CB", Runoff, 1, ByOrder, "B>A>C B |  | B C"},
		"run-off, nothing is left":       {"ABCD", "1 A, 1 B, 1 CD, 1 DC", Runoff, 1, ShowTies, "A=B=C=D  | A B C D | "},
		"two for the last seat":          {"ABC", "5 A, 2 B, 2 C", Transfer, 2, ShowTies, "A>B=C A | B C | "},
		"the last seat by the list":      {"ABC", "5 A, 2 B, 2 C", Transfer, 2, ByOrder, "A>B>C A B |  | B C"},
		"who is sure, and who is tied":   {"XAB", "5 X, 3 A, 3 B, 3 X", Transfer, 2, ShowTies, "X>A=B X | A B | "},
		"not even the first is sure":     {"XABC", "5 XA, 4 AB, 4 BC, 4 CA", Transfer, 3, ShowTies, "X>A=B=C X | A B C | "},
		"two seats, all below the quota": {"XABC", "5 X, 4 AB, 4 BC, 4 CA", Transfer, 2, ShowTies, "X=A=B=C  | X A B C | "},
	} {
		r := counted(t, profile(t, c.options, c.ballots), c.method, c.seats, c.ties)
		broken := ""
		for _, tie := range r.Broken {
			broken += strings.Join(tie, " ")
		}
		got := order(r) + " " + strings.Join(r.Winners, " ") + " | " + strings.Join(r.Tied, " ") + " | " + broken
		expect(t, name, got, c.want)
	}
}

func TestWithoutBallotsNobodyWins(t *testing.T) {
	t.Parallel()
	p, err := NewProfile([]string{"A", "B", "C"})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range All {
		r := counted(t, p, m, 1, ByOrder)
		if len(r.Winners)+len(r.Tied)+len(r.Broken) > 0 || order(r) != "A=B=C" {
			t.Errorf("%s: %+v", m, r)
		}
	}
}

// Equal ranks are shared: a ballot for A=B is half a vote for each, and a whole
// one for B when A is out.
func TestEqualRanks(t *testing.T) {
	t.Parallel()
	r := counted(t, profile(t, "ABC", "2 A=BC, 3 C, 1 B"), Runoff, 1, ShowTies)
	expect(t, "run-off", rounds(r), "A1 B2 C3 -A; B3 C3")
	expect(t, "tied", strings.Join(r.Tied, ""), "BC")
	r = counted(t, profile(t, "ABC", "3 A=B=C"), Transfer, 2, ShowTies)
	expect(t, "all equal", rounds(r), "A1 B1 C1")
	borda := counted(t, profile(t, "ABC", "1 A=BC"), Borda, 1, ShowTies)
	if borda.Points["A"] != 1 || borda.Points["B"] != 1 || borda.Points["C"] != 0 {
		t.Errorf("points %v", borda.Points)
	}
}

func TestBallotsThatCannotBe(t *testing.T) {
	t.Parallel()
	p := profile(t, "ABC", "1 AB")
	for what, want := range map[string]error{"": ErrEmpty, "ABA": ErrTwice, "AX": ErrUnknown, "A=A": ErrTwice} {
		if err := p.Add(ballot(what), 1); !isError(err, want) {
			t.Errorf("%q: %v", what, err)
		}
	}
	if err := p.Add(ballot("BA"), -1); !isError(err, ErrMissing) {
		t.Errorf("taken away what is not there: %v", err)
	}
	for _, options := range [][]string{nil, {"A"}, {"A", "A"}, make([]string, 101)} {
		if _, err := NewProfile(options); !isError(err, ErrOptions) {
			t.Errorf("%v: %v", options, err)
		}
	}
	for _, r := range []Rules{{0, ShowTies}, {3, ShowTies}, {1, "coin"}} {
		if _, err := Count(p, Borda, r); err == nil {
			t.Errorf("%v was a rule", r)
		}
	}
	if _, err := Count(p, "dice", Rules{1, ShowTies}); err == nil {
		t.Error("dice were a method")
	}
}
