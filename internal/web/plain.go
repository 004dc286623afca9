package web

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"unicode/utf8"

	"github.com/gin-gonic/gin"

	"plenum/rooms"
)

// The page for browsers that run no scripts: one form after the other, sent by
// plain POST. It is whatever is on the screens of the room.
var (
	//go:embed plain.html
	plainPage string
	//go:embed plain.css
	plainStyle string

	plainTemplate = template.Must(template.New("plain").Funcs(template.FuncMap{"picture": pictureIn}).Parse(plainPage))
	plainPolicy   = "default-src 'none'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; img-src 'self'; style-src 'sha256-" + sumOf(plainStyle) + "'"
)

// plainPicture is an image of a room.
type plainPicture struct {
	Code string
	*rooms.PlainPicture
}

func pictureIn(code string, p *rooms.PlainPicture) plainPicture { return plainPicture{code, p} }

const plainPath = "/plain/:code"

// plainReload is after how many seconds a page looks again that waits for
// something to be filled.
const plainReload = 15

func sumOf(style string) string {
	sum := sha256.Sum256([]byte(style))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// plainView is what the page shows.
type plainView struct {
	Words       *plainWords
	Style       template.CSS
	Room, Code  string
	Problem     string
	ProblemLang string // where it is not that of the page
	Done        string
	Reload      int // in seconds; 0: not by itself
	Again       string

	AsksCode bool
	Enter    bool
	Passcode bool
	Asked    *rooms.Plain
	Hint     string
	Secrecy  string
	Typed    url.Values // what was sent, to be corrected
	sent     bool       // it was taken
}

// plainRoute makes a handler of a function that answers with the page.
func (s *Site) plainRoute(do func(*gin.Context, place, *plainView) error) gin.HandlerFunc {
	return s.answering(func(c *gin.Context) error {
		v := &plainView{Words: plainWordsOf(c.Request), Style: template.CSS(plainStyle), Again: c.Request.URL.Path, Typed: url.Values{}}
		at, err := s.place(c)
		if err != nil {
			return err
		}
		status := http.StatusOK
		switch err = s.plainly(c, at, v, do); {
		case v.sent:
			c.Redirect(http.StatusSeeOther, v.Again) // so that loading it again sends nothing again
			return nil
		case err != nil:
			status = s.plainProblem(v, err)
			if status == http.StatusInternalServerError {
				return err // logged, and told by its id
			}
		}
		return s.showPlain(c, status, v)
	})
}

// plainly does it as at every door: wrong codes are counted.
func (s *Site) plainly(c *gin.Context, at place, v *plainView, do func(*gin.Context, place, *plainView) error) error {
	v.Code = at.code
	if !wellFormed(at.code) {
		v.AsksCode, v.Code = true, ""
		return rooms.ErrNoRoom
	}
	if !s.mayKnock(c, at) {
		return errTries
	}
	err := do(c, at, v)
	if errors.Is(err, rooms.ErrNoRoom) {
		s.guesses.wrong(at.address, at.person)
		v.AsksCode, v.Code = true, ""
	}
	return err
}

// plainProblem puts a refusal into words. It is the status of the page.
func (s *Site) plainProblem(v *plainView, err error) int {
	var refusal *rooms.Refusal
	if !errors.As(err, &refusal) {
		return http.StatusInternalServerError
	}
	v.Problem = refusal.Say
	if said, ok := v.Words.Refusals[refusal.Code]; ok {
		v.Problem = said
	} else if v.Words.Tag != "en" {
		v.ProblemLang = "en"
	}
	return statusOf(refusal)
}

func (s *Site) showPlain(c *gin.Context, status int, v *plainView) error {
	if v.Asked != nil {
		v.Hint, v.Secrecy = v.Words.hint(v.Asked.Hint), v.Words.Seen[v.Asked.Secrecy]
		if v.Asked.State != rooms.PlainAsks {
			v.Reload = plainReload
		}
	}
	var page bytes.Buffer
	if err := plainTemplate.Execute(&page, v); err != nil {
		return fmt.Errorf("make the page without scripts: %w", err)
	}
	c.Header("Content-Security-Policy", plainPolicy)
	c.Header("Cache-Control", "no-store")
	c.Header("Vary", "Accept-Language")
	c.Data(status, "text/html; charset=utf-8", page.Bytes())
	return nil
}

// plainDoor answers GET /plain: which room?
func (s *Site) plainDoor(c *gin.Context) error {
	if code := rooms.NormalCode(c.Query("code")); wellFormed(code) {
		c.Redirect(http.StatusSeeOther, "/plain/"+code)
		return nil
	}
	v := &plainView{Words: plainWordsOf(c.Request), Style: template.CSS(plainStyle), AsksCode: true, Typed: c.Request.URL.Query()}
	status := http.StatusOK
	if v.Typed.Has("code") {
		status = s.plainProblem(v, rooms.ErrNoRoom)
	}
	return s.showPlain(c, status, v)
}

// plainRoom answers GET /plain/{code}.
func (s *Site) plainRoom(c *gin.Context, at place, v *plainView) error {
	about, err := s.o.Hall.About(c.Request.Context(), at.code, at.person)
	if err != nil {
		return err
	}
	v.Room = about.Title
	if about.Member == nil {
		v.Enter, v.Passcode = true, about.Passcode
		if about.Waiting {
			v.Enter, v.Done, v.Reload = false, v.Words.AtDoor, plainReload
		}
		return nil
	}
	asked, err := s.o.Hall.Plain(c.Request.Context(), at.code, at.person)
	if err != nil {
		return err
	}
	v.Asked = &asked
	return nil
}

// plainSend answers POST /plain/{code}: somebody enters, or answers. What cannot
// be taken is on the page again, to be corrected.
func (s *Site) plainSend(c *gin.Context, at place, v *plainView) error {
	form, err := s.form(c)
	if err != nil {
		return err
	}
	if form.Get("do") == "enter" {
		_, err = s.comeIn(c, at, rooms.Entry{Name: form.Get("name"), Passcode: form.Get("passcode")})
	} else {
		err = s.codes.guess(at, func() error { // a form may be a voting code
			return s.o.Hall.AnswerPlain(c.Request.Context(), at.code, at.person, form.Get("activity"), form)
		})
	}
	if err == nil || errors.Is(err, rooms.ErrWaiting) {
		v.sent = true
		return nil
	}
	if shown := s.plainRoom(c, at, v); shown != nil {
		return shown
	}
	v.Typed = form
	if v.Asked != nil {
		v.Asked.Fill(form)
	}
	return err
}

// form reads a form as browsers send it.
func (s *Site) form(c *gin.Context) (url.Values, error) {
	if mediaType(c) != "application/x-www-form-urlencoded" {
		return nil, rooms.ErrMalformed
	}
	body, err := s.body(c, smallBody)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, rooms.ErrMalformed
	}
	for _, values := range form {
		for i, value := range values {
			if !utf8.ValidString(value) {
				return nil, rooms.ErrMalformed
			}
			values[i] = strings.ReplaceAll(value, "\r\n", "\n") // as forms write the ends of lines
		}
	}
	return form, nil
}
