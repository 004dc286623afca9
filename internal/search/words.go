package search

import (
	"strings"
	"unicode"
)

// longestWord bounds a word of the index, in characters; the rest of a longer
// one is not looked at.
const longestWord = 40

// token is a word of a text, or a run of characters between which there are no
// spaces, or one sign (an emoji).
type token struct {
	text     string
	run      bool // to be searched by pairs
	from, to int  // bytes of the text as it was written
	letters  []letter
}

// tokens are the words of a text in their order.
func tokens(text string) []token {
	letters := fold(text)
	var found []token
	for i := 0; i < len(letters); {
		kind := sortOf(letters[i].r)
		j := i + 1
		for kind != sign && kind != space && j < len(letters) && sortOf(letters[j].r) == kind {
			j++
		}
		if kind != space {
			found = append(found, newToken(letters[i:j], kind))
		}
		i = j
	}
	return found
}

// The sorts of characters.
const (
	space = iota
	word
	run
	sign
)

func sortOf(r rune) int {
	switch {
	case dense(r):
		return run
	case wordly(r):
		return word
	case unicode.Is(unicode.So, r) && r > 0x2000:
		return sign
	}
	return space
}

func newToken(letters []letter, kind int) token {
	t := token{run: kind == run, from: letters[0].from, to: letters[len(letters)-1].to, letters: letters}
	if kind == word && len(letters) > longestWord {
		letters = letters[:longestWord]
	}
	var b strings.Builder
	for _, l := range letters {
		b.WriteRune(l.r)
	}
	t.text = b.String()
	return t
}

// terms are what a token is found by in the index: a word by itself, a run by
// each pair of neighbours and by its last character. So one character is found
// by the pairs that begin with it.
func (t token) terms(each func(term string)) {
	if !t.run {
		each(t.text)
		return
	}
	for i, l := range t.letters {
		if i+1 < len(t.letters) {
			each(string([]rune{l.r, t.letters[i+1].r}))
		} else {
			each(string(l.r))
		}
	}
}

// counted are the terms of a text, each with how often it comes, and how many
// there are altogether.
func counted(text string) (terms map[string]int, length int) {
	terms = map[string]int{}
	for _, t := range tokens(text) {
		t.terms(func(term string) {
			terms[term]++
			length++
		})
	}
	return terms, length
}
