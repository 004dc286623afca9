package polls

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"plenum/rooms"
	"plenum/rooms/laws"
)

// askedOf is a script with one open question, which is called "tea".
func askedOf(t *testing.T, q Question) *script {
	t.Helper()
	s := newScript(t)
	q.Prompt = "tea"
	s.must("write", s.do("host", "write", map[string]any{"question": q}))
	s.run("host opens tea")
	return s
}

// answers is a ballot on tea, one turn above the voter's last.
func (s *script) answers(who string, content map[string]any) error {
	s.t.Helper()
	c := s.tea()
	vote := map[string]any{"question": c.ID, "round": c.Round, "turn": s.poll.ballotOf("id-"+who, c).turn + 1}
	for name, value := range content {
		vote[name] = value
	}
	return s.do(who, "vote", vote)
}

func (s *script) says(who string, texts ...string) error {
	s.t.Helper()
	return s.answers(who, map[string]any{"texts": texts})
}

func (s *script) marks(do, answer string) error {
	s.t.Helper()
	c := s.tea()
	return s.do("host", do, map[string]any{"question": c.ID, "round": c.Round, "answer": answer})
}

func (s *script) tea() *card {
	c, _ := s.poll.deck.find(s.labels["tea"])
	return c
}

// tells is what a role is told of tea.
func (s *script) tells(role rooms.Role) string {
	var out []string
	a := s.poll.digest(s.tea(), role).Answers
	if a == nil {
		return "nothing"
	}
	for _, w := range a.Words {
		out = append(out, fmt.Sprintf("%s=%d", w.Text, w.Count))
	}
	for _, w := range a.Out {
		out = append(out, fmt.Sprintf("-%s=%d", w.Text, w.Count))
	}
	for _, c := range a.Cards {
		out = append(out, c.Text)
	}
	for _, c := range a.Waiting {
		out = append(out, "?"+c.Text)
	}
	return strings.Join(out, " ")
}

func (s *script) tell(audience, hosts string) {
	s.t.Helper()
	if got := s.tells(rooms.Viewer); got != audience {
		s.t.Errorf("everybody is told %q, not %q", got, audience)
	}
	if got := s.tells(rooms.Host); got != hosts {
		s.t.Errorf("hosts are told %q, not %q", got, hosts)
	}
}

func TestWordsAreCountedByWhatTheyAre(t *testing.T) {
	t.Parallel()
	s := askedOf(t, Question{Kind: Words, Most: 3})
	s.must("ann", s.says("ann", "Tea", "caf\u00e9"))
	s.must("bob", s.says("bob", " TEA ", "CAFE\u0301", "咖啡"))
	s.must("cid", s.says("cid", "TEA", "two\u3000 words"))
	s.must("dan", s.says("dan", "Straße"))
	s.must("eve", s.says("eve", "STRASSE"))
	// The most frequent spelling; of equal ones always the same.
	s.tell("TEA=3 CAFE\u0301=2 STRASSE=2 two words=1 咖啡=1", "TEA=3 CAFE\u0301=2 STRASSE=2 two words=1 咖啡=1")
	s.run("bob votes tea: nothing")
	s.must("cid", s.says("cid", "tea"))
	s.run("save")
	s.tell("STRASSE=2 Tea=2 café=1", "STRASSE=2 Tea=2 café=1")
	s.must("cid", s.says("cid", "tea", "Tea!"))
	if err := s.says("cid", "tea", "TEA"); code(err) != "same-answer" {
		t.Errorf("twice the same: %v", err)
	}
	mine := string(encode(s.poll.Mine(rooms.Member{ID: "id-cid"})))
	if !strings.Contains(mine, `"texts":["tea","Tea!"]`) {
		t.Errorf("cid has %s", mine)
	}
}

func TestAWordIsTakenOutForAll(t *testing.T) {
	t.Parallel()
	s := askedOf(t, Question{Kind: Words, Most: 2})
	s.must("ann", s.says("ann", "Rude", "tea"))
	s.must("bob", s.says("bob", "RUDE"))
	s.must("take out", s.marks("withhold", "rude"))
	s.tell("tea=1", "tea=1 -RUDE=2")
	s.must("cid", s.says("cid", "ruDe"))
	s.must("take out what nobody gave", s.marks("withhold", "Worse"))
	s.must("dan", s.says("dan", "worse"))
	s.run("save")
	s.tell("tea=1", "tea=1 -RUDE=3 -worse=1")
	s.run("host closes tea\nhost repeats tea\nhost opens tea")
	s.must("ann", s.says("ann", "rude", "tea"))
	s.tell("tea=1", "tea=1 -rude=1 -worse=0")
	s.must("put back", s.marks("approve", "RUDE"))
	s.tell("rude=1 tea=1", "rude=1 tea=1 -worse=0")
	before := len(s.log)
	s.must("again", s.marks("approve", "rude"))
	if len(s.log) != before {
		t.Error("what is so already became an event")
	}
	for i := range MaxWithheld - 1 {
		s.must("more", s.marks("withhold", fmt.Sprint("word", i)))
	}
	if err := s.marks("withhold", "one more"); code(err) != "withheld" {
		t.Errorf("one more: %v", err)
	}
}

