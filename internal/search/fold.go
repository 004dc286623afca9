package search

import (
	"strings"
	"unicode"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// letter is one folded character with the part of the text that it stands for.
type letter struct {
	r        rune
	from, to int // bytes of the text as it was written
}

// spelled are letters that differ from plain ones by more than a mark.
var spelled = map[rune]string{
	'ø': "o", 'đ': "d", 'ł': "l", 'ħ': "h", 'ı': "i", 'æ': "ae", 'œ': "oe", 'ð': "d", 'þ': "th", 'ŋ': "n", 'ß': "ss", 'ς': "σ",
}

var folder = cases.Fold()

// fold makes text comparable: width, case, ligatures and accents are gone. What
// one letter was may become several, and the other way round.
func fold(text string) []letter {
	letters := make([]letter, 0, len(text))
	for at := 0; at < len(text); {
		if c := text[at]; c < 0x80 && (at+1 == len(text) || text[at+1] < 0x80) {
			if c >= 'A' && c <= 'Z' {
				c += 'a' - 'A'
			}
			letters = append(letters, letter{rune(c), at, at + 1})
			at++
			continue
		}
		n := norm.NFKD.NextBoundaryInString(text[at:], true)
		for _, r := range foldPart(text[at : at+n]) {
			letters = append(letters, letter{r, at, at + n})
		}
		at += n
	}
	return letters
}

// foldPart folds one character with its marks. Korean syllables and the sounds
// of Japanese letters are put together again, as they are more than marks.
func foldPart(part string) string {
	part = folder.String(norm.NFKD.String(part))
	part = strings.Map(func(r rune) rune {
		if accent(r) {
			return -1
		}
		return r
	}, norm.NFKD.String(part))
	var plain strings.Builder
	for _, r := range norm.NFC.String(part) {
		if s, ok := spelled[r]; ok {
			plain.WriteString(s)
			continue
		}
		plain.WriteRune(r)
	}
	return plain.String()
}

// accent tells marks that people leave out when they search: those of European
// scripts, the vowels of Arabic and Hebrew, and what is not seen at all.
func accent(r rune) bool {
	return r >= 0x0300 && r <= 0x036F || r >= 0x0591 && r <= 0x05C7 || r >= 0x064B && r <= 0x065F || r == 0x0670 ||
		r == 0x0640 || r >= 0xFE00 && r <= 0xFE0F || r >= 0x200B && r <= 0x200F || r == 0x00AD || r == 0x2060
}

// folded is the folded text alone.
func folded(text string) string {
	var b strings.Builder
	for _, l := range fold(text) {
		b.WriteRune(l.r)
	}
	return b.String()
}

// dense tells characters of scripts that put no spaces between words; they are
// searched by pairs.
func dense(r rune) bool {
	if r < 0x0E00 {
		return false
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Hangul, unicode.Thai, unicode.Lao,
		unicode.Khmer, unicode.Myanmar, unicode.Bopomofo, unicode.Tibetan) || r == 'ー' || r == '々' || r == '〇'
}

func wordly(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.M, r)
}
