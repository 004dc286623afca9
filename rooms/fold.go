package rooms

import (
	"context"
	"encoding/json"
	"errors"
)

// Folder is a Checkpointer whose old events can be put together: one then takes
// the place of several. It is asked outside the room, on a copy that was replayed
// for it, and changes nothing.
type Folder interface {
	// Fold tells how many of the first of these events, which follow each other in
	// the log of the activity, belong together, at least 1; and, of more than one, the content that the
	// last of them has when it stands for them all.
	Fold([]Event) (n int, with json.RawMessage, err error)
	// Pins are the events that hold on to an old one: after one of them Fold has to
	// be asked of a newer copy.
	Pins() []string
}

// Archive is a log whose old events can be put together. What it is told is
// durable when a method returns nil.
type Archive interface {
	Past
	// Aged returns the activities whose next event that was not looked through is
	// from before a time, Unix milliseconds, and from before their checkpoint: at most
	// limit, in the order of room and activity, of those after one of them.
	Aged(ctx context.Context, before int64, after Aged, limit int) ([]Aged, error)
	// Fold puts events together, as a whole or not at all. ErrMoved if the log is not as
	// the fold has it, or somebody holds on to one of them; then nothing was changed.
	Fold(ctx context.Context, f Fold) error
	// Looked notes how far an activity was looked through.
	Looked(ctx context.Context, a Aged) error
}

// Aged is an activity and how far its old events were looked through.
type Aged struct {
	Room     string
	Activity string
	Seq      uint64
}

// Fold puts the events of an activity from one seq to another, which lie before its
// checkpoint, into the last of them. By is then their author, and it is nobody's command.
type Fold struct {
	Room     string
	Activity string
	From     uint64
	Events   int // that are stored, from From to Last
	Folded   int // how many others the last one stands for then
	Last     Event
	// Nothing that did one of these has happened in the activity after Seen.
	Seen uint64
	Pins []string
}

// ErrMoved means that a log has changed since it was read: read it again.
var ErrMoved = errors.New("the log has changed since it was read")

// steadyTries is how often something is read whose old events are put together
// just then.
const steadyTries = 5

// steady reads again what was put together while it was read.
func steady[T any](read func() (T, error)) (answer T, err error) {
	for range steadyTries {
		if answer, err = read(); !errors.Is(err, ErrMoved) {
			break
		}
	}
	return answer, err
}

// folds tells whether events that somebody has not seen may hold one that stands
// for others as well.
func folds(events []Event) bool {
	for _, e := range events {
		if e.Folded > 0 {
			return true
		}
	}
	return false
}
