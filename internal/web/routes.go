package web

import (
	"errors"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"plenum/rooms"
)

func (s *Site) routes() http.Handler {
	gin.SetMode(gin.ReleaseMode)
	engine := gin.New()
	engine.HandleMethodNotAllowed = true
	engine.RedirectTrailingSlash = false
	engine.ForwardedByClientIP = false
	engine.Use(s.log, s.recover, s.headers, s.sameOrigin)

	for _, method := range []string{http.MethodGet, http.MethodHead} {
		engine.Handle(method, "/healthz", s.alive)
		engine.Handle(method, "/readyz", s.ready)
	}
	engine.GET("/api/search", s.searching(s.find))
	engine.GET("/api/search/live", s.searching(s.live))
	notices := engine.Group("/api/notices")
	notices.GET("", s.noticed(s.notices))
	notices.POST("/read", s.theirs(s.readNotices))
	notices.GET("/settings", s.noticed(s.noticeSettings))
	notices.POST("/level", s.theirs(s.setNoticeLevel))
	notices.POST("/quiet", s.theirs(s.setQuietHours))
	notices.POST("/mail", s.theirs(s.setNoticeMail))
	notices.POST("/devices", s.theirs(s.addDevice))
	notices.POST("/devices/end", s.theirs(s.endDevice))
	api := engine.Group("/api/rooms")
	api.POST("", s.answering(s.create))
	api.POST("/import", s.answering(s.importRoom))
	room := api.Group("/:code")
	room.GET("", s.atDoor(s.about))
	room.POST("/enter", s.atDoor(s.enter))
	room.GET("/door", s.inRoom(s.waitAtDoor))
	room.POST("/links", s.inRoom(s.link))
	room.POST("/screens", s.inRoom(s.addScreen))
	room.POST("/passcode", s.inRoom(s.passcode))
	room.GET("/zip", s.inRoom(s.ifZips(s.takeRoom)))
	room.POST("/duplicate", s.inRoom(s.ifZips(s.duplicateRoom)))
	room.GET("/socket", s.answering(s.socket))
	room.GET("/events", s.inRoom(s.events))
	room.POST("/activities/:id/:command", s.inRoom(s.command))
	room.POST("/activities/:id/:command/look", s.inRoom(s.look))
	room.GET("/activities/:id/view", s.inRoom(s.view))
	room.GET("/activities/:id/read/:name", s.inRoom(s.named))
	room.GET("/hooks", s.withHooks(s.listHooks))
	room.POST("/hooks", s.withHooks(s.addHook))
	room.DELETE("/hooks/:hook", s.withHooks(s.dropHook))
	room.POST("/hooks/:hook/secret", s.withHooks(s.rotateHook))
	room.POST("/hooks/:hook/on", s.withHooks(s.switchHook))
	room.POST("/hooks/:hook/ping", s.withHooks(s.pingHook))
	room.GET("/hooks/:hook/deliveries", s.withHooks(s.deliveries))
	room.POST("/hooks/:hook/deliveries/:delivery", s.withHooks(s.deliverAgain))
	room.POST("/files", s.inRoomWithFiles(s.bringFile))
	room.GET("/files/:hash", s.inRoomWithFiles(s.file))

	account := engine.Group("/api/account")
	account.GET("", s.answering(s.account))
	account.POST("", s.answering(s.signUp))
	account.POST("/login", s.answering(s.logIn))
	account.POST("/login/passkey", s.answering(s.logInByPasskey))
	account.POST("/login/passkey/ask", s.answering(s.askPasskey))
	account.POST("/logout", s.signedIn(s.logOut))
	account.POST("/delete", s.signedIn(s.deleteAccount))
	account.POST("/password", s.signedIn(s.changePassword))
	account.POST("/forgotten", s.answering(s.forgotten))
	account.POST("/reset", s.answering(s.resetPassword))
	account.POST("/address", s.signedIn(s.changeAddress))
	account.POST("/address/ask", s.signedIn(s.askAddress))
	account.POST("/address/open", s.answering(s.openAddress))
	account.POST("/second", s.signedIn(s.beginSecond))
	account.POST("/second/confirm", s.signedIn(s.confirmSecond))
	account.POST("/second/end", s.signedIn(s.endSecond))
	account.GET("/passkeys", s.signedIn(s.passkeys))
	account.POST("/passkeys", s.signedIn(s.addPasskey))
	account.POST("/passkeys/ask", s.signedIn(s.beginPasskey))
	account.DELETE("/passkeys/:id", s.signedIn(s.dropPasskey))
	account.POST("/identity", s.answering(s.askIdentity))
	account.POST("/identity/end", s.answering(s.endIdentity))
	account.POST("/identity/drop", s.signedIn(s.dropIdentity))
	account.GET("/sessions", s.signedIn(s.listSessions))
	account.DELETE("/sessions", s.signedIn(s.endOthers))
	account.DELETE("/sessions/:id", s.signedIn(s.endSession))
	account.GET("/rooms", s.answering(s.myRooms))
	account.GET("/export", s.answering(s.export))
	account.POST("/rooms/:code/pin", s.inRoom(s.pinRoom))

	screens := engine.Group("/api/screens/:key")
	screens.GET("", s.byKey(s.screen))
	screens.GET("/socket", s.byKey(s.screenSocket))
	screens.GET("/activities/:id/view", s.byKey(s.screenView))
	screens.GET("/activities/:id/read/:name", s.byKey(s.screenRead))
	screens.GET("/files/:hash", s.byKey(s.screenFile))
	engine.GET("/oembed", s.answering(s.oembed))
	for _, method := range []string{http.MethodGet, http.MethodHead} {
		engine.Handle(method, screenPath, s.byKey(s.screenPage))
	}

	engine.GET("/plain", s.answering(s.plainDoor))
	engine.GET(plainPath, s.plainRoute(s.plainRoom))
	engine.POST(plainPath, s.plainRoute(s.plainSend))

	engine.NoMethod(s.answering(func(*gin.Context) error { return errMethod }))
	engine.NoRoute(s.answering(s.elsewhere))
	return engine
}

