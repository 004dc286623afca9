package methods

import (
	"encoding/json"
	"errors"
	"flag"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

var seedFlag = flag.Uint64("methods.seed", 0, "the seed of random elections; 0: a new one")

func random(t *testing.T) *rand.Rand {
	seed := *seedFlag
	if seed == 0 {
		seed = uint64(time.Now().UnixNano())
	}
	t.Logf("-methods.seed %d", seed)
	return rand.New(rand.NewPCG(seed, 0))
}

func isError(err, want error) bool { return errors.Is(err, want) }

// randomBallots are few options and many ballots of few kinds, or few of many:
// so that there are ties.
func randomBallots(r *rand.Rand) (options []string, ballots []Ballot) {
	for i := range 2 + r.IntN(6) {
		options = append(options, string(rune('a'+i)))
	}
	for range 1 + r.IntN(30) {
		ballots = append(ballots, randomBallot(r, options))
	}
	return options, ballots
}

func randomBallot(r *rand.Rand, options []string) Ballot {
	var b Ballot
	for i, at := range r.Perm(len(options))[:1+r.IntN(len(options))] {
		if i > 0 && r.IntN(5) == 0 {
			b[len(b)-1] = append(b[len(b)-1], options[at])
			continue
		}
		b = append(b, []string{options[at]})
	}
	return b
}

func poured(t *testing.T, options []string, ballots []Ballot) *Profile {
	t.Helper()
	p, err := NewProfile(options)
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range ballots {
		if err := p.Add(b, 1); err != nil {
			t.Fatal(err)
		}
	}
	return p
}

// told is every result of a profile, as text.
func told(t *testing.T, p *Profile, ties Ties) string {
	t.Helper()
	var all []Result
	for _, m := range All {
		all = append(all, counted(t, p, m, 1+len(p.options)/3, ties))
	}
	text, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

const elections = 2000

// What is added and taken away again leaves no trace, and the order of ballots
// means nothing.
func TestBallotsAreASet(t *testing.T) {
	t.Parallel()
	r := random(t)
	for range elections {
		options, ballots := randomBallots(r)
		p := poured(t, options, ballots)
		before := told(t, p, ShowTies)
		extra := randomBallot(r, options)
		times := 1 + r.IntN(5)
		if err := errors.Join(p.Add(extra, times), p.Add(extra, -times)); err != nil {
			t.Fatal(err)
		}
		expect(t, "added and taken away", told(t, p, ShowTies), before)
		r.Shuffle(len(ballots), func(i, j int) { ballots[i], ballots[j] = ballots[j], ballots[i] })
		expect(t, "in another order", told(t, poured(t, options, ballots), ShowTies), before)
	}
}

// Other names, and another order in the list, give the same result under the
// other names: no method prefers an option for its name or place.
func TestNamesMeanNothing(t *testing.T) {
	t.Parallel()
	r := random(t)
	for range elections {
		options, ballots := randomBallots(r)
		name := map[string]string{}
		perm := r.Perm(len(options))
		for i, option := range options {
			name[option] = options[perm[i]]
		}
		renamed := make([]Ballot, len(ballots))
		for i, b := range ballots {
			for _, rank := range b {
				renamed[i] = append(renamed[i], mapped(rank, name))
			}
		}
		seats := 1 + r.IntN(len(options)-1)
		p, q := poured(t, options, ballots), poured(t, options, renamed)
		for _, m := range All {
			one, other := counted(t, p, m, seats, ShowTies), counted(t, q, m, seats, ShowTies)
			for i, rank := range one.Order {
				if i >= len(other.Order) || !alike(mapped(rank, name), other.Order[i]) {
					t.Fatalf("%s: %v as %v gives %s and %s", m, ballots, name, order(one), order(other))
				}
			}
			if !alike(mapped(one.Winners, name), other.Winners) || !alike(mapped(one.Tied, name), other.Tied) {
				t.Fatalf("%s: %v as %v elects %v %v and %v %v", m, ballots, name, one.Winners, one.Tied, other.Winners, other.Tied)
			}
		}
	}
}

func mapped(names []string, to map[string]string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = to[name]
	}
	return out
}

func alike(one, other []string) bool {
	return slices.Equal(slices.Sorted(slices.Values(one)), slices.Sorted(slices.Values(other)))
}

// Whoever wins every duel wins by Schulze, alone; and whoever is first on more
// than half of the ballots wins the run-off in its first round.
func TestChampionsWin(t *testing.T) {
	t.Parallel()
	r := random(t)
	champions, majorities := 0, 0
	for range elections {
		options, ballots := randomBallots(r)
		p := poured(t, options, ballots)
		schulze := counted(t, p, Schulze, 1, ShowTies)
		if schulze.Champion != "" {
			champions++
			if !slices.Equal(schulze.Winners, []string{schulze.Champion}) {
				t.Fatalf("%v: %s wins all duels, and %v wins", ballots, schulze.Champion, schulze.Winners)
			}
		}
		runoff := counted(t, p, Runoff, 1, ShowTies)
		for option, votes := range runoff.Rounds[0].Votes {
			if 2*votes > float64(len(ballots)) {
				majorities++
				if len(runoff.Rounds) > 1 || !slices.Equal(runoff.Winners, []string{option}) {
					t.Fatalf("%v: %s has the majority, and %v wins", ballots, option, runoff.Winners)
				}
			}
		}
	}
	if champions < elections/10 || majorities < elections/20 {
		t.Errorf("%d champions, %d majorities: the test proves little", champions, majorities)
	}
}

// In every round the votes and what is spent are all ballots; a run-off ends
// with more than half, or with a tie; a transferable vote fills all seats, or
// says who is tied for the rest, and nobody gets one below the quota while more
// are left than seats.
func TestRoundsAddUp(t *testing.T) {
	t.Parallel()
	r := random(t)
	for range elections {
		options, ballots := randomBallots(r)
		p := poured(t, options, ballots)
		seats := 1 + r.IntN(len(options)-1)
		for _, result := range []Result{counted(t, p, Runoff, 1, ShowTies), counted(t, p, Transfer, seats, ShowTies)} {
			for _, round := range result.Rounds {
				if sum := summed(round.Votes) + round.Spent; math.Abs(sum-float64(len(ballots))) > 1e-4 {
					t.Fatalf("%v: %d ballots are %g votes in %s", ballots, len(ballots), sum, rounds(result))
				}
			}
			want := map[Method]int{Runoff: 1, Transfer: seats}[result.Method]
			if len(result.Winners) > want || len(result.Winners) < want && len(result.Winners)+len(result.Tied) <= want {
				t.Fatalf("%v: %d seats, elected %v, tied %v in %s", ballots, want, result.Winners, result.Tied, rounds(result))
			}
		}
		runoff := counted(t, p, Runoff, 1, ShowTies)
		if last := runoff.Rounds[len(runoff.Rounds)-1]; len(runoff.Winners) == 1 && 2*last.Votes[runoff.Winners[0]] <= summed(last.Votes) {
			t.Fatalf("%v: no majority in %s", ballots, rounds(runoff))
		}
	}
}

func summed(votes map[string]float64) float64 {
	sum := 0.0
	for _, option := range slices.Sorted(maps.Keys(votes)) {
		sum += votes[option]
	}
	return sum
}

// With the list as the rule, every seat is taken, and a tie that mattered is told.
func TestTheListLeavesNoTie(t *testing.T) {
	t.Parallel()
	r := random(t)
	for range elections {
		options, ballots := randomBallots(r)
		p := poured(t, options, ballots)
		seats := 1 + r.IntN(len(options)-1)
		for _, m := range All {
			shown, broken := counted(t, p, m, seats, ShowTies), counted(t, p, m, seats, ByOrder)
			want := seats
			if m == Runoff {
				want = 1
			}
			if len(broken.Winners) != want || len(broken.Tied) > 0 {
				t.Fatalf("%s: %v elects %v of %d, tied %v", m, ballots, broken.Winners, want, broken.Tied)
			}
			if !alike(shown.Winners, broken.Winners) && len(broken.Broken) == 0 {
				t.Fatalf("%s: %v elects %v or %v, and no tie was broken", m, ballots, shown.Winners, broken.Winners)
			}
		}
	}
}

// A hundred equal options on many ballots do not explode.
func TestLargeElections(t *testing.T) {
	t.Parallel()
	r := random(t)
	options := make([]string, MaxOptions)
	for i := range options {
		options[i] = string(rune('一' + i))
	}
	var ballots []Ballot
	for range 300 {
		ballots = append(ballots, randomBallot(r, options))
	}
	ballots = append(ballots, Ballot{options})
	p := poured(t, options, ballots)
	for _, m := range All {
		if got := counted(t, p, m, 40, ByOrder); len(got.Winners) == 0 {
			t.Errorf("%s elects nobody", m)
		}
	}
}
