package web

import (
	"encoding/json"
	"maps"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/gorilla/websocket"
)

// aScreen makes an activity in a new room and a screen link of it.
func (f *fixture) aScreen(more string) (code, token, activity, key string) {
	f.t.Helper()
	code, token = f.room()
	got := f.post("/api/rooms/"+code+"/activities/lobby/add", `{"with":{"kind":"paper","title":"<Plans> & \"more\""}}`, bearer(token)...)
	var added struct {
		Events []struct{ With struct{ ID string } }
	}
	if err := json.Unmarshal([]byte(got.body), &added); err != nil || len(added.Events) != 1 {
		f.t.Fatalf("%d %s", got.status, got.body)
	}
	activity = added.Events[0].With.ID
	made := f.post("/api/rooms/"+code+"/screens", `{"activity":"`+activity+`"`+more+`}`, bearer(token)...)
	if made.status != http.StatusCreated {
		f.t.Fatalf("%d %s", made.status, made.body)
	}
	return code, token, activity, made.field(f.t, "key").(string)
}

// Only the page of a screen may be framed, and it has nothing of this site.
func TestOnlyAScreenMayBeFramed(t *testing.T) {
	t.Parallel()
	f := start(t, options(func(o *Options) {
		o.Pages = withPages("index.html", `<!doctype html><head><script nonce="__CSP_NONCE__">app()</script></head>`)
	}))
	code, token, _, key := f.aScreen("")
	page := f.get("/screen/" + key)
	policy := page.header.Get("Content-Security-Policy")
	for _, part := range []string{"frame-ancestors *", "sandbox allow-scripts", "form-action 'none'", "base-uri 'none'"} {
		if !strings.Contains(policy+";", part+";") {
			t.Errorf("the policy has no %q: %s", part, policy)
		}
	}
	if strings.Contains(policy, "allow-same-origin") || page.status != http.StatusOK || page.header.Get("Referrer-Policy") != "no-referrer" || page.header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", page.status, page.header)
	}
	found := "http://" + f.host + "/oembed?url=" + url.QueryEscape("http://"+f.host+"/screen/"+key)
	if !strings.Contains(page.body, `<link rel="alternate" type="application/json+oembed" href="`+found+`" title="Team day · &lt;Plans&gt; &amp; &#34;more&#34;"></head>`) {
		t.Errorf("it is not discovered: %s", page.body)
	}
	wrong := f.get("/screen/" + key + "x")
	if wrong.status != http.StatusNotFound || strings.Contains(wrong.body, "oembed") || strings.Contains(wrong.body, "Plans") {
		t.Errorf("a wrong key: %d %s", wrong.status, wrong.body)
	}
	for _, path := range []string{"/", "/r/" + code, "/r/" + code + "/present", "/" + code, "/screen", "/screen/a/b", "/api/rooms/" + code, "/api/screens/" + key, "/oembed?url=x", "/plain"} {
		policy := f.get(path, bearer(token)...).header.Get("Content-Security-Policy")
		if !strings.Contains(policy, "frame-ancestors 'none'") {
			t.Errorf("%s may be framed: %s", path, policy)
		}
	}
	if got := f.get("/assets/app-1a2b.js").header.Get("Access-Control-Allow-Origin"); got != "*" {
		t.Errorf("assets are for %q", got)
	}
	for _, path := range []string{"/", "/api/rooms/" + code, "/sw.js"} {
		if got := f.get(path).header.Get("Access-Control-Allow-Origin"); got != "" {
			t.Errorf("%s can be read by %q", path, got)
		}
	}
	if text := f.log.String(); strings.Contains(text, key) {
		t.Error("the key is in the log")
	}
}

