package web

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"plenum/internal/accounts"
	"plenum/rooms"
)

const (
	adas   = `{"email":"Ada@example.org","password":"correct horse"}`
	wrongs = `{"email":"ada@example.org","password":"wrong horse!"}`
)

// cookie finds the token that an answer gives.
func cookie(t *testing.T, r reply) string {
	t.Helper()
	for _, c := range (&http.Response{Header: r.header}).Cookies() {
		if c.Name == cookieName && c.MaxAge > 0 && c.HttpOnly && c.SameSite == http.SameSiteLaxMode && c.Path == "/" {
			return c.Value
		}
	}
	t.Fatalf("%d %s gives no cookie: %v", r.status, r.body, r.header)
	return ""
}

func withCookie(token string) []string { return []string{"Cookie", cookieName + "=" + token} }

func TestAGuestsRoomIsThereOnAnotherDevice(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, guest := f.room()
	made := f.post("/api/account", adas, withCookie(guest)...)
	if made.status != http.StatusCreated {
		t.Fatalf("sign up: %d %s", made.status, made.body)
	}
	laptop := cookie(t, made)
	if laptop == guest {
		t.Error("the token was not changed")
	}
	if got := f.get("/api/rooms/"+code, bearer(guest)...); got.status != http.StatusUnauthorized {
		t.Errorf("the guest's token still serves: %d", got.status)
	}
	in := f.post("/api/account/login", adas)
	if in.status != http.StatusOK {
		t.Fatalf("sign in: %d %s", in.status, in.body)
	}
	phone := cookie(t, in)
	for _, token := range []string{laptop, phone} {
		if got := f.get("/api/account", withCookie(token)...); !strings.Contains(got.body, `"ada@example.org"`) {
			t.Errorf("the account: %s", got.body)
		}
		var list struct{ Rooms []toldRoom }
		if err := json.Unmarshal([]byte(f.get("/api/account/rooms", withCookie(token)...).body), &list); err != nil || len(list.Rooms) != 1 {
			t.Fatalf("%+v, %v", list, err)
		}
		if r := list.Rooms[0]; r.Code != code || r.Title != "Team day" || r.Role != "owner" || r.Last == 0 {
			t.Errorf("%+v", r)
		}
		if got := f.post("/api/rooms/"+code+"/activities/lobby/title", `{"with":{"title":"Team day"}}`, withCookie(token)...); got.status != http.StatusOK {
			t.Errorf("the owner: %d %s", got.status, got.body)
		}
	}
}

func TestRoomsAreThoseOneIsIn(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, owner := f.room()
	guest := f.someone()
	entered := f.post("/api/rooms/"+code+"/enter", `{"name":"Ben"}`, bearer(guest)...)
	ben := entered.field(t, "member").(map[string]any)["id"].(string)
	host := func(do, with string) {
		t.Helper()
		if got := f.post("/api/rooms/"+code+"/activities/lobby/"+do, `{"with":`+with+`}`, bearer(owner)...); got.status != http.StatusOK {
			t.Fatalf("%s: %d %s", do, got.status, got.body)
		}
	}
	list := func() string { return f.get("/api/account/rooms", bearer(guest)...).body }
	for _, step := range []struct{ do, with, want string }{
		{"title", `{"title":"Another day"}`, `"title":"Another day","role":"participant"`},
		{"role", `{"member":"` + ben + `","role":"host"}`, `"title":"Another day","role":"host"`},
		{"remove", `{"member":"` + ben + `"}`, `{"rooms":[]}`},
		{"readmit", `{"member":"` + ben + `"}`, `"role":"host"`},
	} {
		host(step.do, step.with)
		if got := list(); !strings.Contains(got, step.want) {
			t.Errorf("after %s: %s, want %s", step.do, got, step.want)
		}
	}
	if got := f.get("/api/account/rooms"); got.status != http.StatusOK || got.body != `{"rooms":[]}` {
		t.Errorf("nobody's rooms: %d %s", got.status, got.body)
	}
}

