// Package oidc makes sure of a person at an identity provider that speaks OpenID
// Connect Core 1.0: by the authorization code flow with PKCE (RFC 7636, S256).
// What the person is allowed here is not its business.
package oidc

import (
	"context"
	"crypto/subtle"
	"errors"
	"fmt"
	"net/http"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// Why nobody can be made sure of.
var (
	ErrUnreachable = errors.New("the identity provider cannot be reached")
	ErrRefused     = errors.New("the identity provider did not make sure of the person")
)

// patience is how long one call to the provider may take.
const patience = 10 * time.Second

// maxSubject bounds the name of a person at the provider, in bytes: OpenID Connect Core, section 2.
const maxSubject = 255

// Options are how this server is known at a provider.
type Options struct {
	Issuer   string // its address, as its tokens name it: https://id.example.org
	Client   string
	Secret   string
	Name     string // for people: "Example University"
	Redirect string // where browsers come back to
}

// Provider is an identity provider. It is looked up when it is first needed, so
// that the server starts without it. It is safe for concurrent use.
type Provider struct {
	o      Options
	client *http.Client

	mu    sync.Mutex // held while the provider is looked up, so that this happens once at a time
	known *oidc.Provider
}

// New makes a provider; nothing is called yet.
func New(o Options) *Provider {
	return &Provider{o: o, client: &http.Client{Timeout: patience}}
}

// Name is what people know the provider by.
func (p *Provider) Name() string { return p.o.Name }

// Attempt is what a browser keeps while its person is at the provider.
type Attempt struct {
	State    string `json:"state"`
	Nonce    string `json:"nonce"`
	Verifier string `json:"verifier"`
}

// Identity is a person as the provider knows them.
type Identity struct {
	Issuer   string
	Subject  string // never given to another person of this issuer
	Email    string // "" if it is not told
	Verified bool   // the provider made sure that the address is the person's
}

// Begin is where the browser goes, with a state that it will come back with.
func (p *Provider) Begin(ctx context.Context, state string) (address string, a Attempt, err error) {
	known, err := p.lookUp(ctx)
	if err != nil {
		return "", Attempt{}, err
	}
	a = Attempt{State: state, Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier()}
	return p.config(known).AuthCodeURL(state, oidc.Nonce(a.Nonce), oauth2.S256ChallengeOption(a.Verifier)), a, nil
}

// End takes the code that the browser came back with.
func (p *Provider) End(ctx context.Context, a Attempt, code string) (Identity, error) {
	known, err := p.lookUp(ctx)
	if err != nil {
		return Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := p.config(known).Exchange(ctx, code, oauth2.VerifierOption(a.Verifier))
	if refused := new(oauth2.RetrieveError); errors.As(err, &refused) && refused.Response.StatusCode < http.StatusInternalServerError {
		return Identity{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	raw, _ := token.Extra("id_token").(string)
	id, err := known.Verifier(&oidc.Config{ClientID: p.o.Client}).Verify(ctx, raw)
	if err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if a.Nonce == "" || subtle.ConstantTimeCompare([]byte(id.Nonce), []byte(a.Nonce)) != 1 {
		return Identity{}, fmt.Errorf("%w: the token was made for another sign-in", ErrRefused)
	}
	if id.Subject == "" || len(id.Subject) > maxSubject {
		return Identity{}, fmt.Errorf("%w: the token names nobody", ErrRefused)
	}
	who := Identity{Issuer: id.Issuer, Subject: id.Subject}
	var claims struct {
		Email    string `json:"email"`
		Verified any    `json:"email_verified"` // of some providers a text
	}
	if err := id.Claims(&claims); err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrRefused, err)
	}
	if who.Email, who.Verified = claims.Email, claims.Verified == true || claims.Verified == "true"; who.Email != "" || known.UserInfoEndpoint() == "" {
		return who, nil
	}
	// The address need not be in the token.
	told, err := known.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return Identity{}, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	if told.Subject != who.Subject {
		return Identity{}, fmt.Errorf("%w: what is told of the person is of another", ErrRefused)
	}
	who.Email, who.Verified = told.Email, told.EmailVerified
	return who, nil
}

func (p *Provider) config(known *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.o.Client, ClientSecret: p.o.Secret, Endpoint: known.Endpoint(), RedirectURL: p.o.Redirect,
		Scopes: []string{oidc.ScopeOpenID, "email"},
	}
}

// lookUp reads what the provider says of itself, until that succeeds once.
func (p *Provider) lookUp(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.known != nil {
		return p.known, nil
	}
	ctx, cancel := context.WithTimeout(oidc.ClientContext(ctx, p.client), patience)
	defer cancel()
	known, err := oidc.NewProvider(ctx, p.o.Issuer)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	p.known = known
	return known, nil
}
