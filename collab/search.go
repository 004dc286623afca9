package collab

import (
	"fmt"
	"hash/fnv"
	"strings"

	"plenum/collab/delta"
	"plenum/collab/markup"
	"plenum/rooms"
)

// A part of a document that search finds is whole lines of about this many
// bytes; a longer line is cut.
const (
	partLeast  = 150
	partEnough = 600
	partMost   = 4000
)

// Texts are the comments and the parts of a document, as search can find them. A part is named by
// what is in it, so that writing at the top leaves those below as they are.
func (d *Document) Texts() []rooms.Text {
	texts := d.comments()
	times := map[string]int{}
	for _, part := range d.parts() {
		sum := fnv.New64a()
		sum.Write([]byte(part))
		key := fmt.Sprintf("%016x", sum.Sum64())
		times[key]++
		if n := times[key]; n > 1 {
			key = fmt.Sprintf("%s-%d", key, n)
		}
		texts = append(texts, rooms.Text{Key: key, Text: part})
	}
	return texts
}

// parts cuts the text. A part ends where a heading begins, so that what changes
// under one heading does not move the others.
func (d *Document) parts() (parts []string) {
	var part strings.Builder
	end := func() {
		if text := strings.TrimSpace(part.String()); text != "" {
			parts = append(parts, text)
		}
		part.Reset()
	}
	d.lines(func(line string, heading bool) {
		if heading || part.Len() > partLeast && part.Len()+len(line) > partEnough {
			end()
		}
		for len(line) > partMost {
			n := cutAt(line)
			part.WriteString(line[:n])
			end()
			line = line[n:]
		}
		part.WriteString(line)
		part.WriteByte('\n')
		if part.Len() >= partEnough {
			end()
		}
	})
	end()
	return parts
}

// cutAt is where a long line is cut: at a space, or at least not in a character.
func cutAt(line string) int {
	if space := strings.LastIndexByte(line[:partMost], ' '); space > partMost/2 {
		return space + 1
	}
	n := partMost
	for line[n]&0xC0 == 0x80 {
		n--
	}
	return n
}

// lines goes through the lines of the text.
func (d *Document) lines(each func(line string, heading bool)) {
	var line strings.Builder
	for ops := range d.text.pieces() {
		for _, o := range ops {
			rest := d.wordsOf(o)
			for {
				before, after, ends := strings.Cut(rest, "\n")
				line.WriteString(before)
				if !ends {
					break
				}
				if _, starts, _ := markup.CellOf(o.Attributes()); starts && line.Len() == 0 {
					rest = after
					continue // nobody sees it
				}
				each(line.String(), headed(o.Attributes()) || d.source && strings.HasPrefix(line.String(), "#"))
				line.Reset()
				rest = after
			}
		}
	}
	if line.Len() > 0 {
		each(line.String(), false)
	}
}

func headed(attributes delta.Attributes) bool {
	for _, a := range attributes {
		if a.Name == "header" {
			return true
		}
	}
	return false
}
