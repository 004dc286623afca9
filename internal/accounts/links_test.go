package accounts

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"gorm.io/gorm"

	"plenum/internal/mail"
	"plenum/internal/store"
)

// pillar is where letters arrive.
type pillar chan mail.Letter

func (p pillar) Send(_ context.Context, l mail.Letter) error { p <- l; return nil }

// hands is a clock that is set by hand.
type hands struct {
	mu sync.Mutex
	at time.Time
}

func (h *hands) now() time.Time {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.at
}

func (h *hands) forward(by time.Duration) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.at = h.at.Add(by)
}

// mailed makes accounts whose letters arrive.
func mailed(t *testing.T) (*Accounts, *store.Store, pillar, *hands) {
	t.Helper()
	a, s, _ := quick(t)
	came, clock := make(pillar, 16), &hands{at: time.Now()}
	box := mail.Open(s, came, mail.Options{Clock: clock.now})
	t.Cleanup(box.Close)
	a.mails, a.site, a.clock = box, "https://plenum.example", clock.now
	return a, s, came, clock
}

// secretIn is the secret of a letter's link for a purpose.
func secretIn(t *testing.T, l mail.Letter, purpose string) string {
	t.Helper()
	_, rest, ok := strings.Cut(l.Text, "https://plenum.example/account#"+purpose+"=")
	secret, _, end := strings.Cut(rest, "\n")
	if !ok || !end || len(secret) < 40 {
		t.Fatalf("the letter has no link: %q", l.Text)
	}
	return secret
}

func TestAnAddressIsVerifiedByItsLetter(t *testing.T) {
	t.Parallel()
	a, _, came, _ := mailed(t)
	account, _ := signUp(t, a, "ada@example.org")
	if account.Verified {
		t.Error("it is verified before anything was opened")
	}
	l := <-came
	if l.To != "ada@example.org" {
		t.Errorf("the letter goes to %s", l.To)
	}
	secret := secretIn(t, l, forAddress)
	if _, err := a.OpenPassword(t.Context(), secret, "another good one"); !errors.Is(err, ErrLink) {
		t.Errorf("it sets a password: %v", err)
	}
	if got, err := a.OpenAddress(t.Context(), secret); err != nil || !got.Verified || got.Person != account.Person {
		t.Errorf("%+v, %v", got, err)
	}
	if _, err := a.OpenAddress(t.Context(), secret); !errors.Is(err, ErrLink) {
		t.Errorf("a second time: %v", err)
	}
	if err := a.AskAddress(t.Context(), account.Person); err != nil {
		t.Fatal(err)
	}
	if got, err := a.Account(t.Context(), account.Person); err != nil || !got.Verified {
		t.Errorf("%+v, %v", got, err)
	}
	if len(came) > 0 {
		t.Error("a verified address got a letter")
	}
}

func TestAPasswordIsSetByALetter(t *testing.T) {
	t.Parallel()
	a, _, came, _ := mailed(t)
	account, token := signUp(t, a, "ada@example.org")
	<-came
	if err := a.AskPassword(t.Context(), " ADA@example.org "); err != nil {
		t.Fatal(err)
	}
	first := secretIn(t, <-came, forPassword)
	if err := a.AskPassword(t.Context(), "ada@example.org"); err != nil {
		t.Fatal(err)
	}
	secret := secretIn(t, <-came, forPassword)
	if _, err := a.OpenPassword(t.Context(), first, "another good one"); !errors.Is(err, ErrLink) {
		t.Errorf("the former link: %v", err)
	}
	// A refused password leaves the link as it is.
	if _, err := a.OpenPassword(t.Context(), secret, "short"); !errors.Is(err, ErrPasswordLength) {
		t.Errorf("a short password: %v", err)
	}
	is(t, a, token, account.Person)
	got, err := a.OpenPassword(t.Context(), secret, "another good one")
	if err != nil || got.Person != account.Person || !got.Verified {
		t.Fatalf("%+v, %v", got, err)
	}
	isNobody(t, a, token)
	if l := <-came; l.To != "ada@example.org" || l.Subject != english.passwordChanged.subject {
		t.Errorf("the notice is %+v", l)
	}
	if _, err := a.OpenPassword(t.Context(), secret, "yet another one"); !errors.Is(err, ErrLink) {
		t.Errorf("a second time: %v", err)
	}
	for password, want := range map[string]error{good: ErrWrong, "another good one": nil} {
		if _, _, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: password}); !errors.Is(err, want) {
			t.Errorf("%s: %v", password, err)
		}
	}
}

func TestWhoAsksDoesNotLearnWhetherThereIsAnAccount(t *testing.T) {
	t.Parallel()
	a, s, came, _ := mailed(t)
	if err := a.AskPassword(t.Context(), "nobody@example.org"); err != nil {
		t.Error(err)
	}
	var links int64
	if err := s.Read().Model(&linkRow{}).Count(&links).Error; err != nil || links > 0 || len(came) > 0 {
		t.Errorf("%d links, %d letters, %v", links, len(came), err)
	}
}

