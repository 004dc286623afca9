package polls

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"plenum/polls/methods"
	"plenum/rooms"
	"plenum/rooms/laws"
)

// secretOf is a script with one open question of a form, and how secret it is.
func secretOf(t *testing.T, r *rand.Rand, form Form, v Veiling, show Show) *script {
	t.Helper()
	q := randomQuestion(r)
	for q.Kind != form {
		q = randomQuestion(r)
	}
	q.Prompt, q.Veiling, q.Show, q.Seconds, q.Review, q.Truth, q.Key = "tea", v, show, 0, false, nil, nil
	s := newScript(t)
	s.must("write", s.do("host", "write", map[string]any{"question": q}))
	s.run("host opens tea")
	return s
}

// fill is a random ballot of a voter on the question.
func (s *script) fill(r *rand.Rand, who string, turn int, slip string) error {
	q := s.tea()
	vote := map[string]any{"question": q.ID, "round": q.Round, "turn": turn, "slip": slip}
	switch {
	case specialOf(q.Kind) != nil:
		randomContent(r, q.Question, vote)
	case q.Kind == Rating:
		vote["score"] = q.From + r.IntN(q.To-q.From+1)
	default:
		options := texts(q.Options)
		var ids []string
		for _, i := range r.Perm(len(q.Options))[:q.Least+r.IntN(q.Most-q.Least+1)] {
			ids = append(ids, options[2*i])
		}
		vote["options"] = ids
	}
	return s.do(who, "vote", vote)
}

var eachForm = []Form{Single, Multiple, Rating, Ranking, Words, Wall, Estimate, Points, Dates, Grid, Axes, Pins}

// Results of a secret question move only when at least five people's ballots
// have changed, for whoever looks, hosts too.
func TestSecretResultsMoveInSteps(t *testing.T) {
	t.Parallel()
	seed := laws.Seed(t)
	for i, form := range eachForm {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		s := secretOf(t, r, form, Veiling{Secrecy: []Secrecy{Pseudonymous, Anonymous}[r.IntN(2)]}, Live)
		seen := func() string {
			told := *s.tea().resultsFor(true)
			told.People = 0
			for _, m := range watchers() {
				if all := reaches(s.poll, m, nil); strings.Contains(all, `"counted":null`) || !strings.Contains(all, `"counted":`) {
					t.Fatalf("%s: %s is told results of all: %s", form, m.Name, all)
				}
			}
			return string(encode(told)) + string(encode(s.tea().resultsFor(false).Answers))
		}
		was, changed, moves := seen(), map[string]bool{}, 0
		for turn := 1; turn <= 300; turn++ {
			who := fmt.Sprint("voter", r.IntN(40))
			s.must("vote", s.fill(r, who, turn, ""))
			changed[who] = true
			if is := seen(); is != was {
				if len(changed) < FewVotes {
					t.Fatalf("%s: the results moved after ballots of %d people", form, len(changed))
				}
				was, moves = is, moves+1
				clear(changed)
			}
		}
		if moves < 10 {
			t.Errorf("%s: the results moved only %d times", form, moves)
		}
		s.run("host closes tea")
		if c := s.tea(); c.counted() != nil || c.outward() != c.box || c.box.people < 30 {
			t.Errorf("%s: after the close %d ballots of %d are told", form, c.outward().people, c.box.people)
		}
	}
}

