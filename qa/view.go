package qa

import (
	"cmp"
	"slices"
	"strconv"

	"plenum/rooms"
)

// View is what everyone may see: the settings, what is being answered, and the
// questions in the order in which they were asked. Hosts also see those that
// are queued, dismissed or merged.
type View struct {
	Settings
	Now       uint64    `json:"now"`
	Questions []Counted `json:"questions"`
}

// View depends on whether the member is a host.
func (a *QA) View(m rooms.Member) any {
	v := View{Settings: a.settings, Now: a.now, Questions: []Counted{}}
	for _, q := range a.slots.all() {
		if q.seenBy(m.Role) {
			v.Questions = append(v.Questions, Counted{q.Question, q.people})
		}
	}
	return v
}

func (q *question) seenBy(role rooms.Role) bool {
	return q.State.visible() || q.State != unlisted && role >= rooms.Host
}

// MaxPast is how many of a person's questions are told as theirs besides those
// that wait or are shown: the newest.
const MaxPast = 20

// Mine is a member's own part: what they asked, and the turn of their vote for
// each question that everybody sees.
type Mine struct {
	Questions []Question      `json:"questions"`
	Votes     map[uint64]turn `json:"votes"`
}

// Mine gives a member back what was asked by them and counted for them. It is
// told after every vote, so it looks at each question once.
func (a *QA) Mine(m rooms.Member) any {
	mine := Mine{Questions: []Question{}, Votes: map[uint64]turn{}}
	voter := a.voters.find(m.ID)
	if voter < 0 {
		return mine
	}
	for _, q := range a.slots.list {
		if q == nil || q.State == unlisted {
			continue
		}
		if t := a.turnFor(q, voter); t > 0 && q.State.visible() {
			mine.Votes[q.ID] = t
		}
		if q.asker == m.ID {
			mine.Questions = append(mine.Questions, q.Question)
		}
	}
	slices.SortFunc(mine.Questions, func(a, b Question) int { return cmp.Compare(b.ID, a.ID) })
	past := 0
	mine.Questions = slices.DeleteFunc(mine.Questions, func(q Question) bool {
		if !q.State.open() {
			past++
		}
		return !q.State.open() && past > MaxPast
	})
	return mine
}

// digestPage is how many questions one digest counts.
const digestPage = 100

// Digests are the votes, a hundred questions in each, so that only what has
// changed is told and a slow peer still ends with every number. One that was
// told once is told for ever, also when it is empty: the newest with its key is
// what a newcomer hears.
func (a *QA) Digests(role rooms.Role) []rooms.Digest {
	end := a.slots.shown
	if role >= rooms.Host {
		end = a.slots.listed
	}
	var all []rooms.Digest
	for from := 0; from < end; from += digestPage {
		page := a.slots.list[from:min(from+digestPage, end)]
		all = append(all, rooms.Digest{Key: strconv.Itoa(from / digestPage), With: counted(page, role)})
	}
	return all
}

// counts is an object of numbers by question, written by hand: it is made for
// every role at every change.
type counts []byte

// MarshalJSON gives what was written.
func (c counts) MarshalJSON() ([]byte, error) { return c, nil }

func counted(page []*question, role rooms.Role) counts {
	out := counts(`{"people":{`)
	for _, q := range page {
		if q == nil || !q.seenBy(role) {
			continue
		}
		if out[len(out)-1] != '{' {
			out = append(out, ',')
		}
		out = append(out, '"')
		out = strconv.AppendUint(out, q.ID, 10)
		out = append(out, `":`...)
		out = strconv.AppendInt(out, int64(q.people), 10)
	}
	return append(out, "}}"...)
}
