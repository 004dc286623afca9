package web

import (
	"cmp"
	"context"
	"net/http"

	"github.com/gin-gonic/gin"

	"plenum/internal/notify"
	"plenum/rooms"
)

// Notices is what the site needs of *notify.Notify.
type Notices interface {
	Hear(changed func(persons []string))
	List(ctx context.Context, person string) (notify.List, error)
	Read(ctx context.Context, person string, ids []int64) error
	ReadThrough(ctx context.Context, person string, id int64) error
	Settings(ctx context.Context, person string) (notify.Settings, error)
	SetLevel(ctx context.Context, person, room string, level notify.Level) error
	SetQuiet(ctx context.Context, person string, q *notify.Quiet) error
	SetMail(ctx context.Context, person string, on bool) error
	Subscribe(ctx context.Context, person string, s notify.Subscription) error
	Unsubscribe(ctx context.Context, person, endpoint string) error
}

// How often a person may ask: many tabs look whenever something has changed.
const (
	noticesPerSecond = 10
	noticeBurst      = 100
	longestHost      = 255
)

// noticed is for everybody who does not ask too often; of whom nothing is known
// has no notices.
func (s *Site) noticed(do func(*gin.Context, string) error) gin.HandlerFunc {
	return s.answering(func(c *gin.Context) error {
		if s.o.Notices == nil {
			return errNotFound
		}
		person, err := s.person(c.Request)
		if err != nil {
			return err
		}
		if !s.noticing.take(cmp.Or(person, s.origin(c.Request).network())) {
			return errTries
		}
		return do(c, person)
	})
}

// theirs is noticed for those whose token is valid.
func (s *Site) theirs(do func(*gin.Context, string) error) gin.HandlerFunc {
	return s.noticed(func(c *gin.Context, person string) error {
		if person == "" {
			return errToken
		}
		return do(c, person)
	})
}

// notices answers GET /api/notices.
func (s *Site) notices(c *gin.Context, person string) error {
	list, err := s.o.Notices.List(c.Request.Context(), person)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, list)
}

// readNotices answers POST /api/notices/read.
func (s *Site) readNotices(c *gin.Context, person string) error {
	var ask struct {
		IDs     []int64
		Through int64
	}
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	if len(ask.IDs) > notify.MostListed || (len(ask.IDs) > 0) == (ask.Through > 0) {
		return rooms.ErrMalformed
	}
	var err error
	if len(ask.IDs) > 0 {
		err = s.o.Notices.Read(c.Request.Context(), person, ask.IDs)
	} else {
		err = s.o.Notices.ReadThrough(c.Request.Context(), person, ask.Through)
	}
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}

// noticeSettings answers GET /api/notices/settings.
func (s *Site) noticeSettings(c *gin.Context, person string) error {
	settings, err := s.o.Notices.Settings(c.Request.Context(), person)
	if err != nil {
		return err
	}
	return answer(c, http.StatusOK, settings)
}

// setNoticeLevel answers POST /api/notices/level.
func (s *Site) setNoticeLevel(c *gin.Context, person string) error {
	var ask struct {
		Room  string
		Level notify.Level
	}
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	code := rooms.NormalCode(ask.Room)
	if !wellFormed(code) || !ask.Level.Valid() {
		return rooms.ErrMalformed
	}
	room, _, err := s.o.Hall.Member(c.Request.Context(), code, person)
	if err != nil {
		return err
	}
	if err := s.o.Notices.SetLevel(c.Request.Context(), person, room, ask.Level); err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}

// setQuietHours answers POST /api/notices/quiet.
func (s *Site) setQuietHours(c *gin.Context, person string) error {
	var ask struct{ Quiet *notify.Quiet }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	if ask.Quiet != nil && !ask.Quiet.Valid() {
		return rooms.ErrMalformed
	}
	if err := s.o.Notices.SetQuiet(c.Request.Context(), person, ask.Quiet); err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}

// setNoticeMail answers POST /api/notices/mail.
func (s *Site) setNoticeMail(c *gin.Context, person string) error {
	var ask struct{ Mail *bool }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	if ask.Mail == nil {
		return rooms.ErrMalformed
	}
	if err := s.o.Notices.SetMail(c.Request.Context(), person, *ask.Mail); err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}

// addDevice answers POST /api/notices/devices: a browser's push subscription.
func (s *Site) addDevice(c *gin.Context, person string) error {
	var device notify.Subscription
	if err := s.read(c, smallBody, &device); err != nil {
		return err
	}
	device.Token, _ = tokenOf(c.Request)
	if host := c.Request.Host; plainHost.MatchString(host) && len(host) <= longestHost {
		device.Site = "https://" + host
	}
	if err := s.o.Notices.Subscribe(c.Request.Context(), person, device); err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}

// endDevice answers POST /api/notices/devices/end.
func (s *Site) endDevice(c *gin.Context, person string) error {
	var ask struct{ Endpoint string }
	if err := s.read(c, smallBody, &ask); err != nil {
		return err
	}
	if err := s.o.Notices.Unsubscribe(c.Request.Context(), person, ask.Endpoint); err != nil {
		return err
	}
	return answer(c, http.StatusOK, struct{}{})
}
