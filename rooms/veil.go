package rooms

import (
	"context"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Veiled is an activity in which people can act without their names, under a
// secret that it never sees. The secret lives as long as it is needed: when the
// activity does not list its scope any more it is destroyed, and what was sealed
// under it is nothing but noise. Its kind has the command "lost" for the room.
type Veiled interface {
	// Veil names the scope of the secret under which a command is decided, ""
	// if under none. A command that begins a scope makes its secret, and is
	// decided by name; all others reach Decide under an alias. It changes nothing.
	Veil(Command) (scope string, begins bool)
	// Veils are the scopes whose secret is needed. Of one whose secret is lost
	// the activity hears by the command "lost", {"scope"}.
	Veils() []string
	// MineUnder takes the place of Mine: alias is the member's in a scope, "" if
	// its secret is lost.
	MineUnder(m Member, alias func(scope string) string) any
}

// Secrets keeps the secrets of veiled activities, apart from the log and its
// backups: without them nobody can tell who acted under an alias, or read what
// is sealed. All methods are safe for concurrent use.
type Secrets interface {
	// Make keeps a new secret durably, in the place of any before.
	Make(o SecretOf, scope string, secret []byte) error
	// Of returns the secrets of an activity by their scopes. Those of another
	// epoch of its room are destroyed: nobody can go on with them.
	Of(o SecretOf) (map[string][]byte, error)
	// Destroy overwrites and removes a secret, if there is one.
	Destroy(o SecretOf, scope string) error
	// All are the activities that have secrets.
	All() ([]SecretOf, error)
}

// SecretOf says whose a secret is.
type SecretOf struct{ Room, Epoch, Activity string }

// Why nothing can be done without a name.
var (
	ErrNoSecrets  = Refuse("no-secrets", "This server cannot keep votes secret. Ask whoever runs it, or ask openly.")
	ErrSecretLost = Refuse("secret-lost", "The key to this secret vote is gone, so nothing more can be added to it. Start a new round.")
)

// hour is how finely the time of what is sealed is stored, in milliseconds.
const hour = 3_600_000

// veil is a secret in use.
type veil struct {
	alias []byte
	seal  cipher.AEAD
}

func newVeil(secret []byte) (*veil, error) {
	block, err := aes.NewCipher(keyed(secret, "seal"))
	if err != nil {
		return nil, fmt.Errorf("use a secret: %w", err)
	}
	seal, err := cipher.NewGCM(block)
	if err != nil {
		return nil, fmt.Errorf("use a secret: %w", err)
	}
	return &veil{alias: keyed(secret, "alias"), seal: seal}, nil
}

func keyed(secret []byte, of string) []byte {
	mac := hmac.New(sha256.New, secret)
	mac.Write([]byte(of))
	return mac.Sum(nil)
}

// aliasOf is the name under which a member acts.
func (v *veil) aliasOf(member string) string { return hex.EncodeToString(keyed(v.alias, member)[:16]) }

// sealed is how a sealed event is stored.
type sealed struct {
	Veil   string `json:"veil"`
	Sealed []byte `json:"sealed"`
}

const sealedBegin = `{"veil":"`

// close seals a content, padded to so many bytes, so that its length tells nothing.
func (v *veil) close(scope string, content []byte, pad int) (json.RawMessage, error) {
	if len(content) > pad {
		return nil, fmt.Errorf("a content of %d bytes is sealed as one of %d", len(content), pad)
	}
	open := make([]byte, 4+pad)
	binary.BigEndian.PutUint32(open, uint32(len(content)))
	copy(open[4:], content)
	nonce := make([]byte, v.seal.NonceSize())
	rand.Read(nonce)
	return mustJSON(sealed{scope, v.seal.Seal(nonce, nonce, open, []byte(scope))}), nil
}

// open reads what close has sealed.
func (v *veil) open(s sealed) (json.RawMessage, error) {
	size := v.seal.NonceSize()
	if len(s.Sealed) < size {
		return nil, errors.New("it is too short")
	}
	open, err := v.seal.Open(nil, s.Sealed[:size], s.Sealed[size:], []byte(s.Veil))
	if err != nil {
		return nil, err
	}
	if len(open) < 4 || int64(binary.BigEndian.Uint32(open)) > int64(len(open)-4) {
		return nil, errors.New("its length is wrong")
	}
	return open[4 : 4+binary.BigEndian.Uint32(open)], nil
}

// veils are the secrets of one activity that are at hand.
type veils map[string]*veil

func newVeils(secrets map[string][]byte) (veils, error) {
	all := veils{}
	for scope, secret := range secrets {
		var err error
		if all[scope], err = newVeil(secret); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// opened is an event as its activity places it. What is sealed under a secret
// that is not at hand is blank.
func (v veils) opened(e Event) (Event, error) {
	if !strings.HasPrefix(string(e.With[:min(len(e.With), len(sealedBegin))]), sealedBegin) {
		return e, nil
	}
	var s sealed
	if err := json.Unmarshal(e.With, &s); err != nil {
		return e, err
	}
	held := v[s.Veil]
	if held == nil {
		e.With = orNull(nil)
		return e, nil
	}
	with, err := held.open(s)
	if err != nil {
		return e, fmt.Errorf("event %d cannot be unsealed: %w", e.Seq, err)
	}
	e.Veil, e.With = s.Veil, with
	return e, nil
}

// closed is an event as it is stored.
func (v veils) closed(e Event) (Event, error) {
	if e.Veil == "" {
		return e, nil
	}
	held := v[e.Veil]
	if held == nil {
		return e, fmt.Errorf("there is no secret %q", e.Veil)
	}
	var err error
	e.With, err = held.close(e.Veil, e.With, e.Pad)
	return e, err
}

// mine is a member's own part of an activity.
func (s *slot) mine(m Member) (any, bool) {
	if v, ok := s.act.(Veiled); ok {
		return v.MineUnder(m, func(scope string) string {
			if held := s.veils[scope]; held != nil {
				return held.aliasOf(m.ID)
			}
			return ""
		}), true
	}
	if own, ok := s.act.(Personal); ok {
		return own.Mine(m), true
	}
	return nil, false
}

// veil puts a command under its alias, or lets it wait for the secret that it
// begins. It reports whether it waits.
func (r *Room) veil(s *slot, q *queue, a *ask) (waits bool, err error) {
	v, ok := s.act.(Veiled)
	if !ok {
		return false, nil
	}
	var scope string
	var begins bool
	if err := sound(func() error { scope, begins = v.Veil(a.c); return nil }); err != nil {
		r.unsound(s.id, err)
		return false, ErrBroken
	}
	held := s.veils[scope]
	switch {
	case scope == "", begins && held != nil:
		return false, nil
	case begins && r.secrets == nil:
		return false, ErrNoSecrets
	case begins:
		q.hold()
		s.making = append(s.making, a)
		go r.post(func() { r.beginVeil(s, a, scope) }) // after this turn's commit
		return true, nil
	case held == nil:
		return false, ErrSecretLost
	}
	a.c.Alias, a.c.From, a.c.Peer = held.aliasOf(a.c.From.ID), Member{Role: a.c.From.Role}, ""
	return false, nil
}

// beginVeil makes a secret off the room's goroutine, and then takes the command
// that began it with what its peer sent after it. Commands that begin the same
// scope at once share one: another in its place would make noise of what is sealed.
func (r *Room) beginVeil(s *slot, a *ask, scope string) {
	if r.slots[s.id] != s {
		return // the room was reopened, and the command answered
	}
	if others, being := s.beginning[scope]; being {
		s.beginning[scope] = append(others, a)
		return
	}
	if s.veils[scope] != nil {
		r.make(s, a, func() func() error { return func() error { return nil } })
		return
	}
	if s.beginning == nil {
		s.beginning = map[string][]*ask{}
	}
	s.beginning[scope] = nil
	of := r.secretOf(s)
	r.make(s, a, func() (taken func() error) {
		secret := make([]byte, 32)
		rand.Read(secret)
		made, err := newVeil(secret)
		if err == nil {
			err = r.secrets.Make(of, scope, secret)
		}
		return func() error {
			for _, other := range s.beginning[scope] {
				go r.post(func() { r.beginVeil(s, other, scope) })
			}
			delete(s.beginning, scope)
			if err != nil {
				r.logger.Error("a secret cannot be kept", "room", r.id, "activity", s.id, "error", err)
				return WaitLoading
			}
			if s.veils == nil {
				s.veils = veils{}
			}
			s.veils[scope] = made
			return nil
		}
	})
}

func (r *Room) secretOf(s *slot) SecretOf { return SecretOf{r.id, r.head.Epoch, s.id} }

// unveil destroys the secrets that a committed activity does not need any more,
// and tells it of those that it needs and that are lost.
func (r *Room) unveil(s *slot) {
	v, ok := s.act.(Veiled)
	if !ok || len(s.veils) == 0 && s.unveiled {
		return
	}
	needed := v.Veils()
	for scope := range s.veils {
		if slices.Contains(needed, scope) {
			continue
		}
		delete(s.veils, scope)
		of := r.secretOf(s)
		r.loaders.Add(1)
		go func() {
			defer r.loaders.Done()
			if err := r.secrets.Destroy(of, scope); err != nil {
				r.logger.Error("a secret cannot be destroyed", "room", r.id, "activity", of.Activity, "error", err)
			}
		}()
	}
	if s.unveiled {
		return
	}
	s.unveiled = true
	for _, scope := range needed {
		if s.veils[scope] == nil {
			lost := Command{In: s.id, Do: "lost", With: mustJSON(map[string]string{"scope": scope}), From: Member{Role: TheRoom}}
			r.turn([]*ask{{c: lost, answer: func(answer) {}}})
		}
	}
}

// veiled tells whether activities of the kind are Veiled.
func (k Kind) veiled() bool { _, ok := k.Commands["lost"]; return ok }

// veilsOf are the secrets of an activity that are kept.
func (r *Room) veilsOf(of SecretOf, kind Kind) (veils, error) {
	if r.secrets == nil || !kind.veiled() {
		return nil, nil
	}
	secrets, err := r.secrets.Of(of)
	if err != nil {
		return nil, fmt.Errorf("read secrets: %w", err)
	}
	return newVeils(secrets)
}

// tidy opens what has secrets, so that those are destroyed which a crash has left.
func (h *Hall) tidy() {
	defer h.ended.Done()
	if h.o.Secrets == nil {
		return
	}
	all, err := h.o.Secrets.All()
	if err != nil {
		h.o.Logger.Error("read secrets", "error", err)
	}
	for _, of := range all {
		err := h.withID(context.Background(), of.Room, func(r *Room) {
			if s, ok := r.slotFor(of.Activity, TheRoom); ok {
				r.warm(s)
			}
		})
		if err != nil && !errors.Is(err, ErrNoRoom) && !errors.Is(err, WaitMoving) {
			h.o.Logger.Error("open a room with secrets", "room", of.Room, "error", err)
		}
	}
}
