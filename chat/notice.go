package chat

import (
	"strconv"

	"plenum/rooms"
)

// noticesOf is what an event has to say to those who are not there. What was
// forgotten says nothing.
func noticesOf(e rooms.Event) []rooms.Notice {
	switch e.Did {
	case "said":
		var with said
		if read(e, &with) == nil && with.Text != nil {
			return []rooms.Notice{noticeOf(e, e.Seq, with)}
		}
	case "edited":
		var with edited
		if read(e, &with) == nil && with.Text != nil {
			n := noticeOf(e, with.Of, with.said)
			n.Again = true
			return []rooms.Notice{n}
		}
	case "deleted":
		var with deleted
		if read(e, &with) == nil && with.Of > 0 {
			return []rooms.Notice{{Key: strconv.FormatUint(with.Of, 10)}}
		}
	case "read":
		var with readThrough
		if read(e, &with) == nil {
			return []rooms.Notice{{Read: with.Seq, Thread: e.Thread}}
		}
	}
	return nil
}

func noticeOf(e rooms.Event, seq uint64, with said) rooms.Notice {
	text := textOf(seq, with)
	n := rooms.Notice{Key: text.Key, Text: text.Text, Here: with.Here, Answers: with.To, Thread: e.Thread}
	for _, m := range with.Mentions {
		n.To = append(n.To, m.ID)
	}
	return n
}
