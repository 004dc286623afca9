// Package chat is the conversation of a room: short messages, in the room's
// order, with the newest kept at hand and the older ones read from the log.
package chat

import (
	"encoding/json"
	"fmt"

	"plenum/rooms"
)

// Kind is the chat, as the room knows it.
var Kind = rooms.Kind{
	Name:   "chat",
	Format: 1,
	Commands: map[string]rooms.Needs{
		"say": {Role: rooms.Participant, Class: rooms.Talk},
	},
	Signals: map[string]rooms.Needs{
		"typing": {Role: rooms.Participant, Class: rooms.Talk},
	},
	Reads: map[string]rooms.Read{
		"older": {Least: rooms.Viewer, Do: older},
	},
	New:   open,
	Texts: textsOf,
}

// Chat is the state of one conversation: how much was said, and the newest of it.
type Chat struct {
	count  uint64
	window window
}

// View is what everyone may see of a chat: its newest messages, oldest first,
// and whether there are older ones to be read.
type View struct {
	Messages []Message `json:"messages"`
	More     bool      `json:"more"`
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

// Decide says whether a message may be said. Refusals are those of parseSay,
// and "unknown".
func (c *Chat) Decide(command rooms.Command) ([]rooms.Event, error) {
	if command.Do != "say" {
		return nil, rooms.ErrUnknown
	}
	text, err := parseSay(command.With)
	if err != nil {
		return nil, err
	}
	with, err := json.Marshal(said{Text: text, Name: command.From.Name, Colour: command.From.Colour})
	if err != nil {
		return nil, fmt.Errorf("encode a message: %w", err)
	}
	return []rooms.Event{{Did: "said", With: with}}, nil
}

// Apply adds what was said. Forgotten messages are blank, and skipped. It
// panics at an event that no version of this kind has written.
func (c *Chat) Apply(e rooms.Event) {
	message, ok, err := readSaid(e)
	if err != nil {
		panic(err)
	}
	if !ok {
		return
	}
	c.count++
	c.window.add(message)
}

// View is the same for everyone.
func (c *Chat) View(rooms.Member) any {
	shown := c.window.shown()
	return View{Messages: shown, More: c.count > uint64(len(shown))}
}

// saved is the checkpoint of format 1.
type saved struct {
	Count    uint64    `json:"count"`
	Messages []Message `json:"messages"`
}

// Save takes a snapshot: messages never change, so it shares them.
func (c *Chat) Save() func() ([]byte, error) {
	snapshot := saved{Count: c.count, Messages: c.window.shown()}
	return func() ([]byte, error) { return json.Marshal(snapshot) }
}

// Load restores what Save has written.
func (c *Chat) Load(state []byte) error {
	var from saved
	if err := json.Unmarshal(state, &from); err != nil {
		return fmt.Errorf("read the checkpoint of a chat: %w", err)
	}
	if from.Count < uint64(len(from.Messages)) {
		return fmt.Errorf("the checkpoint of a chat counts %d messages and holds %d", from.Count, len(from.Messages))
	}
	c.count = from.Count
	for _, message := range from.Messages {
		c.window.add(message)
	}
	return nil
}
