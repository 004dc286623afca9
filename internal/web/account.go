package web

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"plenum/internal/accounts"
	"plenum/rooms"
)

// toldAccount is an account as it is told to its person.
type toldAccount struct {
	Email     string      `json:"email"`
	Verified  bool        `json:"verified"`
	Since     int64       `json:"since"`
	Password  bool        `json:"password"`            // it has one
	Second    *toldSecond `json:"second,omitempty"`    // there is a second step; only of GET
	Connected int64       `json:"connected,omitempty"` // since when people can sign in elsewhere; only of GET
}

type toldSecond struct {
	Recovery int `json:"recovery"` // codes that are left
}

// account answers GET /api/account: without an account is who is a guest, or
// nobody yet.
func (s *Site) account(c *gin.Context) error {
	person, err := s.person(c.Request)
	if err != nil {
		return err
	}
	told := map[string]any{"mail": s.o.People.Mailing()}
	if provider := s.providerOf(c.Request); provider != nil {
		told["provider"] = provider.Name()
	}
	if person == "" {
		return answer(c, http.StatusOK, told)
	}
	account, err := s.o.People.Account(c.Request.Context(), person)
	if errors.Is(err, accounts.ErrNoAccount) {
		return answer(c, http.StatusOK, told)
	}
	if err != nil {
		return err
	}
	known := tellAccount(account)
	on, left, err := s.o.People.Second(c.Request.Context(), person)
	if err != nil {
		return err
	}
	if on {
		known.Second = &toldSecond{left}
	}
	identities, err := s.o.People.Identities(c.Request.Context(), person)
	if err != nil {
		return err
	}
	if len(identities) > 0 {
		known.Connected = identities[0].CreatedAt
	}
	told["account"] = known
	return answer(c, http.StatusOK, told)
}

func tellAccount(account accounts.Account) toldAccount {
	return toldAccount{Email: account.Email, Verified: account.Verified, Since: account.CreatedAt, Password: account.Password}
}

func answerAccount(c *gin.Context, status int, account accounts.Account) error {
	return answer(c, status, map[string]any{"account": tellAccount(account)})
}

// maxLanguage bounds the name of a language, in bytes.
const maxLanguage = 16

// credentials reads what somebody makes an account or signs in with.
func (s *Site) credentials(c *gin.Context) (accounts.Entrance, error) {
	var ask struct{ Email, Password, Code, Language string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return accounts.Entrance{}, err
	}
	e, err := entrance(c, ask.Language)
	e.Email, e.Password, e.Code = ask.Email, ask.Password, ask.Code
	return e, err
}

// entrance is the device that somebody signs in on.
func entrance(c *gin.Context, language string) (accounts.Entrance, error) {
	if len(language) > maxLanguage {
		return accounts.Entrance{}, rooms.ErrMalformed
	}
	token, _ := tokenOf(c.Request)
	return accounts.Entrance{Language: language, Device: deviceOf(c.Request), Token: token}, nil
}

// signUp answers POST /api/account. A guest stays the same person; whoever has
// no token yet becomes a new one.
func (s *Site) signUp(c *gin.Context) error {
	entrance, err := s.credentials(c)
	if err != nil {
		return err
	}
	person, err := s.person(c.Request)
	if err != nil {
		return err
	}
	if !s.accounts.take(s.origin(c.Request).network()) {
		return errTries
	}
	account, token, err := s.o.People.SignUp(c.Request.Context(), person, entrance)
	if err != nil {
		return refusalOf(err)
	}
	s.setCookie(c, token, cookieAge)
	return answerAccount(c, http.StatusCreated, account)
}

// logIn answers POST /api/account/login. Connections of the token that the
// device had end a moment later, when the browser has the new one.
func (s *Site) logIn(c *gin.Context) error {
	entrance, err := s.credentials(c)
	if err != nil {
		return err
	}
	// What is no address is tried under the name of all such.
	email, _ := accounts.NormalEmail(entrance.Email)
	network := s.origin(c.Request).network()
	if !s.tries.begin(email, network) {
		return errTries
	}
	account, token, err := s.o.People.LogIn(c.Request.Context(), entrance)
	if err != nil {
		return refusalOf(err)
	}
	s.tries.right(email, network)
	s.setCookie(c, token, cookieAge)
	return answerAccount(c, http.StatusOK, account)
}

// logOut answers POST /api/account/logout.
func (s *Site) logOut(c *gin.Context, who member) error {
	err := s.o.People.Revoke(c.Request.Context(), who.token)
	if err != nil && !errors.Is(err, accounts.ErrNoToken) {
		return err
	}
	s.closeEnded(c.Request.Context())
	s.setCookie(c, "", -1)
	return answer(c, http.StatusOK, struct{}{})
}

// changePassword answers POST /api/account/password.
func (s *Site) changePassword(c *gin.Context, who member) error {
	var ask struct{ Former, Password string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	err := s.trying(c, who, func() error {
		return s.o.People.ChangePassword(c.Request.Context(), who.person, who.proof(ask.Former), ask.Password)
	})
	if err != nil {
		return err
	}
	s.closeEnded(c.Request.Context())
	return answer(c, http.StatusOK, struct{}{})
}

// deleteAccount answers POST /api/account/delete.
func (s *Site) deleteAccount(c *gin.Context, who member) error {
	var ask struct{ Password string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	err := s.trying(c, who, func() error { return s.o.People.Delete(c.Request.Context(), who.person, who.proof(ask.Password)) })
	if err != nil {
		return err
	}
	s.closeEnded(c.Request.Context())
	s.setCookie(c, "", -1)
	return answer(c, http.StatusOK, struct{}{})
}

// trying does what takes a secret of somebody who is signed in: a stolen session
// must not be a way around the limits of signing in.
func (s *Site) trying(c *gin.Context, who member, do func() error) error {
	network := s.origin(c.Request).network()
	if !s.tries.begin(who.person, network) {
		return errTries
	}
	err := do()
	if errors.Is(err, accounts.ErrWrong) {
		return errWrongFormer
	}
	if err != nil {
		return refusalOf(err)
	}
	s.tries.right(who.person, network)
	return nil
}

// accountRefusals are why something cannot be done with an account.
var accountRefusals = append(refusals{
	{accounts.ErrEmail, errEmail},
	{accounts.ErrTaken, errEmailTaken},
	{accounts.ErrHasAccount, errHasAccount},
	{accounts.ErrNoAccount, errNoAccount},
	{accounts.ErrNoSession, errNoSession},
	{accounts.ErrPasswordLength, errPassword},
	{accounts.ErrPasswordCommon, errCommon},
	{accounts.ErrWrong, errWrong},
	{accounts.ErrNoMail, errNoMail},
	{accounts.ErrLink, errLink},
	{accounts.ErrSecond, errSecond},
	{accounts.ErrCode, errCode},
	{accounts.ErrHasSecond, errHasSecond},
	{accounts.ErrNoSecond, errNoSecond},
	{accounts.ErrPasskey, errPasskey},
	{accounts.ErrNoPasskey, errNoPasskey},
	{accounts.ErrManyPasskeys, errManyPasskeys},
}, identityRefusals...)

// refusalOf says for people why something cannot be done with an account.
func refusalOf(err error) error { return accountRefusals.of(err) }
