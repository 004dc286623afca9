package rooms

import (
	"cmp"
	"encoding/json"
	"maps"
	"slices"
)

// LobbyID is the id and the kind of the activity that every room has.
const LobbyID = "lobby"

// Limits of a room.
const (
	MaxMembers    = 10_000 // besides the owner
	MaxActivities = 200
	MaxLinks      = 100
	MaxTitle      = 200 // UTF-16 units
	MaxName       = 40  // graphemes
	MaxSettings   = 48 << 10
)

// lobby is the room's own state as its first activity: title, members,
// activities and brakes. The room reads it; only events change it.
type lobby struct {
	kinds map[string]Kind
	s     lobbyState
}

// lobbyState is what a checkpoint of the lobby holds.
type lobbyState struct {
	Title      string                  `json:"title"`
	Locked     bool                    `json:"locked"`
	Ended      bool                    `json:"ended,omitempty"`    // only hosts are in
	Passcode   string                  `json:"passcode,omitempty"` // as seal made it of what the door asks for; "": nothing
	Archived   bool                    `json:"archived,omitempty"` // nobody changes anything
	Deleted    int64                   `json:"deleted,omitempty"`  // since when nobody is in it; 0: it is not
	CodeRole   Role                    `json:"codeRole"`
	Now        string                  `json:"now"`
	Activities map[string]*listed      `json:"activities"`
	Members    map[string]*enrolled    `json:"members"`
	Persons    map[string]string       `json:"persons"` // person → member id
	Links      map[string]*roleByKey   `json:"links"`
	Screens    map[string]*screenByKey `json:"screens,omitempty"`
	Brakes     []Class                 `json:"brakes,omitempty"` // the classes that are stopped, sorted
	Slow       int                     `json:"slow,omitempty"`   // the pace of the slow mode, seconds; 0: none
	Door       Policy                  `json:"door"`
	Waiting    map[string]*waiting     `json:"waiting,omitempty"` // by person: who waits, and who was turned away
	Turned     int                     `json:"turned,omitempty"`  // how many of those were turned away
	Knocked    bool                    `json:"knocked,omitempty"` // somebody has waited once
	Spoke      map[string]int64        `json:"spoke,omitempty"`   // member → when they last said something in slow mode
	Keeping    int                     `json:"keeping,omitempty"` // how many days single changes are kept; Forever; 0: KeptDays
}

// listed is an activity in the room's list.
type listed struct {
	ID     string  `json:"id"`
	Kind   string  `json:"kind"`
	Title  string  `json:"title"`
	Least  Role    `json:"least"`
	Place  float64 `json:"place"`
	Binned bool    `json:"binned"`

	Made    uint64 `json:"made,omitempty"`    // the seq of its settings
	Changed uint64 `json:"changed,omitempty"` // the seq at which its audience last changed
}

// enrolled is a member with what only the room knows.
type enrolled struct {
	Member
	Person  string `json:"person"`
	Removed bool   `json:"removed,omitempty"`
	Changed uint64 `json:"changed,omitempty"` // the seq at which the role last changed
}

func newLobby(kinds map[string]Kind) *lobby {
	return &lobby{kinds: kinds, s: lobbyState{
		CodeRole:   Participant,
		Activities: map[string]*listed{},
		Members:    map[string]*enrolled{},
		Persons:    map[string]string{},
		Links:      map[string]*roleByKey{},
		Screens:    map[string]*screenByKey{},
		Door:       DoorOpen,
		Waiting:    map[string]*waiting{},
		Spoke:      map[string]int64{},
	}}
}

func lobbyKind(kinds map[string]Kind) Kind {
	owner := Needs{Role: Owner, Class: Run}
	host := Needs{Role: Host, Class: Run}
	room := Needs{Role: TheRoom, Class: Run}
	return Kind{
		Name: LobbyID, Format: 9, // 2: brakes; 3: a door; 4: links and rooms end; 5: rooms are archived; 6: and deleted; 7: a passcode; 8: reactions stop; 9: direct messages do, screen links, how long changes are kept
		Commands: map[string]Needs{
			"title": host, "add": host, "rename": host, "place": host, "show": host,
			"bin": host, "restore": host, "duplicate": host, "focus": host,
			"lock": host, "codeRole": host, "revoke": host, "unscreen": host,
			"door": host, "admit": host, "refuse": host,
			"remove": host, "readmit": host, "role": host, "hand": owner,
			"end": host, "archive": owner, "delete": owner,
			"brake": host, "slow": host, "mute": host, "keep": host,
			"name":  {Role: Viewer, Class: Run},
			"enter": room, "link": room, "screen": room, "hook": room, "passcode": room, "found": room,
		},
		Signals: pulseSignals,
		Reads:   map[string]Read{"audit": {Least: Host, Sees: Nobody, Do: readAudit}},
		New:     func(json.RawMessage) (Activity, error) { return newLobby(kinds), nil },
		Rows:    lobbyRows,
	}
}

// member finds a member who may be in the room: ErrDeleted, ErrNotMember,
// ErrRemoved or ErrEnded if there is none.
func (l *lobby) member(id string) (Member, error) {
	m, ok := l.s.Members[id]
	switch {
	case l.s.Deleted > 0:
		return Member{}, ErrDeleted
	case !ok:
		return Member{}, ErrNotMember
	case m.Removed:
		return Member{}, ErrRemoved
	case l.s.Ended && m.Role < Host:
		return Member{}, ErrEnded
	}
	return m.Member, nil
}

