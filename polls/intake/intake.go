// Package intake reads questions from files: tables as CSV or workbooks, among
// them Kahoot's template, and Moodle's GIFT and Aiken. It says of every place
// that it cannot read where it is and why, and reads on behind it.
package intake

import (
	"bytes"
	"encoding/binary"
	"errors"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"plenum/polls/tables"
	"plenum/rooms"
)

// MaxFile is how large a file can be, in bytes.
const MaxFile = 2 << 20

// Why a file is refused as a whole.
var (
	ErrBig      = rooms.Refuse("questions-big", "A file of questions has at most 2 MB.")
	ErrFile     = rooms.Refuse("questions-file", "Questions come from tables (CSV, Excel, Kahoot’s template), GIFT and Aiken. This file is none of them.")
	ErrEncoding = rooms.Refuse("encoding", "This file is not text in UTF-8.")
)

// Why a place of a file cannot be read.
var (
	errNoAnswers = rooms.Refuse("gift-text", "There are no answers in { }, so nothing to ask.")
	errUnclosed  = rooms.Refuse("gift-braces", "Answers stand between { and }, and one of the two is missing.")
	errAnswers   = rooms.Refuse("gift-answers", "Each answer begins with = or ~, and some of it is written.")
	errMatching  = rooms.Refuse("gift-matching", "Questions with pairs cannot be asked here.")
	errAiken     = rooms.Refuse("aiken", "Aiken has a question, below it options A, B, C … in order, and below them ANSWER: with their letters.")
	errQuotes    = rooms.Refuse("csv-quotes", "The quotes here do not match. Nothing below is read.")
	errRight     = rooms.Refuse("right-answer", "What is right is none of the options.")
	errNumber    = rooms.Refuse("no-number", "A number is missing here, or it is none.")
	errForm      = rooms.Refuse("form-name", "There is no form of question with this name.")
)

// Item is a question as a file has it. Nothing of it is checked but that it can
// be read.
type Item struct {
	Line    int    // where it begins, from 1
	Form    string // as polls call them
	Prompt  string
	Options []string
	Right   []int    // places of options, from 0
	Accept  []string // texts that are right
	Number  *Number  // what is right
	Seconds int      // 0: no limit
	Worth   int      // 0: as usual
}

// Number is a true value, how far from it is right as well, and how many
// decimals it needs.
type Number struct {
	Truth, Within float64
	Decimals      int
}

// Fault is a place that could not be read.
type Fault struct {
	Line    int    `json:"line"`
	Because string `json:"because"`
	Say     string `json:"say"`
}

// At is a refusal as a fault at a line.
func At(line int, why error) Fault {
	r := rooms.AsRefusal(why)
	return Fault{line, r.Code, r.Say}
}

// Found is what a file has, in its order.
type Found struct {
	Items  []Item
	Faults []Fault
}

func (f *Found) add(i Item)                { f.Items = append(f.Items, i) }
func (f *Found) fault(line int, why error) { f.Faults = append(f.Faults, At(line, why)) }

// The forms of questions that files have.
const (
	single   = "single"
	multiple = "multiple"
	rating   = "rating"
	ranking  = "ranking"
	words    = "words"
	wall     = "wall"
	estimate = "estimate"
	points   = "points"
)

// Read reads a file. Text of the media type text/csv is a table; of all other
// text what it says tells what it is.
func Read(mediaType string, file []byte) (Found, error) {
	if len(file) > MaxFile {
		return Found{}, ErrBig
	}
	if bytes.HasPrefix(file, []byte("PK\x03\x04")) {
		return readWorkbook(file)
	}
	text, err := decoded(file)
	if err != nil {
		return Found{}, err
	}
	text = strings.ReplaceAll(strings.ReplaceAll(text, "\r\n", "\n"), "\r", "\n")
	if mediaType != "text/csv" && mediaType != "text/tab-separated-values" {
		switch {
		case aikenAnswer.MatchString(text):
			return readAiken(text), nil
		case strings.Contains(text, "{"):
			return readGIFT(text), nil
		}
	}
	return readCSV(text)
}

func readWorkbook(file []byte) (Found, error) {
	sheets, err := tables.ReadXLSX(file)
	if errors.Is(err, tables.ErrBig) {
		return Found{}, ErrBig
	}
	if err != nil {
		return Found{}, ErrFile
	}
	for _, sheet := range sheets {
		rows := make([]row, len(sheet.Rows))
		for i, cells := range sheet.Rows {
			rows[i] = row{i + 1, cells}
		}
		if found, ok := readTable(rows); ok {
			return found, nil
		}
	}
	return Found{}, ErrFile
}

// decoded is the text of a file in UTF-8, or in UTF-16 with its mark.
func decoded(file []byte) (string, error) {
	file, marked := bytes.CutPrefix(file, []byte("\ufeff"))
	if !marked && len(file) >= 2 && len(file)%2 == 0 {
		var order binary.ByteOrder
		switch {
		case file[0] == 0xff && file[1] == 0xfe:
			order = binary.LittleEndian
		case file[0] == 0xfe && file[1] == 0xff:
			order = binary.BigEndian
		}
		if order != nil {
			units := make([]uint16, 0, len(file)/2-1)
			for at := 2; at < len(file); at += 2 {
				units = append(units, order.Uint16(file[at:]))
			}
			return string(utf16.Decode(units)), nil
		}
	}
	if !utf8.Valid(file) || bytes.IndexByte(file, 0) >= 0 {
		return "", ErrEncoding
	}
	return string(file), nil
}

// trimmed are texts without what surrounds them, and without empty ones.
func trimmed(all []string) []string {
	out := make([]string, 0, len(all))
	for _, text := range all {
		if text = strings.TrimSpace(text); text != "" {
			out = append(out, text)
		}
	}
	return out
}

// unique are places in order, each once.
func unique(places []int) []int {
	slices.Sort(places)
	return slices.Compact(places)
}
