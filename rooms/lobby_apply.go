package rooms

import "encoding/json"

type lobbyMade struct {
	ID       string          `json:"id"`
	Settings json.RawMessage `json:"settings,omitempty"`
}

type lobbyNamed struct {
	Member string `json:"member"`
	Name   string `json:"name"`
}

type lobbyEntered struct {
	Member
	Person string `json:"person"`
}

// lobbyChange has the fields of the lobby's small events.
type lobbyChange struct {
	ID     string  `json:"id"`
	Title  string  `json:"title"`
	Place  float64 `json:"place"`
	Least  Role    `json:"least"`
	Locked bool    `json:"locked"`
	Role   Role    `json:"role"`
	Member string  `json:"member"`
	Name   string  `json:"name"`

	Class   Class `json:"class"`
	On      bool  `json:"on"`
	Seconds int   `json:"seconds"`
	Days    int   `json:"days"`

	Used int    `json:"used"`
	Hash string `json:"hash"`

	Activity string `json:"activity"`
}

// Apply places an event into the lobby's state.
func (l *lobby) Apply(e Event) {
	switch e.Did {
	case "added", "shown", "restored":
		l.applyListed(e)
	case "entered":
		var m lobbyEntered
		decode(e.With, &m)
		l.enroll(m, e.Seq)
	case "keyed":
		var link roleByKey
		decode(e.With, &link)
		l.s.Links[link.ID] = &link
	case "screenKeyed":
		var k screenByKey
		decode(e.With, &k)
		l.s.Screens[k.ID] = &k
	case "made":
		var made lobbyMade
		decode(e.With, &made)
		l.s.Activities[made.ID] = &listed{ID: made.ID, Least: Nobody, Made: e.Seq}
	case "knocked", "refused", "door", "ended":
		l.applyDoor(e)
	case "admitted", "passcode": // each of them has entered; it was sealed
	case "braked", "slowed", "muted", "spoke":
		var c lobbyChange
		decode(e.With, &c)
		l.applyBrake(e, c)
	default:
		var c lobbyChange
		decode(e.With, &c)
		l.applyChange(e, c)
	}
}

func (l *lobby) applyListed(e Event) {
	var entry listed
	decode(e.With, &entry)
	entry.Changed = e.Seq
	if before, ok := l.s.Activities[entry.ID]; ok {
		entry.Made = before.Made
		if e.Did == "restored" {
			entry.Least = before.Least
		}
	}
	l.s.Activities[entry.ID] = &entry
}

func (l *lobby) enroll(m lobbyEntered, seq uint64) {
	changed := seq
	if before, ok := l.s.Members[m.ID]; ok && before.Role == m.Role {
		changed = before.Changed
	}
	l.s.Members[m.ID] = &enrolled{Member: m.Member, Person: m.Person, Changed: changed}
	l.s.Persons[m.Person] = m.ID
	l.leave(m.Person)
}

func (l *lobby) applyChange(e Event, c lobbyChange) {
	a := l.s.Activities[c.ID]
	switch e.Did {
	case "sealed":
		l.s.Passcode = c.Hash
	case "kept":
		l.s.Keeping = c.Days
	case "titled":
		l.s.Title = c.Title
	case "deleted":
		l.s.Deleted = 0
		if c.On {
			l.s.Deleted = e.At
		}
	case "archived":
		l.s.Archived = c.On
	case "renamed":
		a.Title = c.Title
	case "placed":
		a.Place = c.Place
	case "hidden":
		a.Least, a.Changed = c.Least, e.Seq
		l.unfocus(a)
	case "binned":
		a.Binned, a.Changed = true, e.Seq
		l.unfocus(a)
	case "focused":
		l.s.Now = c.ID
	case "locked":
		l.s.Locked = c.Locked
	case "codeRole":
		l.s.CodeRole = c.Role
	case "used":
		l.s.Links[c.ID].Used = c.Used
	case "revoked":
		delete(l.s.Links, c.ID)
	case "unscreened":
		delete(l.s.Screens, c.ID)
	case "removed":
		l.s.Members[c.ID].Removed = true
	case "readmitted":
		l.s.Members[c.ID].Removed = false
	case "role":
		m := l.s.Members[c.Member]
		m.Role, m.Changed = c.Role, e.Seq
	case "named":
		l.s.Members[c.Member].Name = c.Name
	}
}

func (l *lobby) unfocus(a *listed) {
	if l.s.Now == a.ID {
		l.s.Now = ""
	}
}

// decode reads content that this program wrote and stored itself.
func decode(content json.RawMessage, into any) {
	if err := json.Unmarshal(content, into); err != nil {
		panic("event content: " + err.Error())
	}
}
