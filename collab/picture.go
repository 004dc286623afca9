package collab

import "plenum/collab/delta"

// wordsOf is what an insert says: its text, or what an image shows.
func wordsOf(o delta.Op) string {
	if o.Kind() != delta.Embed {
		return o.Text()
	}
	alt, _ := o.Attributes().Get("alt").AsString()
	return alt
}
