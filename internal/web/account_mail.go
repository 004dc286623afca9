package web

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"plenum/internal/accounts"
)

// forgotten answers POST /api/account/forgotten, always the same: who asks must
// not learn whether an address has an account.
func (s *Site) forgotten(c *gin.Context) error {
	var ask struct{ Email string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	email, err := accounts.NormalEmail(ask.Email)
	if err != nil {
		return errEmail
	}
	if !s.letters.take(s.origin(c.Request).network()) || !s.lettersTo.take(email) {
		return errTries
	}
	if err := s.o.People.AskPassword(c.Request.Context(), email); err != nil {
		return refusalOf(err)
	}
	return answer(c, http.StatusAccepted, struct{}{})
}

// resetPassword answers POST /api/account/reset. Connections of the devices
// that are signed out by it end.
func (s *Site) resetPassword(c *gin.Context) error {
	var ask struct{ Link, Password string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	if !s.accounts.take(s.origin(c.Request).network()) {
		return errTries
	}
	account, err := s.o.People.OpenPassword(c.Request.Context(), ask.Link, ask.Password)
	if err != nil {
		return refusalOf(err)
	}
	s.closeEnded(c.Request.Context())
	return answerAccount(c, http.StatusOK, account)
}

// changeAddress answers POST /api/account/address.
func (s *Site) changeAddress(c *gin.Context, who member) error {
	var ask struct{ Email, Password string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	if s.o.People.Mailing() && !s.mayMail(c, who, ask.Email) {
		return errTries
	}
	var mailed bool
	err := s.trying(c, who, func() (err error) {
		mailed, err = s.o.People.ChangeEmail(c.Request.Context(), who.person, who.proof(ask.Password), ask.Email)
		return err
	})
	if err != nil {
		return err
	}
	account, err := s.o.People.Account(c.Request.Context(), who.person)
	if err != nil {
		return refusalOf(err)
	}
	return answer(c, http.StatusOK, map[string]any{"account": tellAccount(account), "mailed": mailed})
}

// askAddress answers POST /api/account/address/ask.
func (s *Site) askAddress(c *gin.Context, who member) error {
	account, err := s.o.People.Account(c.Request.Context(), who.person)
	if err != nil {
		return refusalOf(err)
	}
	if !s.mayMail(c, who, account.Email) {
		return errTries
	}
	if err := s.o.People.AskAddress(c.Request.Context(), who.person); err != nil {
		return refusalOf(err)
	}
	return answer(c, http.StatusAccepted, struct{}{})
}

// openAddress answers POST /api/account/address/open: on any device, signed in
// or not.
func (s *Site) openAddress(c *gin.Context) error {
	var ask struct{ Link string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	if !s.accounts.take(s.origin(c.Request).network()) {
		return errTries
	}
	account, err := s.o.People.OpenAddress(c.Request.Context(), ask.Link)
	if err != nil {
		return refusalOf(err)
	}
	return answerAccount(c, http.StatusOK, account)
}

// mayMail spends what a person and an address may be mailed.
func (s *Site) mayMail(c *gin.Context, who member, address string) bool {
	email, err := accounts.NormalEmail(address)
	return err != nil || s.letters.take(s.origin(c.Request).network()) && s.lettersTo.take(who.person) && s.lettersTo.take(email)
}