// Every way in which a session can end closes what is open by it.
func TestConnectionsOfAnEndedSessionEnd(t *testing.T) {
	t.Parallel()
	p := newParlour()
	f := start(t, joinBy(p.join))
	account, keep, err := f.people.SignUp(t.Context(), "", accounts.Entrance{Email: "ada@example.org", Password: "correct horse"})
	if err != nil {
		t.Fatal(err)
	}
	code := f.post("/api/rooms", `{"title":"","name":"Ada"}`, withCookie(keep)...).field(t, "code").(string)
	stays := f.socket(keep)
	another := accounts.New(f.store, accounts.Options{}) // as plenum user
	for _, end := range []struct {
		how string
		do  func(token string) error
	}{
		{"logout", func(token string) error { return ok(f.post("/api/account/logout", "", withCookie(token)...)) }},
		{"ended by id", func(token string) error {
			return ok(f.do("DELETE", "/api/account/sessions/"+accounts.SessionID(token), "", withCookie(keep)...))
		}},
		{"ended with the others", func(string) error { return ok(f.do("DELETE", "/api/account/sessions", "", withCookie(keep)...)) }},
		{"new password", func(string) error {
			return ok(f.post("/api/account/password", `{"former":"correct horse","password":"another horse"}`, withCookie(keep)...))
		}},
		{"by another process", func(token string) error {
			return another.End(t.Context(), account.Person, accounts.SessionID(token))
		}},
	} {
		password := "correct horse"
		if end.how == "by another process" {
			password = "another horse"
		}
		token := cookie(t, f.post("/api/account/login", fmt.Sprintf(`{"email":"ada@example.org","password":%q}`, password)))
		socket := f.socket(token)
		guest := p.guest(t, socket)
		stream := f.listen(code, "lobby", "", token)
		if err := end.do(token); err != nil {
			t.Fatalf("%s: %v", end.how, err)
		}
		if got := closing(t, socket); got != rooms.CloseToken {
			t.Errorf("%s: the socket is closed with %d", end.how, got)
		}
		within(t, guest.left)
		name, data := stream.next()
		for name != "closed" {
			name, data = stream.next()
		}
		if data != `{"code":4401}` {
			t.Errorf("%s: the stream ends with %s", end.how, data)
		}
		if got := f.get("/api/rooms/"+code, bearer(token)...); got.status != http.StatusUnauthorized {
			t.Errorf("%s: the token still serves: %d", end.how, got.status)
		}
	}
	p.guest(t, stays) // its session was none of them

	if got := f.post("/api/account/delete", `{"password":"correct horse"}`, withCookie(keep)...); got.because() != "password-former" {
		t.Errorf("deleting by a wrong password: %d %s", got.status, got.body)
	}
	gone := f.post("/api/account/delete", `{"password":"another horse"}`, withCookie(keep)...)
	if got := gone.header.Get("Set-Cookie"); gone.status != http.StatusOK || !strings.Contains(got, "Max-Age=0") {
		t.Errorf("deleting the account: %d, %q", gone.status, got)
	}
	if got := closing(t, stays); got != rooms.CloseToken {
		t.Errorf("deleting the account: the socket is closed with %d", got)
	}
}

func ok(r reply) error {
	if r.status != http.StatusOK {
		return fmt.Errorf("%d %s", r.status, r.body)
	}
	return nil
}

func TestSigningOutTakesTheCookie(t *testing.T) {
	t.Parallel()
	f := start(t)
	token := cookie(t, f.post("/api/account", adas))
	out := f.post("/api/account/logout", "", withCookie(token)...)
	if got := out.header.Get("Set-Cookie"); out.status != http.StatusOK || !strings.Contains(got, "plenum=;") || !strings.Contains(got, "Max-Age=0") {
		t.Errorf("%d, %q", out.status, got)
	}
	for _, path := range []string{"/logout", "/password"} {
		if got := f.post("/api/account"+path, `{}`, withCookie(token)...); got.status != http.StatusForbidden || got.because() != "no-account" {
			t.Errorf("%s after that: %d %s", path, got.status, got.body)
		}
	}
	guest := f.someone() // would be lost for ever
	if got := f.post("/api/account/logout", "", withCookie(guest)...); got.status != http.StatusForbidden {
		t.Errorf("a guest signs out: %d %s", got.status, got.body)
	}
}

