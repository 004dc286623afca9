package polls

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"

	"plenum/polls/methods"
	"plenum/rooms"
)

// Limits of teams.
const (
	MinTeams     = 2
	MaxTeams     = 8
	MaxTeamName  = 40 // UTF-16 units
	mostPalettes = 12
)

// Why something about teams is refused.
var (
	ErrTeams      = rooms.Refuse("teams", "A quiz has 2 to 8 teams, each with a name of its own of up to 40 characters.")
	ErrTeamsFixed = rooms.Refuse("teams-fixed", "There are points already, so everybody stays in their team.")
	ErrNoTeam     = rooms.Refuse("no-team", "This team does not exist.")
	ErrDealt      = rooms.Refuse("dealt", "The host deals out the teams of this quiz.")
)

// Team is people whose points go together.
type Team struct {
	Name   string `json:"name"`
	Colour int    `json:"colour"` // 1 to 12, an index into the palette
}

// Teams are the teams of a quiz; none if there are no names.
type Teams struct {
	Teams  []Team `json:"teams"`
	Choose bool   `json:"choose"` // people choose theirs; else they are dealt out
	Sum    bool   `json:"sum"`    // a team has the sum of its members' points; else their mean
}

// TeamRow is how a team stands.
type TeamRow struct {
	Team   int `json:"team"` // its place among the teams, from 0
	Points int `json:"points"`
	Rank   int `json:"rank"`
	Was    int `json:"was,omitempty"` // the rank before the last question; 0: none
	People int `json:"people"`        // whose points these are: who has answered a question
}

// ToldTeams is what everybody may know of the teams.
type ToldTeams struct {
	Teams
	Sizes []int `json:"sizes"`
}

// squads are the teams with the people in them. Slices are replaced where views
// or snapshots have them.
type squads struct {
	Teams
	of    []int // by voter, from 1; 0: none, also beyond the end
	sizes []int
	rows  []TeamRow // by rank; nil before there are points
	ever  bool      // there were some once: what was told of them must be replaced
}

type (
	teamed struct {
		Team int `json:"team"` // from 0
	}
	dealt struct {
		Of map[string]int `json:"of"` // the team by member, from 0
	}
	toldSizes struct {
		Sizes []int `json:"sizes"`
	}
)

func (t Teams) there() bool { return len(t.Teams) > 0 }

// checked are the teams with clean names, or why they cannot be.
func (t Teams) checked() (Teams, error) {
	if !t.there() {
		return Teams{}, nil
	}
	if len(t.Teams) < MinTeams || len(t.Teams) > MaxTeams {
		return t, ErrTeams
	}
	clean, seen := make([]Team, len(t.Teams)), map[string]bool{}
	for i, team := range t.Teams {
		name, err := cleanLine(team.Name, MaxTeamName, ErrTeams)
		folded := methods.Fold(name)
		if err != nil || !visible(folded) || seen[folded] || team.Colour < 1 || team.Colour > mostPalettes {
			return t, ErrTeams
		}
		clean[i], seen[folded] = Team{name, team.Colour}, true
	}
	t.Teams = clean
	return t, nil
}

// at is the team of a voter, from 1; 0: none.
func (s *squads) at(voter int) int {
	if voter >= len(s.of) {
		return 0
	}
	return s.of[voter]
}

// teamOf is the team of a member, from 1; 0: none.
func (p *Poll) teamOf(member string) int {
	voter, known := p.voters.numbers[member]
	if !known {
		return 0
	}
	return p.squads.at(voter)
}

// told is nil if there are no teams.
func (s *squads) told() *ToldTeams {
	if !s.there() {
		return nil
	}
	return &ToldTeams{s.Teams, slices.Clone(s.sizes)}
}

// sized counts who is in which team.
func (s *squads) sized() {
	s.sizes = make([]int, len(s.Teams.Teams))
	for _, team := range s.of {
		if team > 0 {
			s.sizes[team-1]++
		}
	}
}

