package accounts

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"plenum/internal/mail"
)

// Why something cannot be done by mail.
var (
	ErrNoMail = errors.New("this server sends no mail")
	ErrLink   = errors.New("this link is used, too old, or not whole")
)

// Mails takes letters within a transaction, and is woken when that succeeded.
type Mails interface {
	Put(tx *gorm.DB, l mail.Letter) error
	Wake()
}

// What a mailed link is good for, and for how long.
const (
	forPassword = "password"
	forAddress  = "address"

	passwordLink = time.Hour
	addressLink  = 3 * 24 * time.Hour
)

// Mailing tells whether the server sends mail at all.
func (a *Accounts) Mailing() bool { return a.mails != nil }

// AskPassword mails a link by which the password of an address's account can be
// set without the former one. Whether there is such an account is not told.
func (a *Accounts) AskPassword(ctx context.Context, address string) error {
	if !a.Mailing() {
		return ErrNoMail
	}
	email, err := NormalEmail(address)
	if err != nil {
		return err
	}
	return a.mail(ctx, "ask for a new password", func(tx *gorm.DB) error {
		row, err := takeAccount(tx.Where("email = ?", email))
		if errors.Is(err, ErrNoAccount) {
			return nil
		}
		if err != nil {
			return err
		}
		return a.sendLink(tx, row, forPassword, email)
	})
}

// AskAddress mails a link to the account's address that shows it to be the
// person's own.
func (a *Accounts) AskAddress(ctx context.Context, person string) error {
	if !a.Mailing() {
		return ErrNoMail
	}
	return a.mail(ctx, "ask for an address", func(tx *gorm.DB) error {
		row, err := takeAccount(tx.Where("person = ?", person))
		if err != nil || row.VerifiedAt > 0 {
			return err
		}
		return a.sendLink(tx, row, forAddress, row.Email)
	})
}

// ChangeEmail gives an account another address. Where mail is sent, that happens
// when the link that goes to the new address is opened; mailed tells so.
func (a *Accounts) ChangeEmail(ctx context.Context, person string, p Proof, address string) (mailed bool, err error) {
	email, err := NormalEmail(address)
	if err != nil {
		return false, err
	}
	row, err := a.owner(ctx, person, p)
	if err != nil {
		return false, err
	}
	if email == row.Email {
		return false, nil
	}
	return a.Mailing(), a.mail(ctx, "change an address", func(tx *gorm.DB) error {
		if err := unchanged(tx, row); err != nil {
			return err
		}
		if err := free(tx, email); err != nil {
			return err
		}
		if a.Mailing() {
			return a.sendLink(tx, row, forAddress, email)
		}
		row.Email, row.VerifiedAt = email, 0
		return tx.Save(&row).Error
	})
}

// OpenAddress is done with a link that was mailed for an address: the account
// has that address, and it is verified.
func (a *Accounts) OpenAddress(ctx context.Context, link string) (Account, error) {
	var row accountRow
	err := a.mail(ctx, "open a link", func(tx *gorm.DB) error {
		opened, err := a.takeLink(tx, link, forAddress)
		if err != nil {
			return err
		}
		if row, err = takeAccount(tx.Where("person = ?", opened.Person)); err != nil {
			return err
		}
		former := row.Email
		row.Email, row.VerifiedAt = opened.Email, a.clock().UnixMilli()
		if former == row.Email {
			return tx.Save(&row).Error
		}
		if err := free(tx, row.Email); err != nil {
			return err
		}
		if err := tx.Save(&row).Error; err != nil {
			return err
		}
		return a.notify(tx, former, lettersIn(row.Language).addressChanged)
	})
	return row.told(), err
}

// OpenPassword sets the password by a link that was mailed for it. The person is
// signed out everywhere; the address is verified.
func (a *Accounts) OpenPassword(ctx context.Context, link, password string) (Account, error) {
	found, err := a.link(a.database.Read().WithContext(ctx), link, forPassword)
	if err != nil {
		return Account{}, err
	}
	if err := checkPassword(password, found.Email); err != nil {
		return Account{}, err
	}
	stored, err := a.hasher.hash(ctx, password)
	if err != nil {
		return Account{}, err
	}
	var row accountRow
	var ended []hash
	now := a.clock().UnixMilli()
	err = a.mail(ctx, "set a password by a link", func(tx *gorm.DB) error {
		opened, err := a.takeLink(tx, link, forPassword)
		if err != nil {
			return err
		}
		if row, err = takeAccount(tx.Where("person = ?", opened.Person)); err != nil {
			return err
		}
		if row.Email != opened.Email {
			return ErrLink // the account has another address by now
		}
		row.Password, row.ChangedAt, row.VerifiedAt = stored, now, now
		if err := tx.Save(&row).Error; err != nil {
			return err
		}
		ended, err = revokeOf(tx, row.Person, now, func(tokenRow) bool { return true })
		if err != nil {
			return err
		}
		return a.notify(tx, row.Email, lettersIn(row.Language).passwordChanged)
	})
	a.recent.revoked(ended...)
	return row.told(), err
}

// mail runs a transaction that may put letters out.
func (a *Accounts) mail(ctx context.Context, what string, do func(tx *gorm.DB) error) error {
	err := a.write(ctx, what, do)
	if err == nil && a.Mailing() {
		a.mails.Wake()
	}
	return err
}

// sendLink puts a letter with a link out. Former links of the account for the
// same purpose are worthless.
func (a *Accounts) sendLink(tx *gorm.DB, row accountRow, purpose, email string) error {
	lasting, l := addressLink, lettersIn(row.Language).address
	if purpose == forPassword {
		lasting, l = passwordLink, lettersIn(row.Language).password
	}
	now, secret := a.clock(), random(tokenBytes)
	stale := tx.Where("person = ? AND purpose = ?", row.Person, purpose).Or("expires_at <= ?", now.UnixMilli())
	if err := stale.Delete(&linkRow{}).Error; err != nil {
		return err
	}
	key, until := sha256.Sum256([]byte(secret)), now.Add(lasting)
	err := tx.Create(&linkRow{Hash: key[:], Person: row.Person, Purpose: purpose, Email: email, ExpiresAt: until.UnixMilli()}).Error
	if err != nil {
		return err
	}
	// The secret is in the fragment, which browsers send to no server.
	text := fmt.Sprintf(l.text, email, a.site+"/account#"+purpose+"="+secret)
	return a.mails.Put(tx, mail.Letter{To: email, Subject: l.subject, Text: text, Until: until})
}

// notify tells the owner of an address what was done, if mail is sent.
func (a *Accounts) notify(tx *gorm.DB, email string, l letter) error {
	if !a.Mailing() {
		return nil
	}
	text, until := fmt.Sprintf(l.text, email, a.site+"/account"), a.clock().Add(addressLink)
	return a.mails.Put(tx, mail.Letter{To: email, Subject: l.subject, Text: text, Until: until})
}

// link finds a link that is good for a purpose, or returns ErrLink.
func (a *Accounts) link(query *gorm.DB, secret, purpose string) (linkRow, error) {
	key := sha256.Sum256([]byte(secret))
	good := query.Where("hash = ?", key[:]).Where("purpose = ?", purpose).Where("expires_at > ?", a.clock().UnixMilli())
	return take[linkRow](good, "a link", ErrLink)
}

// takeLink finds a link and uses it up.
func (a *Accounts) takeLink(tx *gorm.DB, secret, purpose string) (linkRow, error) {
	row, err := a.link(tx, secret, purpose)
	if err != nil {
		return row, err
	}
	return row, tx.Where("hash = ?", row.Hash).Delete(&linkRow{}).Error
}
