package web

import (
	"net/http"
	"net/netip"
	"strings"
)

// caller is where a request comes from.
type caller struct {
	address netip.Addr
	secure  bool // it came by TLS, to us or to a trusted proxy
}

// origin looks through the trusted proxies, and through no others: anybody can
// write an X-Forwarded-For.
func (s *Site) origin(r *http.Request) caller {
	from := caller{secure: r.TLS != nil}
	remote, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return from
	}
	from.address = remote.Addr().Unmap()
	if !s.trusts(from.address) {
		return from
	}
	if proto := lastOf(r.Header.Values("X-Forwarded-Proto")); proto != "" {
		from.secure = strings.EqualFold(proto, "https")
	}
	hops := strings.Split(strings.Join(r.Header.Values("X-Forwarded-For"), ","), ",")
	for i := len(hops) - 1; i >= 0; i-- {
		address, err := netip.ParseAddr(strings.TrimSpace(hops[i]))
		if err != nil {
			break
		}
		from.address = address.Unmap()
		if !s.trusts(from.address) {
			break
		}
	}
	return from
}

func (s *Site) trusts(address netip.Addr) bool {
	for _, prefix := range s.o.Proxies {
		if prefix.Contains(address) {
			return true
		}
	}
	return false
}

// network is how limits count an address: IPv6 hands out a /64 to each home.
func (c caller) network() string {
	if c.address.Is6() {
		if prefix, err := c.address.WithZone("").Prefix(64); err == nil {
			return prefix.String()
		}
	}
	return c.address.String()
}

func lastOf(values []string) string {
	parts := strings.Split(strings.Join(values, ","), ",")
	return strings.TrimSpace(parts[len(parts)-1])
}
