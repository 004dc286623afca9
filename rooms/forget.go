package rooms

import (
	"encoding/json"
	"fmt"
	"slices"
)

// Blank is what stays of an event that is forgotten: its place, and what its
// kind needs to replay it, which must not tell what it said.
type Blank struct {
	Seq  uint64
	With json.RawMessage // nil: nothing
}

// Forgotten is an event whose content the log forgets with a batch, if it is of
// the activity and did one of the things that may be forgotten.
type Forgotten struct {
	In   string
	Dids []string
	Blank
}

// forgets are the earlier events of its activity that an event makes forgotten.
func (k Kind) forgets(e Event) []Forgotten {
	if k.Forgets == nil {
		return nil
	}
	var all []Forgotten
	for _, b := range k.Forgets(e) {
		if b.Seq > 0 && b.Seq < e.Seq {
			all = append(all, Forgotten{In: e.In, Dids: k.Forgettable, Blank: b})
		}
	}
	return all
}

// forget notes what an event of this turn makes forgotten.
func (t *turn) forget(s *slot, e Event) {
	gone := s.kind.forgets(e)
	if len(gone) == 0 {
		return
	}
	t.forgotten = append(t.forgotten, gone...)
	t.forgot[s] = struct{}{}
	s.views = nil
}

// blank takes the content out of the events of this turn that a later one makes
// forgotten: it is never stored.
func (t *turn) blank() {
	first := t.r.head.Seq + 1
	for _, f := range t.forgotten {
		if f.Seq < first {
			continue
		}
		if e := &t.events[f.Seq-first]; e.In == f.In && slices.Contains(f.Dids, e.Did) {
			e.With, e.About = orNull(f.With), 0
		}
	}
}

// savedAnew are checkpoints of the activities that forgot something, for the
// same transaction: the checkpoints of before hold what is forgotten, and a save
// that is under way now is older than these.
func (t *turn) savedAnew() ([]Checkpoint, error) {
	var all []Checkpoint
	for s := range t.forgot {
		saved, ok := s.act.(Checkpointer)
		if _, apart := s.act.(Recaller); apart || !ok || s.kind.Contentless {
			continue
		}
		c := Checkpoint{Room: t.r.id, Activity: s.id, Seq: s.changed, Format: s.kind.Format}
		err := sound(func() (err error) { c.State, err = saved.Save()(); return err })
		if err != nil {
			return nil, fmt.Errorf("save %s, which forgets: %w", s.id, err)
		}
		all = append(all, c)
		s.events, s.bytes = 0, 0
	}
	return all, nil
}

// forgottenBy is what events that were found committed have made forgotten.
func (r *Room) forgottenBy(events []Event) []Forgotten {
	var all []Forgotten
	for _, e := range events {
		all = append(all, r.kindOf(e.In).forgets(e)...)
	}
	return all
}

// forget blanks what is still kept to be told.
func (f *fan) forget(gone []Forgotten) {
	for _, g := range gone {
		i := len(f.ring) - len(f.after(g.Seq-1))
		if i == len(f.ring) || f.ring[i].seq != g.Seq || f.ring[i].in != g.In {
			continue
		}
		f.size -= len(f.ring[i].json)
		f.ring[i].json = blankTold(f.ring[i].json, g)
		f.size += len(f.ring[i].json)
	}
}

// blankTold is an event as it is told, without what it said.
func blankTold(told []byte, g Forgotten) []byte {
	var e toldJSON
	decode(told, &e)
	if !slices.Contains(g.Dids, e.Did) {
		return told
	}
	e.With, e.About = orNull(g.With), 0
	return mustJSON(e)
}
