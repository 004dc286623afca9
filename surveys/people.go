package surveys

import "slices"

// person is how far somebody has come. Answers are never changed, only replaced.
type person struct {
	stamp   uint64 // see people
	at      int    // the page they stand on
	reached uint64 // the pages they have seen, a bit for each
	draft   []answer
	sent    []answer // nil: not yet
	sentAt  int64
	step    uint64 // in which step they sent something last, see tell
}

// answers are the newest ones, sent or not; nil if there are none.
func (p *person) answers() []answer {
	if p.draft != nil {
		return p.draft
	}
	return p.sent
}

// waits tells whether somebody is on the way, and has not sent anything yet.
func (p *person) waits() bool { return p.sent == nil }

func (p *person) weight() int { return weight(p.draft) + weight(p.sent) }

// people are those who have started, in the order in which they came. A snapshot
// costs a pointer for each: one that a snapshot shares is copied before it is
// changed.
type people struct {
	list    []*person
	names   []string
	numbers map[string]int
	stamp   uint64 // of what no snapshot shares
	weight  int    // bytes of all texts
}

func newPeople() people { return people{numbers: map[string]int{}} }

// find is somebody to be read, or nil.
func (p *people) find(name string) *person {
	if number, known := p.numbers[name]; known {
		return p.list[number]
	}
	return nil
}

// write is somebody to be changed, new or not.
func (p *people) write(name string) *person {
	number, known := p.numbers[name]
	if !known {
		number = len(p.list)
		p.numbers[name] = number
		p.names = append(p.names, name)
		p.list = append(p.list, &person{stamp: p.stamp})
	}
	if held := p.list[number]; held.stamp != p.stamp {
		own := *held
		own.stamp = p.stamp
		p.list[number] = &own
	}
	return p.list[number]
}

// snapshot is everybody as they are now and will stay.
func (p *people) snapshot() ([]*person, []string) {
	p.stamp++
	return slices.Clone(p.list), slices.Clip(p.names)
}
