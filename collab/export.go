package collab

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"plenum/collab/delta"
	"plenum/collab/markup"
	"plenum/rooms"
)

// export is the named read {format}: the document as a file, without comments.
func export(ctx context.Context, r rooms.Reading) (any, error) {
	format, ok := formatOf(r.Ask["format"])
	if !ok {
		return nil, rooms.ErrMalformed
	}
	title, content, err := shownTo(ctx, r)
	if err != nil {
		return nil, err
	}
	content = bare(content).Normal()
	return rooms.File{
		Name: fileName(title) + format.End,
		Type: format.Type + "; charset=utf-8",
		Write: func(w io.Writer) error {
			return format.Write(w, title, content)
		},
	}, nil
}

// shownTo is the content as it is now, and what it is called.
func shownTo(ctx context.Context, r rooms.Reading) (title string, content delta.Delta, err error) {
	view, err := r.View(ctx)
	if err != nil {
		return "", nil, err
	}
	var now struct{ Content delta.Delta }
	if err := json.Unmarshal(view, &now); err != nil {
		return "", nil, fmt.Errorf("read the view of a document: %w", err)
	}
	title = r.Title
	if title == "" {
		title = firstLine(now.Content)
	}
	return title, now.Content, nil
}

// formatOf finds a format by its name; the first is meant by none.
func formatOf(name string) (markup.Format, bool) {
	for _, f := range markup.Formats {
		if name == "" || f.Name == name {
			return f, true
		}
	}
	return markup.Format{}, false
}

// firstLine is what a document without a title is called by.
func firstLine(content delta.Delta) string {
	var all strings.Builder
	for _, o := range content {
		text := strings.TrimLeft(wordsOf(o), "\n")
		if all.Len() > 0 {
			text = wordsOf(o)
		}
		before, _, ended := strings.Cut(text, "\n")
		if all.WriteString(before); ended || all.Len() > 200 {
			break
		}
	}
	return strings.TrimSpace(all.String())
}

// maxFileName is how long the name of a file may be, in characters.
const maxFileName = 60

// fileName is a title as every system can have it for the name of a file.
func fileName(title string) string {
	name := []rune(strings.Join(strings.FieldsFunc(title, func(r rune) bool {
		return r <= ' ' || r == 0x7f || strings.ContainsRune(`<>:"/\|?*`, r)
	}), " "))
	short := strings.Trim(string(name[:min(len(name), maxFileName)]), ". ")
	if short == "" {
		return "document"
	}
	return short
}
