// Package markup carries the content of documents in and out: as Markdown
// (CommonMark with GFM's lists and strikethrough), as HTML and as plain text.
//
// What is written can be read again, and gives the same document up to this:
// an empty paragraph stays only where it parts two paragraphs, or two blocks of
// one sort; only list items are indented, each at most one level below the one
// before; a line that is several things at once is what it is shown as; text of
// code has no formats and no images; Markdown does not say how large an image is;
// and plain text has no formats, and of images what they show, in words.
//
// What comes in is hostile until it is read. Reading takes time and memory in
// proportion to the file, whatever is in it, and gives only formats that
// documents have.
package markup

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"plenum/collab/delta"
)

// Format is one of the ways to write a document down.
type Format struct {
	Name  string // as it is asked for
	Type  string // the media type
	End   string // of a file's name
	write func(w *bufio.Writer, title string, content delta.Delta)
	read  func(file string, s *sink)
}

// Formats are all that there are. The first is meant where none is named.
var Formats = []Format{
	{"markdown", "text/markdown", ".md", writeMarkdown, readMarkdown},
	{"html", "text/html", ".html", writeHTML, readHTML},
	{"text", "text/plain", ".txt", writeText, readText},
}

// Why a file cannot be read.
var (
	ErrEncoding = errors.New("the file is not text in UTF-8")
	ErrBig      = errors.New("the file has more in it than a document can hold")
	ErrTangled  = errors.New("the file is too tangled to be read")
)

// MaxOperations is how many operations a document may have that is read: a room
// takes it in one turn, so it may not be much more than a change has at most.
const MaxOperations = 20_000

// Write writes a document. The title is that of the page, where there is one.
func (f Format) Write(w io.Writer, title string, content delta.Delta) error {
	out := bufio.NewWriterSize(w, 32<<10)
	f.write(out, title, content)
	return out.Flush()
}

// Read makes a document of a file: at most so many UTF-16 units that end in a
// newline.
func (f Format) Read(file []byte, units int) (delta.Delta, error) {
	file = bytes.TrimPrefix(file, []byte("\ufeff"))
	if !utf8.Valid(file) {
		return nil, ErrEncoding
	}
	s := &sink{units: units, operations: MaxOperations}
	f.read(string(file), s)
	return s.document()
}
