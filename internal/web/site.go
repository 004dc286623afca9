// Package web is the way in and out: the pages, the HTTP interface and the
// sockets of docs/protocol.md. It moves frames and answers; what they mean is
// the rooms' business, and it knows no kind of activity by name.
package web

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"sync/atomic"
	"time"

	"golang.org/x/time/rate"

	"plenum/internal/accounts"
	"plenum/internal/oidc"
	"plenum/rooms"
)

// Hall is what the site needs of *rooms.Hall.
type Hall interface {
	Door
	Desk
	Screens
	NoteHook(ctx context.Context, room, member, did, at string) error
	Join(ctx context.Context, code, person string, frame []byte, conn rooms.Conn) (*rooms.Peer, error)
}

// Door is where people come into rooms.
type Door interface {
	Create(ctx context.Context, title string, e rooms.Entry) (code string, m rooms.Member, err error)
	Enter(ctx context.Context, code string, e rooms.Entry) (rooms.Member, error)
	Wait(ctx context.Context, code, person string) (rooms.Member, error)
	About(ctx context.Context, code, person string) (rooms.About, error)
	SetPasscode(ctx context.Context, code, person, passcode string) error
	Link(ctx context.Context, code, person string, what rooms.Invite) (id, key string, err error)
}

// Desk is what can be asked of a room without a live connection.
type Desk interface {
	Guesses(do string) bool
	Do(ctx context.Context, code, person string, c rooms.Command) (json.RawMessage, error)
	LookFile(ctx context.Context, code, person string, c rooms.Command, mediaType string, file []byte) (json.RawMessage, error)
	DoFile(ctx context.Context, code, person string, c rooms.Command, mediaType string, file []byte) (json.RawMessage, error)
	View(ctx context.Context, code, person, activity string) (json.RawMessage, error)
	Read(ctx context.Context, code, person, activity, name string, ask map[string]string) (any, error)
	Plain(ctx context.Context, code, person string) (rooms.Plain, error)
	AnswerPlain(ctx context.Context, code, person, activity string, form map[string][]string) error
	Member(ctx context.Context, code, person string) (room string, m rooms.Member, err error)
	Brings(ctx context.Context, code, person string) error
	Sees(ctx context.Context, room string, role rooms.Role, activities []string) (bool, error)
}

// People is what the site needs of *accounts.Accounts.
type People interface {
	Accounts
	Issue(ctx context.Context) (person, token string, err error)
	Person(ctx context.Context, token string) (person string, err error)
	Rooms(ctx context.Context, person string) ([]accounts.Room, error)
	Export(ctx context.Context, person string, to io.Writer, open func(hash string) (io.ReadCloser, error)) error
	Pin(ctx context.Context, person, code string, on bool) error
}

// Accounts is what the site needs for those who have an account.
type Accounts interface {
	SignUp(ctx context.Context, person string, e accounts.Entrance) (accounts.Account, string, error)
	LogIn(ctx context.Context, e accounts.Entrance) (accounts.Account, string, error)
	Revoke(ctx context.Context, token string) error
	Account(ctx context.Context, person string) (accounts.Account, error)
	Delete(ctx context.Context, person string, p accounts.Proof) error
	ChangePassword(ctx context.Context, person string, p accounts.Proof, password string) error
	Mailing() bool
	AskPassword(ctx context.Context, address string) error
	AskAddress(ctx context.Context, person string) error
	ChangeEmail(ctx context.Context, person string, p accounts.Proof, address string) (mailed bool, err error)
	OpenAddress(ctx context.Context, link string) (accounts.Account, error)
	OpenPassword(ctx context.Context, link, password string) (accounts.Account, error)
	BeginSecond(ctx context.Context, person string, p accounts.Proof) (secret, address string, err error)
	ConfirmSecond(ctx context.Context, person, code string) (recovery []string, err error)
	EndSecond(ctx context.Context, person string, p accounts.Proof) error
	Second(ctx context.Context, person string) (on bool, left int, err error)
	BeginPasskey(ctx context.Context, person string, p accounts.Proof, origin string) (options any, err error)
	AddPasskey(ctx context.Context, person, origin, device string, answer []byte) error
	AskPasskey(origin string) (options any, err error)
	LogInByPasskey(ctx context.Context, origin string, answer []byte, e accounts.Entrance) (accounts.Account, string, error)
	Passkeys(ctx context.Context, person string) ([]accounts.Passkey, error)
	DropPasskey(ctx context.Context, person, id string) error
	AskIdentity() (state string)
	AskConnection(ctx context.Context, person string, p accounts.Proof) (state string, err error)
	LogInByIdentity(ctx context.Context, state, person string, who oidc.Identity, e accounts.Entrance) (accounts.Account, string, error)
	ConnectIdentity(ctx context.Context, state, person string, who oidc.Identity) error
	Identities(ctx context.Context, person string) ([]accounts.Identity, error)
	DropIdentities(ctx context.Context, person string, p accounts.Proof) error
	Sessions(ctx context.Context, person string) ([]accounts.Session, error)
	End(ctx context.Context, person, id string) error
	EndOthers(ctx context.Context, person, keep string) (int, error)
	Ended(ctx context.Context) ([]string, error)
}

