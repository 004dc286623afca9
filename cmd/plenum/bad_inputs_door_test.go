package main

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"plenum/internal/accounts"
)

// knock tries to open a room's socket with these headers, and tells the status.
func (c *company) knock(headers ...string) (conn *websocket.Conn, status int) {
	c.t.Helper()
	h := http.Header{}
	for i := 0; i < len(headers); i += 2 {
		h.Add(headers[i], headers[i+1])
	}
	address := strings.Replace(*c.at.Load(), "http", "ws", 1) + "/api/rooms/" + c.code + "/socket"
	conn, response, err := websocket.DefaultDialer.DialContext(c.t.Context(), address, h)
	if response == nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	if err != nil && !errors.Is(err, websocket.ErrBadHandshake) {
		c.t.Fatal(err)
	}
	if conn != nil {
		c.t.Cleanup(func() { conn.Close() })
	}
	return conn, response.StatusCode
}

// token is what a browser has in its cookie.
func (b *browser) token() string {
	b.t.Helper()
	at, err := url.Parse(b.url)
	if err != nil {
		b.t.Fatal(err)
	}
	for _, cookie := range b.jar.Cookies(at) {
		if cookie.Name == "plenum" {
			return cookie.Value
		}
	}
	b.t.Fatal("there is no cookie")
	return ""
}

// 1: a page of another site opens a socket with the person's cookie.
func TestBadInput01ForeignOrigin(t *testing.T) {
	t.Parallel()
	server := serve(t, t.TempDir(), serveCommand{})
	c := gather(t, server.url)
	cookie := "plenum=" + c.owner.token()
	host := strings.TrimPrefix(server.url, "http://")
	for _, origin := range []string{
		"https://evil.example", "null", "", "http://" + host + ".evil", "http://evil." + host, "http://localhost.evil:80",
		"http://127.0.0.1", "http://127.0.0.1:1", "ftp://" + host, "http://x@" + host, server.url + "/x", "http://[::1]:80",
	} {
		if _, status := c.knock("Origin", origin, "Cookie", cookie); status != http.StatusForbidden {
			t.Errorf("from %q: %d", origin, status)
		}
	}
	if _, status := c.knock("Cookie", cookie); status != http.StatusForbidden {
		t.Errorf("with a cookie and no origin: %d", status)
	}
	if _, status := c.knock("Origin", server.url, "Origin", "https://evil.example", "Cookie", cookie); status != http.StatusForbidden {
		t.Errorf("with two origins: %d", status)
	}
	for name, headers := range map[string][]string{
		"its own page":          {"Origin", server.url, "Cookie", cookie},
		"a program, no origin":  {"Authorization", "Bearer " + c.owner.token()},
		"a program, own origin": {"Authorization", "Bearer " + c.owner.token(), "Origin", server.url},
	} {
		if _, status := c.knock(headers...); status != http.StatusSwitchingProtocols {
			t.Errorf("%s: %d", name, status)
		}
	}
	if status, _ := c.owner.send(http.MethodPost, "/api/rooms/"+c.code+"/activities/lobby/title", `{"with":{"title":"Stolen"}}`, "Origin", "https://evil.example"); status != http.StatusForbidden {
		t.Errorf("a command from another site: %d", status)
	}
	c.alive()
}

// 2: the token is missing, was never issued, or was taken back.
func TestBadInput02NoValidToken(t *testing.T) {
	t.Parallel()
	server := serve(t, t.TempDir(), serveCommand{})
	c := gather(t, server.url)
	revoked := browse(t, server.url)
	revoked.enter(c.code, "Cy")
	tab := revoked.join(c.code, "p-cy-000001", `"next":1,"watch":{}`)
	tab.until("joined", func(f frame) bool { return f.Joined })
	if err := accounts.New(server.program.store, accounts.Options{}).Revoke(t.Context(), revoked.token()); err != nil {
		t.Fatal(err)
	}
	never := []string{"x", strings.Repeat("A", 43), strings.Repeat("A", 10_000), "' OR 1=1 --", c.owner.token() + "A", c.owner.token()[1:]}
	c.shut(never...)
	if conn, status := c.knock("Origin", server.url, "Cookie", "plenum="); conn != nil || status != http.StatusUnauthorized {
		t.Errorf("an empty cookie: %d", status)
	}
	if conn, status := c.knock("Origin", server.url); conn != nil || status != http.StatusUnauthorized {
		t.Errorf("nothing: %d", status)
	}
	c.alive()
	// The program itself takes no token back yet; a later process sees what was.
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	again := serve(t, server.data, serveCommand{})
	c.move(again.url)
	c.shut(append(never, revoked.token())...)
	c.alive()
}

// shut makes sure that tokens open nothing.
func (c *company) shut(tokens ...string) {
	c.t.Helper()
	url := *c.at.Load()
	for _, token := range tokens {
		if conn, status := c.knock("Origin", url, "Cookie", "plenum="+token); conn != nil || status != http.StatusUnauthorized {
			c.t.Errorf("a cookie %.50q: %d", token, status)
		}
		if conn, status := c.knock("Authorization", "Bearer "+token); conn != nil || status != http.StatusUnauthorized {
			c.t.Errorf("a bearer %.50q: %d", token, status)
		}
	}
}

