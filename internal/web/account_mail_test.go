package web

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"plenum/internal/accounts"
	"plenum/internal/mail"
	"plenum/internal/store"
	"plenum/rooms"
)

// pillar is where letters arrive.
type pillar chan mail.Letter

func (p pillar) Send(_ context.Context, l mail.Letter) error { p <- l; return nil }

// startMailing is a site that sends mail.
func startMailing(t *testing.T, adjust ...func(*Site, *Options)) (*fixture, pillar) {
	t.Helper()
	came := make(pillar, 64)
	var box *mail.Outbox
	f := startWith(t, func(s *store.Store) *accounts.Accounts {
		box = mail.Open(s, came, mail.Options{})
		return accounts.New(s, accounts.Options{Mails: box, Site: "https://plenum.example"})
	}, adjust...)
	t.Cleanup(box.Close)
	return f, came
}

func (p pillar) secret(t *testing.T, purpose string) string {
	t.Helper()
	_, rest, _ := strings.Cut((<-p).Text, "#"+purpose+"=")
	secret, _, ok := strings.Cut(rest, "\n")
	if !ok {
		t.Fatalf("no link for %s", purpose)
	}
	return secret
}

func TestAForgottenPasswordIsSetByMail(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f, came := startMailing(t, joinBy(p.join))
	laptop := cookie(t, f.post("/api/account", adas))
	f.post("/api/rooms", `{"title":"","name":"Ada"}`, withCookie(laptop)...)
	open := f.socket(laptop)
	p.guest(t, open)
	if got := f.get("/api/account", withCookie(laptop)...); !strings.Contains(got.body, `"mail":true`) || !strings.Contains(got.body, `"verified":false`) {
		t.Error(got.body)
	}
	came.secret(t, "address")
	known := f.post("/api/account/forgotten", `{"email":"ada@example.org"}`)
	unknown := f.post("/api/account/forgotten", `{"email":"eve@example.org"}`)
	if known.status != http.StatusAccepted || known.status != unknown.status || known.body != unknown.body {
		t.Errorf("known %d %s, unknown %d %s", known.status, known.body, unknown.status, unknown.body)
	}
	link := came.secret(t, "password")
	if got := f.post("/api/account/reset", `{"link":"`+link+`","password":"short"}`); got.because() != "password" {
		t.Errorf("a short password: %d %s", got.status, got.body)
	}
	if got := f.post("/api/account/reset", `{"link":"`+link+`","password":"another horse"}`); got.status != http.StatusOK || !strings.Contains(got.body, `"verified":true`) {
		t.Fatalf("%d %s", got.status, got.body)
	}
	if got := closing(t, open); got != rooms.CloseToken {
		t.Errorf("what was open is closed with %d", got)
	}
	if got := f.post("/api/account/reset", `{"link":"`+link+`","password":"another horse"}`); got.status != http.StatusNotFound || got.because() != "link" {
		t.Errorf("a second time: %d %s", got.status, got.body)
	}
	if got := f.post("/api/account/login", `{"email":"ada@example.org","password":"another horse"}`); got.status != http.StatusOK {
		t.Errorf("sign in: %d %s", got.status, got.body)
	}
	if text := f.log.String(); strings.Contains(text, link) {
		t.Error("the log has the link")
	}
}

func TestAnAddressIsChangedByMail(t *testing.T) {
	t.Parallel()
	f, came := startMailing(t)
	token := withCookie(cookie(t, f.post("/api/account", adas)))
	<-came
	if got := f.post("/api/account/address", `{"email":"ada@example.net","password":"wrong horse"}`, token...); got.because() != "password-former" {
		t.Errorf("a wrong password: %d %s", got.status, got.body)
	}
	got := f.post("/api/account/address", `{"email":"ada@example.net","password":"correct horse"}`, token...)
	if got.status != http.StatusOK || got.field(t, "mailed") != true || !strings.Contains(got.body, "ada@example.org") {
		t.Fatalf("%d %s", got.status, got.body)
	}
	link := came.secret(t, "address")
	if got := f.post("/api/account/address/open", `{"link":"`+link+`"}`); got.status != http.StatusOK || !strings.Contains(got.body, `"ada@example.net","verified":true`) {
		t.Errorf("%d %s", got.status, got.body)
	}
	<-came // the notice
	if got := f.post("/api/account/address/ask", "", token...); got.status != http.StatusAccepted || len(came) > 0 {
		t.Errorf("asking once more: %d %s, %d letters", got.status, got.body, len(came))
	}
}

// Nobody can be flooded with letters through this server.
func TestLettersToAnAddressAreBounded(t *testing.T) {
	t.Parallel()
	f, came := startMailing(t)
	f.post("/api/account", adas)
	<-came
	for i := range letterToBurst + 1 {
		want := http.StatusAccepted
		if i == letterToBurst {
			want = http.StatusTooManyRequests
		}
		if got := f.post("/api/account/forgotten", `{"email":" ADA@example.org"}`); got.status != want {
			t.Errorf("letter %d: %d %s", i, got.status, got.body)
		}
	}
	if got := f.post("/api/account/forgotten", `{"email":"ben@example.org"}`); got.status != http.StatusAccepted {
		t.Errorf("somebody else: %d", got.status)
	}
	for range letterToBurst {
		came.secret(t, "password")
	}
	if len(came) > 0 {
		t.Error("there are more letters")
	}
}
