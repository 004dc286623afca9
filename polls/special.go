package polls

import "plenum/rooms"

// Special is what only some forms of questions have, besides rankings.
type Special struct {
	Review   bool     `json:"review,omitempty"`   // of a wall: hosts read an answer before it is shown
	Min      *float64 `json:"min,omitempty"`      // of an estimate; nil: no bound
	Max      *float64 `json:"max,omitempty"`      //
	Decimals int      `json:"decimals,omitempty"` // behind the point of an estimate
	Unit     string   `json:"unit,omitempty"`     // of an estimate
	Truth    *float64 `json:"truth,omitempty"`    // of an estimate, for hosts; nil: not known
	Total    int      `json:"total,omitempty"`    // how many points are given out
	Zone     string   `json:"zone,omitempty"`     // of dates with times: the time zone in which hosts mean them
	Columns  []Option `json:"columns,omitempty"`  // of a grid; none: the steps of a scale
	Several  bool     `json:"several,omitempty"`  // of a grid: several columns of a row can be chosen
	X        *Axis    `json:"x,omitempty"`        // between which items are placed
	Y        *Axis    `json:"y,omitempty"`
	Picture  *Picture `json:"picture,omitempty"` // on which pins are set, or of a slide
	Text     string   `json:"text,omitempty"`    // of a slide, in the Markdown of chats
}

// ErrForm is why a ballot is refused that answers another form of question.
var ErrForm = rooms.Refuse("form", "This question is answered in another way.")

// special is a form of question whose ballots hold more than picks.
type special struct {
	// check is the question with what was left out, or why it cannot be asked.
	check func(Question) (Question, error)
	// read is the content of a ballot as it was sent, or why it does not count.
	read func(q Question, sent voted, before *content, fresh ids) (*content, error)
	// fits tells whether a stored content can be a ballot of the question.
	fits func(Question, *content) bool
	// sum is what contents add up to; the box is empty.
	sum func(Question, *box) sum
}

var specials = map[Form]*special{
	Words:    {Question.checkedWords, readWords, fitsWords, newCloud},
	Wall:     {Question.checkedWall, readWall, fitsWall, newWall},
	Estimate: {Question.checkedEstimate, readEstimate, fitsEstimate, newGuesses},
	Points:   {Question.checkedPoints, readPoints, fitsPoints, newPurse},
	Dates:    {Question.checkedDates, readGrid, fitsGrid, newGrid},
	Grid:     {Question.checkedGrid, readGrid, fitsGrid, newGrid},
	Axes:     {Question.checkedAxes, readAxes, fitsAxes, newPlane},
	Pins:     {Question.checkedPins, readPins, fitsPins, newHeat},
}

// specialOf is nil for the forms whose ballots are picks.
func specialOf(form Form) *special { return specials[form] }

// content is what a ballot holds that is more than picks. It is never changed,
// only replaced.
type content struct {
	Answers []answer `json:"answers,omitempty"` // of words and walls
	Number  int64    `json:"number,omitempty"`  // of an estimate, in its smallest unit
	Points  []int    `json:"points,omitempty"`  // by slot
	Cells   []uint16 `json:"cells,omitempty"`   // of a grid, by row: a bit for each column
	Spots   []spot   `json:"spots,omitempty"`   // of items between axes and of pins, in order
}

// answer is a text that somebody gave, under the id by which hosts let it
// through or hold it back: of words the folded word, which several people may
// have given; on a wall a name of its own.
type answer struct {
	ID    string `json:"id"`
	Text  string `json:"text"`
	Place int    `json:"place,omitempty"` // on a wall, in the order in which they came
	Mark  Mark   `json:"mark,omitempty"`  // on a wall
}

// Mark is what hosts have decided about an answer.
type Mark string

// The marks of answers.
const (
	Unmarked Mark = ""
	Approved Mark = "approved"
	Withheld Mark = "withheld"
)

// sum is what the contents of a box add up to.
type sum interface {
	add(voter int, of *content)
	drop(voter int, of *content)
	// told is what is told of it: to hosts, or to everybody when it is shown.
	told(host bool) *Answers
}

// telling is what was last told of a sum, to everybody and to hosts; nil: something
// has changed since.
type telling struct{ everybody, hosts *Answers }

func (t *telling) changed() { *t = telling{} }

// told makes what is missing: what everybody is told, and what of it is more for hosts.
func (t *telling) told(host bool, fresh func() Answers, forHosts func(*Answers)) *Answers {
	if t.everybody == nil {
		all := fresh()
		t.everybody = &all
	}
	if !host {
		return t.everybody
	}
	if t.hosts == nil {
		all := *t.everybody
		forHosts(&all)
		t.hosts = &all
	}
	return t.hosts
}

// Answers are the results of the special forms, each of which has its own part.
// They are told in views and digests, and never in events, so that texts stand
// in the log only once. They are never changed.
type Answers struct {
	Words   []Word   `json:"words,omitempty"`   // the most frequent ones, these first
	Of      int      `json:"of,omitempty"`      // how many different words, or answers on the wall, there are to be seen
	Out     []Word   `json:"out,omitempty"`     // for hosts: words that were taken out
	Cards   []Card   `json:"cards,omitempty"`   // of the wall, the newest first
	Waiting []Card   `json:"waiting,omitempty"` // for hosts: to be read, the oldest first
	Waits   int      `json:"waits,omitempty"`   // for hosts: how many are to be read
	Held    int      `json:"held,omitempty"`    // for hosts: how many answers on the wall are held back
	Numbers *Numbers `json:"numbers,omitempty"` // of an estimate
	Truth   *float64 `json:"truth,omitempty"`   // of an estimate, after the close
	Pins    int      `json:"pins,omitempty"`    // how many there are
	Heat    []int    `json:"heat,omitempty"`    // how many in each of 50 × 50 fields, row by row; −n: none in n of them
}

// Word is one word of a cloud, in its most frequent spelling.
type Word struct {
	Text  string `json:"text"`
	Count int    `json:"count"` // how many people gave it
}

// Card is one answer on a wall.
type Card struct {
	ID   string `json:"id"`
	Text string `json:"text"`
}

// How much of the texts of a question is told at once.
const (
	mostWords = 150
	mostCards = 50
	mostBytes = 12 << 10 // of either
)

// firsts keeps the first of so many things, and of so many bytes of text.
func firsts[T any](all []T, most int, size func(T) int) []T {
	bytes := 0
	for i, one := range all {
		if bytes += size(one); i == most || bytes > mostBytes {
			return all[:i]
		}
	}
	return all
}

// answers are what is told of a special form; nil of all others.
func (c *card) answers(host bool) *Answers {
	if c.box.sum == nil {
		return nil
	}
	told := c.outward().sum.told(host)
	if c.Truth == nil || !c.Shown || c.State != Closed {
		return told
	}
	with := *told
	with.Truth = c.Truth
	return &with
}

// public is the question as everybody may read it.
func (q Question) public() Question {
	q.Truth, q.Key = nil, nil
	return q
}
