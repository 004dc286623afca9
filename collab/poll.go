package collab

import (
	"cmp"
	"encoding/json"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"plenum/collab/delta"
	"plenum/rooms"
)

// MaxPolls is how many polls a document may ever have shown.
const MaxPolls = 50

// ErrPolls is why a poll cannot be put in.
var ErrPolls = rooms.Refuse("polls", "A document can show at most 50 polls.")

// pollName is a question of a poll in the room: "poll-x7k2/q1".
var pollName = regexp.MustCompile(`^poll-[0-9a-z]{1,40}/[0-9a-z]{1,16}$`)

// pollOf is the question that an embed shows.
func pollOf(o delta.Op) (poll string, ok bool) {
	if o.Kind() != delta.Embed {
		return "", false
	}
	rest, is := strings.CutPrefix(o.Text(), `{"poll":"`)
	poll, whole := strings.CutSuffix(rest, `"}`)
	return poll, is && whole && pollName.MatchString(poll)
}

// Poll is a question that stands in the text, as everybody who may see the
// document saw it last; what is counted, once it is closed and shown. The text
// has its name alone. What was counted stays, whatever becomes of the poll.
type Poll struct {
	Poll  string `json:"poll"`
	Asked *Asked `json:"asked,omitempty"` // nil: they may not see it, or there is none
}

// Asked is a question and where it stands.
type Asked struct {
	Kind    string   `json:"kind"`
	Prompt  string   `json:"prompt"`
	Options []Option `json:"options"`
	Method  string   `json:"method,omitempty"`
	From    int      `json:"from"`
	To      int      `json:"to"`
	Low     string   `json:"low,omitempty"`
	High    string   `json:"high,omitempty"`
	Total   int      `json:"total,omitempty"`
	Columns []Option `json:"columns,omitempty"` // of a grid
	Zone    string   `json:"zone,omitempty"`    // of dates
	X       *Axis    `json:"x,omitempty"`       // between which items are placed
	Y       *Axis    `json:"y,omitempty"`
	Picture *Picture `json:"picture,omitempty"` // on which pins are set

	State  string  `json:"state"` // as of a poll: "draft", "open" or "closed"
	Round  int     `json:"round"`
	Closes int64   `json:"closes,omitempty"` // when it was closed
	Result *Result `json:"result,omitempty"` // once it is closed and shown
}

// Option is one answer among others.
type Option struct {
	ID   string `json:"id"`
	Text string `json:"text"`

	// Of dates, as in a poll: a day or a time.
	Date  string `json:"date,omitempty"`
	Start int64  `json:"start,omitempty"`
	End   int64  `json:"end,omitempty"`

	Area    []int    `json:"area,omitempty"`    // of a picture, as in a poll
	Picture *Picture `json:"picture,omitempty"` // beside the text
}

// Axis is one of two scales that cross each other.
type Axis struct {
	Title string `json:"title"`
	Low   string `json:"low,omitempty"`
	High  string `json:"high,omitempty"`
}

// Picture is an image of the room in a poll.
type Picture struct {
	File   string `json:"file"`
	Alt    string `json:"alt"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// Result is what the ballots of a round add up to.
type Result struct {
	People  int            `json:"people"`
	Counts  map[string]int `json:"counts"`
	Points  map[string]int `json:"points,omitempty"`
	Counted *int           `json:"counted,omitempty"` // people whose ballots these are, if not all
}

// decideLook notes what has become of the polls of an activity, as they are seen
// now. A result is a change of nobody's, and so has a revision of its own.
func (d *Document) decideLook(command rooms.Command) ([]rooms.Event, error) {
	var at struct{ At string }
	if err := json.Unmarshal(command.With, &at); err != nil || at.At == "" {
		return nil, rooms.ErrMalformed
	}
	name, now, err := askedIn(command.Seen)
	if err != nil {
		return nil, rooms.ErrMalformed
	}
	var seen []Poll
	for _, p := range d.polls {
		activity, question, _ := strings.Cut(p.Poll, "/")
		if activity != at.At {
			continue
		}
		next := Poll{Poll: p.Poll}
		if question == name {
			next.Asked = now
		}
		if next = p.then(next); !reflect.DeepEqual(next, p) {
			seen = append(seen, next)
		}
	}
	if len(seen) == 0 {
		return nil, nil
	}
	with, err := d.changed(nil, note{polls: seen})
	if err != nil {
		return nil, err
	}
	return []rooms.Event{{Did: "changed", With: with}}, nil
}

// then is what is noted of a poll after it was seen anew: a result stays until
// the question is opened or asked again.
func (p Poll) then(next Poll) Poll {
	if p.Asked == nil || p.Asked.Result == nil {
		return next
	}
	a := next.Asked
	if a == nil || a.State == "closed" && a.Round == p.Asked.Round && a.Result == nil {
		return p
	}
	return next
}

// askedIn reads the question on the screens from what everybody sees of a poll.
// While people vote, how many have voted is the poll's to tell.
func askedIn(seen json.RawMessage) (name string, asked *Asked, err error) {
	if seen == nil {
		return "", nil, nil
	}
	var view struct {
		Question *struct {
			ID string
			Asked
			Shown   bool
			Results *Result
		}
	}
	if err := json.Unmarshal(seen, &view); err != nil || view.Question == nil {
		return "", nil, err
	}
	q := view.Question
	if q.State != "closed" {
		q.Closes = 0
	} else if q.Shown && q.Results != nil {
		q.Result = q.Results
	}
	return q.ID, &q.Asked, nil
}

// brings are the polls that a change puts in, each once.
func brings(change delta.Delta) (names []string) {
	for _, o := range change {
		if name, ok := pollOf(o); ok && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// holds tells whether a document can show those polls, too.
func (d *Document) holds(names []string) bool {
	n := len(d.polls)
	for _, name := range names {
		if _, known := d.poll(name); !known {
			n++
		}
	}
	return n <= MaxPolls
}

func (d *Document) poll(name string) (place int, found bool) {
	return slices.BinarySearchFunc(d.polls, name, func(p Poll, name string) int { return cmp.Compare(p.Poll, name) })
}

// show places what was seen of polls, and the names of those that come.
func (d *Document) show(came []string, seen []Poll) {
	fresh := make([]Poll, 0, len(came))
	for _, name := range came {
		if _, known := d.poll(name); !known {
			fresh = append(fresh, Poll{Poll: name})
		}
	}
	d.polls = placed(placed(d.polls, fresh), seen)
}

// placed are polls, by name, with others in their place or among them.
func placed(polls, others []Poll) []Poll {
	if len(others) == 0 {
		return polls
	}
	polls = slices.Clone(polls)
	for _, p := range others {
		place, known := slices.BinarySearchFunc(polls, p.Poll, func(p Poll, name string) int { return cmp.Compare(p.Poll, name) })
		if !known {
			polls = slices.Insert(polls, place, Poll{})
		}
		polls[place] = p
	}
	return polls
}

// Looks are the polls of the room that stand, or stood, in the text.
func (d *Document) Looks() (activities []string) {
	for _, p := range d.polls {
		activity, _, _ := strings.Cut(p.Poll, "/")
		if len(activities) == 0 || activities[len(activities)-1] != activity {
			activities = append(activities, activity)
		}
	}
	return activities
}

// visible are the polls of which something is to be seen.
func visible(polls []Poll) []Poll {
	return slices.DeleteFunc(slices.Clone(polls), func(p Poll) bool { return p.Asked == nil })
}
