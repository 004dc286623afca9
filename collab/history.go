package collab

import (
	"context"
	"encoding/json"
	"iter"
	"math"
	"slices"
	"strconv"

	"plenum/collab/delta"
	"plenum/rooms"
)

// The history of a document is its log. The reads here go through it from the
// last frame before what is asked (see frame.go), so that a long history costs
// no more than a short one.

// What one read of the history gives at most.
const (
	maxChunks       = 500 // of a time line
	maxSteps        = 500 // of a playback
	maxPlayed       = 20_000
	maxPlayedBytes  = 4 << 20 // of the events that a playback goes through
	maxAuthorRuns   = 200_000
	fineRange       = 2000 // a time line of so few changes is made from them
	finePause       = 5_000
	defaultChunks   = 200
	defaultSteps    = 100
	walkersAtATime  = 4
	maxAuthorsNamed = 16 // of a chunk or a step
)

// What a read of the history is refused for.
var (
	ErrPreparing = rooms.Refuse("preparing", "The history of this document is being prepared. Ask again in a moment.")
	ErrParts     = rooms.Refuse("parts", "Ask for 1 to 500 parts at a time.")
	ErrRange     = rooms.Refuse("range", "This document does not have those revisions.")
)

// Timeline is what happened between two revisions, in chunks. The first and
// the last chunk may reach further.
type Timeline struct {
	From    uint64   `json:"from"`
	To      uint64   `json:"to"`
	Keeping int      `json:"keeping"` // how many days single changes are kept; rooms.Forever
	Chunks  []Chunk  `json:"chunks"`
	People  []Person `json:"people"` // those who are named in the chunks
}

// Revision is the content at a revision and who made it, when.
type Revision struct {
	Rev     uint64          `json:"rev"`
	At      int64           `json:"at"` // 0: as it was made
	By      string          `json:"by"`
	Content json.RawMessage `json:"content"`
	Polls   []Poll          `json:"polls,omitempty"` // by name, as they were seen then

	Authors []Run    `json:"authors,omitempty"` // of the whole content, if asked for
	People  []Person `json:"people"`
}

// Run is a stretch of text that one member wrote; nobody, if it was there
// from the beginning.
type Run struct {
	By     string `json:"by"`
	Length int    `json:"length"`
}

// Person is a member as the history names them, also one who has been removed.
type Person struct {
	ID     string `json:"id"`
	Name   string `json:"name"`
	Colour int    `json:"colour"`
}

// Playback is the changes between two revisions in steps, as far as one answer goes.
type Playback struct {
	From   uint64   `json:"from"`
	To     uint64   `json:"to"`
	Steps  []Played `json:"steps"`
	People []Person `json:"people"`
}

// Played is some changes as one, and who made them; At is the time of the last.
type Played struct {
	To     uint64      `json:"to"`
	At     int64       `json:"at"`
	By     []string    `json:"by"`
	Change delta.Delta `json:"change"`
	Polls  []Poll      `json:"polls,omitempty"` // what was seen of them
}

// timeline is the named read {from, to, most}: a Timeline of at most so many chunks.
func timeline(ctx context.Context, r rooms.Reading) (any, error) {
	from, to, most, err := span(r, defaultChunks, maxChunks)
	if err != nil {
		return nil, err
	}
	answer := Timeline{From: from, Keeping: r.Keeping, Chunks: []Chunk{}}
	g := grouper{pause: basePause}
	if to-from > fineRange {
		frames, err := r.Frames.Between(ctx, from, to)
		if err != nil {
			return nil, err
		}
		for _, f := range frames {
			index, err := readIndex(f)
			if err != nil {
				break // a damaged one is made again by the walk
			}
			if index.From > from { // frames before it went with what was put together
				if from, err = g.walk(ctx, r, from, index.From); err != nil {
					return nil, err
				}
				if from > index.From { // it begins within what was put together
					if from, err = g.walk(ctx, r, from, f.Place); err != nil {
						return nil, err
					}
					continue
				}
			}
			g.chunks = append(g.chunks, index.Chunks...)
			from = f.Place
		}
	} else {
		g.pause = finePause
	}
	if answer.To, err = g.walk(ctx, r, from, to); err != nil {
		return nil, err
	}
	answer.Chunks = fit(g.chunks, most)
	answer.People, err = people(ctx, r, authorsOf(answer.Chunks))
	return answer, err
}

// walk adds the changes from one revision to another, and tells how far it came.
func (g *grouper) walk(ctx context.Context, r rooms.Reading, from, to uint64) (uint64, error) {
	w, err := walkTo(ctx, r, from)
	if err != nil {
		return 0, err
	}
	defer w.end()
	err = w.walk(ctx, to, func(e rooms.Event, c changed) error { g.add(e, c); return nil })
	return w.rev, err
}

