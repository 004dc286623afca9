package surveys

// Few is how many people's answers are told together where hosts see no names.
const Few = 5

// tally is what was sent, counted, and how far people have come.
type tally struct {
	sent    int
	counts  []count // by question
	reached []int   // by page: who has seen it
	left    []int   // who stands there and has not sent anything yet
}

// count is what was answered to one question.
type count struct {
	people int
	bars   []int
	sum    int64 // of a scale; of a number in hundredths
}

func (s *Survey) newTally() *tally {
	t := &tally{counts: make([]count, len(s.index.questions)), reached: make([]int, len(s.Pages)), left: make([]int, len(s.Pages))}
	for i, q := range s.index.questions {
		t.counts[i].bars = make([]int, q.bars())
	}
	return t
}

// put counts answers, or with -1 takes them away.
func (t *tally) put(x index, answers []answer, by int) {
	if answers == nil {
		return
	}
	t.sent += by
	for i, a := range answers {
		if !a.given {
			continue
		}
		q, c := x.questions[i], &t.counts[i]
		c.people += by
		switch {
		case q.Kind.chosen():
			for slot := range q.Options {
				if a.picked(slot) {
					c.bars[slot] += by
				}
			}
		case q.Kind.scaled():
			c.bars[a.bar(q)] += by
			c.sum += int64(by) * a.value
		}
	}
}

// bar is where a number is counted.
func (a answer) bar(q Question) int {
	if q.Kind != Number {
		return int(a.value) - q.From
	}
	_, wide := q.bins()
	return int((a.value - int64(q.From)*hundred) / int64(wide*hundred))
}

// stand counts where somebody is, or with -1 no more.
func (t *tally) stand(p *person, by int) {
	for page := range t.reached {
		if p.reached>>page&1 == 1 {
			t.reached[page] += by
		}
	}
	if p.waits() && p.reached != 0 {
		t.left[p.at] += by
	}
}

func (t *tally) clone() *tally {
	c := &tally{sent: t.sent, counts: make([]count, len(t.counts)), reached: append([]int{}, t.reached...), left: append([]int{}, t.left...)}
	for i, one := range t.counts {
		c.counts[i] = count{one.people, append([]int{}, one.bars...), one.sum}
	}
	return c
}

// seen is the tally that is told.
func (s *Survey) seen() *tally {
	if s.Unnamed {
		return s.outward
	}
	return s.now
}

// move notes that somebody has sent something, and tells what has gathered if
// that is enough: where hosts see no names, nobody can see what a single person
// has answered. Of a crowd it takes some more.
func (s *Survey) move(p *person) {
	if !s.Unnamed {
		return
	}
	if p.step != s.step+1 {
		p.step = s.step + 1
		s.moved++
	}
	if s.moved >= max(Few, s.now.sent/50) {
		s.tell()
	}
}

// tell tells all that was sent, unless those are too few.
func (s *Survey) tell() {
	if !s.Unnamed || s.now.sent < Few {
		return
	}
	s.outward = s.now.clone()
	s.step++
	s.moved = 0
}
