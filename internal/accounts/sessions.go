package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
)

// ErrNoSession means that a session has ended, or never was.
var ErrNoSession = errors.New("there is no such session")

// Session is a device on which a person is signed in: one valid token.
type Session struct {
	ID        string
	Device    string // "" if not known
	CreatedAt int64  // Unix milliseconds
	SeenAt    int64  // to the day
}

// SessionID names the session of a token. The token cannot be found from it.
func SessionID(token string) string {
	return sessionID(sha256.Sum256([]byte(token)))
}

func sessionID(key hash) string { return base64.RawURLEncoding.EncodeToString(key[:12]) }

// Sessions are where a person is signed in, the last used first.
func (a *Accounts) Sessions(ctx context.Context, person string) ([]Session, error) {
	var rows []tokenRow
	err := a.database.Read().WithContext(ctx).Where("person = ?", person).Where("revoked_at = 0").
		Order("seen_at DESC, created_at DESC").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("list sessions: %w", err)
	}
	all := make([]Session, len(rows))
	for i, row := range rows {
		all[i] = Session{ID: sessionID(row.key()), Device: row.Device, CreatedAt: row.CreatedAt, SeenAt: row.SeenAt}
	}
	return all, nil
}

// End ends one session of a person.
func (a *Accounts) End(ctx context.Context, person, id string) error {
	n, err := a.end(ctx, person, func(t tokenRow) bool { return sessionID(t.key()) == id })
	if err == nil && n == 0 {
		return ErrNoSession
	}
	return err
}

// EndOthers ends all sessions of a person but one ("": all), and tells how many.
func (a *Accounts) EndOthers(ctx context.Context, person, keep string) (int, error) {
	return a.end(ctx, person, func(t tokenRow) bool { return sessionID(t.key()) != keep })
}

func (a *Accounts) end(ctx context.Context, person string, which func(tokenRow) bool) (int, error) {
	var ended []hash
	now := a.clock().UnixMilli()
	err := a.write(ctx, "end sessions", func(tx *gorm.DB) (err error) {
		ended, err = revokeOf(tx, person, now, which)
		return err
	})
	a.recent.revoked(ended...)
	return len(ended), err
}

// endedWithin is how far Ended looks back: longer than any write waits, and
// than a connection takes from the check of its token to being known.
const endedWithin = time.Minute

// Ended are the sessions that ended within the last minute, also by the hand of
// another process (plenum user). Their tokens are forgotten here.
func (a *Accounts) Ended(ctx context.Context) ([]string, error) {
	var rows []tokenRow
	since := a.clock().Add(-endedWithin).UnixMilli()
	err := a.database.Read().WithContext(ctx).Select("hash").
		Where("revoked_at > 0").Where("revoked_at > ?", since).Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("look for ended sessions: %w", err)
	}
	if len(rows) == 0 {
		return nil, nil
	}
	var keys []hash
	var ids []string
	for _, row := range rows {
		keys = append(keys, row.key())
		ids = append(ids, sessionID(row.key()))
	}
	a.recent.revoked(keys...)
	return ids, nil
}
