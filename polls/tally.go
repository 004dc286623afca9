package polls

import "slices"

// pageSize is how many ballots are copied at once when a snapshot shares them.
const pageSize = 256

// page is a run of ballots, by the voters' numbers.
type page struct {
	stamp   uint64
	ballots [pageSize]ballot
}

// box holds the ballots of one round and what they add up to. A snapshot of it
// costs a pointer per page: pages that a snapshot shares are copied before they
// are written.
type box struct {
	ranks  bool // the ballots are rankings
	pages  []*page
	stamp  uint64 // of pages that no snapshot shares
	people int    // whose ballots are in the tally
	counts []int  // by slot; of rankings, how often it is first
	points []int  // by slot: of rankings, how many others it is put above; of points, those it got
	sum    sum    // of a special form
	edits  uint64 // counts what was changed
}

func newBox(q Question) *box {
	b := &box{ranks: q.Kind == Ranking, counts: make([]int, q.slots())}
	if b.ranks {
		b.points = make([]int, q.slots())
	}
	if special := specialOf(q.Kind); special != nil {
		b.sum = special.sum(q, b)
	}
	return b
}

// at is the ballot of a voter.
func (b *box) at(voter int) ballot {
	n := voter / pageSize
	if n >= len(b.pages) || b.pages[n] == nil {
		return ballot{}
	}
	return b.pages[n].ballots[voter%pageSize]
}

// put replaces the ballot of a voter: the tally loses the old one and gains the new.
func (b *box) put(voter int, now ballot) {
	b.edits++
	place := b.writable(voter)
	b.add(*place, -1)
	b.add(now, 1)
	if place.content != nil {
		b.sum.drop(voter, place.content)
	}
	if now.content != nil {
		b.sum.add(voter, now.content)
	}
	*place = now
}

func (b *box) writable(voter int) *ballot {
	n := voter / pageSize
	for len(b.pages) <= n {
		b.pages = append(b.pages, nil)
	}
	switch held := b.pages[n]; {
	case held == nil:
		b.pages[n] = &page{stamp: b.stamp}
	case held.stamp != b.stamp:
		own := *held
		own.stamp = b.stamp
		b.pages[n] = &own
	}
	return &b.pages[n].ballots[voter%pageSize]
}

func (b *box) add(of ballot, times int) {
	if !of.counts() {
		return
	}
	b.people += times
	if b.ranks {
		for at, slot := range of.picks.ranked() {
			if at == 0 {
				b.counts[slot] += times
			}
			b.points[slot] += times * (len(b.points) - 1 - at)
		}
		return
	}
	of.picks.each(func(slot int) { b.counts[slot] += times })
}

// fits tells whether a ballot can be in the box.
func (b *box) fits(of picks) bool {
	if b.ranks {
		return of.isRanking(len(b.counts))
	}
	return !of.beyond(len(b.counts))
}

// snapshot is the ballots as they are now and will stay.
func (b *box) snapshot() []*page {
	b.stamp++
	return slices.Clone(b.pages)
}

// recounted is a box of the question with the same ballots, counted anew.
func (b *box) recounted(q Question) *box {
	again := newBox(q)
	again.keep(b)
	for n, held := range b.pages {
		if held == nil {
			continue
		}
		for i, of := range held.ballots {
			if of.turn > 0 {
				again.put(n*pageSize+i, of)
			}
		}
	}
	return again
}
