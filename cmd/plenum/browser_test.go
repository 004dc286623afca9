package main

import (
	"encoding/json"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"
)

// browser is a person's browser: it keeps cookies and sends an Origin.
type browser struct {
	t    *testing.T
	url  string
	jar  http.CookieJar
	http *http.Client
}

func browse(t *testing.T, url string) *browser {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &browser{t, url, jar, &http.Client{Jar: jar, Transport: &http.Transport{DisableKeepAlives: true}}}
}

// ask sends a request and decodes the answer.
func (b *browser) ask(method, path, body string) (status int, answer map[string]any) {
	b.t.Helper()
	return b.send(method, path, body, "Origin", b.url)
}

// send is ask with these headers.
func (b *browser) send(method, path, body string, headers ...string) (status int, answer map[string]any) {
	b.t.Helper()
	request, err := http.NewRequestWithContext(b.t.Context(), method, b.url+path, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := b.http.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	if err := json.Unmarshal(text, &answer); err != nil {
		b.t.Fatalf("%s %s: %d %q", method, path, response.StatusCode, text)
	}
	return response.StatusCode, answer
}

// submit sends a form as a page does, and goes where it is sent on to.
func (b *browser) submit(path string, form url.Values) (status int) {
	b.t.Helper()
	request, err := http.NewRequestWithContext(b.t.Context(), http.MethodPost, b.url+path, strings.NewReader(form.Encode()))
	if err != nil {
		b.t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", b.url)
	response, err := b.http.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		b.t.Fatal(err)
	}
	return response.StatusCode
}

func (b *browser) create() (code string) {
	b.t.Helper()
	status, made := b.ask(http.MethodPost, "/api/rooms", `{"title":"Team day","name":"Ada"}`)
	if status != http.StatusCreated {
		b.t.Fatalf("create: %d %v", status, made)
	}
	return made["code"].(string)
}

func (b *browser) enter(code, name string) {
	b.t.Helper()
	if status, answer := b.ask(http.MethodPost, "/api/rooms/"+code+"/enter", `{"name":"`+name+`"}`); status != http.StatusOK {
		b.t.Fatalf("enter: %d %v", status, answer)
	}
}

// bytesOf is what is at an address, and its status.
func (b *browser) bytesOf(path string) (int, string) {
	b.t.Helper()
	request, err := http.NewRequestWithContext(b.t.Context(), http.MethodGet, b.url+path, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	response, err := b.http.Do(request)
	if err != nil {
		b.t.Fatal(err)
	}
	defer response.Body.Close()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return response.StatusCode, string(text)
}
