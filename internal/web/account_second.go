package web

import (
	"net/http"

	"github.com/gin-gonic/gin"
)

// beginSecond answers POST /api/account/second.
func (s *Site) beginSecond(c *gin.Context, who member) error {
	var ask struct{ Password string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	var told struct {
		Secret  string `json:"secret"`
		Address string `json:"address"`
	}
	err := s.trying(c, who, func() (err error) {
		told.Secret, told.Address, err = s.o.People.BeginSecond(c.Request.Context(), who.person, who.proof(ask.Password))
		return err
	})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, told)
}

// confirmSecond answers POST /api/account/second/confirm.
func (s *Site) confirmSecond(c *gin.Context, who member) error {
	var ask struct{ Code string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	var recovery []string
	err := s.trying(c, who, func() (err error) {
		recovery, err = s.o.People.ConfirmSecond(c.Request.Context(), who.person, ask.Code)
		return err
	})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, map[string]any{"recovery": recovery})
}

// endSecond answers POST /api/account/second/end.
func (s *Site) endSecond(c *gin.Context, who member) error {
	var ask struct{ Password string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	err := s.trying(c, who, func() error {
		return s.o.People.EndSecond(c.Request.Context(), who.person, who.proof(ask.Password))
	})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}
