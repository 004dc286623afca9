package rooms

import "slices"

// Preparer is an activity with commands that take long to decide. Prepare takes
// an immutable snapshot in well under a millisecond and returns the work, which
// is done on another goroutine while the room goes on; nil: there is none. What
// the work makes comes with the command, as Prepared: Decide finds out whether
// it still holds, and does without it if not. Prepare changes nothing.
type Preparer interface {
	Prepare(Command) (work func() any)
}

// prepares lets a command wait for what its activity works out for it, with what
// its peer sends after it. It reports whether it waits.
func (r *Room) prepares(s *slot, q *queue, a *ask) bool {
	p, ok := s.act.(Preparer)
	if !ok || a.prepared {
		return false
	}
	a.c.At = r.now()
	var work func() any
	if err := sound(func() error { work = p.Prepare(a.c); return nil }); err != nil {
		r.unsound(s.id, err)
	}
	if work == nil {
		return false
	}
	if q != nil && q.parked == nil {
		q.parked = []*ask{}
	}
	s.making = append(s.making, a)
	r.loaders.Add(1)
	go func() {
		defer r.loaders.Done()
		var made any
		err := sound(func() error { made = work(); return nil })
		r.post(func() {
			if r.slots[s.id] != s {
				return // the room was reopened, and the command answered
			}
			s.making = slices.DeleteFunc(s.making, func(other *ask) bool { return other == a })
			if err != nil {
				r.unsound(s.id, err)
			}
			a.c.Prepared, a.prepared = made, true
			r.unpark([]*ask{a}, nil)
		})
	}()
	return true
}
