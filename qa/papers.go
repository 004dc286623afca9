package qa

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"time"

	"plenum/polls/tables"
	"plenum/rooms"
)

// papers are the questions as a host sees them, as a table in a room's ZIP.
var papers = rooms.Papers{Folder: "questions", Do: func(ctx context.Context, r rooms.Reading) ([]rooms.File, error) {
	raw, err := r.View(ctx)
	if err != nil {
		return nil, err
	}
	var seen View
	if err := json.Unmarshal(raw, &seen); err != nil {
		return nil, fmt.Errorf("read the view of questions: %w", err)
	}
	t := tables.Table{Name: "questions", Rows: seen.rows}
	for _, head := range []string{"id", "at", "name", "question", "votes", "state", "answer", "reason", "merged into"} {
		t.Columns = append(t.Columns, tables.Column{Head: head})
	}
	return []rooms.File{{
		Name: rooms.FileName(cmp.Or(r.Title, "Questions"), "questions") + ".csv", Type: tables.CSVType,
		Write: func(w io.Writer) error { return tables.WriteCSV(w, t) },
	}}, nil
}}

// rows are the questions in the order in which they were asked.
func (v View) rows(yield func([]any) bool) {
	for _, q := range v.Questions {
		row := []any{int(q.ID), time.UnixMilli(q.At).UTC().Format(time.RFC3339), q.Name, q.Text, q.People, string(q.State), q.Answer, q.Reason, nil}
		if q.Into != 0 {
			row[len(row)-1] = int(q.Into)
		}
		if !yield(row) {
			return
		}
	}
}
