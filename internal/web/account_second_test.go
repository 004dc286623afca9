package web

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
)

func TestASecondStepIsAskedForAtTheDoor(t *testing.T) {
	t.Parallel()
	f := start(t)
	token := withCookie(cookie(t, f.post("/api/account", adas)))
	if got := f.post("/api/account/second", `{"password":"wrong horse!"}`, token...); got.because() != "password-former" {
		t.Errorf("a wrong password: %d %s", got.status, got.body)
	}
	begun := f.post("/api/account/second", `{"password":"correct horse"}`, token...)
	if begun.status != http.StatusOK || !strings.HasPrefix(begun.field(t, "address").(string), "otpauth://totp/Plenum:ada@example.org?") {
		t.Fatalf("%d %s", begun.status, begun.body)
	}
	code, err := totp.GenerateCode(begun.field(t, "secret").(string), time.Now())
	if err != nil {
		t.Fatal(err)
	}
	confirmed := f.post("/api/account/second/confirm", `{"code":"`+code+`"}`, token...)
	if confirmed.status != http.StatusOK {
		t.Fatalf("%d %s", confirmed.status, confirmed.body)
	}
	recovery := confirmed.field(t, "recovery").([]any)
	if got := f.get("/api/account", token...); !strings.Contains(got.body, `"second":{"recovery":10}`) {
		t.Error(got.body)
	}
	with := func(code string) reply {
		return f.post("/api/account/login", `{"email":"ada@example.org","password":"correct horse","code":"`+code+`"}`)
	}
	if got := with(""); got.status != http.StatusForbidden || got.because() != "second" || got.header.Get("Set-Cookie") != "" {
		t.Errorf("without a code: %d %s", got.status, got.body)
	}
	if got := with(code); got.because() != "code" {
		t.Errorf("the code of before: %d %s", got.status, got.body)
	}
	cookie(t, with(recovery[0].(string)))
	if got := f.post("/api/account/login", wrongs); got.because() != "password-wrong" {
		t.Errorf("a wrong password: %d %s", got.status, got.body)
	}
	if got := f.post("/api/account/second/end", `{"password":"correct horse"}`, token...); got.status != http.StatusOK {
		t.Errorf("%d %s", got.status, got.body)
	}
	cookie(t, with(""))
}

// Who knows the password must not be able to try all codes.
func TestCodesAreNotTriedOut(t *testing.T) {
	t.Parallel()
	f := start(t)
	token := withCookie(cookie(t, f.post("/api/account", adas)))
	secret := f.post("/api/account/second", `{"password":"correct horse"}`, token...).field(t, "secret").(string)
	code, err := totp.GenerateCode(secret, time.Now())
	if err != nil {
		t.Fatal(err)
	}
	if got := f.post("/api/account/second/confirm", `{"code":"`+code+`"}`, token...); got.status != http.StatusOK {
		t.Fatalf("%d %s", got.status, got.body)
	}
	f.site.tries.waits.clock = func() time.Time { return time.Unix(1_700_000_000, 0) }
	for i := range freeTries + 1 {
		body := `{"email":"ada@example.org","password":"correct horse","code":"000000"}`
		if i%2 == 0 {
			body = adas // the right password alone must not wipe the tries away
		}
		got := f.post("/api/account/login", body)
		if last := i == freeTries; last != (got.because() == "tries") {
			t.Errorf("try %d: %d %s", i, got.status, got.body)
		}
	}
}
