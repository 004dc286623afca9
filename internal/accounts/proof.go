package accounts

import (
	"context"
	"crypto/sha256"
	"errors"
	"time"
)

// ErrStale means that somebody whose account has no password signed in too long ago.
var ErrStale = errors.New("this takes a sign-in of the last minutes")

// freshFor is how long after signing in a device can do what otherwise takes the password.
const freshFor = 10 * time.Minute

// Proof is how somebody who is signed in shows that it is they, and not somebody
// who found the device: by the password or, if the account has none, by having
// signed in just now.
type Proof struct {
	Password string
	Token    string // of the device
}

// owner finds the account of a person if the proof is good. It returns ErrWrong
// or ErrStale if it is not.
func (a *Accounts) owner(ctx context.Context, person string, p Proof) (accountRow, error) {
	row, err := a.byPerson(ctx, person)
	if err != nil {
		return row, err
	}
	if row.Password != "" {
		return a.verified(ctx, row.Email, p.Password)
	}
	token, err := a.find(ctx, sha256.Sum256([]byte(p.Token)))
	if errors.Is(err, ErrNoToken) || err == nil && (token.Person != person || a.clock().UnixMilli()-token.CreatedAt > freshFor.Milliseconds()) {
		return row, ErrStale
	}
	return row, err
}
