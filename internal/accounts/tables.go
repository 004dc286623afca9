package accounts

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
)

type personRow struct {
	ID        string `gorm:"primaryKey"`
	CreatedAt int64  `gorm:"autoCreateTime:false"`
}

func (personRow) TableName() string { return "people" }

type tokenRow struct {
	Hash      []byte `gorm:"primaryKey"`
	Person    string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	SeenAt    int64
	RevokedAt int64 // 0 while it is valid
}

func (tokenRow) TableName() string { return "tokens" }

func (a *Accounts) insert(ctx context.Context, person string, key hash, now int64) error {
	return a.database.Write(ctx, func(tx *gorm.DB) error {
		if err := tx.Create(&personRow{ID: person, CreatedAt: now}).Error; err != nil {
			return err
		}
		return tx.Create(&tokenRow{Hash: key[:], Person: person, CreatedAt: now, SeenAt: now}).Error
	})
}

func (a *Accounts) find(ctx context.Context, key hash) (tokenRow, error) {
	var row tokenRow
	err := a.database.Read().WithContext(ctx).Where("hash = ?", key[:]).Where("revoked_at = 0").Take(&row).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return row, ErrNoToken
	}
	if err != nil {
		return row, fmt.Errorf("look up a token: %w", err)
	}
	return row, nil
}

func (a *Accounts) seen(ctx context.Context, key hash, now int64) error {
	return a.database.Write(ctx, func(tx *gorm.DB) error {
		return tx.Model(&tokenRow{}).Where("hash = ?", key[:]).Update("seen_at", now).Error
	})
}

func (a *Accounts) revoke(ctx context.Context, key hash, now int64) error {
	var changed int64
	err := a.database.Write(ctx, func(tx *gorm.DB) error {
		result := tx.Model(&tokenRow{}).Where("hash = ?", key[:]).Where("revoked_at = 0").Update("revoked_at", now)
		changed = result.RowsAffected
		return result.Error
	})
	if err != nil {
		return fmt.Errorf("revoke a token: %w", err)
	}
	if changed == 0 {
		return ErrNoToken
	}
	return nil
}
