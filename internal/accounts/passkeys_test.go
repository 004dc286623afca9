package accounts

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	virtual "github.com/descope/virtualwebauthn"
)

const pages = "https://plenum.example"

// device is what keeps passkeys and signs with them.
type device struct {
	party virtual.RelyingParty
	keys  virtual.Authenticator
	key   virtual.Credential
}

func newDevice(person string) *device {
	return &device{
		party: virtual.RelyingParty{ID: "plenum.example", Name: "Plenum", Origin: pages},
		keys:  virtual.NewAuthenticatorWithOptions(virtual.AuthenticatorOptions{UserHandle: []byte(person)}),
		key:   virtual.NewCredential(virtual.KeyTypeEC2),
	}
}

func asJSON(t *testing.T, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// make answers BeginPasskey.
func (d *device) make(t *testing.T, options any) []byte {
	t.Helper()
	asked, err := virtual.ParseAttestationOptions(asJSON(t, options))
	if err != nil {
		t.Fatal(err)
	}
	return []byte(virtual.CreateAttestationResponse(d.party, d.keys, d.key, *asked))
}

// sign answers AskPasskey.
func (d *device) sign(t *testing.T, options any) []byte {
	t.Helper()
	asked, err := virtual.ParseAssertionOptions(asJSON(t, options))
	if err != nil {
		t.Fatal(err)
	}
	d.key.Counter++
	return []byte(virtual.CreateAssertionResponse(d.party, d.keys, d.key, *asked))
}

func begin(t *testing.T, a *Accounts, person string) any {
	t.Helper()
	options, err := a.BeginPasskey(t.Context(), person, by(good), pages)
	if err != nil {
		t.Fatal(err)
	}
	return options
}

func asked(t *testing.T, a *Accounts) any {
	t.Helper()
	options, err := a.AskPasskey(pages)
	if err != nil {
		t.Fatal(err)
	}
	return options
}

// keyed makes an account with a passkey.
func keyed(t *testing.T) (*Accounts, *hands, Account, *device) {
	t.Helper()
	a, _, _ := quick(t)
	clock := &hands{at: time.Unix(1_800_000_000, 0)}
	a.clock = clock.now
	account, _ := signUp(t, a, "ada@example.org")
	phone := newDevice(account.Person)
	if err := a.AddPasskey(t.Context(), account.Person, pages, "Safari on iPhone", phone.make(t, begin(t, a, account.Person))); err != nil {
		t.Fatal(err)
	}
	return a, clock, account, phone
}

func logIn(t *testing.T, a *Accounts, answer []byte) (string, error) {
	t.Helper()
	_, token, err := a.LogInByPasskey(t.Context(), pages, answer, Entrance{Device: "Safari on iPhone"})
	return token, err
}

func TestSigningInByAPasskey(t *testing.T) {
	t.Parallel()
	a, clock, account, phone := keyed(t)
	clock.forward(time.Hour)
	_, former := signUp(t, a, "guest@example.org")
	told, token, err := a.LogInByPasskey(t.Context(), pages, phone.sign(t, asked(t, a)), Entrance{Device: "Safari on iPhone", Token: former})
	if err != nil || told != account {
		t.Fatalf("%+v, %v", told, err)
	}
	is(t, a, token, account.Person)
	isNobody(t, a, former)
	all, err := a.Passkeys(t.Context(), account.Person)
	if err != nil || len(all) != 1 || all[0].Device != "Safari on iPhone" || all[0].UsedAt-all[0].CreatedAt != time.Hour.Milliseconds() {
		t.Fatalf("%+v, %v", all, err)
	}
	if err := a.DropPasskey(t.Context(), "u-other", all[0].ID); !errors.Is(err, ErrNoPasskey) {
		t.Errorf("somebody else took it away: %v", err)
	}
	if err := a.DropPasskey(t.Context(), account.Person, all[0].ID); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{all[0].ID, "!"} {
		if err := a.DropPasskey(t.Context(), account.Person, id); !errors.Is(err, ErrNoPasskey) {
			t.Errorf("dropping %q: %v", id, err)
		}
	}
	if _, err := logIn(t, a, phone.sign(t, asked(t, a))); !errors.Is(err, ErrPasskey) {
		t.Errorf("a passkey that was taken away: %v", err)
	}
	is(t, a, token, account.Person) // the session goes on: it ends by itself, or in the list of devices
}

// A passkey is stronger than a password with a code, and asked for alone.
func TestAPasskeyNeedsNoSecondStep(t *testing.T) {
	t.Parallel()
	a, clock, account, secret, _ := stepped(t)
	phone := newDevice(account.Person)
	if err := a.AddPasskey(t.Context(), account.Person, pages, "", phone.make(t, begin(t, a, account.Person))); err != nil {
		t.Fatal(err)
	}
	if _, err := logIn(t, a, phone.sign(t, asked(t, a))); err != nil {
		t.Error(err)
	}
	if err := tryCode(t, a, codeAt(t, secret, clock.now())); err != nil {
		t.Error(err)
	}
}

func TestAnswersOfPasskeysThatAreNotTaken(t *testing.T) {
	t.Parallel()
	a, clock, account, phone := keyed(t)
	other, _ := signUp(t, a, "eve@example.org")
	elsewhere := *phone
	elsewhere.party.Origin = "https://plenum.example.evil"
	foreign := *phone
	foreign.party.ID = "evil.example"
	blind := *phone
	blind.keys.Options.UserNotVerified = true
	claimed := *phone
	claimed.keys.Options.UserHandle = []byte(other.Person)
	stranger := newDevice(account.Person)
	forged := *phone
	forged.key.Key = stranger.key.Key
	used := phone.sign(t, asked(t, a))
	if _, err := logIn(t, a, used); err != nil {
		t.Fatal(err)
	}
	copied := *phone // made before the key signs once more
	if _, err := logIn(t, a, phone.sign(t, asked(t, a))); err != nil {
		t.Fatal(err)
	}
	restarted := New(a.database, Options{})
	old := asked(t, a)
	clock.forward(challengeFor)
	for _, c := range []struct {
		what   string
		answer []byte
	}{
		{"an answer that was used", used},
		{"one that is too old", phone.sign(t, old)},
		{"one to a challenge of our own making", phone.sign(t, map[string]any{"challenge": base64.RawURLEncoding.EncodeToString(make([]byte, challengeBytes))})},
		{"one to a challenge of before a restart", phone.sign(t, asked(t, restarted))},
		{"one to the challenge of a new passkey", phone.sign(t, begin(t, a, account.Person))},
		{"one made on another site", elsewhere.sign(t, asked(t, a))},
		{"one for another host", foreign.sign(t, asked(t, a))},
		{"one without a look at the person", blind.sign(t, asked(t, a))},
		{"one that names somebody else", claimed.sign(t, asked(t, a))},
		{"one of a key that is not known", stranger.sign(t, asked(t, a))},
		{"one signed by another key", forged.sign(t, asked(t, a))},
		{"one of a copied key", copied.sign(t, asked(t, a))},
		{"nonsense", []byte(`{"id":1}`)},
		{"nothing", nil},
	} {
		if _, err := logIn(t, a, c.answer); !errors.Is(err, ErrPasskey) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
	phone.key.Counter = 100
	if _, err := logIn(t, a, phone.sign(t, asked(t, a))); err != nil {
		t.Errorf("the right one, after all that: %v", err)
	}
}

func TestPasskeysThatAreNotAdded(t *testing.T) {
	t.Parallel()
	a, _, account, phone := keyed(t)
	other, _ := signUp(t, a, "eve@example.org")
	if _, err := a.BeginPasskey(t.Context(), account.Person, by("wrong horse"), pages); !errors.Is(err, ErrWrong) {
		t.Errorf("a wrong password: %v", err)
	}
	if _, err := a.BeginPasskey(t.Context(), account.Person, by(good), "null"); !errors.Is(err, ErrPasskey) {
		t.Errorf("no site: %v", err)
	}
	add := func(person string, answer []byte) error { return a.AddPasskey(t.Context(), person, pages, "", answer) }
	blind := newDevice(other.Person)
	blind.keys.Options.UserNotVerified = true
	stolen := newDevice(other.Person)
	stolen.key = phone.key
	once := newDevice(account.Person).make(t, begin(t, a, account.Person))
	if err := add(account.Person, once); err != nil {
		t.Fatal(err)
	}
	for what, answer := range map[string][]byte{
		"one that was asked for by somebody else": newDevice(other.Person).make(t, begin(t, a, account.Person)),
		"a challenge of signing in":               newDevice(other.Person).make(t, map[string]any{"challenge": challengeOf(t, asked(t, a)), "user": map[string]string{"id": ""}}),
		"one without a look at the person":        blind.make(t, begin(t, a, other.Person)),
		"the key of somebody else":                stolen.make(t, begin(t, a, other.Person)),
		"nonsense":                                []byte(`[]`),
	} {
		if err := add(other.Person, answer); !errors.Is(err, ErrPasskey) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := add(account.Person, once); !errors.Is(err, ErrPasskey) {
		t.Errorf("the same answer twice: %v", err)
	}
}

func challengeOf(t *testing.T, options any) string {
	t.Helper()
	var told struct{ Challenge string }
	if err := json.Unmarshal([]byte(asJSON(t, options)), &told); err != nil {
		t.Fatal(err)
	}
	return told.Challenge
}

func TestAnAccountHasTwentyPasskeys(t *testing.T) {
	t.Parallel()
	a, _, account, _ := keyed(t)
	for i := 1; i < MaxPasskeys-1; i++ {
		d := newDevice(account.Person)
		if err := a.AddPasskey(t.Context(), account.Person, pages, fmt.Sprint(i), d.make(t, begin(t, a, account.Person))); err != nil {
			t.Fatal(err)
		}
	}
	// Two are asked for while there is place for one.
	first, second := newDevice(account.Person), newDevice(account.Person)
	one, two := first.make(t, begin(t, a, account.Person)), second.make(t, begin(t, a, account.Person))
	if err := a.AddPasskey(t.Context(), account.Person, pages, "", one); err != nil {
		t.Fatal(err)
	}
	if err := a.AddPasskey(t.Context(), account.Person, pages, "", two); !errors.Is(err, ErrManyPasskeys) {
		t.Errorf("one more than fit: %v", err)
	}
	if _, err := a.BeginPasskey(t.Context(), account.Person, by(good), pages); !errors.Is(err, ErrManyPasskeys) {
		t.Errorf("asking when it is full: %v", err)
	}
	all, err := a.Passkeys(t.Context(), account.Person)
	if err != nil || len(all) != MaxPasskeys {
		t.Fatalf("%d, %v", len(all), err)
	}
	if !slices.IsSortedFunc(all, func(a, b Passkey) int { return int(a.CreatedAt - b.CreatedAt) }) {
		t.Error("they are not in order")
	}
}
