package qa

import (
	"encoding/json"
	"fmt"

	"plenum/rooms"
)

// The contents of events. Those about one question carry the whole of it as it
// is from then on, so that they also tell who could not see it before.
type (
	about struct { // gone, withdrawn, taken (0: none)
		Question uint64 `json:"question"`
		Into     uint64 `json:"into,omitempty"` // gone, because it was merged
	}
	own struct { // asked, yours
		Question Question `json:"question"`
	}
	listed struct { // listed, edited, approved, held, dismissed, restored, answered, reopened, pinned, merged, parted, united
		Question Counted `json:"question"`
	}
	voted struct {
		Question uint64 `json:"question"`
		Turn     turn   `json:"turn"`
	}
)

// The audiences of events.
var (
	toAll    = rooms.Audience{}
	toHosts  = rooms.Audience{Least: rooms.Host}
	toNobody = rooms.Audience{Least: rooms.Nobody}
)

func (s State) audience() rooms.Audience {
	if s.visible() {
		return toAll
	}
	return toHosts
}

// event makes an event. All contents can be encoded.
func event(did string, to rooms.Audience, with any) rooms.Event {
	encoded, err := json.Marshal(with)
	if err != nil {
		panic(fmt.Errorf("qa: encode %q: %w", did, err))
	}
	return rooms.Event{Did: did, To: to, With: encoded}
}

// change is what is told when a question becomes another: those who may not
// see it any more hear that it is gone, those who may hear what it is, and who
// asked it hears of it alone.
func (a *QA) change(did string, q *question, next Question, people int) []rooms.Event {
	var events []rooms.Event
	if a.now == q.ID && next.State != Shown {
		events = append(events, event("taken", toAll, about{}))
	}
	if q.State.visible() && !next.State.visible() {
		events = append(events, event("gone", toAll, about{q.ID, next.Into}))
	}
	return append(events,
		event(did, next.State.audience(), listed{Counted{next, people}}),
		event("yours", rooms.Audience{Only: q.asker}, own{next}))
}
