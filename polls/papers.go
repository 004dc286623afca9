package polls

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"strconv"

	"plenum/rooms"
)

// papers are a poll as hosts take it along in a room's ZIP: the tables that they
// can export, and of every closed round the ballots to be counted anew.
var papers = rooms.Papers{Folder: "polls", Sees: rooms.Nobody, Do: func(ctx context.Context, r rooms.Reading) ([]rooms.File, error) {
	files, err := tablesOf(ctx, r)
	if err != nil {
		return nil, err
	}
	all, err := recordOf(ctx, r)
	if err != nil {
		return nil, err
	}
	for _, a := range all.rounds {
		if a.State != Closed {
			continue
		}
		files = append(files, a.paper(ctx, r))
	}
	return files, nil
}}

// askingFor is a reading that asks for something more.
func askingFor(r rooms.Reading, what map[string]string) rooms.Reading {
	ask := map[string]string{}
	maps.Copy(ask, r.Ask)
	maps.Copy(ask, what)
	r.Ask = ask
	return r
}

// tablesOf are the results as CSV and everything as a workbook; where that would
// have too many columns, the answers and secret votes as CSV.
func tablesOf(ctx context.Context, r rooms.Reading) (files []rooms.File, err error) {
	asks := []map[string]string{{"format": "csv"}, {"format": "xlsx"}}
	for i := 0; i < len(asks); i++ {
		made, err := table(ctx, askingFor(r, asks[i]))
		if errors.Is(err, ErrColumns) {
			asks = append(asks, map[string]string{"format": "csv", "part": "answers"}, map[string]string{"format": "csv", "part": "ballots"})
			continue
		}
		if err != nil {
			return nil, err
		}
		files = append(files, made.(rooms.File))
	}
	return files, nil
}

// paper is a closed round for "plenum recount". Its ballots are read when it is
// written: of many rounds only one has them in memory.
func (a *polled) paper(ctx context.Context, r rooms.Reading) rooms.File {
	of := map[string]string{"question": a.ID, "round": strconv.Itoa(a.Round)}
	title := r.Title
	if title == "" {
		title = "Poll"
	}
	name := rooms.FileName(fmt.Sprintf("%s - %d", title, a.place), "poll")
	if a.again {
		name = rooms.FileName(fmt.Sprintf("%s - %d round %d", title, a.place, a.Round), "poll")
	}
	return rooms.File{Name: name + ".json", Type: "application/json", Write: func(w io.Writer) error {
		file, err := export(ctx, askingFor(r, of))
		if err != nil {
			return err
		}
		out := json.NewEncoder(w)
		out.SetEscapeHTML(false)
		out.SetIndent("", " ")
		return out.Encode(file)
	}}
}
