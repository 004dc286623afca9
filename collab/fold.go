package collab

import (
	"encoding/json"
	"fmt"
	"slices"

	"plenum/collab/delta"
	"plenum/rooms"
)

// foldedBytes is how long the contents of changes that are put together may be.
const foldedBytes = 64 << 10

// folded is what a change tells of those that it stands for: the last of them has
// its revision. In Change, every insert that is not by the event's author has
// who wrote it as an attribute (see author).
type folded struct {
	From    uint64  `json:"from"`         // the revision before the first
	Start   int64   `json:"start"`        // when the first was made
	By      []Share `json:"by,omitempty"` // if not all are by the event's author
	Added   int     `json:"added"`        // UTF-16 units, as they were typed
	Removed int     `json:"removed"`
}

// from is the revision that a change was made to.
func (c changed) from() uint64 {
	if c.Folded != nil {
		return c.Folded.From
	}
	return c.Rev - 1
}

// authors are those who made a change that an event by one of them holds.
func (c changed) authors(by string) []string {
	if c.Folded == nil || len(c.Folded.By) == 0 {
		return []string{by}
	}
	ids := make([]string, len(c.Folded.By))
	for i, s := range c.Folded.By {
		ids[i] = s.ID
	}
	return ids
}

// chunk is what happened, as it was before it was put together.
func (f *folded) chunk(e rooms.Event, c changed) Chunk {
	by := slices.Clone(f.By)
	if len(by) == 0 {
		by = []Share{{e.By, int(c.Rev - f.From)}}
	}
	return Chunk{From: f.From, To: c.Rev, Start: f.Start, End: e.At, By: by, Added: f.Added, Removed: f.Removed}
}

// first is who made the first of its changes, of one that is not fitted yet.
func (c *Chunk) first() string { return c.By[0].ID }

// untagged is a change as it is made to the text of a document.
func untagged(c changed) delta.Delta {
	if c.Folded == nil || len(c.Folded.By) == 0 {
		return c.Change
	}
	out := make(delta.Delta, len(c.Change))
	for i, o := range c.Change {
		out[i] = o
		if o.Inserts() {
			out[i], _ = untag(o)
		}
	}
	return out.Normal()
}

// Pins are the events after which a revision must stay as it is.
func (d *Document) Pins() []string { return []string{"named"} }

// Fold puts the changes together that the history shows as one: without a pause
// between them, and without anything else in the document. What somebody went
// back to something by, what the room did or decided, what brings a poll, and
// every named version stays as it is.
func (d *Document) Fold(events []rooms.Event) (n int, with json.RawMessage, err error) {
	var g grouper
	g.pause = basePause
	var all []delta.Delta
	var last changed
	bytes := 0
	for _, e := range events {
		c, ok := foldable(e)
		bytes += len(e.With)
		if !ok || n > 0 && bytes > foldedBytes {
			break
		}
		if g.add(e, c); len(g.chunks) > 1 {
			g.chunks = g.chunks[:1]
			break
		}
		all, last = append(all, c.tagged(e.By, events[0].By)), c
		n++
		if _, named := d.version(c.Rev); named {
			break
		}
	}
	if n < 2 {
		return 1, nil, nil
	}
	change, err := delta.ComposeAll(all)
	if err != nil {
		return 0, nil, fmt.Errorf("put %d changes through revision %d together: %w", n, last.Rev, err)
	}
	is := g.chunks[0]
	f := folded{From: is.From, Start: is.Start, Added: is.Added, Removed: is.Removed}
	if len(is.By) > 1 {
		f.By = is.By
	}
	with, err = json.Marshal(struct {
		Rev    uint64      `json:"rev"`
		Change delta.Delta `json:"change"`
		Folded folded      `json:"folded"`
	}{last.Rev, change, f})
	return n, with, err
}

// foldable reads an event that is a person's change and nothing else.
func foldable(e rooms.Event) (changed, bool) {
	if e.Did != "changed" || e.By == "" || e.About != 0 || e.Thread != 0 || e.Erasable || e.To != (rooms.Audience{}) {
		return changed{}, false
	}
	c, err := readChanged(e)
	return c, err == nil && c.Restores == nil && c.Decided == nil && len(c.Polls) == 0 && len(brings(c.Change)) == 0
}

// tagged is a change by somebody in which every insert by another than one of
// them says so.
func (c changed) tagged(by, but string) delta.Delta {
	if by == but {
		return c.Change
	}
	return tag(c.Change, by)
}
