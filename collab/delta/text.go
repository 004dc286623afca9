package delta

// Units is the length of a text in UTF-16 units, as every browser counts it.
func Units(text string) int {
	n := 0
	for i := 0; i < len(text); i++ {
		// Of each character the first byte counts one, and the first of four
		// counts two; the other bytes count nothing.
		if b := text[i]; b < 0x80 || b >= 0xC0 {
			n++
			if b >= 0xF0 {
				n++
			}
		}
	}
	return n
}

// cut is the byte offset of n units in a text of length units, or -1 if that is
// inside a surrogate pair.
func cut(text string, length, n int) int {
	switch {
	case n >= length:
		return len(text)
	case len(text) == length: // ASCII
		return n
	}
	at := 0
	for n > 0 {
		switch b := text[at]; {
		case b < 0x80:
			at++
		case b < 0xE0:
			at += 2
		case b < 0xF0:
			at += 3
		default:
			at += 4
			n--
		}
		n--
	}
	if n < 0 {
		return -1
	}
	return at
}
