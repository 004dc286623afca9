package web

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"plenum/rooms"
)

// create answers POST /api/rooms.
func (s *Site) create(c *gin.Context) error {
	var ask struct{ Title, Name string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	if !s.creations.take(s.origin(c.Request).network()) {
		return errTries
	}
	person, err := s.person(c.Request)
	if err != nil {
		return err
	}
	if person == "" {
		if person, err = s.newPerson(c); err != nil {
			return err
		}
	}
	code, member, err := s.o.Hall.Create(c.Request.Context(), ask.Title, rooms.Entry{Person: person, Name: ask.Name})
	if err != nil {
		return err
	}
	return answer(c, http.StatusCreated, map[string]any{"code": code, "member": member})
}

// about answers GET /api/rooms/{code}.
func (s *Site) about(c *gin.Context, at place) error {
	about, err := s.o.Hall.About(c.Request.Context(), at.code, at.person)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, about)
}

// enter answers POST /api/rooms/{code}/enter.
func (s *Site) enter(c *gin.Context, at place) error {
	var ask struct{ Name, Key, Passcode string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	member, err := s.comeIn(c, at, rooms.Entry{Name: ask.Name, Key: ask.Key, Passcode: ask.Passcode})
	if errors.Is(err, rooms.ErrWaiting) {
		return answer(c, http.StatusAccepted, map[string]any{"waiting": true})
	}
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, map[string]any{"member": member})
}

// comeIn lets in who asks. A visitor becomes somebody only at a room that
// exists: a wrong code stores nothing.
func (s *Site) comeIn(c *gin.Context, at place, entry rooms.Entry) (rooms.Member, error) {
	entry.Person = at.person
	if entry.Person == "" {
		if _, err := s.o.Hall.About(c.Request.Context(), at.code, ""); err != nil {
			return rooms.Member{}, err
		}
		var err error
		if entry.Person, err = s.newPerson(c); err != nil {
			return rooms.Member{}, err
		}
	}
	var err error
	if entry.Account, err = s.hasAccount(c.Request.Context(), entry.Person); err != nil {
		return rooms.Member{}, err
	}
	return s.enterBy(c, at, entry)
}

// link answers POST /api/rooms/{code}/links.
func (s *Site) link(c *gin.Context, at place) error {
	var ask rooms.Invite
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	id, key, err := s.o.Hall.Link(c.Request.Context(), at.code, at.person, ask)
	if err != nil {
		return err
	}
	return answer(c, http.StatusCreated, map[string]any{"id": id, "key": key})
}

// enterBy lets somebody in. Passcodes that are wrong are counted as join codes
// are, for each room by itself: a hall that types the right one is not kept out.
func (s *Site) enterBy(c *gin.Context, at place, entry rooms.Entry) (rooms.Member, error) {
	address, person := at.code+" "+at.address, ""
	if known, err := s.person(c.Request); err == nil && known != "" {
		person = at.code + " " + known
	}
	if entry.Passcode != "" && !s.passcodes.allowed(address, person) {
		return rooms.Member{}, errTries
	}
	member, err := s.o.Hall.Enter(c.Request.Context(), at.code, entry)
	if errors.Is(err, rooms.ErrPasscodeWrong) {
		s.passcodes.wrong(address, person)
	}
	return member, err
}

// passcode answers POST /api/rooms/{code}/passcode.
func (s *Site) passcode(c *gin.Context, at place) error {
	var ask struct{ Passcode *string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	if ask.Passcode == nil {
		return rooms.ErrMalformed
	}
	if err := s.o.Hall.SetPasscode(c.Request.Context(), at.code, at.person, *ask.Passcode); err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}
