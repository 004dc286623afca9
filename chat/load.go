package chat

import (
	"encoding/json"
	"fmt"

	"plenum/rooms"
)

// Load restores what Save has written.
func (c *Chat) Load(state []byte) error {
	var from saved
	if err := json.Unmarshal(state, &from); err != nil {
		return fmt.Errorf("read the checkpoint of a chat: %w", err)
	}
	if from.Count < uint64(len(from.Messages)) {
		return fmt.Errorf("the checkpoint of a chat counts %d messages and holds %d", from.Count, len(from.Messages))
	}
	c.count, c.pins, c.read, c.threads = from.Count, from.Pins, from.Read, from.Threads
	for _, message := range from.Messages {
		message.units = rooms.Units(message.Text)
		c.window.add(message)
	}
	return nil
}