// revision is the named read {rev, authors}: the Revision, the newest if none is
// said, and if asked who wrote what. Of one that is kept no more it is the last before it that is.
func revision(ctx context.Context, r rooms.Reading) (any, error) {
	rev, err := number(r, "rev", math.MaxInt64)
	if err != nil {
		return nil, err
	}
	w, err := walkTo(ctx, r, rev)
	if err != nil {
		return nil, err
	}
	defer w.end()
	answer := Revision{Rev: w.rev, At: w.at, By: w.by, Polls: visible(w.polls)}
	content, runs := w.content()
	answer.Content = content
	by := []string{w.by}
	if r.Ask["authors"] != "" {
		if len(runs) > maxAuthorRuns {
			return nil, ErrTooBig
		}
		answer.Authors = runs
		for _, run := range runs {
			by = append(by, run.By)
		}
	}
	answer.People, err = people(ctx, r, by)
	return answer, err
}

// playback is the named read {from, to, most}: a Playback in at most so many steps.
func playback(ctx context.Context, r rooms.Reading) (any, error) {
	from, to, most, err := span(r, defaultSteps, maxSteps)
	if err != nil {
		return nil, err
	}
	w, err := walkTo(ctx, r, from)
	if err != nil {
		return nil, err
	}
	defer w.end()
	answer := Playback{From: w.rev, To: w.rev, Steps: []Played{}}
	var done []made
	size := 0
	err = w.walk(ctx, min(to, from+maxPlayed), func(e rooms.Event, c changed) error {
		done = append(done, made{untagged(c), c.authors(e.By), e.At, c.Polls, c.Rev})
		if size += len(e.With); size > maxPlayedBytes {
			return errEnough
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	var by []string
	for part := range slices.Chunk(done, max(1, (len(done)+most-1)/most)) {
		step, err := played(part)
		if err != nil {
			return nil, err
		}
		answer.To = part[len(part)-1].rev
		step.To = answer.To
		answer.Steps = append(answer.Steps, step)
		by = append(by, step.By...)
	}
	answer.People, err = people(ctx, r, by)
	return answer, err
}

// made is one change, or what stands for several, and who made it.
type made struct {
	change delta.Delta
	by     []string
	at     int64
	polls  []Poll
	rev    uint64
}

func played(part []made) (Played, error) {
	step := Played{At: part[len(part)-1].at, By: []string{}}
	changes := make([]delta.Delta, len(part))
	for i, d := range part {
		changes[i] = d.change
		step.Polls = placed(step.Polls, d.polls)
		for _, by := range d.by {
			if len(step.By) < maxAuthorsNamed && !slices.Contains(step.By, by) {
				step.By = append(step.By, by)
			}
		}
	}
	var err error
	step.Change, err = delta.ComposeAll(changes)
	return step, err
}

// span reads {from, to, most}. Without a to, it is as far as there is.
func span(r rooms.Reading, usual, limit int) (from, to uint64, most int, err error) {
	if from, err = number(r, "from", 0); err != nil {
		return 0, 0, 0, err
	}
	if to, err = number(r, "to", math.MaxInt64); err != nil {
		return 0, 0, 0, err
	}
	n, err := number(r, "most", uint64(usual))
	switch {
	case err != nil:
		return 0, 0, 0, err
	case n < 1 || n > uint64(limit):
		return 0, 0, 0, ErrParts
	case to < from:
		return 0, 0, 0, ErrRange
	}
	return from, to, int(n), nil
}

func number(r rooms.Reading, name string, otherwise uint64) (uint64, error) {
	asked, ok := r.Ask[name]
	if !ok {
		return otherwise, nil
	}
	n, err := strconv.ParseUint(asked, 10, 63)
	if err != nil {
		return 0, rooms.ErrMalformed
	}
	return n, nil
}

// people are the members of some ids, each once.
func people(ctx context.Context, r rooms.Reading, ids []string) ([]Person, error) {
	slices.Sort(ids)
	ids = slices.DeleteFunc(slices.Compact(ids), func(id string) bool { return id == "" })
	members, err := r.People(ctx, ids)
	if err != nil {
		return nil, err
	}
	named := make([]Person, len(members))
	for i, m := range members {
		named[i] = Person{m.ID, m.Name, m.Colour}
	}
	return named, nil
}

// content is the text without who wrote it, and who did.
func (w *walker) content() (json.RawMessage, []Run) {
	var runs []Run
	plain := w.plain(func(by string, length int) {
		if last := len(runs) - 1; last >= 0 && runs[last].By == by {
			runs[last].Length += length
		} else {
			runs = append(runs, Run{by, length})
		}
	})
	return delta.AppendDocument(nil, plain), runs
}

// plain is the text as the document has it, in pieces; who wrote each insert is
// told on the way.
func (w *walker) plain(wrote func(by string, length int)) iter.Seq[delta.Delta] {
	return func(yield func(delta.Delta) bool) {
		for piece := range w.text.pieces() {
			out := make(delta.Delta, len(piece))
			for i, o := range piece {
				var by string
				out[i], by = untag(o)
				wrote(by, o.Len())
			}
			if !yield(out) {
				return
			}
		}
	}
}
