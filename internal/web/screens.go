package web

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"plenum/rooms"
)

// Screens are what the site needs of *rooms.Hall for those who only look.
type Screens interface {
	AddScreen(ctx context.Context, code, person string, what rooms.ScreenLink) (id, key string, err error)
	Screen(ctx context.Context, key string) (rooms.Screen, error)
	JoinScreen(ctx context.Context, key string, frame []byte, conn rooms.Conn) (*rooms.Peer, error)
	ScreenView(ctx context.Context, key, activity string) (json.RawMessage, error)
	ScreenRead(ctx context.Context, key, activity, name string, ask map[string]string) (any, error)
}

const (
	screenPath = "/screen/:key"
	longestKey = 64
)

// addScreen answers POST /api/rooms/{code}/screens.
func (s *Site) addScreen(c *gin.Context, at place) error {
	var ask rooms.ScreenLink
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	id, key, err := s.o.Hall.AddScreen(c.Request.Context(), at.code, at.person, ask)
	if err != nil {
		return err
	}
	return answer(c, http.StatusCreated, map[string]any{"id": id, "key": key})
}

// byKey is for whoever has the key of a screen link, from any site. Nothing that
// a browser sends by itself counts: neither a cookie nor where the page is from.
func (s *Site) byKey(do func(c *gin.Context, key string) error) gin.HandlerFunc {
	return s.answering(func(c *gin.Context) error {
		h := c.Writer.Header()
		h.Set("Access-Control-Allow-Origin", "*")
		h.Set("Referrer-Policy", "no-referrer")
		key := c.Param("key")
		if len(key) > longestKey {
			return rooms.ErrScreen
		}
		return do(c, key)
	})
}

// screen answers GET /api/screens/{key}.
func (s *Site) screen(c *gin.Context, key string) error {
	screen, err := s.o.Hall.Screen(c.Request.Context(), key)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, screen)
}

// screenSocket answers GET /api/screens/{key}/socket. It asks for no Origin: the
// key is all that counts here, and no browser sends that by itself.
func (s *Site) screenSocket(c *gin.Context, key string) error {
	screen, err := s.o.Hall.Screen(c.Request.Context(), key)
	if err != nil {
		return err
	}
	if !isHandshake(c.Request) {
		return errHandshake
	}
	at := place{screen: key, person: "screen " + screen.Room + " " + screen.Activity}
	if err := s.crowd.admitUpTo(at.person, s.o.Limits.SocketsPerScreen); err != nil {
		return err
	}
	taken, err := detach(c.Writer, c.Request)
	if err != nil {
		s.crowd.leave(at.person)
		return err
	}
	go s.sockets.carry(taken, newSocketConn(at))
	return nil
}

// screenView answers GET /api/screens/{key}/activities/{id}/view.
func (s *Site) screenView(c *gin.Context, key string) error {
	view, err := s.o.Hall.ScreenView(c.Request.Context(), key, c.Param("id"))
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, view)
}

// screenRead answers GET /api/screens/{key}/activities/{id}/read/{name}.
func (s *Site) screenRead(c *gin.Context, key string) error {
	ask, err := asked(c)
	if err != nil {
		return err
	}
	found, err := s.o.Hall.ScreenRead(c.Request.Context(), key, c.Param("id"), c.Param("name"), ask)
	if err != nil {
		return err
	}
	if file, ok := found.(rooms.File); ok {
		return download(c, file)
	}
	return answer(c, http.StatusOK, found)
}

// screenFile answers GET /api/screens/{key}/files/{hash}: what is named in the
// activity that the screen shows.
func (s *Site) screenFile(c *gin.Context, key string) error {
	if s.o.Files == nil {
		return errNotFound
	}
	screen, err := s.o.Hall.Screen(c.Request.Context(), key)
	if err != nil {
		return err
	}
	c.Header("Cross-Origin-Resource-Policy", "cross-origin")
	return s.fileFor(c, screen.Room, nobody, func(activities []string) (bool, error) {
		for _, activity := range activities {
			if activity == screen.Activity {
				return s.o.Hall.Sees(c.Request.Context(), screen.Room, rooms.Viewer, []string{activity})
			}
		}
		return false, nil
	})
}

// nobody is no member's id.
const nobody = "-"

// screenPage answers GET /screen/{key}: the page that shows a screen, in a frame
// of any site. It is the app, in a sandbox of its own: it has neither the cookies
// nor the storage of this site, so that nothing of it can be done in a frame. A
// key that shows nothing gets the same page, which says so.
func (s *Site) screenPage(c *gin.Context, key string) error {
	screen, err := s.o.Hall.Screen(c.Request.Context(), key)
	var refusal *rooms.Refusal
	if err != nil && !errors.As(err, &refusal) {
		return err
	}
	nonce := nonce()
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", s.screenPolicy(c.Request, nonce))
	h.Set("Cache-Control", "no-store")
	h.Set("X-Robots-Tag", "noindex")
	h.Del("Access-Control-Allow-Origin") // it is a page, not for other pages to read
	page := bytes.Join(s.pages.app, []byte(nonce))
	status := http.StatusOK
	if refusal != nil {
		status = statusOf(refusal)
	} else {
		at := s.address(c.Request)
		found := at + "/oembed?url=" + url.QueryEscape(at+"/screen/"+key)
		link := fmt.Sprintf(`<link rel="alternate" type="application/json+oembed" href="%s" title="%s">`, html.EscapeString(found), html.EscapeString(nameOf(screen)))
		page = bytes.Replace(page, []byte("</head>"), []byte(link+"</head>"), 1)
	}
	c.Data(status, "text/html; charset=utf-8", page)
	return nil
}

// screenPolicy is the Content-Security-Policy of a screen's page. The sandbox
// makes its origin nobody's; so its own address is spelled out where 'self' stands.
func (s *Site) screenPolicy(r *http.Request, nonce string) string {
	self := []string{"'self'"}
	for _, source := range s.socketSources(r) {
		self = append(self, "http"+strings.TrimPrefix(source, "ws"))
	}
	own := strings.Join(self, " ")
	return strings.Join([]string{
		"default-src " + own,
		"script-src " + own + " 'nonce-" + nonce + "'",
		"style-src " + own + " 'nonce-" + nonce + "'",
		"img-src " + own + " data: blob:",
		directive("connect-src "+own, s.socketSources(r)),
		"frame-ancestors *",
		"base-uri 'none'",
		"form-action 'none'",
		"object-src 'none'",
		"sandbox allow-scripts",
	}, "; ")
}

// nameOf is what a screen is called: the room and the activity.
func nameOf(s rooms.Screen) string {
	name := s.Name
	if s.Title != "" && name != "" {
		return s.Title + " · " + name
	}
	if s.Title+name == "" {
		return provider
	}
	return s.Title + name
}

// address is how people reach the site: as it is set, or as they did.
func (s *Site) address(r *http.Request) string {
	if s.o.BaseURL != nil {
		return originOf(s.o.BaseURL)
	}
	if s.origin(r).secure {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}
