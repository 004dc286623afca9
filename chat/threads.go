package chat

import (
	"slices"

	"plenum/rooms"
)

// How much is known of threads: of so many that were written in last, who takes
// part in them, and their newest replies. It is what the unread is counted of.
const (
	KnownThreads = 100
	knownReplies = 30
	knownPeople  = 50
)

// Why a reply is refused.
var (
	ErrNested    = rooms.Refuse("nested", "A reply has no thread of its own. Answer in the thread that it stands in.")
	ErrElsewhere = rooms.Refuse("elsewhere", "That message stands in another thread.")
)

// Replies are what a message shows of its thread.
type Replies struct {
	Count int   `json:"count"` // of those that were not deleted
	Last  int64 `json:"last"`  // when the last was written, Unix milliseconds
}

// thread is what is known of one: enough to say what of it a member who takes
// part has not read. Its lists are never written again once they are in it.
type thread struct {
	Of     uint64  `json:"of"`     // the message that it begins with
	Newest []reply `json:"newest"` // that were not deleted, oldest first
	People []taker `json:"people"` // who began it, and then who wrote in it, the last to come last
}

type reply struct {
	Seq uint64 `json:"seq"`
	By  string `json:"by"`
}

// taker is somebody who takes part in a thread and has read through a seq.
type taker struct {
	ID   string `json:"id"`
	Read uint64 `json:"read"`
}

// Unread are the replies in a thread that a member takes part in and has not
// read, oldest first; of very many the newest.
type Unread struct {
	Thread uint64   `json:"thread"`
	Seqs   []uint64 `json:"seqs"`
}

// decideReply says a message in a thread: the message that it begins with must
// be there, or have been answered before it was deleted.
func (c *Chat) decideReply(command rooms.Command, root, to uint64, content said) ([]rooms.Event, error) {
	first, err := c.first(root, command.Past)
	if err != nil {
		return nil, err
	}
	if to > 0 {
		answered, err := c.message(to, command.Past)
		switch {
		case err != nil:
			return nil, err
		case to != root && answered.Thread != root:
			return nil, ErrElsewhere
		}
		content.To = to
	}
	now := &Replies{Count: first.Replies.count() + 1, Last: command.At}
	content.inThread = inThread{Thread: root, Began: first.By, Replies: now}
	return happened("said", Message{Thread: root}, 0, content)
}

// count is 0 where there are none.
func (r *Replies) count() int {
	if r == nil {
		return 0
	}
	return r.Count
}

// shown are the replies as a message shows them: nothing of none.
func (r *Replies) shown() *Replies {
	if r.count() == 0 {
		return nil
	}
	return r
}

// first is the message that a thread begins with, with what it shows of it.
func (c *Chat) first(root uint64, past []rooms.Event) (Message, error) {
	m, found, err := c.find(root, past)
	switch {
	case err != nil:
		return Message{}, err
	case found && m.Thread > 0:
		return Message{}, ErrNested
	case !found || m.Gone && m.Replies == nil:
		return Message{}, ErrNoSuch
	}
	return m, nil
}

// repliesNow are what the first message of a thread shows of it.
func (c *Chat) repliesNow(root uint64, past []rooms.Event) *Replies {
	if at, ok := c.window.find(root); ok {
		return c.window.messages[at].Replies
	}
	return repliesOf(root, past)
}

// repliesOf are what the newest of some events says of a thread.
func repliesOf(root uint64, events []rooms.Event) (now *Replies) {
	for _, e := range events {
		if e.Thread != root || e.Did != "said" && e.Did != "edited" && e.Did != "deleted" {
			continue
		}
		var with struct {
			Replies *Replies `json:"replies"`
		}
		if read(e, &with) == nil && with.Replies != nil {
			now = with.Replies
		}
	}
	return now.shown()
}

// applyInThread places what was said in a thread, and what became of it, into
// what is known of threads.
func (c *Chat) applyInThread(e rooms.Event) {
	var with deleted // has all that matters of the others
	if err := read(e, &with); err != nil {
		panic(err)
	}
	if with.Replies != nil {
		c.window.change(e.Thread, func(m *Message) { m.Replies = with.Replies.shown() })
	}
	switch e.Did {
	case "said":
		c.replied(e, with.Began)
	case "deleted":
		at := c.known(e.Thread)
		if at < 0 {
			return
		}
		t := c.threads[at]
		t.Newest = slices.DeleteFunc(slices.Clone(t.Newest), func(r reply) bool { return r.Seq == with.Of })
		c.setThread(at, t)
	}
}

// replied notes a reply: its thread is the one that was written in last.
func (c *Chat) replied(e rooms.Event, began string) {
	t := thread{Of: e.Thread, People: []taker{{ID: began}}}
	all := slices.Clone(c.threads)
	if at := c.known(e.Thread); at >= 0 {
		t = all[at]
		all = slices.Delete(all, at, at+1)
	}
	t.Newest = last(append(slices.Clone(t.Newest), reply{e.Seq, e.By}), knownReplies)
	// Who comes to write has not missed what was said before.
	read := e.Seq
	people := slices.DeleteFunc(slices.Clone(t.People), func(one taker) bool {
		if one.ID == e.By {
			read = one.Read
		}
		return one.ID == e.By
	})
	t.People = last(append(people, taker{e.By, read}), knownPeople)
	c.threads = last(append(all, t), KnownThreads)
}

// last are the last so many.
func last[T any](all []T, most int) []T { return all[max(0, len(all)-most):] }

// known is the place of a thread among those known, or -1.
func (c *Chat) known(of uint64) int {
	return slices.IndexFunc(c.threads, func(t thread) bool { return t.Of == of })
}

func (c *Chat) setThread(at int, t thread) {
	c.threads = slices.Clone(c.threads)
	c.threads[at] = t
}

// reads tells through which seq a member has read a thread in which they take part.
func (t thread) reads(member string) (through uint64, takes bool) {
	at := slices.IndexFunc(t.People, func(one taker) bool { return one.ID == member })
	if at < 0 {
		return 0, false
	}
	return t.People[at].Read, true
}

// unread are the threads in which a member takes part, with what of each they
// have not read.
func (c *Chat) unread(member string) []Unread {
	var all []Unread
	for _, t := range c.threads {
		through, takes := t.reads(member)
		if !takes {
			continue
		}
		seqs := []uint64{}
		for _, r := range t.Newest {
			if r.Seq > through && r.By != member {
				seqs = append(seqs, r.Seq)
			}
		}
		all = append(all, Unread{t.Of, seqs})
	}
	return all
}

// applyReadThread notes how far a member has read a thread.
func (c *Chat) applyReadThread(e rooms.Event, through uint64) {
	at := c.known(e.Thread)
	if at < 0 {
		return
	}
	t := c.threads[at]
	t.People = slices.Clone(t.People)
	for i := range t.People {
		if one := &t.People[i]; one.ID == e.By {
			one.Read = max(one.Read, through)
		}
	}
	c.setThread(at, t)
}
