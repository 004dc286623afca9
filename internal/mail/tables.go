package mail

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// Database is where letters wait. Write runs one transaction and returns after
// it is stored durably; its function may run more than once.
type Database interface {
	Read() *gorm.DB
	Write(ctx context.Context, do func(tx *gorm.DB) error) error
}

type letterRow struct {
	ID        int64 `gorm:"primaryKey"`
	Recipient string
	Subject   string
	Text      string
	Until     int64 // Unix milliseconds
	Tries     int
	NextAt    int64 // Unix milliseconds
}

func (letterRow) TableName() string { return "letters" }

func (r letterRow) letter() Letter {
	return Letter{To: r.Recipient, Subject: r.Subject, Text: r.Text, Until: time.UnixMilli(r.Until)}
}

// next finds the letter that is to be tried first.
func (o *Outbox) next(ctx context.Context) (row letterRow, found bool, err error) {
	result := o.database.Read().WithContext(ctx).Order("next_at, id").Limit(1).Find(&row)
	if result.Error != nil {
		return row, false, fmt.Errorf("look for letters: %w", result.Error)
	}
	return row, result.RowsAffected > 0, nil
}

func (o *Outbox) remove(ctx context.Context, row letterRow) error {
	err := o.database.Write(ctx, func(tx *gorm.DB) error { return tx.Delete(&letterRow{ID: row.ID}).Error })
	if err != nil {
		return fmt.Errorf("take a letter out: %w", err)
	}
	return nil
}

func (o *Outbox) later(ctx context.Context, row letterRow, at time.Time) error {
	err := o.database.Write(ctx, func(tx *gorm.DB) error {
		return tx.Model(&row).Updates(map[string]any{"tries": row.Tries + 1, "next_at": at.UnixMilli()}).Error
	})
	if err != nil {
		return fmt.Errorf("put a letter back: %w", err)
	}
	return nil
}
