package outward

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"net/url"
	"strings"
	"sync/atomic"
	"testing"
)

func TestPublic(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"1.1.1.1": true, "93.184.216.34": true, "2606:4700::1111": true, "::ffff:1.1.1.1": true,
		"127.0.0.1": false, "127.8.8.8": false, "0.0.0.0": false, "0.1.2.3": false, "10.0.0.1": false, "172.16.0.1": false, "172.31.255.255": false,
		"192.168.1.1": false, "169.254.169.254": false, "100.64.0.1": false, "100.127.255.255": false, "192.0.0.8": false, "192.0.2.1": false,
		"198.18.0.1": false, "198.51.100.7": false, "203.0.113.7": false, "224.0.0.1": false, "239.1.1.1": false, "240.0.0.1": false, "255.255.255.255": false,
		"172.32.0.1": true, "100.128.0.1": true, "198.20.0.1": true, "192.0.1.1": true,
		"::1": false, "::": false, "fe80::1": false, "fe80::1%eth0": false, "fc00::1": false, "fd12::1": false, "ff02::1": false, "::ffff:127.0.0.1": false,
		"::ffff:10.0.0.1": false, "64:ff9b::7f00:1": false, "2002:7f00:1::": false, "2001::1": false, "2001:db8::1": false, "3fff::1": false, "4000::1": false,
	} {
		if got := Public(netip.MustParseAddr(address)); got != want {
			t.Errorf("%s is public: %v", address, got)
		}
	}
	if Public(netip.Addr{}) {
		t.Error("no address at all is public")
	}
}

// A server on this machine is not called, by whatever name, and not by a
// redirect either; only one that is named on purpose is.
func TestNoPrivateAddressIsCalled(t *testing.T) {
	t.Parallel()
	var calls atomic.Int32
	inside := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { calls.Add(1) }))
	defer inside.Close()
	_, port, _ := strings.Cut(strings.TrimPrefix(inside.URL, "https://"), ":")
	door := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, r.URL.Query().Get("to"), http.StatusTemporaryRedirect)
	}))
	defer door.Close()
	named := strings.TrimPrefix(door.URL, "http://")
	client := Client([]string{named})
	for _, to := range []string{
		inside.URL,
		"https://localhost:" + port, // a name that stands for this machine
		"https://LOCALHOST:" + port,
		"https://[::ffff:127.0.0.1]:" + port,
		"https://[::1]:" + port,
		"https://0.0.0.0:" + port,
		"https://somebody@localhost:" + port,
		"http://1.1.1.1:1/", // not encrypted
		"https://169.254.169.254/latest/meta-data",
		"file:///etc/passwd",
	} {
		for _, at := range []string{to, door.URL + "/?to=" + url.QueryEscape(to)} {
			response, err := client.Post(at, "text/plain", strings.NewReader("x"))
			if err == nil {
				_ = response.Body.Close()
			}
			if !errors.Is(err, ErrForbidden) {
				t.Errorf("%s: %v", at, err)
			}
		}
	}
	if n := calls.Load(); n != 0 {
		t.Errorf("it was called %d times", n)
	}
	response, err := client.Post(door.URL+"/?to=/", "text/plain", strings.NewReader("x"))
	if err == nil {
		_ = response.Body.Close()
		t.Error("it was redirected for ever")
	}
}

func TestAHostThatIsNamedIsCalled(t *testing.T) {
	t.Parallel()
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "here") }))
	defer server.Close()
	response, err := Client([]string{strings.TrimPrefix(server.URL, "http://")}).Get(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if text, err := io.ReadAll(response.Body); err != nil || string(text) != "here" {
		t.Errorf("%q, %v", text, err)
	}
}

func TestAllows(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"https://push.example/x": true, "https://push.example:8443/x": true, "https://1.1.1.1/x": true, "http://named.lan:81/x": true,
		"http://push.example/x": false, "https://127.0.0.1/x": false, "https://[::1]/x": false, "https:///x": false, "https://a@push.example/x": false,
		"http://a@named.lan:81/x": false, "http://named.lan/x": false, "ftp://push.example/x": false,
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := Allows(u, []string{"named.lan:81"}); got != want {
			t.Errorf("%s: %v", address, got)
		}
	}
}
