package polls

import (
	"encoding/json"
	"fmt"
	"testing"

	"plenum/rooms"
)

// specialVotes are a poll with an open question of a special form and one
// ballot of each voter to come. Of words and texts, most are different.
func specialVotes(b *testing.B, form Form) (*Poll, []rooms.Command) {
	b.Helper()
	q := Question{Kind: form, Prompt: "tea", ID: "q1"}
	if form == Points {
		q = points()
		q.ID = "q1"
	}
	if form == Words {
		q.Most = 10
	}
	made, err := Kind.New(encode(settings{Questions: []Question{q}}))
	if err != nil {
		b.Fatal(err)
	}
	p := made.(*Poll)
	happen(b, p, rooms.Command{Do: "open", With: encode(about{"q1"}), From: rooms.Member{ID: "host", Role: rooms.Host}})
	votes := make([]rooms.Command, crowd)
	for i := range votes {
		votes[i] = rooms.Command{
			Do: "vote", From: rooms.Member{ID: fmt.Sprintf("m%d", i), Role: rooms.Participant}, Seed: uint64(i),
			With: fmt.Appendf(nil, `{"question":"q1","round":1,"turn":1,%s}`, specialContent(form, i)),
		}
	}
	return p, votes
}

func specialContent(form Form, i int) string {
	switch form {
	case Words:
		texts := []string{"Tea", "coffee"}
		for n := range 8 {
			texts = append(texts, fmt.Sprintf("word %d of %d", n, i))
		}
		raw, _ := json.Marshal(texts)
		return `"texts":` + string(raw)
	case Wall:
		return fmt.Sprintf(`"texts":["what number %d wants to say of it"]`, i)
	case Estimate:
		return fmt.Sprintf(`"number":%d`, i*7919%crowd)
	}
	return fmt.Sprintf(`"points":{"o1":%d,"o2":%d}`, i%101, 100-i%101)
}

// BenchmarkSpecialVotes is 10,000 people answering once: Decide and Apply.
func BenchmarkSpecialVotes(b *testing.B) {
	for _, form := range []Form{Words, Wall, Estimate, Points} {
		b.Run(string(form), func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				p, votes := specialVotes(b, form)
				b.StartTimer()
				for _, vote := range votes {
					happen(b, p, vote)
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*crowd), "ns/vote")
		})
	}
}

// BenchmarkSpecialDigests is what the room pulls at most every 50 ms, for all
// roles, when a ballot has come since.
func BenchmarkSpecialDigests(b *testing.B) {
	for _, form := range []Form{Words, Wall, Estimate, Points} {
		b.Run(string(form), func(b *testing.B) {
			p, votes := specialVotes(b, form)
			for _, vote := range votes {
				happen(b, p, vote)
			}
			size := 0
			for b.Loop() {
				place := p.deck[0].box.at(7)
				p.deck[0].box.put(7, place)
				size = 0
				for _, role := range rooms.Told {
					for _, d := range p.Digests(role) {
						size += len(encode(d.With))
					}
				}
			}
			b.ReportMetric(float64(size)/float64(len(rooms.Told)), "bytes/digest")
		})
	}
}

// BenchmarkSpecialSnapshot is what a checkpoint costs the room;
// BenchmarkSpecialCheckpoint what it costs beside it.
func BenchmarkSpecialSnapshot(b *testing.B) { saves(b, func(func() ([]byte, error)) {}) }
func BenchmarkSpecialCheckpoint(b *testing.B) {
	saves(b, func(encode func() ([]byte, error)) { _, _ = encode() })
}

func saves(b *testing.B, then func(func() ([]byte, error))) {
	for _, form := range []Form{Words, Wall, Estimate, Points} {
		b.Run(string(form), func(b *testing.B) {
			p, votes := specialVotes(b, form)
			for _, vote := range votes {
				happen(b, p, vote)
			}
			for b.Loop() {
				then(p.Save())
			}
		})
	}
}
