package web

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"plenum/rooms"
)

const (
	watchLimit    = 200
	streamNotices = "retry: 2000\n\n"
)

// events answers GET /api/rooms/{code}/events: the frames that a socket would
// carry, as server-sent events. Their id names how far the room has been told,
// so that a browser or script that comes back with it misses nothing.
func (s *Site) events(c *gin.Context, at place) error {
	watch := watched(c.Query("watch"))
	if len(watch) == 0 || len(watch) > watchLimit {
		return rooms.ErrMalformed
	}
	if err := s.crowd.admit(at.person); err != nil {
		return err
	}
	defer s.crowd.leave(at.person)
	known := readTold(c.GetHeader("Last-Event-ID"), watch)
	conn := newStreamConn()
	peer, err := s.join(s.sockets.life, at, firstFrame(at.code, watch, known), conn)
	if err != nil {
		return err
	}
	defer peer.Leave()
	s.crowd.add(conn, whose{session: at.session})
	defer s.crowd.remove(conn)
	s.stream(c, conn, newTold(known, watch))
	return nil
}

// stream writes frames until either side ends. Errors of writing end it: nobody
// is left to be told of them.
func (s *Site) stream(c *gin.Context, conn *streamConn, through *told) {
	h := c.Writer.Header()
	h.Set("Content-Type", "text/event-stream; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	h.Set("X-Accel-Buffering", "no") // or nginx would hold events back
	c.Status(http.StatusOK)
	control := http.NewResponseController(c.Writer)
	write := func(text []byte) bool {
		if control.SetWriteDeadline(time.Now().Add(s.o.Limits.StreamWait)) != nil {
			return false
		}
		_, err := c.Writer.Write(text)
		// HTTP/2 ends a stream when its deadline passes, although nothing waits
		// to be written.
		return err == nil && control.Flush() == nil && control.SetWriteDeadline(time.Time{}) == nil
	}
	defer conn.end()
	if !write([]byte(streamNotices)) {
		return
	}
	for {
		select {
		case <-c.Request.Context().Done():
			return
		case <-conn.wake:
		}
		frames, last := conn.take()
		for _, frame := range frames {
			if !write(asEvent(frame, through.id(frame))) {
				return
			}
			conn.wrote(len(frame))
		}
		if last != nil {
			write(fmt.Appendf(nil, "event: closed\ndata: {\"code\":%d}\n\n", last.code))
			return
		}
	}
}

// asEvent frames JSON, which has no line breaks of its own: the encoder escapes them.
func asEvent(frame []byte, id string) []byte {
	var event bytes.Buffer
	if id != "" {
		fmt.Fprintf(&event, "id: %s\n", id)
	}
	event.WriteString("data: ")
	event.Write(frame)
	event.WriteString("\n\n")
	return event.Bytes()
}

func watched(list string) []string {
	var watch []string
	for _, name := range strings.Split(list, ",") {
		if name = strings.TrimSpace(name); name != "" {
			watch = append(watch, name)
		}
	}
	return watch
}

// firstFrame is the join that a socket would have sent. Each stream is a peer
// of its own, which never sends a command.
func firstFrame(code string, watch []string, known *mark) []byte {
	join := map[string]any{"join": code, "protocol": 1, "peer": "sse-" + rand.Text(), "next": 1}
	seqs := make(map[string]*uint64, len(watch))
	for _, name := range watch {
		seqs[name] = nil
		if known != nil {
			seqs[name] = &known.seq
		}
	}
	join["watch"] = seqs
	if known != nil {
		join["epoch"], join["seq"], join["mark"] = known.epoch, known.seq, known.mark
	}
	frame, err := json.Marshal(join)
	if err != nil {
		panic(err) // strings and numbers can be encoded
	}
	return frame
}
