package web

import (
	"net"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"
)

// sameOrigin refuses what another site makes a browser send. Requests that
// change nothing pass: their answers are not readable across sites.
func (s *Site) sameOrigin(c *gin.Context) {
	if err := s.crossing.Check(c.Request); err != nil {
		s.fail(c, errOrigin)
	}
}

// mayUpgrade checks the Origin of a socket, which browsers open across sites
// and with cookies. Only a program with a bearer token may have none.
func (s *Site) mayUpgrade(r *http.Request) bool {
	origins := r.Header.Values("Origin")
	if len(origins) == 0 {
		_, bearer := tokenOf(r)
		return bearer
	}
	origin, err := url.Parse(origins[0])
	if err != nil || len(origins) > 1 || origin.Host == "" || origin.User != nil || origin.Path != "" {
		return false
	}
	if s.o.BaseURL != nil && originOf(origin) == originOf(s.o.BaseURL) {
		return true
	}
	if origin.Scheme != "https" && (origin.Scheme != "http" || s.origin(r).secure) {
		return false
	}
	return withPort(origin.Host, origin.Scheme) == withPort(r.Host, origin.Scheme)
}

func originOf(u *url.URL) string {
	return strings.ToLower(u.Scheme + "://" + u.Host)
}

// withPort writes out the port that a scheme leaves out.
func withPort(host, scheme string) string {
	host = strings.ToLower(host)
	if name, port, err := net.SplitHostPort(host); err == nil {
		return net.JoinHostPort(name, port)
	}
	port := "80"
	if scheme == "https" {
		port = "443"
	}
	return net.JoinHostPort(strings.Trim(host, "[]"), port)
}
