package delta

import "iter"

// AppendDocument appends the canonical JSON of a document that is at hand in
// pieces, as if they were one Delta in normal form.
func AppendDocument(to []byte, pieces iter.Seq[Delta]) []byte {
	p := joiner{to: append(to, '[')}
	for piece := range pieces {
		p.add(piece)
	}
	return p.end()
}

// joiner prints inserts, and joins texts that belong together while it does.
type joiner struct {
	to   []byte
	last Op // a text that may go on; its attributes are still to be printed
	some bool
}

func (p *joiner) add(piece Delta) {
	for i := range piece {
		o := &piece[i]
		if o.n == 0 {
			continue
		}
		if p.last.n > 0 && o.kind == Text && p.last.attributes.Equal(o.attributes) {
			p.to = appendEscaped(p.to, o.text)
			continue
		}
		p.close()
		if p.some {
			p.to = append(p.to, ',')
		}
		p.some = true
		if o.kind != Text {
			p.to = o.appendJSON(p.to)
			continue
		}
		p.to = appendEscaped(append(p.to, `{"insert":"`...), o.text)
		p.last = *o
	}
}

// close ends the text that was begun.
func (p *joiner) close() {
	if p.last.n > 0 {
		p.to = p.last.attributes.appendJSON(append(p.to, '"'))
		p.last = Op{}
	}
}

func (p *joiner) end() []byte {
	p.close()
	return append(p.to, ']')
}
