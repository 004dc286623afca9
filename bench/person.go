package bench

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/gorilla/websocket"
)

// crowd is many people with one HTTP client.
type crowd struct {
	url  string
	http *http.Client
}

func newCrowd(url string) *crowd {
	return &crowd{url: url, http: &http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: 64, MaxConnsPerHost: 64}, Timeout: 60 * time.Second,
	}}
}

// person is somebody in a room, known by a token.
type person struct {
	crowd  *crowd
	token  string
	code   string
	member string
}

// post sends a request as a person, or as a stranger who gets a token.
func (c *crowd) post(ctx context.Context, path, token string, body, answer any) (newToken string, err error) {
	content, err := json.Marshal(body)
	if err != nil {
		return "", err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url+path, bytes.NewReader(content))
	if err != nil {
		return "", err
	}
	request.Header.Set("Content-Type", "application/json")
	if token != "" {
		request.Header.Set("Authorization", "Bearer "+token)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return "", err
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return "", err
	}
	if response.StatusCode >= 300 {
		return "", fmt.Errorf("%s: %s %s", path, response.Status, text)
	}
	for _, cookie := range response.Cookies() {
		if cookie.Name == "plenum" {
			token = cookie.Value
		}
	}
	return token, json.Unmarshal(text, answer)
}

// start makes a room and returns its owner.
func (c *crowd) start(ctx context.Context) (*person, error) {
	var made struct {
		Code   string
		Member struct{ ID string }
	}
	token, err := c.post(ctx, "/api/rooms", "", map[string]string{"title": "Load", "name": "Host"}, &made)
	return &person{c, token, made.Code, made.Member.ID}, err
}

// enter makes a new member of a room.
func (c *crowd) enter(ctx context.Context, code, name string) (*person, error) {
	var entered struct{ Member struct{ ID string } }
	token, err := c.post(ctx, "/api/rooms/"+code+"/enter", "", map[string]string{"name": name}, &entered)
	return &person{c, token, code, entered.Member.ID}, err
}

// enterAll makes many members, some at a time.
func (c *crowd) enterAll(ctx context.Context, code string, people int) ([]*person, error) {
	all := make([]*person, people)
	err := inParallel(ctx, people, 64, func(i int) (err error) {
		all[i], err = c.enter(ctx, code, fmt.Sprint("Person ", i+1))
		return err
	})
	return all, err
}

// do sends a command over HTTP and returns the first event's content.
func (p *person) do(ctx context.Context, activity, command string, with any) (json.RawMessage, error) {
	var answer struct {
		Events []struct{ With json.RawMessage }
	}
	path := "/api/rooms/" + p.code + "/activities/" + activity + "/" + command
	if _, err := p.crowd.post(ctx, path, p.token, map[string]any{"with": with}, &answer); err != nil {
		return nil, err
	}
	if len(answer.Events) == 0 {
		return nil, nil
	}
	return answer.Events[0].With, nil
}

// add adds an activity to the room and returns its id.
func (p *person) add(ctx context.Context, kind string) (string, error) {
	content, err := p.do(ctx, "lobby", "add", map[string]any{"kind": kind, "title": "Load"})
	if err != nil {
		return "", err
	}
	var entry struct{ ID string }
	if err := json.Unmarshal(content, &entry); err != nil {
		return "", err
	}
	return entry.ID, nil
}

var buffers sync.Pool

// dial opens the room's socket and joins.
func (p *person) dial(ctx context.Context, join map[string]any) (*websocket.Conn, error) {
	dialer := websocket.Dialer{ReadBufferSize: 1024, WriteBufferSize: 1024, WriteBufferPool: &buffers, HandshakeTimeout: 30 * time.Second}
	address := "ws" + strings.TrimPrefix(p.crowd.url, "http") + "/api/rooms/" + p.code + "/socket"
	conn, _, err := dialer.DialContext(ctx, address, http.Header{"Authorization": {"Bearer " + p.token}})
	if err != nil {
		return nil, err
	}
	join["join"], join["protocol"] = p.code, 1
	if err := conn.WriteJSON(join); err != nil {
		return nil, errors.Join(err, conn.Close())
	}
	return conn, nil
}

// inParallel calls f for 0 … n-1, so many at a time, and returns the first error.
func inParallel(ctx context.Context, n, atOnce int, f func(int) error) error {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	next := make(chan int)
	var workers sync.WaitGroup
	for range min(n, atOnce) {
		workers.Go(func() {
			for i := range next {
				if err := f(i); err != nil {
					cancel(err)
					return
				}
			}
		})
	}
	for i := range n {
		select {
		case next <- i:
			continue
		case <-ctx.Done():
		}
		break
	}
	close(next)
	workers.Wait()
	return context.Cause(ctx)
}

// view is the content of a document as the server has it.
func (p *person) view(ctx context.Context, doc string) (json.RawMessage, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, p.crowd.url+"/api/rooms/"+p.code+"/activities/"+doc+"/view", nil)
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+p.token)
	response, err := p.crowd.http.Do(request)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	var answer struct {
		View struct{ Content json.RawMessage }
	}
	err = json.NewDecoder(response.Body).Decode(&answer)
	return answer.View.Content, err
}
