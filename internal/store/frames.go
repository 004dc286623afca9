package store

import (
	"context"
	"fmt"
	"math"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"plenum/rooms"
)

// frameRow is a row of the table frames; see migrations.
type frameRow struct {
	Room     string `gorm:"primaryKey"`
	Activity string `gorm:"primaryKey"`
	Format   int    `gorm:"primaryKey;autoIncrement:false"`
	Place    uint64 `gorm:"primaryKey;autoIncrement:false"`
	Seq      uint64
	Index    []byte
	State    []byte
}

func (frameRow) TableName() string { return "frames" }

func (r frameRow) frame() rooms.Frame {
	return rooms.Frame{Place: r.Place, Seq: r.Seq, Index: r.Index, State: r.State}
}

func framesOf(db *gorm.DB, room, activity string, format int, through uint64) *gorm.DB {
	return db.Where("room = ? AND activity = ? AND format = ? AND place <= ?", room, activity, format, min(through, math.MaxInt64))
}

// Frame implements rooms.Log.
func (s *Store) Frame(ctx context.Context, room, activity string, format int, place uint64) (rooms.Frame, error) {
	var rows []frameRow
	err := framesOf(s.Read().WithContext(ctx), room, activity, format, place).Order("place DESC").Limit(1).Find(&rows).Error
	if err != nil {
		return rooms.Frame{}, fmt.Errorf("read a frame of %s in room %s: %w", activity, room, err)
	}
	if len(rows) == 0 {
		return rooms.Frame{}, nil
	}
	return rows[0].frame(), nil
}

// Frames implements rooms.Log.
func (s *Store) Frames(ctx context.Context, room, activity string, format int, after, through uint64) ([]rooms.Frame, error) {
	if after >= math.MaxInt64 {
		return nil, nil
	}
	var rows []frameRow
	err := framesOf(s.Read().WithContext(ctx), room, activity, format, through).
		Select("place", "seq", "index").Where("place > ?", after).Order("place").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("read the frames of %s in room %s: %w", activity, room, err)
	}
	frames := make([]rooms.Frame, len(rows))
	for i, r := range rows {
		frames[i] = r.frame()
	}
	return frames, nil
}

// SaveFrame implements rooms.Log. A frame of an event that is not stored, or not
// any more, is dropped.
func (s *Store) SaveFrame(ctx context.Context, room, activity string, format int, f rooms.Frame) error {
	row := frameRow{Room: room, Activity: activity, Format: format, Place: f.Place, Seq: f.Seq, Index: f.Index, State: f.State}
	if err := s.Write(ctx, func(tx *gorm.DB) error {
		return ofRoom(tx, room, func() error {
			var there bool
			err := tx.Raw("SELECT count(*) > 0 FROM events WHERE room = ? AND seq = ? AND activity = ?", room, f.Seq, activity).Scan(&there).Error
			if err != nil || !there {
				return err
			}
			return tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(&row).Error
		})
	}); err != nil {
		return fmt.Errorf("save a frame of %s in room %s: %w", activity, room, err)
	}
	return nil
}
