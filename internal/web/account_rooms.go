package web

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"plenum/internal/accounts"
	"plenum/rooms"
)

// toldRoom is a room as it is told to one who is in it.
type toldRoom struct {
	Code  string `json:"code"`
	Title string `json:"title"`
	Role  string `json:"role"`
	Last  int64  `json:"last"`

	Pinned   bool  `json:"pinned,omitempty"`
	Archived int64 `json:"archived,omitempty"` // since when
	Until    int64 `json:"until,omitempty"`    // it was deleted, and can be restored before that
}

// myRooms answers GET /api/account/rooms, for guests as well.
func (s *Site) myRooms(c *gin.Context) error {
	person, err := s.person(c.Request)
	if err != nil {
		return err
	}
	told := []toldRoom{}
	if person != "" {
		all, err := s.o.People.Rooms(c.Request.Context(), person)
		if err != nil {
			return err
		}
		for _, one := range all {
			until := int64(0)
			if one.DeletedAt > 0 {
				until = one.DeletedAt + rooms.KeptDeleted.Milliseconds()
			}
			told = append(told, toldRoom{one.Code, one.Title, one.Role, one.LastAt, one.Pinned, one.ArchivedAt, until})
		}
	}
	return answer(c, http.StatusOK, map[string]any{"rooms": told})
}

// pinRoom answers POST /api/account/rooms/{code}/pin, for guests as well.
func (s *Site) pinRoom(c *gin.Context, at place) error {
	var ask struct{ On *bool }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	if ask.On == nil {
		return rooms.ErrMalformed
	}
	err := s.o.People.Pin(c.Request.Context(), at.person, at.code, *ask.On)
	if errors.Is(err, accounts.ErrNotIn) {
		return rooms.ErrNotMember
	}
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}
