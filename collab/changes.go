package collab

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"plenum/collab/delta"
	"plenum/rooms"
)

// What one read of changes goes through at most. Who was away for longer opens
// the document anew.
const (
	maxCatchUp      = 100_000  // changes
	maxCatchUpBytes = 32 << 20 // of their events
	catchUpPage     = 2000     // events read at a time
)

// Changes is what happened to a document from one revision to its head.
type Changes struct {
	Steps []Step `json:"steps"`
	Rev   uint64 `json:"rev"`
	Polls []Poll `json:"polls,omitempty"` // what was seen of them meanwhile
}

// Step is one or more changes as one, from a revision to another. A change of
// the peer that asks is a step of its own, with its number: the peer must not
// take it for somebody else's.
type Step struct {
	Own    bool        `json:"own,omitempty"`
	N      uint64      `json:"n,omitempty"`
	From   uint64      `json:"from"`
	To     uint64      `json:"to"`
	Change delta.Delta `json:"change"`
}

// changes is the named read {from, peer}: Changes since the revision from, as
// seen by a peer. Refused as "behind" if that is too much, or not kept.
func changes(ctx context.Context, r rooms.Reading) (any, error) {
	from, err := strconv.ParseUint(r.Ask["from"], 10, 63)
	if err != nil {
		return nil, rooms.ErrMalformed
	}
	done, err := since(ctx, r, from)
	if err != nil {
		return nil, err
	}
	answer, err := catchUp(done, from, r.Ask["peer"])
	for _, c := range done {
		answer.Polls = placed(answer.Polls, c.with.Polls)
	}
	return answer, err
}

// catchUp makes steps of changes: the peer's own one by one, those of others
// between them composed.
func catchUp(done []committed, from uint64, peer string) (Changes, error) {
	answer := Changes{Steps: []Step{}, Rev: from}
	for len(done) > 0 {
		if own := done[0]; own.by(peer) {
			answer.add(Step{Own: true, N: own.n, Change: own.with.Change}, 1)
			done = done[1:]
			continue
		}
		var others []delta.Delta
		for len(done) > 0 && !done[0].by(peer) {
			others = append(others, done[0].with.Change)
			done = done[1:]
		}
		change, err := delta.ComposeAll(others)
		if err != nil {
			return answer, fmt.Errorf("compose the changes after revision %d: %w", answer.Rev, err)
		}
		answer.add(Step{Change: change}, len(others))
	}
	return answer, nil
}

// add puts a step of so many changes at the end.
func (c *Changes) add(s Step, changes int) {
	s.From = c.Rev
	c.Rev += uint64(changes)
	s.To = c.Rev
	c.Steps = append(c.Steps, s)
}

// committed is one change as it is in the log.
type committed struct {
	with changed
	peer string
	n    uint64
}

func (c committed) by(peer string) bool { return peer != "" && c.peer == peer }

// since reads the changes after a revision from the log, newest first, as the
// log does not know revisions, and returns them oldest first.
func since(ctx context.Context, r rooms.Reading, from uint64) ([]committed, error) {
	var done []committed // newest first
	before, bytes := uint64(0), 0
	for {
		events, err := r.Events(ctx, 0, before, catchUpPage, true)
		if err != nil {
			return nil, err
		}
		for _, e := range slices.Backward(events) {
			before = e.Seq
			if e.Did != "changed" {
				continue
			}
			with, err := readChanged(e)
			if err != nil {
				return nil, err
			}
			if with.Rev <= from {
				return inOrder(done, from, with.Rev)
			}
			if with.Folded != nil {
				return nil, ErrBehind // the peer's own would not be told from others'
			}
			done = append(done, committed{with, e.Peer, e.N})
			if bytes += len(e.With); bytes > maxCatchUpBytes || len(done) > maxCatchUp {
				return nil, ErrBehind
			}
		}
		if len(events) == 0 {
			return inOrder(done, from, 0)
		}
	}
}

// inOrder turns changes round. They must go on from the revision that was asked
// for; if there are none, that must be newest, the one that was found instead.
func inOrder(done []committed, from, newest uint64) ([]committed, error) {
	slices.Reverse(done)
	if len(done) == 0 && newest != from || len(done) > 0 && done[0].with.Rev != from+1 {
		return nil, ErrBehind
	}
	return done, nil
}
