// Package oidctest is an identity provider for tests: who comes to it is signed
// in at once, as somebody that the test names.
package oidctest

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/coreos/go-oidc/v3/oidc/oidctest"
)

// The client that the provider knows, and what its secret is.
const (
	Client = "plenum"
	Secret = "s3cret of the client"
)

// Claims are those of a token. Names that are not set by a test are filled in.
type Claims map[string]any

// Provider is a provider on 127.0.0.1.
type Provider struct {
	Issuer string

	key    *rsa.PrivateKey
	known  *oidctest.Server
	mu     sync.Mutex
	person Claims             // guarded by mu; who is signed in next
	codes  map[string]granted // guarded by mu
}

type granted struct {
	claims    Claims
	challenge string
	redirect  string
}

const keyID = "first"

// Start makes a provider, which ends with the test.
func Start(t *testing.T) *Provider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &Provider{key: key, codes: map[string]granted{}}
	p.known = &oidctest.Server{PublicKeys: []oidctest.PublicKey{{PublicKey: key.Public(), KeyID: keyID, Algorithm: "RS256"}}}
	routes := http.NewServeMux()
	routes.HandleFunc("GET /auth", p.authorize)
	routes.HandleFunc("POST /token", p.token)
	routes.Handle("/", p.known)
	server := httptest.NewServer(routes)
	t.Cleanup(server.Close)
	p.Issuer = server.URL
	p.known.SetIssuer(server.URL)
	return p
}

// Next says who is signed in next, by what their token claims.
func (p *Provider) Next(person Claims) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.person = person
}

// Visit goes where a browser is sent, and returns what it comes back with.
func (p *Provider) Visit(t *testing.T, address string) url.Values {
	t.Helper()
	stay := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	response, err := stay.Get(address)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	back, err := response.Location()
	if err != nil {
		t.Fatalf("%s: %d: %v", address, response.StatusCode, err)
	}
	return back.Query()
}

// authorize is where browsers are sent.
func (p *Provider) authorize(w http.ResponseWriter, r *http.Request) {
	ask := r.URL.Query()
	back, err := url.Parse(ask.Get("redirect_uri"))
	if err != nil || ask.Get("client_id") != Client || ask.Get("response_type") != "code" || ask.Get("code_challenge_method") != "S256" {
		http.Error(w, "this is no request for a code", http.StatusBadRequest)
		return
	}
	now := time.Now()
	claims := Claims{"iss": p.Issuer, "aud": Client, "iat": now.Unix(), "exp": now.Add(time.Minute).Unix(), "nonce": ask.Get("nonce")}
	p.mu.Lock()
	for name, value := range p.person {
		claims[name] = value
	}
	code := rand.Text()
	p.codes[code] = granted{claims, ask.Get("code_challenge"), ask.Get("redirect_uri")}
	p.mu.Unlock()
	back.RawQuery = url.Values{"code": {code}, "state": {ask.Get("state")}}.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

// token gives a token for a code, once.
func (p *Provider) token(w http.ResponseWriter, r *http.Request) {
	client, secret, ok := r.BasicAuth()
	if escaped, err := url.QueryUnescape(secret); !ok || err != nil || client != Client || escaped != Secret {
		refuse(w, http.StatusUnauthorized, "invalid_client")
		return
	}
	p.mu.Lock()
	grant, ok := p.codes[r.PostFormValue("code")]
	delete(p.codes, r.PostFormValue("code"))
	p.mu.Unlock()
	made := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if !ok || base64.RawURLEncoding.EncodeToString(made[:]) != grant.challenge || r.PostFormValue("redirect_uri") != grant.redirect {
		refuse(w, http.StatusBadRequest, "invalid_grant")
		return
	}
	claims, err := json.Marshal(grant.claims)
	if err != nil {
		refuse(w, http.StatusInternalServerError, "server_error")
		return
	}
	answer(w, http.StatusOK, map[string]any{
		"access_token": "access", "token_type": "Bearer", "id_token": oidctest.SignIDToken(p.key, keyID, "RS256", string(claims)),
	})
}

func refuse(w http.ResponseWriter, status int, why string) {
	answer(w, status, map[string]string{"error": why})
}

func answer(w http.ResponseWriter, status int, value any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(value) // who hung up is not told
}
