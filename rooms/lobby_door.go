package rooms

import (
	"cmp"
	"slices"
)

// Policy says who comes in by the code. A link with a key lets in whom the door
// would not.
type Policy string

// The policies of a door.
const (
	DoorOpen      Policy = "open"     // everyone
	GuestsWait    Policy = "guests"   // who has an account; the others wait until a host lets them in
	EveryoneWaits Policy = "everyone" // nobody: everyone waits
	OnlyAccounts  Policy = "accounts" // who has an account, and nobody else
)

// Limits of a door.
const (
	MaxWaiting = 2000 // people who wait at once
	maxTurned  = 200  // who were turned away and are remembered, the newest
	maxBatch   = 100  // who are let in or turned away by one command
	maxListed  = 100  // whose names hosts are told
)

var (
	// ErrWaiting means that the person is not in the room yet: see Hall.Wait.
	ErrWaiting = Refuse("waiting", "The host will let you in.")
	// ErrTurned means that a host did not let the person in.
	ErrTurned = Refuse("turned-away", "A host did not let you in.")
	// ErrEnded means that hosts have ended the room for all but themselves.
	ErrEnded = Refuse("ended", "A host has ended this for now. Nothing is lost, and it can be opened again.")
	// ErrAccounts means that guests do not come into the room.
	ErrAccounts = Refuse("accounts", "Only people who are signed in come into this room.")

	errCrowd    = Refuse("waiting-full", "Too many people are waiting already. Try again later.")
	errNotWaits = Refuse("not-waiting", "That person is not waiting any more.")
	errPolicy   = Refuse("policy", "A door is open, or guests wait, everyone waits, or only accounts come in.")
)

// waiting is a person who has knocked, or was turned away.
type waiting struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Person string `json:"person"`
	At     int64  `json:"at"`
	Turned bool   `json:"turned,omitempty"`
}

// decideDoor says who may come in from now on.
func (l *lobby) decideDoor(c Command, ask lobbyAsk) ([]Event, error) {
	switch c.Do {
	case "lock":
		if ask.Locked == nil {
			return nil, ErrMalformed
		}
		return one("locked", Audience{}, map[string]any{"locked": *ask.Locked}), nil
	case "codeRole":
		if ask.Role < Viewer || ask.Role > Editor {
			return nil, ErrMalformed
		}
		return one("codeRole", Audience{}, map[string]any{"role": ask.Role}), nil
	case "end":
		if ask.On == nil {
			return nil, ErrMalformed
		}
		return one("ended", Audience{}, map[string]any{"on": *ask.On}), nil
	}
	if !slices.Contains([]Policy{DoorOpen, GuestsWait, EveryoneWaits, OnlyAccounts}, ask.Policy) {
		return nil, errPolicy
	}
	return one("door", Audience{}, map[string]any{"policy": ask.Policy}), nil
}

// decideEnter makes a person a member, or lets them wait, or raises the role by
// a link's key.
func (l *lobby) decideEnter(c Command, ask lobbyAsk) ([]Event, error) {
	role, free := l.s.CodeRole, ask.Role == Owner || ask.Hash != ""
	var link *roleByKey
	switch {
	case ask.Role == Owner:
		role = Owner
	case ask.Hash != "":
		if link = l.linkOf(ask.Hash); link == nil {
			return nil, ErrKey
		}
		role = link.Role
	}
	m, known := l.s.Members[l.s.Persons[ask.Person]]
	gives := link != nil && (!known || role > m.Role)
	switch {
	case l.s.Deleted > 0:
		return nil, ErrDeleted
	case known && m.Removed:
		return nil, ErrRemoved
	case l.s.Ended && role < Host && (!known || m.Role < Host):
		return nil, ErrEnded
	case gives && link.refuses(c.At) != nil:
		return nil, link.refuses(c.At)
	case known && role <= m.Role && (ask.Name == "" || ask.Name == m.Name):
		return nil, nil
	case !known && !free && l.s.Locked:
		return nil, ErrLocked
	case !known && !free && l.s.Passcode != ask.Passed:
		return nil, ErrPasscode
	case !known && !free && l.s.Door == OnlyAccounts && !ask.Account:
		return nil, ErrAccounts
	case !known && !free && (l.s.Door == EveryoneWaits || l.s.Door == GuestsWait && !ask.Account):
		return l.decideKnock(c, ask)
	case !known && len(l.s.Members) > MaxMembers:
		return nil, ErrFull
	}
	e := lobbyEntered{Person: ask.Person}
	if known {
		e.Member = m.Member
		e.Role = max(role, m.Role)
	} else {
		e.Member = l.newMember(c.Seed, 0, role)
	}
	if ask.Name != "" || !known {
		name, err := CleanName(ask.Name)
		if err != nil {
			return nil, err
		}
		e.Name = name
	}
	events := one("entered", Audience{Least: Nobody}, e)
	if gives {
		events = append(events, link.use(e.ID)...)
	}
	return events, nil
}

// newMember is a member to be, after so many others of the same decision.
func (l *lobby) newMember(seed uint64, after int, role Role) Member {
	return Member{ID: l.freeMember(seed), Colour: (len(l.s.Members)+after)%12 + 1, Role: role}
}

