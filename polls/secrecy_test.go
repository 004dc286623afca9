package polls

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"plenum/rooms"
	"plenum/rooms/laws"
)

// watchers are one member of every role.
func watchers() []rooms.Member {
	var all []rooms.Member
	for _, role := range rooms.Told {
		all = append(all, rooms.Member{ID: "id-" + role.String(), Name: role.String(), Role: role})
	}
	return all
}

// reaches is everything that a member may see of a poll at this moment: view,
// own part, digests; and the events that just happened.
func reaches(p *Poll, m rooms.Member, events []rooms.Event) string {
	out := []any{p.View(m), p.Mine(m), p.Digests(m.Role)}
	for _, e := range events {
		if e.To.Sees(m) {
			out = append(out, e.Did, e.With)
		}
	}
	return string(encode(out))
}

// Law 6: through a long random life, nothing of a question reaches those who do
// not run the poll before it was presented: no word of it, no id.
func TestNoWordBeforeItIsPresented(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(laws.Seed(t), 1))
	s := newScript(t)
	members, presentedSoFar, hidden := watchers(), map[string]bool{}, 0
	told := map[string]bool{} // the words of what was presented: others may have the same
	for range 600 {
		before := len(s.log)
		s.now += r.Int64N(4000)
		s.wake()
		c := randomCommand(r, members, s.see)
		_ = s.do(strings.TrimPrefix(c.From.ID, "id-"), c.Do, c.With) // refusals are welcome too
		for _, q := range s.poll.deck {
			presentedSoFar[q.ID] = presentedSoFar[q.ID] || s.poll.stage.Question == q.ID
			if presentedSoFar[q.ID] {
				for _, text := range append(texts(q.Options), q.Prompt) {
					told[text] = true
				}
			}
		}
		for _, m := range members {
			all := reaches(s.poll, m, s.log[before:])
			for _, q := range s.poll.deck {
				if m.Role >= rooms.Host || presentedSoFar[q.ID] {
					continue
				}
				hidden++
				for _, secret := range append([]string{q.ID, q.Prompt}, texts(q.Options)...) {
					if strings.Contains(all, secret) && !within(told, secret) {
						t.Fatalf("%s sees %q of a question that was never presented: %s", m.Name, secret, all)
					}
				}
			}
		}
	}
	if hidden < 100 {
		t.Errorf("only %d times a question was hidden: the test proves nothing", hidden)
	}
}

func within(told map[string]bool, secret string) bool {
	for text := range told {
		if strings.Contains(text, secret) {
			return true
		}
	}
	return false
}

func (s *script) see(m rooms.Member) (view, mine json.RawMessage) {
	return encode(s.poll.View(m)), encode(s.poll.Mine(m))
}

func texts(options []Option) []string {
	var all []string
	for _, o := range options {
		all = append(all, o.ID, o.Text)
	}
	return all
}

// Law 6: two polls whose voters chose differently cannot be told apart by
// anybody but the voters and the hosts, until the results are shown.
func TestHiddenVotesCannotBeToldApart(t *testing.T) {
	t.Parallel()
	for _, show := range []string{"revealed", "closed"} {
		one, other := newScript(t), newScript(t)
		last := "close"
		both := func(line string, alike bool) {
			t.Helper()
			from, others := len(one.log), len(other.log)
			one.run(line)
			other.run(strings.NewReplacer("Black", "Green", " 5", " 2").Replace(line))
			for _, m := range watchers()[:3] { // viewer, participant, editor
				a, b := reaches(one.poll, m, one.log[from:]), reaches(other.poll, m, other.log[others:])
				if (a == b) != alike {
					t.Fatalf("show=%s, after %q: alike is %v\n%s\n%s", show, line, a == b, a, b)
				}
			}
		}
		one.run("host writes tea: single Black|Green|White show=" + show)
		other.run("host writes tea: single Black|Green|White show=" + show)
		for i, line := range []string{
			"host presents tea", "host opens tea", "ann votes tea: Black", "bob votes tea: White", "ann votes tea: nothing",
			"ann votes tea: Black", "host extends tea by 60", "save", "host presents nothing", "host presents tea",
		} {
			both(line, true)
			if i == 4 && one.poll.deck[0].box.people != 1 {
				t.Fatal("the votes did not count")
			}
		}
		if show == "revealed" {
			both("host closes tea", true)
			last = "reveal"
		}
		both(fmt.Sprintf("host %ss tea", last), false)
		both("host hides tea", true)
	}
}

// Law 7: a vote tells the audience nothing by itself, and a digest has a bound.
func TestAVoteIsStoredAndNotTold(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	s.must("write", s.do("host", "write", map[string]any{"question": choice(MaxOptions)}))
	s.run("host opens tea")
	for i := range 300 {
		before := len(s.log)
		s.run(fmt.Sprintf("voter%d votes tea: option%d", i, i%MaxOptions))
		if voted := s.log[before:]; len(voted) != 1 || voted[0].To != toNobody {
			t.Fatalf("a vote led to %+v", voted)
		}
	}
	for _, m := range watchers() {
		digests := s.poll.Digests(m.Role)
		if size := len(encode(digests)); len(digests) != 1 || size > 2000 {
			t.Errorf("the digests of 300 votes are %d with %d bytes", len(digests), size)
		}
	}
}

// What was told of a question is taken back when it may not be seen any more.
func TestOldDigestsAreReplaced(t *testing.T) {
	t.Parallel()
	s := run(t, `
		host writes tea: single Black|Green
		host writes mood: rating
		host opens tea
		ann votes tea: Black`)
	digest := func(role rooms.Role) string { return string(encode(s.poll.Digests(role)[0].With)) }
	want := func(audience string) {
		t.Helper()
		if got := strings.ReplaceAll(digest(rooms.Viewer), s.labels["tea Black"], "black"); !strings.HasPrefix(got, audience) {
			t.Errorf("the audience is told %s, not %s", got, audience)
		}
		if got := digest(rooms.Host); !strings.Contains(got, `"people":1,"counts"`) {
			t.Errorf("hosts are told %s", got)
		}
	}
	want(`{"round":1,"people":1,"counts":{"black":1,`)
	s.run("host hides tea")
	want(`{"round":1,"people":1}`)
	s.run("host reveals tea")
	want(`{"round":1,"people":1,"counts":{"black":1,`)
	s.run("host presents mood")
	want(`{"round":0,"people":0}`)
	s.run("host closes tea")
	want(`{"round":0,"people":0}`)
	s.run("host presents tea")
	want(`{"round":1,"people":1,"counts":{"black":1,`)
}
