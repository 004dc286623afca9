package surveys

import (
	"fmt"
	"slices"

	"plenum/rooms"
)

// Limits of a survey. Texts are measured in UTF-16 units.
const (
	MaxPages     = 50
	MaxQuestions = 100
	MaxTitle     = 200
	MaxPageText  = 4_000
	MaxDesign    = 100_000 // of all texts together
)

// end is where a jump goes that ends the survey.
const end = "end"

// Why a page is refused.
var (
	ErrPages     = rooms.Refuse("survey-pages", "A survey has at most 50 pages.")
	ErrQuestions = rooms.Refuse("survey-questions", "A survey has at most 100 questions.")
	ErrTitle     = rooms.Refuse("page-title", "The title of a page has at most 200 characters.")
	ErrPageText  = rooms.Refuse("page-text", "The text of a page has at most 4,000 characters.")
	ErrDesign    = rooms.Refuse("survey-size", "This is too much for one survey: its texts have at most 100,000 characters together.")
	ErrJumps     = rooms.Refuse("jumps", "A question has at most 100 jumps.")
	ErrJump      = rooms.Refuse("jump", "A jump names an answer that its question does not have.")
	ErrTarget    = rooms.Refuse("jump-target", "A jump leads to a page that is not here. Change it first.")
	ErrBack      = rooms.Refuse("jump-back", "Jumps only lead forward, to a later page or to the end.")
)

// Page is what is asked at once.
type Page struct {
	ID        string     `json:"id"`
	Title     string     `json:"title,omitempty"`
	Text      string     `json:"text,omitempty"`
	Questions []Question `json:"questions"`
	Go        string     `json:"go,omitempty"` // what comes after it if no answer says otherwise: a later page, or the end; "": the next
}

// checked is the page with clean texts, or why it cannot be.
func (p Page) checked() (Page, error) {
	var err error
	if p.Title, err = cleanLine(p.Title, MaxTitle, ErrTitle); err != nil {
		return p, err
	}
	if p.Text, err = cleanText(p.Text, MaxPageText, ErrPageText); err != nil {
		return p, err
	}
	if len(p.Questions) > MaxQuestions {
		return p, ErrQuestions
	}
	questions := make([]Question, len(p.Questions))
	for i, q := range p.Questions {
		if questions[i], err = q.checked(); err != nil {
			return p, err
		}
	}
	p.Questions = questions
	return p, nil
}

func (p Page) has(id string) bool {
	return slices.ContainsFunc(p.Questions, func(q Question) bool { return q.ID == id })
}

// named gives names to questions and options that have none, and reports
// whether those that were there make sense.
func (p Page) named(next func(prefix string, taken func(string) bool) string) bool {
	for i := range p.Questions {
		q := &p.Questions[i]
		for o := range q.Options {
			if q.Options[o].ID == "" {
				q.Options[o].ID = next("o", q.hasOption)
			}
		}
		for o, option := range q.Options {
			if !isID(option.ID) || q.slot(option.ID) != o {
				return false
			}
		}
		if q.ID == "" {
			q.ID = next("q", p.has)
		}
	}
	return true
}

// find is the place of a page; -1 if it is not there.
func (d *design) find(id string) int {
	return slices.IndexFunc(d.Pages, func(p Page) bool { return p.ID == id })
}

func (d *design) hasPage(id string) bool { return d.find(id) >= 0 }

// check tells why the pages cannot stand as they are.
func (d *design) check() error {
	if len(d.Pages) > MaxPages {
		return ErrPages
	}
	pages, questions := map[string]bool{}, map[string]bool{}
	units, count := rooms.Units(d.Intro)+rooms.Units(d.Ending), 0
	for at, p := range d.Pages {
		if !isID(p.ID) || p.ID == end || pages[p.ID] {
			return rooms.ErrMalformed
		}
		pages[p.ID] = true
		units += p.units()
		count += len(p.Questions)
		if err := d.leads(at, p.Go); p.Go != "" && err != nil {
			return err
		}
		for _, q := range p.Questions {
			if !isID(q.ID) || questions[q.ID] {
				return rooms.ErrMalformed
			}
			questions[q.ID] = true
			if err := d.checkJumps(at, q); err != nil {
				return err
			}
		}
	}
	switch {
	case count > MaxQuestions:
		return ErrQuestions
	case units > MaxDesign:
		return ErrDesign
	}
	return nil
}

func (d *design) checkJumps(at int, q Question) error {
	for _, j := range q.Jumps {
		if q.Kind.chosen() && !q.hasOption(j.Option) {
			return ErrJump
		}
		if err := d.leads(at, j.Go); err != nil {
			return err
		}
	}
	return nil
}

// leads tells why one cannot go on from a page to another.
func (d *design) leads(from int, to string) error {
	if to == end {
		return nil
	}
	switch at := d.find(to); {
	case at < 0:
		return ErrTarget
	case at <= from:
		return ErrBack
	}
	return nil
}

// units are how much there is to read on a page.
func (p Page) units() int {
	n := rooms.Units(p.Title) + rooms.Units(p.Text)
	for _, q := range p.Questions {
		n += rooms.Units(q.Prompt) + rooms.Units(q.Low) + rooms.Units(q.High) + rooms.Units(q.Unit)
		for _, o := range q.Options {
			n += rooms.Units(o.Text)
		}
	}
	return n
}

// index says where the questions stand.
type index struct {
	questions []Question     // of all pages, in order
	slots     map[string]int // by id: the place in questions
	first     []int          // by page: the place of its first question; at the end, how many there are
}

func (d *design) index() index {
	x := index{slots: map[string]int{}}
	for _, p := range d.Pages {
		x.first = append(x.first, len(x.questions))
		for _, q := range p.Questions {
			x.slots[q.ID] = len(x.questions)
			x.questions = append(x.questions, q)
		}
	}
	x.first = append(x.first, len(x.questions))
	return x
}

// next is the page that comes after another with these answers; as many as
// there are pages: the end.
func (s *Survey) next(page int, answers []answer) int {
	p := s.Pages[page]
	for i, q := range p.Questions {
		a := answers[s.index.first[page]+i]
		for _, j := range q.Jumps {
			if a.takes(q, j) {
				return s.place(j.Go)
			}
		}
	}
	if p.Go != "" {
		return s.place(p.Go)
	}
	return page + 1
}

func (s *Survey) place(to string) int {
	if at := s.find(to); at >= 0 {
		return at
	}
	return len(s.Pages)
}

// path is the pages on the way through the survey with these answers.
func (s *Survey) path(answers []answer) []int {
	var way []int
	for at := 0; at < len(s.Pages); at = s.next(at, answers) {
		way = append(way, at)
	}
	return way
}

// complete tells whether nothing that is required is missing on a page.
func (s *Survey) complete(page int, answers []answer) bool {
	for i, q := range s.Pages[page].Questions {
		if q.Required && !answers[s.index.first[page]+i].given {
			return false
		}
	}
	return true
}

// missing is why a page cannot be left yet.
func missing(page int) error {
	return rooms.Refuse("survey-missing", fmt.Sprintf("A question on page %d has to be answered first.", page+1))
}
