package qa

// group is a question with all that was merged into it, and into that.
func (a *QA) group(id uint64) []*question {
	q := a.slots.find(id)
	if q == nil {
		return nil
	}
	all := []*question{q}
	for _, part := range q.merged {
		all = append(all, a.group(part)...)
	}
	return all
}

// turnIn is a voter's turn for a group as it is told: for who voted only for a
// part of it, as if that had been for the whole.
func turnIn(group []*question, voter int) turn {
	own := group[0].votes.at(voter)
	if own.counts() {
		return own
	}
	for _, part := range group[1:] {
		if part.votes.at(voter).counts() {
			return own + 1
		}
	}
	return own
}

// turnFor is a voter's turn for a question and all that was merged into it.
func (a *QA) turnFor(q *question, voter int) turn {
	if len(q.merged) == 0 {
		return q.votes.at(voter)
	}
	return turnIn(a.group(q.ID), voter)
}

// peopleIn counts who wants a group answered, each person once.
func peopleIn(group []*question) int {
	people := 0
	var counted []bool // by voter
	for _, q := range group {
		for len(counted) < len(q.votes)*pageSize {
			counted = append(counted, make([]bool, pageSize)...)
		}
		q.votes.each(func(voter int, t turn) {
			if t.counts() && !counted[voter] {
				counted[voter] = true
				people++
			}
		})
	}
	return people
}

// vote puts a ballot for a whole group. Taken back, it is so for every part.
func (a *QA) vote(id uint64, voter int, now turn) {
	group := a.group(id)
	if len(group) == 0 {
		return
	}
	if now.counts() {
		group = group[:1]
	}
	var lost []uint64 // parts that counted the voter, and do not any more
	for _, q := range group {
		switch before := a.turnFor(q, voter).counts(); {
		case before && !now.counts():
			lost = append(lost, q.ID)
		case !before && now.counts():
			a.slots.write(q.ID).people++
		}
	}
	for _, part := range lost {
		a.slots.write(part).people--
	}
	for i, q := range group {
		t := now
		if i > 0 {
			if t = q.votes.at(voter); !t.counts() {
				continue
			}
			t++
		}
		own := a.slots.write(q.ID)
		own.votes = own.votes.put(voter, t, a.slots.stamp)
	}
}

// join keeps the lists of what was merged where.
func (a *QA) join(id, from, into uint64) {
	if q := a.slots.write(from); q != nil && from != into {
		for i, part := range q.merged {
			if part == id {
				q.merged = append(q.merged[:i:i], q.merged[i+1:]...)
				break
			}
		}
	}
	if q := a.slots.write(into); q != nil && from != into {
		q.merged = append(q.merged, id)
	}
}

// recount counts a question's people anew, after its group has changed.
func (a *QA) recount(id uint64) {
	if q := a.slots.write(id); q != nil {
		q.people = peopleIn(a.group(id))
	}
}
