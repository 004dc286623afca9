// Package rooms is the heart of Plenum: who is in a room, in what order things
// happen there, and how everyone hears of them. What people do together (write,
// vote, chat) are activities that plug into a room; the room numbers, stores,
// tells and resumes for all of them.
package rooms

import (
	"context"
	"encoding/json"
	"io"
	"strings"
)

// An Activity is one thing people do together in a room. It is a plain state
// machine: its room calls it from one goroutine, so it needs no locks; it
// starts no goroutines, does no I/O, reads no clock and keeps no reference to
// what it is given.
type Activity interface {
	// Decide says what follows from a command, or why not (a *Refusal). It
	// changes nothing. It puts outcomes into the events, so that Apply need not
	// decide again.
	Decide(Command) ([]Event, error)
	// Apply changes the state. The same events give the same state, always.
	Apply(Event)
	// View is what a member may see, ready to be encoded as JSON without
	// holding on to live state. It depends on the member's role only; what is
	// the member's own is told by Mine.
	View(Member) any
}

// Kind is one kind of activity: its name, its permissions and its constructor.
type Kind struct {
	Name     string           // "poll": also its name on the wire and in the log
	Format   int              // the format number of its events and checkpoints, from 1
	Commands map[string]Needs // every command with what it needs
	Signals  map[string]Needs // every signal with what it needs
	Reads    map[string]Read  // named reads, outside the room
	// Files makes commands of files that are sent in their place. May be nil.
	Files map[string]FromFile
	// Everywhere: each room has one such activity from its beginning, under the
	// kind's name as its id, without settings. It is in no list: nobody adds,
	// hides, copies or takes along any.
	Everywhere bool
	// Contentless: the checkpoints of its activities hold nothing of what may be
	// forgotten, and need nothing of it back, as those of a Recaller do.
	Contentless bool
	New         func(settings json.RawMessage) (Activity, error)
	// Papers are files of an activity that people can read. May have no Do.
	Papers Papers
	// Plain is how it is answered on a page without scripts. May be nil.
	Plain *Plainly
	// Reveals tells whether an event changes what a role may see beyond what it
	// carries; after it the room sends fresh views. Pure. May be nil.
	Reveals func(Event) bool
	// Forgettable are the events whose content may be forgotten, and Forgets the
	// earlier events that an event makes forgotten: their content is blanked
	// wherever the room has it. Both must replay to the same state. The state of
	// a kind that forgets is saved within the turn and so has to be small, unless
	// its activities are Recallers.
	// Forgets is pure. Both may be nil.
	Forgettable []string
	Forgets     func(Event) []Blank
	// Rows projects an event into table rows, written in the same transaction.
	// It is a pure function. May be nil.
	Rows func(room string, e Event) []Row
	// Folds is set if its activities are Folders.
	Folds bool
	// Frame keeps frames of the past, as far as they are missing. It is called
	// off the room's goroutine after a checkpoint. May be nil.
	Frame func(ctx context.Context, r Reading) error
	// Texts tells what an event changes of what search can find. It is a pure
	// function. May be nil; what is made of many events is told by a Texter.
	Texts func(Event) []Text
	// Notices tells what an event has to say to members who may not be there. It
	// is a pure function. May be nil.
	Notices func(Event) []Notice
	// Tells are the events that programs outside may hear of, by their names, and
	// what. May be nil.
	Tells map[string]Tell
}

// Needs says who may send a command, and which brake stops it.
type Needs struct {
	Role  Role  `json:"role"`
	Class Class `json:"class"`
	// Unnumbered commands (ballots) carry their own order, no n; they are
	// answered with the member's Mine after the commit.
	Unnumbered bool `json:"unnumbered,omitempty"`
	// Says marks commands that say something to all, which a slow mode spaces out.
	Says bool `json:"says,omitempty"`
	// One marks signals that are told to one member alone, whom their content
	// names: {"to"}.
	One bool `json:"one,omitempty"`
	// Guess marks commands that try a secret out. They are taken by POST alone,
	// where wrong ones (ErrCodeWrong) are counted.
	Guess bool `json:"guess,omitempty"`
}

