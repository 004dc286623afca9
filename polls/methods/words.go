package methods

import (
	"hash/fnv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Fold is a word as it is counted: composed, without upper and lower case, and
// with single spaces. What people wrote differs from it only in its looks.
func Fold(text string) string {
	if !strings.ContainsFunc(text, func(r rune) bool { return r >= utf8.RuneSelf }) { // most are such
		return strings.Join(strings.Fields(strings.ToLower(text)), " ")
	}
	folded := cases.Fold().String(norm.NFC.String(strings.Map(seen, text)))
	return strings.Join(strings.Fields(norm.NFC.String(folded)), " ")
}

// seen leaves out what is not to be seen and means nothing: soft hyphens, and
// spaces and joiners without width.
func seen(r rune) rune {
	switch r {
	case '\u00ad', '\u200b', '\u2060', '\ufeff':
		return -1
	}
	return r
}

// Hash orders words that are as frequent: the same on every machine, and
// nobody's word is always first.
func Hash(word string) uint32 {
	h := fnv.New32a()
	_, _ = h.Write([]byte(word)) // never fails
	return h.Sum32()
}

// Spelling is the most frequent of a word's spellings; of equal ones always the
// same.
func Spelling(texts map[string]int) string {
	best := ""
	for text, n := range texts {
		if most := texts[best]; n > most || n == most && text < best {
			best = text
		}
	}
	return best
}