// Options are what a site is made of.
type Options struct {
	Hall     Hall
	People   People
	Search   Search   // nothing can be searched if nil
	Files    Files    // nothing can be brought if nil
	Notices  Notices  // nobody is told what calls them if nil
	Zips     Zips     // rooms are not carried if nil
	Hooks    Hooks    // nothing is told outside if nil
	Provider Provider // nobody signs in elsewhere if nil
	Pages    fs.FS    // the built front end; must have an index.html
	Build    string   // the name of this build, as rooms tell it
	// Ready tells whether requests can be served now; always if nil.
	Ready   func(context.Context) error
	BaseURL *url.URL       // how people reach the site, if that is known
	Proxies []netip.Prefix // whose X-Forwarded-For and -Proto are believed
	Limits  Limits
	Logger  *slog.Logger // slog.Default if nil
}

// Site serves everything over HTTP. Serve it, and in the end call StopUpgrades,
// Drain and Shutdown, in this order.
type Site struct {
	o         Options
	handler   http.Handler
	server    *http.Server
	pages     *pages
	crowd     *crowd
	sockets   *sockets
	guesses   *guesses
	codes     *codeTries
	passcodes *guesses // by room and address, by room and person
	creations *allowance
	searches  *allowance
	noticing  *allowance
	accounts  *allowance
	letters   *allowance // mailed for one address of the network
	lettersTo *allowance // mailed to one address, or for one person
	tries     *tries
	exports   *allowance    // of what there is of a person
	pings     *allowance    // of webhooks, by room
	zipsBy    *allowance    // whole rooms, by person
	zipping   *crowd        // who takes or brings one just now
	broughtBy *allowance    // files, by person
	bringing  *crowd        // who is bringing files just now
	large     chan struct{} // one for each large body in memory
	crossing  *http.CrossOriginProtection
	draining  atomic.Bool
}

// New makes a site. It fails if the pages are not complete.
func New(o Options) (*Site, error) {
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	o.Limits = o.Limits.orDefaults()
	pages, err := openPages(o.Pages, o.Build)
	if err != nil {
		return nil, err
	}
	s := &Site{
		o:         o,
		pages:     pages,
		crowd:     newCrowd(o.Limits.Sockets, o.Limits.SocketsPerPerson),
		guesses:   newGuesses(),
		passcodes: newGuesses(),
		codes:     newCodeTries(),
		creations: newAllowance(perHour(o.Limits.RoomsPerHour), min(o.Limits.RoomsPerHour, creationBurst)),
		searches:  newAllowance(searchesPerSecond, searchBurst),
		noticing:  newAllowance(noticesPerSecond, noticeBurst),
		accounts:  newAllowance(rate.Every(accountEvery), accountBurst),
		letters:   newAllowance(rate.Every(letterEvery), letterBurst),
		lettersTo: newAllowance(rate.Every(letterToEvery), letterToBurst),
		tries:     newTries(time.Now),
		exports:   newAllowance(rate.Every(exportEvery), exportBurst),
		pings:     newAllowance(rate.Every(pingEvery), pingBurst),
		zipsBy:    newAllowance(rate.Every(zipEvery), zipBurst),
		zipping:   newCrowd(zipsAtOnce, zipsPerPerson),
		broughtBy: newAllowance(rate.Every(fileEvery), fileBurst),
		bringing:  newCrowd(uploads, uploadsPerPerson),
		large:     make(chan struct{}, largeBodies),
		crossing:  http.NewCrossOriginProtection(),
	}
	if o.BaseURL != nil {
		if err := s.crossing.AddTrustedOrigin(originOf(o.BaseURL)); err != nil {
			return nil, err
		}
	}
	if o.Notices != nil {
		o.Notices.Hear(s.crowd.nudge)
	}
	s.sockets = newSockets(s.join, s.crowd, o.Limits, o.Logger)
	s.handler = s.routes()
	s.server = &http.Server{
		Handler:           s.handler,
		ReadHeaderTimeout: o.Limits.HeaderWait,
		WriteTimeout:      o.Limits.AnswerWait,
		IdleTimeout:       idleWait,
		MaxHeaderBytes:    maxHeader,
		ErrorLog:          slog.NewLogLogger(o.Logger.Handler(), slog.LevelDebug),
	}
	return s, nil
}

