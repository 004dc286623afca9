package rooms

import (
	"cmp"
	"container/list"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
)

// Sight is who may see what in a room, as its log says at one moment. It does
// not change.
type Sight struct {
	Room, Code, Epoch, Title string

	activities []Seen          // that are not in the bin, in their order
	all        map[string]Seen // also those in the bin
	members    map[string]enrolled
	ended      bool
	deleted    bool
	silent     bool // nothing is told outside
	keeping    int  // days, or Forever
	persons    map[string]string
}

// Seen is an activity of a room.
type Seen struct {
	ID, Kind, Title string
	Everywhere      bool // every room has it, and none lists it

	least Role
	made  uint64
}

// Person finds the member that a person is: ErrDeleted, ErrNotMember,
// ErrRemoved or ErrEnded if they may see nothing.
func (s *Sight) Person(person string) (Member, error) {
	m, ok := s.members[s.persons[person]]
	switch {
	case s.deleted:
		return Member{}, ErrDeleted
	case !ok:
		return Member{}, ErrNotMember
	case m.Removed:
		return Member{}, ErrRemoved
	case s.ended && m.Role < Host:
		return Member{}, ErrEnded
	}
	return m.Member, nil
}

// PersonOf is the person who a member is; "" if there is no such member, or they
// may see nothing any more.
func (s *Sight) PersonOf(member string) string {
	m, ok := s.members[member]
	if !ok || m.Removed {
		return ""
	}
	return m.Person
}

// Members are all who are in the room, each with the person who they are.
func (s *Sight) Members(each func(person string, m Member)) {
	for _, m := range s.members {
		if !m.Removed {
			each(m.Person, m.Member)
		}
	}
}

// Opens finds an activity that a role may open.
func (s *Sight) Opens(role Role, activity string) (Seen, bool) {
	at := slices.IndexFunc(s.activities, func(a Seen) bool { return a.ID == activity && role >= a.least })
	if at < 0 {
		return Seen{}, false
	}
	return s.activities[at], true
}

// Activities are those that a role may open, in their order.
func (s *Sight) Activities(role Role) []Seen {
	var open []Seen
	for _, a := range s.activities {
		if role >= a.least {
			open = append(open, a)
		}
	}
	return open
}

// Kind is the kind of an activity, also of one in the bin; "" if there is none.
func (s *Sight) Kind(activity string) string { return s.all[activity].Kind }

// Rest are the ids of all activities but some, also of those in the bin.
func (s *Sight) Rest(but func(id string) bool) []string {
	var rest []string
	for id := range s.all {
		if !but(id) {
			rest = append(rest, id)
		}
	}
	slices.Sort(rest)
	return rest
}

// Authors are all who ever were members, as they are called now.
func (s *Sight) Authors(each func(Member)) {
	for _, m := range s.members {
		each(m.Member)
	}
}

// Author is a member as they are called now, also one who was removed.
func (s *Sight) Author(id string) (Member, bool) {
	m, ok := s.members[id]
	return m.Member, ok
}

// People are the members whom a role may find: in a crowd only hosts find
// everybody, others only the hosts, as presence tells it.
func (s *Sight) People(role Role) []Member {
	crowd := len(s.members) > CrowdSize && role < Host
	var found []Member
	for _, m := range s.members {
		if !m.Removed && (!crowd || m.Role >= Host) {
			found = append(found, m.Member)
		}
	}
	slices.SortFunc(found, func(a, b Member) int { return cmp.Compare(a.ID, b.ID) })
	return found
}

// Sights reads sights from the logs, without opening rooms. It keeps those that
// were asked for last.
type Sights struct {
	past  Past
	kinds map[string]Kind
	most  int

	mu    sync.Mutex
	index map[string]*list.Element // guarded by mu
	order *list.List               // guarded by mu; the last asked for first
}

// sighted is a room's lobby as far as it was read.
type sighted struct {
	room string

	mu    sync.Mutex
	head  Head   // guarded by mu
	lobby *lobby // guarded by mu
	shown *Sight // guarded by mu
}

// NewSights makes sights of rooms with these kinds; it keeps at most so many.
func NewSights(past Past, kinds []Kind, most int) *Sights {
	s := &Sights{past: past, kinds: map[string]Kind{}, most: most, index: map[string]*list.Element{}, order: list.New()}
	for _, k := range kinds {
		s.kinds[k.Name] = k
	}
	return s
}