func TestLinksGetTooOld(t *testing.T) {
	t.Parallel()
	a, s, came, clock := mailed(t)
	signUp(t, a, "ada@example.org")
	address := secretIn(t, <-came, forAddress)
	if err := a.AskPassword(t.Context(), "ada@example.org"); err != nil {
		t.Fatal(err)
	}
	password := secretIn(t, <-came, forPassword)
	clock.forward(passwordLink)
	if _, err := a.OpenPassword(t.Context(), password, "another good one"); !errors.Is(err, ErrLink) {
		t.Errorf("after an hour: %v", err)
	}
	clock.forward(addressLink - passwordLink)
	if _, err := a.OpenAddress(t.Context(), address); !errors.Is(err, ErrLink) {
		t.Errorf("after three days: %v", err)
	}
	signUp(t, a, "ben@example.org")
	<-came
	var links int64
	if err := s.Read().Model(&linkRow{}).Count(&links).Error; err != nil || links != 1 {
		t.Errorf("old links stay: %d, %v", links, err)
	}
}

func TestAnotherAddress(t *testing.T) {
	t.Parallel()
	a, _, came, _ := mailed(t)
	account, _ := signUp(t, a, "ada@example.org")
	<-came
	signUp(t, a, "ben@example.org")
	<-came
	for _, c := range []struct {
		password, address string
		want              error
	}{{"wrong horse", "ada@example.net", ErrWrong}, {good, "ben@example.org", ErrTaken}, {good, "ada", ErrEmail}} {
		if _, err := a.ChangeEmail(t.Context(), account.Person, by(c.password), c.address); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.address, err)
		}
	}
	change := func(address string) string {
		t.Helper()
		if mailed, err := a.ChangeEmail(t.Context(), account.Person, by(good), address); err != nil || !mailed {
			t.Fatal(mailed, err)
		}
		l := <-came
		if l.To != address {
			t.Errorf("the letter goes to %s", l.To)
		}
		return secretIn(t, l, forAddress)
	}
	secret := change("ada@example.net")
	if got, err := a.Account(t.Context(), account.Person); err != nil || got.Email != "ada@example.org" {
		t.Errorf("before the link is opened it is %+v, %v", got, err)
	}
	// A link for the former address must not set a password later.
	if err := a.AskPassword(t.Context(), "ada@example.org"); err != nil {
		t.Fatal(err)
	}
	stale := secretIn(t, <-came, forPassword)
	if got, err := a.OpenAddress(t.Context(), secret); err != nil || got.Email != "ada@example.net" || !got.Verified {
		t.Errorf("%+v, %v", got, err)
	}
	if l := <-came; l.To != "ada@example.org" || l.Subject != english.addressChanged.subject {
		t.Errorf("the notice is %+v", l)
	}
	if _, err := a.OpenPassword(t.Context(), stale, "another good one"); !errors.Is(err, ErrLink) {
		t.Errorf("a link of the former address: %v", err)
	}
	// Somebody else takes the address before the link is opened.
	secret = change("cleo@example.org")
	signUp(t, a, "cleo@example.org")
	<-came
	if _, err := a.OpenAddress(t.Context(), secret); !errors.Is(err, ErrTaken) {
		t.Errorf("a taken address: %v", err)
	}
}

func TestWithoutMail(t *testing.T) {
	t.Parallel()
	a, _, _ := quick(t)
	account, _ := signUp(t, a, "ada@example.org")
	if err := a.AskPassword(t.Context(), "ada@example.org"); !errors.Is(err, ErrNoMail) {
		t.Error(err)
	}
	if err := a.AskAddress(t.Context(), account.Person); !errors.Is(err, ErrNoMail) {
		t.Error(err)
	}
	if mailed, err := a.ChangeEmail(t.Context(), account.Person, by(good), "ada@example.net"); mailed || err != nil {
		t.Error(mailed, err)
	}
	if got, err := a.Account(t.Context(), account.Person); err != nil || got.Email != "ada@example.net" || got.Verified {
		t.Errorf("%+v, %v", got, err)
	}
}

func TestLettersAreInTheLanguageOfThePages(t *testing.T) {
	t.Parallel()
	a, _, came, _ := mailed(t)
	if _, _, err := a.SignUp(t.Context(), "", Entrance{Email: "ada@example.org", Password: good, Language: "zh-CN"}); err != nil {
		t.Fatal(err)
	}
	if l := <-came; l.Subject != chinese.address.subject {
		t.Error(l.Subject)
	}
	if _, _, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: good, Language: "en"}); err != nil {
		t.Fatal(err)
	}
	if err := a.AskPassword(t.Context(), "ada@example.org"); err != nil {
		t.Fatal(err)
	}
	if l := <-came; l.Subject != english.password.subject {
		t.Error(l.Subject)
	}
}

// A letter goes out with what gives rise to it, or not at all.
func TestWhatFailsSendsNothing(t *testing.T) {
	t.Parallel()
	a, s, came, _ := mailed(t)
	signUp(t, a, "ada@example.org")
	<-came
	if err := s.Write(t.Context(), func(tx *gorm.DB) error { return tx.Exec("DROP TABLE account_links").Error }); err != nil {
		t.Fatal(err)
	}
	if err := a.AskPassword(t.Context(), "ada@example.org"); err == nil {
		t.Error("it was asked for")
	}
	if _, _, err := a.SignUp(t.Context(), "", Entrance{Email: "ben@example.org", Password: good}); err == nil {
		t.Error("an account was made")
	}
	if _, err := a.Find(t.Context(), "ben@example.org"); !errors.Is(err, ErrNoAccount) {
		t.Error(err)
	}
	if len(came) > 0 {
		t.Error("a letter came")
	}
}
