package accounts

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"net/mail"
	"strings"

	"gorm.io/gorm"
)

// Why an account cannot be made or used.
var (
	ErrEmail      = errors.New("this is not an e-mail address")
	ErrTaken      = errors.New("this e-mail address has an account")
	ErrHasAccount = errors.New("this person has an account")
	ErrNoAccount  = errors.New("there is no such account")
	ErrWrong      = errors.New("the e-mail address or the password is wrong")
)

// Account is what a person signs in with.
type Account struct {
	Person    string
	Email     string
	Verified  bool  // a link that was mailed to the address was opened
	CreatedAt int64 // Unix milliseconds
	Password  bool  // it has one
}

// Entrance is somebody who makes an account or signs in.
type Entrance struct {
	Email    string
	Password string
	Code     string // of the second step, or ""
	Device   string // a short name for the list of sessions, or ""
	Language string // of the pages, for letters; "" is English
	Token    string // that the device has so far, or ""; it is revoked
}

const maxEmail = 254 // bytes

// NormalEmail is an address in the form in which addresses are compared.
func NormalEmail(address string) (string, error) {
	address = strings.ToLower(strings.TrimSpace(address))
	parsed, err := mail.ParseAddress(address)
	if err != nil || parsed.Name != "" || parsed.Address != address || len(address) > maxEmail {
		return "", ErrEmail
	}
	return address, nil
}

// SignUp makes an account for a guest, who stays the same person, or for a new
// person if that is "". The device gets a new token.
func (a *Accounts) SignUp(ctx context.Context, person string, e Entrance) (Account, string, error) {
	email, err := NormalEmail(e.Email)
	if err != nil {
		return Account{}, "", err
	}
	if err := checkPassword(e.Password, email); err != nil {
		return Account{}, "", err
	}
	password, err := a.hasher.hash(ctx, e.Password)
	if err != nil {
		return Account{}, "", err
	}
	guest := person != ""
	if !guest {
		person = "u-" + random(personBytes)
	}
	now := a.clock().UnixMilli()
	row := accountRow{Person: person, Email: email, Password: password, Language: e.Language, CreatedAt: now, ChangedAt: now}
	token := random(tokenBytes)
	err = a.mail(ctx, "make an account", func(tx *gorm.DB) error {
		if !guest {
			if err := tx.Create(&personRow{ID: person, CreatedAt: now}).Error; err != nil {
				return err
			}
		}
		if err := create(tx, row); err != nil {
			return err
		}
		if a.Mailing() {
			if err := a.sendLink(tx, row, forAddress, email); err != nil {
				return err
			}
		}
		return replaceToken(tx, person, token, e, now)
	})
	if err != nil {
		return Account{}, "", err
	}
	a.forget(e.Token)
	return row.told(), token, nil
}

// LogIn gives a device a new token of an account's person. An unknown address
// costs as much and is answered as a wrong password. Whether a code is needed is
// told to who knows the password: ErrSecond.
func (a *Accounts) LogIn(ctx context.Context, e Entrance) (Account, string, error) {
	row, err := a.verified(ctx, e.Email, e.Password)
	if err != nil {
		return Account{}, "", err
	}
	token, now := random(tokenBytes), a.clock().UnixMilli()
	err = a.write(ctx, "sign in", func(tx *gorm.DB) error {
		// The password may have been changed while this one was compared.
		if err := unchanged(tx, row); err != nil {
			return err
		}
		if err := passSecond(tx, row.Person, e.Code, a.clock()); err != nil {
			return err
		}
		return signIn(tx, row, token, e, now)
	})
	if err != nil {
		return Account{}, "", err
	}
	a.forget(e.Token)
	return row.told(), token, nil
}

// verified finds the account of an address if the password is right.
func (a *Accounts) verified(ctx context.Context, address, password string) (accountRow, error) {
	row, stored := accountRow{}, a.hasher.nobody
	email, err := NormalEmail(address)
	if err == nil {
		row, err = a.byEmail(ctx, email)
	}
	switch {
	case err == nil && row.Password == "":
		err = ErrNoAccount // that one could sign in to by a password
	case err == nil:
		stored = row.Password
	case !errors.Is(err, ErrEmail) && !errors.Is(err, ErrNoAccount):
		return row, err
	}
	right, old, hashErr := a.hasher.matches(ctx, password, stored)
	if hashErr != nil {
		return row, hashErr
	}
	if err != nil || !right {
		return row, ErrWrong
	}
	if old {
		return a.rehash(ctx, row, password)
	}
	return row, nil
}

