package chat

import (
	"slices"
	"sort"
)

// How much of a chat is kept at hand: whichever comes first, but always the
// newest message. The second limit keeps a view of very long messages small
// enough to be encoded inside a room.
const (
	WindowMessages = 100
	WindowUnits    = 64_000 // UTF-16 units of text
)

// window is the newest messages, oldest first. What was handed out is never
// written again: a message that changes is changed in a copy of the list.
type window struct {
	messages []Message
	units    int
	whole    bool // nothing is let go: a page of older messages
}

// add puts a message at the end and lets the oldest go that are too much.
func (w *window) add(m Message) {
	w.messages = append(w.messages, m)
	w.units += m.units
	w.trim()
}

// trim lets the oldest go. It counts forgotten text as it was then: else the log
// would give another window than was lived.
func (w *window) trim() {
	if w.whole {
		return
	}
	for len(w.messages) > WindowMessages || (w.units > WindowUnits && len(w.messages) > 1) {
		w.units -= w.messages[0].units
		w.messages = w.messages[1:]
	}
}

// find is the place of a message; not ok if it is not at hand.
func (w *window) find(seq uint64) (at int, ok bool) {
	at = sort.Search(len(w.messages), func(i int) bool { return w.messages[i].Seq >= seq })
	return at, at < len(w.messages) && w.messages[at].Seq == seq
}

// change gives a message other content, if it is at hand.
func (w *window) change(seq uint64, change func(*Message)) {
	at, ok := w.find(seq)
	if !ok {
		return
	}
	m := w.messages[at]
	before := m.units
	change(&m)
	w.messages = slices.Clone(w.messages)
	w.messages[at] = m
	w.units += m.units - before
	w.trim()
}

// shown is the window as it is now and will stay: later messages are appended
// behind its end.
func (w *window) shown() []Message {
	if len(w.messages) == 0 {
		return []Message{}
	}
	return w.messages[:len(w.messages):len(w.messages)]
}
