package collab

import (
	"strings"

	"plenum/collab/delta"
	"plenum/collab/markup"
)

// wordsOf is what an insert says where it stands, of a poll what was asked.
func (d *Document) wordsOf(o delta.Op) string {
	name, poll := pollOf(o)
	if place, known := d.poll(name); poll && known && d.polls[place].Asked != nil {
		return strings.ReplaceAll(d.polls[place].Asked.Prompt, "\n", " ")
	}
	return wordsOf(o)
}

// wordsOf is what an insert says: its text, what an image shows, or the TeX of a formula.
func wordsOf(o delta.Op) string {
	if o.Kind() != delta.Embed {
		return o.Text()
	}
	if tex, ok := markup.FormulaOf(o); ok {
		return tex
	}
	alt, _ := o.Attributes().Get("alt").AsString()
	return alt
}