// elsewhere answers what is no route: pages and assets, and never HTML to a
// program that asks for /api.
func (s *Site) elsewhere(c *gin.Context) error {
	path := c.Request.URL.Path
	if path == "/api" || strings.HasPrefix(path, "/api/") {
		return errNotFound
	}
	if c.Request.Method != http.MethodGet && c.Request.Method != http.MethodHead {
		c.Header("Allow", "GET, HEAD")
		return errMethod
	}
	return s.page(c)
}

// answering makes a handler of a function: its error becomes the answer.
func (s *Site) answering(do func(*gin.Context) error) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := do(c); err != nil {
			s.fail(c, err)
		}
	}
}

// place is a room's door with somebody at it.
type place struct {
	code    string
	screen  string // the key of a screen link; then there is neither code nor session
	person  string // "" if not known
	session string // of the token; "" if there is none
	address string // where the request comes from, as limits count it
}

// inRoom is for those whose token is valid.
func (s *Site) inRoom(do func(*gin.Context, place) error) gin.HandlerFunc {
	return s.atDoor(func(c *gin.Context, at place) error {
		if at.person == "" {
			return errToken
		}
		return do(c, at)
	})
}

// atDoor is for everybody. It counts wrong join codes; who has guessed too
// often is let into nothing but the rooms that they are in already.
func (s *Site) atDoor(do func(*gin.Context, place) error) gin.HandlerFunc {
	return s.answering(func(c *gin.Context) error {
		at, err := s.place(c)
		if err != nil {
			return err
		}
		if !wellFormed(at.code) {
			return rooms.ErrNoRoom
		}
		if !s.mayKnock(c, at) {
			return errTries
		}
		err = do(c, at)
		if errors.Is(err, rooms.ErrNoRoom) {
			s.guesses.wrong(at.address, at.person)
		}
		return err
	})
}

func (s *Site) place(c *gin.Context) (place, error) {
	person, err := s.person(c.Request)
	if err != nil {
		return place{}, err
	}
	at := place{code: rooms.NormalCode(c.Param("code")), person: person, address: s.origin(c.Request).network()}
	if person != "" {
		at.session = sessionOf(c.Request)
	}
	return at, nil
}

func (s *Site) mayKnock(c *gin.Context, at place) bool {
	if s.guesses.allowed(at.address, at.person) {
		return true
	}
	if at.person == "" {
		return false
	}
	about, err := s.o.Hall.About(c.Request.Context(), at.code, at.person)
	return err == nil && about.Member != nil
}

// wellFormed tells whether a normal code can be a join code at all.
func wellFormed(code string) bool {
	return len(code) == 6 && strings.Trim(code, rooms.CodeAlphabet) == ""
}
