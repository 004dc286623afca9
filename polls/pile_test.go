package polls

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"plenum/rooms"
	"plenum/rooms/laws"
)

// crowded is a secret question that so many have answered, and whose time a
// host has ended.
func crowded(t *testing.T, r *rand.Rand, form Form, secrecy Secrecy) *script {
	t.Helper()
	s := secretOf(t, r, form, Veiling{Secrecy: secrecy}, AtClose)
	for i := range countBeside + 50 {
		s.must("vote", s.fill(r, fmt.Sprint("voter", i), 1, fmt.Sprintf("slip-%015d", i)))
	}
	s.run("host closes tea")
	if q := s.tea(); q.State != Open || s.poll.Wake() != s.now {
		t.Fatalf("a crowd is counted at once: %+v", q.Status)
	}
	if err := s.fill(r, "voter1", 2, ""); code(err) != "closed" {
		t.Fatalf("a ballot after the end: %v", err)
	}
	return s
}

func (s *script) wakeUp() rooms.Command {
	return rooms.Command{In: "poll-1", Do: "wake", At: s.now, Seq: s.seq + 1, From: rooms.Member{Role: rooms.TheRoom}}
}

// What is counted beside the room is what the room would count, and leads to the
// same state whether it is at hand or read from the log.
func TestACrowdIsCountedBesideItsRoom(t *testing.T) {
	t.Parallel()
	seed := laws.Seed(t)
	for i, form := range eachForm {
		for _, secrecy := range []Secrecy{Anonymous, Pseudonymous} {
			t.Run(fmt.Sprint(form, " ", secrecy), func(t *testing.T) {
				t.Parallel()
				r := rand.New(rand.NewPCG(seed, uint64(i)))
				s := crowded(t, r, form, secrecy)
				wake := s.wakeUp()
				work := s.poll.Prepare(wake)
				if form == Wall || form == Words { // what hosts do meanwhile counts
					s.must("withhold", s.marks("withhold", s.anAnswer(r)))
					if stale := decided(t, s.poll, wake, work()); !same(stale, decided(t, s.poll, wake, nil)) {
						t.Error("what hosts held back meanwhile is not counted")
					}
					work = s.poll.Prepare(wake)
				}
				beside, inside := decided(t, s.poll, wake, work()), decided(t, s.poll, wake, nil)
				if len(beside) != 2 || beside[0].Did != "counted" || beside[1].Did != "closed" || !same(beside, inside) {
					t.Fatalf("beside the room: %+v\nin it: %+v", beside, inside)
				}
				read := &script{t: t, poll: &Poll{voters: newRoll()}, labels: map[string]string{}, table: map[string]ballotRow{}, room: s.room}
				for _, e := range s.log {
					read.apply(e)
				}
				for i, e := range beside {
					e.Seq, e.In, e.At, e.Format = s.seq+uint64(i)+1, "poll-1", s.now, Kind.Format
					s.apply(e)
					e.Ready = nil
					read.apply(e)
				}
				if !bytes.Equal(stateOf(t, s.poll), stateOf(t, read.poll)) {
					t.Error("read from the log it is another state")
				}
				if got := s.tea(); got.State != Closed || got.box.people == 0 || s.poll.Wake() != 0 {
					t.Errorf("afterwards %+v of %d people", got.Status, got.box.people)
				}
			})
		}
	}
}

// anAnswer is what some answer is known by to hosts.
func (s *script) anAnswer(r *rand.Rand) string {
	box := s.tea().outward()
	for {
		if c := box.at(r.IntN(countBeside)).content; c != nil && len(c.Answers) > 0 {
			return c.Answers[0].ID
		}
	}
}

func decided(t *testing.T, p *Poll, c rooms.Command, prepared any) []rooms.Event {
	t.Helper()
	c.Prepared = prepared
	events, err := p.Decide(c)
	if err != nil {
		t.Fatal(err)
	}
	return events
}

