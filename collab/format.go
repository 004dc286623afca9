package collab

import (
	"strings"

	"plenum/collab/delta"
	"plenum/collab/markup"
	"plenum/rooms"
)

// format is an attribute that documents have.
type format struct {
	line  bool // on newlines only, for the line that they end; else on text and images only
	both  bool // on newlines as well as on text and images
	image bool // on images only
	valid func(delta.Value) bool
}

var formats = map[string]format{
	"bold":       {valid: one(delta.True)},
	"italic":     {valid: one(delta.True)},
	"strike":     {valid: one(delta.True)},
	"code":       {valid: one(delta.True)},
	"underline":  {valid: one(delta.True)},
	"link":       {valid: valued(markup.IsLink)},
	"alt":        {image: true, valid: valued(markup.IsAlt)}, // what it shows, in words
	"size":       {image: true, valid: one(`"small"`, `"medium"`)},
	"shape":      {image: true, valid: valued(markup.IsShape)}, // its pixels: "640x480"
	"blockquote": {line: true, valid: one(delta.True)},
	"code-block": {line: true, valid: markup.IsCode}, // in a language, or in none
	"header":     {line: true, valid: one("1", "2", "3")},
	"list":       {line: true, valid: one(`"bullet"`, `"ordered"`, `"checked"`, `"unchecked"`)},
	"indent":     {line: true, valid: one("1", "2", "3", "4", "5", "6", "7", "8")},
	"cell":       {line: true, valid: valued(markup.IsCell)},
	"cell-start": {line: true, valid: valued(markup.IsCell)}, // the empty line before the first of a cell
}

// formatNamed finds a format. Anchors and marks are some of their own.
func formatNamed(name string) (format, bool) {
	if isMark(name) {
		return format{both: true, valid: validMark}, true
	}
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

func valued(is func(string) bool) func(delta.Value) bool {
	return func(v delta.Value) bool {
		s, ok := v.AsString()
		return ok && is(s)
	}
}

// allowed tells whether documents have what a change inserts and the formats
// that it lays on the text.
func allowed(change delta.Delta) error {
	images := 0
	for _, o := range change {
		_, image := markup.ImageOf(o)
		_, poll := pollOf(o)
		_, formula := markup.FormulaOf(o)
		if o.Kind() == delta.Embed && !image && !poll && !formula {
			return ErrFormat
		}
		if image {
			images++
		}
		if strings.ContainsAny(o.Text(), "\r\x00") {
			return ErrText
		}
		if err := formatted(o); err != nil {
			return err
		}
	}
	if images > rooms.MaxFiles {
		return ErrTooBig
	}
	return nil
}

// formatted tells whether an operation has formats that it may have.
func formatted(o delta.Op) error {
	newlines := strings.Count(o.Text(), "\n")
	if anchors(o.Attributes()) > maxAnchors || marks(o.Attributes()) > maxMarks && o.Inserts() {
		return ErrFormat
	}
	for _, a := range o.Attributes() {
		f, known := formatNamed(a.Name)
		if !known || a.Value != delta.Null && !f.valid(a.Value) {
			return ErrFormat
		}
		if o.Kind() == delta.Text && !f.both && (f.line && newlines < len(o.Text()) || !f.line && newlines > 0) {
			return ErrFormat
		}
		if o.Kind() == delta.Text && f.image || o.Kind() == delta.Embed && f.line {
			return ErrFormat
		}
		if _, image := markup.ImageOf(o); f.image && o.Kind() == delta.Embed && !image {
			return ErrFormat
		}
	}
	return nil
}

// split parts attributes into those of text, those of lines, and those of
// images, which are those of text as well.
func split(a delta.Attributes) (inline, line, image delta.Attributes) {
	for i := range a {
		switch f := formats[a[i].Name]; {
		case isMark(a[i].Name):
			inline, line, image = append(inline, a[i]), append(line, a[i]), append(image, a[i])
		case f.line:
			line = append(line, a[i])
		case f.image:
			image = append(image, a[i])
		default:
			inline, image = append(inline, a[i]), append(image, a[i])
		}
	}
	return inline, line, image
}
