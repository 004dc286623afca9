package rooms

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"runtime"
	"strings"
	"sync"
	"unicode/utf8"

	"golang.org/x/crypto/argon2"
)

// How a passcode is sealed: argon2id, as passwords are.
const (
	sealMemory = 19 << 10 // KiB
	sealPasses = 2
	sealBytes  = 32
	saltBytes  = 16

	MinPasscode = 4 // characters
	MaxPasscode = 64
	maxPassed   = 10_000 // right passcodes that are remembered
)

// What a door with a passcode refuses.
var (
	ErrPasscode      = Refuse("passcode", "This room asks for a passcode. Whoever invited you knows it.")
	ErrPasscodeWrong = Refuse("passcode-wrong", "This passcode is wrong.")

	errPasscodeLength = Refuse("passcode-length", "A passcode has 4 to 64 characters.")
)

// passcodes seals and compares passcodes outside of rooms: that takes long on
// purpose, so only so many at a time. A right one is known again, so that a hall
// that comes in at once costs one comparison.
type passcodes struct {
	slots chan struct{}
	key   []byte // of this process

	mu    sync.Mutex
	known map[[sha256.Size]byte]bool // guarded by mu
}

func newPasscodes() *passcodes {
	p := &passcodes{slots: make(chan struct{}, runtime.GOMAXPROCS(0)), key: make([]byte, sealBytes), known: map[[sha256.Size]byte]bool{}}
	random(p.key)
	return p
}

// seal is what is stored of a passcode: its salt and its hash.
func (p *passcodes) seal(ctx context.Context, passcode string) (string, error) {
	salt := make([]byte, saltBytes)
	random(salt)
	if err := p.begin(ctx); err != nil {
		return "", err
	}
	defer p.end()
	hash := hashPasscode(passcode, salt)
	return base64.RawStdEncoding.EncodeToString(salt) + "." + base64.RawStdEncoding.EncodeToString(hash), nil
}

// fits tells whether a passcode is the one that was sealed.
func (p *passcodes) fits(ctx context.Context, passcode, seal string) (bool, error) {
	mac := hmac.New(sha256.New, p.key)
	mac.Write([]byte(seal + " " + passcode))
	name := [sha256.Size]byte(mac.Sum(nil))
	if p.knows(name) {
		return true, nil
	}
	first, second, _ := strings.Cut(seal, ".")
	salt, err := base64.RawStdEncoding.DecodeString(first)
	if err != nil {
		return false, err
	}
	want, err := base64.RawStdEncoding.DecodeString(second)
	if err != nil {
		return false, err
	}
	if err := p.begin(ctx); err != nil {
		return false, err
	}
	defer p.end()
	if p.knows(name) { // somebody who came before this one had it right
		return true, nil
	}
	if subtle.ConstantTimeCompare(hashPasscode(passcode, salt), want) != 1 {
		return false, nil
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.known) >= maxPassed {
		clear(p.known)
	}
	p.known[name] = true
	return true, nil
}

func (p *passcodes) knows(name [sha256.Size]byte) bool {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.known[name]
}

// begin waits for a place to hash in; end gives it back.
func (p *passcodes) begin(ctx context.Context) error {
	select {
	case p.slots <- struct{}{}:
		return nil
	case <-ctx.Done():
		return WaitBusy
	}
}

func (p *passcodes) end() { <-p.slots }

func hashPasscode(passcode string, salt []byte) []byte {
	return argon2.IDKey([]byte(passcode), salt, sealPasses, sealMemory, 1, sealBytes)
}

// SetPasscode makes the door ask for a passcode, or for none: "". Hosts may.
func (h *Hall) SetPasscode(ctx context.Context, code, person, passcode string) error {
	m, err := h.member(ctx, code, person)
	if err != nil {
		return err
	}
	if m.Role < Host {
		return ErrRole
	}
	seal := ""
	if passcode != "" {
		if n := utf8.RuneCountInString(passcode); n < MinPasscode || n > MaxPasscode {
			return errPasscodeLength
		}
		if seal, err = h.passcodes.seal(ctx, passcode); err != nil {
			return err
		}
	}
	room, err := h.o.Log.Find(ctx, NormalCode(code))
	if err != nil {
		return err
	}
	return h.doAsRoom(ctx, room, "passcode", map[string]any{"hash": seal, "member": m.ID})
}

// passed is the seal that a passcode fits, for the command that enters with it;
// "" if the room asks for none, or no passcode is given.
func (h *Hall) passed(ctx context.Context, code, passcode string) (seal string, err error) {
	if passcode == "" {
		return "", nil
	}
	if err := h.with(ctx, code, func(r *Room) { seal = r.lobby.s.Passcode }); err != nil || seal == "" {
		return "", err
	}
	if utf8.RuneCountInString(passcode) > MaxPasscode {
		return "", ErrPasscodeWrong
	}
	fits, err := h.passcodes.fits(ctx, passcode, seal)
	if err == nil && !fits {
		err = ErrPasscodeWrong
	}
	return seal, err
}

// decidePasscode stores a seal that was made outside of the room.
func (l *lobby) decidePasscode(ask lobbyAsk) ([]Event, error) {
	if l.s.Archived {
		return nil, ErrArchived
	}
	events := append(
		one("sealed", Audience{Least: Nobody}, map[string]any{"hash": ask.Hash}),
		one("passcode", Audience{Least: Host}, map[string]any{"on": ask.Hash != ""})...)
	events[1].By = ask.Member
	return events, nil
}
