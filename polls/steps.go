package polls

import (
	"cmp"
	"slices"
)

// steps are what is told of a secret question while it is open: not its box,
// but one that gains ballots only several at a time, so that nobody can see
// what a single person has changed.
type steps struct {
	box   *box
	moved map[int]struct{} // voters whose ballots differ in the box of the question
}

func newSteps(q Question) *steps {
	return &steps{box: newBox(q), moved: map[int]struct{}{}}
}

// outward is the box whose sums may be told.
func (c *card) outward() *box {
	if c.steps != nil {
		return c.steps.box
	}
	return c.box
}

// move notes that a ballot has changed, and tells what has gathered if that is
// enough: five ballots, and of a crowd some more.
func (c *card) move(voter int) {
	if c.steps == nil {
		return
	}
	moved := c.steps.moved
	moved[voter] = struct{}{}
	if len(moved) < max(FewVotes, c.box.people/50) || c.box.people < FewVotes {
		return
	}
	voters := make([]int, 0, len(moved))
	for v := range moved {
		voters = append(voters, v)
	}
	slices.Sort(voters)
	c.release(voters)
	clear(moved)
}

// release puts ballots of voters into the told box. On a wall their texts get
// places that tell nothing of the order in which they came.
func (c *card) release(voters []int) {
	to, now := c.steps.box, make([]ballot, len(voters))
	w, isWall := to.sum.(*wall)
	var fresh []*answer
	for i, v := range voters {
		now[i] = c.box.at(v)
		if isWall && now[i].content != nil {
			now[i].content = &content{Answers: slices.Clone(now[i].content.Answers)}
			before := to.at(v).content
			for at := range now[i].content.Answers {
				a := &now[i].content.Answers[at]
				if old, _ := before.find(func(b answer) bool { return b.ID == a.ID }); old != nil {
					a.Place = old.Place
				} else {
					fresh = append(fresh, a)
				}
			}
		}
	}
	slices.SortFunc(fresh, func(a, b *answer) int { return cmp.Compare(a.ID, b.ID) })
	for _, a := range fresh {
		w.last++
		a.Place = w.last
	}
	for i, v := range voters {
		to.put(v, now[i])
	}
}

// reopen lets a pseudonymous question take ballots again: all of before are told.
func (c *card) reopen() {
	c.steps = &steps{box: c.box.recounted(c.Question), moved: map[int]struct{}{}}
}

// noteSlip keeps what the voter of a ballot knows it by.
func (c *card) noteSlip(voter int, of voted) {
	delete(c.slips, voter)
	if of.Slip != "" && !of.withdraws() {
		c.slips[voter] = of.Slip
	}
}

// mark notes what hosts have decided about an answer that they were told.
func (c *card) mark(id string, as Mark) error {
	boxes := []*box{c.box}
	if c.steps != nil {
		boxes = append(boxes, c.steps.box)
	}
	for _, b := range boxes {
		if w, ok := b.sum.(*wall); ok && c.veiled() && w.answer(id, b) == nil {
			continue // its author has taken it back, or it cannot be unsealed any more
		}
		if err := b.mark(id, as); err != nil {
			return err
		}
	}
	return nil
}
