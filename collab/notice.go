package collab

import (
	"encoding/json"
	"fmt"

	"plenum/rooms"
)

// noticesOf is what an event about comments has to say to those who are not
// there. What was forgotten says nothing.
func noticesOf(e rooms.Event) []rooms.Notice {
	if !talks(e.Did) {
		return nil
	}
	var with amended // has all fields of the others that matter
	if err := json.Unmarshal(e.With, &with); err != nil {
		return nil
	}
	n := rooms.Notice{Key: commentKey(with.Thread, with.Of), Again: e.Did == "amended"}
	switch e.Did {
	case "commented":
		n.Key = commentKey(e.Seq, e.Seq)
	case "replied":
		n.Key, n.Answers = commentKey(with.Thread, e.Seq), with.Thread
	case "erased":
		return []rooms.Notice{n}
	}
	if with.Text == nil {
		return nil
	}
	n.Text = *with.Text
	for _, m := range with.Mentions {
		n.To = append(n.To, m.ID)
	}
	return []rooms.Notice{n}
}

// commentKey names a comment among the pieces of a document.
func commentKey(thread, comment uint64) string { return fmt.Sprintf("comment-%d-%d", thread, comment) }