// Of is a room as its log says now; ErrNoRoom if there is none.
func (s *Sights) Of(ctx context.Context, room string) (*Sight, error) {
	r := s.kept(room)
	r.mu.Lock()
	defer r.mu.Unlock()
	head, err := s.past.Head(ctx, room)
	if err != nil {
		return nil, err
	}
	if r.shown != nil && r.head == head {
		return r.shown, nil
	}
	if r.shown == nil || r.head.Epoch != head.Epoch || r.head.Seq > head.Seq {
		loaded, err := loadLobby(ctx, s.past, head, s.kinds)
		if err != nil {
			return nil, err
		}
		r.head, r.lobby = head, loaded.act.(*lobby)
		r.shown = r.lobby.sight(head)
		return r.shown, nil
	}
	if err := s.goOn(ctx, r, head); err != nil {
		return nil, err
	}
	return r.shown, nil
}

// goOn applies what the lobby has done since. What fails is read afresh the
// next time.
func (s *Sights) goOn(ctx context.Context, r *sighted, head Head) error {
	events, err := s.past.Events(ctx, Query{Room: r.room, Activity: LobbyID, After: r.head.Seq, Through: head.Seq})
	if err != nil {
		return err
	}
	err = sound(func() error {
		for _, e := range events {
			r.lobby.Apply(e)
		}
		return nil
	})
	if err != nil {
		r.shown = nil
		return fmt.Errorf("follow the lobby of room %s: %w", r.room, err)
	}
	r.head = head
	if len(events) > 0 {
		r.shown = r.lobby.sight(head)
	}
	return nil
}

func (s *Sights) kept(room string) *sighted {
	s.mu.Lock()
	defer s.mu.Unlock()
	if found, ok := s.index[room]; ok {
		s.order.MoveToFront(found)
		return found.Value.(*sighted)
	}
	r := &sighted{room: room}
	s.index[room] = s.order.PushFront(r)
	if s.order.Len() > s.most {
		oldest := s.order.Back()
		delete(s.index, oldest.Value.(*sighted).room)
		s.order.Remove(oldest)
	}
	return r
}

// sight copies what does not change any more.
func (l *lobby) sight(head Head) *Sight {
	s := &Sight{
		Room: head.Room, Code: head.Code, Epoch: head.Epoch, Title: l.s.Title, ended: l.s.Ended, deleted: l.s.Deleted > 0,
		silent: l.s.Deleted > 0 || l.s.Archived, keeping: l.s.keeping(),
		all:     make(map[string]Seen, len(l.s.Activities)),
		members: make(map[string]enrolled, len(l.s.Members)),
		persons: make(map[string]string, len(l.s.Persons)),
	}
	var open []*listed
	for id, a := range l.s.Activities {
		s.all[id] = a.seen()
		if !a.Binned {
			open = append(open, a)
		}
	}
	slices.SortFunc(open, func(a, b *listed) int { return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.ID, b.ID)) })
	for _, a := range open {
		s.activities = append(s.activities, a.seen())
	}
	for id, kind := range l.kinds {
		if kind.Everywhere {
			s.all[id] = Seen{ID: id, Kind: id, Everywhere: true, least: Viewer}
			s.activities = append(s.activities, s.all[id])
		}
	}
	for id, m := range l.s.Members {
		s.members[id] = *m
	}
	for person, id := range l.s.Persons {
		s.persons[person] = id
	}
	return s
}

func (a *listed) seen() Seen {
	return Seen{ID: a.ID, Kind: a.Kind, Title: a.Title, least: a.Least, made: a.Made}
}

// Entered tells which person an event of the lobby makes a member, if it does.
func Entered(e Event) (person string, ok bool) {
	var with lobbyEntered
	if e.In != LobbyID || e.Did != "entered" || json.Unmarshal(e.With, &with) != nil {
		return "", false
	}
	return with.Person, with.Person != ""
}

// Added tells which activity an event of the lobby adds to the room, if it does.
func Added(e Event) (activity string, ok bool) {
	var with listed
	if e.In != LobbyID || e.Did != "added" || json.Unmarshal(e.With, &with) != nil {
		return "", false
	}
	return with.ID, with.ID != ""
}
