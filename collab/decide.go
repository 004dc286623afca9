package collab

import (
	"encoding/json"
	"fmt"
	"strconv"

	"plenum/collab/delta"
	"plenum/rooms"
)

// hashEvery is how often an event tells the hash of the content, in revisions.
const hashEvery = 100

// Decide says what follows from a command: a version is named, something is
// said about the text, or a change is
// transformed to the present revision, if it may be made. A change that has nothing left to do is made all the same: it is a
// revision like any other.
func (d *Document) Decide(command rooms.Command) ([]rooms.Event, error) {
	switch command.Do {
	case "change", "suggest":
		return d.decideChange(command)
	case "put", "vote", "recall":
		return d.decideMotion(command)
	case "name":
		return d.decideName(command.With)
	case "unname":
		return d.decideUnname(command.With)
	case "code":
		return d.decideCode(command.With)
	case "look":
		return d.decideLook(command)
	case "import":
		return d.decideImport(command)
	case "comment", "reply", "amend", "erase", "resolve", "reopen":
		return d.decideTalk(command)
	}
	return nil, rooms.ErrUnknown
}

// decideChange moves a change to the present revision. One that is to suggest may
// do no more than that, as it is by then.
func (d *Document) decideChange(command rooms.Command) ([]rooms.Event, error) {
	asked, err := parseChange(command.With)
	if err != nil {
		return nil, err
	}
	if err := d.allowed(asked.change); err != nil {
		return nil, err
	}
	if !bringsAnchors(asked.change, command.Seq) {
		return nil, ErrFormat
	}
	if !d.accepts(asked.base, command.Peer) {
		return nil, ErrBehind
	}
	if asked.restores != nil && (*asked.restores > asked.base || command.Do == "suggest") {
		return nil, rooms.ErrMalformed
	}
	if !d.holds(brings(asked.change)) {
		return nil, ErrPolls
	}
	if err := fits(asked.change, d.text.length-d.recent.growth(asked.base)); err != nil {
		return nil, err
	}
	change, err := d.recent.transform(asked.change.Normal(), asked.base)
	if err != nil {
		return nil, err
	}
	if change, err = d.text.settle(change); err != nil {
		return nil, err
	}
	events, err := d.suggesting(command, change)
	if err != nil {
		return nil, err
	}
	with, err := d.changed(change, note{restores: asked.restores})
	if err != nil {
		return nil, err
	}
	return append(events, rooms.Event{Did: "changed", With: with}), nil
}

// suggesting refuses a change, as it meets the text, that suggests more than it
// may, ends what the room was deciding of what is another by it, and says who
// begins the suggestions in it.
func (d *Document) suggesting(command rooms.Command, change delta.Delta) ([]rooms.Event, error) {
	if command.Do == "suggest" {
		if err := d.suggests(change, command.From.ID); err != nil {
			return nil, err
		}
	}
	crowds, err := d.crowds(change)
	if err != nil {
		return nil, err
	}
	if crowds {
		return nil, ErrMarks
	}
	recalls, err := d.recalls(change)
	if err != nil {
		return nil, err
	}
	begun, err := d.begun(change, command.From)
	return append(recalls, begun...), err
}

// note is what a change is, besides what it does: that a person went back to a
// revision by it, that the room has decided so, or what was seen of polls.
type note struct {
	restores *uint64
	decided  *Decision
	polls    []Poll
}

// accepts tells whether a peer may change the document from a base: one that is
// remembered, and not from before the peer's own last change, which the change
// would otherwise be transformed over as if it were somebody else's.
func (d *Document) accepts(base uint64, peer string) bool {
	if base > d.rev || !d.recent.reaches(base) {
		return false
	}
	return peer == "" || base >= d.recent.last[peer]
}

// changed is the content of the event, if the change can be made.
func (d *Document) changed(change delta.Delta, is note) ([]byte, error) {
	if d.text.length+change.Growth() > MaxUnits {
		return nil, ErrTooBig
	}
	edits, err := d.text.plan(change)
	if err != nil {
		return nil, refused(err)
	}
	with := strconv.AppendUint([]byte(`{"rev":`), d.rev+1, 10)
	with = change.AppendJSON(append(with, `,"change":`...))
	if is.restores != nil {
		with = strconv.AppendUint(append(with, `,"restores":`...), *is.restores, 10)
	}
	if is.decided != nil {
		said, err := json.Marshal(is.decided)
		if err != nil {
			return nil, fmt.Errorf("encode a decision: %w", err)
		}
		with = append(append(with, `,"decided":`...), said...)
	}
	if len(is.polls) > 0 {
		seen, err := json.Marshal(is.polls)
		if err != nil {
			return nil, fmt.Errorf("encode polls: %w", err)
		}
		with = append(append(with, `,"polls":`...), seen...)
	}
	if (d.rev+1)%hashEvery == 0 {
		d.text.hash() // so that the copy need not read leaves that stay
		after := d.text.copy()
		after.commit(edits)
		with = fmt.Appendf(with, `,"hash":%q`, after.hash())
	}
	return append(with, '}'), nil
}
