package store

import (
	"context"
	"errors"
	"fmt"

	"plenum/rooms"
)

// useRow is an event that names a file: as long as it does, the file is kept.
type useRow struct {
	Room     string `gorm:"primaryKey"`
	Hash     string `gorm:"primaryKey"`
	Seq      uint64 `gorm:"primaryKey;autoIncrement:false"`
	Activity string
}

func (useRow) TableName() string { return "file_uses" }

// usesOf are the rows of the events that name files. No kind of activity has to
// tell: a name cannot be mistaken for anything else.
func usesOf(room string, events []rooms.Event) []rooms.Row {
	var all []rooms.Row
	for _, e := range events {
		for _, name := range rooms.FilesIn(e.With) {
			all = append(all, rooms.Row{Put: &useRow{Room: room, Hash: name, Seq: e.Seq, Activity: e.In}})
		}
	}
	return all
}

// Files are the names of all files that rooms have in the database at path, each
// with its size. It may be in use.
func Files(ctx context.Context, path string) (sizes map[string]int64, err error) {
	db := openReadOnly(path)
	defer func() { err = errors.Join(err, db.Close()) }()
	sizes = map[string]int64{}
	tables, err := texts(ctx, db, "SELECT name FROM sqlite_schema WHERE name = 'files'")
	if err != nil || len(tables) == 0 {
		return sizes, err
	}
	rows, err := db.QueryContext(ctx, "SELECT DISTINCT hash, size FROM files")
	if err != nil {
		return nil, fmt.Errorf("read the files: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var name string
		var size int64
		if err := rows.Scan(&name, &size); err != nil {
			return nil, err
		}
		sizes[name] = size
	}
	return sizes, rows.Err()
}