// rehash stores a password that is known to be right at the present cost.
func (a *Accounts) rehash(ctx context.Context, row accountRow, password string) (accountRow, error) {
	before := row
	var err error
	if row.Password, err = a.hasher.hash(ctx, password); err != nil {
		return row, err
	}
	return row, a.write(ctx, "store a password anew", func(tx *gorm.DB) error {
		if err := unchanged(tx, before); err != nil {
			return err
		}
		return tx.Save(&row).Error
	})
}

// ChangePassword sets a new password. All tokens of the person but that of the
// proof are revoked.
func (a *Accounts) ChangePassword(ctx context.Context, person string, p Proof, password string) error {
	row, err := a.byPerson(ctx, person)
	if err != nil {
		return err
	}
	if err := checkPassword(password, row.Email); err != nil {
		return err
	}
	if row, err = a.owner(ctx, person, p); err != nil {
		return err
	}
	keep := hash(sha256.Sum256([]byte(p.Token)))
	return a.setPassword(ctx, row, password, keep[:])
}

// SetPassword sets the password of an address's account, without the former
// one; the person is signed out everywhere.
func (a *Accounts) SetPassword(ctx context.Context, address, password string) error {
	row, err := a.named(ctx, address)
	if err != nil {
		return err
	}
	if err := checkPassword(password, row.Email); err != nil {
		return err
	}
	return a.setPassword(ctx, row, password, nil)
}

func (a *Accounts) setPassword(ctx context.Context, row accountRow, password string, keep []byte) error {
	before, now := row, a.clock().UnixMilli()
	var err error
	if row.Password, err = a.hasher.hash(ctx, password); err != nil {
		return err
	}
	row.ChangedAt = now
	var ended []hash
	err = a.mail(ctx, "set a password", func(tx *gorm.DB) error {
		if err := unchanged(tx, before); err != nil {
			return err
		}
		if err := tx.Save(&row).Error; err != nil {
			return err
		}
		ended, err = revokeOf(tx, row.Person, now, func(t tokenRow) bool { return string(t.Hash) != string(keep) })
		if err != nil {
			return err
		}
		return a.notify(tx, row.Email, lettersIn(row.Language).passwordChanged)
	})
	a.recent.revoked(ended...)
	return err
}

// Account finds the account of a person, or ErrNoAccount.
func (a *Accounts) Account(ctx context.Context, person string) (Account, error) {
	row, err := a.byPerson(ctx, person)
	return row.told(), err
}

// SignedIn tells whether a person has an account.
func (a *Accounts) SignedIn(ctx context.Context, person string) (bool, error) {
	_, err := a.byPerson(ctx, person)
	if errors.Is(err, ErrNoAccount) {
		return false, nil
	}
	return err == nil, err
}

// Accounts lists all accounts, by their addresses.
func (a *Accounts) Accounts(ctx context.Context) ([]Account, error) {
	var rows []accountRow
	if err := a.database.Read().WithContext(ctx).Order("email").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("list the accounts: %w", err)
	}
	all := make([]Account, len(rows))
	for i, row := range rows {
		all[i] = row.told()
	}
	return all, nil
}

// Find finds the account of an address, or ErrNoAccount.
func (a *Accounts) Find(ctx context.Context, address string) (Account, error) {
	row, err := a.named(ctx, address)
	return row.told(), err
}

func (a *Accounts) named(ctx context.Context, address string) (accountRow, error) {
	email, err := NormalEmail(address)
	if err != nil {
		return accountRow{}, err
	}
	return a.byEmail(ctx, email)
}

func (a *Accounts) forget(token string) {
	if wellFormed(token) {
		a.recent.revoked(sha256.Sum256([]byte(token)))
	}
}
