package web

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"plenum/rooms"
)

const (
	jsonType  = "application/json; charset=utf-8"
	smallBody = 64 << 10
	largeBody = 8 << 20
)

// mediaType is what the body says it is, "" if it says nothing that makes sense.
func mediaType(c *gin.Context) string {
	kind, _, err := mime.ParseMediaType(c.GetHeader("Content-Type"))
	if err != nil {
		return ""
	}
	return kind
}

// read decodes the body, one JSON object of at most limit bytes. Fields that
// are not asked for are ignored; a field of another type is malformed.
func (s *Site) read(c *gin.Context, limit int64, into any) error {
	if mediaType(c) != "application/json" {
		return errType
	}
	body, err := s.body(c, limit)
	if err != nil {
		return err
	}
	// The decoder would put U+FFFD for what is not UTF-8, and null is no object.
	if !utf8.Valid(body) || !bytes.HasPrefix(bytes.TrimLeft(body, " \t\r\n"), []byte("{")) {
		return rooms.ErrMalformed
	}
	if err := json.Unmarshal(body, into); err != nil {
		return rooms.ErrMalformed
	}
	return nil
}

// body takes the body, at most limit bytes.
func (s *Site) body(c *gin.Context, limit int64) ([]byte, error) {
	if c.Request.ContentLength > limit {
		return nil, s.tooBig(c)
	}
	if limit > smallBody && (c.Request.ContentLength < 0 || c.Request.ContentLength > smallBody) {
		release, err := s.reserve(c)
		if err != nil {
			return nil, err
		}
		defer release()
	}
	return s.take(c, limit)
}

// reserve waits for one of the few places for large bodies, so that many of
// them at once cannot fill the memory.
func (s *Site) reserve(c *gin.Context) (release func(), err error) {
	select {
	case s.large <- struct{}{}:
		return func() { <-s.large }, nil
	case <-c.Request.Context().Done():
		return nil, c.Request.Context().Err()
	case <-time.After(s.o.Limits.HeaderWait):
		return nil, rooms.WaitBusy
	}
}

func (s *Site) take(c *gin.Context, limit int64) ([]byte, error) {
	control := http.NewResponseController(c.Writer)
	if err := control.SetReadDeadline(time.Now().Add(s.o.Limits.BodyWait)); err != nil {
		return nil, err
	}
	body, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, limit))
	var tooBig *http.MaxBytesError
	if errors.As(err, &tooBig) {
		return nil, s.tooBig(c)
	}
	if err != nil {
		return nil, rooms.ErrMalformed // it broke off, or came too slowly
	}
	return body, control.SetReadDeadline(time.Time{})
}

// tooBig refuses a body. It first takes some of the rest and throws it away:
// closing in the middle of it could keep the answer from being read.
func (s *Site) tooBig(c *gin.Context) error {
	if http.NewResponseController(c.Writer).SetReadDeadline(time.Now().Add(s.o.Limits.HeaderWait)) == nil {
		_, _ = io.CopyN(io.Discard, c.Request.Body, 2*largeBody) // the answer is the same, however it ends
	}
	return rooms.ErrTooBig
}
