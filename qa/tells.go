package qa

import (
	"encoding/json"
	"slices"

	"plenum/rooms"
)

// tells are what happens to a question that programs outside hear of.
var tells = map[string]rooms.Tell{"listed": tell, "approved": tell, "answered": tell}

// tell is the question as everybody sees it now; nothing of one that is gone.
func tell(e rooms.Event, _, now json.RawMessage) any {
	var at listed
	var view View
	if json.Unmarshal(e.With, &at) != nil || json.Unmarshal(now, &view) != nil {
		return nil
	}
	i := slices.IndexFunc(view.Questions, func(q Counted) bool { return q.ID == at.Question.ID })
	if i < 0 {
		return nil
	}
	return listed{view.Questions[i]}
}
