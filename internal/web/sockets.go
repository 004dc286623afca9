package web

import (
	"context"
	"errors"
	"log/slog"
	"net"
	"net/http"
	"runtime/debug"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/gin-gonic/gin"
	"github.com/gorilla/websocket"
	"github.com/olahol/melody"

	"plenum/rooms"
)

// peer is what a connection is joined to: *rooms.Peer.
type peer interface {
	Receive(frame []byte)
	Leave()
}

// joining makes a peer of a connection, by its first frame.
type joining func(ctx context.Context, at place, frame []byte, conn rooms.Conn) (peer, error)

const (
	frameLimit  = 64 << 10
	melodySlots = 16 // frames in melody's own buffer
	connKey     = "conn"
)

// sockets carries frames between browsers and peers. Melody is the transport
// and no more: it has no rooms here and broadcasts nothing.
type sockets struct {
	melody   *melody.Melody
	join     joining
	joinWait time.Duration
	crowd    *crowd
	logger   *slog.Logger
	life     context.Context // ends when the last socket has to be gone
	stop     context.CancelFunc
}

func newSockets(join joining, crowd *crowd, limits Limits, logger *slog.Logger) *sockets {
	s := &sockets{melody: melody.New(), join: join, joinWait: limits.JoinWait, crowd: crowd, logger: logger}
	s.life, s.stop = context.WithCancel(context.Background())
	s.melody.Upgrader = &websocket.Upgrader{
		HandshakeTimeout: 5 * time.Second,
		ReadBufferSize:   1024,
		WriteBufferSize:  4096,
		WriteBufferPool:  &sync.Pool{},
		CheckOrigin:      func(*http.Request) bool { return true }, // mayUpgrade did, before the hijack
	}
	s.melody.Config = &melody.Config{
		WriteWait:         5 * time.Second,
		PingPeriod:        limits.PongWait * 5 / 7,
		PongWait:          limits.PongWait,
		MaxMessageSize:    frameLimit,
		MessageBufferSize: melodySlots,
	}
	s.melody.HandleConnect(s.connected)
	s.melody.HandleMessage(s.received)
	s.melody.HandleMessageBinary(func(session *melody.Session, _ []byte) {
		connOf(session).Close(melody.CloseUnsupportedData, "frames are text")
	})
	s.melody.HandleSentMessage(func(session *melody.Session, frame []byte) { connOf(session).sent(len(frame)) })
	s.melody.HandlePong(func(session *melody.Session) { connOf(session).trips.ponged(time.Now()) })
	s.melody.HandleError(s.failed)
	return s
}

// socket answers GET …/socket. Everything that can be refused is refused before
// the upgrade.
func (s *Site) socket(c *gin.Context) error {
	if !s.mayUpgrade(c.Request) {
		return errOrigin
	}
	at, err := s.place(c)
	if err != nil {
		return err
	}
	if at.person == "" {
		return errToken
	}
	if !s.mayKnock(c, at) {
		return errTries
	}
	if !isHandshake(c.Request) {
		return errHandshake
	}
	if err := s.crowd.admit(at.person); err != nil {
		return err
	}
	taken, err := detach(c.Writer, c.Request)
	if err != nil {
		s.crowd.leave(at.person)
		return err
	}
	go s.sockets.carry(taken, newSocketConn(at))
	return nil
}

// carry is the life of a socket, on a goroutine of its own.
func (s *sockets) carry(taken *detached, c *socketConn) {
	defer s.crowd.leave(c.at.person)
	defer s.crowd.remove(c)
	defer c.ended()
	defer s.guard(c)
	defer taken.conn.Close()
	defer c.leave()
	err := s.melody.HandleRequestWithKeys(taken, taken.request, map[string]any{connKey: c})
	if err != nil {
		s.logger.Debug("a socket was not opened", "error", err)
	}
}

// aside runs f on a goroutine of its own and waits for it. Joining needs a deep
// stack, which the reading goroutine would keep for as long as the socket lives.
func (s *sockets) aside(c *socketConn, f func()) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		defer s.guard(c)
		f()
	}()
	<-done
}

func (s *sockets) connected(session *melody.Session) {
	c := connOf(session)
	defer s.guard(c)
	*session.Request = http.Request{} // melody would keep the handshake for as long as the socket lives
	c.opened(session, s.joinWait)
	s.crowd.add(c, whose{c.at.person, c.at.session})
}

// received takes the frames of one connection in their order, on its reading
// goroutine.
func (s *sockets) received(session *melody.Session, frame []byte) {
	c := connOf(session)
	defer s.guard(c)
	if c.isEnding() {
		return
	}
	if !utf8.Valid(frame) {
		c.Close(melody.CloseInvalidFramePayloadData, "not UTF-8")
		return
	}
	if c.peer != nil {
		c.peer.Receive(frame)
		return
	}
	c.late.Stop()
	var err error
	s.aside(c, func() { c.peer, err = s.join(s.life, c.at, frame, c) })
	if err != nil {
		s.refused(c, err)
	}
}

func (s *sockets) refused(c *socketConn, err error) {
	var refusal *rooms.Refusal
	if !errors.As(err, &refusal) {
		s.logger.Error("a join failed", "id", incident(), "error", err)
		refusal = rooms.ErrBroken
	}
	c.Close(rooms.CloseCode(err), refusal.Say)
}

// failed hears of what ends a connection. It may be called from the reader, the
// writer or a sender, and calls nothing of the session's.
func (s *sockets) failed(session *melody.Session, err error) {
	if errors.Is(err, websocket.ErrReadLimit) {
		connOf(session).linger(melody.CloseMessageTooBig)
		return
	}
	if brokeRules(err) {
		connOf(session).linger(melody.CloseProtocolError)
	}
}

// brokeRules tells whether the other side sent what the protocol of sockets
// forbids (compressed, unmasked, badly fragmented …).
func brokeRules(err error) bool {
	var closed *websocket.CloseError
	var network net.Error
	if errors.As(err, &closed) || errors.As(err, &network) || errors.Is(err, websocket.ErrCloseSent) {
		return false
	}
	return strings.HasPrefix(err.Error(), "websocket: ")
}

// guard keeps a panic to its own connection. Nobody above would: net/http gave
// this goroutine away.
func (s *sockets) guard(c *socketConn) {
	failure := recover()
	if failure == nil {
		return
	}
	s.logger.Error("a socket panicked", "id", incident(), "panic", failure, "stack", string(debug.Stack()))
	c.Close(melody.CloseInternalServerErr, rooms.ErrBroken.Code)
}

func connOf(session *melody.Session) *socketConn { return session.Keys[connKey].(*socketConn) }
