package web

import (
	"io"
	"io/fs"
	"mime"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"

	"plenum/internal/files"
)

// What a person may download of themselves: it costs the server a look at every
// event of all their rooms.
const (
	exportEvery = 10 * time.Minute
	exportBurst = 3
)

// export answers GET /api/account/export, for guests as well: all that there is
// of a person, as a ZIP.
func (s *Site) export(c *gin.Context) error {
	person, err := s.person(c.Request)
	if err != nil {
		return err
	}
	if person == "" {
		return errToken
	}
	if !s.exports.take(person) {
		return errTries
	}
	if err := http.NewResponseController(c.Writer).SetWriteDeadline(time.Now().Add(longestDownload)); err != nil {
		return err
	}
	header := c.Writer.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("Content-Type", "application/zip")
	name := "plenum-" + time.Now().UTC().Format(time.DateOnly) + ".zip"
	header.Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": name}))
	c.Status(http.StatusOK)
	open := func(hash string) (io.ReadCloser, error) {
		if s.o.Files == nil {
			return nil, fs.ErrNotExist
		}
		return s.o.Files.Open(files.File{Hash: hash})
	}
	if err := s.o.People.Export(c.Request.Context(), person, c.Writer, open); err != nil {
		s.o.Logger.Error("an export broke off", "error", err)
		panic(http.ErrAbortHandler) // what came so far must not look whole
	}
	return nil
}
