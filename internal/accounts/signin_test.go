package accounts

import (
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"plenum/internal/store"
)

const good = "correct horse battery"

// quick makes accounts whose hashes cost nothing and are counted.
func quick(t *testing.T) (a *Accounts, s *store.Store, hashes func() int) {
	t.Helper()
	s, err := store.Open(t.Context(), filepath.Join(t.TempDir(), "plenum.db"), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	a = New(s, Options{})
	var mu sync.Mutex
	count := 0
	a.hasher.derive = func(password string, salt []byte, c cost) []byte {
		mu.Lock()
		defer mu.Unlock()
		count++
		return []byte(password + string(salt) + string(rune('0'+c.passes)))
	}
	return a, s, func() int { mu.Lock(); defer mu.Unlock(); return count }
}

// signUp makes an account for a new person.
func signUp(t *testing.T, a *Accounts, email string) (Account, string) {
	t.Helper()
	account, token, err := a.SignUp(t.Context(), "", Entrance{Email: email, Password: good, Device: "Firefox on Linux"})
	if err != nil {
		t.Fatal(err)
	}
	return account, token
}

func is(t *testing.T, a *Accounts, token, person string) {
	t.Helper()
	if got, err := a.Person(t.Context(), token); got != person || err != nil {
		t.Errorf("the token belongs to %q, %v; want %q", got, err, person)
	}
}

func isNobody(t *testing.T, a *Accounts, token string) {
	t.Helper()
	if got, err := a.Person(t.Context(), token); !errors.Is(err, ErrNoToken) {
		t.Errorf("a token that should be worthless belongs to %q, %v", got, err)
	}
}

func TestAGuestBecomesAnAccountAndStaysThePerson(t *testing.T) {
	t.Parallel()
	a, _, _ := quick(t)
	person, guest, err := a.Issue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	is(t, a, guest, person)
	account, token, err := a.SignUp(t.Context(), person, Entrance{Email: " Ada@Example.ORG ", Password: good, Token: guest})
	if err != nil {
		t.Fatal(err)
	}
	if account.Person != person || account.Email != "ada@example.org" {
		t.Fatalf("%+v", account)
	}
	is(t, a, token, person)
	isNobody(t, a, guest) // a new right is a new token

	again, other, err := a.LogIn(t.Context(), Entrance{Email: "ADA@example.org", Password: good})
	if err != nil || again != account || other == token {
		t.Fatalf("%+v, %v", again, err)
	}
	is(t, a, other, person)
	is(t, a, token, person)
	if got, err := a.Account(t.Context(), person); got != account || err != nil {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestSigningInLeavesTheGuestBehind(t *testing.T) {
	t.Parallel()
	a, _, _ := quick(t)
	account, _ := signUp(t, a, "ada@example.org")
	_, guest, err := a.Issue(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, token, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: good, Token: guest})
	if err != nil {
		t.Fatal(err)
	}
	is(t, a, token, account.Person)
	isNobody(t, a, guest)
}

// Who guesses must not learn which addresses have an account: the answer is the
// same, and so is the work.
func TestAnUnknownAddressIsAnsweredAsAWrongPassword(t *testing.T) {
	t.Parallel()
	a, _, hashes := quick(t)
	signUp(t, a, "ada@example.org")
	for _, e := range []Entrance{
		{Email: "ada@example.org", Password: "wrong password"},
		{Email: "bob@example.org", Password: good},
		{Email: "no address", Password: good},
		{Email: "", Password: ""},
		{Email: "ada@example.org", Password: strings.Repeat("x", 10_000)},
	} {
		before := hashes()
		if _, token, err := a.LogIn(t.Context(), e); !errors.Is(err, ErrWrong) || token != "" {
			t.Errorf("%q: %v", e.Email, err)
		}
		if n := hashes() - before; n != 1 {
			t.Errorf("%q: %d hashes were made, want 1", e.Email, n)
		}
	}
}

func TestAnAddressAndAPersonHaveOneAccount(t *testing.T) {
	t.Parallel()
	a, _, _ := quick(t)
	account, _ := signUp(t, a, "ada@example.org")
	if _, _, err := a.SignUp(t.Context(), "", Entrance{Email: "ADA@example.org", Password: good}); !errors.Is(err, ErrTaken) {
		t.Errorf("the same address: %v", err)
	}
	if _, _, err := a.SignUp(t.Context(), account.Person, Entrance{Email: "b@example.org", Password: good}); !errors.Is(err, ErrHasAccount) {
		t.Errorf("the same person: %v", err)
	}
	for _, bad := range []string{"", "ada", "@example.org", "ada@", "Ada <ada@example.org>", "a b@example.org", "a@b@c", "ada@example.org, bob@example.org", strings.Repeat("a", 251) + "@b.c", "a\n@b.c"} {
		if _, _, err := a.SignUp(t.Context(), "", Entrance{Email: bad, Password: good}); !errors.Is(err, ErrEmail) {
			t.Errorf("%.40q: %v", bad, err)
		}
	}
}

func TestPasswordsAreMeasuredInCharacters(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		password string
		want     error
	}{
		{"", ErrPasswordLength},
		{"seven 7", ErrPasswordLength},
		{"eight 88", nil},
		{"口令七个字啊", ErrPasswordLength},
		{"口令有八个字了吧", nil},
		{strings.Repeat("ab", 64), nil},
		{strings.Repeat("ab", 64) + "a", ErrPasswordLength},
		{strings.Repeat("界面", 64), nil},
		{"password", ErrPasswordCommon},
		{"PassWord123", ErrPasswordCommon},
		{"xxxxxxxxxx", ErrPasswordCommon},
		{"éééééééééé", ErrPasswordCommon},
		{"ada.lovelace", ErrPasswordCommon},
		{"Ada.Lovelace@example.org", ErrPasswordCommon},
	} {
		if err := checkPassword(test.password, "ada.lovelace@example.org"); !errors.Is(err, test.want) || (err == nil) != (test.want == nil) {
			t.Errorf("%.20q: %v, want %v", test.password, err, test.want)
		}
	}
}

func TestAPasswordOfLowerCostIsHashedAnew(t *testing.T) {
	t.Parallel()
	a, s, _ := quick(t)
	account, _ := signUp(t, a, "ada@example.org")
	stored := func() (password string) {
		if err := s.Read().Table("accounts").Select("password").Row().Scan(&password); err != nil {
			t.Fatal(err)
		}
		return password
	}
	salt := make([]byte, saltBytes)
	row := accountRow{Person: account.Person, Email: account.Email, CreatedAt: 1, ChangedAt: 1}
	low := cost{memory: present.memory, passes: 1, lanes: 1}
	row.Password = encode(low, salt, a.hasher.derive(good, salt, low))
	if err := s.Write(t.Context(), saving(&row)); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: "wrong password"}); !errors.Is(err, ErrWrong) || stored() != row.Password {
		t.Fatalf("a wrong password: %v", err)
	}
	if _, _, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: good}); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(stored(), "t=2,p=1") {
		t.Errorf("it is still stored as %s", stored())
	}
	if _, _, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: good}); err != nil {
		t.Errorf("after that: %v", err)
	}
}

