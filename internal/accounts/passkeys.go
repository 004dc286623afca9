package accounts

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"
	"gorm.io/gorm"
)

// Why a passkey is not taken.
var (
	ErrPasskey      = errors.New("this passkey is not known, or its answer is not right")
	ErrNoPasskey    = errors.New("there is no such passkey")
	ErrManyPasskeys = errors.New("there are as many passkeys as an account can have")
)

// MaxPasskeys is how many passkeys an account can have.
const MaxPasskeys = 20

// Passkey is a key that a person signs in with instead of a password.
type Passkey struct {
	ID        string
	Device    string // where it was made; "" if not known
	CreatedAt int64  // Unix milliseconds
	UsedAt    int64  // 0: never
}

// BeginPasskey asks for a new passkey of a person. What it returns is for the
// browser: PublicKeyCredentialCreationOptionsJSON of Web Authentication Level 3.
// origin is that of the pages, https://plenum.example: a passkey works there only.
func (a *Accounts) BeginPasskey(ctx context.Context, person string, p Proof, origin string) (any, error) {
	row, err := a.owner(ctx, person, p)
	if err != nil {
		return nil, err
	}
	party, err := partyOf(origin)
	if err != nil {
		return nil, err
	}
	holder, err := holderOf(a.database.Read().WithContext(ctx), row)
	if err != nil {
		return nil, err
	}
	if len(holder.credentials) >= MaxPasskeys {
		return nil, ErrManyPasskeys
	}
	creation, _, err := party.BeginRegistration(holder,
		webauthn.WithExclusions(webauthn.Credentials(holder.credentials).CredentialDescriptors()),
		func(o *protocol.PublicKeyCredentialCreationOptions) {
			o.Challenge = a.challenges.give(toAdd(person), a.clock())
		})
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	return creation.Response, nil
}

// AddPasskey takes the browser's answer to BeginPasskey: a
// RegistrationResponseJSON. The account's address is told of it.
func (a *Accounts) AddPasskey(ctx context.Context, person, origin, device string, answer []byte) error {
	party, err := partyOf(origin)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil || !a.answers(parsed.Response.CollectedClientData.Challenge, toAdd(person)) {
		return ErrPasskey
	}
	credential, err := party.CreateCredential(holder{id: person}, webauthn.SessionData{
		Challenge:        parsed.Response.CollectedClientData.Challenge,
		UserID:           []byte(person),
		UserVerification: protocol.VerificationRequired,
		CredParams:       webauthn.CredentialParametersDefault(),
	}, parsed)
	if err != nil {
		return ErrPasskey
	}
	return a.mail(ctx, "add a passkey", func(tx *gorm.DB) error {
		row, err := takeAccount(tx.Where("person = ?", person))
		if err != nil {
			return err
		}
		var count int64
		if err := tx.Model(&passkeyRow{}).Where("person = ?", person).Count(&count).Error; err != nil {
			return err
		}
		if count >= MaxPasskeys {
			return ErrManyPasskeys
		}
		// A key that somebody has already is not given to somebody else.
		if _, err := take[passkeyRow](tx.Where("id = ?", credential.ID), "a passkey", ErrNoPasskey); !errors.Is(err, ErrNoPasskey) {
			return errors.Join(ErrPasskey, err)
		}
		key, err := json.Marshal(credential)
		if err != nil {
			return err
		}
		added := passkeyRow{ID: credential.ID, Person: person, Credential: string(key), Device: device, CreatedAt: a.clock().UnixMilli()}
		if err := tx.Create(&added).Error; err != nil {
			return err
		}
		return a.notify(tx, row.Email, lettersIn(row.Language).passkeyAdded)
	})
}

// AskPasskey asks for any passkey that the browser has for these pages. What it
// returns is for the browser: PublicKeyCredentialRequestOptionsJSON.
func (a *Accounts) AskPasskey(origin string) (any, error) {
	party, err := partyOf(origin)
	if err != nil {
		return nil, err
	}
	assertion, _, err := party.BeginDiscoverableLogin(webauthn.WithChallenge(a.challenges.give(toSignIn, a.clock())))
	if err != nil {
		return nil, fmt.Errorf("ask for a passkey: %w", err)
	}
	return assertion.Response, nil
}