func TestASessionIsNamedByItsDevice(t *testing.T) {
	t.Parallel()
	f := start(t)
	token := cookie(t, f.post("/api/account", adas, "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"))
	f.post("/api/account/login", adas, "User-Agent", "curl/8.5.0")
	var list struct{ Sessions []toldSession }
	if err := json.Unmarshal([]byte(f.get("/api/account/sessions", withCookie(token)...).body), &list); err != nil || len(list.Sessions) != 2 {
		t.Fatalf("%+v, %v", list, err)
	}
	for _, one := range list.Sessions {
		want := "curl"
		if one.Here {
			want = "Firefox on Linux"
		}
		if one.Device != want || one.Since == 0 || one.Seen == 0 || one.Here != (one.ID == accounts.SessionID(token)) {
			t.Errorf("%+v", one)
		}
	}
	for agent, want := range map[string]string{
		"Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1":        "Safari on iPhone",
		"Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Mobile Safari/537.36":                          "Chrome on Android",
		"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36 Edg/141.0.0.0":                  "Edge on Windows",
		"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 (KHTML, like Gecko) Version/4.0 Chrome/130.0.0.0 Mobile Safari/537.36 MicroMessenger/8.0.50": "WeChat on Android",
		"":                            "",
		"<script>alert(1)</script>":   "<script>alert(1)<",
		strings.Repeat("long ", 1000): "",
	} {
		if got := deviceOf(&http.Request{Header: http.Header{"User-Agent": {agent}}}); got != want {
			t.Errorf("%.60s is %q, want %q", agent, got, want)
		}
	}
}

func TestAnotherSiteCannotUseAnAccount(t *testing.T) {
	t.Parallel()
	f := start(t)
	token := cookie(t, f.post("/api/account", adas))
	foreign := append(withCookie(token), "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")
	for _, ask := range []struct{ method, path, body string }{
		{"POST", "", adas}, {"POST", "/login", adas}, {"POST", "/logout", ""}, {"POST", "/password", `{}`},
		{"DELETE", "/sessions", ""}, {"DELETE", "/sessions/x", ""},
	} {
		if got := f.do(ask.method, "/api/account"+ask.path, ask.body, foreign...); got.status != http.StatusForbidden || got.because() != "origin" {
			t.Errorf("%s %s: %d %s", ask.method, ask.path, got.status, got.body)
		}
	}
	if got := f.post("/api/account/login", adas, "Content-Type", "text/plain"); got.status != http.StatusUnsupportedMediaType {
		t.Errorf("a form: %d", got.status)
	}
}

func TestWhatAnAccountRefuses(t *testing.T) {
	t.Parallel()
	f := start(t)
	token := cookie(t, f.post("/api/account", adas))
	for _, ask := range []struct {
		method, path, body, because string
		status                      int
		header                      []string
	}{
		{"POST", "", `{"email":"ada","password":"correct horse"}`, "email", 400, nil},
		{"POST", "", `{"email":"b@example.org","password":"seven 7"}`, "password", 400, nil},
		{"POST", "", `{"email":"b@example.org","password":"Password123"}`, "password-common", 400, nil},
		{"POST", "", adas, "email-taken", 409, nil},
		{"POST", "", `{"email":"b@example.org","password":"correct horse"}`, "has-account", 409, withCookie(token)},
		{"POST", "/login", wrongs, "password-wrong", 403, nil},
		{"POST", "/login", `{"email":"nobody@example.org","password":"correct horse"}`, "password-wrong", 403, nil},
		{"POST", "/password", `{"former":"wrong horse!","password":"another horse"}`, "password-former", 403, withCookie(token)},
		{"DELETE", "/sessions/nothing", "", "no-session", 404, withCookie(token)},
		{"GET", "/sessions", "", "no-account", 403, nil},
	} {
		if got := f.do(ask.method, "/api/account"+ask.path, ask.body, ask.header...); got.status != ask.status || got.because() != ask.because {
			t.Errorf("%s %s: %d %s, want %s", ask.path, ask.body, got.status, got.body, ask.because)
		}
	}
	unknown := f.post("/api/account/login", `{"email":"nobody@example.org","password":"correct horse"}`)
	if known := f.post("/api/account/login", wrongs); known.body != unknown.body || known.status != unknown.status {
		t.Errorf("an account shows itself: %s, %s", known.body, unknown.body)
	}
}
