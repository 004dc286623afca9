package surveys

import (
	"encoding/json"
	"math"
	"slices"
	"strconv"
	"time"

	"plenum/rooms"
)

// Limits of answers, in UTF-16 units.
const (
	MaxShort   = 200
	MaxLong    = 4_000
	MaxWritten = 40_000   // bytes of all texts of one person
	MaxAll     = 64 << 20 // and of everybody
	MaxPeople  = 20_000   // who have started, whether they are still here or not
)

// Why an answer is refused.
var (
	ErrAnswer  = rooms.Refuse("survey-answer", "That is no answer to this question.")
	ErrChosen  = rooms.Refuse("survey-chosen", "That is not as many options as this question asks for.")
	ErrNumber  = rooms.Refuse("survey-number", "That number is outside of what this question asks for, or has more than two decimals.")
	ErrDate    = rooms.Refuse("survey-date", "That is not a day.")
	ErrShort   = rooms.Refuse("short-text", "This answer has at most 200 characters.")
	ErrLong    = rooms.Refuse("long-text", "This answer has at most 4,000 characters.")
	ErrWritten = rooms.Refuse("much-text", "All your texts together are too long for one survey.")
	ErrFull    = rooms.Refuse("survey-full", "This survey cannot hold any more answers.")
)

// answer is what somebody answered to one question.
type answer struct {
	given bool
	picks [2]uint64 // the options, by their places
	value int64     // of a scale; of a number in hundredths
	text  string
}

// hundred are the parts into which a number can be divided.
const hundred = 100

// readAnswer reads an answer as it is sent; null, and a text or a choice without
// anything in it, is none.
func readAnswer(q Question, raw json.RawMessage) (answer, error) {
	if string(raw) == "null" {
		return answer{}, nil
	}
	switch {
	case q.Kind.chosen():
		var ids []string
		if json.Unmarshal(raw, &ids) != nil {
			return answer{}, ErrAnswer
		}
		return q.readChoice(ids)
	case q.Kind.scaled():
		var n *float64
		if json.Unmarshal(raw, &n) != nil || n == nil {
			return answer{}, ErrAnswer
		}
		return q.readNumber(*n)
	}
	var text *string
	if json.Unmarshal(raw, &text) != nil || text == nil {
		return answer{}, ErrAnswer
	}
	return q.readText(*text)
}

func (q Question) readChoice(ids []string) (answer, error) {
	if len(ids) == 0 {
		return answer{}, nil
	}
	a := answer{given: true}
	for _, id := range ids {
		slot := q.slot(id)
		if slot < 0 || a.picked(slot) {
			return answer{}, ErrAnswer
		}
		a.picks[slot/64] |= 1 << (slot % 64)
	}
	if q.Kind == Single && len(ids) > 1 || q.Kind == Multiple && (len(ids) < q.Least || len(ids) > q.Most) {
		return answer{}, ErrChosen
	}
	return a, nil
}

func (q Question) readNumber(n float64) (answer, error) {
	if n < float64(q.From) || n > float64(q.To) {
		return answer{}, ErrNumber
	}
	if q.Kind != Number {
		if n != math.Trunc(n) {
			return answer{}, ErrNumber
		}
		return answer{given: true, value: int64(n)}, nil
	}
	value := math.Round(n * hundred)
	if value/hundred != n {
		return answer{}, ErrNumber
	}
	return answer{given: true, value: int64(value)}, nil
}

func (q Question) readText(text string) (answer, error) {
	var err error
	switch q.Kind {
	case Date:
		if text == "" {
			return answer{}, nil
		}
		if day, err := time.Parse(time.DateOnly, text); err != nil || day.Year() < 1 {
			return answer{}, ErrDate
		}
	case Short:
		text, err = cleanLine(text, MaxShort, ErrShort)
	default:
		text, err = cleanText(text, MaxLong, ErrLong)
	}
	return answer{given: text != "", text: text}, err
}

func (a answer) picked(slot int) bool { return a.picks[slot/64]>>(slot%64)&1 == 1 }

// told is an answer as it is sent; nil: there is none.
func (a answer) told(q Question) any {
	switch {
	case !a.given:
		return nil
	case q.Kind.chosen():
		ids := []string{}
		for slot, o := range q.Options {
			if a.picked(slot) {
				ids = append(ids, o.ID)
			}
		}
		return ids
	case q.Kind.scaled():
		return a.number(q)
	}
	return a.text
}

// number is the value of a scale as it is written.
func (a answer) number(q Question) json.Number {
	if q.Kind != Number {
		return json.Number(strconv.FormatInt(a.value, 10))
	}
	return json.Number(strconv.FormatFloat(float64(a.value)/hundred, 'f', -1, 64))
}

// takes tells whether an answer leads into a jump.
func (a answer) takes(q Question, j Jump) bool {
	switch {
	case !a.given:
		return false
	case q.Kind.chosen():
		return a.picked(q.slot(j.Option))
	case q.Kind == Number:
		return a.value >= int64(j.From)*hundred && a.value <= int64(j.To)*hundred
	case q.Kind.scaled():
		return a.value >= int64(j.From) && a.value <= int64(j.To)
	}
	return false
}

// answersOf are all answers of one person as they are told, by the questions' ids.
func (x index) answersOf(all []answer) map[string]any {
	out := map[string]any{}
	for slot, a := range all {
		if a.given {
			out[x.questions[slot].ID] = a.told(x.questions[slot])
		}
	}
	return out
}

// read puts answers that were sent for a page into a copy of what somebody had:
// what is not said about a question of the page is no answer.
func (s *Survey) read(page int, before []answer, sent map[string]json.RawMessage) ([]answer, error) {
	all := make([]answer, len(s.index.questions))
	copy(all, before)
	first, after := s.index.first[page], s.index.first[page+1]
	clear(all[first:after])
	for id, raw := range sent {
		slot, known := s.index.slots[id]
		if !known || slot < first || slot >= after {
			return nil, ErrNoQuestion
		}
		a, err := readAnswer(s.index.questions[slot], raw)
		if err != nil {
			return nil, err
		}
		all[slot] = a
	}
	return all, nil
}

// weight is how many bytes the texts of answers have.
func weight(all []answer) int {
	n := 0
	for _, a := range all {
		n += len(a.text)
	}
	return n
}

// on is the answers to the questions of some pages, and none to the others.
func (s *Survey) on(pages []int, all []answer) []answer {
	kept := make([]answer, len(all))
	for page := range s.Pages {
		if slices.Contains(pages, page) {
			first, after := s.index.first[page], s.index.first[page+1]
			copy(kept[first:after], all[first:after])
		}
	}
	return kept
}
