package files

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"
)

type fileRow struct {
	Room     string `gorm:"primaryKey"`
	Hash     string `gorm:"primaryKey"`
	Name     string
	Type     string
	Size     int64
	Width    int
	Height   int
	ByMember string
	At       int64
}

func (fileRow) TableName() string { return "files" }

// taken is how many bytes the files of a room have, without one.
func taken(db *gorm.DB, room, but string) (size int64, err error) {
	err = db.Raw("SELECT coalesce(sum(size), 0) FROM files WHERE room = ? AND hash <> ?", room, but).Scan(&size).Error
	return size, err
}

// full tells whether a room cannot take even one byte more.
func (f *Files) full(ctx context.Context, room string) (bool, error) {
	size, err := taken(f.store.Read().WithContext(ctx), room, "")
	if err != nil {
		return false, fmt.Errorf("count the files of a room: %w", err)
	}
	return size >= f.o.Quota, nil
}

// enter writes a file's row, or makes that fresh which it has.
func (f *Files) enter(ctx context.Context, room, member string, file File) error {
	row := fileRow{room, file.Hash, file.Name, file.Type, file.Size, file.Width, file.Height, member, f.o.Clock().UnixMilli()}
	return f.store.Write(ctx, func(tx *gorm.DB) error {
		size, err := taken(tx, room, file.Hash)
		if err != nil {
			return err
		}
		if size+file.Size > f.o.Quota {
			return ErrFull
		}
		return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
	})
}

// copyRows enters files of one room into another, or makes those fresh that it has.
func (f *Files) copyRows(ctx context.Context, from, to, member string, hashes []string) error {
	return f.store.Write(ctx, func(tx *gorm.DB) error {
		var rows []fileRow
		if err := tx.Find(&rows, "room = ? AND hash IN ?", from, hashes).Error; err != nil || len(rows) == 0 {
			return err
		}
		for i := range rows {
			rows[i].Room, rows[i].ByMember, rows[i].At = to, member, f.o.Clock().UnixMilli()
		}
		if err := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&rows).Error; err != nil {
			return err
		}
		size, err := taken(tx, to, "")
		if err == nil && size > f.o.Quota {
			return ErrFull
		}
		return err
	})
}

// find is a file of a room, and who brought it.
func (f *Files) find(ctx context.Context, room, hash string) (File, string, error) {
	var r fileRow
	err := f.store.Read().WithContext(ctx).Take(&r, "room = ? AND hash = ?", room, hash).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return File{}, "", ErrNone
	}
	if err != nil {
		return File{}, "", fmt.Errorf("find a file: %w", err)
	}
	return File{Hash: r.Hash, Name: r.Name, Type: r.Type, Size: r.Size, Width: r.Width, Height: r.Height}, r.ByMember, nil
}

// uses are the activities of a room in which a file is named, but not to other
// members alone.
func (f *Files) uses(ctx context.Context, room, member, hash string) (activities []string, err error) {
	err = f.store.Read().WithContext(ctx).Raw(`SELECT DISTINCT uses.activity FROM file_uses AS uses
		JOIN events ON events.room = uses.room AND events.seq = uses.seq
		WHERE uses.room = ? AND uses.hash = ? AND (to_only = '' OR to_only = ? OR to_and = ?)`, room, hash, member, member).Scan(&activities).Error
	if err != nil {
		return nil, fmt.Errorf("find where a file is used: %w", err)
	}
	return activities, nil
}

// unnamed is what may go: it is old enough, and nothing in its room names it.
const unnamed = `at < ? AND NOT EXISTS (SELECT 1 FROM file_uses u WHERE u.room = files.room AND u.hash = files.hash)`

// letGo deletes the rows of some files that may go, and tells which; none if
// there are no more. What names a file is committed by the same writer: it is
// seen here, or comes later and finds no file.
func (f *Files) letGo(ctx context.Context, before int64) (hashes []string, err error) {
	err = f.store.Write(ctx, func(tx *gorm.DB) error {
		hashes = nil
		return tx.Raw(`DELETE FROM files WHERE (room, hash) IN (SELECT room, hash FROM files WHERE `+unnamed+` LIMIT 100)
			RETURNING hash`, before).Scan(&hashes).Error
	})
	if err != nil {
		return nil, fmt.Errorf("let files go: %w", err)
	}
	return hashes, nil
}

// known tells whether any room has a file.
func (f *Files) known(ctx context.Context, hash string) (bool, error) {
	var n int64
	err := f.store.Read().WithContext(ctx).Raw("SELECT count(*) FROM (SELECT 1 FROM files WHERE hash = ? LIMIT 1)", hash).Scan(&n).Error
	if err != nil {
		return false, fmt.Errorf("look for a file: %w", err)
	}
	return n > 0, nil
}
