package rooms

import (
	"bytes"
	"strconv"
	"unicode"
	"unicode/utf16"
)

// HalfPair tells whether valid JSON escapes half of a surrogate pair. It reads
// the raw text, because a decoded string does not show it any more.
func HalfPair(raw []byte) bool {
	for i := 0; i < len(raw); {
		step := bytes.IndexByte(raw[i:], '\\')
		if step < 0 {
			return false
		}
		i += step
		unit := escaped(raw, i)
		switch {
		case unit < 0:
			i += 2 // a short escape, also of a backslash
		case !utf16.IsSurrogate(unit):
			i += 6
		case utf16.DecodeRune(unit, escaped(raw, i+6)) == unicode.ReplacementChar:
			return true
		default:
			i += 12
		}
	}
	return false
}

// escaped is the UTF-16 unit of the \uXXXX at a place, or -1.
func escaped(raw []byte, at int) rune {
	if at+6 > len(raw) || raw[at] != '\\' || raw[at+1] != 'u' {
		return -1
	}
	unit, err := strconv.ParseUint(string(raw[at+2:at+6]), 16, 16)
	if err != nil {
		return -1
	}
	return rune(unit)
}
