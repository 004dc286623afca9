package chat

import (
	"strconv"
	"strings"

	"plenum/rooms"
)

// textsOf is what an event changes of what search can find: a message by its
// seq, with the name of its file. What was forgotten has no text, and is not found.
func textsOf(e rooms.Event) []rooms.Text {
	switch e.Did {
	case "said":
		var with said
		if read(e, &with) == nil {
			return []rooms.Text{textOf(e.Seq, with)}
		}
	case "edited":
		var with edited
		if read(e, &with) == nil {
			return []rooms.Text{textOf(with.Of, with.said)}
		}
	case "deleted":
		var with deleted
		if read(e, &with) == nil {
			return []rooms.Text{textOf(with.Of, said{})}
		}
	}
	return nil
}

func textOf(seq uint64, with said) rooms.Text {
	t := rooms.Text{Key: strconv.FormatUint(seq, 10)}
	if with.Text != nil {
		t.Text = *with.Text
	}
	if with.File != nil {
		t.Text = strings.TrimSpace(t.Text + "\n" + with.File.Name)
	}
	return t
}