// decideKnock notes that a person waits.
func (l *lobby) decideKnock(c Command, ask lobbyAsk) ([]Event, error) {
	name, err := CleanName(ask.Name)
	if err != nil {
		return nil, err
	}
	w, known := l.s.Waiting[ask.Person]
	switch {
	case known && w.Turned:
		return nil, ErrTurned
	case known && w.Name == name:
		return nil, nil
	case !known && l.waits() >= MaxWaiting:
		return nil, errCrowd
	}
	knock := waiting{ID: "w" + short(c.Seed, 8), Name: name, Person: ask.Person, At: c.At}
	if known {
		knock.ID, knock.At = w.ID, w.At
	}
	return one("knocked", Audience{Least: Nobody}, knock), nil
}

// waits is how many people wait.
func (l *lobby) waits() int { return len(l.s.Waiting) - l.s.Turned }

// listed are those who wait, or were turned away, the longest first.
func (l *lobby) listed(turned bool) []*waiting {
	var all []*waiting
	for _, w := range l.s.Waiting {
		if w.Turned == turned {
			all = append(all, w)
		}
	}
	slices.SortFunc(all, func(a, b *waiting) int {
		return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.ID, b.ID))
	})
	return all
}

// decideKnocked lets in or turns away one of those who wait, or those who wait
// longest. Who was turned away may still be let in, by name.
func (l *lobby) decideKnocked(c Command, ask lobbyAsk) ([]Event, error) {
	these := l.listed(false)
	if !ask.All {
		these = slices.DeleteFunc(append(these, l.listed(true)...), func(w *waiting) bool { return w.ID != ask.ID || w.Turned && c.Do == "refuse" })
	}
	if len(these) == 0 {
		return nil, errNotWaits
	}
	left := max(0, len(these)-maxBatch)
	these = these[:len(these)-left]
	to := Audience{Least: Host}
	if c.Do == "refuse" {
		return one("refused", to, map[string]any{"people": namesOf(these), "left": left}), nil
	}
	if len(l.s.Members)+len(these) > MaxMembers+1 {
		return nil, ErrFull
	}
	var events []Event
	seed := c.Seed
	taken := map[string]bool{}
	names := make([]named, len(these))
	for i, w := range these {
		m := l.newMember(seed, i, l.s.CodeRole)
		for taken[m.ID] {
			seed = next(seed)
			m.ID = l.freeMember(seed)
		}
		seed = next(seed)
		taken[m.ID] = true
		m.Name = w.Name
		names[i] = named{ID: m.ID, Name: m.Name}
		events = append(events, one("entered", Audience{Least: Nobody}, lobbyEntered{Member: m, Person: w.Person})...)
	}
	return append(events, one("admitted", to, map[string]any{"people": names, "left": left})...), nil
}

func namesOf(these []*waiting) []named {
	names := make([]named, len(these))
	for i, w := range these {
		names[i] = named{ID: w.ID, Name: w.Name}
	}
	return names
}

func (l *lobby) applyDoor(e Event) {
	switch e.Did {
	case "knocked":
		var w waiting
		decode(e.With, &w)
		l.s.Waiting[w.Person] = &w
		l.s.Knocked = true
	case "refused":
		var c struct{ People []named }
		decode(e.With, &c)
		for _, person := range l.these(c.People) {
			l.s.Waiting[person].Turned = true
		}
		l.recount()
	case "door":
		var c struct{ Policy Policy }
		decode(e.With, &c)
		l.s.Door = c.Policy
	case "ended":
		var c struct{ On bool }
		decode(e.With, &c)
		l.s.Ended = c.On
	}
}

// these are the persons behind those who wait.
func (l *lobby) these(people []named) []string {
	ids := make(map[string]bool, len(people))
	for _, p := range people {
		ids[p.ID] = true
	}
	var persons []string
	for person, w := range l.s.Waiting {
		if ids[w.ID] {
			persons = append(persons, person)
		}
	}
	return persons
}

// recount forgets who was turned away long ago.
func (l *lobby) recount() {
	turned := l.listed(true)
	for _, w := range turned[:max(0, len(turned)-maxTurned)] {
		delete(l.s.Waiting, w.Person)
	}
	l.s.Turned = min(len(turned), maxTurned)
}

// leave takes a person who has come in off the list.
func (l *lobby) leave(person string) {
	if w, ok := l.s.Waiting[person]; ok {
		delete(l.s.Waiting, person)
		if w.Turned {
			l.s.Turned--
		}
	}
}

// doorDigest is what hosts are told of those at the door.
type doorDigest struct {
	Waiting int     `json:"waiting"`
	First   []named `json:"first"`  // the longest waiting
	Turned  []named `json:"turned"` // the newest
}

// Digests tell hosts who waits. Nothing is told in a room where nobody ever did.
func (l *lobby) Digests(role Role) []Digest {
	if role < Host || !l.s.Knocked {
		return nil
	}
	first, turned := l.listed(false), l.listed(true)
	slices.Reverse(turned)
	return []Digest{{Key: "door", With: doorDigest{
		Waiting: len(first),
		First:   namesOf(first[:min(len(first), maxListed)]),
		Turned:  namesOf(turned[:min(len(turned), maxListed)]),
	}}}
}
