package qa

import (
	"encoding/json"
	"strconv"

	"plenum/rooms"
)

// textsOf is what an event changes of what search can find: questions by their
// ids, with their answers, each for those who may see it then.
func textsOf(e rooms.Event) []rooms.Text {
	switch e.Did {
	case "listed", "edited", "approved", "held", "dismissed", "restored", "answered", "reopened", "merged", "parted":
		var with listed
		if e.Blank() || json.Unmarshal(e.With, &with) != nil {
			return nil
		}
		q := with.Question.Question
		text := q.Text
		if q.Answer != "" {
			text += "\n" + q.Answer
		}
		return []rooms.Text{{Key: strconv.FormatUint(q.ID, 10), Text: text, To: q.State.audience()}}
	case "withdrawn":
		var with about
		if e.Blank() || json.Unmarshal(e.With, &with) != nil {
			return nil
		}
		return []rooms.Text{{Key: strconv.FormatUint(with.Question, 10)}}
	}
	return nil
}
