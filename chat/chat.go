// Package chat is the conversation of a room: short messages, in the room's
// order, with the newest kept at hand and the older ones read from the log.
package chat

import (
	"encoding/json"
	"maps"

	"plenum/rooms"
)

// Kind is the chat, as the room knows it.
var Kind = rooms.Kind{
	Name:   "chat",
	Format: 4, // 2: with what changes messages; 3: with files; 4: with threads
	Commands: map[string]rooms.Needs{
		"say":    {Role: rooms.Participant, Class: rooms.Talk, Says: true},
		"edit":   {Role: rooms.Participant, Class: rooms.Talk},
		"delete": {Role: rooms.Participant, Class: rooms.Talk},
		"react":  {Role: rooms.Participant, Class: rooms.Talk},
		"pin":    {Role: rooms.Host, Class: rooms.Run},
		"read":   {Role: rooms.Viewer, Class: rooms.See, Unnumbered: true},
	},
	Signals: map[string]rooms.Needs{
		"typing": {Role: rooms.Participant, Class: rooms.Talk},
	},
	Reads: map[string]rooms.Read{
		"older":  {Least: rooms.Viewer, Do: older},
		"around": {Least: rooms.Viewer, Do: around},
	},
	New:    open,
	Papers: papers,
	// Of what was deleted nothing is forgotten: but it says how many replies are left.
	Forgettable: []string{"said", "edited", "deleted"},
	Forgets:     forgets,
	Texts:       textsOf,
	Notices:     noticesOf,
}

// Chat is the state of one conversation: how much was said, the newest of it,
// what is pinned, and how far each member has read.
type Chat struct {
	count   uint64
	window  window
	pins    []uint64
	read    map[string]uint64
	threads []thread // the last written in last
}

// View is what everyone may see of a chat: its newest messages, oldest first,
// whether there are older ones to be read, and which are pinned.
type View struct {
	Messages []Message `json:"messages"`
	More     bool      `json:"more"`
	Pins     []uint64  `json:"pins,omitempty"`
}

// Mine is a member's own part of a chat.
type Mine struct {
	Read    uint64   `json:"read"` // all but the threads is read through here
	Threads []Unread `json:"threads,omitempty"`
}

// open makes an empty chat. A chat has no settings: an object or nothing.
func open(settings json.RawMessage) (rooms.Activity, error) {
	if len(settings) > 0 {
		var none struct{}
		if err := json.Unmarshal(settings, &none); err != nil {
			return nil, rooms.ErrMalformed
		}
	}
	return &Chat{}, nil
}

// Decide says what follows from a command. Refusals are "unknown", those of
// parse and parseText, and those of the files of each command.
func (c *Chat) Decide(command rooms.Command) ([]rooms.Event, error) {
	switch command.Do {
	case "say":
		return c.decideSay(command)
	case "edit":
		return c.decideEdit(command)
	case "delete":
		return c.decideDelete(command)
	case "react":
		return c.decideReact(command)
	case "pin":
		return c.decidePin(command)
	case "read":
		return c.decideRead(command)
	}
	return nil, rooms.ErrUnknown
}

// Apply places what happened. It panics at an event that no version of this
// kind has written.
func (c *Chat) Apply(e rooms.Event) {
	switch e.Did {
	case "nothing":
	case "pinned":
		c.applyPin(e)
	case "read":
		c.applyRead(e)
	default:
		if e.Thread > 0 {
			c.applyInThread(e)
		} else if err := c.window.apply(e); err != nil {
			panic(err)
		} else if e.Did == "said" {
			c.count++
		}
		if e.Did == "deleted" {
			c.unpin(e)
		}
	}
}

// View is the same for everyone.
func (c *Chat) View(rooms.Member) any {
	shown := c.window.shown()
	return View{Messages: shown, More: c.count > uint64(len(shown)), Pins: c.pins}
}

// Mine is how far the member has read; nothing, if that was never said, and they
// take part in no thread.
func (c *Chat) Mine(m rooms.Member) any {
	mine := Mine{Read: c.read[m.ID], Threads: c.unread(m.ID)}
	if mine.Read == 0 && len(mine.Threads) == 0 {
		return nil
	}
	return mine
}

// saved is the checkpoint. Format 1 had only the count and the messages.
type saved struct {
	Count    uint64            `json:"count"`
	Messages []Message         `json:"messages"`
	Pins     []uint64          `json:"pins,omitempty"`
	Read     map[string]uint64 `json:"read,omitempty"`
	Threads  []thread          `json:"threads,omitempty"`
}

// Save takes a snapshot: what was handed out of messages, pins and threads never
// changes, so it shares them.
func (c *Chat) Save() func() ([]byte, error) {
	snapshot := saved{Count: c.count, Messages: c.window.shown(), Pins: c.pins, Read: maps.Clone(c.read), Threads: c.threads}
	return func() ([]byte, error) { return json.Marshal(snapshot) }
}
