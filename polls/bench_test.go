package polls

import (
	"fmt"
	"testing"

	"plenum/rooms"
)

const crowd = 10_000

// asked is a poll with an open question and one ballot of each voter to come.
func asked(b *testing.B) (*Poll, []rooms.Command) {
	b.Helper()
	made, err := Kind.New(encode(settings{Questions: []Question{choice(8)}}))
	if err != nil {
		b.Fatal(err)
	}
	p := made.(*Poll)
	happen(b, p, rooms.Command{Do: "open", With: encode(about{"q1"}), From: rooms.Member{ID: "host", Role: rooms.Host}})
	votes := make([]rooms.Command, crowd)
	for i := range votes {
		votes[i] = rooms.Command{
			Do: "vote", From: rooms.Member{ID: fmt.Sprintf("m%d", i), Role: rooms.Participant},
			With: fmt.Appendf(nil, `{"question":"q1","round":1,"turn":1,"options":["o%d"]}`, 1+i%8),
		}
	}
	return p, votes
}

func happen(b *testing.B, p *Poll, c rooms.Command) {
	events, err := p.Decide(c)
	if err != nil {
		b.Fatal(err)
	}
	for _, e := range events {
		e.By = c.From.ID
		p.Apply(e)
	}
}

// BenchmarkVotes is 10,000 people voting once: Decide and Apply.
func BenchmarkVotes(b *testing.B) {
	for b.Loop() {
		b.StopTimer()
		p, votes := asked(b)
		b.StartTimer()
		for _, vote := range votes {
			happen(b, p, vote)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*crowd), "ns/vote")
}

// voted10000 is a poll of so many questions with 10,000 ballots each.
func voted10000(b *testing.B, questions int) *Poll {
	b.Helper()
	p, votes := asked(b)
	for _, vote := range votes {
		happen(b, p, vote)
	}
	first := p.deck[0]
	for i := 1; i < questions; i++ {
		q := first.Question
		q.ID = fmt.Sprintf("q%d", i+1)
		c := newCard(q)
		for voter := range crowd {
			c.box.put(voter, first.box.at(voter))
		}
		p.deck = append(p.deck, c)
	}
	return p
}

// BenchmarkSnapshot is what a checkpoint costs the room; BenchmarkCheckpoint
// what it costs beside it.
func BenchmarkSnapshot(b *testing.B) {
	for _, questions := range []int{1, 100} {
		b.Run(fmt.Sprintf("%dx10000", questions), func(b *testing.B) {
			p := voted10000(b, questions)
			for b.Loop() {
				p.Save()
			}
		})
	}
}

func BenchmarkCheckpoint(b *testing.B) {
	p := voted10000(b, 1)
	size := 0
	for b.Loop() {
		state, err := p.Save()()
		if err != nil {
			b.Fatal(err)
		}
		size = len(state)
	}
	b.ReportMetric(float64(size), "bytes")
}

func BenchmarkLoad(b *testing.B) {
	state, err := voted10000(b, 1).Save()()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if err := (&Poll{}).Load(state); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDigests is what the room pulls at most every 50 ms, for all roles.
func BenchmarkDigests(b *testing.B) {
	for _, questions := range []int{1, 100} {
		b.Run(fmt.Sprint(questions), func(b *testing.B) {
			p := voted10000(b, questions)
			for _, c := range p.deck {
				c.State = Open
			}
			for b.Loop() {
				for _, role := range rooms.Told {
					for _, d := range p.Digests(role) {
						encode(d.With)
					}
				}
			}
		})
	}
}
