package web

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"plenum/internal/accounts"
)

// endedEvery is how often sessions are looked for that ended elsewhere: by
// another process, or while a connection was being opened.
const endedEvery = 500 * time.Millisecond

// mindSessions closes the connections of sessions that end, until Shutdown.
func (s *Site) mindSessions() {
	tick := time.NewTicker(endedEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			s.closeEnded(s.sockets.life)
		case <-s.sockets.life.Done():
			return
		}
	}
}

func (s *Site) closeEnded(ctx context.Context) {
	ended, err := s.o.People.Ended(ctx)
	if err != nil && ctx.Err() == nil {
		s.o.Logger.Error("it is not known which sessions have ended", "error", err)
	}
	if len(ended) > 0 {
		s.crowd.signOut(ended)
	}
}

// toldSession is a session as it is told to its person.
type toldSession struct {
	ID     string `json:"id"`
	Device string `json:"device"`
	Since  int64  `json:"since"`
	Seen   int64  `json:"seen"`
	Here   bool   `json:"here"` // it is the one that asks
}

// listSessions answers GET /api/account/sessions.
func (s *Site) listSessions(c *gin.Context, who member) error {
	all, err := s.o.People.Sessions(c.Request.Context(), who.person)
	if err != nil {
		return err
	}
	told := make([]toldSession, len(all))
	for i, one := range all {
		told[i] = toldSession{one.ID, one.Device, one.CreatedAt, one.SeenAt, one.ID == who.session()}
	}
	return answer(c, http.StatusOK, map[string]any{"sessions": told})
}

// endSession answers DELETE /api/account/sessions/{id}.
func (s *Site) endSession(c *gin.Context, who member) error {
	err := s.o.People.End(c.Request.Context(), who.person, c.Param("id"))
	if err != nil {
		return refusalOf(err)
	}
	s.closeEnded(c.Request.Context())
	return answer(c, http.StatusOK, struct{}{})
}

// endOthers answers DELETE /api/account/sessions.
func (s *Site) endOthers(c *gin.Context, who member) error {
	n, err := s.o.People.EndOthers(c.Request.Context(), who.person, who.session())
	if err != nil {
		return err
	}
	s.closeEnded(c.Request.Context())
	return answer(c, http.StatusOK, map[string]any{"ended": n})
}

// member is somebody who is signed in, with the token that says so.
type member struct{ person, token string }

func (m member) session() string { return accounts.SessionID(m.token) }

// proof shows that it is they, with a password as typed.
func (m member) proof(password string) accounts.Proof {
	return accounts.Proof{Password: password, Token: m.token}
}

// signedIn is for those who have an account.
func (s *Site) signedIn(do func(*gin.Context, member) error) gin.HandlerFunc {
	return s.answering(func(c *gin.Context) error {
		who, err := s.holder(c.Request)
		if err != nil {
			return err
		}
		return do(c, who)
	})
}

// holder is who sent a request and has an account.
func (s *Site) holder(r *http.Request) (member, error) {
	person, err := s.person(r)
	if err != nil {
		return member{}, err
	}
	if person == "" {
		return member{}, errNoAccount
	}
	if _, err := s.o.People.Account(r.Context(), person); err != nil {
		return member{}, refusalOf(err)
	}
	token, _ := tokenOf(r)
	return member{person, token}, nil
}

// deviceOf is a short name of what a browser says it is: "Firefox on Linux".
// Order matters: most browsers also name those that they want to pass for.
func deviceOf(r *http.Request) string {
	agent := r.UserAgent()
	browser := firstIn(agent, "Edg/", "Edge", "EdgiOS", "Edge", "EdgA", "Edge", "OPR/", "Opera", "SamsungBrowser", "Samsung Internet",
		"MicroMessenger", "WeChat", "Firefox/", "Firefox", "FxiOS", "Firefox", "CriOS", "Chrome", "Chrome/", "Chrome", "Safari/", "Safari")
	system := firstIn(agent, "iPhone", "iPhone", "iPad", "iPad", "Android", "Android", "CrOS", "ChromeOS", "Windows", "Windows",
		"Macintosh", "Mac", "Linux", "Linux")
	switch {
	case browser != "" && system != "":
		return browser + " on " + system
	case browser+system != "":
		return browser + system
	}
	name, _, _ := strings.Cut(agent, "/")
	if len(name) > 40 || strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r > '~' }) {
		return ""
	}
	return name
}

// firstIn is the name of the first sign that a text has; signs and names alternate.
func firstIn(text string, signs ...string) string {
	for i := 0; i < len(signs); i += 2 {
		if strings.Contains(text, signs[i]) {
			return signs[i+1]
		}
	}
	return ""
}
