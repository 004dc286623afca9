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
	q.hold()
	s.making = append(s.making, a)
	r.make(s, a, func() (taken func() error) {
		var made any
		err := sound(func() error { made = work(); return nil })
		return func() error {
			if err != nil {
				r.unsound(s.id, err)
			}
			a.c.Prepared, a.prepared = made, true
			return nil
		}
	})
	return true
}

// make does what one of the commands in making waits for, off the room's
// goroutine, and on it takes what was made, unless the room was reopened and the
// command answered. Then the command goes on, with what its peer sent after it,
// or all of that is answered why not.
func (r *Room) make(s *slot, a *ask, work func() (taken func() error)) {
	r.loaders.Add(1)
	go func() {
		defer r.loaders.Done()
		taken := work()
		r.post(func() {
			if r.slots[s.id] != s {
				return
			}
			s.making = slices.DeleteFunc(s.making, func(other *ask) bool { return other == a })
			r.unpark([]*ask{a}, taken())
		})
	}()
}