// Command is what a peer asks for.
type Command struct {
	In       string          // the activity
	Do       string          // the name of the command
	With     json.RawMessage // its content, as the peer sent it
	Peer     string          // the queue it came by
	N        uint64          // its number in that queue, from 1; 0 if unnumbered
	From     Member          // as the member is now, not when it was sent
	At       int64           // Unix milliseconds, the server's clock
	Seed     uint64          // randomness for this command
	Account  bool            // who sends it was signed in when they connected
	Trip     int64           // milliseconds to the peer and back, as measured by the server; 0: not known
	Seq      uint64          // the seq that its first event will have
	Past     []Event         // what a Wanter asked for, oldest first
	Prepared any             // what a Preparer has made for it; nil: nothing
	// Images are those that an Imager named and the room has; nil: nobody has looked.
	Images map[string]Image
	// Alias stands for the member where commands come without a name (see
	// Veiled): of From there is only the role.
	Alias string
	// Seen is, for a Looker's "look", what everybody who may see the looker may
	// see of what it looks at, as JSON; nil: nothing.
	Seen json.RawMessage
	// Gone tells whether a member has been removed from the room, as it is now;
	// nil: nobody has.
	Gone func(member string) bool
	// Who finds a member as they are now; false: there is none, or they were
	// removed. May be nil: nobody is known.
	Who func(member string) (Member, bool)

	copied json.RawMessage // for the lobby's duplicate: the settings of the copy
}

// Event is what happened: stored, with its place in the room's log.
type Event struct {
	Seq    uint64
	In     string
	Did    string
	With   json.RawMessage
	By     string // the member, "" for the room itself
	Peer   string
	N      uint64
	At     int64 // Unix milliseconds
	Format int   // of its kind
	To     Audience
	// About is the earlier event of its activity that it is about; 0: none. Old
	// events are found with what is about them.
	About uint64
	// Thread is the earlier event of its activity that began the thread in which
	// it stands; 0: none. A thread is read apart from all else in the activity.
	Thread uint64
	// Erasable is set by the room: the content may be forgotten one day.
	Erasable bool
	// FoldedFrom is the seq of the first event of its activity that it stands for,
	// and Folded how many of those are not stored any more; 0: none. Never told.
	FoldedFrom uint64
	Folded     int
	// Unsigned events are told and stored without By, Peer and N: they would
	// name somebody who acted without their name. Of the events of a numbered
	// command one must be signed, to settle it; only the sender need see that.
	// Set by Decide, and not stored.
	Unsigned bool
	// Veil is the scope of the secret under which the content is sealed where it
	// is stored, padded to Pad bytes; such an event is for nobody, unsigned, and
	// its time is cut to the hour. Set by Decide.
	Veil string
	Pad  int
	// Frees are files that its activity named before and does not show any more:
	// what named them until now keeps them no longer. Set by Decide, and not stored.
	Frees []string
	// Ready is what With says, as Decide has it at hand: Apply may take it as it
	// is. Set by Decide, and not stored.
	Ready any
}

// Blank tells whether an event's content was forgotten, or it never had any.
func (e Event) Blank() bool { return len(e.With) == 0 || string(e.With) == "null" }

// Audience says who may see an event. The zero value is everyone who watches
// the activity.
type Audience struct {
	Least Role   // at least this role; Nobody: stored, never told
	Only  string // one member, if not empty
	And   string // with Only: a second member, if not empty
}

// Between is the audience of two members, in whatever order they are named.
func Between(one, other string) Audience {
	return Audience{Only: min(one, other), And: max(one, other)}
}

// Sees tells whether a member belongs to the audience. Nobody, who is no member
// but reads what is stored, sees also what one or two members alone are told.
func (a Audience) Sees(m Member) bool {
	if a.Only != "" && m.Role < Nobody {
		return a.Only == m.ID || a.And != "" && a.And == m.ID
	}
	return m.Role >= a.Least
}

