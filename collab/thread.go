package collab

import (
	"cmp"
	"encoding/json"
	"slices"

	"plenum/rooms"
)

// What the comments of a document may be at most.
const (
	MaxThreads      = 500
	MaxReplies      = 100   // of a thread
	MaxCommentUnits = 4_000 // UTF-16 units of one comment
	MaxTalkUnits    = 1_000_000
	MaxPassage      = 10_000 // UTF-16 units of text that a thread is about
	MaxCommentEdits = 50
	maxMentions     = 20
	maxQuote        = 200 // UTF-16 units of that text that are kept with the thread
)

// Thread is a conversation about a passage of the text: what began it, and the
// replies. Where the passage is, the text itself says (see anchor.go).
type Thread struct {
	ID       uint64    `json:"id"`       // the seq of the event that began it
	Quote    string    `json:"quote"`    // how the passage began then
	Resolved string    `json:"resolved"` // who has resolved it; "": it is open
	Comments []Comment `json:"comments"`
}

// Comment is one thing said in a thread, with its author as they were called
// then. Of one that was erased only its place is left.
type Comment struct {
	Seq      uint64          `json:"seq"` // of the event that it came by
	At       int64           `json:"at"`
	By       string          `json:"by"`
	Name     string          `json:"name"`
	Colour   int             `json:"colour"`
	Text     string          `json:"text"`
	Mentions []rooms.Mention `json:"mentions,omitempty"`
	Edited   bool            `json:"edited,omitempty"`
	Gone     bool            `json:"gone,omitempty"`

	held []uint64 // the events that held a text of it; the last has it now
}

// talk is the threads of a document, by id. What was handed out never changes:
// a thread is changed in a copy.
type talk struct {
	threads []Thread
	units   int // of all comments
}

func (t *talk) place(thread uint64) (at int, found bool) {
	return slices.BinarySearchFunc(t.threads, thread, func(one Thread, id uint64) int { return cmp.Compare(one.ID, id) })
}

// find is a thread, and the place of a comment in it.
func (t *talk) find(thread, comment uint64) (of Thread, at int, err error) {
	place, found := t.place(thread)
	if !found {
		return of, 0, ErrNoComment
	}
	of = t.threads[place]
	at = slices.IndexFunc(of.Comments, func(c Comment) bool { return c.Seq == comment && !c.Gone })
	if at < 0 {
		return of, 0, ErrNoComment
	}
	return of, at, nil
}

// change changes a thread, if there is one, with comments of its own.
func (t *talk) change(thread uint64, change func(*Thread)) {
	place, found := t.place(thread)
	if !found {
		return
	}
	of := t.threads[place]
	before := of.units()
	of.Comments = slices.Clone(of.Comments)
	change(&of)
	t.threads = slices.Clone(t.threads)
	t.threads[place] = of
	t.units += of.units() - before
}

func (t *talk) add(of Thread) {
	t.threads = append(t.threads[:len(t.threads):len(t.threads)], of)
	t.units += of.units()
}

func (t *talk) remove(thread uint64) {
	if place, found := t.place(thread); found {
		t.units -= t.threads[place].units()
		t.threads = slices.Delete(slices.Clone(t.threads), place, place+1)
	}
}

func (t Thread) units() (n int) {
	for _, c := range t.Comments {
		n += rooms.Units(c.Text)
	}
	return n
}

// alive is how many comments of the thread have not been erased.
func (t Thread) alive() (n int) {
	for _, c := range t.Comments {
		if !c.Gone {
			n++
		}
	}
	return n
}

// savedThread is a thread in a checkpoint: without what may be forgotten, which
// is read from the events that hold it.
type savedThread struct {
	ID       uint64         `json:"id"`
	Quote    string         `json:"quote"`
	Resolved string         `json:"resolved,omitempty"`
	Comments []savedComment `json:"comments"`
}

type savedComment struct {
	At   int64    `json:"at"`
	By   string   `json:"by"`
	Held []uint64 `json:"held"` // the first is the comment's own event
	Gone bool     `json:"gone,omitempty"`
}

func (t *talk) save() []savedThread {
	saved := make([]savedThread, len(t.threads))
	for i, of := range t.threads {
		saved[i] = savedThread{ID: of.ID, Quote: of.Quote, Resolved: of.Resolved, Comments: make([]savedComment, len(of.Comments))}
		for j, c := range of.Comments {
			saved[i].Comments[j] = savedComment{At: c.At, By: c.By, Held: c.held, Gone: c.Gone}
		}
	}
	return saved
}

func (t *talk) load(saved []savedThread) error {
	for _, from := range saved {
		of := Thread{ID: from.ID, Quote: from.Quote, Resolved: from.Resolved, Comments: make([]Comment, len(from.Comments))}
		for i, c := range from.Comments {
			if len(c.Held) == 0 {
				return errContradicts
			}
			of.Comments[i] = Comment{Seq: c.Held[0], At: c.At, By: c.By, Edited: len(c.Held) > 1 && !c.Gone, Gone: c.Gone, held: c.Held}
		}
		t.add(of)
	}
	return nil
}

// Recall places the words of comments that were loaded from a checkpoint.
func (d *Document) Recall(events []rooms.Event) {
	words := map[uint64]said{}
	for _, e := range events {
		var with said
		if json.Unmarshal(e.With, &with) == nil && with.Text != nil {
			words[e.Seq] = with
		}
	}
	for _, of := range d.talk.threads {
		for i := range of.Comments {
			c := &of.Comments[i]
			if with, ok := words[c.held[len(c.held)-1]]; ok && !c.Gone {
				c.write(with)
				d.talk.units += rooms.Units(c.Text)
			}
		}
	}
}
