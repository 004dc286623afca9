package rooms

import (
	"encoding/json"
	"fmt"
)

// Role says what a member may do. Roles are ordered: a higher one may do all
// that a lower one may.
type Role int

const (
	Everyone    Role = 0   // no demand: as an audience, all who watch the activity
	Viewer      Role = 1   // sees
	Participant Role = 2   // votes, chats, asks
	Editor      Role = 3   // writes documents
	Host        Role = 4   // runs the room
	Owner       Role = 5   // runs it and cannot be removed
	TheRoom     Role = 50  // the room itself: reactions, wake-ups, entering
	Nobody      Role = 100 // as an audience: stored, never told
)

var roleNames = map[Role]string{
	Everyone: "everyone", Viewer: "viewer", Participant: "participant", Editor: "editor",
	Host: "host", Owner: "owner", TheRoom: "room", Nobody: "nobody",
}

// Told are the roles a member can have, lowest first. Views and events are
// encoded once for each of them.
var Told = []Role{Viewer, Participant, Editor, Host, Owner}

func (r Role) String() string {
	if name, ok := roleNames[r]; ok {
		return name
	}
	return fmt.Sprintf("role %d", int(r))
}

// ParseRole reads a role by its name on the wire.
func ParseRole(name string) (Role, error) {
	for r, n := range roleNames {
		if n == name {
			return r, nil
		}
	}
	return 0, fmt.Errorf("unknown role %q", name)
}

// MarshalJSON writes the role's name.
func (r Role) MarshalJSON() ([]byte, error) { return json.Marshal(r.String()) }

// UnmarshalJSON reads the role's name.
func (r *Role) UnmarshalJSON(b []byte) error {
	var name string
	if err := json.Unmarshal(b, &name); err != nil {
		return err
	}
	role, err := ParseRole(name)
	if err != nil {
		return err
	}
	*r = role
	return nil
}

// Class groups commands, so that a brake (mute, freeze, lock) can stop them together.
type Class string

const (
	Write  Class = "write"  // changes documents
	Talk   Class = "talk"   // chats, asks
	Vote   Class = "vote"   // casts ballots
	React  Class = "react"  // taps a reaction, which is stopped with talk, too
	Direct Class = "direct" // writes to one member alone
	Run    Class = "run"    // runs the room
	See    Class = "see"    // notes what one has seen, or does not want to; no brake stops it
)

// Member is a person in a room. A member is known by a token, never by a socket.
type Member struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Colour int    `json:"colour"` // 1 to 12, an index into the palette
	Role   Role   `json:"role"`
	Muted  bool   `json:"muted,omitempty"` // told to hosts and to the member
}