func TestAWallIsReadFirst(t *testing.T) {
	t.Parallel()
	s := askedOf(t, Question{Kind: Wall, Most: 2, Special: Special{Review: true}})
	s.must("ann", s.says("ann", "one\ntwo", "three"))
	s.must("bob", s.says("bob", "four"))
	s.tell("", "?one\ntwo ?three ?four")
	id := func(text string) string {
		for _, g := range s.tea().box.given() {
			if g.Text == text {
				return g.ID
			}
		}
		t.Fatalf("nobody wrote %q", text)
		return ""
	}
	three := id("three")
	s.must("approve", s.marks("approve", three))
	s.must("approve", s.marks("approve", id("four")))
	s.must("withhold", s.marks("withhold", id("one\ntwo")))
	s.tell("four three", "four three")
	// What stays keeps its id, its place and what was decided; what is new is read.
	s.must("ann", s.says("ann", "three", "five"))
	s.run("save")
	s.tell("four three", "four three ?five")
	if id("three") != three {
		t.Error("what stayed has another id")
	}
	s.run("ann votes tea: nothing")
	s.tell("four", "four")
	if err := s.marks("approve", three); code(err) != "no-answer" {
		t.Errorf("what was taken back: %v", err)
	}
	s.must("ann", s.says("ann", "three"))
	s.tell("four", "four ?three")
}

func TestTheTrueValueComesWithTheResults(t *testing.T) {
	t.Parallel()
	truth, later := 330.0, 331.0
	for _, show := range []Show{Live, AtClose, ByReveal} {
		s := newScript(t)
		tellsIt := func() bool {
			all := reaches(s.poll, rooms.Member{ID: "id-ann", Role: rooms.Participant}, s.log)
			return strings.Contains(all, "330") || strings.Contains(all, "331")
		}
		write := func(truth *float64) {
			q := Question{ID: s.labels["tea"], Kind: Estimate, Prompt: "tea", Show: show, Special: Special{Truth: truth}}
			s.must("write", s.do("host", "write", map[string]any{"question": q}))
		}
		write(&later)
		s.run("host presents tea\nhost opens tea")
		s.must("ann", s.answers("ann", map[string]any{"number": 5}))
		write(&truth)
		s.run("save")
		if show == ByReveal {
			s.run("host reveals tea")
		}
		if tellsIt() {
			t.Fatalf("show=%s: the true value is told while people vote", show)
		}
		if !strings.Contains(string(encode(s.poll.View(rooms.Member{Role: rooms.Host}))), `"truth":330`) {
			t.Errorf("show=%s: hosts are not told", show)
		}
		s.run("host closes tea")
		if a := s.poll.digest(s.tea(), rooms.Viewer).Answers; a == nil || a.Truth == nil || *a.Truth != truth {
			t.Errorf("show=%s: after the close they are told %+v", show, a)
		}
		// Whoever knows it cannot guess any more.
		if err := s.do("host", "open", about{s.labels["tea"]}); code(err) != "shown" {
			t.Errorf("show=%s: opened again: %v", show, err)
		}
	}
}

// A digest is told anew when it was hidden meanwhile, even if nothing else has
// changed: nothing else tells the answers.
func TestAnswersAreToldAnew(t *testing.T) {
	t.Parallel()
	s := askedOf(t, Question{Kind: Words})
	s.must("ann", s.says("ann", "tea"))
	before := string(encode(s.poll.digest(s.tea(), rooms.Viewer)))
	s.run("host hides tea\nhost reveals tea")
	if after := string(encode(s.poll.digest(s.tea(), rooms.Viewer))); after == before {
		t.Errorf("hidden and shown again it is %s as before", after)
	}
	for _, e := range s.log {
		if e.Did != "voted" && strings.Contains(string(e.With), `tea"`) && e.Did != "wrote" && e.Did != "presented" {
			t.Errorf("%q tells the answer: %s", e.Did, e.With)
		}
	}
}

// In whatever order the same ballots come, with others in between that are
// replaced or taken back, they add up to the same.
func TestTheOrderOfBallotsChangesNothing(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(laws.Seed(t), 7))
	for _, form := range []Form{Words, Wall, Estimate, Points, Dates, Grid, Axes, Pins} {
		q := randomSpecial(r, Question{Kind: form, Prompt: "tea"})
		q, err := q.checked()
		if err != nil {
			t.Fatal(err)
		}
		q.ID = "q1"
		q.named(func() string { return unused("o", q.has) })
		last := make([]ballot, 600)
		one, other := newBox(q), newBox(q)
		for i := range last {
			last[i] = randomBallot(t, r, q, i)
			one.put(i, last[i])
		}
		for _, i := range r.Perm(len(last)) {
			other.put(i, randomBallot(t, r, q, 1000+i))
			other.put(i, ballot{turn: 1})
			other.put(i, last[i])
		}
		a, b := &card{Question: q, box: one}, &card{Question: q, box: other}
		if x, y := encode(a.resultsFor(true)), encode(b.resultsFor(true)); string(x) != string(y) {
			t.Errorf("%s: %s\nand %s", form, x, y)
		}
		for i := range last {
			one.put(i, ballot{turn: 2})
		}
		if x, y := encode(a.resultsFor(true)), encode((&card{Question: q, box: newBox(q)}).resultsFor(true)); string(x) != string(y) {
			t.Errorf("%s: without its ballots it is %s, and new %s", form, x, y)
		}
	}
}

func randomBallot(t *testing.T, r *rand.Rand, q Question, place int) ballot {
	t.Helper()
	sent := map[string]any{}
	randomContent(r, q, sent)
	var v voted
	decode(encode(sent), &v)
	of, err := specialOf(q.Kind).read(q, v, nil, newIDs(r.Uint64()))
	if err != nil {
		t.Fatal(err)
	}
	for i := range of.Answers {
		if q.Kind == Wall {
			of.Answers[i].Place = 10*place + i + 1
		}
	}
	return ballot{turn: 1, content: of}
}
