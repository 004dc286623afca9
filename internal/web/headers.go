package web

import (
	"crypto/rand"
	"net/http"
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"
)

var plainHost = regexp.MustCompile(`^[A-Za-z0-9.\-]+(:[0-9]+)?$|^\[[0-9A-Fa-f:.]+\](:[0-9]+)?$`)

// headers are on every answer. Pages put their own Content-Security-Policy
// over the strict one of everything else.
func (s *Site) headers(c *gin.Context) {
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(), microphone=(), payment=(), usb=(), geolocation=(self)")
	if s.origin(c.Request).secure {
		h.Set("Strict-Transport-Security", "max-age=31536000")
	}
}

// policy is the Content-Security-Policy of a page; scripts and styles are the
// sources that its inline elements are allowed by.
func (s *Site) policy(r *http.Request, scripts, styles []string) string {
	return strings.Join([]string{
		"default-src 'self'",
		directive("script-src 'self'", scripts),
		directive("style-src 'self'", styles),
		"img-src 'self' data: blob:",
		directive("connect-src 'self'", s.socketSources(r)),
		"frame-ancestors 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"object-src 'none'",
	}, "; ")
}

// workerPolicy is for the service worker: it asks its own server, and that is
// all it does.
const workerPolicy = "default-src 'none'; connect-src 'self'"

func directive(name string, sources []string) string {
	return strings.Join(append([]string{name}, sources...), " ")
}

// socketSources spells out our own sockets: older Safari does not count them
// as 'self'.
func (s *Site) socketSources(r *http.Request) []string {
	var sources []string
	add := func(host string) {
		if plainHost.MatchString(host) {
			sources = append(sources, "ws://"+host, "wss://"+host)
		}
	}
	add(r.Host)
	if s.o.BaseURL != nil && s.o.BaseURL.Host != r.Host {
		add(s.o.BaseURL.Host)
	}
	return sources
}

func nonce() string { return rand.Text() }
