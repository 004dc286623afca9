package accounts

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/go-webauthn/webauthn/webauthn"
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
	Device    string
}

func (t tokenRow) key() hash { return hash(t.Hash) }

func (tokenRow) TableName() string { return "tokens" }

type accountRow struct {
	Person    string `gorm:"primaryKey"`
	Email     string
	Password  string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	ChangedAt int64

	VerifiedAt int64 // 0: it is not
	Language   string
}

func (accountRow) TableName() string { return "accounts" }

func (r accountRow) told() Account {
	return Account{Person: r.Person, Email: r.Email, Verified: r.VerifiedAt > 0, CreatedAt: r.CreatedAt, Password: r.Password != ""}
}

type linkRow struct {
	Hash      []byte `gorm:"primaryKey"`
	Person    string
	Purpose   string
	Email     string
	ExpiresAt int64
}

func (linkRow) TableName() string { return "account_links" }

type secondRow struct {
	Person      string `gorm:"primaryKey"`
	Secret      string
	ConfirmedAt int64 // 0: not yet
	Used        int64
}

func (secondRow) TableName() string { return "second_steps" }

type recoveryRow struct {
	Person string `gorm:"primaryKey"`
	Hash   []byte `gorm:"primaryKey"`
}

func (recoveryRow) TableName() string { return "recovery_codes" }

type passkeyRow struct {
	ID         []byte `gorm:"primaryKey"`
	Person     string
	Credential string // JSON of a webauthn.Credential
	Device     string
	CreatedAt  int64 `gorm:"autoCreateTime:false"`
	UsedAt     int64 // 0: never
}

func (passkeyRow) TableName() string { return "passkeys" }

func (r passkeyRow) read() (credential webauthn.Credential, err error) {
	if err := json.Unmarshal([]byte(r.Credential), &credential); err != nil {
		return credential, fmt.Errorf("read a passkey: %w", err)
	}
	return credential, nil
}

func passkeysOf(query *gorm.DB, person string) (rows []passkeyRow, err error) {
	if err := query.Where("person = ?", person).Order("created_at, id").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list passkeys: %w", err)
	}
	return rows, nil
}

// secondOf is a person's second step, or an empty row.
func secondOf(query *gorm.DB, person string) (row secondRow, err error) {
	if err := query.Where("person = ?", person).Limit(1).Find(&row).Error; err != nil {
		return row, fmt.Errorf("look up a second step: %w", err)
	}
	return row, nil
}

func dropSecond(tx *gorm.DB, person string) error {
	return errors.Join(
		tx.Where("person = ?", person).Delete(&secondRow{}).Error,
		tx.Where("person = ?", person).Delete(&recoveryRow{}).Error,
	)
}

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

// write runs a transaction. Errors that say why something cannot be done are
// returned as they are.
func (a *Accounts) write(ctx context.Context, what string, do func(tx *gorm.DB) error) error {
	if err := a.database.Write(ctx, do); err != nil {
		return fmt.Errorf("%s: %w", what, err)
	}
	return nil
}

func (a *Accounts) byEmail(ctx context.Context, email string) (accountRow, error) {
	return takeAccount(a.database.Read().WithContext(ctx).Where("email = ?", email))
}

func (a *Accounts) byPerson(ctx context.Context, person string) (accountRow, error) {
	return takeAccount(a.database.Read().WithContext(ctx).Where("person = ?", person))
}

func takeAccount(query *gorm.DB) (accountRow, error) {
	return take[accountRow](query, "an account", ErrNoAccount)
}

// take finds the one row of a query, or returns missing.
func take[T any](query *gorm.DB, what string, missing error) (T, error) {
	var row T
	found := query.Limit(1).Find(&row)
	if found.Error != nil {
		return row, fmt.Errorf("look up %s: %w", what, found.Error)
	}
	if found.RowsAffected == 0 {
		return row, missing
	}
	return row, nil
}

// create stores an account, if neither its person nor its address has one.
func create(tx *gorm.DB, row accountRow) error {
	if _, err := takeAccount(tx.Where("person = ?", row.Person)); !errors.Is(err, ErrNoAccount) {
		return cmp.Or(err, ErrHasAccount)
	}
	if err := free(tx, row.Email); err != nil {
		return err
	}
	return tx.Create(&row).Error
}

// free makes sure that no account has an address.
func free(tx *gorm.DB, email string) error {
	if _, err := takeAccount(tx.Where("email = ?", email)); !errors.Is(err, ErrNoAccount) {
		return cmp.Or(err, ErrTaken)
	}
	return nil
}

// unchanged makes sure that an account still has the password that was compared.
func unchanged(tx *gorm.DB, row accountRow) error {
	now, err := takeAccount(tx.Where("person = ?", row.Person))
	if err == nil && now.Password != row.Password {
		return ErrWrong
	}
	return err
}

// signIn gives a device a token of an account, which learns the language that
// its person reads now.
func signIn(tx *gorm.DB, row accountRow, token string, e Entrance, now int64) error {
	if err := tx.Model(&row).Update("language", e.Language).Error; err != nil {
		return err
	}
	return replaceToken(tx, row.Person, token, e, now)
}

// replaceToken gives a device a token for the one that it had.
func replaceToken(tx *gorm.DB, person, token string, e Entrance, now int64) error {
	if former := hash(sha256.Sum256([]byte(e.Token))); wellFormed(e.Token) {
		err := tx.Model(&tokenRow{}).Where("hash = ?", former[:]).Where("revoked_at = 0").Update("revoked_at", now).Error
		if err != nil {
			return err
		}
	}
	key := sha256.Sum256([]byte(token))
	return tx.Create(&tokenRow{Hash: key[:], Person: person, CreatedAt: now, SeenAt: now, Device: e.Device}).Error
}

// revokeOf revokes those of a person's valid tokens that are meant.
func revokeOf(tx *gorm.DB, person string, now int64, which func(tokenRow) bool) ([]hash, error) {
	var rows []tokenRow
	if err := tx.Where("person = ?", person).Where("revoked_at = 0").Find(&rows).Error; err != nil {
		return nil, err
	}
	var ended []hash
	for _, row := range rows {
		if !which(row) {
			continue
		}
		if err := tx.Model(&tokenRow{}).Where("hash = ?", row.Hash).Update("revoked_at", now).Error; err != nil {
			return nil, err
		}
		ended = append(ended, row.key())
	}
	return ended, nil
}