func same(a, b []rooms.Event) bool {
	bare := func(events []rooms.Event) []rooms.Event {
		all := make([]rooms.Event, len(events))
		for i, e := range events {
			e.Ready = nil
			all[i] = e
		}
		return all
	}
	return reflect.DeepEqual(bare(a), bare(b))
}

func stateOf(t *testing.T, p *Poll) []byte {
	t.Helper()
	state, err := p.Save()()
	if err != nil {
		t.Fatal(err)
	}
	return state
}

// In a room: who comes after the host's close is too late, the count follows by
// itself, and a restart finds the same.
func TestASecretCrowdInARoom(t *testing.T) {
	t.Parallel()
	const people = countBeside + 5 // and the host
	p := secretPlace(t, people, Question{Kind: Single, Prompt: "tea", Options: choice(2).Options, Show: AtClose, Veiling: Veiling{Secrecy: Anonymous}})
	for i := 1; i <= people-1; i++ {
		if err := p.vote(person(i), 1, p.tea.Options[i%2].ID); err != nil {
			t.Fatal(err)
		}
	}
	p.host("close", map[string]any{})
	if err := p.vote(person(people-1), 2, p.tea.Options[0].ID); code(err) != "closed" {
		t.Errorf("a ballot after the close: %v", err)
	}
	p.await("it is not counted", func() bool { return p.deck().Questions[0].State == Closed })
	for range 2 {
		got := p.deck().Questions[0]
		var counts map[string]int
		decode(encode(got.Counts), &counts)
		if got.People != people-1 || counts[p.tea.Options[0].ID] != people/2 || counts[p.tea.Options[1].ID] != people/2 {
			t.Errorf("%d people, %v", got.People, counts)
		}
		p.restart()
	}
	counted := 0
	for _, e := range p.stored() {
		if e.Did == "counted" {
			counted++
		}
	}
	if counted != 1 {
		t.Errorf("it was counted %d times", counted)
	}
}

// BenchmarkSecretClose is the end of a secret question that 10,000 have answered:
// what its room does, and what is done beside it.
func BenchmarkSecretClose(b *testing.B) {
	wake := rooms.Command{Do: "wake", At: 1, From: rooms.Member{Role: rooms.TheRoom}}
	for _, form := range []Form{Single, Wall} {
		for _, beside := range []bool{false, true} {
			b.Run(fmt.Sprintf("%s/beside=%v", form, beside), func(b *testing.B) {
				for b.Loop() {
					b.StopTimer()
					p := secretHall(b, form)
					b.StartTimer()
					work := p.Prepare(wake)
					b.StopTimer()
					made := work()
					b.StartTimer()
					if beside {
						wake.Prepared = made
					} else {
						wake.Prepared = nil
					}
					happen(b, p, wake)
				}
			})
		}
	}
}

func secretHall(b *testing.B, form Form) *Poll {
	b.Helper()
	q := Question{ID: "q1", Kind: form, Prompt: "tea", Most: 1, Show: AtClose, Veiling: Veiling{Secrecy: Anonymous}}
	if form == Single {
		q.Options = choice(8).Options
	}
	made, err := Kind.New(encode(settings{Questions: []Question{q}}))
	if err != nil {
		b.Fatal(err)
	}
	p := made.(*Poll)
	happen(b, p, rooms.Command{Do: "open", With: encode(about{"q1"}), From: rooms.Member{ID: "host", Role: rooms.Host}})
	content := `"options":["o1"]`
	for i := range crowd {
		if form == Wall {
			content = specialContent(form, i)
		}
		happen(b, p, rooms.Command{
			Do: "vote", From: rooms.Member{Role: rooms.Participant}, Alias: fmt.Sprintf("%032x", i*7919), Seed: uint64(i),
			With: fmt.Appendf(nil, `{"question":"q1","round":1,"turn":1,"slip":"slip-%015d",%s}`, i, content),
		})
	}
	happen(b, p, rooms.Command{Do: "close", At: 1, With: encode(about{"q1"}), From: rooms.Member{ID: "host", Role: rooms.Host}})
	return p
}
