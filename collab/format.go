package collab

import (
	"strings"

	"plenum/collab/delta"
	"plenum/collab/markup"
)

// format is an attribute that documents have.
type format struct {
	line  bool // on newlines only, for the line that they end; else on text only
	valid func(delta.Value) bool
}

var formats = map[string]format{
	"bold":       {valid: one(delta.True)},
	"italic":     {valid: one(delta.True)},
	"strike":     {valid: one(delta.True)},
	"code":       {valid: one(delta.True)},
	"underline":  {valid: one(delta.True)},
	"link":       {valid: linked},
	"blockquote": {line: true, valid: one(delta.True)},
	"code-block": {line: true, valid: one(delta.True)},
	"header":     {line: true, valid: one("1", "2", "3")},
	"list":       {line: true, valid: one(`"bullet"`, `"ordered"`, `"checked"`, `"unchecked"`)},
	"indent":     {line: true, valid: one("1", "2", "3", "4", "5", "6", "7", "8")},
}

// formatNamed finds a format. Anchors are some of their own.
func formatNamed(name string) (format, bool) {
	if _, ok := anchored(name); ok {
		return format{valid: one(delta.True)}, true
	}
	f, known := formats[name]
	return f, known
}

func one(of ...delta.Value) func(delta.Value) bool {
	return func(v delta.Value) bool {
		for i := range of {
			if of[i] == v {
				return true
			}
		}
		return false
	}
}

func linked(v delta.Value) bool {
	s, ok := v.AsString()
	return ok && markup.IsLink(s)
}

// allowed tells whether documents have what a change inserts and the formats
// that it lays on the text.
func allowed(change delta.Delta) error {
	for _, o := range change {
		if o.Kind() == delta.Embed {
			return ErrFormat
		}
		if strings.ContainsAny(o.Text(), "\r\x00") {
			return ErrText
		}
		if err := formatted(o); err != nil {
			return err
		}
	}
	return nil
}

// formatted tells whether an operation has formats that it may have.
func formatted(o delta.Op) error {
	newlines := strings.Count(o.Text(), "\n")
	if anchors(o.Attributes()) > maxAnchors {
		return ErrFormat
	}
	for _, a := range o.Attributes() {
		f, known := formatNamed(a.Name)
		if !known || a.Value != delta.Null && !f.valid(a.Value) {
			return ErrFormat
		}
		if o.Kind() == delta.Text && (f.line && newlines < len(o.Text()) || !f.line && newlines > 0) {
			return ErrFormat
		}
	}
	return nil
}

// split parts attributes into those of text and those of lines.
func split(a delta.Attributes) (inline, line delta.Attributes) {
	for i := range a {
		if formats[a[i].Name].line {
			line = append(line, a[i])
		} else {
			inline = append(inline, a[i])
		}
	}
	return inline, line
}
