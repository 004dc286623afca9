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
	"plenum/rooms"
)

// Files is what the site needs of *files.Files.
type Files interface {
	Max() int64
	Put(ctx context.Context, room, member, name string, content io.Reader) (files.File, error)
	Find(ctx context.Context, room, member, hash string, sees func(activities []string) (bool, error)) (files.File, error)
	Open(file files.File) (*os.File, error)
}

// What people may bring: many pictures of an afternoon, but not without end.
const (
	fileBurst         = 100
	fileEvery         = 3 * time.Second
	uploads           = 32
	uploadsPerPerson  = 4
	longestUpload     = 15 * time.Minute
	longestDownload   = 15 * time.Minute
	privateAndForEver = "private, max-age=31536000, immutable"
)

// Why a file is refused.
var (
	errNoFile    = rooms.Refuse("no-file", "This file is not here any more.")
	errEmptyFile = rooms.Refuse("empty-file", "This file is empty.")
	errFileSize  = rooms.Refuse("file-size", "This file is larger than the server takes.")
	errImage     = rooms.Refuse("image", "This image cannot be read. It may be incomplete.")
	errPixels    = rooms.Refuse("pixels", "This image has too many pixels. Make it smaller first.")
	errFilesFull = rooms.Refuse("files-full", "The files of this room take all the space that it has. Delete some first.")
)

// inRoomWithFiles is for members of a room, if the site has files.
func (s *Site) inRoomWithFiles(do func(*gin.Context, place, string, rooms.Member) error) gin.HandlerFunc {
	return s.inRoom(func(c *gin.Context, at place) error {
		if s.o.Files == nil {
			return errNotFound
		}
		room, member, err := s.o.Hall.Member(c.Request.Context(), at.code, at.person)
		if err != nil {
			return err
		}
		return do(c, at, room, member)
	})
}

// bringFile answers POST /api/rooms/{code}/files?name=…: the body is the file,
// whatever its Content-Type says.
func (s *Site) bringFile(c *gin.Context, at place, room string, member rooms.Member) error {
	if err := s.o.Hall.Brings(c.Request.Context(), at.code, at.person); err != nil {
		return err
	}
	if c.Request.ContentLength > s.o.Files.Max() {
		s.discard(c)
		return errFileSize
	}
	if !s.broughtBy.take(at.person) {
		return errTries
	}
	if err := s.bringing.admit(at.person); err != nil {
		return err
	}
	defer s.bringing.leave(at.person)
	control := http.NewResponseController(c.Writer)
	if err := control.SetWriteDeadline(time.Now().Add(longestUpload)); err != nil {
		return err
	}
	body := &steady{from: c.Request.Body, control: control, wait: s.o.Limits.UploadIdle, until: time.Now().Add(longestUpload)}
	file, err := s.o.Files.Put(c.Request.Context(), room, member.ID, c.Query("name"), body)
	switch {
	case err == nil:
		return answer(c, http.StatusCreated, file)
	case body.failed != nil:
		return rooms.ErrMalformed // it broke off, or came too slowly
	}
	err = fileRefusals.of(err)
	var refusal *rooms.Refusal
	if errors.As(err, &refusal) {
		s.discard(c)
	}
	return err
}

// discard takes what is left of a body: see tooBig.
func (s *Site) discard(c *gin.Context) {
	if http.NewResponseController(c.Writer).SetReadDeadline(time.Now().Add(s.o.Limits.HeaderWait)) == nil {
		_, _ = io.CopyN(io.Discard, c.Request.Body, s.o.Files.Max()) // the answer is the same, however it ends
	}
}

// fileRefusals are why a file is not taken or given.
var fileRefusals = refusals{
	{files.ErrEmpty, errEmptyFile},
	{files.ErrTooBig, errFileSize},
	{files.ErrImage, errImage},
	{files.ErrPixels, errPixels},
	{files.ErrFull, errFilesFull},
	{files.ErrBusy, rooms.WaitBusy},
	{files.ErrNone, errNoFile},
}

// steady is a body that has to go on arriving: each read has a time of its own,
// and there is one for all.
type steady struct {
	from    io.Reader
	control *http.ResponseController
	wait    time.Duration
	until   time.Time
	failed  error
}

func (s *steady) Read(b []byte) (int, error) {
	next := time.Now().Add(s.wait)
	if next.After(s.until) {
		next = s.until
	}
	if err := s.control.SetReadDeadline(next); err != nil {
		return 0, err
	}
	n, err := s.from.Read(b)
	if err != nil && !errors.Is(err, io.EOF) {
		s.failed = err
	}
	return n, err
}

// file answers GET /api/rooms/{code}/files/{hash}. What is not an image that was
// made here can only be kept, never shown: no page of ours is made of it.
func (s *Site) file(c *gin.Context, _ place, room string, member rooms.Member) error {
	c.Header("Cross-Origin-Resource-Policy", "same-origin")
	return s.fileFor(c, room, member.ID, func(activities []string) (bool, error) {
		return s.o.Hall.Sees(c.Request.Context(), room, member.Role, activities)
	})
}

// fileFor answers with a file of a room for who sees one of its activities.
func (s *Site) fileFor(c *gin.Context, room, member string, sees func(activities []string) (bool, error)) error {
	file, err := s.o.Files.Find(c.Request.Context(), room, member, c.Param("hash"), sees)
	if err != nil {
		return fileRefusals.of(err)
	}
	content, err := s.o.Files.Open(file)
	if errors.Is(err, os.ErrNotExist) {
		s.o.Logger.Error("a file is missing", "hash", file.Hash)
		return errNoFile
	}
	if err != nil {
		return err
	}
	defer func() { _ = content.Close() }() // it was only read
	h := c.Writer.Header()
	h.Set("Content-Security-Policy", "default-src 'none'; sandbox; frame-ancestors 'none'")
	h.Set("Cache-Control", privateAndForEver)
	h.Set("ETag", `"`+file.Hash+`"`)
	h.Set("Content-Type", file.Type)
	disposition := "attachment"
	if file.Image() {
		disposition = "inline"
	}
	h.Set("Content-Disposition", mime.FormatMediaType(disposition, map[string]string{"filename": file.Name}))
	if err := http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(longestDownload)); err != nil {
		return err
	}
	http.ServeContent(c.Writer, c.Request, "", time.Time{}, content)
	return nil
}
