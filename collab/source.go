package collab

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"plenum/collab/delta"
	"plenum/collab/markup"
	"plenum/rooms"
)

// Source is a document that is written as its source, in Markdown or in a language
// of code: text alone, by the same operations, history and rules as Kind. A change that sets formats
// or puts in something else than text is refused as "format".
var Source = rooms.Kind{
	Name:   "source",
	Format: 2, // 2: in other languages than Markdown
	Commands: map[string]rooms.Needs{
		"change": {Role: rooms.Editor, Class: rooms.Write},
		"name":   {Role: rooms.Editor, Class: rooms.Write},
		"unname": {Role: rooms.Editor, Class: rooms.Write},
		"import": {Role: rooms.Editor, Class: rooms.Write},
		"code":   {Role: rooms.Editor, Class: rooms.Write},
	},
	Signals: Kind.Signals,
	Reads:   reads(exportSource),
	Files:   map[string]rooms.FromFile{"import": asItIs},
	New:     openSource,
	Papers:  papers(exportSource),
	Frame:   keepFrames,
	Folds:   true,
}

// ErrSourceFile is why a file does not become a source.
var ErrSourceFile = rooms.Refuse("file-type", "Markdown documents can be made of Markdown and plain text.")

// openSource makes a source as open makes a document, with {"language"} besides.
func openSource(settings json.RawMessage) (rooms.Activity, error) {
	content, err := parseSettings(settings, textAlone)
	if err != nil {
		return nil, err
	}
	var asked struct{ Language string }
	if len(settings) > 0 {
		if err := json.Unmarshal(settings, &asked); err != nil {
			return nil, rooms.ErrMalformed
		}
	}
	d := newDocument(content)
	d.source = true
	d.spoken, err = spoken(asked.Language)
	return d, err
}

// textAlone tells whether a change has nothing but text.
func textAlone(change delta.Delta) error {
	for _, o := range change {
		if o.Kind() == delta.Embed || len(o.Attributes()) > 0 {
			return ErrFormat
		}
	}
	return allowed(change)
}

// allowed tells whether this document may have what a change inserts and lays
// on the text.
func (d *Document) allowed(change delta.Delta) error {
	if d.source {
		return textAlone(change)
	}
	return allowed(change)
}

var lineEnds = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\x00", "\ufffd")

// asItIs makes the content of the command "import" of a file that is written as
// a source is: every character stays, but for the ways to end a line.
func asItIs(mediaType string, file []byte) (json.RawMessage, error) {
	if mediaType != "text/markdown" && mediaType != "text/plain" {
		return nil, ErrSourceFile
	}
	if !utf8.Valid(file) {
		return nil, ErrEncoding
	}
	if len(file) > MaxImport {
		return nil, ErrTooBig
	}
	text := lineEnds.Replace(strings.TrimPrefix(string(file), "\ufeff"))
	if !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return json.Marshal(map[string]any{"content": delta.Delta{delta.Write(text, nil)}})
}

// exportSource is the named read {format}: the source as it is, if no format is
// asked for; or the page that it describes, as far as documents can say it. Code is
// a page, and Markdown, with one block of code.
func exportSource(ctx context.Context, r rooms.Reading) (any, error) {
	format, ok := formatOf(r.Ask["format"])
	if !ok {
		return nil, rooms.ErrMalformed
	}
	title, content, is, err := shownSource(ctx, r)
	if err != nil {
		return nil, err
	}
	write := func(w io.Writer) error { return writeAsItIs(w, content) }
	end, media := format.End, format.Type
	switch {
	case is != "" && (r.Ask["format"] == "" || format.Name == "text"):
		end, media = markup.LanguageEnd(is), "text/plain"
	case is != "":
		write = func(w io.Writer) error { return format.Write(w, title, codeOf(content, is)) }
	case format.Name == "html":
		page, err := pageOf(content)
		if err != nil {
			return nil, err
		}
		write = func(w io.Writer) error { return format.Write(w, title, page) }
	}
	name := fileName(title)
	if is != "" {
		name = strings.TrimSuffix(name, end)
	}
	return rooms.File{Name: name + end, Type: media + "; charset=utf-8", Write: write}, nil
}

// shownSource is a source as it is now, what it is called, and its language.
func shownSource(ctx context.Context, r rooms.Reading) (title string, content delta.Delta, language string, err error) {
	view, err := r.View(ctx)
	if err != nil {
		return "", nil, "", err
	}
	var now struct {
		Content  delta.Delta
		Language string
	}
	if err := json.Unmarshal(view, &now); err != nil {
		return "", nil, "", fmt.Errorf("read the view of a source: %w", err)
	}
	title = r.Title
	if title == "" {
		title = strings.TrimLeft(firstLine(now.Content), "# ")
	}
	return title, now.Content, now.Language, nil
}

func writeAsItIs(w io.Writer, content delta.Delta) error {
	for _, o := range content {
		if _, err := io.WriteString(w, o.Text()); err != nil {
			return err
		}
	}
	return nil
}

// codeOf is a document with a source as one block of code.
func codeOf(source delta.Delta, language string) delta.Delta {
	value := delta.True
	if language != "text" {
		value = delta.String(language)
	}
	var out delta.Delta
	for _, o := range source {
		for rest := o.Text(); rest != ""; {
			line, after, ended := strings.Cut(rest, "\n")
			if line != "" {
				out = append(out, delta.Write(line, nil))
			}
			if ended {
				out = append(out, delta.Write("\n", attributed("code-block", value)))
			}
			rest = after
		}
	}
	return out.Normal()
}

// pageOf is the document that a source describes.
func pageOf(source delta.Delta) (delta.Delta, error) {
	var text strings.Builder
	for _, o := range source {
		text.WriteString(o.Text())
	}
	markdown, _ := formatOf("markdown")
	page, err := markdown.Read([]byte(text.String()), MaxUnits)
	return page, unread(err)
}

// unread is what is said of a file that cannot be read.
func unread(err error) error {
	switch {
	case errors.Is(err, markup.ErrEncoding):
		return ErrEncoding
	case errors.Is(err, markup.ErrTangled):
		return ErrTangled
	case errors.Is(err, markup.ErrBig):
		return ErrTooBig
	default:
		return err
	}
}
