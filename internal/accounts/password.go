package accounts

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// Limits of a password, in characters.
const (
	MinPassword = 8
	MaxPassword = 128
)

// Why a password cannot be taken.
var (
	ErrPasswordLength = fmt.Errorf("a password has %d to %d characters", MinPassword, MaxPassword)
	ErrPasswordCommon = errors.New("this password is one of the first that are tried")
)

// cost is what argon2id is run with; memory is in KiB.
type cost struct {
	memory, passes uint32
	lanes          uint8
}

// present is the cost of new passwords. A password that was stored at a lower
// one is hashed anew when its owner signs in.
var present = cost{memory: 19 << 10, passes: 2, lanes: 1}

const (
	saltBytes = 16
	keyBytes  = 32
	// hashWait is how long a hash may wait for its turn.
	hashWait = 5 * time.Second
)

// hasher makes and compares hashes of passwords, a few at a time: each takes
// 19 MiB and some 20 ms of a core.
type hasher struct {
	slots  chan struct{}
	derive func(password string, salt []byte, c cost) []byte
	nobody string // what the password of an unknown account is compared with
}

func newHasher() *hasher {
	h := &hasher{slots: make(chan struct{}, runtime.GOMAXPROCS(0)), derive: argon}
	h.nobody = encode(present, make([]byte, saltBytes), make([]byte, keyBytes))
	return h
}

func argon(password string, salt []byte, c cost) []byte {
	return argon2.IDKey([]byte(password), salt, c.passes, c.memory, c.lanes, keyBytes)
}

// hash makes what is stored of a password.
func (h *hasher) hash(ctx context.Context, password string) (string, error) {
	salt := randomBytes(saltBytes)
	key, err := h.run(ctx, password, salt, present)
	if err != nil {
		return "", err
	}
	return encode(present, salt, key), nil
}

// matches compares a password with what is stored of one. old tells that it
// was stored at a lower cost than the present one.
func (h *hasher) matches(ctx context.Context, password, stored string) (right, old bool, err error) {
	c, salt, want, err := decode(stored)
	if err != nil {
		return false, false, err
	}
	key, err := h.run(ctx, password, salt, c)
	if err != nil {
		return false, false, err
	}
	return subtle.ConstantTimeCompare(key, want) == 1, c.memory < present.memory || c.passes < present.passes, nil
}

func (h *hasher) run(ctx context.Context, password string, salt []byte, c cost) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, hashWait)
	defer cancel()
	select {
	case h.slots <- struct{}{}:
	case <-ctx.Done():
		return nil, fmt.Errorf("wait to hash a password: %w", ctx.Err())
	}
	defer func() { <-h.slots }()
	return h.derive(password, salt, c), nil
}

func encode(c cost, salt, key []byte) string {
	b64 := base64.RawStdEncoding
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=%d$%s$%s",
		argon2.Version, c.memory, c.passes, c.lanes, b64.EncodeToString(salt), b64.EncodeToString(key))
}

func decode(stored string) (c cost, salt, key []byte, err error) {
	parts := strings.Split(stored, "$")
	if len(parts) != 6 || parts[1] != "argon2id" || parts[2] != fmt.Sprintf("v=%d", argon2.Version) {
		return c, nil, nil, errors.New("a stored password has another form")
	}
	if _, err := fmt.Sscanf(parts[3], "m=%d,t=%d,p=%d", &c.memory, &c.passes, &c.lanes); err != nil {
		return c, nil, nil, fmt.Errorf("the cost of a stored password: %w", err)
	}
	salt, saltErr := base64.RawStdEncoding.DecodeString(parts[4])
	key, keyErr := base64.RawStdEncoding.DecodeString(parts[5])
	return c, salt, key, errors.Join(saltErr, keyErr)
}

// checkPassword refuses what is too short, too long or easily guessed for the
// account of an e-mail address.
func checkPassword(password, email string) error {
	if n := utf8.RuneCountInString(password); n < MinPassword || n > MaxPassword {
		return ErrPasswordLength
	}
	lower := strings.ToLower(password)
	first, _ := utf8.DecodeRuneInString(lower)
	local, _, _ := strings.Cut(email, "@")
	if lower == email || lower == local || common[lower] || strings.Trim(lower, string(first)) == "" {
		return ErrPasswordCommon
	}
	return nil
}