// Under five ballots an anonymous question has no results, unless its host has
// said so before; and nothing of them is stored.
func TestFewAnonymousBallotsAreHeldBack(t *testing.T) {
	t.Parallel()
	for _, few := range []bool{false, true} {
		s := newScript(t)
		s.must("write", s.do("host", "write", map[string]any{"question": Question{
			Kind: Single, Prompt: "tea", Options: []Option{{Text: "Black"}, {Text: "Green"}}, Show: AtClose, Veiling: Veiling{Anonymous, few},
		}}))
		s.run("host opens tea")
		for i := range FewVotes - 1 {
			s.run(fmt.Sprintf("voter%d votes tea: Black", i))
		}
		s.run("host closes tea\nhost presents tea")
		c := s.tea()
		if few {
			if c.Held != 0 || !c.Shown || !strings.Contains(string(c.counts()), ":4") {
				t.Errorf("with few the results are %s, %+v", c.counts(), c.Status)
			}
			continue
		}
		if c.Held != 4 || c.Shown || c.people() != 4 || strings.Contains(string(c.counts()), "4") {
			t.Errorf("the results are %s, %+v", c.counts(), c.Status)
		}
		s.run("host reveals tea -> few")
		s.run("host opens tea -> once")
		ask := map[string]string{"question": c.ID, "round": "1"}
		if _, err := export(t.Context(), s.reading(rooms.Nobody, ask)); code(err) != "few" {
			t.Errorf("the export: %v", err)
		}
		if _, err := recount(t.Context(), s.reading(rooms.Nobody, ask)); code(err) != "few" {
			t.Errorf("the recount: %v", err)
		}
		for _, e := range s.log {
			if e.Did == "counted" && strings.Contains(string(e.With), `"slips"`) {
				t.Errorf("stored is %s", e.With)
			}
		}
		s.run("save\nhost repeats tea\nhost opens tea")
		if c := s.tea(); c.Held != 0 || c.State != Open {
			t.Errorf("the new round is %+v", c.Status)
		}
	}
}

// What is stored of an anonymous round when it is closed is the same bytes, in
// whatever order the ballots came and however often they were changed.
func TestCountedBallotsTellNothingOfTheirOrder(t *testing.T) {
	t.Parallel()
	seed := laws.Seed(t)
	for i, form := range eachForm {
		r := rand.New(rand.NewPCG(seed, uint64(i)))
		one := secretOf(t, r, form, Veiling{Secrecy: Anonymous}, Live)
		for i := range 40 {
			one.must("vote", one.fill(r, fmt.Sprint("voter", i), 1, fmt.Sprintf("slip-of-voter-%06d", r.IntN(1_000_000))))
		}
		other := newScript(t)
		for _, e := range one.log[:slices.IndexFunc(one.log, func(e rooms.Event) bool { return e.Did == "voted" })] {
			other.seq = e.Seq
			other.apply(e)
		}
		votes := slices.DeleteFunc(slices.Clone(one.log), func(e rooms.Event) bool { return e.Did != "voted" })
		r.Shuffle(len(votes), func(i, j int) { votes[i], votes[j] = votes[j], votes[i] })
		for _, e := range votes {
			other.seq++
			e.Seq = other.seq
			other.apply(e)
		}
		a, b := counting(t, one), counting(t, other)
		if !bytes.Equal(a, b) {
			t.Errorf("%s: the order of the ballots can be seen in\n%s\n%s", form, a, b)
		}
		if bytes.Contains(a, []byte("alias")) || bytes.Contains(a, []byte("voter0")) && !bytes.Contains(a, []byte("slip")) {
			t.Errorf("%s: there are voters in %s", form, a)
		}
		ask := map[string]string{"question": one.tea().ID, "round": "1"}
		got, err := slips(t.Context(), one.reading(rooms.Nobody, ask))
		if one.must("slips", err); len(got.(Slips).Slips) != 40 || !slices.IsSorted(got.(Slips).Slips) {
			t.Errorf("the slips are %v", got)
		}
		if got, err := recount(t.Context(), one.reading(rooms.Nobody, ask)); err != nil || got.(Recount).People != 40 {
			t.Errorf("%s: recounted are %+v (%v)", form, got, err)
		}
		if _, err := export(t.Context(), one.reading(rooms.Nobody, ask)); err != nil {
			t.Errorf("%s: the export: %v", form, err)
		}
	}
}

func counting(t *testing.T, s *script) json.RawMessage {
	t.Helper()
	s.must("close", s.do("host", "close", map[string]any{"question": s.poll.deck[0].ID}))
	for _, e := range s.log {
		if e.Did == "counted" {
			return e.With
		}
	}
	t.Fatal("nothing was counted")
	return nil
}

