package accounts

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

// stepped makes an account with a second step, and its recovery codes.
func stepped(t *testing.T) (a *Accounts, clock *hands, account Account, secret string, recovery []string) {
	t.Helper()
	a, _, _ = quick(t)
	clock = &hands{at: time.Unix(1_800_000_000, 0)}
	a.clock = clock.now
	account, _ = signUp(t, a, "ada@example.org")
	secret, _, err := a.BeginSecond(t.Context(), account.Person, by(good))
	if err != nil {
		t.Fatal(err)
	}
	if recovery, err = a.ConfirmSecond(t.Context(), account.Person, codeAt(t, secret, clock.now())); err != nil {
		t.Fatal(err)
	}
	clock.forward(codeEvery)
	return a, clock, account, secret, recovery
}

func codeAt(t *testing.T, secret string, at time.Time) string {
	t.Helper()
	code, err := totp.GenerateCode(secret, at)
	if err != nil {
		t.Fatal(err)
	}
	return code
}

func tryCode(t *testing.T, a *Accounts, code string) error {
	t.Helper()
	_, _, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: good, Code: code})
	return err
}

// The published values of RFC 6238, appendix B (SHA-1), cut to six digits.
func TestCodesAreThoseOfTheStandard(t *testing.T) {
	t.Parallel()
	row := secondRow{Secret: readable.EncodeToString([]byte("12345678901234567890")), Used: -1}
	for at, code := range map[int64]string{59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037", 20000000000: "353130"} {
		if step, err := stepOf(row, code, time.Unix(at, 0)); err != nil || step != at/30 {
			t.Errorf("at %d: %d, %v", at, step, err)
		}
	}
}

func TestSigningInTakesACode(t *testing.T) {
	t.Parallel()
	a, clock, account, secret, _ := stepped(t)
	if on, left, err := a.Second(t.Context(), account.Person); !on || left != recoveryCodes || err != nil {
		t.Error(on, left, err)
	}
	if err := tryCode(t, a, " "); !errors.Is(err, ErrSecond) {
		t.Errorf("without a code: %v", err)
	}
	if _, _, err := a.LogIn(t.Context(), Entrance{Email: "ada@example.org", Password: "wrong horse"}); !errors.Is(err, ErrWrong) {
		t.Errorf("a wrong password tells of the second step: %v", err)
	}
	now := clock.now()
	for _, c := range []struct {
		what, code string
		want       error
	}{
		{"one of long ago", codeAt(t, secret, now.Add(-2*codeEvery)), ErrCode},
		{"one of far ahead", codeAt(t, secret, now.Add(2*codeEvery)), ErrCode},
		{"nonsense", "abc", ErrCode},
		{"the code that confirmed it", codeAt(t, secret, now.Add(-codeEvery)), ErrCode},
		{"the present one, as people type it", codeAt(t, secret, now)[:3] + " " + codeAt(t, secret, now)[3:], nil},
		{"the same again", codeAt(t, secret, now), ErrCode},
		{"of a clock that is fast", codeAt(t, secret, now.Add(codeEvery)), nil},
		{"one before one that was used", codeAt(t, secret, now), ErrCode},
	} {
		if err := tryCode(t, a, c.code); !errors.Is(err, c.want) {
			t.Errorf("%s: %v", c.what, err)
		}
	}
}

func TestARecoveryCodeServesOnce(t *testing.T) {
	t.Parallel()
	a, _, account, _, recovery := stepped(t)
	typed := strings.ToUpper(strings.ReplaceAll(recovery[3], "-", " "))
	if err := tryCode(t, a, typed); err != nil {
		t.Error(err)
	}
	if err := tryCode(t, a, recovery[3]); !errors.Is(err, ErrCode) {
		t.Errorf("a second time: %v", err)
	}
	if _, left, err := a.Second(t.Context(), account.Person); left != recoveryCodes-1 || err != nil {
		t.Error(left, err)
	}
}

func TestASecondStepIsAskedForWhenItIsConfirmed(t *testing.T) {
	t.Parallel()
	a, _, _ := quick(t)
	account, _ := signUp(t, a, "ada@example.org")
	if _, err := a.ConfirmSecond(t.Context(), account.Person, "123456"); !errors.Is(err, ErrNoSecond) {
		t.Errorf("before it began: %v", err)
	}
	if _, _, err := a.BeginSecond(t.Context(), account.Person, by("wrong horse")); !errors.Is(err, ErrWrong) {
		t.Errorf("with a wrong password: %v", err)
	}
	first, _, err := a.BeginSecond(t.Context(), account.Person, by(good))
	if err != nil {
		t.Fatal(err)
	}
	secret, address, err := a.BeginSecond(t.Context(), account.Person, by(good))
	if err != nil {
		t.Fatal(err)
	}
	u, err := url.Parse(address)
	if err != nil || u.Scheme != "otpauth" || u.Host != "totp" || u.Path != "/Plenum:ada@example.org" || u.Query().Get("secret") != secret {
		t.Errorf("%s, %v", address, err)
	}
	if _, err := a.ConfirmSecond(t.Context(), account.Person, codeAt(t, first, a.clock())); !errors.Is(err, ErrCode) {
		t.Errorf("a code of the former secret: %v", err)
	}
	if err := tryCode(t, a, ""); err != nil {
		t.Errorf("before it is confirmed: %v", err)
	}
	if _, err := a.ConfirmSecond(t.Context(), account.Person, codeAt(t, secret, a.clock())); err != nil {
		t.Fatal(err)
	}
	if _, _, err := a.BeginSecond(t.Context(), account.Person, by(good)); !errors.Is(err, ErrHasSecond) {
		t.Errorf("once more: %v", err)
	}
	if _, err := a.ConfirmSecond(t.Context(), account.Person, codeAt(t, secret, a.clock())); !errors.Is(err, ErrHasSecond) {
		t.Errorf("confirmed once more: %v", err)
	}
}

func TestASecondStepEnds(t *testing.T) {
	t.Parallel()
	a, _, account, _, _ := stepped(t)
	if err := a.EndSecond(t.Context(), account.Person, by("wrong horse")); !errors.Is(err, ErrWrong) {
		t.Error(err)
	}
	if err := a.EndSecond(t.Context(), account.Person, by(good)); err != nil {
		t.Fatal(err)
	}
	if on, left, err := a.Second(t.Context(), account.Person); on || left > 0 || err != nil {
		t.Error(on, left, err)
	}
	if err := tryCode(t, a, ""); err != nil {
		t.Error(err)
	}
	other, _, _, _, _ := stepped(t)
	for _, want := range []bool{true, false} {
		if had, err := other.DropSecond(t.Context(), "ADA@example.org"); had != want || err != nil {
			t.Error(had, err)
		}
	}
	if err := tryCode(t, other, ""); err != nil {
		t.Error(err)
	}
}
