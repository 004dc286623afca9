package accounts

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"
	"gorm.io/gorm"
)

// Why the second step of signing in is not done.
var (
	ErrSecond    = errors.New("a code is needed as well")
	ErrCode      = errors.New("the code is wrong or was used already")
	ErrHasSecond = errors.New("there is a second step already")
	ErrNoSecond  = errors.New("there is no second step to confirm")
)

const (
	secretBytes   = 20 // as RFC 4226 asks
	codeEvery     = 30 * time.Second
	recoveryCodes = 10
	recoveryBytes = 10
)

var readable = base32.StdEncoding.WithPadding(base32.NoPadding)

// BeginSecond makes the secret of a second step (RFC 6238: SHA-1, 6 digits,
// 30 s) and the address that authenticator apps take it from. It is asked for
// when it is confirmed.
func (a *Accounts) BeginSecond(ctx context.Context, person string, p Proof) (secret, address string, err error) {
	row, err := a.owner(ctx, person, p)
	if err != nil {
		return "", "", err
	}
	secret = readable.EncodeToString(randomBytes(secretBytes))
	err = a.write(ctx, "begin a second step", func(tx *gorm.DB) error {
		if err := unchanged(tx, row); err != nil {
			return err
		}
		former, err := secondOf(tx, person)
		if err != nil {
			return err
		}
		if former.ConfirmedAt > 0 {
			return ErrHasSecond
		}
		return tx.Save(&secondRow{Person: person, Secret: secret}).Error
	})
	query := url.Values{"secret": {secret}, "issuer": {"Plenum"}}
	return secret, "otpauth://totp/" + url.PathEscape("Plenum:"+row.Email) + "?" + query.Encode(), err
}

// ConfirmSecond takes the first code of a second step, which is asked for from
// then on. The recovery codes are told only here.
func (a *Accounts) ConfirmSecond(ctx context.Context, person, code string) (recovery []string, err error) {
	now := a.clock()
	for range recoveryCodes {
		text := strings.ToLower(readable.EncodeToString(randomBytes(recoveryBytes)))
		recovery = append(recovery, text[:4]+"-"+text[4:8]+"-"+text[8:12]+"-"+text[12:])
	}
	err = a.write(ctx, "confirm a second step", func(tx *gorm.DB) error {
		row, err := secondOf(tx, person)
		switch {
		case err != nil:
			return err
		case row.Person == "":
			return ErrNoSecond
		case row.ConfirmedAt > 0:
			return ErrHasSecond
		}
		if row.Used, err = stepOf(row, code, now); err != nil {
			return err
		}
		row.ConfirmedAt = now.UnixMilli()
		if err := tx.Save(&row).Error; err != nil {
			return err
		}
		for _, one := range recovery {
			if err := tx.Create(&recoveryRow{Person: person, Hash: recoveryHash(one)}).Error; err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	return recovery, nil
}

// EndSecond takes the second step away.
func (a *Accounts) EndSecond(ctx context.Context, person string, p Proof) error {
	row, err := a.owner(ctx, person, p)
	if err != nil {
		return err
	}
	return a.write(ctx, "end a second step", func(tx *gorm.DB) error {
		if err := unchanged(tx, row); err != nil {
			return err
		}
		return dropSecond(tx, person)
	})
}

// DropSecond takes the second step of an address's account away, for the
// operator; false if there was none.
func (a *Accounts) DropSecond(ctx context.Context, address string) (had bool, err error) {
	row, err := a.named(ctx, address)
	if err != nil {
		return false, err
	}
	err = a.write(ctx, "drop a second step", func(tx *gorm.DB) error {
		second, err := secondOf(tx, row.Person)
		had = second.Person != ""
		return errors.Join(err, dropSecond(tx, row.Person))
	})
	return had, err
}

// Second tells whether a person has a second step, and how many recovery codes
// are left.
func (a *Accounts) Second(ctx context.Context, person string) (on bool, left int, err error) {
	db := a.database.Read().WithContext(ctx)
	row, err := secondOf(db, person)
	if err != nil || row.ConfirmedAt == 0 {
		return false, 0, err
	}
	var count int64
	if err := db.Model(&recoveryRow{}).Where("person = ?", person).Count(&count).Error; err != nil {
		return true, 0, fmt.Errorf("count recovery codes: %w", err)
	}
	return true, int(count), nil
}

// passSecond takes the second step of a sign-in, if there is one: a code of the
// app, or a recovery code, which is used up.
func passSecond(tx *gorm.DB, person, code string, now time.Time) error {
	row, err := secondOf(tx, person)
	if err != nil || row.ConfirmedAt == 0 {
		return err
	}
	if strings.TrimSpace(code) == "" {
		return ErrSecond
	}
	step, err := stepOf(row, code, now)
	if err == nil {
		return tx.Model(&row).Update("used", step).Error
	}
	used := tx.Where("person = ? AND hash = ?", person, recoveryHash(code)).Delete(&recoveryRow{})
	if used.Error == nil && used.RowsAffected == 0 {
		return ErrCode
	}
	return used.Error
}

// stepOf finds which code of the app this is: that of now, or one beside it,
// since clocks differ; never one that was used, or one before that.
func stepOf(row secondRow, code string, now time.Time) (int64, error) {
	code = strings.Join(strings.Fields(code), "")
	present := now.Unix() / int64(codeEvery.Seconds())
	found := int64(-1)
	for step := present - 1; step <= present+1; step++ {
		want, err := totp.GenerateCode(row.Secret, time.Unix(step*int64(codeEvery.Seconds()), 0))
		if err != nil {
			return 0, fmt.Errorf("make a code: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 && step > row.Used {
			found = step
		}
	}
	if found < 0 {
		return 0, ErrCode
	}
	return found, nil
}

func recoveryHash(code string) []byte {
	plain := strings.ToLower(strings.NewReplacer("-", "", " ", "").Replace(code))
	sum := sha256.Sum256([]byte(plain))
	return sum[:]
}
