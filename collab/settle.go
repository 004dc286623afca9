package collab

import (
	"slices"
	"strings"

	"plenum/collab/delta"
	"plenum/collab/markup"
)

// maxSettled is how many operations a change may have once its formats lie
// where they belong. It leaves room for what a transform has split.
const maxSettled = 2 * MaxOperations

// settle puts the formats of a change where they belong: those of text on text
// only, so that a selection over many lines can be made bold, and those of
// images on images. A format of lines on anything but newlines is refused.
func (t *text) settle(change delta.Delta) (delta.Delta, error) {
	var out delta.Delta // from the first operation that is split
	c := cursor{text: t}
	at := 0
	for i, o := range change {
		if o.Kind() == delta.Retain && len(o.Attributes()) > 0 {
			if out == nil {
				out = append(make(delta.Delta, 0, len(change)+8), change[:i]...)
			}
			covered, err := c.slice(at, at+o.Len())
			if err != nil {
				return nil, refused(err)
			}
			if out, err = lay(out, o.Attributes(), covered); err != nil {
				return nil, err
			}
		} else if out != nil {
			out = append(out, o)
		}
		if !o.Inserts() {
			at += o.Len()
		}
	}
	if out == nil {
		return change, nil
	}
	return out.Normal(), nil
}

// lay appends the retains that lay attributes on what they cover.
func lay(out delta.Delta, a delta.Attributes, covered delta.Delta) (delta.Delta, error) {
	inline, line, image := split(a)
	lineOnly := slices.ContainsFunc(line, func(one delta.Attribute) bool { return formats[one.Name].line })
	for _, o := range covered {
		if o.Kind() == delta.Embed {
			if lineOnly {
				return nil, ErrFormat
			}
			if _, isImage := markup.ImageOf(o); !isImage {
				image = inline
			}
			out = keep(out, 1, image)
			continue
		}
		for rest := o.Text(); rest != ""; {
			n := strings.IndexByte(rest, '\n')
			switch {
			case n == 0:
				n = len(rest) - len(strings.TrimLeft(rest, "\n"))
				out = keep(out, n, line)
			case lineOnly:
				return nil, ErrFormat
			default:
				if n < 0 {
					n = len(rest)
				}
				out = keep(out, delta.Units(rest[:n]), inline)
			}
			rest = rest[n:]
		}
		if len(out) > maxSettled {
			return nil, ErrTooBig
		}
	}
	return out, nil
}

// keep appends a retain, to the last one if that has the same attributes.
func keep(out delta.Delta, n int, a delta.Attributes) delta.Delta {
	if last := len(out) - 1; last >= 0 && out[last].Kind() == delta.Retain && out[last].Attributes().Equal(a) {
		out[last] = delta.Keep(out[last].Len()+n, a)
		return out
	}
	return append(out, delta.Keep(n, a))
}
