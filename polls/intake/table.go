package intake

import (
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// row is a row of a table, with the line at which it begins.
type row struct {
	line  int
	cells []string
}

// headWithin is how far down the names of the columns can stand: templates have
// a word to the reader above them.
const headWithin = 30

// readCSV reads a table whose cells are parted by commas, semicolons or tabs.
func readCSV(text string) (Found, error) {
	for _, comma := range ",;\t" {
		rows, fault := csvRows(text, comma)
		found, ok := readTable(rows)
		if !ok {
			continue
		}
		if fault != nil {
			found.Faults = append(found.Faults, *fault)
		}
		return found, nil
	}
	return Found{}, ErrFile
}

func csvRows(text string, comma rune) ([]row, *Fault) {
	lines := csv.NewReader(strings.NewReader(text))
	lines.Comma, lines.FieldsPerRecord = comma, -1
	var rows []row
	for {
		cells, err := lines.Read()
		if errors.Is(err, io.EOF) {
			return rows, nil
		}
		if err != nil {
			line := 0
			if at := new(csv.ParseError); errors.As(err, &at) {
				line = at.StartLine
			}
			fault := At(line, errQuotes)
			return rows, &fault
		}
		line, _ := lines.FieldPos(0)
		rows = append(rows, row{line, cells})
	}
}

// The names of columns: in English, in Chinese, and as Kahoot has them.
var (
	isQuestion = regexp.MustCompile(`(?i)^(question|prompt|题目|问题|题干)`)
	isForm     = regexp.MustCompile(`(?i)^(type|kind|form|题型|类型)`)
	isOption   = regexp.MustCompile(`(?i)^((option|answer|choice|选项|答案)(\s*[0-9]+|\s+[a-z])\b.*|option|choice|选项|[a-z])$`)
	isRight    = regexp.MustCompile(`(?i)^(right|correct|answer|正确|答案)`)
	isTime     = regexp.MustCompile(`(?i)^(time|seconds|limit|限时|时间|秒)`)
	isWorth    = regexp.MustCompile(`(?i)^(points|worth|score|分值|分数)`)
	isKahoot   = regexp.MustCompile(`(?i)max \d+ characters`)
)

// head is where the columns of a table are; -1: it has none of these.
type head struct {
	question, form, right, time, worth int
	options                            []int
	kahoot                             bool
}

func headOf(cells []string) (head, bool) {
	h := head{question: -1, form: -1, right: -1, time: -1, worth: -1}
	for at, name := range cells {
		name = strings.TrimSpace(name)
		to := (*int)(nil)
		switch {
		case isQuestion.MatchString(name):
			to, h.kahoot = &h.question, isKahoot.MatchString(name)
		case isOption.MatchString(name):
			h.options = append(h.options, at)
		case isForm.MatchString(name):
			to = &h.form
		case isRight.MatchString(name):
			to = &h.right
		case isTime.MatchString(name):
			to = &h.time
		case isWorth.MatchString(name):
			to = &h.worth
		}
		if to != nil && *to < 0 {
			*to = at
		}
	}
	return h, h.question >= 0 && (len(h.options) > 0 || h.form >= 0)
}

// readTable reads the questions of a table; false if its head is not found.
func readTable(rows []row) (Found, bool) {
	for at, r := range rows[:min(len(rows), headWithin)] {
		h, ok := headOf(r.cells)
		if !ok {
			continue
		}
		var found Found
		for _, r := range rows[at+1:] {
			if strings.TrimSpace(strings.Join(r.cells, "")) == "" || h.bare(r) {
				continue
			}
			item, err := h.item(r)
			if err != nil {
				found.fault(r.line, err)
				continue
			}
			found.add(item)
		}
		return found, true
	}
	return Found{}, false
}

// cell is the text in a column, "" if there is none.
func (r row) cell(at int) string {
	if at < 0 || at >= len(r.cells) {
		return ""
	}
	return strings.TrimSpace(r.cells[at])
}

// bare tells whether a row has no question: Kahoot's template numbers empty ones.
func (h head) bare(r row) bool {
	if r.cell(h.question) != "" || r.cell(h.right) != "" {
		return false
	}
	return !slices.ContainsFunc(h.options, func(at int) bool { return r.cell(at) != "" })
}

func (h head) item(r row) (Item, error) {
	i := Item{Line: r.line, Prompt: r.cell(h.question)}
	places := map[int]int{} // of options, by the number of their column
	for number, at := range h.options {
		if text := r.cell(at); text != "" {
			places[number] = len(i.Options)
			i.Options = append(i.Options, text)
		}
	}
	var err error
	if i.Seconds, err = whole(r.cell(h.time)); err != nil {
		return i, err
	}
	if i.Worth, err = whole(r.cell(h.worth)); err != nil {
		return i, err
	}
	if i.Form, err = formOf(r.cell(h.form)); err != nil {
		return i, err
	}
	if err := i.right(r.cell(h.right), places); err != nil {
		return i, err
	}
	if h.kahoot { // one of several right answers is right
		i.Form = single
	}
	return i, nil
}

// right reads what is right, and settles the form if the table does not say it.
func (i *Item) right(text string, places map[int]int) error {
	if len(i.Options) == 0 || i.Form == words || i.Form == wall || i.Form == estimate {
		return i.rightText(text)
	}
	if text != "" && i.Form != ranking && i.Form != points {
		var err error
		if i.Right, err = i.rightOptions(text, places); err != nil {
			return err
		}
	}
	if i.Form == "" {
		if i.Form = single; len(i.Right) > 1 {
			i.Form = multiple
		}
	}
	return nil
}

// rightText reads texts or a number that are right.
func (i *Item) rightText(text string) error {
	if i.Form == "" {
		if i.Form = wall; text != "" {
			i.Form = words
		}
	}
	if text == "" || i.Form == rating {
		return nil
	}
	if i.Form == estimate {
		var err error
		i.Number, err = numberOf(strings.ReplaceAll(text, "±", ":"), ":")
		return err
	}
	i.Accept = trimmed(strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '|' || r == '；' }))
	return nil
}

