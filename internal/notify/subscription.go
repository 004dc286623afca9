package notify

import (
	"context"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"

	webpush "github.com/SherClockHolmes/webpush-go"

	"plenum/internal/outward"
	"plenum/rooms"
)

// ErrPushService refuses an endpoint that may not be called from here.
var ErrPushService = rooms.Refuse("push-service", "The push service of this browser cannot be reached from here.")

// How many devices of a person ring, and how long the address of a push service may be.
const (
	mostDevices     = 10
	longestEndpoint = 1024
	longestLanguage = 16
)

// Subscription is what a browser gives who wants to ring on it.
type Subscription struct {
	Endpoint string `json:"endpoint"`
	Keys     struct {
		P256dh string `json:"p256dh"`
		Auth   string `json:"auth"`
	} `json:"keys"`
	Language string `json:"language"` // of its pages
	Site     string `json:"-"`        // where its pages are
	Token    string `json:"-"`        // of the person on this device
}

// check refuses what is none that can be pushed to.
func (s Subscription) check(allow []string) error {
	key, errKey := base64.RawURLEncoding.DecodeString(strings.TrimRight(s.Keys.P256dh, "="))
	auth, errAuth := base64.RawURLEncoding.DecodeString(strings.TrimRight(s.Keys.Auth, "="))
	if errKey != nil || errAuth != nil || len(auth) != 16 || len(s.Endpoint) > longestEndpoint || len(s.Language) > longestLanguage {
		return rooms.ErrMalformed
	}
	if _, err := ecdh.P256().NewPublicKey(key); err != nil {
		return rooms.ErrMalformed
	}
	at, err := url.Parse(s.Endpoint)
	if err != nil {
		return rooms.ErrMalformed
	}
	if !outward.Allows(at, allow) {
		return ErrPushService
	}
	return nil
}

// Subscribe makes a device ring for a person, whoever it rang for before.
// Refused if its push service may not be called.
func (n *Notify) Subscribe(ctx context.Context, person string, s Subscription) error {
	if err := s.check(n.allow); err != nil {
		return err
	}
	token := sha256.Sum256([]byte(s.Token))
	err := n.subscribe(ctx, subscriptionRow{
		Person: person, Token: token[:], Endpoint: s.Endpoint, P256dh: s.Keys.P256dh, Auth: s.Keys.Auth,
		Language: s.Language, Site: s.Site, CreatedAt: n.clock().UnixMilli(),
	})
	if err != nil {
		return fmt.Errorf("subscribe a device: %w", err)
	}
	return nil
}

// Unsubscribe makes a device of a person ring no more.
func (n *Notify) Unsubscribe(ctx context.Context, person, endpoint string) error {
	if err := n.unsubscribe(ctx, person, endpoint); err != nil {
		return fmt.Errorf("unsubscribe a device: %w", err)
	}
	return nil
}

// newKeys makes the server's own keys.
func (n *Notify) newKeys() (keyRow, error) {
	private, public, err := webpush.GenerateVAPIDKeys()
	if err != nil {
		return keyRow{}, fmt.Errorf("make the keys for pushes: %w", err)
	}
	return keyRow{ID: 1, Public: public, Private: private, CreatedAt: n.clock().UnixMilli()}, nil
}
