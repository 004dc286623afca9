package web

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"

	"github.com/gin-gonic/gin"

	"plenum/rooms"
)

// What the site itself refuses, before any room is asked.
var (
	errToken     = rooms.Refuse("token", "You are not signed in here. Enter the room first.")
	errOrigin    = rooms.Refuse("origin", "This request came from another site.")
	errTries     = rooms.Refuse("tries", "Too many tries. Wait a little.")
	errCrowded   = rooms.Refuse("crowded", "Too many connections are open. Close some, or try again in a minute.")
	errDraining  = rooms.Refuse("restart", "The server is restarting. Come back in a moment.")
	errNotFound  = rooms.Refuse("not-found", "There is nothing here.")
	errMethod    = rooms.Refuse("method", "This cannot be done here in this way.")
	errType      = rooms.Refuse("content-type", "Send this as application/json.")
	errStorage   = rooms.Refuse("storage", "This cannot be stored just now. Try again in a moment.")
	errHandshake = rooms.Refuse("upgrade", "This address is for WebSockets.")

	errSignedOut    = rooms.Refuse("signed-out", "You are signed out on this device.")
	errEmail        = rooms.Refuse("email", "This is not an e-mail address.")
	errEmailTaken   = rooms.Refuse("email-taken", "There is an account with this e-mail address already. Sign in instead.")
	errHasAccount   = rooms.Refuse("has-account", "You have an account already.")
	errNoAccount    = rooms.Refuse("no-account", "You are not signed in. You are here as a guest.")
	errNoSession    = rooms.Refuse("no-session", "That device is signed out already.")
	errPassword     = rooms.Refuse("password", "A password has 8 to 128 characters.")
	errCommon       = rooms.Refuse("password-common", "This password is one of the first that anybody would try. Choose another one.")
	errWrong        = rooms.Refuse("password-wrong", "The e-mail address or the password is wrong.")
	errNoMail       = rooms.Refuse("no-mail", "This server sends no mail. Ask the people who run it.")
	errLink         = rooms.Refuse("link", "This link is used or too old. Ask for a new one.")
	errSecond       = rooms.Refuse("second", "Type the code that your authenticator app shows, or a recovery code.")
	errCode         = rooms.Refuse("code", "This code is wrong, or was used already. Wait for the next one.")
	errHasSecond    = rooms.Refuse("has-second", "There is a second step already. Take it away first.")
	errNoSecond     = rooms.Refuse("no-second", "No second step is being set up.")
	errPasskey      = rooms.Refuse("passkey", "This passkey is not known here, or took too long. Try again, or sign in with your password.")
	errNoPasskey    = rooms.Refuse("no-passkey", "That passkey is gone already.")
	errManyPasskeys = rooms.Refuse("many-passkeys", "An account has up to 20 passkeys. Take one away first.")
	errWrongFormer  = rooms.Refuse("password-former", "Your present password is not right.")
)

// statuses is the only place where a refusal's code becomes an HTTP status. An
// activity's own refusals are not in it: they are conflicts with its state.
var statuses = map[string]int{
	"malformed":       http.StatusBadRequest,
	"protocol":        http.StatusBadRequest,
	"email":           http.StatusBadRequest,
	"password":        http.StatusBadRequest,
	"password-common": http.StatusBadRequest,
	"token":           http.StatusUnauthorized,
	"origin":          http.StatusForbidden,
	"not-member":      http.StatusForbidden,
	"removed":         http.StatusForbidden,
	"locked":          http.StatusForbidden,
	"role":            http.StatusForbidden,
	"frozen":          http.StatusForbidden,
	"quiet":           http.StatusForbidden,
	"paused":          http.StatusForbidden,
	"muted":           http.StatusForbidden,
	"slow":            http.StatusTooManyRequests,
	"key":             http.StatusForbidden,
	"key-expired":     http.StatusForbidden,
	"key-used":        http.StatusForbidden,
	"ended":           http.StatusForbidden,
	"passcode":        http.StatusForbidden,
	"passcode-wrong":  http.StatusForbidden,
	"archived":        http.StatusForbidden,
	"deleted":         http.StatusGone,
	"accounts":        http.StatusForbidden,
	"turned-away":     http.StatusForbidden,
	"password-wrong":  http.StatusForbidden,
	"password-former": http.StatusForbidden,
	"peer":            http.StatusForbidden,
	"no-account":      http.StatusForbidden,
	"second":          http.StatusForbidden,
	"passkey":         http.StatusForbidden,
	"identity":        http.StatusForbidden,
	"attempt":         http.StatusForbidden,
	"no-address":      http.StatusForbidden,
	"stale":           http.StatusForbidden,
	"no-provider":     http.StatusNotFound,
	"connect":         http.StatusConflict,
	"connected":       http.StatusConflict,
	"only-way":        http.StatusConflict,
	"provider-away":   http.StatusServiceUnavailable,
	"push-service":    http.StatusForbidden,
	"code":            http.StatusForbidden,
	"code-wrong":      http.StatusForbidden,
	"by-post":         http.StatusForbidden,
	"no-room":         http.StatusNotFound,
	"screen":          http.StatusNotFound,
	"hook":            http.StatusNotFound,
	"hook-address":    http.StatusForbidden,
	"json-only":       http.StatusNotImplemented,
	"no-session":      http.StatusNotFound,
	"no-passkey":      http.StatusNotFound,
	"link":            http.StatusNotFound,
	"no-activity":     http.StatusNotFound,
	"unknown":         http.StatusNotFound,
	"not-found":       http.StatusNotFound,
	"method":          http.StatusMethodNotAllowed,
	"full":            http.StatusConflict,
	"email-taken":     http.StatusConflict,
	"has-account":     http.StatusConflict,
	"no-mail":         http.StatusConflict,
	"has-second":      http.StatusConflict,
	"many-passkeys":   http.StatusConflict,
	"no-second":       http.StatusConflict,
	"order":           http.StatusConflict,
	"too-big":         http.StatusRequestEntityTooLarge,
	"content-type":    http.StatusUnsupportedMediaType,
	"upgrade":         http.StatusUpgradeRequired,
	"tries":           http.StatusTooManyRequests,
	"rate":            http.StatusTooManyRequests,
	"broken":          http.StatusInternalServerError,
	"newer":           http.StatusServiceUnavailable,
	"busy":            http.StatusServiceUnavailable,
	"loading":         http.StatusServiceUnavailable,
	"moving":          http.StatusServiceUnavailable,
	"crowded":         http.StatusServiceUnavailable,
	"storage":         http.StatusServiceUnavailable,
	"restart":         http.StatusServiceUnavailable,
	"encoding":        http.StatusBadRequest,
	"tangled":         http.StatusBadRequest,
	"file-type":       http.StatusUnsupportedMediaType,
	"no-file":         http.StatusNotFound,
	"empty-file":      http.StatusBadRequest,
	"file-size":       http.StatusRequestEntityTooLarge,
	"image":           http.StatusUnsupportedMediaType,
	"pixels":          http.StatusRequestEntityTooLarge,
	"files-full":      http.StatusConflict,
	"zip":             http.StatusUnsupportedMediaType,
	"zip-damaged":     http.StatusBadRequest,
	"zip-encrypted":   http.StatusUnsupportedMediaType,
	"zip-size":        http.StatusRequestEntityTooLarge,
}

