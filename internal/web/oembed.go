package web

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"plenum/rooms"
)

// How large a screen is in another page, in pixels, unless that asks for less.
const (
	frameWidth  = 960
	frameHeight = 540
	leastFrame  = 64
	provider    = "Plenum"
)

// errFormat means that an oEmbed answer is asked for in a form that there is not.
var errFormat = rooms.Refuse("json-only", "There is only JSON.")

// embedded is an answer as oEmbed 1.0 has it.
type embedded struct {
	Version      string `json:"version"`
	Type         string `json:"type"`
	Title        string `json:"title"`
	ProviderName string `json:"provider_name"`
	ProviderURL  string `json:"provider_url"`
	CacheAge     int    `json:"cache_age"` // seconds
	HTML         string `json:"html"`
	Width        int    `json:"width"`
	Height       int    `json:"height"`
}

// oembed answers GET /oembed?url=…: how another page shows a screen of this
// server. It tells nothing of an address that shows nothing.
func (s *Site) oembed(c *gin.Context) error {
	c.Header("Access-Control-Allow-Origin", "*")
	c.Header("Referrer-Policy", "no-referrer")
	if format := c.DefaultQuery("format", "json"); format != "json" {
		return errFormat
	}
	key, looks, ok := s.screenOf(c.Request, c.Query("url"))
	if !ok {
		return rooms.ErrScreen
	}
	screen, err := s.o.Hall.Screen(c.Request.Context(), key)
	if err != nil {
		return err
	}
	width, height, err := frameSize(c.Query("maxwidth"), c.Query("maxheight"))
	if err != nil {
		return err
	}
	at, title := s.address(c.Request), nameOf(screen)
	frame := fmt.Sprintf(`<iframe src="%s" title="%s" width="%d" height="%d" sandbox="allow-scripts" referrerpolicy="no-referrer" loading="lazy" style="border:0;max-width:100%%"></iframe>`,
		html.EscapeString(at+"/screen/"+key+looks), html.EscapeString(title), width, height)
	return answer(c, http.StatusOK, embedded{
		Version: "1.0", Type: "rich", Title: title, ProviderName: provider, ProviderURL: at, CacheAge: 3600,
		HTML: frame, Width: width, Height: height,
	})
}

// screenOf finds the key in the address of a screen of this server, and how that
// is to look.
func (s *Site) screenOf(r *http.Request, address string) (key, looks string, ok bool) {
	u, err := url.Parse(address)
	if err != nil || u.User != nil || u.Scheme != "https" && u.Scheme != "http" {
		return "", "", false
	}
	own, err := url.Parse(s.address(r))
	if err != nil || withPort(u.Host, u.Scheme) != withPort(own.Host, own.Scheme) && !strings.EqualFold(u.Host, r.Host) {
		return "", "", false
	}
	key, ok = strings.CutPrefix(u.Path, "/screen/")
	if !ok || key == "" || len(key) > longestKey || strings.Contains(key, "/") {
		return "", "", false
	}
	known := url.Values{}
	for _, name := range []string{"background", "code", "lang", "theme"} {
		if value := u.Query().Get(name); value != "" && len(value) <= longestKey {
			known.Set(name, value)
		}
	}
	if len(known) > 0 {
		looks = "?" + known.Encode()
	}
	return key, looks, true
}

// frameSize is as large as it may be, in its proportions.
func frameSize(mostWidth, mostHeight string) (width, height int, err error) {
	width, height = frameWidth, frameHeight
	for i, text := range []string{mostWidth, mostHeight} {
		if text == "" {
			continue
		}
		most, err := strconv.Atoi(text)
		if err != nil || most < leastFrame {
			return 0, 0, rooms.ErrMalformed
		}
		if i == 0 && most < width {
			width, height = most, max(1, most*height/width)
		}
		if i == 1 && most < height {
			width, height = max(1, most*width/height), most
		}
	}
	return width, height, nil
}
