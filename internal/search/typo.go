package search

import (
	"unicode"
	"unicode/utf8"
)

// From this length on, in characters, a word may have one typo.
const typoFrom = 5

// forgiving tells whether a word is looked for with typos as well: not if it is
// short, a number, or of a script of which nobody mistypes letters.
func forgiving(word string) bool {
	n := 0
	for _, r := range word {
		if !unicode.IsLetter(r) || dense(r) {
			return false
		}
		n++
	}
	return n >= typoFrom
}

// parts are a word and what is left of it without each of its letters. Two
// words that are one typo apart have a part in common.
func parts(word string) []string {
	all := make([]string, 1, utf8.RuneCountInString(word)+1)
	all[0] = word
	for i, r := range word {
		all = append(all, word[:i]+word[i+utf8.RuneLen(r):])
	}
	return all
}

// near tells whether two words are at most one typo apart: a letter too many,
// too few, wrong, or two neighbours exchanged. The first letter is right.
func near(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 || len(x) == 0 || x[0] != y[0] {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if i == len(x) {
		return true
	}
	if len(x) < len(y) {
		return string(x[i:]) == string(y[i+1:])
	}
	if string(x[i+1:]) == string(y[i+1:]) {
		return true
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && string(x[i+2:]) == string(y[i+2:])
}
