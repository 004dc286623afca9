package polls

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"plenum/rooms"
	"plenum/rooms/laws"
)

func (s *script) teams(t Teams) error { return s.do("host", "teams", t) }

// in puts somebody into a team, from 0; -1: whichever it is.
func (s *script) in(who string, team int) error {
	with := map[string]any{"team": team}
	if team < 0 {
		with = map[string]any{}
	}
	return s.do(who, "team", with)
}

func (s *script) teamOf(who string) int {
	return s.poll.Mine(rooms.Member{ID: "id-" + who, Role: rooms.Participant}).(Mine).Team
}

// standings are the teams on the leader board.
func (s *script) standings() string {
	s.t.Helper()
	var rows []string
	for _, r := range s.poll.board(OnBoard).Teams {
		rows = append(rows, fmt.Sprintf("%d %s %d of %d (%d)", r.Rank, s.poll.squads.Teams.Teams[r.Team].Name, r.Points, r.People, r.Was))
	}
	return strings.Join(rows, ", ")
}

func some(n int) Teams {
	t := Teams{Teams: []Team{}}
	for i := range n {
		t.Teams = append(t.Teams, Team{fmt.Sprintf("T%d", i), 1 + i})
	}
	return t
}

func TestTeamsAtTheEdge(t *testing.T) {
	t.Parallel()
	s := newScript(t)
	same := some(2)
	same.Teams[1].Name = " t0 "
	colour := some(2)
	colour.Teams[0].Colour = 13
	long, longest := some(2), some(2)
	long.Teams[0].Name, longest.Teams[0].Name = strings.Repeat("a", MaxTeamName+1), strings.Repeat("a", MaxTeamName)
	empty := some(2)
	empty.Teams[1].Name = " \u200b"
	for what, bad := range map[string]Teams{"one": some(1), "nine": some(MaxTeams + 1), "the same name": same, "colour": colour, "long": long, "empty": empty} {
		if err := s.teams(bad); code(err) != "teams" {
			t.Errorf("%s: %v", what, err)
		}
	}
	refused(t, s.do("host", "teams", map[string]any{"teams": []Team{}}), "malformed")
	refused(t, s.in("ann", -1), "no-team")
	refused(t, s.do("host", "shuffle", map[string]any{}), "no-team")
	refused(t, s.teams(longest), "")
	refused(t, s.teams(some(MaxTeams)), "")
	refused(t, s.in("ann", 0), "dealt")
	refused(t, s.in("ann", -1), "")
	choose := some(3)
	choose.Choose = true
	refused(t, s.teams(choose), "")
	refused(t, s.in("bob", 3), "no-team")
	refused(t, s.in("bob", -1), "") // whichever
	refused(t, s.in("bob", 2), "")
	refused(t, s.in("bob", 1), "") // may still change
	if got := s.teamOf("bob"); got != 2 {
		t.Errorf("bob is in %d", got)
	}
	refused(t, s.teams(Teams{Teams: []Team{}}), "")
	if got := s.teamOf("bob"); got != 0 {
		t.Errorf("without teams bob is in %d", got)
	}
}

