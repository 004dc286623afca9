package web

import (
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"time"

	"github.com/gin-gonic/gin"

	"plenum/internal/files"
	"plenum/internal/roomzip"
	"plenum/rooms"
)

// Zips is what the site needs of *roomzip.Zips.
type Zips interface {
	Most() int64
	Scratch() (*os.File, error)
	Take(ctx context.Context, code, person, language string) (*roomzip.Taking, error)
	Duplicate(ctx context.Context, code, person, title string) (string, rooms.Member, error)
	Import(ctx context.Context, c roomzip.Coming) (string, rooms.Member, error)
}

// How often a person takes a whole room along, and how many do at once.
const (
	zipEvery      = 30 * time.Second
	zipBurst      = 20
	zipsAtOnce    = 32
	zipsPerPerson = 2
)

var errZipType = rooms.Refuse("content-type", "Send this as application/zip.")

// ifZips is for rooms, if the site carries them.
func (s *Site) ifZips(do func(*gin.Context, place) error) func(*gin.Context, place) error {
	return func(c *gin.Context, at place) error {
		if s.o.Zips == nil {
			return errNotFound
		}
		return do(c, at)
	}
}

// takeRoom answers GET /api/rooms/{code}/zip?language=…: the whole room as a
// ZIP, for hosts.
func (s *Site) takeRoom(c *gin.Context, at place) error {
	taking, err := s.o.Zips.Take(c.Request.Context(), at.code, at.person, c.Query("language"))
	if err != nil {
		return err
	}
	if !s.zipsBy.take(at.person) {
		return errTries
	}
	if err := s.zipping.admit(at.person); err != nil {
		return err
	}
	defer s.zipping.leave(at.person)
	if err := http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(longestDownload)); err != nil {
		return err
	}
	header := c.Writer.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Type", "application/zip")
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": taking.Name()}))
	c.Status(http.StatusOK)
	if err := taking.Write(c.Request.Context(), c.Writer); err != nil {
		if c.Request.Context().Err() == nil {
			s.o.Logger.Error("the ZIP of a room broke off", "error", err)
		}
		panic(http.ErrAbortHandler) // what came so far must not look whole
	}
	return nil
}

// duplicateRoom answers POST /api/rooms/{code}/duplicate, for hosts.
func (s *Site) duplicateRoom(c *gin.Context, at place) error {
	var ask struct{ Title string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	_, member, err := s.o.Hall.Member(c.Request.Context(), at.code, at.person)
	if err != nil {
		return err
	}
	if member.Role < rooms.Host {
		return rooms.ErrRole
	}
	if !s.creations.take(s.origin(c.Request).network()) {
		return errTries
	}
	code, owner, err := s.o.Zips.Duplicate(c.Request.Context(), at.code, at.person, ask.Title)
	if err != nil {
		return fileRefusals.of(err)
	}
	return answer(c, http.StatusCreated, map[string]any{"code": code, "member": owner})
}

// importRoom answers POST /api/rooms/import?name=…&title=…: the body is a ZIP.
// Whoever brings none that becomes a room is nobody new by that.
func (s *Site) importRoom(c *gin.Context) error {
	if s.o.Zips == nil {
		return errNotFound
	}
	if mediaType(c) != "application/zip" {
		return errZipType
	}
	person, err := s.person(c.Request)
	if err != nil {
		return err
	}
	network := s.origin(c.Request).network()
	by := person
	if by == "" {
		by = network
	}
	if c.Request.ContentLength > s.o.Zips.Most() {
		s.discard(c)
		return roomzip.ErrBig
	}
	if !s.creations.take(network) || !s.zipsBy.take(by) {
		return errTries
	}
	if err := s.zipping.admit(by); err != nil {
		return err
	}
	defer s.zipping.leave(by)
	file, err := s.o.Zips.Scratch()
	if err != nil {
		return err
	}
	defer func() {
		if err := errors.Join(file.Close(), os.Remove(file.Name())); err != nil {
			s.o.Logger.Error("what was brought cannot be removed", "error", err)
		}
	}()
	size, err := s.spool(c, file)
	if err != nil {
		return err
	}
	return s.importFrom(c, person, file, size)
}

// spool writes the body into a file: a ZIP is read from its end.
func (s *Site) spool(c *gin.Context, to io.Writer) (int64, error) {
	control := http.NewResponseController(c.Writer)
	if err := control.SetWriteDeadline(time.Now().Add(2 * longestUpload)); err != nil {
		return 0, err
	}
	body := &steady{from: c.Request.Body, control: control, wait: s.o.Limits.UploadIdle, until: time.Now().Add(longestUpload)}
	most := s.o.Zips.Most()
	size, err := io.Copy(to, io.LimitReader(body, most+1))
	switch {
	case body.failed != nil:
		return 0, rooms.ErrMalformed // it broke off, or came too slowly
	case err != nil:
		return 0, files.Spilled(err)
	case size > most:
		s.discard(c)
		return 0, roomzip.ErrBig
	}
	return size, control.SetReadDeadline(time.Time{})
}

// importFrom makes the room, and a person of a visitor if there is one to own it.
func (s *Site) importFrom(c *gin.Context, person string, file io.ReaderAt, size int64) error {
	token := ""
	code, member, err := s.o.Zips.Import(c.Request.Context(), roomzip.Coming{
		Title: c.Query("title"), Name: c.Query("name"), File: file, Size: size,
		Owner: func(ctx context.Context) (owner string, err error) {
			if person != "" {
				return person, nil
			}
			owner, token, err = s.o.People.Issue(ctx)
			return owner, err
		},
	})
	if err != nil {
		return fileRefusals.of(err)
	}
	if token != "" {
		s.setCookie(c, token, cookieAge)
	}
	return answer(c, http.StatusCreated, map[string]any{"code": code, "member": member})
}
