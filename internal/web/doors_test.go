package web

import (
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"strings"
	"testing"
)

func TestARoomIsMadeAndEntered(t *testing.T) {
	t.Parallel()
	f := start(t)
	made := f.post("/api/rooms", `{"title":"Team day","name":"Ada","unknown":[1]}`)
	if made.status != http.StatusCreated {
		t.Fatalf("create: %d %s", made.status, made.body)
	}
	code := made.field(t, "code").(string)
	ada := cookieOf(t, made)

	entered := f.post("/api/rooms/"+strings.ToLower(code)+"/enter", `{"name":"Bob"}`)
	if entered.status != http.StatusOK || entered.field(t, "member").(map[string]any)["name"] != "Bob" {
		t.Fatalf("enter: %d %s", entered.status, entered.body)
	}
	bob := cookieOf(t, entered)

	about := f.get("/api/rooms/"+code, "Cookie", "plenum="+ada)
	if about.field(t, "title") != "Team day" || about.field(t, "member").(map[string]any)["role"] != "owner" {
		t.Fatalf("about: %s", about.body)
	}
	if about := f.get("/api/rooms/" + code); about.status != http.StatusOK || about.field(t, "member") != nil {
		t.Fatalf("about, to a stranger: %d %s", about.status, about.body)
	}
	again := f.post("/api/rooms/"+code+"/enter", `{"name":"Bob"}`, "Cookie", "plenum="+bob)
	if again.header.Get("Set-Cookie") != "" || again.field(t, "member").(map[string]any)["id"] != entered.field(t, "member").(map[string]any)["id"] {
		t.Fatalf("a known person became another one: %s", again.body)
	}
	if refused := f.post("/api/rooms/"+code+"/links", `{"role":"editor"}`, bearer(bob)...); refused.status != http.StatusForbidden || refused.because() != "role" {
		t.Fatalf("a participant made a link: %d %s", refused.status, refused.body)
	}
	link := f.post("/api/rooms/"+code+"/links", `{"role":"editor"}`, bearer(ada)...)
	if link.status != http.StatusCreated {
		t.Fatalf("link: %d %s", link.status, link.body)
	}
	editor := f.post("/api/rooms/"+code+"/enter", fmt.Sprintf(`{"name":"Cleo","key":%q}`, link.field(t, "key")))
	if editor.field(t, "member").(map[string]any)["role"] != "editor" {
		t.Fatalf("the link gave %s", editor.body)
	}
}

func cookieOf(t *testing.T, r reply) string {
	t.Helper()
	cookies := (&http.Response{Header: r.header}).Cookies()
	if len(cookies) != 1 {
		t.Fatalf("%d cookies came with %s", len(cookies), r.body)
	}
	c := cookies[0]
	if c.Name != "plenum" || !c.HttpOnly || c.SameSite != http.SameSiteLaxMode || c.Path != "/" || c.MaxAge != 31536000 || c.Domain != "" {
		t.Fatalf("the cookie is %v", c)
	}
	return c.Value
}

func TestTheCookieIsSecureUnderTLSOnly(t *testing.T) {
	t.Parallel()
	home, _ := url.Parse("https://plenum.example")
	proxied := options(func(o *Options) { o.Proxies = []netip.Prefix{netip.MustParsePrefix("127.0.0.0/8")} })
	for _, test := range []struct {
		name   string
		adjust func(*Site, *Options)
		header []string
		secure bool
	}{
		{"plain", options(func(*Options) {}), nil, false},
		{"a forged header", options(func(*Options) {}), []string{"X-Forwarded-Proto", "https"}, false},
		{"behind a proxy", proxied, []string{"X-Forwarded-Proto", "https"}, true},
		{"behind a proxy, plain", proxied, []string{"X-Forwarded-Proto", "http"}, false},
		{"at an https address", options(func(o *Options) { o.BaseURL = home }), nil, true},
	} {
		made := start(t, test.adjust).post("/api/rooms", `{"title":"T","name":"Ada"}`, test.header...)
		if got := strings.Contains(made.header.Get("Set-Cookie"), "; Secure"); got != test.secure {
			t.Errorf("%s: secure is %v", test.name, got)
		}
		if got := made.header.Get("Strict-Transport-Security") != ""; got != (test.secure && test.header != nil) {
			t.Errorf("%s: HSTS is %v", test.name, got)
		}
	}
}

func TestWhoIsUnknownGetsNoFurtherThanTheDoor(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, owner := f.room()
	revoked := f.someone()
	if err := f.people.Revoke(t.Context(), revoked); err != nil {
		t.Fatal(err)
	}
	here := "http://" + f.host
	for name, header := range map[string][]string{
		"no token":         {"Origin", here},
		"unknown cookie":   {"Origin", here, "Cookie", "plenum=" + strings.Repeat("x", 43)},
		"revoked cookie":   {"Origin", here, "Cookie", "plenum=" + revoked},
		"revoked bearer":   bearer(revoked),
		"senseless bearer": {"Origin", here, "Authorization", "Bearer"},
		"another scheme":   {"Origin", here, "Authorization", "Basic " + owner},
	} {
		if conn, status := f.dial(code, header...); conn != nil || status != http.StatusUnauthorized {
			t.Errorf("%s: the socket answered %d", name, status)
		}
		for _, path := range []string{"/activities/lobby/view", "/events?watch=lobby", "/activities/lobby/read/x"} {
			if got := f.get("/api/rooms/"+code+path, header...); got.status != http.StatusUnauthorized || got.because() != "token" {
				t.Errorf("%s: %s answered %d %s", name, path, got.status, got.body)
			}
		}
		if got := f.post("/api/rooms/"+code+"/activities/lobby/title", `{"with":{"title":"x"}}`, header...); got.status != http.StatusUnauthorized {
			t.Errorf("%s: a command answered %d %s", name, got.status, got.body)
		}
	}
	stranger := f.get("/api/rooms/"+code+"/activities/lobby/view", bearer(f.someone())...)
	if stranger.status != http.StatusForbidden || stranger.because() != "not-member" {
		t.Errorf("somebody of another room got %d %s", stranger.status, stranger.body)
	}
}

