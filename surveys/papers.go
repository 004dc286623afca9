package surveys

import (
	"context"

	"plenum/rooms"
)

// papers are a survey as hosts take it along in a room's ZIP: what they can
// download of it.
var papers = rooms.Papers{Folder: "surveys", Sees: rooms.Nobody, Do: func(ctx context.Context, r rooms.Reading) (files []rooms.File, err error) {
	language := r.Ask["language"]
	for _, ask := range []map[string]string{{"part": "results"}, {"part": "answers"}, {"format": "xlsx"}} {
		ask["language"] = language
		r.Ask = ask
		made, err := table(ctx, r)
		if err != nil {
			return nil, err
		}
		files = append(files, made.(rooms.File))
	}
	made, err := export(ctx, r)
	if err != nil {
		return nil, err
	}
	return append(files, made.(rooms.File)), nil
}}
