package qa

import (
	"cmp"
	"slices"
)

// slots hold the questions. A place that a withdrawn question leaves is used
// again, so that the pages of a digest are never more than the limit allows. A
// snapshot costs a pointer per question: one that a snapshot shares is copied
// before it is written, and so are its pages of ballots.
type slots struct {
	list  []*question // nil: free
	index map[uint64]int
	stamp uint64 // of what no snapshot shares
	// Places below these have held a question that hosts saw, and everybody.
	listed, shown int
}

func newSlots() slots { return slots{index: map[uint64]int{}} }

func (s *slots) count() int { return len(s.index) }

// find is a question to be read, or nil.
func (s *slots) find(id uint64) *question {
	if place, ok := s.index[id]; ok {
		return s.list[place]
	}
	return nil
}

// write is a question to be changed, or nil.
func (s *slots) write(id uint64) *question {
	place, ok := s.index[id]
	if !ok {
		return nil
	}
	if q := s.list[place]; q.stamp != s.stamp {
		own := *q
		own.stamp, own.votes, own.merged = s.stamp, slices.Clone(q.votes), slices.Clone(q.merged)
		s.list[place] = &own
	}
	return s.list[place]
}

func (s *slots) add(q *question) {
	q.stamp = s.stamp
	place := slices.Index(s.list, nil)
	if place < 0 {
		place = len(s.list)
		s.list = append(s.list, nil)
	}
	s.list[place] = q
	s.index[q.ID] = place
}

// listFor notes who has seen a question.
func (s *slots) listFor(everybody bool, id uint64) {
	s.listed = max(s.listed, s.index[id]+1)
	if everybody {
		s.shown = max(s.shown, s.index[id]+1)
	}
}

func (s *slots) drop(id uint64) {
	if place, ok := s.index[id]; ok {
		s.list[place] = nil
		delete(s.index, id)
	}
}

// all are the questions in the order in which they were asked.
func (s *slots) all() []*question {
	all := make([]*question, 0, len(s.index))
	for _, q := range s.list {
		if q != nil {
			all = append(all, q)
		}
	}
	slices.SortFunc(all, func(a, b *question) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// snapshot is the places as they are now and will stay.
func (s *slots) snapshot() []*question {
	s.stamp++
	return slices.Clone(s.list)
}
