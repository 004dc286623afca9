package notify

import (
	"context"
	"fmt"
)

// Valid tells whether there is such a level.
func (l Level) Valid() bool { return l == All || l == Mentions || l == None }

// RoomLevel is what a person wants to hear of a room, by its code.
type RoomLevel struct {
	Room  string `json:"room"`
	Level Level  `json:"level"`
}

// Settings are what a person has decided. Rooms that are not in it are at Mentions.
type Settings struct {
	Rooms []RoomLevel `json:"rooms"`
	Quiet *Quiet      `json:"quiet,omitempty"`
	Mail  *bool       `json:"mail,omitempty"` // whether they are mailed; left out if they cannot be
	Key   string      `json:"key"`            // the server's own, which browsers want for pushes
}

// Settings are those of a person.
func (n *Notify) Settings(ctx context.Context, person string) (Settings, error) {
	levels, err := n.levelsBy(ctx, person)
	if err != nil {
		return Settings{}, fmt.Errorf("read the settings of notices: %w", err)
	}
	quiet, err := n.quietOf(ctx, person)
	if err != nil {
		return Settings{}, fmt.Errorf("read the settings of notices: %w", err)
	}
	mail, err := n.mailsTo(ctx, person)
	if err != nil {
		return Settings{}, fmt.Errorf("read the settings of notices: %w", err)
	}
	return Settings{Rooms: levels, Quiet: quiet, Mail: mail, Key: n.keys.Public}, nil
}

// SetLevel keeps what a person wants to hear of a room, by its id.
func (n *Notify) SetLevel(ctx context.Context, person, room string, level Level) error {
	if err := n.setLevel(ctx, levelRow{Room: room, Person: person, Level: level}); err != nil {
		return fmt.Errorf("keep a level of notices: %w", err)
	}
	return nil
}
