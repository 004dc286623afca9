// Package outward calls servers whose addresses came from people: push services.
// It never calls into a private network, whatever a name stands for at that
// moment and wherever an answer redirects to.
package outward

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"syscall"
	"time"
)

// ErrForbidden means that an address is none that may be called.
var ErrForbidden = errors.New("this address may not be called")

// How long a call may take altogether, and how often it may be redirected.
const (
	patience  = 10 * time.Second
	redirects = 3
)

// special are the parts of the internet that are not everybody's, besides those
// that netip names (RFC 6890 and its registries). Of IPv6 only 2000::/3 is.
var special = prefixes(
	"0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
	"2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
)

var everybodys = netip.MustParsePrefix("2000::/3")

func prefixes(texts ...string) (all []netip.Prefix) {
	for _, text := range texts {
		all = append(all, netip.MustParsePrefix(text))
	}
	return all
}

// Public tells whether an address is one of the internet that may be called.
func Public(a netip.Addr) bool {
	a = a.Unmap()
	if !a.IsValid() || a.Zone() != "" || a.IsPrivate() || !a.IsGlobalUnicast() || a.Is6() && !everybodys.Contains(a) {
		return false
	}
	for _, p := range special {
		if p.Contains(a) {
			return false
		}
	}
	return true
}

// Client makes a client. It calls public addresses by HTTPS, and besides those
// the hosts of allow, "name:port", wherever they are.
func Client(allow []string) *http.Client {
	g := guard{allow: map[string]bool{}}
	for _, host := range allow {
		g.allow[host] = true
	}
	strict := &net.Dialer{Timeout: patience / 2, ControlContext: publicOnly}
	open := &net.Dialer{Timeout: patience / 2}
	g.transport = &http.Transport{
		DialContext: func(ctx context.Context, network, address string) (net.Conn, error) {
			if g.allow[address] {
				return open.DialContext(ctx, network, address)
			}
			return strict.DialContext(ctx, network, address)
		},
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           20,
		MaxConnsPerHost:        20,
		IdleConnTimeout:        time.Minute,
		TLSHandshakeTimeout:    patience / 2,
		MaxResponseHeaderBytes: 64 << 10,
	}
	return &http.Client{Transport: g, Timeout: patience, CheckRedirect: func(_ *http.Request, via []*http.Request) error {
		if len(via) > redirects {
			return errors.New("redirected too often")
		}
		return nil
	}}
}

// publicOnly sees the address that is about to be called, when all names are resolved.
func publicOnly(_ context.Context, _, address string, _ syscall.RawConn) error {
	to, err := netip.ParseAddrPort(address)
	if err != nil || !Public(to.Addr()) {
		return ErrForbidden
	}
	return nil
}

// guard looks at each request of a client, also at those that redirects make.
type guard struct {
	transport *http.Transport
	allow     map[string]bool
}

func (g guard) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.URL.User != nil || r.URL.Scheme != "https" && !g.allow[hostOf(r.URL)] {
		if r.Body != nil {
			_ = r.Body.Close() // as every RoundTripper must; nothing is lost by it
		}
		return nil, ErrForbidden
	}
	return g.transport.RoundTrip(r)
}

// hostOf is the host of a URL with its port.
func hostOf(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return net.JoinHostPort(u.Hostname(), port)
}

// Allows tells whether a client made with the same hosts may call an address, as
// far as it can be told without asking what a name stands for.
func Allows(u *url.URL, allow []string) bool {
	for _, host := range allow {
		if hostOf(u) == host {
			return u.User == nil
		}
	}
	if u.Scheme != "https" || u.User != nil || u.Hostname() == "" {
		return false
	}
	literal, err := netip.ParseAddr(u.Hostname())
	return err != nil || Public(literal)
}
