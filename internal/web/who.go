package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"plenum/internal/accounts"
)

const (
	cookieName = "plenum"
	cookieAge  = 365 * 24 * 60 * 60 // seconds
)

// tokenOf finds the token of a request. bearer tells that a program sent it on
// purpose, which no foreign page can make a browser do.
func tokenOf(r *http.Request) (token string, bearer bool) {
	scheme, rest, ok := strings.Cut(r.Header.Get("Authorization"), " ")
	if ok && strings.EqualFold(scheme, "Bearer") {
		return strings.TrimSpace(rest), true
	}
	if cookie, err := r.Cookie(cookieName); err == nil {
		return cookie.Value, false
	}
	return "", false
}

// sessionOf names the session of a request whose token is valid.
func sessionOf(r *http.Request) string {
	token, _ := tokenOf(r)
	return accounts.SessionID(token)
}

// person tells who sent a request: "" if there is no valid cookie. A bearer
// token that is not valid is an error: a program should not go on as nobody.
func (s *Site) person(r *http.Request) (string, error) {
	token, bearer := tokenOf(r)
	if token == "" && !bearer {
		return "", nil
	}
	person, err := s.o.People.Person(r.Context(), token)
	if errors.Is(err, accounts.ErrNoToken) {
		if bearer {
			return "", errToken
		}
		return "", nil
	}
	return person, err
}

// newPerson makes somebody of a visitor and gives them the cookie.
func (s *Site) newPerson(c *gin.Context) (string, error) {
	person, token, err := s.o.People.Issue(c.Request.Context())
	if err != nil {
		return "", err
	}
	s.setCookie(c, token, cookieAge)
	return person, nil
}

// setCookie gives a browser its token, or with a negative age takes it away.
func (s *Site) setCookie(c *gin.Context, token string, age int) {
	s.setCookieAt(c, cookieName, "/", token, age)
}

func (s *Site) setCookieAt(c *gin.Context, name, path, value string, age int) {
	http.SetCookie(c.Writer, &http.Cookie{
		Name:     name,
		Value:    value,
		Path:     path,
		MaxAge:   age,
		HttpOnly: true,
		Secure:   s.origin(c.Request).secure || s.o.BaseURL != nil && s.o.BaseURL.Scheme == "https",
		SameSite: http.SameSiteLaxMode,
	})
}