// 4: somebody asks for things of a room that they are not in, and has guessed
// its code and the ids in it.
func TestBadInput04RoomOfOthers(t *testing.T) {
	t.Parallel()
	server := serve(t, t.TempDir(), serveCommand{})
	c := gather(t, server.url)
	outsider := browse(t, server.url)
	own := outsider.create()
	before := c.events()
	for _, path := range []string{"/activities/" + c.chat + "/view", "/activities/" + c.chat + "/read/older", "/activities/lobby/view", "/events?watch=" + c.chat} {
		if status, answer := outsider.ask(http.MethodGet, "/api/rooms/"+c.code+path, ""); status != http.StatusForbidden || answer["because"] != "not-member" {
			t.Errorf("%s: %d %v", path, status, answer)
		}
	}
	for _, path := range []string{"/activities/" + c.chat + "/say", "/activities/lobby/title", "/links"} {
		if status, answer := outsider.ask(http.MethodPost, "/api/rooms/"+c.code+path, `{"role":"host","with":{"text":"I am in","title":"Mine"}}`); status != http.StatusForbidden || answer["because"] != "not-member" {
			t.Errorf("%s: %d %v", path, status, answer)
		}
	}
	if got := outsider.join(c.code, "p-out-00001", fmt.Sprintf(`"next":1,"watch":{%q:null}`, c.chat)).closed(); got != 4401 {
		t.Errorf("the socket was closed with %d", got)
	}
	// In a room of one's own the ids of another room mean nothing.
	tab := outsider.join(own, "p-out-00002", fmt.Sprintf(`"next":1,"watch":{%q:null}`, c.chat))
	tab.until("a refused watch", func(f frame) bool { return f.Watch[c.chat].Refused == "no-activity" })
	tab.send(fmt.Sprintf(`{"in":%q,"do":"say","with":{"text":"I am in"},"n":1}`, c.chat))
	tab.until("a refusal", func(f frame) bool { return f.Refused != nil && *f.Refused == 1 && f.Because == "no-activity" })
	for path, body := range map[string]string{"/activities/" + c.chat + "/say": `{"with":{"text":"I am in"}}`, "/activities/lobby/rename": `{"with":{"id":"` + c.chat + `","title":"x"}}`} {
		if status, answer := outsider.ask(http.MethodPost, "/api/rooms/"+own+path, body); status != http.StatusNotFound {
			t.Errorf("%s in a room of one's own: %d %v", path, status, answer)
		}
	}
	// The first frame names another room than the address.
	mixed := outsider.open(own)
	mixed.send(`{"join":"` + c.code + `","protocol":1,"peer":"p-out-00003","next":1,"watch":{}}`)
	if got := mixed.closed(); got != 4400 {
		t.Errorf("a socket for two rooms was closed with %d", got)
	}
	if after := c.events(); after != before {
		t.Errorf("the room's log went from %d to %d", before, after)
	}
	c.alive()
}

// events is how far the room's log goes.
func (c *company) events() int {
	c.t.Helper()
	status, view := c.owner.ask(http.MethodGet, "/api/rooms/"+c.code+"/activities/lobby/view", "")
	if status != http.StatusOK {
		c.t.Fatal(status, view)
	}
	return int(view["seq"].(float64))
}

// 25: what would mean something in SQL means nothing here.
func TestBadInput25SQLMetacharacters(t *testing.T) {
	t.Parallel()
	server := serve(t, t.TempDir(), serveCommand{})
	c := gather(t, server.url)
	junk := []string{`' OR '1'='1`, `1 OR 1=1`, `"; DROP TABLE events; --`, `%`, `_`, `\`, `?`, `@p1`, `:room`, `$1`, `" NEAR( *`, `/*`, `x'7231'`, `NULL`, `;`}
	for _, text := range junk {
		escaped := url.PathEscape(text)
		for _, path := range []string{"/api/rooms/" + escaped, "/api/rooms/" + c.code + "/activities/" + escaped + "/view", "/api/rooms/" + c.code + "/activities/" + c.chat + "/read/" + escaped} {
			if status, answer := c.owner.ask(http.MethodGet, path, ""); status != http.StatusNotFound {
				t.Errorf("%s: %d %v", path, status, answer)
			}
		}
		path := "/api/rooms/" + c.code + "/activities/" + c.chat + "/read/older?before=" + url.QueryEscape(text)
		if status, answer := c.owner.ask(http.MethodGet, path, ""); status != http.StatusBadRequest {
			t.Errorf("%s: %d %v", path, status, answer)
		}
		body := fmt.Sprintf(`{"with":{"text":%q},"peer":%q,"n":1}`, text, text)
		if status, answer := c.owner.ask(http.MethodPost, "/api/rooms/"+c.code+"/activities/"+c.chat+"/say", body); status != http.StatusBadRequest {
			t.Errorf("a peer %s: %d %v", text, status, answer)
		}
		c.ben.say(text) // as text it is text
		c.ada.untilHeard(text)
		named := browse(t, server.url)
		status, answer := named.ask(http.MethodPost, "/api/rooms/"+c.code+"/enter", fmt.Sprintf(`{"name":%q,"key":""}`, text))
		if status != http.StatusOK || answer["member"].(map[string]any)["name"] != text {
			t.Errorf("a name %s: %d %v", text, status, answer)
		}
		if status, answer := named.ask(http.MethodPost, "/api/rooms/"+c.code+"/enter", fmt.Sprintf(`{"name":"x","key":%q}`, text)); status != http.StatusForbidden {
			t.Errorf("a key %s: %d %v", text, status, answer)
		}
	}
	c.alive()
}
