package web

import (
	"encoding/json"
	"net/http"

	"github.com/gin-gonic/gin"
)

// pagesOf is the origin of the pages that a request comes from, as the browser
// says it: a passkey belongs to its host.
func (s *Site) pagesOf(r *http.Request) (string, error) {
	if !s.mayUpgrade(r) {
		return "", errOrigin
	}
	return r.Header.Get("Origin"), nil
}

type toldPasskey struct {
	ID     string `json:"id"`
	Device string `json:"device"`
	Since  int64  `json:"since"`
	Used   int64  `json:"used"` // 0: never
}

// passkeys answers GET /api/account/passkeys.
func (s *Site) passkeys(c *gin.Context, who member) error {
	all, err := s.o.People.Passkeys(c.Request.Context(), who.person)
	if err != nil {
		return err
	}
	told := make([]toldPasskey, len(all))
	for i, key := range all {
		told[i] = toldPasskey{ID: key.ID, Device: key.Device, Since: key.CreatedAt, Used: key.UsedAt}
	}
	return answer(c, http.StatusOK, map[string]any{"passkeys": told})
}

// beginPasskey answers POST /api/account/passkeys/ask.
func (s *Site) beginPasskey(c *gin.Context, who member) error {
	var ask struct{ Password string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	pages, err := s.pagesOf(c.Request)
	if err != nil {
		return err
	}
	var options any
	err = s.trying(c, who, func() (err error) {
		options, err = s.o.People.BeginPasskey(c.Request.Context(), who.person, who.proof(ask.Password), pages)
		return err
	})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, map[string]any{"options": options})
}

// addPasskey answers POST /api/account/passkeys.
func (s *Site) addPasskey(c *gin.Context, who member) error {
	var ask struct{ Answer json.RawMessage }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	pages, err := s.pagesOf(c.Request)
	if err != nil {
		return err
	}
	if err := s.o.People.AddPasskey(c.Request.Context(), who.person, pages, deviceOf(c.Request), ask.Answer); err != nil {
		return refusalOf(err)
	}
	return answer(c, http.StatusCreated, struct{}{})
}

// askPasskey answers POST /api/account/login/passkey/ask.
func (s *Site) askPasskey(c *gin.Context) error {
	pages, err := s.pagesOf(c.Request)
	if err != nil {
		return err
	}
	options, err := s.o.People.AskPasskey(pages)
	if err != nil {
		return refusalOf(err)
	}
	return answer(c, http.StatusOK, map[string]any{"options": options})
}

// logInByPasskey answers POST /api/account/login/passkey. Signatures cannot be
// guessed, so tries are not counted.
func (s *Site) logInByPasskey(c *gin.Context) error {
	var ask struct {
		Answer   json.RawMessage
		Language string
	}
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	e, err := entrance(c, ask.Language)
	if err != nil {
		return err
	}
	pages, err := s.pagesOf(c.Request)
	if err != nil {
		return err
	}
	account, token, err := s.o.People.LogInByPasskey(c.Request.Context(), pages, ask.Answer, e)
	if err != nil {
		return refusalOf(err)
	}
	s.setCookie(c, token, cookieAge)
	return answerAccount(c, http.StatusOK, account)
}

// dropPasskey answers DELETE /api/account/passkeys/:id.
func (s *Site) dropPasskey(c *gin.Context, who member) error {
	if err := s.o.People.DropPasskey(c.Request.Context(), who.person, c.Param("id")); err != nil {
		return refusalOf(err)
	}
	return answer(c, http.StatusOK, struct{}{})
}
