package chat

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"

	"plenum/rooms"
)

// began is the content of the event that begins a talk: who wrote first, and to whom.
type began struct {
	People [2]Person `json:"people"`
}

// blockedEvent is the content of the event by which a member blocks another.
type blockedEvent struct {
	Person
	On bool `json:"on"`
}

// Apply places what happened. It panics at an event that no version of this
// kind has written.
func (d *Talks) Apply(e rooms.Event) {
	switch e.Did {
	case "nothing", "edited", "reacted": // what was said so is read of the log
	case "began":
		var with began
		must(read(e, &with))
		d.begin(e.Seq, with)
	case "said":
		d.change(e.Thread, func(t *talk) { t.said(e) })
		d.written(e)
	case "deleted":
		var with deleted
		must(read(e, &with))
		d.change(e.Thread, func(t *talk) {
			for side := range t.People {
				t.People[side].leave(func(seq uint64) bool { return seq == with.Of })
			}
		})
	case "read":
		var with readThrough
		must(read(e, &with))
		d.change(e.Thread, func(t *talk) {
			p := &t.People[t.side(e.By)]
			p.Read = max(p.Read, with.Seq)
			p.leave(func(seq uint64) bool { return seq <= p.Read })
		})
	case "blocked":
		var with blockedEvent
		must(read(e, &with))
		d.applyBlock(e.By, with)
	default:
		panic(fmt.Errorf("direct: event %d did %q", e.Seq, e.Did))
	}
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func (d *Talks) begin(of uint64, with began) {
	one, other := with.People[0], with.People[1]
	d.all[of] = &talk{Of: of, People: [2]party{{Person: one}, {Person: other}}}
	d.between[pair(one.ID, other.ID)] = of
	d.begun[one.ID]++
}

// change changes a copy of a talk.
func (d *Talks) change(of uint64, how func(*talk)) {
	t := *d.all[of]
	how(&t)
	d.all[of] = &t
}

// said notes a message for who sees it.
func (t *talk) said(e rooms.Event) {
	for side := range t.People {
		p := &t.People[side]
		if !e.To.Sees(rooms.Member{ID: p.ID}) {
			continue
		}
		p.Last, p.At = e.Seq, e.At
		if p.ID != e.By {
			p.Unread = last(append(slices.Clone(p.Unread), e.Seq), mostUnread)
		}
	}
}

// leave takes seqs out of what is unread.
func (p *party) leave(gone func(uint64) bool) {
	p.Unread = slices.DeleteFunc(slices.Clone(p.Unread), gone)
	if len(p.Unread) == 0 {
		p.Unread = nil
	}
}

// written puts a talk at the end of the lists of those who see the message.
func (d *Talks) written(e rooms.Event) {
	for _, p := range d.all[e.Thread].People {
		if p.Last != e.Seq {
			continue
		}
		all := slices.DeleteFunc(slices.Clone(d.of[p.ID]), func(of uint64) bool { return of == e.Thread })
		d.of[p.ID] = append(all, e.Thread)
	}
}

func (d *Talks) applyBlock(by string, with blockedEvent) {
	all := slices.DeleteFunc(slices.Clone(d.blocks[by]), func(p Person) bool { return p.ID == with.ID })
	if with.On {
		all = append(all, with.Person)
	}
	if len(all) == 0 {
		delete(d.blocks, by)
		return
	}
	d.blocks[by] = all
}

// Load restores what Save has written.
func (d *Talks) Load(state []byte) error {
	var from savedTalks
	if err := json.Unmarshal(state, &from); err != nil {
		return fmt.Errorf("read the checkpoint of direct messages: %w", err)
	}
	if from.Blocks != nil {
		d.blocks = from.Blocks
	}
	for _, t := range from.Talks {
		one, other := t.People[0].ID, t.People[1].ID
		d.all[t.Of], d.between[pair(one, other)] = t, t.Of
		d.begun[one]++
		for _, p := range t.People {
			if p.Last > 0 {
				d.of[p.ID] = append(d.of[p.ID], t.Of)
			}
		}
	}
	for member, all := range d.of {
		slices.SortFunc(all, func(a, b uint64) int {
			return cmp.Compare(d.all[a].lastOf(member), d.all[b].lastOf(member))
		})
	}
	return nil
}

func (t *talk) lastOf(member string) uint64 { return t.People[t.side(member)].Last }
