package collab

import (
	"context"
	"maps"

	"plenum/rooms"
)

// papers are a document as people read it in a room's ZIP, by the export of its
// kind: Markdown and a web page.
func papers(export func(context.Context, rooms.Reading) (any, error)) rooms.Papers {
	return rooms.Papers{Folder: "documents", Do: func(ctx context.Context, r rooms.Reading) ([]rooms.File, error) {
		var files []rooms.File
		for _, format := range []string{"markdown", "html"} {
			asked := r
			asked.Ask = maps.Clone(r.Ask)
			if asked.Ask == nil {
				asked.Ask = map[string]string{}
			}
			asked.Ask["format"] = format
			made, err := export(ctx, asked)
			if err != nil {
				return nil, err
			}
			files = append(files, made.(rooms.File))
		}
		return files, nil
	}}
}
