package rooms

import (
	"cmp"
	"context"
	"slices"
)

// past is a part of an activity's past that is read for one command.
type past struct {
	a      *ask
	seqs   []uint64
	events []Event
	stale  bool     // something has happened to these events since they were read
	moved  []uint64 // the threads in which something has happened since
}

// wants lets a command wait for what its activity wants to know of its past,
// with what its peer sends after it. It reports whether it waits.
func (r *Room) wants(s *slot, q *queue, a *ask) bool {
	w, ok := s.act.(Wanter)
	if !ok {
		return false
	}
	if a.past != nil {
		a.c.Past = a.past.events // just read, and this is the first command since
		return false
	}
	var seqs []uint64
	if err := sound(func() error { seqs = w.Wants(a.c); return nil }); err != nil {
		r.unsound(s.id, err)
	}
	if len(seqs) == 0 {
		return false
	}
	q.hold()
	p := &past{a: a, seqs: seqs}
	s.reading = append(s.reading, p)
	go r.post(func() { r.read(s, p) }) // after this turn's commit
	return true
}

// read reads a part of the past off the room's goroutine, through the head.
func (r *Room) read(s *slot, p *past) {
	if r.slots[s.id] != s {
		return // the room was reopened, and the command answered
	}
	p.stale, p.moved = false, nil
	through := r.head.Seq
	r.loaders.Add(1)
	go func() {
		defer r.loaders.Done()
		events, err := r.readPast(s.id, p.seqs, through)
		r.post(func() { r.hasRead(s, p, events, err) })
	}()
}

func (r *Room) readPast(activity string, seqs []uint64, through uint64) ([]Event, error) {
	var all []Event
	for _, seq := range seqs {
		if seq == 0 || seq > through {
			continue
		}
		one, err := r.log.Events(context.Background(), Query{Room: r.id, Activity: activity, After: seq - 1, Through: seq})
		if err != nil {
			return nil, err
		}
		if len(one) == 0 {
			continue // it is of another activity
		}
		all = append(all, one...)
		thread := one[0].Thread
		about := Query{Room: r.id, Activity: activity, Through: through, Thread: thread, AboutFrom: seq, AboutTo: seq}
		newest := Query{Room: r.id, Activity: activity, Through: through, Newests: []uint64{cmp.Or(thread, seq)}}
		for _, q := range []Query{about, newest} {
			events, err := r.log.Events(context.Background(), q)
			if err != nil {
				return nil, err
			}
			all = append(all, events...)
		}
	}
	slices.SortFunc(all, func(a, b Event) int { return cmp.Compare(a.Seq, b.Seq) })
	return slices.CompactFunc(all, func(a, b Event) bool { return a.Seq == b.Seq }), nil
}

// hasRead takes the command that waited, with what its peer sent after it.
func (r *Room) hasRead(s *slot, p *past, events []Event, err error) {
	if r.slots[s.id] != s {
		return
	}
	if p.stale = p.stale || p.outrun(events); err == nil && p.stale {
		r.read(s, p)
		return
	}
	s.reading = slices.DeleteFunc(s.reading, func(other *past) bool { return other == p })
	if err != nil {
		r.logger.Error("the past cannot be read", "room", r.id, "activity", s.id, "error", err)
		r.unpark([]*ask{p.a}, WaitLoading)
		return
	}
	p.events, p.a.past = events, p
	r.unpark([]*ask{p.a}, nil)
}

// outrun tells whether something has happened in a thread of these events since
// they were read.
func (p *past) outrun(events []Event) bool {
	return slices.ContainsFunc(events, func(e Event) bool {
		return slices.Contains(p.moved, cmp.Or(e.Thread, e.Seq))
	})
}

// outdate finds the parts of the past that an event has changed.
func (s *slot) outdate(e Event) {
	if len(s.reading) == 0 {
		return
	}
	forgets := len(s.kind.forgets(e)) > 0
	for _, p := range s.reading {
		p.stale = p.stale || forgets || slices.Contains(p.seqs, e.About)
		if e.Thread > 0 {
			p.moved = append(p.moved, e.Thread)
		}
	}
}
