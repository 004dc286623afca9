package polls

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"plenum/polls/methods"
	"plenum/rooms"
	"plenum/rooms/laws"
)

func TestCreditedTime(t *testing.T) {
	t.Parallel()
	said := func(ms int64) *int64 { return &ms }
	for _, c := range []struct {
		seen, trip int64
		said       *int64
		want       int64
	}{
		{5000, 200, nil, 5000},
		{5000, 0, said(1), 5000},
		{5000, 200, said(4900), 4900},
		{5000, 200, said(1), 4800},
		{5000, 900, said(1), 4700},
		{5000, 200, said(9000), 5000},
		{100, 300, said(-50), 0},
	} {
		if got := credited(c.seen, c.trip, c.said); got != c.want {
			t.Errorf("%+v is credited %d", c, got)
		}
	}
}

// Points are never more than a question is worth, nor less for who was faster,
// and a right answer in time is worth half at least.
func TestPointsHaveBounds(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(laws.Seed(t), 7))
	for range 20_000 {
		worth, of := 1+r.IntN(MaxWorth), 1+r.IntN(5)
		hits, limit := r.IntN(of+1), 1000*r.Int64N(MaxSeconds+1)
		took := r.Int64N(limit + 3000)
		all := methods.PointsFor(worth, hits, of, 0, limit)
		got, later := methods.PointsFor(worth, hits, of, took, limit), methods.PointsFor(worth, hits, of, took+1, limit)
		if all != int64(worth*hits/of) || got > all || later > got || 2*got < all-1 || got < 0 {
			t.Fatalf("worth %d, %d of %d in %d of %d ms: %d, then %d", worth, hits, of, took, limit, got, later)
		}
	}
}

// expected are the points of everybody, made of nothing but the stored ballots
// and what hosts said.
func expected(log []rooms.Event) map[string]int {
	total, streak := map[string]int{}, map[string]int{}
	last, earned := map[string]map[string]voted{}, map[string]map[string]int{}
	back := func(question string) {
		for member, points := range earned[question] {
			total[member] -= points
		}
		delete(earned, question)
	}
	for _, e := range log {
		switch e.Did {
		case "voted":
			var v voted
			decode(e.With, &v)
			of := v.Question + " " + strconv.Itoa(v.Round)
			if last[of] == nil {
				last[of] = map[string]voted{}
			}
			last[of][e.By] = v
		case "voided":
			var a about
			decode(e.With, &a)
			back(a.Question)
		case "scored":
			var to scored
			decode(e.With, &to)
			back(to.Question)
			earned[to.Question] = map[string]int{}
			right := map[string]bool{}
			for member, v := range last[to.Question+" "+strconv.Itoa(to.Round)] {
				if v.Mark == nil {
					continue
				}
				got := int(v.Mark.Points)
				if right[member] = v.Mark.Right; v.Mark.Right {
					streak[member]++
					got += min(streak[member]-1, mostSteps) * to.Bonus
				}
				earned[to.Question][member] = got
				total[member] += got
			}
			for member := range streak {
				if !right[member] {
					streak[member] = 0
				}
			}
		}
	}
	return total
}

// At every moment of a random life the scores are what the stored ballots say,
// also after a checkpoint; and ranks follow the points.
func TestScoresAreTheBallots(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(laws.Seed(t), 2))
	s := newScript(t)
	var members []rooms.Member
	for i := range 9 {
		members = append(members, rooms.Member{ID: fmt.Sprintf("id-m%d", i), Role: rooms.Participant})
	}
	s.letVote(r, members)
	members = append(members, rooms.Member{ID: "id-host", Role: rooms.Host})
	s.run("host writes tea: single Black|Green right=0")
	tea, scoredSoFar, points := s.labels["tea"], 0, 0
	for step := range 2000 {
		before := len(s.log)
		s.now += r.Int64N(3000)
		s.wake()
		c := randomCommand(r, members, s.see)
		if c.Do == "strength" || c.Do == "drop" && strings.Contains(string(c.With), tea) {
			continue // else there might be no ballots
		}
		_ = s.do(strings.TrimPrefix(c.From.ID, "id-"), c.Do, c.With)
		if step%97 == 0 {
			s.save()
		}
		if step%20 == 0 {
			for _, do := range []string{"close", "reveal", "again", "open"} {
				_ = s.do("host", do, map[string]any{"question": tea, "seconds": 60})
			}
		}
		if !slices.ContainsFunc(s.log[before:], func(e rooms.Event) bool { return e.Did == "scored" || e.Did == "voided" }) {
			continue
		}
		scoredSoFar++
		want := expected(s.log)
		for _, m := range members {
			score := s.poll.scoreOf(m.ID)
			if score == nil {
				if want[m.ID] != 0 {
					t.Fatalf("step %d: %s has no score, and %d points", step, m.ID, want[m.ID])
				}
				continue
			}
			rank := 1
			for _, other := range members {
				if want[other.ID] > want[m.ID] {
					rank++
				}
			}
			if points += score.Points; score.Points != want[m.ID] || score.Rank != rank {
				t.Fatalf("step %d: %s has %+v, and by the ballots %d points, rank %d", step, m.ID, score, want[m.ID], rank)
			}
		}
	}
	if scoredSoFar < 20 || points == 0 {
		t.Errorf("%d rounds were scored with %d points in all: the test proves nothing", scoredSoFar, points)
	}
}

// In which order ballots come that took as long changes nothing.
func TestTheOrderOfBallotsDoesNotMatter(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(laws.Seed(t), 3))
	first := ""
	for range 20 {
		s := run(t, "host writes tea: multiple A|B|C right=0,2 seconds=60 show=closed\nhost opens tea\ntime +9s")
		s.rules2speed()
		for _, i := range r.Perm(40) {
			s.run(fmt.Sprintf("v%02d votes tea: %s", i, []string{"A", "A, C", "B", "B, C", "A, B, C"}[i%5]))
		}
		s.run("host closes tea")
		if got := s.board(); first == "" {
			first = got
		} else if got != first {
			t.Fatalf("the board is\n%s\nand was\n%s", got, first)
		}
	}
}

// rules2speed opens the only question again with points for speed.
func (s *script) rules2speed() {
	s.t.Helper()
	s.run("host closes tea\nhost repeats tea")
	s.rules(Rules{Speed: true})
	s.run("host opens tea\ntime +9s")
}