func TestANewPasswordEndsTheOtherSessions(t *testing.T) {
	t.Parallel()
	a, _, _ := quick(t)
	account, laptop := signUp(t, a, "ada@example.org")
	_, phone, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: good})
	if err != nil {
		t.Fatal(err)
	}
	if err := a.ChangePassword(t.Context(), account.Person, Proof{Password: "wrong password", Token: laptop}, "another good one"); !errors.Is(err, ErrWrong) {
		t.Errorf("with a wrong former one: %v", err)
	}
	is(t, a, phone, account.Person)
	if err := a.ChangePassword(t.Context(), account.Person, Proof{Password: good, Token: laptop}, "another good one"); err != nil {
		t.Fatal(err)
	}
	is(t, a, laptop, account.Person)
	isNobody(t, a, phone)
	if _, _, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: good}); !errors.Is(err, ErrWrong) {
		t.Errorf("the former password: %v", err)
	}
	// The operator's way signs everybody out.
	if err := a.SetPassword(t.Context(), "Ada@example.org", "set by hand"); err != nil {
		t.Fatal(err)
	}
	isNobody(t, a, laptop)
	if _, _, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: "set by hand"}); err != nil {
		t.Error(err)
	}
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	t.Parallel()
	a, s, _ := quick(t)
	account, laptop := signUp(t, a, "ada@example.org")
	_, phone, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: good, Device: "Safari on iPhone"})
	if err != nil {
		t.Fatal(err)
	}
	stranger, strangers := signUp(t, a, "bob@example.org")
	all, err := a.Sessions(t.Context(), account.Person)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	for _, session := range all {
		if session.ID != SessionID(laptop) && session.ID != SessionID(phone) || session.Device == "" || session.CreatedAt == 0 {
			t.Errorf("%+v", session)
		}
	}
	if err := a.End(t.Context(), stranger.Person, SessionID(phone)); !errors.Is(err, ErrNoSession) {
		t.Errorf("a stranger ends it: %v", err)
	}
	is(t, a, phone, account.Person)
	other := New(s, Options{}) // as another process, with a memory of its own
	is(t, other, phone, account.Person)
	if err := a.End(t.Context(), account.Person, SessionID(phone)); err != nil {
		t.Fatal(err)
	}
	isNobody(t, a, phone)
	is(t, other, phone, account.Person) // it has not looked yet
	if ended, err := other.Ended(t.Context()); err != nil || !slices.Equal(ended, []string{SessionID(phone)}) {
		t.Errorf("ended: %v, %v", ended, err)
	}
	isNobody(t, other, phone)
	if err := a.End(t.Context(), account.Person, SessionID(phone)); !errors.Is(err, ErrNoSession) {
		t.Errorf("ending it twice: %v", err)
	}
	if n, err := a.EndOthers(t.Context(), account.Person, ""); n != 1 || err != nil {
		t.Errorf("%d, %v", n, err)
	}
	isNobody(t, a, laptop)
	is(t, a, strangers, stranger.Person)
}

// Whoever knows the former password must not slip in while it is being changed.
func TestSigningInMeetsANewPassword(t *testing.T) {
	t.Parallel()
	a, _, _ := quick(t)
	signUp(t, a, "ada@example.org")
	derive := a.hasher.derive
	a.hasher.slots = make(chan struct{}, 2)
	a.hasher.derive = func(password string, salt []byte, c cost) []byte {
		a.hasher.derive = derive
		if err := a.SetPassword(t.Context(), "ada@example.org", "set meanwhile"); err != nil {
			t.Error(err)
		}
		return derive(password, salt, c)
	}
	if _, token, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: good}); !errors.Is(err, ErrWrong) || token != "" {
		t.Errorf("the former password gives %q, %v", token, err)
	}
}
