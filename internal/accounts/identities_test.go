package accounts

import (
	"errors"
	"testing"
	"time"

	"plenum/internal/oidc"
)

// by proves it with a password.
func by(password string) Proof { return Proof{Password: password} }

var adaThere = oidc.Identity{Issuer: "https://id.example", Subject: "1234", Email: "Ada@example.org", Verified: true}

// enter signs in by an identity.
func enter(t *testing.T, a *Accounts, person string, who oidc.Identity, e Entrance) (Account, string, error) {
	t.Helper()
	return a.LogInByIdentity(t.Context(), a.AskIdentity(), person, who, e)
}

func TestAGuestStaysThePersonUnderAnIdentity(t *testing.T) {
	t.Parallel()
	a, _, _ := quick(t)
	person, guest, err := a.Issue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	account, laptop, err := enter(t, a, person, adaThere, Entrance{Token: guest, Device: "Firefox on Linux"})
	if err != nil || account.Person != person || account.Email != "ada@example.org" || !account.Verified || account.Password {
		t.Fatalf("%+v, %v", account, err)
	}
	isNobody(t, a, guest)
	is(t, a, laptop, person)
	// Elsewhere, as nobody and as another guest: the same account, however the provider names them by now.
	other, others, err := a.Issue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	renamed := adaThere
	renamed.Email, renamed.Verified = "countess@example.org", false
	for _, guest := range []struct{ person, token string }{{"", ""}, {other, others}} {
		again, token, err := enter(t, a, guest.person, renamed, Entrance{Token: guest.token})
		if err != nil || again.Person != person || again.Email != "ada@example.org" {
			t.Errorf("%+v, %v", again, err)
		}
		is(t, a, token, person)
	}
	isNobody(t, a, others)
	// The same name at another provider is somebody else.
	elsewhere := adaThere
	elsewhere.Issuer, elsewhere.Email = "https://id2.example", "ada@id2.example"
	if somebody, _, err := enter(t, a, "", elsewhere, Entrance{}); err != nil || somebody.Person == person {
		t.Errorf("%+v, %v", somebody, err)
	}
}

