package qa

import (
	"fmt"
	"testing"

	"plenum/rooms"
)

// crowded is an activity at its limits: 2,000 questions, and 10,000 people who
// have each voted for twenty of the first hundred.
func crowded(b *testing.B) *QA {
	b.Helper()
	a := &QA{slots: newSlots(), voters: newRoll()}
	for n := range MaxQuestions {
		q := Question{ID: uint64(n + 1), Text: fmt.Sprint("question ", n), State: Shown}
		a.Apply(rooms.Event{Did: "asked", With: encode(own{q}), By: fmt.Sprint("member-", n%10_000)})
		a.Apply(rooms.Event{Did: "listed", With: encode(listed{Counted{q, 1}})})
	}
	for n := range 200_000 {
		a.vote(uint64(n%100+1), a.voters.enrol(fmt.Sprint("member-", n/20)), 1)
	}
	return a
}

// BenchmarkVote is one ballot with all that follows in the room: decided,
// applied, and answered with what is the voter's own.
func BenchmarkVote(b *testing.B) {
	a := crowded(b)
	m := rooms.Member{ID: "member-7", Role: rooms.Participant}
	for n := 0; b.Loop(); n++ {
		id := uint64(200 + n%1500)
		with := encode(voted{id, a.turnFor(a.slots.find(id), a.voters.find(m.ID)) + 1})
		events, err := a.Decide(rooms.Command{Do: "vote", With: with, From: m})
		if err != nil {
			b.Fatal(err)
		}
		e := events[0]
		e.By = m.ID
		a.Apply(e)
		a.Mine(m)
	}
}

// BenchmarkDigests is what a room pulls at every change, for all roles.
func BenchmarkDigests(b *testing.B) {
	a := crowded(b)
	for b.Loop() {
		for _, role := range rooms.Told {
			a.Digests(role)
		}
	}
}

// BenchmarkMerge decides the fiftieth merge into a question for which 10,000
// people have voted.
func BenchmarkMerge(b *testing.B) {
	a := crowded(b)
	for n := range MaxMerged - 1 {
		q := a.slots.find(uint64(n + 2)).Question
		q.State, q.Was, q.Into = Merged, Shown, 1
		a.Apply(rooms.Event{Did: "merged", With: encode(listed{Counted{q, 1}})})
	}
	with := encode(map[string]int{"question": 90, "into": 1})
	for b.Loop() {
		if _, err := a.Decide(rooms.Command{Do: "merge", With: with, From: rooms.Member{ID: "h", Role: rooms.Host}}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkSnapshot is what saving and a view cost inside the room.
func BenchmarkSnapshot(b *testing.B) {
	a := crowded(b)
	for b.Loop() {
		a.Save()
		a.View(rooms.Member{Role: rooms.Host})
	}
}
