package web

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"plenum/internal/accounts"
	"plenum/internal/oidc"
	"plenum/rooms"
)

// Provider is what the site needs of *oidc.Provider.
type Provider interface {
	Name() string
	Begin(ctx context.Context, state string) (address string, a oidc.Attempt, err error)
	End(ctx context.Context, a oidc.Attempt, code string) (oidc.Identity, error)
}

const (
	attemptCookie = "plenum_identity"
	attemptPath   = "/api/account/identity"
	attemptAge    = 5 * 60 // seconds
)

// attempt is what the browser keeps while its person is at the provider: who has
// not begun there cannot end it here.
type attempt struct {
	oidc.Attempt
	Connect bool `json:"connect,omitempty"` // to the account that is signed in; else to sign in
}

// providerOf is the provider that people can sign in at, or nil: browsers come
// back to the address of the site, so they have to be there already.
func (s *Site) providerOf(r *http.Request) Provider {
	if s.o.Provider == nil || s.o.BaseURL == nil || s.o.BaseURL.Host != r.Host {
		return nil
	}
	return s.o.Provider
}

// askIdentity answers POST /api/account/identity: where the browser goes.
func (s *Site) askIdentity(c *gin.Context) error {
	var ask struct {
		Connect  bool
		Password string
	}
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	provider := s.providerOf(c.Request)
	if provider == nil {
		return errNoProvider
	}
	state, err := s.stateOf(c, ask.Connect, ask.Password)
	if err != nil {
		return err
	}
	address, begun, err := provider.Begin(c.Request.Context(), state)
	if err != nil {
		return s.providerFailed(err)
	}
	kept, err := json.Marshal(attempt{begun, ask.Connect})
	if err != nil {
		return err
	}
	s.setCookieAt(c, attemptCookie, attemptPath, base64.RawURLEncoding.EncodeToString(kept), attemptAge)
	return answer(c, http.StatusOK, map[string]any{"go": address})
}

// stateOf makes the state of an attempt. Connecting takes what a new password would.
func (s *Site) stateOf(c *gin.Context, connect bool, password string) (state string, err error) {
	if !connect {
		return s.o.People.AskIdentity(), nil
	}
	who, err := s.holder(c.Request)
	if err != nil {
		return "", err
	}
	err = s.trying(c, who, func() (err error) {
		state, err = s.o.People.AskConnection(c.Request.Context(), who.person, who.proof(password))
		return err
	})
	return state, err
}

// endIdentity answers POST /api/account/identity/end, with what the browser came
// back with. What it kept is good for one answer.
func (s *Site) endIdentity(c *gin.Context) error {
	var ask struct{ Code, State, Language string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	provider := s.providerOf(c.Request)
	if provider == nil {
		return errNoProvider
	}
	begun, err := attemptOf(c.Request)
	if err != nil || subtle.ConstantTimeCompare([]byte(begun.State), []byte(ask.State)) != 1 {
		return errAttempt
	}
	s.setCookieAt(c, attemptCookie, attemptPath, "", -1)
	who, err := provider.End(c.Request.Context(), begun.Attempt, ask.Code)
	if err != nil {
		return s.providerFailed(err)
	}
	if begun.Connect {
		return s.connectIdentity(c, begun.State, who)
	}
	return s.logInByIdentity(c, begun.State, who, ask.Language)
}

func (s *Site) logInByIdentity(c *gin.Context, state string, who oidc.Identity, language string) error {
	e, err := entrance(c, language)
	if err != nil {
		return err
	}
	person, err := s.person(c.Request)
	if err != nil {
		return err
	}
	account, token, err := s.o.People.LogInByIdentity(c.Request.Context(), state, person, who, e)
	if err != nil {
		return refusalOf(err)
	}
	s.setCookie(c, token, cookieAge)
	return answerAccount(c, http.StatusOK, account)
}

func (s *Site) connectIdentity(c *gin.Context, state string, identity oidc.Identity) error {
	who, err := s.holder(c.Request)
	if err != nil {
		return err
	}
	if err := s.o.People.ConnectIdentity(c.Request.Context(), state, who.person, identity); err != nil {
		return refusalOf(err)
	}
	account, err := s.o.People.Account(c.Request.Context(), who.person)
	if err != nil {
		return refusalOf(err)
	}
	return answerAccount(c, http.StatusOK, account)
}

// dropIdentity answers POST /api/account/identity/drop.
func (s *Site) dropIdentity(c *gin.Context, who member) error {
	var ask struct{ Password string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	err := s.trying(c, who, func() error {
		return s.o.People.DropIdentities(c.Request.Context(), who.person, who.proof(ask.Password))
	})
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}

func attemptOf(r *http.Request) (a attempt, err error) {
	cookie, err := r.Cookie(attemptCookie)
	if err != nil {
		return a, err
	}
	kept, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(kept, &a)
}

// providerFailed says why nobody could be made sure of. What the provider said is for the operator.
func (s *Site) providerFailed(err error) error {
	s.o.Logger.Warn("the identity provider", "error", err)
	if errors.Is(err, oidc.ErrRefused) {
		return errIdentity
	}
	return errProviderAway
}

// What a sign-in elsewhere is refused with.
var (
	errNoProvider   = rooms.Refuse("no-provider", "Nobody can sign in at another place here. Use the server's own address, or your password.")
	errProviderAway = rooms.Refuse("provider-away", "The place where you sign in does not answer. Try again in a moment.")
	errIdentity     = rooms.Refuse("identity", "The place where you sign in did not confirm who you are. Try again.")
	errAttempt      = rooms.Refuse("attempt", "This took too long, or was begun in another browser. Try again.")
	errNoAddress    = rooms.Refuse("no-address", "The place where you sign in tells no e-mail address of you. Ask the people who run it.")
	errConnect      = rooms.Refuse("connect", "There is an account with your e-mail address already. Sign in with its password, then connect it on the account page.")
	errConnected    = rooms.Refuse("connected", "This is connected with an account already.")
	errOnlyWay      = rooms.Refuse("only-way", "Nobody could sign in to this account any more. Set a password or add a passkey first.")
	errStale        = rooms.Refuse("stale", "You signed in more than ten minutes ago. Sign out and in again, then do this.")
)

// identityRefusals are why a sign-in elsewhere is not taken.
var identityRefusals = refusals{
	{accounts.ErrAttempt, errAttempt},
	{accounts.ErrNoAddress, errNoAddress},
	{accounts.ErrConnect, errConnect},
	{accounts.ErrConnected, errConnected},
	{accounts.ErrOnlyWay, errOnlyWay},
	{accounts.ErrStale, errStale},
}
