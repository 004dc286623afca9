package web

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"plenum/rooms"
)

// plainSheet is how a paper is filled without scripts: by those who take part.
var plainSheet = &rooms.Plainly{
	Ask: func(view, _ json.RawMessage) (rooms.Plain, error) {
		return rooms.Plain{
			State: rooms.PlainAsks, Title: "What <b>is</b> it?", Answered: string(view) != `""`, Hint: rooms.PlainHint{How: "texts", Most: 2},
			Fields: []rooms.PlainField{{Name: "answer", Input: rooms.PlainLong, Most: 20}},
		}, nil
	},
	Answer: func(_, _ json.RawMessage, form map[string][]string) (string, json.RawMessage, error) {
		if len(form["answer"]) != 1 || form["answer"][0] == "" {
			return "", nil, rooms.Refuse("paper-empty", "Nothing is on the paper.")
		}
		with, err := json.Marshal(form["answer"][0])
		return "sign", with, err
	},
}

func (f *fixture) send(path string, form url.Values, headers ...string) reply {
	f.t.Helper()
	return f.do(http.MethodPost, path, form.Encode(), append([]string{"Content-Type", "application/x-www-form-urlencoded"}, headers...)...)
}

// cookie is the header of somebody who was given a cookie.
func (r reply) cookie() []string {
	name, _, _ := strings.Cut(r.header.Get("Set-Cookie"), ";")
	return []string{"Cookie", name}
}

func (r reply) has(t *testing.T, status int, texts ...string) {
	t.Helper()
	if r.status != status {
		t.Errorf("the status is %d, want %d: %s", r.status, status, r.body)
	}
	for _, text := range texts {
		if !strings.Contains(r.body, text) {
			t.Errorf("%q is not on the page: %s", text, r.body)
		}
	}
}

func TestSomebodyAnswersWithoutScripts(t *testing.T) {
	t.Parallel()
	f := start(t)
	at, owner := f.paper()
	code := strings.Split(at, "/")[3]
	id := at[strings.LastIndex(at, "/")+1:]
	page := "/plain/" + code

	if got := f.get("/" + code + "?plain"); got.status != http.StatusSeeOther || got.header.Get("Location") != page {
		t.Errorf("from the page of the code one comes to %q with %d", got.header.Get("Location"), got.status)
	}
	if got := f.get("/plain?code=" + strings.ToLower(code)); got.header.Get("Location") != page {
		t.Errorf("a typed code leads to %q", got.header.Get("Location"))
	}
	f.get(page).has(t, http.StatusOK, "Team day", code, `name="name"`)
	f.get(page, "Accept-Language", "zh-CN,zh;q=0.9,en;q=0.5").has(t, http.StatusOK, `lang="zh-CN"`, "加入")
	f.send(page, url.Values{"do": {"enter"}, "name": {""}}).has(t, http.StatusConflict, `role="alert"`, `name="name"`)

	in := f.send(page, url.Values{"do": {"enter"}, "name": {`Ben "<i>"`}})
	if in.status != http.StatusSeeOther || in.header.Get("Location") != page {
		t.Fatalf("entering: %d %s", in.status, in.body)
	}
	ben := in.cookie()
	f.get(page, ben...).has(t, http.StatusOK, "Nothing can be answered", `http-equiv="refresh"`, "Ben &#34;&lt;i&gt;&#34;")

	if got := f.post("/api/rooms/"+code+"/activities/lobby/focus", `{"with":{"id":"`+id+`"}}`, owner...); got.status != http.StatusOK {
		t.Fatalf("put on the screens: %d %s", got.status, got.body)
	}
	asked := f.get(page, ben...)
	asked.has(t, http.StatusOK, "What &lt;b&gt;is&lt;/b&gt; it?", "Up to 2 answers.", `value="`+id+`"`)
	if strings.Contains(asked.body, "http-equiv") {
		t.Error("a form that is being filled is loaded again by itself")
	}
	if policy := asked.header.Get("Content-Security-Policy"); !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "script") {
		t.Errorf("the policy is %q", policy)
	}

	f.send(page, url.Values{"activity": {id}}, ben...).has(t, http.StatusConflict, "Nothing is on the paper.")
	f.send(page, url.Values{"activity": {id}}, append(ben, "Accept-Language", "zh")...).has(t, http.StatusConflict, `lang="en"`)
	f.send(page, url.Values{"activity": {"poll-9"}, "answer": {"so <it> is"}}, ben...).has(t, http.StatusConflict, "Something else", "so &lt;it&gt; is")
	if got := f.send(page, url.Values{"activity": {id}, "answer": {"one\r\ntwo"}}, ben...); got.status != http.StatusSeeOther {
		t.Errorf("an answer: %d %s", got.status, got.body)
	}
	f.get(page, ben...).has(t, http.StatusOK, "Your answer counts.")
	if got := f.get(at+"/view", owner...); !strings.Contains(got.body, `one\\ntwo`) {
		t.Errorf("the paper is %s", got.body)
	}
}

func TestThePageWithoutScriptsIsADoorLikeTheOthers(t *testing.T) {
	t.Parallel()
	f := start(t)
	at, owner := f.paper()
	code := strings.Split(at, "/")[3]
	page := "/plain/" + code
	answer := url.Values{"activity": {"paper-1"}, "answer": {"yes"}}

	f.get("/plain/ZZZZZZ").has(t, http.StatusNotFound, `role="alert"`, `name="code"`)
	f.get("/plain/nonsense").has(t, http.StatusNotFound, `name="code"`)
	f.get("/plain?code=??").has(t, http.StatusNotFound, `name="code"`)
	f.send(page, answer).has(t, http.StatusForbidden, `name="name"`) // nobody
	f.send(page, answer, "Origin", "https://elsewhere.example", "Sec-Fetch-Site", "cross-site").has(t, http.StatusForbidden, "origin")
	f.post(page, `{"do":"enter","name":"Eve"}`).has(t, http.StatusBadRequest)
	f.send(page, url.Values{"do": {"enter"}, "name": {strings.Repeat("x", 70_000)}}).has(t, http.StatusRequestEntityTooLarge)
	f.send(page, url.Values{"do": {"enter"}, "name": {"\xff"}}).has(t, http.StatusBadRequest)

	if got := f.post("/api/rooms/"+code+"/passcode", `{"passcode":"open sesame"}`, owner...); got.status != http.StatusOK {
		t.Fatalf("a passcode: %d %s", got.status, got.body)
	}
	f.get(page).has(t, http.StatusOK, `name="passcode"`)
	f.send(page, url.Values{"do": {"enter"}, "name": {"Eve"}, "passcode": {"guess"}}).has(t, http.StatusForbidden, `value="Eve"`)
	if got := f.send(page, url.Values{"do": {"enter"}, "name": {"Ben"}, "passcode": {"open sesame"}}); got.status != http.StatusSeeOther {
		t.Errorf("with the passcode: %d %s", got.status, got.body)
	}
}
