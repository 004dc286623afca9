package qa

// The limits, texts in UTF-16 units.
const (
	MaxText      = 1_000
	MaxReason    = 300
	MaxAnswer    = 4_000
	MaxQuestions = 2_000 // in all, whatever has become of them
	MaxOpen      = 20    // of one person: waiting or shown, and not answered
	MaxMerged    = 50    // put together into one
)

// State says where a question stands.
type State string

// The states of a question. Everybody sees what is shown or answered; the rest
// is for hosts and for who asked it.
const (
	unlisted  State = ""       // between two events of one command
	Queued    State = "queued" // waits for a host
	Shown     State = "shown"
	Answered  State = "answered"
	Dismissed State = "dismissed"
	Merged    State = "merged" // put together with another
)

func (s State) visible() bool { return s == Shown || s == Answered }

// open tells whether it may still be answered.
func (s State) open() bool { return s == Shown || s == Queued }

// Question is a question as it is told.
type Question struct {
	ID     uint64 `json:"id"` // who asked earlier has a lower one
	Text   string `json:"text"`
	Name   string `json:"name,omitempty"` // the asker's, as they were called then; "": asked without a name
	Colour int    `json:"colour,omitempty"`
	At     int64  `json:"at"` // when it was asked, Unix milliseconds
	State  State  `json:"state"`
	Was    State  `json:"was,omitempty"` // before it was dismissed or merged
	Pinned bool   `json:"pinned,omitempty"`
	Edited bool   `json:"edited,omitempty"`
	Answer string `json:"answer,omitempty"`
	Reason string `json:"reason,omitempty"` // why it was dismissed
	Into   uint64 `json:"into,omitempty"`   // what it was merged into
}

// Counted is a question with how many people want it answered: who asked it,
// who voted for it, and who did so for what was merged into it, each once.
type Counted struct {
	Question
	People int `json:"people"`
}

// question is a question with what is not told of it.
type question struct {
	Question
	stamp  uint64 // see slots
	asker  string
	people int // as it was counted last
	votes  ballots
	merged []uint64 // the questions whose Into it is
}
