package web

import (
	"context"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"plenum/internal/search"
	"plenum/rooms"
)

// Search is what the site needs of *search.Search.
type Search interface {
	Find(ctx context.Context, person string, ask search.Ask) (search.Answer, error)
	Live(ctx context.Context, person string, ask search.Ask, tell func([]byte) error) error
}

// What a person may ask for: as fast as one can type, and many tabs.
const (
	searchesPerSecond = 15
	searchBurst       = 60
	longestZone       = 16 * 60 // minutes from UTC
	liveBeat          = 20 * time.Second
)

// searching is for those whose token is valid, and who do not ask too often.
func (s *Site) searching(do func(*gin.Context, string, search.Ask) error) gin.HandlerFunc {
	return s.answering(func(c *gin.Context) error {
		if s.o.Search == nil {
			return errNotFound
		}
		person, err := s.person(c.Request)
		if err != nil {
			return err
		}
		if person == "" {
			return errToken
		}
		if !s.searches.take(person) {
			return errTries
		}
		ask, err := searchAsk(c)
		if err != nil {
			return err
		}
		return do(c, person, ask)
	})
}

// searchAsk reads q, room, limit and zone: minutes that the person's clock is
// ahead of UTC.
func searchAsk(c *gin.Context) (search.Ask, error) {
	ask := search.Ask{Text: c.Query("q"), Room: c.Query("room")}
	if ask.Room != "" && !wellFormed(rooms.NormalCode(ask.Room)) {
		return ask, rooms.ErrMalformed
	}
	var err error
	if limit := c.Query("limit"); limit != "" {
		if ask.Limit, err = strconv.Atoi(limit); err != nil || ask.Limit < 1 || ask.Limit > search.MostResults {
			return ask, rooms.ErrMalformed
		}
	}
	zone := 0
	if minutes := c.Query("zone"); minutes != "" {
		if zone, err = strconv.Atoi(minutes); err != nil || zone < -longestZone || zone > longestZone {
			return ask, rooms.ErrMalformed
		}
	}
	now := time.Now().In(time.FixedZone("", zone*60))
	ask.Today = time.Date(now.Year(), now.Month(), now.Day(), 0, 0, 0, 0, now.Location())
	return ask, nil
}

// find answers GET /api/search.
func (s *Site) find(c *gin.Context, person string, ask search.Ask) error {
	found, err := s.o.Search.Find(c.Request.Context(), person, ask)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, found)
}

// live answers GET /api/search/live: the answers to one search as they change,
// as server-sent events.
func (s *Site) live(c *gin.Context, person string, ask search.Ask) error {
	if err := s.crowd.admit(person); err != nil {
		return err
	}
	defer s.crowd.leave(person)
	ctx, cancel := context.WithCancel(c.Request.Context())
	conn := newStreamConn()
	s.crowd.add(conn, whose{session: sessionOf(c.Request)})
	defer s.crowd.remove(conn)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		go beat(ctx, conn)
		err := s.o.Search.Live(ctx, person, ask, func(found []byte) error { conn.Send(found); return nil })
		if err != nil && !errors.Is(err, context.Canceled) {
			s.o.Logger.Error("a live search failed", "error", err)
		}
		conn.Close(rooms.CloseRestart, "")
	}()
	s.stream(c, conn, newTold(nil, nil))
	cancel()
	<-ended
	return nil
}

// beat keeps proxies from taking a quiet stream for a dead one.
func beat(ctx context.Context, conn *streamConn) {
	ticks := time.NewTicker(liveBeat)
	defer ticks.Stop()
	for {
		select {
		case <-ticks.C:
			conn.Send([]byte(`{"beat":{}}`))
		case <-ctx.Done():
			return
		}
	}
}
