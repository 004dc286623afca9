package chat

import (
	"strconv"

	"plenum/rooms"
)

// textsOf is what an event changes of what search can find: messages by their
// seq. What was forgotten, and by whatever event, is not found any more.
func textsOf(e rooms.Event) []rooms.Text {
	var with edited // has the fields of all three
	if read(e, &with) != nil {
		return nil
	}
	piece := func(seq uint64) rooms.Text { return rooms.Text{Key: strconv.FormatUint(seq, 10)} }
	switch e.Did {
	case "said", "edited":
		seq := with.Of
		if e.Did == "said" {
			seq = e.Seq
		} else if with.Text == nil {
			return nil // a later event has the text now, or has deleted it
		}
		text := piece(seq)
		if with.Text != nil {
			text.Text = *with.Text
		}
		return []rooms.Text{text}
	case "deleted":
		return []rooms.Text{piece(with.Of)}
	}
	return nil
}
