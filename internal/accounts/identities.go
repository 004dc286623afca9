package accounts

import (
	"context"
	"encoding/base64"
	"errors"

	"gorm.io/gorm"

	"plenum/internal/oidc"
)

// Why an identity is not taken.
var (
	ErrAttempt   = errors.New("this sign-in was not begun here, or took too long")
	ErrNoAddress = errors.New("the identity provider tells no e-mail address")
	ErrConnect   = errors.New("this e-mail address has an account that is not connected")
	ErrConnected = errors.New("this identity, or this account, is connected already")
	ErrOnlyWay   = errors.New("there is no other way to sign in")
)

// Identity is how an identity provider knows an account.
type Identity struct {
	Issuer    string
	CreatedAt int64 // Unix milliseconds
	UsedAt    int64
}

type identityRow struct {
	Issuer    string `gorm:"primaryKey"`
	Subject   string `gorm:"primaryKey"`
	Person    string
	CreatedAt int64 `gorm:"autoCreateTime:false"`
	UsedAt    int64
}

func (identityRow) TableName() string { return "identities" }

// What the state of an attempt is good for.
const toEnter = "enter by an identity"

func toConnect(person string) string { return "connect an identity to " + person }

// AskIdentity makes the state of an attempt to sign in, good once and for five minutes.
func (a *Accounts) AskIdentity() string { return a.stateFor(toEnter) }

// AskConnection makes the state of an attempt to connect an identity to an account.
func (a *Accounts) AskConnection(ctx context.Context, person string, p Proof) (string, error) {
	if _, err := a.owner(ctx, person, p); err != nil {
		return "", err
	}
	return a.stateFor(toConnect(person)), nil
}

func (a *Accounts) stateFor(purpose string) string {
	return base64.RawURLEncoding.EncodeToString(a.challenges.give(purpose, a.clock()))
}

// LogInByIdentity gives a device a new token of the account that an identity is
// connected to. Who is not known yet gets an account without a password: a guest
// stays the same person, "" becomes a new one. An address that has an account
// already is not enough to sign in to it: ErrConnect. Of the entrance it reads
// device, language and token. The provider has made sure of the person, so no
// second step is asked for.
func (a *Accounts) LogInByIdentity(ctx context.Context, state, person string, who oidc.Identity, e Entrance) (Account, string, error) {
	if !a.answers(state, toEnter) {
		return Account{}, "", ErrAttempt
	}
	var row accountRow
	token, now := random(tokenBytes), a.clock().UnixMilli()
	err := a.mail(ctx, "sign in by an identity", func(tx *gorm.DB) error {
		known, err := take[identityRow](byIdentity(tx, who), "an identity", ErrNoAccount)
		if errors.Is(err, ErrNoAccount) {
			row, err = a.signUpBy(tx, person, who, e.Language, now)
		} else if err == nil {
			if err = tx.Model(&known).Update("used_at", now).Error; err == nil {
				row, err = takeAccount(tx.Where("person = ?", known.Person))
			}
		}
		if err != nil {
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

// signUpBy makes an account for an identity that nobody had here.
func (a *Accounts) signUpBy(tx *gorm.DB, person string, who oidc.Identity, language string, now int64) (accountRow, error) {
	email, err := NormalEmail(who.Email)
	if err != nil {
		return accountRow{}, ErrNoAddress
	}
	if person == "" {
		person = "u-" + random(personBytes)
		if err := tx.Create(&personRow{ID: person, CreatedAt: now}).Error; err != nil {
			return accountRow{}, err
		}
	}
	row := accountRow{Person: person, Email: email, Language: language, CreatedAt: now, ChangedAt: now}
	if who.Verified {
		row.VerifiedAt = now
	}
	if err := create(tx, row); errors.Is(err, ErrTaken) {
		return row, ErrConnect
	} else if err != nil {
		return row, err
	}
	if !who.Verified && a.Mailing() {
		if err := a.sendLink(tx, row, forAddress, email); err != nil {
			return row, err
		}
	}
	return row, connect(tx, person, who, now)
}

// ConnectIdentity lets an account be signed in to by an identity, too. The
// account's address is told of it.
func (a *Accounts) ConnectIdentity(ctx context.Context, state, person string, who oidc.Identity) error {
	if !a.answers(state, toConnect(person)) {
		return ErrAttempt
	}
	return a.mail(ctx, "connect an identity", func(tx *gorm.DB) error {
		row, err := takeAccount(tx.Where("person = ?", person))
		if err != nil {
			return err
		}
		if err := connect(tx, person, who, a.clock().UnixMilli()); err != nil {
			return err
		}
		return a.notify(tx, row.Email, lettersIn(row.Language).connected)
	})
}

// connect stores an identity of a person, if it is nobody's and the person has none of that issuer.
func connect(tx *gorm.DB, person string, who oidc.Identity, now int64) error {
	taken := byIdentity(tx, who).Or("person = ? AND issuer = ?", person, who.Issuer)
	if _, err := take[identityRow](taken, "an identity", ErrNoAccount); !errors.Is(err, ErrNoAccount) {
		return errors.Join(ErrConnected, err)
	}
	return tx.Create(&identityRow{Issuer: who.Issuer, Subject: who.Subject, Person: person, CreatedAt: now, UsedAt: now}).Error
}

func byIdentity(query *gorm.DB, who oidc.Identity) *gorm.DB {
	return query.Where("issuer = ? AND subject = ?", who.Issuer, who.Subject)
}

// Identities are those that an account can be signed in to by, the first connected first.
func (a *Accounts) Identities(ctx context.Context, person string) ([]Identity, error) {
	rows, err := identitiesOf(a.database.Read().WithContext(ctx), person)
	all := make([]Identity, len(rows))
	for i, row := range rows {
		all[i] = Identity{row.Issuer, row.CreatedAt, row.UsedAt}
	}
	return all, err
}

// DropIdentities takes all identities of an account away. It returns ErrOnlyWay
// if nobody could sign in after that.
func (a *Accounts) DropIdentities(ctx context.Context, person string, p Proof) error {
	row, err := a.owner(ctx, person, p)
	if err != nil {
		return err
	}
	return a.write(ctx, "drop identities", func(tx *gorm.DB) error {
		if err := unchanged(tx, row); err != nil {
			return err
		}
		keys, err := passkeysOf(tx, person)
		if err != nil {
			return err
		}
		if row.Password == "" && len(keys) == 0 {
			return ErrOnlyWay
		}
		return tx.Where("person = ?", person).Delete(&identityRow{}).Error
	})
}

func identitiesOf(query *gorm.DB, person string) (rows []identityRow, err error) {
	return rows, query.Where("person = ?", person).Order("created_at, issuer").Find(&rows).Error
}
