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
	whyDirect  = "direct"
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
	if told.Direct {
		return t.directly(e), nil
	}
	answered, err := t.answered(e, told)
	if err != nil {
		return nil, err
	}
	calls := told.Here || len(told.To) > 0 || len(answered) > 0
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

// directly are those to whom alone an event is told.
func (t *taking) directly(e rooms.Event) map[string]string {
	reasons := map[string]string{}
	for _, id := range []string{e.To.Only, e.To.And} {
		person := t.sight.PersonOf(id)
		if id != e.By && person != "" && t.levels[person] != None {
			reasons[person] = whyDirect
		}
	}
	return reasons
}

// reason is why a member is told; "" if they are not.
func reason(level Level, member string, answered []string, told rooms.Notice) string {
	switch {
	case level == None:
		return ""
	case slices.Contains(told.To, member):
		return whyMention
	case slices.Contains(answered, member):
		return whyReply
	case told.Here:
		return whyHere
	case level == All:
		return whySaid
	}
	return ""
}

// threadNewest is of so many of its newest replies that it is asked who takes
// part in a thread.
const threadNewest = 500

type threadOf struct {
	activity string
	seq      uint64
}

// answered are the members whom an event answers: whose words it answers, who
// began the thread in which it stands, and who has written in that before.
func (t *taking) answered(e rooms.Event, told rooms.Notice) ([]string, error) {
	var all []string
	author, err := t.authorOf(e.In, told.Answers)
	if err != nil {
		return nil, err
	}
	if author != "" {
		all = append(all, author)
	}
	if told.Thread == 0 {
		return all, nil
	}
	of := threadOf{e.In, told.Thread}
	people, known := t.inThreads[of]
	if !known {
		if people, err = t.takePart(of, e.Seq); err != nil {
			return nil, err
		}
	}
	if !slices.Contains(people, e.By) {
		people = append(people, e.By)
	}
	if t.inThreads == nil {
		t.inThreads = map[threadOf][]string{}
	}
	t.inThreads[of] = people
	return append(all, people...), nil
}

// takePart are who began a thread and whose words stand in it before a seq.
func (t *taking) takePart(of threadOf, before uint64) ([]string, error) {
	author, err := t.authorOf(of.activity, of.seq)
	if err != nil {
		return nil, err
	}
	people := []string{author}
	events, err := t.tail.Events(t.ctx, rooms.Query{
		Room: t.sight.Room, Activity: of.activity, Thread: of.seq, Words: true, Through: before - 1, Limit: threadNewest, Newest: true,
	})
	if err != nil {
		return nil, err
	}
	for _, e := range events {
		wrote := slices.ContainsFunc(t.noticesOf(t.sight.Kind(e.In), e), func(told rooms.Notice) bool { return told.Text != "" })
		if wrote && !slices.Contains(people, e.By) {
			people = append(people, e.By)
		}
	}
	return people, nil
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