func TestSocketsOpenToOwnPagesOnly(t *testing.T) {
	t.Parallel()
	home, _ := url.Parse("https://app.example")
	f := start(t, options(func(o *Options) { o.BaseURL = home }))
	token := f.someone()
	cookie := "plenum=" + token
	for _, test := range []struct {
		origin string
		with   []string
		want   int
	}{
		{"http://" + f.host, []string{"Cookie", cookie}, 101},
		{"HTTP://" + strings.ToUpper(f.host), []string{"Cookie", cookie}, 101},
		{"https://app.example", []string{"Cookie", cookie}, 101},
		{"", bearer(token), 101},
		{"", []string{"Cookie", cookie}, 403},
		{"null", []string{"Cookie", cookie}, 403},
		{"null", bearer(token), 403},
		{"https://evil.example", []string{"Cookie", cookie}, 403},
		{"https://evil.example", bearer(token), 403},
		{"https://app.example.evil", []string{"Cookie", cookie}, 403},
		{"http://app.example", []string{"Cookie", cookie}, 403},
		{"https://app.example:444", []string{"Cookie", cookie}, 403},
		{"https://app.example@evil.example", []string{"Cookie", cookie}, 403},
		{"https://" + f.host + "/", []string{"Cookie", cookie}, 403},
		{"http://" + strings.Split(f.host, ":")[0], []string{"Cookie", cookie}, 403},
		{"http://x@" + f.host, []string{"Cookie", cookie}, 403},
		{"file://" + f.host, []string{"Cookie", cookie}, 403},
		{"http://", []string{"Cookie", cookie}, 403},
		{"::", []string{"Cookie", cookie}, 403},
	} {
		header := test.with
		if test.origin != "" {
			header = append([]string{"Origin", test.origin}, header...)
		}
		conn, status := f.dial("K7TQ2M", header...)
		if status != test.want || (conn != nil) != (test.want == 101) {
			t.Errorf("Origin %q with %s: %d, want %d", test.origin, test.with[0], status, test.want)
		}
	}
}

func TestAnotherSiteCannotMakeABrowserAct(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	path := "/api/rooms/" + code + "/activities/lobby/title"
	for _, header := range [][]string{
		{"Sec-Fetch-Site", "cross-site"}, {"Sec-Fetch-Site", "same-site"}, {"Origin", "https://evil.example"}, {"Origin", "null"},
	} {
		got := f.post(path, `{"with":{"title":"taken"}}`, append(header, "Cookie", "plenum="+token)...)
		if got.status != http.StatusForbidden || got.because() != "origin" {
			t.Errorf("%v: %d %s", header, got.status, got.body)
		}
	}
	if got := f.get("/api/rooms/" + code); got.field(t, "title") != "Team day" {
		t.Fatalf("the room is called %s", got.body)
	}
	ours := f.post(path, `{"with":{"title":"Changed"},"peer":"p-12345678","n":1}`, "Cookie", "plenum="+token, "Origin", "http://"+f.host, "Sec-Fetch-Site", "same-origin")
	if ours.status != http.StatusOK {
		t.Fatalf("our own page: %d %s", ours.status, ours.body)
	}
}

func TestForwardedAddressesAreBelievedFromProxiesOnly(t *testing.T) {
	t.Parallel()
	s := &Site{o: Options{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}}}
	for _, test := range []struct{ remote, forwarded, want string }{
		{"203.0.113.9:5", "198.51.100.1", "203.0.113.9"},
		{"10.0.0.1:5", "", "10.0.0.1"},
		{"10.0.0.1:5", "198.51.100.1", "198.51.100.1"},
		{"10.0.0.1:5", "6.6.6.6, 198.51.100.1, 10.0.0.2", "198.51.100.1"},
		{"10.0.0.1:5", "198.51.100.1, nonsense", "10.0.0.1"},
		{"[::ffff:10.0.0.1]:5", "::ffff:198.51.100.1", "198.51.100.1"},
		{"[2001:db8:1:2:3::4]:5", "", "2001:db8:1:2::/64"},
		{"[fe80::1%eth0]:5", "", "fe80::/64"},
	} {
		r := &http.Request{RemoteAddr: test.remote, Header: http.Header{}}
		if test.forwarded != "" {
			r.Header.Set("X-Forwarded-For", test.forwarded)
		}
		if got := s.origin(r).network(); got != test.want {
			t.Errorf("%+v: %s", test, got)
		}
	}
}
