package collab

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"plenum/collab/delta"
	"plenum/collab/markup"
	"plenum/rooms"
)

// export is the named read {format, suggestions}: the document as a file, without
// comments. What is only suggested is said with signs, unless it is asked for as
// if all of it were "accepted" or "rejected".
func export(ctx context.Context, r rooms.Reading) (any, error) {
	format, ok := formatOf(r.Ask["format"])
	if !ok {
		return nil, rooms.ErrMalformed
	}
	title, content, polls, err := shownTo(ctx, r)
	if err != nil {
		return nil, err
	}
	if content, err = exported(bare(content).Normal(), r.Ask["suggestions"]); err != nil {
		return nil, err
	}
	content = spelled(content, polls)
	return rooms.File{
		Name: fileName(title) + format.End,
		Type: format.Type + "; charset=utf-8",
		Write: func(w io.Writer) error {
			return format.Write(w, title, content)
		},
	}, nil
}

// exported is a content with its suggestions as they are asked for.
func exported(content delta.Delta, suggestions string) (delta.Delta, error) {
	as := map[string]outcome{"accepted": accepted, "rejected": rejected}
	if how, ok := as[suggestions]; ok {
		return delta.Apply(content, settled(slices.Values([]delta.Delta{content}), content.Len(), anySuggestion, how))
	}
	if suggestions != "" && suggestions != "shown" {
		return nil, rooms.ErrMalformed
	}
	return signed(content), nil
}

// shownTo is the content as it is now, what it is called, and what is seen of its polls.
func shownTo(ctx context.Context, r rooms.Reading) (title string, content delta.Delta, polls []Poll, err error) {
	view, err := r.View(ctx)
	if err != nil {
		return "", nil, nil, err
	}
	var now struct {
		Content delta.Delta
		Polls   []Poll
	}
	if err := json.Unmarshal(view, &now); err != nil {
		return "", nil, nil, fmt.Errorf("read the view of a document: %w", err)
	}
	title = r.Title
	if title == "" {
		title = firstLine(now.Content)
	}
	return title, now.Content, now.Polls, nil
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

// fileName is a title as the name of a file.
func fileName(title string) string { return rooms.FileName(title, "document") }
