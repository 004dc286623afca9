package oidc_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"

	"plenum/internal/oidc"
	"plenum/internal/oidc/oidctest"
)

const back = "https://plenum.example/account"

func provider(at *oidctest.Provider, adjust ...func(*oidc.Options)) *oidc.Provider {
	o := oidc.Options{Issuer: at.Issuer, Client: oidctest.Client, Secret: oidctest.Secret, Name: "Test", Redirect: back}
	for _, change := range adjust {
		change(&o)
	}
	return oidc.New(o)
}

func TestAPersonComesBack(t *testing.T) {
	t.Parallel()
	at := oidctest.Start(t)
	p := provider(at)
	for verified, want := range map[any]bool{true: true, "true": true, false: false, "false": false, nil: false} {
		at.Next(oidctest.Claims{"sub": "1234", "email": "ada@example.org", "email_verified": verified})
		address, attempt, err := p.Begin(t.Context(), "the state")
		if err != nil {
			t.Fatal(err)
		}
		came := at.Visit(t, address)
		if came.Get("state") != "the state" {
			t.Errorf("came back with %v", came)
		}
		who, err := p.End(t.Context(), attempt, came.Get("code"))
		if wanted := (oidc.Identity{Issuer: at.Issuer, Subject: "1234", Email: "ada@example.org", Verified: want}); err != nil || who != wanted {
			t.Errorf("%v: %+v, %v; want %+v", verified, who, err, wanted)
		}
	}
}

// What comes back must be for this attempt, of this provider and for this server.
func TestForgedTokensAreRefused(t *testing.T) {
	t.Parallel()
	at := oidctest.Start(t)
	p := provider(at)
	for name, claims := range map[string]oidctest.Claims{
		"another server":   {"aud": "wiki"},
		"another provider": {"iss": "https://evil.example"},
		"too old":          {"exp": 1_000_000_000},
		"another attempt":  {"nonce": "forged"},
		"no attempt":       {"nonce": ""},
		"nobody":           {"sub": ""},
		"a giant":          {"sub": strings.Repeat("a", 256)},
		"no text":          {"email": map[string]int{"a": 1}},
	} {
		person := oidctest.Claims{"sub": "1234", "email": "ada@example.org"}
		for key, value := range claims {
			person[key] = value
		}
		at.Next(person)
		address, attempt, err := p.Begin(t.Context(), "s")
		if err != nil {
			t.Fatal(err)
		}
		if who, err := p.End(t.Context(), attempt, at.Visit(t, address).Get("code")); !errors.Is(err, oidc.ErrRefused) {
			t.Errorf("%s: %+v, %v", name, who, err)
		}
	}
	at.Next(oidctest.Claims{"sub": "1234"})
	address, attempt, err := p.Begin(t.Context(), "s")
	if err != nil {
		t.Fatal(err)
	}
	code := at.Visit(t, address).Get("code")
	stolen := attempt
	stolen.Verifier = strings.Repeat("v", 43)
	for _, one := range []struct {
		name string
		try  func() error
	}{ // in this order: a code is used up by a try
		{"a code of another browser", func() error { _, err := p.End(t.Context(), stolen, code); return err }},
		{"a code that was used", func() error { _, err := p.End(t.Context(), attempt, code); return err }},
		{"no code", func() error { _, err := p.End(t.Context(), attempt, ""); return err }},
		{"another secret", func() error {
			_, err := provider(at, func(o *oidc.Options) { o.Secret = "wrong" }).End(t.Context(), attempt, at.Visit(t, address).Get("code"))
			return err
		}},
	} {
		if err := one.try(); !errors.Is(err, oidc.ErrRefused) {
			t.Errorf("%s: %v", one.name, err)
		}
	}
}

func TestAProviderThatIsAwayIsLookedUpAgain(t *testing.T) {
	t.Parallel()
	at := oidctest.Start(t)
	away := provider(at, func(o *oidc.Options) { o.Issuer = at.Issuer + "/gone" })
	for range 2 {
		if _, _, err := away.Begin(t.Context(), "s"); !errors.Is(err, oidc.ErrUnreachable) {
			t.Errorf("%v", err)
		}
	}
	address, _, err := provider(at).Begin(t.Context(), "s")
	if err != nil {
		t.Fatal(err)
	}
	ask, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	if got := ask.Query(); got.Get("redirect_uri") != back || got.Get("scope") != "openid email" || got.Get("nonce") == "" || got.Get("code_challenge") == "" {
		t.Errorf("%v", got)
	}
}
