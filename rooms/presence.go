package rooms

import (
	"cmp"
	"slices"
	"time"
)

// CrowdSize is the number of people above which only their number and the hosts
// are told.
const CrowdSize = 50

// countPause is the least time between two counts told in a crowd.
const countPause = time.Second

// presence is who is here: members with their tabs merged. Changes are told as
// differences by version, as with passing things.
type presence struct {
	version uint64
	floor   uint64
	people  int
	here    map[string]*present
	counted time.Time
	pending bool   // a change was counted and not told
	crossed uint64 // the version at which the room became a crowd, or ceased to be one
}

type present struct {
	Member
	Tabs    int `json:"tabs"`
	version uint64
	since   time.Time // when it last changed
}

// presenceChange is what is told.
type presenceChange struct {
	People int       `json:"people"`
	Here   []present `json:"here,omitempty"`
	Gone   []string  `json:"gone,omitempty"`
	All    bool      `json:"all,omitempty"`
}

func newPresence() presence { return presence{version: 1, here: map[string]*present{}} }

// add counts tabs of a member: +1 for a new one, -1 for one that has gone, 0
// when the member has changed.
func (s *presence) add(m Member, tabs int, now time.Time) {
	p, ok := s.here[m.ID]
	if !ok {
		if tabs <= 0 {
			return
		}
		p = &present{}
		s.here[m.ID] = p
	}
	was, crowd := p.Tabs > 0, s.people > CrowdSize
	p.Member, p.Tabs, p.since = m, p.Tabs+tabs, now
	p.Muted = false // nobody's business but the hosts'
	is := p.Tabs > 0
	switch {
	case is && !was:
		s.people++
	case was && !is:
		s.people--
	}
	// In a crowd ordinary people are only counted, and not more often than the
	// pause; recount makes a count that was held back due.
	if s.people > CrowdSize && m.Role < Host && now.Sub(s.counted) < countPause {
		p.version = s.version
		s.pending = true
		return
	}
	s.counted = now
	s.version++
	p.version = s.version
	if crowd != (s.people > CrowdSize) {
		s.crossed = s.version
	}
}

// recount makes a count that was held back due; it reports whether there was one.
func (s *presence) recount(now time.Time) bool {
	if !s.pending || now.Sub(s.counted) < countPause {
		return false
	}
	s.pending, s.counted = false, now
	s.version++
	return true
}

// is tells whether a member is here, with any tab.
func (s *presence) is(member string) bool {
	p, ok := s.here[member]
	return ok && p.Tabs > 0
}

// since is what changed after a version; nil if nothing.
func (s *presence) since(version uint64) *presenceChange {
	if version == s.version {
		return nil
	}
	if version < s.crossed {
		return s.all()
	}
	c := &presenceChange{People: s.people}
	for id, p := range s.here {
		if p.version <= version || s.people > CrowdSize && p.Role < Host {
			continue
		}
		if p.Tabs > 0 {
			c.Here = append(c.Here, *p)
		} else {
			c.Gone = append(c.Gone, id)
		}
	}
	c.sort()
	return c
}

// all is everyone, or in a crowd the hosts, for a peer that has just come.
func (s *presence) all() *presenceChange {
	c := &presenceChange{People: s.people, All: true, Here: []present{}}
	for _, p := range s.here {
		if p.Tabs > 0 && (s.people <= CrowdSize || p.Role >= Host) {
			c.Here = append(c.Here, *p)
		}
	}
	c.sort()
	return c
}

func (c *presenceChange) sort() {
	slices.SortFunc(c.Here, func(a, b present) int { return cmp.Compare(a.ID, b.ID) })
	slices.Sort(c.Gone)
}

// forget drops people who left some time ago.
func (s *presence) forget(now time.Time) {
	for id, p := range s.here {
		if p.Tabs == 0 && now.Sub(p.since) > passingIsStale {
			s.floor = max(s.floor, p.version)
			delete(s.here, id)
		}
	}
}
