package web

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"plenum/rooms"
)

// command answers POST /api/rooms/{code}/activities/{id}/{command}.
// Its content may be a file in place of JSON.
func (s *Site) command(c *gin.Context, at place) error {
	if kind := mediaType(c); isFile(kind) {
		return s.commandOfFile(c, at, kind)
	}
	var ask struct {
		With json.RawMessage
		Peer string
		N    uint64
	}
	if err := s.read(c, largeBody, &ask); err != nil {
		return err
	}
	asked := rooms.Command{In: c.Param("id"), Do: c.Param("command"), With: ask.With, Peer: ask.Peer, N: ask.N}
	var done json.RawMessage
	send := func() (err error) {
		done, err = s.o.Hall.Do(c.Request.Context(), at.code, at.person, asked)
		return err
	}
	var err error
	if s.o.Hall.Guesses(asked.Do) {
		err = s.codes.guess(at, send)
	} else {
		err = send()
	}
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, done)
}

// commandOfFile is a command whose content is a file, with peer and n in the
// query.
func (s *Site) commandOfFile(c *gin.Context, at place, kind string) error {
	n, err := strconv.ParseUint(c.DefaultQuery("n", "0"), 10, 63)
	if err != nil {
		return rooms.ErrMalformed
	}
	file, err := s.body(c, largeBody)
	if err != nil {
		return err
	}
	done, err := s.o.Hall.DoFile(c.Request.Context(), at.code, at.person, rooms.Command{
		In: c.Param("id"), Do: c.Param("command"), Peer: c.Query("peer"), N: n,
	}, kind, file)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, done)
}

// isFile tells whether a body of a media type is a file that a command is made of.
func isFile(mediaType string) bool {
	return strings.HasPrefix(mediaType, "text/") || strings.HasPrefix(mediaType, "application/vnd.")
}

// look answers POST /api/rooms/{code}/activities/{id}/{command}/look: what the
// command would take if it were made of the file. Nothing is done.
func (s *Site) look(c *gin.Context, at place) error {
	kind := mediaType(c)
	if !isFile(kind) {
		return rooms.ErrMalformed
	}
	file, err := s.body(c, largeBody)
	if err != nil {
		return err
	}
	with, err := s.o.Hall.LookFile(c.Request.Context(), at.code, at.person, rooms.Command{In: c.Param("id"), Do: c.Param("command")}, kind, file)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, map[string]json.RawMessage{"with": with})
}

// view answers GET /api/rooms/{code}/activities/{id}/view.
func (s *Site) view(c *gin.Context, at place) error {
	view, err := s.o.Hall.View(c.Request.Context(), at.code, at.person, c.Param("id"))
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, view)
}

// askLimit bounds the query parameters of a named read.
const askLimit = 32

// asked are the parameters of a named read.
func asked(c *gin.Context) (map[string]string, error) {
	query := c.Request.URL.Query()
	if len(query) > askLimit {
		return nil, rooms.ErrMalformed
	}
	ask := make(map[string]string, len(query))
	for name := range query {
		ask[name] = query.Get(name)
	}
	return ask, nil
}

// named answers GET /api/rooms/{code}/activities/{id}/read/{name}.
func (s *Site) named(c *gin.Context, at place) error {
	ask, err := asked(c)
	if err != nil {
		return err
	}
	found, err := s.o.Hall.Read(c.Request.Context(), at.code, at.person, c.Param("id"), c.Param("name"), ask)
	if err != nil {
		return err
	}
	if file, ok := found.(rooms.File); ok {
		return download(c, file)
	}
	return answer(c, http.StatusOK, found)
}
