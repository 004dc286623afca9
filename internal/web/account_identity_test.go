package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"plenum/internal/oidc"
	"plenum/internal/oidc/oidctest"
)

// withProvider is a site at plenum.example whose people can sign in at a provider.
func withProvider(t *testing.T) (f *fixture, at *oidctest.Provider) {
	t.Helper()
	at = oidctest.Start(t)
	f = start(t, func(_ *Site, o *Options) {
		if o != nil {
			o.BaseURL = &url.URL{Scheme: "https", Host: "plenum.example"}
			o.Provider = oidc.New(oidc.Options{
				Issuer: at.Issuer, Client: oidctest.Client, Secret: oidctest.Secret, Name: "Example University", Redirect: "https://plenum.example/account",
			})
		}
	})
	return f, at
}

func home(headers ...string) []string { return append([]string{"Host", "plenum.example"}, headers...) }

// begin goes to the provider and comes back: what is kept, and what is brought.
func (f *fixture) begin(at *oidctest.Provider, ask string, headers ...string) (kept, brought string) {
	f.t.Helper()
	begun := f.post("/api/account/identity", ask, home(headers...)...)
	if begun.status != http.StatusOK {
		f.t.Fatalf("begin: %d %s", begun.status, begun.body)
	}
	cookies := (&http.Response{Header: begun.header}).Cookies()
	if len(cookies) != 1 || !cookies[0].HttpOnly || !cookies[0].Secure || cookies[0].SameSite != http.SameSiteLaxMode || cookies[0].Path != attemptPath {
		f.t.Fatalf("kept: %v", cookies)
	}
	came := at.Visit(f.t, begun.field(f.t, "go").(string))
	body, err := json.Marshal(map[string]string{"code": came.Get("code"), "state": came.Get("state")})
	if err != nil {
		f.t.Fatal(err)
	}
	return cookies[0].Name + "=" + cookies[0].Value, string(body)
}

func TestSigningInElsewhere(t *testing.T) {
	t.Parallel()
	f, at := withProvider(t)
	at.Next(oidctest.Claims{"sub": "1234", "email": "ada@example.org", "email_verified": true})
	if got := f.get("/api/account", home()...); got.field(t, "provider") != "Example University" {
		t.Errorf("told: %s", got.body)
	}
	code, guest := f.room()
	guests := cookieName + "=" + guest
	kept, brought := f.begin(at, `{}`, "Cookie", guests)
	in := f.post("/api/account/identity/end", brought, home("Cookie", guests+"; "+kept)...)
	if in.status != http.StatusOK {
		t.Fatalf("end: %d %s", in.status, in.body)
	}
	token := cookie(t, in)
	if got := f.get("/api/account/rooms", withCookie(token)...); !strings.Contains(got.body, code) {
		t.Errorf("the guest's rooms: %s", got.body)
	}
	told := f.get("/api/account", withCookie(token)...)
	account := told.field(t, "account").(map[string]any)
	if account["email"] != "ada@example.org" || account["verified"] != true || account["password"] != false || account["connected"].(float64) == 0 {
		t.Errorf("%s", told.body)
	}
	// What was brought is good once, and what was kept is gone.
	if again := f.post("/api/account/identity/end", brought, home("Cookie", kept)...); again.status != http.StatusForbidden {
		t.Errorf("again: %d %s", again.status, again.body)
	}
	if !slices.ContainsFunc((&http.Response{Header: in.header}).Cookies(), func(c *http.Cookie) bool { return c.Name == attemptCookie && c.MaxAge < 0 }) {
		t.Errorf("the attempt is still kept: %v", in.header)
	}
	if log := f.log.String(); strings.Contains(log, "1234") || strings.Contains(log, "ada@example.org") {
		t.Error("the log names the person")
	}
}

