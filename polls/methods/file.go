package methods

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// The limits of a file of ballots.
const (
	MostScore = 1_000
	mostText  = 1_000 // UTF-8 bytes of an id
)

// File is the ballots of one round of a question, without voters and without
// the order in which they came: what is exported, and what can be counted anew.
type File struct {
	Format   int          `json:"format"`         // 1, or 2 with a kind, or 3 of a quiz, or 4 of a grid, or 5 of places
	Kind     string       `json:"kind,omitempty"` // "words", "wall" or "estimate": there are no options; "dates" or "grid": they are rows; "axes": items; "pins": areas
	Prompt   string       `json:"prompt,omitempty"`
	Round    int          `json:"round,omitempty"`
	Options  []FileOption `json:"options"`
	Seats    int          `json:"seats,omitempty"`  // 0 is 1
	Method   Method       `json:"method,omitempty"` // the one that decides
	Ties     Ties         `json:"ties,omitempty"`   // "" is "shown"
	Unit     string       `json:"unit,omitempty"`   // of an estimate
	Decimals int          `json:"decimals,omitempty"`
	Columns  []FileOption `json:"columns,omitempty"` // of a grid
	Scale    bool         `json:"scale,omitempty"`   // its columns are numbers
	Several  bool         `json:"several,omitempty"` // of several columns of a row
	X        *FileAxis    `json:"x,omitempty"`       // between which items are placed
	Y        *FileAxis    `json:"y,omitempty"`
	Steps    int          `json:"steps,omitempty"` // of the axes, from 0
	Quiz     *Quiz        `json:"quiz,omitempty"`
	Ballots  []FileBallot `json:"ballots"`
}

// FileOption is an option and what it says.
type FileOption struct {
	ID   string `json:"id"`
	Text string `json:"text,omitempty"` // "" is the id
	Area []int  `json:"area,omitempty"` // of a picture: see InArea
}

// FileBallot is equal ballots: all of a file rank options, or all score them, or
// all answer with texts, or all with a number, or all choose columns of rows,
// or all place items, or all set pins.
type FileBallot struct {
	Ranks  Ballot              `json:"ranks,omitempty"`
	Scores map[string]int      `json:"scores,omitempty"`
	Texts  []string            `json:"texts,omitempty"`
	Out    []string            `json:"out,omitempty"` // texts that hosts held back
	Number *float64            `json:"number,omitempty"`
	Rows   map[string][]string `json:"rows,omitempty"`
	Places map[string][]int    `json:"places,omitempty"` // x and y by item
	Pins   [][]int             `json:"pins,omitempty"`   // x and y of each
	Took   int64               `json:"took,omitempty"`   // of a quiz: milliseconds, as they count
	Points int64               `json:"points,omitempty"` // of a quiz: what it brought
	Count  *int                `json:"count,omitempty"`  // nil is 1
	Guest  int                 `json:"guest,omitempty"`  // whose it is, of a pseudonymous question: "Guest 17"
}

// ReadFile reads a file and says in words what is wrong with it.
func ReadFile(from io.Reader) (File, error) {
	var f File
	decoder := json.NewDecoder(from)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&f); err != nil {
		return f, fmt.Errorf("this is no file of ballots: %w", plain(err))
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return f, errors.New("there is something behind the end of the ballots")
	}
	return f, f.check()
}

// plain says what the decoder found without naming our types.
func plain(err error) error {
	var wrong *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrong):
		return fmt.Errorf("%q holds a %s", wrong.Field, wrong.Value)
	case errors.Is(err, io.EOF):
		return errors.New("it is empty")
	case errors.Is(err, io.ErrUnexpectedEOF):
		return errors.New("it ends in the middle")
	}
	return errors.New(strings.TrimPrefix(err.Error(), "json: "))
}

func (f *File) check() error {
	if err := f.checkQuiz(); err != nil {
		return err
	}
	if f.Gridded() {
		return f.checkGrid()
	}
	if f.Placed() {
		return f.checkPlaces()
	}
	if f.Kind != "" {
		return f.checkKind()
	}
	if f.Format != 1 && f.Quiz == nil {
		return fmt.Errorf("it has the format %d, and this program reads format 1 of ballots with options", f.Format)
	}
	if f.Seats == 0 {
		f.Seats = 1
	}
	if f.Ties == "" {
		f.Ties = ShowTies
	}
	for i, o := range f.Options {
		if o.ID == "" || len(o.ID) > mostText {
			return fmt.Errorf("option %d needs a short id", i+1)
		}
	}
	if _, err := NewProfile(f.ids()); err != nil {
		return err
	}
	if f.Method != "" && f.Method != Score && !slices.Contains(All, f.Method) {
		return fmt.Errorf("there is no method called %q", f.Method)
	}
	if f.Seats < 1 || f.Seats >= len(f.Options) {
		return fmt.Errorf("%d seats for %d options: there are fewer seats than options", f.Seats, len(f.Options))
	}
	if f.Ties != ShowTies && f.Ties != ByOrder {
		return fmt.Errorf("there is no rule for ties called %q", f.Ties)
	}
	return f.checkBallots()
}

func (f *File) checkBallots() error {
	people := 0
	for i := range f.Ballots {
		b := &f.Ballots[i]
		if err := b.checkCount(i, &people); err != nil {
			return err
		}
		if b.Texts != nil || b.Out != nil || b.Number != nil || b.Rows != nil || b.Places != nil || b.Pins != nil || (b.Scores == nil) == (b.Ranks == nil) || (b.Scores == nil) != (f.Ballots[0].Scores == nil) {
			return fmt.Errorf("ballot %d: all ballots have ranks, or all have scores", i+1)
		}
	}
	var err error
	if f.Scored() {
		_, err = f.Score()
	} else {
		_, err = f.Profile()
	}
	return err
}

// checkCount adds a ballot to the people.
func (b *FileBallot) checkCount(at int, people *int) error {
	if b.Count == nil {
		b.Count = new(int)
		*b.Count = 1
	}
	if b.Guest < 0 || b.Guest > 0 && *b.Count != 1 {
		return fmt.Errorf("ballot %d: a guest has one ballot", at+1)
	}
	if *b.Count < 1 || *b.Count > MostBallots-*people {
		return fmt.Errorf("ballot %d: its count is not between 1 and %d in all", at+1, MostBallots)
	}
	*people += *b.Count
	return nil
}

func (f *File) ids() []string {
	ids := make([]string, len(f.Options))
	for i, o := range f.Options {
		ids[i] = o.ID
	}
	return ids
}

// Scored tells whether the ballots give scores.
func (f *File) Scored() bool { return len(f.Ballots) > 0 && f.Ballots[0].Scores != nil }

// Rules are the rules of the file.
func (f *File) Rules() Rules { return Rules{f.Seats, f.Ties} }

// Profile is the ranked ballots of the file.
func (f *File) Profile() (*Profile, error) {
	p, err := NewProfile(f.ids())
	if err != nil {
		return nil, err
	}
	for i, b := range f.Ballots {
		if err := p.Add(b.Ranks, *b.Count); err != nil {
			return nil, fmt.Errorf("ballot %d: %w", i+1, err)
		}
	}
	return p, nil
}
