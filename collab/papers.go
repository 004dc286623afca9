package collab

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"strings"
	"time"

	"plenum/rooms"
)

// papers are a document as people read it in a room's ZIP, by the export of its
// kind: Markdown or code, a web page, and what was commented.
func papers(export func(context.Context, rooms.Reading) (any, error)) rooms.Papers {
	return rooms.Papers{Folder: "documents", Do: func(ctx context.Context, r rooms.Reading) ([]rooms.File, error) {
		var files []rooms.File
		for _, format := range []string{"", "html"} {
			asked := r
			asked.Ask = map[string]string{}
			maps.Copy(asked.Ask, r.Ask)
			asked.Ask["format"] = format
			made, err := export(ctx, asked)
			if err != nil {
				return nil, err
			}
			files = append(files, made.(rooms.File))
		}
		comments, err := commentsOf(ctx, r)
		if err != nil || len(comments) == 0 {
			return files, err
		}
		name := strings.TrimSuffix(files[0].Name, ".md") + " - comments.md"
		return append(files, rooms.File{Name: name, Type: files[0].Type, Write: func(w io.Writer) error { return writeComments(w, comments) }}), nil
	}}
}

// commentsOf are the threads of a document that are not erased whole.
func commentsOf(ctx context.Context, r rooms.Reading) ([]Thread, error) {
	raw, err := r.View(ctx)
	if err != nil {
		return nil, err
	}
	var now struct{ Threads []Thread }
	if err := json.Unmarshal(raw, &now); err != nil {
		return nil, fmt.Errorf("read the comments of a document: %w", err)
	}
	return now.Threads, nil
}

// quoted keeps what was said within the quotation that it stands in.
var quoted = strings.NewReplacer("\n", "\n> ")

// writeComments writes threads as Markdown: the passage as a heading, and below it
// who said what.
func writeComments(w io.Writer, threads []Thread) error {
	for _, t := range threads {
		head := "## " + strings.Join(strings.Fields(t.Quote), " ")
		if t.Resolved != "" {
			head += " ✓"
		}
		if _, err := fmt.Fprintf(w, "%s\n\n", head); err != nil {
			return err
		}
		for _, c := range t.Comments {
			if c.Gone {
				continue
			}
			at := time.UnixMilli(c.At).UTC().Format("2006-01-02 15:04")
			if _, err := fmt.Fprintf(w, "**%s**, %s UTC\n\n> %s\n\n", starless.Replace(c.Name), at, quoted.Replace(c.Text)); err != nil {
				return err
			}
		}
	}
	return nil
}

// starless keeps a name from ending its own bold type.
var starless = strings.NewReplacer("*", `\*`, "_", `\_`, "<", "&lt;")
