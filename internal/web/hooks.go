package web

import (
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"plenum/internal/hooks"
	"plenum/rooms"
)

// Hooks is what the site needs of *hooks.Hooks.
type Hooks interface {
	Types() []string
	List(ctx context.Context, room string) ([]hooks.Hook, error)
	Add(ctx context.Context, room, member, address string, what []string, note func(host string) error) (id, secret string, err error)
	Remove(ctx context.Context, room, id string, note func(host string) error) error
	Rotate(ctx context.Context, room, id string, note func(host string) error) (secret string, err error)
	SwitchOn(ctx context.Context, room, id string, note func(host string) error) error
	Ping(ctx context.Context, room, id string) error
	Deliveries(ctx context.Context, room, id string) ([]hooks.Delivery, error)
	Again(ctx context.Context, room, id, delivery string) error
}

// hooked is a host who asks about the webhooks of a room.
type hooked struct{ room, member, id string }

// withHooks is for hosts of a room, if the site has webhooks.
func (s *Site) withHooks(do func(*gin.Context, hooked) error) gin.HandlerFunc {
	return s.inRoom(func(c *gin.Context, at place) error {
		if s.o.Hooks == nil {
			return errNotFound
		}
		room, member, err := s.o.Hall.Member(c.Request.Context(), at.code, at.person)
		if err != nil {
			return err
		}
		if member.Role < rooms.Host {
			return rooms.ErrRole
		}
		return do(c, hooked{room, member.ID, c.Param("hook")})
	})
}

// note writes into the room's log what is done with a hook.
func (s *Site) note(c *gin.Context, of hooked, did string) func(host string) error {
	return func(host string) error {
		return s.o.Hall.NoteHook(c.Request.Context(), of.room, of.member, did, host)
	}
}

// listHooks answers GET /api/rooms/{code}/hooks.
func (s *Site) listHooks(c *gin.Context, of hooked) error {
	all, err := s.o.Hooks.List(c.Request.Context(), of.room)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, map[string]any{"hooks": all, "types": s.o.Hooks.Types()})
}

// addHook answers POST /api/rooms/{code}/hooks.
func (s *Site) addHook(c *gin.Context, of hooked) error {
	var ask struct {
		URL  string
		What []string
	}
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	id, secret, err := s.o.Hooks.Add(c.Request.Context(), of.room, of.member, ask.URL, ask.What, s.note(c, of, "hooked"))
	if err != nil {
		return err
	}
	return answer(c, http.StatusCreated, map[string]any{"id": id, "secret": secret})
}

// dropHook answers DELETE /api/rooms/{code}/hooks/{hook}.
func (s *Site) dropHook(c *gin.Context, of hooked) error {
	if err := s.o.Hooks.Remove(c.Request.Context(), of.room, of.id, s.note(c, of, "unhooked")); err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}

// rotateHook answers POST /api/rooms/{code}/hooks/{hook}/secret.
func (s *Site) rotateHook(c *gin.Context, of hooked) error {
	secret, err := s.o.Hooks.Rotate(c.Request.Context(), of.room, of.id, s.note(c, of, "rekeyed"))
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, map[string]any{"secret": secret})
}

// switchHook answers POST /api/rooms/{code}/hooks/{hook}/on.
func (s *Site) switchHook(c *gin.Context, of hooked) error {
	if err := s.o.Hooks.SwitchOn(c.Request.Context(), of.room, of.id, s.note(c, of, "rehooked")); err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}

// pingHook answers POST /api/rooms/{code}/hooks/{hook}/ping.
func (s *Site) pingHook(c *gin.Context, of hooked) error {
	if !s.pings.take(of.room) {
		return errTries
	}
	if err := s.o.Hooks.Ping(c.Request.Context(), of.room, of.id); err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}

// deliveries answers GET /api/rooms/{code}/hooks/{hook}/deliveries.
func (s *Site) deliveries(c *gin.Context, of hooked) error {
	all, err := s.o.Hooks.Deliveries(c.Request.Context(), of.room, of.id)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, map[string]any{"deliveries": all})
}

// deliverAgain answers POST /api/rooms/{code}/hooks/{hook}/deliveries/{delivery}.
func (s *Site) deliverAgain(c *gin.Context, of hooked) error {
	if !s.pings.take(of.room) {
		return errTries
	}
	if err := s.o.Hooks.Again(c.Request.Context(), of.room, of.id, c.Param("delivery")); err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}
