package web

import (
	"net/http"
	"strings"
	"testing"
)

// Notices are of the person whose cookie or token it is; who is nobody has none.
func TestNotices(t *testing.T) {
	t.Parallel()
	f := start(t)
	code, token := f.room()
	owner := bearer(token)
	for _, ask := range []struct {
		method, path, body string
		status             int
		header             []string
		says               string
	}{
		{"GET", "/api/notices", "", 200, nil, `{"unread":0,"notices":[]}`},
		{"GET", "/api/notices", "", 200, owner, `{"unread":0,"notices":[]}`},
		{"GET", "/api/notices", "", 401, bearer("nonsense"), "token"},
		{"POST", "/api/notices/read", `{"ids":[1,2]}`, 200, owner, "{}"},
		{"POST", "/api/notices/read", `{"through":7}`, 200, owner, "{}"},
		{"POST", "/api/notices/read", `{}`, 400, owner, "malformed"},
		{"POST", "/api/notices/read", `{"ids":[1],"through":7}`, 400, owner, "malformed"},
		{"POST", "/api/notices/read", `{"through":-1}`, 400, owner, "malformed"},
		{"POST", "/api/notices/read", `{"ids":["1"]}`, 400, owner, "malformed"},
		{"POST", "/api/notices/read", `{"ids":[` + strings.Repeat("1,", 100) + `1]}`, 400, owner, "malformed"},
		{"POST", "/api/notices/level", `{"room":"` + strings.ToLower(code) + `","level":"none"}`, 200, owner, "{}"},
		{"GET", "/api/notices/settings", "", 200, owner, `{"rooms":[{"room":"` + code + `","level":"none"}],"key":"`},
		{"POST", "/api/notices/level", `{"room":"` + code + `","level":"mentions"}`, 200, owner, "{}"},
		{"GET", "/api/notices/settings", "", 200, owner, `{"rooms":[],"key":"`},
		{"POST", "/api/notices/level", `{"room":"` + code + `","level":"loud"}`, 400, owner, "malformed"},
		{"POST", "/api/notices/level", `{"room":"x","level":"all"}`, 400, owner, "malformed"},
		{"POST", "/api/notices/level", `{"room":"222222","level":"all"}`, 404, owner, "no-room"},
		{"POST", "/api/notices/level", `{"room":"` + code + `","level":"all"}`, 403, bearer(f.someone()), "not-member"},
		{"POST", "/api/notices/level", `{"room":"` + code + `","level":"all"}`, 401, nil, "token"},
		{"POST", "/api/notices/quiet", `{"quiet":{"from":1320,"to":420,"zone":"Asia/Shanghai"}}`, 200, owner, "{}"},
		{"GET", "/api/notices/settings", "", 200, owner, `"quiet":{"from":1320,"to":420,"zone":"Asia/Shanghai"}`},
		{"GET", "/api/notices/settings", "", 200, nil, `{"rooms":[],"key":"`},
		{"POST", "/api/notices/quiet", `{"quiet":{"from":1320,"to":1320,"zone":"Asia/Shanghai"}}`, 400, owner, "malformed"},
		{"POST", "/api/notices/quiet", `{"quiet":{"from":1320,"to":420,"zone":"Moon/Base"}}`, 400, owner, "malformed"},
		{"POST", "/api/notices/quiet", `{"quiet":null}`, 200, owner, "{}"},
		{"POST", "/api/notices/quiet", `{"quiet":null}`, 401, nil, "token"},
		{"POST", "/api/notices/mail", `{"mail":false}`, 200, owner, "{}"},
		{"POST", "/api/notices/mail", `{}`, 400, owner, "malformed"},
		{"POST", "/api/notices/mail", `{"mail":true}`, 401, nil, "token"},
		{"POST", "/api/notices/devices", aDevice("https://push.example/x"), 200, owner, "{}"},
		{"POST", "/api/notices/devices", aDevice("https://push.example/x"), 401, nil, "token"},
		{"POST", "/api/notices/devices", aDevice("http://127.0.0.1:5/x"), 403, owner, "push-service"},
		{"POST", "/api/notices/devices", aDevice("https://169.254.169.254/x"), 403, owner, "push-service"},
		{"POST", "/api/notices/devices", `{"endpoint":"https://push.example/x"}`, 400, owner, "malformed"},
		{"POST", "/api/notices/devices/end", `{"endpoint":"https://push.example/x"}`, 200, owner, "{}"},
	} {
		got := f.do(ask.method, ask.path, ask.body, ask.header...)
		if got.status != ask.status || !strings.Contains(got.body, ask.says) {
			t.Errorf("%s %s %.80s: %d %s, not %d %s", ask.method, ask.path, ask.body, got.status, got.body, ask.status, ask.says)
		}
	}
}

// aDevice is a push subscription as a browser gives it.
func aDevice(endpoint string) string {
	const point = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4" // of RFC 8291
	return `{"endpoint":"` + endpoint + `","keys":{"p256dh":"` + point + `","auth":"BTBZMqHH6r4Tts7J_aSIgg"},"language":"en"}`
}

// The connections of a person hear that their notices are others, and no others do.
func TestANudgeIsForItsPersonAlone(t *testing.T) {
	t.Parallel()
	f := start(t)
	persons := map[string]string{}
	for _, name := range []string{"ada", "ben"} {
		token := f.someone()
		person, err := f.people.Person(t.Context(), token)
		if err != nil {
			t.Fatal(err)
		}
		persons[name] = person
		conn := newStreamConn()
		f.site.crowd.add(conn, whose{person: person})
		defer f.site.crowd.remove(conn)
		defer func() {
			frames, last := conn.take()
			if want := map[string]int{"ada": 0, "ben": 1}[name]; len(frames) != want || last != nil {
				t.Errorf("%s hears %q", name, frames)
			}
		}()
	}
	full := newStreamConn()
	f.site.crowd.add(full, whose{person: persons["ben"]})
	defer f.site.crowd.remove(full)
	full.Send(make([]byte, nudgeBelow))
	stranger := newStreamConn()
	f.site.crowd.add(stranger, whose{session: "of nobody"})
	defer f.site.crowd.remove(stranger)
	f.site.crowd.nudge([]string{persons["ben"]})
	for what, conn := range map[string]*streamConn{"who does not keep up": full, "who did not ask": stranger} {
		for _, frame := range first(conn.take()) {
			if strings.Contains(string(frame), "notices") {
				t.Errorf("%s hears %q", what, frame)
			}
		}
	}
}

func first(frames [][]byte, _ *ending) [][]byte { return frames }

// Who asks too often is told so.
func TestNoticesAreAskedForWithMeasure(t *testing.T) {
	t.Parallel()
	f := start(t)
	token := bearer(f.someone())
	for range 3 * noticeBurst {
		if got := f.get("/api/notices", token...); got.status != http.StatusOK {
			if got.status != http.StatusTooManyRequests || got.because() != "tries" {
				t.Errorf("%d %s", got.status, got.body)
			}
			return
		}
	}
	t.Error("nobody was stopped")
}
