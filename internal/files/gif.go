package files

// maxMoving is how many pixels all frames of an animation may have together.
const maxMoving = 60 << 20

// framesOf counts the frames of a GIF and their pixels, from its blocks and
// without decoding them: a small file can hold very many large frames. It goes
// as far as it can read.
func framesOf(b []byte) (frames int, pixels int64) {
	at := 13 // header and screen
	if len(b) < at {
		return 0, 0
	}
	at += colours(b[10])
	for at < len(b) {
		switch b[at] {
		case 0x21: // an extension
			at = blocksEnd(b, at+2)
		case 0x2c: // a frame
			if at+10 > len(b) {
				return frames, pixels
			}
			width, height := int64(b[at+5])|int64(b[at+6])<<8, int64(b[at+7])|int64(b[at+8])<<8
			frames, pixels = frames+1, pixels+max(1, width*height)
			at = blocksEnd(b, at+10+colours(b[at+9])+1)
		default: // the end, or something else
			return frames, pixels
		}
	}
	return frames, pixels
}

// colours is how many bytes the colour table has that a packed field tells of.
func colours(packed byte) int {
	if packed&0x80 == 0 {
		return 0
	}
	return 3 << (1 + packed&7)
}

// blocksEnd is behind a row of sub-blocks.
func blocksEnd(b []byte, at int) int {
	for at < len(b) && b[at] != 0 {
		at += 1 + int(b[at])
	}
	return at + 1
}
