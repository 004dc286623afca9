package collab

import (
	"iter"
	"strconv"
	"strings"

	"plenum/collab/delta"
)

// An anchor is the attribute with which a thread of comments hangs on its text:
// "comment-" and the thread's id. So it moves with the text, comes back with it
// by undo, and dies with it. Only the server lays it on text that is there, as an
// outcome of the command "comment"; a change may bring it along on what it
// inserts.

const anchorPrefix = "comment-"

// maxAnchors is how many threads may hang on one piece of text.
const maxAnchors = 32

func anchorOf(thread uint64) string { return anchorPrefix + strconv.FormatUint(thread, 10) }

// anchored is the thread whose anchor an attribute is.
func anchored(name string) (thread uint64, ok bool) {
	digits, ok := strings.CutPrefix(name, anchorPrefix)
	if !ok {
		return 0, false
	}
	thread, err := strconv.ParseUint(digits, 10, 63)
	return thread, err == nil && anchorOf(thread) == name && thread > 0
}

// anchors is how many of some attributes are anchors.
func anchors(a delta.Attributes) (n int) {
	for i := range a {
		if strings.HasPrefix(a[i].Name, anchorPrefix) {
			n++
		}
	}
	return n
}

// bringsAnchors tells whether a change has only anchors that it may have: those
// of threads before a seq, on what it inserts.
func bringsAnchors(change delta.Delta, before uint64) bool {
	for _, o := range change {
		for _, a := range o.Attributes() {
			if thread, ok := anchored(a.Name); ok && (!o.Inserts() || thread >= before) {
				return false
			}
		}
	}
	return true
}

// bare is a piece of a document without anchors.
func bare(piece delta.Delta) delta.Delta {
	var out delta.Delta // from the first operation that has some
	for i, o := range piece {
		a := o.Attributes()
		if anchors(a) == 0 {
			if out != nil {
				out = append(out, o)
			}
			continue
		}
		if out == nil {
			out = append(make(delta.Delta, 0, len(piece)), piece[:i]...)
		}
		var kept delta.Attributes
		for j := range a {
			if !strings.HasPrefix(a[j].Name, anchorPrefix) {
				kept = append(kept, a[j])
			}
		}
		out = append(out, o.With(kept))
	}
	if out == nil {
		return piece
	}
	return out
}

// bare is the content without anchors.
func (t *text) bare() iter.Seq[delta.Delta] {
	return func(yield func(delta.Delta) bool) {
		for piece := range t.pieces() {
			if !yield(bare(piece)) {
				return
			}
		}
	}
}

// unanchor is the change that takes an anchor away wherever it is; nothing, if
// it is nowhere.
func (t *text) unanchor(thread uint64) delta.Delta {
	name := anchorOf(thread)
	off := delta.Attributed(delta.Attribute{Name: name, Value: delta.Null})
	var out delta.Delta
	at := 0
	for i := range t.leaves {
		for _, o := range t.leaves[i].ops {
			if o.Attributes().Get(name) == "" {
				at += o.Len()
				continue
			}
			if at > 0 {
				out = append(out, delta.Keep(at, nil))
				at = 0
			}
			out = keep(out, o.Len(), off)
		}
	}
	return out
}