// The socket of a screen is for every origin, also for none that has a name; the
// sockets of members are not, whatever key comes with them.
func TestAScreensSocketIsForEveryOrigin(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token, activity, key := f.aScreen("")
	join := `{"join":"SCREEN","protocol":1,"peer":"screen-0001","next":1,"watch":{"` + activity + `":null,"lobby":null}}`
	for _, origin := range []string{"null", "https://elsewhere.example", "http://" + f.host, ""} {
		header := http.Header{}
		if origin != "" {
			header.Set("Origin", origin)
		}
		conn, _, err := websocket.DefaultDialer.Dial("ws://"+f.host+"/api/screens/"+key+"/socket", header)
		if err != nil {
			t.Fatalf("from %q: %v", origin, err)
		}
		if err := conn.WriteMessage(websocket.TextMessage, []byte(join)); err != nil {
			t.Fatal(err)
		}
		if err := conn.SetReadDeadline(time.Now().Add(10 * time.Second)); err != nil {
			t.Fatal(err)
		}
		all := ""
		for !strings.Contains(all, `"view"`) || !strings.Contains(all, `"no-activity"`) {
			_, frame, err := conn.ReadMessage()
			if err != nil {
				t.Fatalf("from %q: %v after %s", origin, err, all)
			}
			all += string(frame)
		}
		if strings.Contains(all, code) || strings.Contains(all, "Ada") {
			t.Errorf("it tells %s", all)
		}
		conn.Close()
	}
	for _, origin := range []string{"null", "https://elsewhere.example"} {
		header := http.Header{"Origin": {origin}, "Cookie": {"plenum=" + token}}
		conn, answer, err := websocket.DefaultDialer.Dial("ws://"+f.host+"/api/rooms/"+code+"/socket", header)
		if err == nil {
			conn.Close()
		}
		if answer == nil || answer.StatusCode != http.StatusForbidden {
			t.Errorf("a member's socket from %q: %v", origin, err)
		}
	}
	_, answer, err := websocket.DefaultDialer.Dial("ws://"+f.host+"/api/screens/"+key+"x/socket", nil)
	if err == nil || answer == nil || answer.StatusCode != http.StatusNotFound {
		t.Errorf("a wrong key: %v", err)
	}
}

// oEmbed answers as its specification says, for screens of this server alone.
func TestOEmbed(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token, _, key := f.aScreen(`,"code":true`)
	at := "http://" + f.host
	ask := func(address, more string) reply {
		return f.get("/oembed?url=" + url.QueryEscape(address) + more)
	}
	got := ask(at+"/screen/"+key+"?theme=light&evil=%22%3E", "&format=json&maxwidth=480")
	if got.status != http.StatusOK || got.field(t, "type") != "rich" || got.field(t, "version") != "1.0" || got.field(t, "width") != 480.0 || got.field(t, "height") != 270.0 {
		t.Errorf("%d %s", got.status, got.body)
	}
	frame := got.field(t, "html").(string)
	if !strings.HasPrefix(frame, `<iframe src="`+at+"/screen/"+key+`?theme=light" title="Team day · &lt;Plans&gt; &amp; &#34;more&#34;" width="480" height="270" sandbox="allow-scripts"`) {
		t.Errorf("the frame is %s", frame)
	}
	if got := ask(at+"/screen/"+key, "&maxheight=100&maxwidth=5000"); got.field(t, "height") != 100.0 || got.field(t, "width") != 177.0 {
		t.Errorf("low: %s", got.body)
	}
	for address, status := range map[string]int{
		at + "/screen/" + key + "x": 404, at + "/screen/": 404, at + "/r/" + code: 404, "https://elsewhere.example/screen/" + key: 404, "": 404,
		"ftp://" + f.host + "/screen/" + key: 404, "http://x@" + f.host + "/screen/" + key: 404, "/screen/" + key: 404, "::": 404, at + "/screen/" + key: 200,
	} {
		got := ask(address, "")
		if got.status != status || status != 200 && (strings.Contains(got.body, "Plans") || got.because() != "screen") {
			t.Errorf("%q: %d %s", address, got.status, got.body)
		}
	}
	for more, status := range map[string]int{"&format=xml": 501, "&format=": 501, "&maxwidth=63": 400, "&maxwidth=64": 200, "&maxheight=x": 400} {
		if got := ask(at+"/screen/"+key, more); got.status != status {
			t.Errorf("%s: %d %s", more, got.status, got.body)
		}
	}
	about := f.get("/api/screens/" + key)
	if about.status != http.StatusOK || about.field(t, "code") != code || about.header.Get("Access-Control-Allow-Origin") != "*" {
		t.Errorf("%d %s", about.status, about.body)
	}
	id := f.get("/api/rooms/"+code+"/activities/lobby/view", bearer(token)...)
	link := id.body[strings.Index(id.body, `"screens":[{"id":"`)+len(`"screens":[{"id":"`):]
	link = link[:strings.Index(link, `"`)]
	if got := f.post("/api/rooms/"+code+"/activities/lobby/unscreen", `{"with":{"id":"`+link+`"}}`, bearer(token)...); got.status != http.StatusOK {
		t.Fatalf("revoke: %d %s", got.status, got.body)
	}
	if got := ask(at+"/screen/"+key, ""); got.status != http.StatusNotFound || got.because() != "screen" {
		t.Errorf("revoked: %d %s", got.status, got.body)
	}
}

// withPages are the test's pages, with another content of one.
func withPages(name, content string) fstest.MapFS {
	pages := maps.Clone(testPages)
	pages[name] = &fstest.MapFile{Data: []byte(content)}
	return pages
}