// smallest is the team that somebody comes into who has none: one of those with
// the fewest people.
func (s *squads) smallest(seed uint64) int {
	var all []int
	least := slices.Min(s.sizes)
	for team, size := range s.sizes {
		if size == least {
			all = append(all, team)
		}
	}
	return all[seed%uint64(len(all))]
}

// decideTeams says which teams there are. When there are points only their names
// and colours change.
func (p *Poll) decideTeams(c rooms.Command) ([]rooms.Event, error) {
	var ask struct {
		Teams       *[]Team
		Choose, Sum *bool
	}
	if err := json.Unmarshal(c.With, &ask); err != nil || ask.Teams == nil || ask.Choose == nil || ask.Sum == nil {
		return nil, rooms.ErrMalformed
	}
	to, err := Teams{*ask.Teams, *ask.Choose, *ask.Sum}.checked()
	if err != nil {
		return nil, err
	}
	is := p.squads.Teams
	if slices.Equal(to.Teams, is.Teams) && to.Choose == is.Choose && to.Sum == is.Sum {
		return nil, nil
	}
	if p.scores.people > 0 && (len(to.Teams) != len(is.Teams) || to.Choose != is.Choose || to.Sum != is.Sum) {
		return nil, ErrTeamsFixed
	}
	next := squads{Teams: to, of: p.squads.within(len(to.Teams))}
	next.sized()
	if to.Teams == nil {
		to.Teams = []Team{}
	}
	return []rooms.Event{event("teams", toAll, ToldTeams{to, next.sizes})}, nil
}

// within is who is in which of the first teams.
func (s *squads) within(teams int) []int {
	of := slices.Clone(s.of)
	for voter, team := range of {
		if team > teams {
			of[voter] = 0
		}
	}
	return of
}

// decideTeam puts somebody into a team: the one that they choose, or without one
// the smallest. Who has one keeps it, however often they come back, and may
// choose another until there are points.
func (p *Poll) decideTeam(c rooms.Command) ([]rooms.Event, error) {
	var ask *struct{ Team *int }
	if err := json.Unmarshal(c.With, &ask); err != nil || ask == nil {
		return nil, rooms.ErrMalformed
	}
	is := p.teamOf(c.From.ID)
	switch {
	case !p.squads.there():
		return nil, ErrNoTeam
	case ask.Team == nil && is > 0, ask.Team != nil && *ask.Team+1 == is:
		return nil, nil
	case ask.Team == nil:
		return []rooms.Event{p.teaming(c)}, nil
	case !p.squads.Choose:
		return nil, ErrDealt
	case *ask.Team < 0 || *ask.Team >= len(p.squads.Teams.Teams):
		return nil, ErrNoTeam
	case is > 0 && p.scores.people > 0:
		return nil, ErrTeamsFixed
	}
	return []rooms.Event{event("teamed", rooms.Audience{Only: c.From.ID}, teamed{*ask.Team})}, nil
}

// teaming puts who sends a command into the smallest team.
func (p *Poll) teaming(c rooms.Command) rooms.Event {
	return event("teamed", rooms.Audience{Only: c.From.ID}, teamed{p.squads.smallest(c.Seed)})
}

// decideShuffle deals out anew all who are in a team, so that sizes differ by one
// at most.
func (p *Poll) decideShuffle(c rooms.Command) ([]rooms.Event, error) {
	var ask *struct{}
	if err := json.Unmarshal(c.With, &ask); err != nil || ask == nil {
		return nil, rooms.ErrMalformed
	}
	switch {
	case !p.squads.there():
		return nil, ErrNoTeam
	case p.scores.people > 0:
		return nil, ErrTeamsFixed
	}
	var people []int
	for voter := range p.squads.of {
		if p.squads.at(voter) > 0 {
			people = append(people, voter)
		}
	}
	random := rand.New(rand.NewPCG(c.Seed, 42))
	random.Shuffle(len(people), func(i, j int) { people[i], people[j] = people[j], people[i] })
	with := dealt{map[string]int{}}
	for place, voter := range people {
		with.Of[p.voters.names[voter]] = place % len(p.squads.Teams.Teams)
	}
	return []rooms.Event{event("dealt", toNobody, with), event("shuffled", toAll, toldSizes{})}, nil
}

