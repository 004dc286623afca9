package surveys

import (
	"plenum/rooms"
)

// View is what a member may see. A draft is for hosts; of the answers everybody
// sees how many were sent, and hosts, and if they share them everybody, what
// they add up to.
type View struct {
	State State `json:"state"`
	Settings
	Shared  bool                `json:"shared"`
	Pages   []Page              `json:"pages"`
	Figures Figures             `json:"figures"`
	Results map[string]*Results `json:"results"` // by page; null for who does not see them, and takes no digests of pages
}

// Figures are how many people have come how far.
type Figures struct {
	Started int `json:"started,omitempty"` // for hosts
	Sent    int `json:"sent"`
	Counted int `json:"counted"` // how many people's answers the results are of
}

// Results are what was answered on one page.
type Results struct {
	Reached   *int              `json:"reached,omitempty"` // who has seen it, for hosts
	Left      *int              `json:"left,omitempty"`    // who stands there and has not sent anything
	Questions map[string]Result `json:"questions"`
}

// Result is what was answered to one question.
type Result struct {
	People int      `json:"people"`
	Counts []int    `json:"counts,omitempty"` // by option, step or column, in their order
	Mean   *float64 `json:"mean,omitempty"`   // of a scale, rounded to two decimals
}

// View depends on whether the member is a host.
func (s *Survey) View(m rooms.Member) any {
	v := View{State: s.state, Shared: s.shared, Pages: []Page{}, Figures: s.figures(m.Role)}
	if s.audience().Sees(m) {
		v.Settings = s.Settings
		v.Pages = append(v.Pages, s.Pages...)
	}
	if s.shows(m.Role) {
		v.Results = map[string]*Results{}
		for page, p := range s.Pages {
			if s.begun() {
				v.Results[p.ID] = s.results(page, m.Role)
			}
		}
	}
	return v
}

// shows tells whether a role sees results.
func (s *Survey) shows(role rooms.Role) bool { return role >= rooms.Host || s.shared }

func (s *Survey) figures(role rooms.Role) Figures {
	f := Figures{Sent: s.now.sent}
	if role >= rooms.Host {
		f.Started = len(s.people.list)
	}
	if s.shows(role) {
		f.Counted = s.seen().sent
	}
	return f
}

func (s *Survey) results(page int, role rooms.Role) *Results {
	t, r := s.seen(), &Results{Questions: map[string]Result{}}
	if role >= rooms.Host {
		reached, left := t.reached[page], t.left[page]
		r.Reached, r.Left = &reached, &left
	}
	for i, q := range s.Pages[page].Questions {
		c := t.counts[s.index.first[page]+i]
		one := Result{People: c.people, Counts: append([]int{}, c.bars...)}
		if q.Kind.scaled() && c.people > 0 {
			mean := q.mean(c)
			one.Mean = &mean
		}
		r.Questions[q.ID] = one
	}
	return r
}

// mean is the same from whatever order answers came in: the sum is exact.
func (q Question) mean(c count) float64 {
	sum, people := c.sum, int64(c.people)
	if q.Kind != Number {
		sum *= hundred
	}
	half := people / 2
	if sum < 0 {
		half = -half
	}
	return float64((sum+half)/people) / hundred
}

// pageKey is what the keys of pages' digests begin with.
const pageKey = "page-"

// Digests are the figures, and the results page by page.
func (s *Survey) Digests(role rooms.Role) []rooms.Digest {
	all := []rooms.Digest{{Key: "figures", With: s.figures(role)}}
	if !s.begun() || role < rooms.Host && !s.told {
		return all
	}
	for page, p := range s.Pages {
		var with *Results // what was shared once, and is no more, is told as nothing
		if s.shows(role) {
			with = s.results(page, role)
		}
		all = append(all, rooms.Digest{Key: pageKey + p.ID, With: with})
	}
	return all
}

// Mine is a member's own part: how far they have come, and what they answered.
type Mine struct {
	At      string         `json:"at"` // the page they stand on; "": they have not begun
	Sent    int64          `json:"sent,omitempty"`
	Changed bool           `json:"changed,omitempty"` // since it was sent
	Answers map[string]any `json:"answers"`
}

// Mine gives a member back what they have answered.
func (s *Survey) Mine(m rooms.Member) any {
	p := s.people.find(m.ID)
	if p == nil {
		return Mine{Answers: map[string]any{}}
	}
	return Mine{At: s.Pages[p.at].ID, Sent: p.sentAt, Changed: p.sent != nil && p.draft != nil, Answers: s.index.answersOf(p.answers())}
}