// Members are the one or two that the audience names, as they are stored: their
// ids with a space between them; "" if it names none.
func (a Audience) Members() string {
	if a.And == "" {
		return a.Only
	}
	return a.Only + " " + a.And
}

// ToMembers is the audience of what Members has returned.
func ToMembers(members string, least Role) Audience {
	only, and, _ := strings.Cut(members, " ")
	return Audience{Least: least, Only: only, And: and}
}

// Personal is an activity with a small part of its view that is the member's
// own (a cast ballot). It is told in every view and after every unnumbered
// command of the member.
type Personal interface{ Mine(Member) any }

// Digest is a passing summary: absolute, bounded, the newest with its key counts.
type Digest struct {
	Key  string
	With any
}

// Digester is an activity with summaries, pulled at the pace of the crowd.
type Digester interface{ Digests(Role) []Digest }

// Waker is an activity that wants the command "wake" from the room itself at a
// time, in Unix milliseconds; 0 is never. The command must be in its Kind's
// Commands with the role TheRoom.
type Waker interface{ Wake() int64 }

// Checkpointer is an activity whose state can be saved. Save takes an immutable
// snapshot in well under a millisecond and returns how to encode it, which is
// called later on another goroutine; nil while the state must not be stored,
// which an activity that forgets never says. Load is called once, on a new activity.
type Checkpointer interface {
	Save() (encode func() ([]byte, error))
	Load([]byte) error
}

// Recaller is a Checkpointer whose checkpoints hold nothing of what may be
// forgotten, so that none has to be saved anew when something is. Recall is
// called after Load, with all events up to the checkpoint that may be forgotten
// or were, as the log has them now, in order and in parts.
type Recaller interface{ Recall([]Event) }

// Admitter is an activity that asks more of who sends a command than a role. It
// is asked by name, also where the command is then decided under an alias. It
// changes nothing.
type Admitter interface {
	// Admits is why the command is refused (a *Refusal), or nil.
	Admits(Command) error
}

// Wanter is an activity that keeps only its newest past in memory. Wants names
// the earlier events that it needs to decide a command and does not hold; Decide
// gets them, all that is about them, and the newest of the words in the thread
// that each begins or stands in, in Past. It changes nothing.
type Wanter interface{ Wants(Command) []uint64 }

// Text is a piece of an activity that search can find: a message, a question, a
// part of a document.
type Text struct {
	Key  string   // its name within the activity; the same key is the same piece
	Text string   // "": the piece is gone
	By   string   // the member who wrote it; "": as before, or of the event
	At   int64    // Unix milliseconds; 0: as before, or of the event
	To   Audience // who may see it, of those who may see the activity
}

// Texter is an activity whose pieces are made of many events (a document, a
// deck). Texts are all of them. It is called outside the room, on a copy that
// was replayed for it.
type Texter interface{ Texts() []Text }

// Copier is an activity that can be duplicated: New with the settings it
// returns makes a copy.
type Copier interface {
	Copy() (json.RawMessage, error)
}

// FromFile makes the content of a command of a file, or refuses it. It is pure,
// and called outside the room's goroutine.
type FromFile func(mediaType string, file []byte) (json.RawMessage, error)

// Read is a named read outside the room (older messages, an export).
// Its answer is told as JSON, or as a File.
type Read struct {
	Least Role
	// Sees is how much the read itself sees, if that is more than its reader may;
	// Nobody: also what is stored only, and what one member alone is told. Its answer must then not tell more than
	// the reader may know.
	Sees Role
	Do   func(ctx context.Context, r Reading) (any, error)
}

// File is the answer of a read that is to be kept as a file.
type File struct {
	Name  string // with its end
	Type  string // the media type
	Write func(io.Writer) error
}

// Row is one projected table row: a pointer to a GORM model, inserted or, where
// its primary key exists, replaced; or deleted by its primary key.
type Row struct {
	Put  any
	Drop any
}