// What somebody else began, elsewhere or for something else, signs nobody in.
func TestAttemptsOfOthersAreRefused(t *testing.T) {
	t.Parallel()
	f, at := withProvider(t)
	at.Next(oidctest.Claims{"sub": "1234", "email": "ada@example.org", "email_verified": true})
	kept, brought := f.begin(at, `{}`)
	others, otherBrought := f.begin(at, `{}`)
	for name, try := range map[string]struct {
		cookie, body, because string
	}{
		"no browser":      {"", brought, "attempt"},
		"another browser": {others, brought, "attempt"},
		"another's code":  {kept, otherBrought, "attempt"},
		"rubbish kept":    {attemptCookie + "=%%%", brought, "attempt"},
		"rubbish":         {kept, `{"code":"x"}`, "attempt"},
		"no JSON":         {kept, `{`, "malformed"},
	} {
		got := f.post("/api/account/identity/end", try.body, home("Cookie", try.cookie)...)
		if got.status < 400 || got.field(t, "because") != try.because {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	// Another address of this server, where the browser would not come back to.
	if got := f.post("/api/account/identity", `{}`, "Host", "10.0.0.7:8080"); got.status != http.StatusNotFound || got.field(t, "because") != "no-provider" {
		t.Errorf("at another address: %d %s", got.status, got.body)
	}
	if got := f.get("/api/account"); strings.Contains(got.body, "provider") {
		t.Errorf("at another address: %s", got.body)
	}
	if got := f.post("/api/account/identity", `{"connect":true}`, home()...); got.field(t, "because") != "no-account" {
		t.Errorf("connect nobody: %d %s", got.status, got.body)
	}
	if got := f.post("/api/account/identity", `{}`, home("Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")...); got.field(t, "because") != "origin" {
		t.Errorf("from another site: %d %s", got.status, got.body)
	}
}

func TestConnectingAnAccount(t *testing.T) {
	t.Parallel()
	f, at := withProvider(t)
	at.Next(oidctest.Claims{"sub": "1234", "email": "ada@example.org", "email_verified": true})
	mine := cookieName + "=" + cookie(t, f.post("/api/account", adas, home()...))
	kept, brought := f.begin(at, `{}`)
	if got := f.post("/api/account/identity/end", brought, home("Cookie", kept)...); got.status != http.StatusConflict || got.field(t, "because") != "connect" {
		t.Errorf("by the address alone: %d %s", got.status, got.body)
	}
	if got := f.post("/api/account/identity", `{"connect":true,"password":"wrong horse!"}`, home("Cookie", mine)...); got.field(t, "because") != "password-former" {
		t.Errorf("a wrong password: %d %s", got.status, got.body)
	}
	kept, brought = f.begin(at, `{"connect":true,"password":"correct horse"}`, "Cookie", mine)
	if got := f.post("/api/account/identity/end", brought, home("Cookie", mine+"; "+kept)...); got.status != http.StatusOK {
		t.Fatalf("connect: %d %s", got.status, got.body)
	}
	kept, brought = f.begin(at, `{}`)
	in := f.post("/api/account/identity/end", brought, home("Cookie", kept)...)
	if in.status != http.StatusOK {
		t.Fatalf("sign in: %d %s", in.status, in.body)
	}
	if got := f.post("/api/account/identity/drop", `{"password":"correct horse"}`, home("Cookie", mine)...); got.status != http.StatusOK {
		t.Errorf("drop: %d %s", got.status, got.body)
	}
	kept, brought = f.begin(at, `{}`)
	if got := f.post("/api/account/identity/end", brought, home("Cookie", kept)...); got.field(t, "because") != "connect" {
		t.Errorf("after that: %d %s", got.status, got.body)
	}
}

func TestAProviderThatIsAway(t *testing.T) {
	t.Parallel()
	f := start(t, func(_ *Site, o *Options) {
		if o != nil {
			o.BaseURL = &url.URL{Scheme: "http", Host: "plenum.example"}
			o.Provider = oidc.New(oidc.Options{Issuer: "http://127.0.0.1:1", Client: "plenum"})
		}
	})
	if got := f.post("/api/account/identity", `{}`, home()...); got.status != http.StatusServiceUnavailable || got.field(t, "because") != "provider-away" {
		t.Errorf("%d %s", got.status, got.body)
	}
}
