package methods

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// The kinds of files whose ballots choose no options.
const (
	FileWords    = "words"
	FileWall     = "wall"
	FileEstimate = "estimate"
)

// How far from 0 a number of a file can be, and how exact it is.
const (
	mostNumber   = 1e12
	mostDecimals = 3
)

// checkKind is check for a file without options.
func (f *File) checkKind() error {
	if f.Format != 2 && f.Quiz == nil || !slices.Contains([]string{FileWords, FileWall, FileEstimate}, f.Kind) {
		return fmt.Errorf("there is no kind of ballots called %q in format %d", f.Kind, f.Format)
	}
	if len(f.Options) > 0 || len(f.Columns) > 0 || f.Scale || f.Several || f.Seats != 0 || f.Method != "" || f.Ties != "" {
		return fmt.Errorf("ballots of the kind %q choose no options", f.Kind)
	}
	if f.Decimals < 0 || f.Decimals > mostDecimals {
		return fmt.Errorf("numbers have 0 to %d decimals", mostDecimals)
	}
	people := 0
	for i := range f.Ballots {
		b := &f.Ballots[i]
		if err := b.checkCount(i, &people); err != nil {
			return err
		}
		numbers := f.Kind == FileEstimate
		if b.Ranks != nil || b.Scores != nil || b.Rows != nil || b.Places != nil || b.Pins != nil || (b.Number != nil) != numbers || (len(b.Texts)+len(b.Out) > 0) == numbers {
			return fmt.Errorf("ballot %d: it is not of the kind %q", i+1, f.Kind)
		}
		if numbers && !(math.Abs(*b.Number) <= mostNumber) {
			return fmt.Errorf("ballot %d: its number is too large", i+1)
		}
	}
	return nil
}

// Compare orders ballots of a file.
func (b FileBallot) Compare(other FileBallot) int {
	number := func(n *float64) float64 {
		if n == nil {
			return 0
		}
		return *n
	}
	return cmp.Or(
		cmp.Compare(number(b.Number), number(other.Number)), slices.Compare(b.Texts, other.Texts), slices.Compare(b.Out, other.Out),
		cmp.Compare(fmt.Sprint(b.Scores), fmt.Sprint(other.Scores)), cmp.Compare(fmt.Sprint(b.Rows), fmt.Sprint(other.Rows)),
		cmp.Compare(fmt.Sprint(b.Places), fmt.Sprint(other.Places)), slices.CompareFunc(b.Pins, other.Pins, slices.Compare[[]int]), cmp.Compare(fmt.Sprint(b.Ranks), fmt.Sprint(other.Ranks)),
		cmp.Compare(b.Took, other.Took), cmp.Compare(b.Points, other.Points))
}

// People is how many ballots the file has.
func (f *File) People() int {
	people := 0
	for _, b := range f.Ballots {
		people += *b.Count
	}
	return people
}

// Told is a text of a file and how many people gave it.
type Told struct {
	Text  string
	Count int
}

// Texts are the texts of a file that are not held back, the most frequent
// first, and how many are. Words that differ only in their looks are one word,
// in its most frequent spelling.
func (f *File) Texts() (told []Told, held int) {
	counts, spellings := map[string]int{}, map[string]map[string]int{}
	for _, b := range f.Ballots {
		held += *b.Count * len(b.Out)
		for _, text := range b.Texts {
			key := text
			if f.Kind == FileWords {
				key = Fold(text)
			}
			if spellings[key] == nil {
				spellings[key] = map[string]int{}
			}
			counts[key] += *b.Count
			spellings[key][text] += *b.Count
		}
	}
	for key, n := range counts {
		told = append(told, Told{Spelling(spellings[key]), n})
	}
	slices.SortFunc(told, func(a, b Told) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Text, b.Text)) })
	return told, held
}

// Numbers are the numbers of a file in short; nil if there are none.
func (f *File) Numbers() *Numbers {
	scale := math.Pow10(f.Decimals)
	var all []int64
	for _, b := range f.Ballots {
		all = append(all, slices.Repeat([]int64{int64(math.Round(*b.Number * scale))}, *b.Count)...)
	}
	slices.Sort(all)
	return Summary(all, scale)
}
