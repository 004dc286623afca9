package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// deep is JSON within JSON.
func deep(levels int) string { return strings.Repeat("[", levels) + strings.Repeat("]", levels) }

// oddContents are in the place of a command's content.
var oddContents = []string{
	deep(9_000), strings.Repeat(`{"text":`, 5_000) + "1" + strings.Repeat("}", 5_000),
	`{"text":1e999}`, `{"text":-0}`, `{"text":9007199254740993}`, `{"text":1e-999}`, `{"text":["a"]}`, `{"text":{"$gt":""}}`, `{"text":true}`, `{"text":null}`,
	`[{"text":"a"}]`, `"text"`, `null`, `0`, `-0`, `1E400`, `true`, `[]`, `{}`, `{"text":""}`, `{"text":"\ud800"}`, `{"text":"a\u0000"}`,
}

// oddFrames are no commands at all.
var oddFrames = []string{
	``, ` `, `{`, `}`, `nul`, `null`, `true`, `0`, `""`, `[]`, `{}`, `{"in":1}`, `{"in":["chat"],"do":"say","n":1}`, `{"in":"lobby"}`, `{"do":"say"}`, `{"n":1}`,
	`{"in":"lobby","do":"title","signal":"typing"}`, `{"in":"lobby","do":"title","n":-1}`, `{"in":"lobby","do":"title","n":1.5}`, `{"in":"lobby","do":"title","n":1e999}`,
	`{"in":"lobby","do":"title","n":"1"}`, `{"in":"lobby","do":"title","n":9007199254740993}`, `{"in":"lobby","do":"title","n":18446744073709551616}`,
	`{"watch":[]}`, `{"watch":{"lobby":"1"}}`, `{"watch":{"lobby":-1}}`, `{"watch":{"lobby":1e999}}`, `{"watch":1}`, `{"unwatch":{}}`, `{"unwatch":[1]}`, `{"in":"lobby","do":"title"}}`,
	`{"in":"lobby","do":"title"} {"in":"lobby"}`, deep(20_000), `{"in":"` + strings.Repeat("x", 65) + `","do":"x"}`, "\ufeff" + `{"in":"lobby","do":"title"}`,
}

// 15: JSON of odd shapes, on a socket and over HTTP.
func TestBadInput15OddJSON(t *testing.T) {
	t.Parallel()
	server := spawn(t, t.TempDir(), "--log-level", "debug")
	c := gather(t, server.url)
	before := c.events()
	tab := c.newcomer()
	for _, odd := range oddFrames {
		tab.send(odd)
		f := tab.until(fmt.Sprintf("a refusal of %.80s", odd), func(f frame) bool { return f.Refused != nil || f.Wait != nil })
		if f.Because != "malformed" || f.Say == "" {
			t.Errorf("%.80s was answered with %+v", odd, f)
		}
	}
	tab = c.newcomer() // with an allowance of its own
	for i, content := range oddContents {
		tab.send(fmt.Sprintf(`{"in":%q,"do":"say","with":%s,"n":%d}`, c.chat, content, i+1))
		f := tab.until(fmt.Sprintf("a refusal of %.80s", content), func(f frame) bool { return f.Refused != nil })
		if *f.Refused != uint64(i+1) && f.Because != "malformed" {
			t.Errorf("%.80s was answered with %+v", content, f)
		}
		if *f.Refused == 0 { // the frame itself could not be read: the number is still to come
			tab.send(fmt.Sprintf(`{"in":%q,"do":"say","with":{},"n":%d}`, c.chat, i+1))
			tab.until("a refusal", func(f frame) bool { return f.Refused != nil && *f.Refused == uint64(i+1) })
		}
	}
	say := "/api/rooms/" + c.code + "/activities/" + c.chat + "/say"
	for _, content := range oddContents {
		if status := c.post(say, `{"with":`+content+`}`); status < 400 || status >= 500 {
			t.Errorf("POST of %.80s: %d", content, status)
		}
	}
	for _, body := range append(oddFrames, `{"with":{"text":"a"},"n":-1}`, `{"with":{"text":"a"},"n":1e999}`, `{"with":{"text":"a"},"peer":1,"n":1}`, `{"with":{"text":"a"},"peer":"p-odd-00001","n":9007199254740993}`) {
		if status := c.post(say, body); status < 400 || status >= 500 {
			t.Errorf("POST of %.80s: %d", body, status)
		}
	}
	if after := c.events(); after != before {
		t.Errorf("odd commands made the log go from %d to %d", before, after)
	}
	// Of equal keys the last counts, the same everywhere.
	tab.send(fmt.Sprintf(`{"in":"lobby","in":%q,"do":"title","do":"say","with":{"text":"no"},"with":{"text":"no","text":"the last"},"n":1,"n":%d}`, c.chat, len(oddContents)+1))
	c.ada.untilHeard("the last")
	if log := server.log.String(); strings.Contains(log, "panic") || strings.Contains(log, "level=ERROR") {
		t.Errorf("the log has\n%s", log)
	}
	c.alive()
}

// post sends any body and makes sure that the answer is one of ours.
func (c *company) post(path, body string) (status int) {
	c.t.Helper()
	request, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.owner.url+path, strings.NewReader(body))
	if err != nil {
		c.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	request.Header.Set("Origin", c.owner.url)
	response, err := c.owner.http.Do(request)
	if err != nil {
		c.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	var refusal struct{ Because, Say string }
	if err := json.NewDecoder(bytes.NewReader(text)).Decode(&refusal); err != nil || refusal.Because == "" || refusal.Say == "" {
		c.t.Errorf("POST of %.80s: %d %s", body, response.StatusCode, text)
	}
	return response.StatusCode
}