// LogInByPasskey gives a device a new token for the browser's answer to
// AskPasskey, an AuthenticationResponseJSON. Of the entrance it reads device,
// language and token. The device has made sure of the person, so no second step
// is asked for.
func (a *Accounts) LogInByPasskey(ctx context.Context, origin string, answer []byte, e Entrance) (Account, string, error) {
	party, err := partyOf(origin)
	if err != nil {
		return Account{}, "", err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil || !a.answers(parsed.Response.CollectedClientData.Challenge, toSignIn) {
		return Account{}, "", ErrPasskey
	}
	session := webauthn.SessionData{
		Challenge:        parsed.Response.CollectedClientData.Challenge,
		UserVerification: protocol.VerificationRequired,
	}
	var row accountRow
	token, now := random(tokenBytes), a.clock().UnixMilli()
	err = a.write(ctx, "sign in by a passkey", func(tx *gorm.DB) error {
		key, err := take[passkeyRow](tx.Where("id = ?", parsed.RawID), "a passkey", ErrPasskey)
		if err != nil {
			return err
		}
		if row, err = takeAccount(tx.Where("person = ?", key.Person)); err != nil {
			return err
		}
		credential, err := key.read()
		if err != nil {
			return err
		}
		owner := holder{id: key.Person, credentials: []webauthn.Credential{credential}}
		_, used, err := party.ValidatePasskeyLogin(func(_, handle []byte) (webauthn.User, error) {
			if !bytes.Equal(handle, owner.WebAuthnID()) {
				return nil, ErrPasskey
			}
			return owner, nil
		}, session, parsed)
		// A counter that goes back is that of a copied key.
		if err != nil || used.Authenticator.CloneWarning {
			return ErrPasskey
		}
		stored, err := json.Marshal(used)
		if err != nil {
			return err
		}
		if err := tx.Model(&key).Updates(map[string]any{"credential": string(stored), "used_at": now}).Error; err != nil {
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

// Passkeys are those of a person, the first made first.
func (a *Accounts) Passkeys(ctx context.Context, person string) ([]Passkey, error) {
	rows, err := passkeysOf(a.database.Read().WithContext(ctx), person)
	all := make([]Passkey, len(rows))
	for i, row := range rows {
		all[i] = Passkey{ID: base64.RawURLEncoding.EncodeToString(row.ID), Device: row.Device, CreatedAt: row.CreatedAt, UsedAt: row.UsedAt}
	}
	return all, err
}

// DropPasskey takes a passkey of a person away.
func (a *Accounts) DropPasskey(ctx context.Context, person, id string) error {
	key, err := base64.RawURLEncoding.DecodeString(id)
	if err != nil {
		return ErrNoPasskey
	}
	return a.write(ctx, "drop a passkey", func(tx *gorm.DB) error {
		dropped := tx.Where("id = ? AND person = ?", key, person).Delete(&passkeyRow{})
		if dropped.Error == nil && dropped.RowsAffected == 0 {
			return ErrNoPasskey
		}
		return dropped.Error
	})
}

// What a challenge is good for.
const toSignIn = "sign in"

func toAdd(person string) string { return "add a passkey of " + person }

// answers tells whether a browser's answer is to a challenge that was given for
// this purpose, and that was not answered before.
func (a *Accounts) answers(challenge, purpose string) bool {
	given, err := base64.RawURLEncoding.DecodeString(challenge)
	return err == nil && a.challenges.take(given, purpose, a.clock())
}

// partyOf is the side of the pages in a passkey's conversation. The device has to
// keep the key, and to make sure of its person by a finger, a face or a PIN.
func partyOf(origin string) (*webauthn.WebAuthn, error) {
	pages, err := url.Parse(origin)
	if err != nil || pages.Hostname() == "" {
		return nil, ErrPasskey
	}
	return webauthn.New(&webauthn.Config{
		RPID:                  pages.Hostname(),
		RPDisplayName:         "Plenum",
		RPOrigins:             []string{origin},
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{
			ResidentKey:        protocol.ResidentKeyRequirementRequired,
			RequireResidentKey: protocol.ResidentKeyRequired(),
			UserVerification:   protocol.VerificationRequired,
		},
	})
}

// holder is who holds passkeys.
type holder struct {
	id, email   string
	credentials []webauthn.Credential
}

func holderOf(query *gorm.DB, row accountRow) (holder, error) {
	rows, err := passkeysOf(query, row.Person)
	if err != nil {
		return holder{}, err
	}
	h := holder{id: row.Person, email: row.Email}
	for _, one := range rows {
		credential, err := one.read()
		if err != nil {
			return holder{}, err
		}
		h.credentials = append(h.credentials, credential)
	}
	return h, nil
}

// The methods of webauthn.User.

func (h holder) WebAuthnID() []byte                         { return []byte(h.id) }
func (h holder) WebAuthnName() string                       { return h.email }
func (h holder) WebAuthnDisplayName() string                { return h.email }
func (h holder) WebAuthnCredentials() []webauthn.Credential { return h.credentials }