// rightOptions reads which options are right: the text of one, or several with
// commas or semicolons between them, each by its number from 1, its text or its
// letter.
func (i *Item) rightOptions(text string, places map[int]int) ([]int, error) {
	if at, ok := i.option(text, places); ok {
		return []int{at}, nil
	}
	var right []int
	for _, one := range trimmed(strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;，；、", r) })) {
		at, ok := i.option(one, places)
		if !ok {
			return nil, errRight
		}
		right = append(right, at)
	}
	return unique(right), nil
}

// option finds one option. A number is a place first: that is how templates have it.
func (i *Item) option(name string, places map[int]int) (place int, ok bool) {
	if n, err := strconv.Atoi(strings.TrimSuffix(name, ".0")); err == nil {
		if place, ok = places[n-1]; ok {
			return place, true
		}
	}
	if place = slices.Index(i.Options, name); place >= 0 {
		return place, true
	}
	if len(name) != 1 {
		return 0, false
	}
	place, ok = places[int(strings.ToUpper(name)[0])-'A']
	return place, ok
}

// whole reads a number that may be missing; 0 then.
func whole(text string) (int, error) {
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseFloat(text, 64)
	if err != nil || n != float64(int(n)) || n < 0 || n > 1e6 {
		return 0, errNumber
	}
	return int(n), nil
}

// formNames are what people call the forms; without one, the options tell.
var formNames = map[string]string{
	"": "", "single": single, "single choice": single, "choice": single, "quiz": single, "单选": single,
	"multiple": multiple, "multiple choice": multiple, "multi": multiple, "多选": multiple,
	"rating": rating, "scale": rating, "评分": rating, "ranking": ranking, "排序": ranking,
	"words": words, "word cloud": words, "词云": words, "wall": wall, "text": wall, "open text": wall, "open": wall, "开放问答": wall,
	"estimate": estimate, "number": estimate, "估数": estimate, "points": points, "100 points": points, "分配分数": points,
}

func formOf(name string) (string, error) {
	form, ok := formNames[strings.ToLower(name)]
	if !ok {
		return "", errForm
	}
	return form, nil
}
