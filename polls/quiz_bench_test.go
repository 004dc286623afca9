package polls

import (
	"fmt"
	"testing"

	"plenum/rooms"
)

// hallOf is a quiz whose question so many people have answered; it is closed.
func hallOf(t testing.TB, people int) (*Poll, *card) {
	s := newScript(t)
	s.run("host writes tea: single Black|Green right=1\nhost opens tea")
	c := s.poll.deck[0]
	for i := range people {
		b := ballot{turn: 1, mark: mark{Took: uint32(i), Points: uint16(i % 700), Right: i%3 > 0}}
		b.picks.add(i % 2)
		c.box.put(s.poll.voters.enrol(fmt.Sprintf("m%d", i)), b)
	}
	c.State = Closed
	return s.poll, c
}

func scoredOnce(c *card) rooms.Event {
	return event("scored", toAll, scored{Question: c.ID, Round: 1, Bonus: bonusStep})
}

func TestAHallIsScored(t *testing.T) {
	t.Parallel()
	p, c := hallOf(t, 2000)
	p.Apply(scoredOnce(c))
	for i := range 2000 {
		if mine := p.Mine(rooms.Member{ID: fmt.Sprintf("m%d", i)}).(Mine); mine.Score == nil || mine.Score.Of != 2000 {
			t.Fatalf("m%d has %+v", i, mine)
		}
	}
	if size := len(encode(ranked{p.board(OnBoard)})); size > 1500 {
		t.Errorf("the leader board has %d bytes", size)
	}
}

// Law 10: what scoring a hall of 10,000 takes of its room's time.
func BenchmarkScoringAHall(b *testing.B) {
	p, c := hallOf(b, 10_000)
	for b.Loop() {
		p.Apply(scoredOnce(c))
	}
}