// refusals say for people what errors of our packages mean.
type refusals []struct {
	cause   error
	refusal *rooms.Refusal
}

// of is the refusal for an error, or the error itself if it is none of them.
func (r refusals) of(err error) error {
	for _, known := range r {
		if errors.Is(err, known.cause) {
			return known.refusal
		}
	}
	return err
}

func statusOf(r *rooms.Refusal) int {
	if status, ok := statuses[r.Code]; ok {
		return status
	}
	return http.StatusConflict
}

type complaint struct {
	Because string `json:"because"`
	Say     string `json:"say"`
	After   int64  `json:"after,omitempty"` // milliseconds until it may be asked again, if that is known
	ID      string `json:"id,omitempty"`    // to be found in the log
}

// fail answers with an error. What is no refusal is told only to the log; the
// answer has the id to find it by.
func (s *Site) fail(c *gin.Context, err error) {
	var refusal *rooms.Refusal
	var fault interface{ Temporary() bool }
	switch {
	case errors.As(err, &refusal):
		s.complain(c, statusOf(refusal), complaint{Because: refusal.Code, Say: refusal.Say, After: refusal.After})
	case c.Request.Context().Err() != nil:
		c.Abort() // nobody is there to be told
	case errors.Is(err, context.DeadlineExceeded):
		s.complain(c, statusOf(rooms.WaitBusy), complaint{Because: rooms.WaitBusy.Code, Say: rooms.WaitBusy.Say})
	case errors.As(err, &fault) && fault.Temporary():
		id := incident()
		s.o.Logger.Error("a request could not be stored", "id", id, "route", c.FullPath(), "error", err)
		s.complain(c, statusOf(errStorage), complaint{Because: errStorage.Code, Say: errStorage.Say, ID: id})
	default:
		id := incident()
		s.o.Logger.Error("a request failed", "id", id, "route", c.FullPath(), "error", err)
		s.broken(c, id)
	}
}

func (s *Site) broken(c *gin.Context, id string) {
	s.complain(c, http.StatusInternalServerError, complaint{Because: rooms.ErrBroken.Code, Say: rooms.ErrBroken.Say, ID: id})
}

func (s *Site) complain(c *gin.Context, status int, what complaint) {
	if c.Writer.Written() {
		c.Abort()
		return
	}
	body, err := json.Marshal(what)
	if err != nil {
		panic(err) // three strings can be encoded
	}
	switch status {
	case http.StatusUnauthorized:
		c.Header("WWW-Authenticate", "Bearer")
	case http.StatusUpgradeRequired:
		c.Header("Upgrade", "websocket")
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		c.Header("Retry-After", strconv.FormatInt(max(2, (what.After+999)/1000), 10))
	}
	c.Header("Cache-Control", "no-store")
	c.Data(status, jsonType, body)
	c.Abort()
}

// incident names a failure, so that what a person was told and what the log
// says can be brought together.
func incident() string { return rand.Text()[:10] }