// applyTeams places what has happened to teams.
func (p *Poll) applyTeams(e rooms.Event) error {
	var to struct {
		Teams
		teamed
		dealt
	}
	if err := json.Unmarshal(e.With, &to); err != nil {
		return err
	}
	s := &p.squads
	switch e.Did {
	case "teams":
		s.ever = true
		s.of = s.within(len(to.Teams.Teams))
		if s.Teams = to.Teams; !s.there() {
			s.Teams = Teams{}
		}
		s.sized() // places stay: when there are points, only names change
	case "teamed":
		return p.place(e.By, to.Team)
	case "dealt":
		for member, team := range to.Of {
			if err := p.place(member, team); err != nil {
				return err
			}
		}
	}
	return nil
}

func (p *Poll) place(member string, team int) error {
	if team < 0 || team >= len(p.squads.Teams.Teams) {
		return fmt.Errorf("there is no team %d", team)
	}
	voter := p.voters.enrol(member)
	s := &p.squads
	for len(s.of) <= voter {
		s.of = append(s.of, 0)
	}
	if was := s.of[voter]; was > 0 {
		s.sizes[was-1]--
	}
	s.of[voter] = team + 1
	s.sizes[team]++
	return nil
}

// standing is how the teams stand, by rank; nil before there are points. Those
// count who have answered a question: the mean is rounded to a whole point.
func (p *Poll) standing() []TeamRow {
	s := &p.squads
	if !s.there() || p.scores.people == 0 {
		return nil
	}
	rows := make([]TeamRow, len(s.Teams.Teams))
	for team := range rows {
		rows[team].Team = team
	}
	for _, before := range s.rows {
		rows[before.Team].Was = before.Rank
	}
	for voter, rank := range p.scores.rank {
		if team := s.at(voter); rank > 0 && team > 0 {
			rows[team-1].Points += p.scores.total[voter]
			rows[team-1].People++
		}
	}
	for team := range rows {
		if n := rows[team].People; n > 0 && !s.Sum {
			rows[team].Points = (2*rows[team].Points + n) / (2 * n)
		}
	}
	slices.SortFunc(rows, func(a, b TeamRow) int {
		return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.Team, b.Team))
	})
	for place := range rows {
		rows[place].Rank = place + 1
		if place > 0 && rows[place].Points == rows[place-1].Points {
			rows[place].Rank = rows[place-1].Rank
		}
	}
	return rows
}

// sideOf is how the team of a member stands; nil before that is told.
func (p *Poll) sideOf(member string) *TeamRow {
	team := p.teamOf(member)
	at := slices.IndexFunc(p.squads.rows, func(row TeamRow) bool { return row.Team+1 == team })
	if at < 0 {
		return nil
	}
	row := p.squads.rows[at]
	return &row
}

// savedTeams are the teams in a checkpoint.
type savedTeams struct {
	Teams    *Teams    `json:"teams,omitempty"`
	Of       []int     `json:"teamOf,omitempty"` // by voter
	TeamRows []TeamRow `json:"teamRows,omitempty"`
}

func (p *Poll) saveTeams() savedTeams {
	if !p.squads.ever {
		return savedTeams{}
	}
	teams := p.squads.Teams
	return savedTeams{&teams, slices.Clone(p.squads.of), p.squads.rows}
}

func (p *Poll) loadTeams(from savedTeams) error {
	if from.Teams == nil {
		return nil
	}
	teams, err := from.Teams.checked()
	wrong := func(team int) bool { return team < 0 || team > len(teams.Teams) }
	if err != nil || len(from.Of) > len(p.voters.names) || slices.ContainsFunc(from.Of, wrong) {
		return errCheckpoint
	}
	p.squads = squads{Teams: teams, of: from.Of, rows: from.TeamRows, ever: true}
	p.squads.sized()
	if n := len(from.TeamRows); n != 0 && n != len(teams.Teams) ||
		slices.ContainsFunc(from.TeamRows, func(row TeamRow) bool { return wrong(row.Team+1) || row.Team < 0 }) {
		return errCheckpoint
	}
	return nil
}