// A pseudonymous voter keeps their number when the question is opened again, and
// the export has each ballot under it, in an order that is not that of coming.
func TestGuestsKeepTheirNumbers(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	s.must("write", s.do("host", "write", map[string]any{"question": Question{
		Kind: Single, Prompt: "tea", Options: []Option{{Text: "Black"}, {Text: "Green"}}, Veiling: Veiling{Secrecy: Pseudonymous},
	}}))
	s.run("host opens tea")
	for _, who := range []string{"zoe", "ann", "max"} {
		s.run(who + " votes tea: Black")
	}
	s.run("host closes tea\nsave\nhost opens tea\nzoe votes tea: Green\nbob votes tea: Green\nmax votes tea: nothing\nhost closes tea")
	got, err := export(t.Context(), s.reading(rooms.Nobody, map[string]string{"question": s.tea().ID, "round": "1"}))
	s.must("export", err)
	want := map[int]string{1: "Black", 3: "Green", 4: "Green"} // ann, max, zoe; bob
	f := got.(methods.File)
	for _, b := range f.Ballots {
		if b.Ranks[0][0] != s.labels["tea "+want[b.Guest]] {
			t.Errorf("guest %d has voted %v", b.Guest, b.Ranks)
		}
	}
	if len(f.Ballots) != 3 {
		t.Errorf("the export has %+v", f.Ballots)
	}
	var own Mine
	decode(encode(s.poll.MineUnder(rooms.Member{ID: "id-zoe"}, func(scope string) string { return aliasOf("id-zoe", scope) })), &own)
	if b := own.Ballots[s.tea().ID]; b.Options == nil || (*b.Options)[0] != s.labels["tea Green"] {
		t.Errorf("zoe has %+v", own)
	}
}

// A question whose secret is lost is closed, and pseudonymous ones are not
// opened again.
func TestALostSecretClosesTheQuestion(t *testing.T) {
	t.Parallel()
	for _, secrecy := range []Secrecy{Pseudonymous, Anonymous} {
		s := newScript(t)
		s.must("write", s.do("host", "write", map[string]any{"question": Question{
			Kind: Single, Prompt: "tea", Options: []Option{{Text: "Black"}, {Text: "Green"}}, Veiling: Veiling{Secrecy: secrecy},
		}}))
		s.run("host opens tea")
		s.must("lost", s.do("room", "lost", map[string]any{"scope": "q9-1"}))
		if s.tea().State != Open {
			t.Error("the secret of another question was lost, and this was closed")
		}
		s.must("lost", s.do("room", "lost", map[string]any{"scope": s.tea().scope()}))
		if c := s.tea(); c.State != Closed || !c.Lost || len(s.poll.Veils()) != 0 {
			t.Errorf("it is %+v", c.Status)
		}
		want := map[Secrecy]string{Pseudonymous: "secret-lost", Anonymous: "once"}[secrecy]
		s.run("host opens tea -> " + want)
		s.run("host repeats tea\nhost opens tea\nann votes tea: Black")
	}
}

// The true value stays when a question gets other words, secret or not.
func TestOtherWordsKeepTheTrueValue(t *testing.T) {
	t.Parallel()
	truth := 7.0
	for _, secrecy := range []Secrecy{Named, Anonymous} {
		s := newScript(t)
		q := Question{Kind: Estimate, Prompt: "tea", Special: Special{Truth: &truth}, Veiling: Veiling{Secrecy: secrecy}}
		s.must("write", s.do("host", "write", map[string]any{"question": q}))
		q.ID, q.Prompt = s.labels["tea"], "coffee"
		s.must("write", s.do("host", "write", map[string]any{"question": q}))
		if c := s.poll.deck[0]; c.Truth == nil || *c.Truth != truth || c.Prompt != "coffee" || (c.steps != nil) != (secrecy != Named) {
			t.Errorf("it has become %+v", c.Question)
		}
	}
}