// gone tells whether a member was removed.
func (l *lobby) gone(id string) bool {
	m, ok := l.s.Members[id]
	return !ok || m.Removed
}

// who finds a member who was not removed.
func (l *lobby) who(id string) (Member, bool) {
	if l.gone(id) {
		return Member{}, false
	}
	return l.s.Members[id].Member, true
}

// person finds the member that a person is, as member does.
func (l *lobby) person(person string) (Member, error) { return l.member(l.s.Persons[person]) }

// sees finds an activity that a role may see.
func (l *lobby) sees(role Role, id string) (*listed, bool) {
	a, ok := l.activity(id)
	if !ok || a.Binned && role < Host || role < a.Least {
		return nil, false
	}
	return a, true
}

// activity finds an activity of the room, also one that every room has.
func (l *lobby) activity(id string) (*listed, bool) {
	a, ok := l.s.Activities[id]
	if !ok && l.kinds[id].Everywhere {
		return &listed{ID: id, Kind: id, Least: Viewer}, true
	}
	return a, ok
}

// changed is the last seq at which the member's role or the activity's
// audience changed: what was known before it is answered by a view.
func (l *lobby) changed(member, activity string) uint64 {
	var seq uint64
	if m, ok := l.s.Members[member]; ok {
		seq = m.Changed
	}
	if a, ok := l.s.Activities[activity]; ok {
		seq = max(seq, a.Changed)
	}
	return seq
}

type lobbyView struct {
	Title      string        `json:"title"`
	Locked     bool          `json:"locked"`
	Ended      bool          `json:"ended,omitempty"`
	Archived   bool          `json:"archived,omitempty"`
	CodeRole   Role          `json:"codeRole"`
	Now        string        `json:"now"`
	Activities []listed      `json:"activities"`
	Door       Policy        `json:"door,omitempty"` // if it is not open
	Brakes     []Class       `json:"brakes,omitempty"`
	Slow       int           `json:"slow,omitempty"`
	Keeping    int           `json:"keeping,omitempty"` // how many days single changes are kept, if not KeptDays; Forever: always
	Passcode   bool          `json:"passcode,omitempty"`
	Links      []roleByKey   `json:"links,omitempty"`
	Screens    []screenByKey `json:"screens,omitempty"`
	Removed    []named       `json:"removed,omitempty"`
	Muted      []named       `json:"muted,omitempty"`
}

type named struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// View is the room as a role may see it. Members are told by presence.
func (l *lobby) View(m Member) any {
	v := lobbyView{Title: l.s.Title, Locked: l.s.Locked, Ended: l.s.Ended, Archived: l.s.Archived, CodeRole: l.s.CodeRole, Activities: []listed{}}
	v.Brakes, v.Slow = l.s.Brakes, l.s.Slow
	if keeping := l.s.keeping(); keeping != KeptDays {
		v.Keeping = keeping
	}
	if l.s.Door != DoorOpen {
		v.Door = l.s.Door
	}
	for _, a := range l.s.Activities {
		if _, ok := l.sees(m.Role, a.ID); ok {
			v.Activities = append(v.Activities, a.told())
		}
	}
	slices.SortFunc(v.Activities, func(a, b listed) int {
		return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.ID, b.ID))
	})
	if _, ok := l.sees(m.Role, l.s.Now); ok {
		v.Now = l.s.Now
	}
	if m.Role < Host {
		return v
	}
	v.Passcode = l.s.Passcode != ""
	for _, id := range slices.Sorted(maps.Keys(l.s.Links)) {
		v.Links = append(v.Links, l.s.Links[id].told())
	}
	v.Screens = l.toldScreens()
	for _, id := range slices.Sorted(maps.Keys(l.s.Members)) {
		m := l.s.Members[id]
		if m.Removed {
			v.Removed = append(v.Removed, named{ID: id, Name: m.Name})
		} else if m.Muted {
			v.Muted = append(v.Muted, named{ID: id, Name: m.Name})
		}
	}
	return v
}

// told is the activity without what only the room needs.
func (a *listed) told() listed {
	t := *a
	t.Made, t.Changed = 0, 0
	return t
}

// Save encodes a copy; 10,000 members copy in well under a millisecond.
func (l *lobby) Save() func() ([]byte, error) {
	c := l.s
	c.Activities = copyAll(l.s.Activities)
	c.Members = copyAll(l.s.Members)
	c.Links = copyAll(l.s.Links)
	c.Screens = copyAll(l.s.Screens)
	c.Waiting = copyAll(l.s.Waiting)
	c.Persons = maps.Clone(l.s.Persons)
	c.Spoke = maps.Clone(l.s.Spoke)
	return func() ([]byte, error) { return json.Marshal(c) }
}

func copyAll[T any](from map[string]*T) map[string]*T {
	to := make(map[string]*T, len(from))
	for k, v := range from {
		c := *v
		to[k] = &c
	}
	return to
}

// Load reads what Save encoded.
func (l *lobby) Load(b []byte) error { return json.Unmarshal(b, &l.s) }