// Handler is the whole site.
func (s *Site) Handler() http.Handler { return s.handler }

// Serve answers on a listener until Shutdown. cert and key are files for TLS,
// or both "" for plain HTTP.
func (s *Site) Serve(l net.Listener, cert, key string) error {
	go s.mindSessions()
	var err error
	if cert == "" {
		err = s.server.Serve(l)
	} else {
		err = s.server.ServeTLS(l, cert, key)
	}
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// StopUpgrades makes /readyz say 503 and refuses new live connections.
func (s *Site) StopUpgrades() {
	s.draining.Store(true)
	s.crowd.refuse()
}

// Drain sends every live connection away, a batch at a time and each with its
// own moment to come back, and waits until they are gone. When ctx ends, the
// rest is cut.
func (s *Site) Drain(ctx context.Context) { s.crowd.drain(ctx) }

// Shutdown lets requests in hand finish until ctx ends, and closes the listener.
func (s *Site) Shutdown(ctx context.Context) error {
	s.sockets.stop()
	err := s.server.Shutdown(ctx)
	if err != nil {
		return errors.Join(err, s.server.Close())
	}
	return nil
}

func (s *Site) join(ctx context.Context, at place, frame []byte, conn rooms.Conn) (peer, error) {
	if at.screen != "" {
		joined, err := s.o.Hall.JoinScreen(ctx, at.screen, frame, conn)
		if err != nil {
			return nil, err
		}
		return joined, nil
	}
	joined, err := s.o.Hall.Join(ctx, at.code, at.person, frame, conn)
	if errors.Is(err, rooms.ErrNoRoom) && wellFormed(at.code) {
		s.guesses.wrong(at.address, at.person)
	}
	if err != nil {
		return nil, err
	}
	return joined, nil
}

// Limits bound what the site takes. A zero field has its default.
type Limits struct {
	Sockets          int           // live connections altogether; 20,000
	SocketsPerPerson int           // 50
	SocketsPerScreen int           // 2,000
	RoomsPerHour     int           // made from one address; 360
	HeaderWait       time.Duration // for a request's header; 5 s
	BodyWait         time.Duration // for a request's body; 60 s
	UploadIdle       time.Duration // for the next bytes of a file; 20 s
	AnswerWait       time.Duration // for an answer to be taken; 2 min
	StreamWait       time.Duration // for one event of a stream to be taken; 5 s
	JoinWait         time.Duration // for a connection's first frame; 10 s
	PongWait         time.Duration // for a sign of life of a connection, which is asked for one before; 35 s
}

const (
	idleWait      = 2 * time.Minute
	maxHeader     = 16 << 10
	largeBodies   = 16
	creationBurst = 60
	accountBurst  = 300 // accounts made from one address
	accountEvery  = 10 * time.Second
	letterBurst   = 60 // letters asked for from one address of the network
	letterEvery   = time.Minute
	letterToBurst = 5 // letters to one address
	letterToEvery = 10 * time.Minute
	pingBurst     = 20 // pings and repeated deliveries of one room
	pingEvery     = 10 * time.Second
)

func (l Limits) orDefaults() Limits {
	standard(&l.Sockets, 20_000)
	standard(&l.SocketsPerPerson, 50)
	standard(&l.SocketsPerScreen, 2000)
	standard(&l.RoomsPerHour, 360)
	standard(&l.HeaderWait, 5*time.Second)
	standard(&l.BodyWait, time.Minute)
	standard(&l.UploadIdle, 20*time.Second)
	standard(&l.AnswerWait, 2*time.Minute)
	standard(&l.StreamWait, 5*time.Second)
	standard(&l.JoinWait, 10*time.Second)
	standard(&l.PongWait, 35*time.Second)
	return l
}

func standard[T comparable](field *T, value T) {
	var zero T
	if *field == zero {
		*field = value
	}
}
