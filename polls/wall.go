package polls

import (
	"cmp"
	"slices"

	"plenum/rooms"
)

// MaxAnswer is how long an answer on a wall can be, in UTF-16 units.
const MaxAnswer = 500

// ErrAnswer is why an answer on a wall is refused; and many-answers, same-answer.
var ErrAnswer = rooms.Refuse("wall-answer", "An answer here has 1 to 500 characters.")

func (q Question) checkedWall() (Question, error) {
	q.Special = Special{Review: q.Review}
	return q.checkedTexts(1)
}

// readWall gives every new text an id. A text that the voter's last ballot has
// as it is keeps its id, and with it what hosts have decided about it.
func readWall(q Question, sent voted, before *content, fresh ids) (*content, error) {
	texts, err := q.texts(sent, MaxAnswer, cleanText, ErrAnswer)
	if err != nil {
		return nil, err
	}
	given := &content{Answers: make([]answer, len(texts))}
	for i, text := range texts {
		given.Answers[i] = answer{Text: text}
		if a, _ := before.find(func(a answer) bool { return a.Text == text }); a != nil {
			given.Answers[i].ID = a.ID
		} else {
			given.Answers[i].ID = fresh.next("a", 12, func(string) bool { return false })
		}
	}
	return given, nil
}

// find is an answer of a ballot and its place in it; nil if there is none.
func (c *content) find(is func(answer) bool) (*answer, int) {
	if c == nil {
		return nil, -1
	}
	at := slices.IndexFunc(c.Answers, is)
	if at < 0 {
		return nil, at
	}
	return &c.Answers[at], at
}

func fitsWall(q Question, of *content) bool {
	for _, a := range of.Answers {
		if !isID(a.ID) || a.Text == "" || a.Place < 1 || a.Mark != Unmarked && a.Mark != Approved && a.Mark != Withheld {
			return false
		}
	}
	return len(of.Answers) > 0 && len(of.Answers) <= q.Most && of.Number == 0 && of.Points == nil && of.Cells == nil && of.Spots == nil
}

// wall holds the answers of a box in three lists, each in the order in which
// its answers came.
type wall struct {
	review               bool
	last                 int // place
	voters               map[string]int
	shown, waiting, held []*answer

	telling telling
}

func newWall(q Question, _ *box) sum { return &wall{review: q.Review, voters: map[string]int{}} }

// placed gives new answers their places, and the others what they had.
func (w *wall) placed(given, before *content) {
	for i := range given.Answers {
		a := &given.Answers[i]
		if old, _ := before.find(func(b answer) bool { return b.ID == a.ID }); old != nil {
			a.Place, a.Mark = old.Place, old.Mark
			continue
		}
		w.last++
		a.Place = w.last
	}
}

// list is where an answer belongs.
func (w *wall) list(a *answer) *[]*answer {
	switch {
	case a.Mark == Withheld:
		return &w.held
	case a.Mark == Unmarked && w.review:
		return &w.waiting
	}
	return &w.shown
}

func (w *wall) add(voter int, of *content) {
	w.telling.changed()
	for i := range of.Answers {
		a := &of.Answers[i]
		list := w.list(a)
		at, _ := findPlace(*list, a.Place)
		*list = slices.Insert(*list, at, a)
		w.voters[a.ID] = voter
	}
}

func (w *wall) drop(_ int, of *content) {
	w.telling.changed()
	for i := range of.Answers {
		a := &of.Answers[i]
		list := w.list(a)
		if at, found := findPlace(*list, a.Place); found {
			*list = slices.Delete(*list, at, at+1)
		}
		delete(w.voters, a.ID)
	}
}

func findPlace(list []*answer, place int) (int, bool) {
	// Most come last, and are looked for there first.
	if n := len(list); n == 0 || list[n-1].Place < place {
		return n, false
	}
	return slices.BinarySearchFunc(list, place, func(a *answer, p int) int { return cmp.Compare(a.Place, p) })
}

// sound tells whether no two answers have the same id or place.
func (w *wall) sound(answers int) bool {
	places := map[int]bool{}
	for _, list := range [][]*answer{w.shown, w.waiting, w.held} {
		for _, a := range list {
			places[a.Place] = a.Place <= w.last
		}
	}
	for _, known := range places {
		if !known {
			return false
		}
	}
	return len(places) == answers && len(w.voters) == answers
}

func (w *wall) told(host bool) *Answers {
	return w.telling.told(host,
		func() Answers { return Answers{Cards: cardsOf(newest(w.shown)), Of: len(w.shown)} },
		func(all *Answers) {
			all.Waiting, all.Waits, all.Held = cardsOf(w.waiting), len(w.waiting), len(w.held)
		})
}

// newest are as many of the last ones as may be told, the last first.
func newest(list []*answer) []*answer {
	last := slices.Clone(list[max(0, len(list)-mostCards):])
	slices.Reverse(last)
	return last
}

// cardsOf are as many of the first answers as may be told.
func cardsOf(list []*answer) []Card {
	some := firsts(list, mostCards, func(a *answer) int { return len(a.Text) })
	cards := make([]Card, len(some))
	for i, a := range some {
		cards[i] = Card{a.ID, a.Text}
	}
	return cards
}