// A team has the mean of those who have answered, or their sum; who comes late
// plays on, in the smallest team.
func TestTeamsStand(t *testing.T) {
	t.Parallel()
	for _, sum := range []bool{false, true} {
		s := newScript(t)
		two := some(2)
		two.Choose, two.Sum = true, sum
		s.must("teams", s.teams(two))
		for who, team := range map[string]int{"ann": 0, "bob": 0, "cid": 0, "dan": 1, "idle": 1, "eve": 0} {
			s.must("team", s.in(who, team))
		}
		s.run(`
			host writes tea: single Black|Green right=1 worth=500 show=closed
			host writes oil: single Black|Green right=1 worth=300 show=closed
			host opens tea
			ann votes tea: Green
			bob votes tea: Black
			cid votes tea: Green
			dan votes tea: Green
			late votes tea: Black
			save
			host closes tea`)
		// Late came into the smaller one, beside dan and idle, who did not answer.
		want := "1 T0 333 of 3 (0), 2 T1 250 of 2 (0)"
		if sum {
			want = "1 T0 1000 of 3 (0), 2 T1 500 of 2 (0)"
		}
		if got := s.standings(); got != want {
			t.Errorf("sum=%v: %s", sum, got)
		}
		refused(t, s.in("ann", 1), "teams-fixed")
		refused(t, s.do("host", "shuffle", map[string]any{}), "teams-fixed")
		refused(t, s.teams(some(2)), "teams-fixed")
		two.Teams = []Team{{"Red", 3}, {"Blue", 9}}
		refused(t, s.teams(two), "") // names only
		s.run(`
			host opens oil
			dan votes oil: Green
			idle votes oil: Green
			host closes oil
			save`)
		want = "1 Blue 367 of 3 (2), 2 Red 333 of 3 (1)" // (800 + 0 + 300) ÷ 3
		if sum {
			want = "1 Blue 1100 of 3 (2), 2 Red 1000 of 3 (1)"
		}
		if got := s.standings(); got != want {
			t.Errorf("sum=%v, after another: %s", sum, got)
		}
		if side := s.poll.sideOf("id-idle"); side == nil || side.Rank != 1 {
			t.Errorf("idle's team stands at %+v", side)
		}
		s.run("host drops oil")
		if got := s.standings(); !strings.HasPrefix(got, "1 Red") {
			t.Errorf("without the second question: %s", got)
		}
	}
}

// However people come, sizes differ by one at most where teams are dealt out,
// before and after they are dealt anew, and a person's team stays theirs.
func TestTeamsAreEven(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(laws.Seed(t), 42))
	for range 30 {
		s := newScript(t)
		n := MinTeams + r.IntN(MaxTeams-MinTeams+1)
		s.must("teams", s.teams(some(n)))
		var people []string
		for i := range r.IntN(60) {
			people = append(people, fmt.Sprint("p", i))
		}
		for range 2 * len(people) { // some come back
			s.must("team", s.in(people[r.IntN(len(people))], -1))
		}
		was := map[string]int{}
		for _, who := range people {
			s.must("team", s.in(who, -1))
			was[who] = s.teamOf(who)
		}
		for range 2 {
			if sizes := s.poll.squads.sizes; slices.Max(sizes)-slices.Min(sizes) > 1 {
				t.Fatalf("%d people in teams of %v", len(people), sizes)
			}
			s.save()
			for _, who := range people {
				if s.teamOf(who) != was[who] {
					t.Fatalf("%s was in %d, and is in %d", who, was[who], s.teamOf(who))
				}
			}
			s.must("shuffle", s.do("host", "shuffle", map[string]any{}))
			for _, who := range people {
				was[who] = s.teamOf(who)
			}
		}
	}
}

// goldenTeams is a story of teams: chosen, changed, dealt anew, fixed when there
// are points.
const goldenTeams = `
	m4 teams {"teams":[{"name":"Red","colour":1},{"name":"蓝","colour":5}],"choose":true,"sum":false}
	m2 team {"team":0}
	m3 team {"team":0}
	m2 team {"team":1}
	m4 teams {"teams":[{"name":"Red","colour":1},{"name":"Blue","colour":5},{"name":"<b>Green</b>","colour":7}],"choose":false,"sum":false}
	m3 team {}
	m4 shuffle {}
	m4 write - 100
	m4 write - 102
	m4 open 1 60
	m2 vote 1 1 1 1
	m3 vote 1 1 1 0
	m7 vote 1 1 1 1
	m4 close 1
	m4 reveal 1
	m4 rank {"show":"board"}
	m4 shuffle {}
	m4 teams {"teams":[{"name":"R","colour":2},{"name":"B","colour":3},{"name":"G","colour":4}],"choose":false,"sum":false}
	m4 open 2 60
	m3 vote 2 1 1 10
	m4 close 2
	m4 reveal 2
	m4 rank {"show":"podium"}
	m4 present -`

// TestGoldenTeams is the same for teams, which came last.
func TestGoldenTeams(t *testing.T) {
	t.Parallel()
	tellGolden(t, goldenTeams, "testdata/teams.jsonl")
}
