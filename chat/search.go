package chat

import (
	"strconv"

	"plenum/rooms"
)

// textsOf is what an event changes of what search can find: a message by its seq.
func textsOf(e rooms.Event) []rooms.Text {
	if e.Did != "said" {
		return nil
	}
	message, ok, err := readSaid(e)
	if err != nil || !ok {
		return nil
	}
	return []rooms.Text{{Key: strconv.FormatUint(message.Seq, 10), Text: message.Text}}
}