// A provider's word for an address does not open the account of who has it here.
func TestAnAddressIsNoWayIntoAnAccount(t *testing.T) {
	t.Parallel()
	a, _, _ := quick(t)
	account, token := signUp(t, a, "ada@example.org")
	if got, _, err := enter(t, a, "", adaThere, Entrance{}); !errors.Is(err, ErrConnect) {
		t.Errorf("%+v, %v", got, err)
	}
	for _, address := range []string{"", "ada", "Ada <ada@example.org>"} {
		nameless := adaThere
		nameless.Email = address
		if got, _, err := enter(t, a, "", nameless, Entrance{}); !errors.Is(err, ErrNoAddress) {
			t.Errorf("%q: %+v, %v", address, got, err)
		}
	}
	if _, err := a.AskConnection(t.Context(), account.Person, Proof{Password: "wrong horse", Token: token}); !errors.Is(err, ErrWrong) {
		t.Errorf("a wrong password: %v", err)
	}
	state, err := a.AskConnection(t.Context(), account.Person, by(good))
	if err != nil {
		t.Fatal(err)
	}
	eve, _ := signUp(t, a, "eve@example.org")
	if err := a.ConnectIdentity(t.Context(), state, eve.Person, adaThere); !errors.Is(err, ErrAttempt) {
		t.Errorf("of another account: %v", err)
	}
	if err := a.ConnectIdentity(t.Context(), a.AskIdentity(), account.Person, adaThere); !errors.Is(err, ErrAttempt) {
		t.Errorf("without a password: %v", err)
	}
	if _, _, err := a.LogInByIdentity(t.Context(), state, "", adaThere, Entrance{}); !errors.Is(err, ErrAttempt) {
		t.Errorf("for another purpose: %v", err)
	}
	if err := a.ConnectIdentity(t.Context(), state, account.Person, adaThere); err != nil {
		t.Fatal(err)
	}
	if err := a.ConnectIdentity(t.Context(), state, account.Person, adaThere); !errors.Is(err, ErrAttempt) {
		t.Errorf("a second time: %v", err)
	}
	if got, _, err := enter(t, a, "", adaThere, Entrance{}); err != nil || got.Person != account.Person {
		t.Errorf("connected: %+v, %v", got, err)
	}
	// Nobody takes it from her, and she has one of that provider.
	for _, try := range []struct {
		person string
		who    oidc.Identity
	}{{eve.Person, adaThere}, {account.Person, oidc.Identity{Issuer: adaThere.Issuer, Subject: "another"}}} {
		state, err := a.AskConnection(t.Context(), try.person, by(good))
		if err != nil {
			t.Fatal(err)
		}
		if err := a.ConnectIdentity(t.Context(), state, try.person, try.who); !errors.Is(err, ErrConnected) {
			t.Errorf("%+v: %v", try, err)
		}
	}
	if err := a.DropIdentities(t.Context(), account.Person, by("wrong horse")); !errors.Is(err, ErrWrong) {
		t.Errorf("a wrong password: %v", err)
	}
	if err := a.DropIdentities(t.Context(), account.Person, by(good)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := enter(t, a, "", adaThere, Entrance{}); !errors.Is(err, ErrConnect) {
		t.Errorf("after that: %v", err)
	}
}

// Without a password a sign-in of the last minutes stands for it, and nothing else does.
func TestAnAccountWithoutAPassword(t *testing.T) {
	t.Parallel()
	a, _, _ := quick(t)
	now := time.Now()
	a.clock = func() time.Time { return now }
	account, token, err := enter(t, a, "", adaThere, Entrance{})
	if err != nil {
		t.Fatal(err)
	}
	for _, password := range []string{"", good} {
		if _, _, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: password}); !errors.Is(err, ErrWrong) {
			t.Errorf("signing in by %q: %v", password, err)
		}
	}
	_, eves := signUp(t, a, "eve@example.org")
	fresh := Proof{Token: token}
	for name, proof := range map[string]Proof{"nothing": {}, "rubbish": {Token: "rubbish"}, "another's": {Token: eves}, "a password": {Password: good}} {
		if err := a.Delete(t.Context(), account.Person, proof); !errors.Is(err, ErrStale) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := a.DropIdentities(t.Context(), account.Person, fresh); !errors.Is(err, ErrOnlyWay) {
		t.Errorf("the only way in: %v", err)
	}
	now = now.Add(freshFor)
	if _, _, err := a.BeginSecond(t.Context(), account.Person, fresh); err != nil {
		t.Errorf("after ten minutes: %v", err)
	}
	now = now.Add(time.Millisecond)
	for name, try := range map[string]func() error{
		"password": func() error { return a.ChangePassword(t.Context(), account.Person, fresh, good) },
		"address":  func() error { _, err := a.ChangeEmail(t.Context(), account.Person, fresh, "b@example.org"); return err },
		"passkey":  func() error { _, err := a.BeginPasskey(t.Context(), account.Person, fresh, pages); return err },
		"second":   func() error { _, _, err := a.BeginSecond(t.Context(), account.Person, fresh); return err },
		"end":      func() error { return a.EndSecond(t.Context(), account.Person, fresh) },
		"delete":   func() error { return a.Delete(t.Context(), account.Person, fresh) },
		"connect":  func() error { _, err := a.AskConnection(t.Context(), account.Person, fresh); return err },
		"drop":     func() error { return a.DropIdentities(t.Context(), account.Person, fresh) },
	} {
		if err := try(); !errors.Is(err, ErrStale) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, token, err = enter(t, a, "", adaThere, Entrance{Token: token})
	if err != nil {
		t.Fatal(err)
	}
	fresh = Proof{Token: token}
	if err := a.ChangePassword(t.Context(), account.Person, fresh, good); err != nil {
		t.Fatal(err)
	}
	// From now on that is what is asked for.
	if err := a.DropIdentities(t.Context(), account.Person, fresh); !errors.Is(err, ErrWrong) {
		t.Errorf("with a password: %v", err)
	}
	if got, _, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: good}); err != nil || got.Person != account.Person || !got.Password {
		t.Errorf("%+v, %v", got, err)
	}
	if err := a.DropIdentities(t.Context(), account.Person, by(good)); err != nil {
		t.Error(err)
	}
}
