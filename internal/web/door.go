package web

import (
	"context"
	"encoding/json"
	"errors"

	"github.com/gin-gonic/gin"

	"plenum/internal/accounts"
	"plenum/rooms"
)

func (s *Site) hasAccount(ctx context.Context, person string) (bool, error) {
	_, err := s.o.People.Account(ctx, person)
	if errors.Is(err, accounts.ErrNoAccount) {
		return false, nil
	}
	return err == nil, err
}

// waitAtDoor answers GET /api/rooms/{code}/door, as server-sent events: one that
// tells who waits that they have been let in, or that they were not.
func (s *Site) waitAtDoor(c *gin.Context, at place) error {
	if err := s.crowd.admit(at.person); err != nil {
		return err
	}
	defer s.crowd.leave(at.person)
	ctx, cancel := context.WithCancel(c.Request.Context())
	defer cancel()
	conn := newStreamConn()
	s.crowd.add(conn, whose{session: at.session})
	defer s.crowd.remove(conn)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		go beat(ctx, conn)
		s.letIn(ctx, at, conn)
	}()
	s.stream(c, conn, newTold(nil, nil))
	cancel()
	<-ended
	return nil
}

// letIn waits for the answer at the door and tells it.
func (s *Site) letIn(ctx context.Context, at place, conn *streamConn) {
	member, err := s.o.Hall.Wait(ctx, at.code, at.person)
	var refusal *rooms.Refusal
	switch {
	case err == nil:
		tellLast(conn, map[string]any{"member": member})
	case errors.As(err, &refusal) && !rooms.Waits(refusal):
		tellLast(conn, complaint{Because: refusal.Code, Say: refusal.Say})
	case !errors.Is(err, context.Canceled):
		s.o.Logger.Warn("a wait at a door was broken off", "error", err)
	}
	conn.Close(rooms.CloseRestart, "")
}

func tellLast(conn *streamConn, value any) {
	text, err := json.Marshal(value)
	if err != nil {
		panic(err) // our own types always encode
	}
	conn.Send(text)
}
