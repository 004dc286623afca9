// Package accounts knows people by their tokens. A token is all that a person
// needs to be the same person again; only its hash is kept here. Who wants to be
// that person on another device as well has an account: an e-mail address and
// a password, or passkeys instead of it.
package accounts

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"gorm.io/gorm"
)

// ErrNoToken means that a token is unknown or was revoked.
var ErrNoToken = errors.New("this token is not valid")

// Database is where people and tokens are kept. Write runs one transaction and
// returns after it is stored durably; its function may run more than once.
type Database interface {
	Read() *gorm.DB
	Write(ctx context.Context, do func(tx *gorm.DB) error) error
}

// Accounts gives out tokens and tells who they belong to. It is safe for
// concurrent use.
type Accounts struct {
	database   Database
	recent     *recent
	hasher     *hasher
	challenges *challenges
	mails      Mails  // nil: no mail is sent
	site       string // where links lead to
	clock      func() time.Time
	logger     *slog.Logger
}

// Options may all be left out.
type Options struct {
	Mails  Mails            // no mail is sent if nil
	Site   string           // how people reach the pages, https://plenum.example; needed with Mails
	Clock  func() time.Time // time.Now if nil
	Logger *slog.Logger     // slog.Default if nil
}

// New makes accounts over a migrated database.
func New(database Database, o Options) *Accounts {
	if o.Clock == nil {
		o.Clock = time.Now
	}
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	return &Accounts{
		database: database, recent: newRecent(recentSize), hasher: newHasher(), challenges: newChallenges(),
		mails: o.Mails, site: strings.TrimSuffix(o.Site, "/"), clock: o.Clock, logger: o.Logger,
	}
}

const (
	tokenBytes  = 32 // of randomness
	personBytes = 16
	// seenEvery is how exactly it is known when a token was last used.
	seenEvery = 24 * time.Hour
)

type hash [sha256.Size]byte

// Issue makes a new person. The token is told only here.
func (a *Accounts) Issue(ctx context.Context) (person, token string, err error) {
	person, token = "u-"+random(personBytes), random(tokenBytes)
	now := a.clock().UnixMilli()
	if err := a.insert(ctx, person, sha256.Sum256([]byte(token)), now); err != nil {
		return "", "", fmt.Errorf("issue a token: %w", err)
	}
	return person, token, nil
}

// Person tells who a token belongs to. It returns ErrNoToken for a token that
// was never issued or is revoked, and any other error if that is not known now.
func (a *Accounts) Person(ctx context.Context, token string) (string, error) {
	if !wellFormed(token) {
		return "", ErrNoToken
	}
	key, now := hash(sha256.Sum256([]byte(token))), a.clock().UnixMilli()
	if person, ok := a.recent.get(key, now); ok {
		return person, nil
	}
	since := a.recent.revocations()
	found, err := a.find(ctx, key)
	if err != nil {
		return "", err
	}
	if now-found.SeenAt >= seenEvery.Milliseconds() {
		// A full disk must not keep people from reading.
		if err := a.seen(ctx, key, now); err != nil {
			a.logger.Warn("the last use of a token could not be noted", "error", err)
		}
	}
	a.recent.put(key, found.Person, now+seenEvery.Milliseconds(), since)
	return found.Person, nil
}

// Revoke makes a token worthless at once. It returns ErrNoToken if it already was.
func (a *Accounts) Revoke(ctx context.Context, token string) error {
	if !wellFormed(token) {
		return ErrNoToken
	}
	key := hash(sha256.Sum256([]byte(token)))
	err := a.revoke(ctx, key, a.clock().UnixMilli())
	// Whether or not the write came through, the next look must be at the truth.
	a.recent.revoked(key)
	return err
}

func wellFormed(token string) bool {
	return len(token) == base64.RawURLEncoding.EncodedLen(tokenBytes)
}

func random(size int) string { return base64.RawURLEncoding.EncodeToString(randomBytes(size)) }

func randomBytes(size int) []byte {
	b := make([]byte, size)
	rand.Read(b) // never fails: the program ends where there is no randomness
	return b
}
