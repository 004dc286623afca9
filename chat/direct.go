package chat

import (
	"encoding/json"
	"maps"
	"slices"

	"plenum/rooms"
)

// Limits of direct messages.
const (
	MaxTalks   = 10_000 // in a room
	MaxBegun   = 500    // by one member
	MaxBlocked = 500    // by one member
	// ToldTalks is how many of their talks a member is told, those written in
	// last; the others are read.
	ToldTalks  = 100
	mostUnread = 30 // that are counted of a talk
)

// Why a direct message is refused.
var (
	ErrSelf    = rooms.Refuse("self", "That is you.")
	ErrLeft    = rooms.Refuse("left", "That person is not in this room any more.")
	ErrBlocked = rooms.Refuse("blocked", "You have blocked this person. Unblock them first.")
	ErrTalks   = rooms.Refuse("talks", "There are too many direct conversations. Go on with one of those that you have.")
	ErrBlocks  = rooms.Refuse("blocks", "You can block at most 500 people. Unblock somebody first.")
)

// Direct is what two members say to each other and nobody else sees. Every room
// has it; all its talks are in it, each one a thread that an event of its own begins.
var Direct = rooms.Kind{
	Name:        "direct",
	Format:      1,
	Everywhere:  true,
	Contentless: true,
	Commands: map[string]rooms.Needs{
		"say":    {Role: rooms.Participant, Class: rooms.Direct},
		"edit":   {Role: rooms.Participant, Class: rooms.Direct},
		"delete": {Role: rooms.Participant, Class: rooms.Direct},
		"react":  {Role: rooms.Participant, Class: rooms.Direct},
		"read":   {Role: rooms.Viewer, Class: rooms.See, Unnumbered: true},
		"block":  {Role: rooms.Viewer, Class: rooms.See},
	},
	Signals: map[string]rooms.Needs{
		"typing": {Role: rooms.Participant, Class: rooms.Direct, One: true},
	},
	Reads: map[string]rooms.Read{
		"older":  {Least: rooms.Viewer, Do: directOlder},
		"around": {Least: rooms.Viewer, Do: directAround},
		"talks":  {Least: rooms.Viewer, Do: directTalks},
	},
	New: openDirect,
	// What begins a talk is never forgotten, but found among the words.
	Forgettable: []string{"began", "said", "edited"},
	Forgets:     forgets,
	Texts:       directTexts,
	Notices:     directNotices,
}

// Talks are the state of all direct messages of a room: who talks with whom, and
// what each has not read. No words are in it. What is handed out never changes.
type Talks struct {
	all     map[uint64]*talk    // by the seq of the event that began them
	of      map[string][]uint64 // of a member: those in which they see something, the one written in last at the end
	between map[string]uint64   // by the two members
	begun   map[string]int      // how many a member began
	blocks  map[string][]Person // whom a member does not want to hear of
}

// talk is one: who began it, and the other.
type talk struct {
	Of     uint64   `json:"of"`
	People [2]party `json:"people"`
}

// party is one of the two, and what the talk is to them.
type party struct {
	Person
	Last   uint64   `json:"last,omitempty"` // the newest message that they see
	At     int64    `json:"at,omitempty"`   // of that
	Read   uint64   `json:"read,omitempty"` // all is read through here
	Unread []uint64 `json:"unread,omitempty"`
}

// Person is a member as they were called when somebody first had to do with them.
type Person struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Colour int    `json:"colour,omitempty"`
}

// DirectView is what everyone may see: nothing.
type DirectView struct{}

// DirectMine is a member's own part.
type DirectMine struct {
	Talks   []Talk   `json:"talks,omitempty"` // the one written in last first
	More    bool     `json:"more,omitempty"`  // there are others
	Blocked []Person `json:"blocked,omitempty"`
}

// Talk is one as a member sees it in their list.
type Talk struct {
	Thread uint64   `json:"thread"`
	With   Person   `json:"with"`
	At     int64    `json:"at"`               // of its newest message, Unix milliseconds
	Unread []uint64 `json:"unread,omitempty"` // seqs, oldest first; of very many the newest
}

func openDirect(settings json.RawMessage) (rooms.Activity, error) {
	if _, err := open(settings); err != nil {
		return nil, err
	}
	return &Talks{
		all: map[uint64]*talk{}, of: map[string][]uint64{}, between: map[string]uint64{}, begun: map[string]int{}, blocks: map[string][]Person{},
	}, nil
}

// View tells nobody anything.
func (d *Talks) View(rooms.Member) any { return DirectView{} }

// Mine are a member's talks and whom they have blocked; nothing if there are none.
func (d *Talks) Mine(m rooms.Member) any {
	mine := DirectMine{Blocked: d.blocks[m.ID]}
	all := d.of[m.ID]
	for _, of := range slices.Backward(all[max(0, len(all)-ToldTalks):]) {
		mine.Talks = append(mine.Talks, d.all[of].seenBy(m.ID))
	}
	mine.More = len(all) > len(mine.Talks)
	if len(mine.Talks) == 0 && len(mine.Blocked) == 0 {
		return nil
	}
	return mine
}

// side is the place of a member among the two; -1 for anybody else.
func (t *talk) side(member string) int {
	return slices.IndexFunc(t.People[:], func(p party) bool { return p.ID == member })
}

// seenBy is the talk as one of the two sees it.
func (t *talk) seenBy(member string) Talk {
	side := t.side(member)
	mine, other := t.People[side], t.People[1-side]
	return Talk{Thread: t.Of, With: other.Person, At: mine.At, Unread: mine.Unread}
}

// has tells whether somebody has blocked another member.
func (d *Talks) has(member, blocked string) bool {
	return slices.ContainsFunc(d.blocks[member], func(p Person) bool { return p.ID == blocked })
}

// audience are those who see what a member writes to another: it is not told to
// who has blocked them, and they are not told that.
func (d *Talks) audience(from, to string) rooms.Audience {
	if d.has(to, from) {
		return rooms.Audience{Only: from}
	}
	return rooms.Between(from, to)
}

func pair(one, other string) string { return rooms.Between(one, other).Members() }

// savedTalks is the checkpoint.
type savedTalks struct {
	Talks  []*talk             `json:"talks,omitempty"`
	Blocks map[string][]Person `json:"blocks,omitempty"`
}

// Save takes a snapshot; talks are never written again, so it shares them.
func (d *Talks) Save() func() ([]byte, error) {
	all, blocks := maps.Clone(d.all), maps.Clone(d.blocks)
	return func() ([]byte, error) {
		snapshot := savedTalks{Blocks: blocks}
		for _, of := range slices.Sorted(maps.Keys(all)) {
			snapshot.Talks = append(snapshot.Talks, all[of])
		}
		return json.Marshal(snapshot)
	}
}
