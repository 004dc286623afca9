package notify

import (
	"slices"

	"plenum/rooms"
)

// Level is what a person wants to hear of a room.
type Level string

// The levels. Who has said nothing hears of mentions.
const (
	All      Level = "all"
	Mentions Level = "mentions" // what calls them: mentions, answers, @here
	None     Level = "none"
)

// Why somebody is told; the first that holds.
const (
	whyMention = "mention"
	whyReply   = "reply"
	whyHere    = "here"
	whySaid    = "said"
)

// reasons are the persons who are to hear of an event, and why: those whom it
// speaks to and who may see it, and never who did it themselves.
func (t *taking) reasons(e rooms.Event, told rooms.Notice) (map[string]string, error) {
	if t.levels == nil {
		var err error
		if t.levels, err = t.levelsOf(t.ctx, t.sight.Room); err != nil {
			return nil, err
		}
	}
	answered, err := t.authorOf(e.In, told.Answers)
	if err != nil {
		return nil, err
	}
	calls := told.Here || len(told.To) > 0 || answered != ""
	if !calls && len(t.levels) == 0 {
		return nil, nil // nobody wants to hear of everything
	}
	reasons := map[string]string{}
	t.sight.Members(func(person string, m rooms.Member) {
		if m.ID == e.By || !e.To.Sees(m) {
			return
		}
		if _, opens := t.sight.Opens(m.Role, e.In); !opens {
			return
		}
		if why := reason(t.levels[person], m.ID, answered, told); why != "" {
			reasons[person] = why
		}
	})
	return reasons, nil
}

// reason is why a member is told; "" if they are not.
func reason(level Level, member, answered string, told rooms.Notice) string {
	switch {
	case level == None:
		return ""
	case slices.Contains(told.To, member):
		return whyMention
	case answered == member:
		return whyReply
	case told.Here:
		return whyHere
	case level == All:
		return whySaid
	}
	return ""
}

// authorOf is the member whose event another answers, "" if there is none.
func (t *taking) authorOf(activity string, seq uint64) (string, error) {
	if seq == 0 {
		return "", nil
	}
	e, found, err := t.event(t.ctx, t.sight.Room, activity, seq)
	if err != nil || !found {
		return "", err
	}
	return e.By, nil
}
