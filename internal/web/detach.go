package web

import (
	"bufio"
	"encoding/base64"
	"net"
	"net/http"
	"strings"

	"github.com/gorilla/websocket"
)

// detached is a connection taken away from net/http together with the little of
// its request that the handshake needs. Once the handler has returned, net/http
// lets go of its buffers and of the whole request: half the memory of an idle
// socket.
type detached struct {
	conn    net.Conn
	rw      *bufio.ReadWriter
	request *http.Request
}

// detach takes the connection. The handler must not answer after it.
func detach(w http.ResponseWriter, r *http.Request) (*detached, error) {
	conn, rw, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil, err
	}
	request := &http.Request{Method: r.Method, Host: r.Host, Header: http.Header{}}
	for _, name := range []string{"Connection", "Upgrade", "Sec-Websocket-Version", "Sec-Websocket-Key"} {
		for _, value := range r.Header.Values(name) {
			request.Header.Add(name, strings.Clone(value)) // not a part of the whole head
		}
	}
	return &detached{conn: conn, rw: rw, request: request}, nil
}

// isHandshake makes sure that the upgrade will find nothing to complain of.
func isHandshake(r *http.Request) bool {
	key, err := base64.StdEncoding.DecodeString(r.Header.Get("Sec-Websocket-Key"))
	return err == nil && len(key) == 16 &&
		r.Method == http.MethodGet &&
		websocket.IsWebSocketUpgrade(r) &&
		r.Header.Get("Sec-Websocket-Version") == "13"
}

// Hijack hands the connection on, once; nothing keeps its buffers after that.
func (d *detached) Hijack() (net.Conn, *bufio.ReadWriter, error) {
	rw := d.rw
	d.rw = nil
	return d.conn, rw, nil
}

// Header, Write and WriteHeader would carry an HTTP error, for which it is too
// late: the connection is closed instead.
func (d *detached) Header() http.Header { return http.Header{} }

// Write drops what it is given.
func (d *detached) Write(b []byte) (int, error) { return len(b), nil }

// WriteHeader does nothing.
func (d *detached) WriteHeader(int) {}
