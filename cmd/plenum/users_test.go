package main

import (
	"bytes"
	"net/http"
	"strings"
	"testing"
)

// Everything while the server runs, which remembers its tokens itself.
func TestAnOperatorHelpsWithAnAccount(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server := serve(t, data, serveCommand{})
	ada := browse(t, server.url)
	if status, got := ada.ask(http.MethodPost, "/api/account", `{"email":"Ada@example.org","password":"correct horse"}`); status != http.StatusCreated {
		t.Fatalf("sign up: %d %v", status, got)
	}
	code, _, _ := openChat(ada)
	tab := ada.join(code, "p-ada-00009", `"next":1,"watch":{}`)
	tab.until("joined", func(f frame) bool { return f.Joined })

	if got := mustRun(t, "user", "list", "--data", data); !strings.HasPrefix(got, "ada@example.org  since 20") {
		t.Errorf("the list: %q", got)
	}
	if got := mustRun(t, "user", "sessions", "ADA@example.org", "--data", data); strings.Count(got, "\n") != 1 {
		t.Errorf("the sessions: %q", got)
	}
	var stdout, stderr bytes.Buffer
	set := userPasswordCommand{Email: "ada@example.org"}
	if err := set.Run(t.Context(), folder(data), input{strings.NewReader("short\n")}, output{&stdout, &stderr}); err == nil {
		t.Error("a short password was set")
	}
	if err := set.Run(t.Context(), folder(data), input{strings.NewReader("set by hand\r\n")}, output{&stdout, &stderr}); err != nil {
		t.Fatal(err)
	}
	if got := tab.closed(); got != 4401 {
		t.Errorf("the tab is closed with %d", got)
	}
	if got := mustRun(t, "user", "sessions", "ada@example.org", "--data", data); got != "" {
		t.Errorf("there are sessions left: %q", got)
	}
	for password, want := range map[string]int{"correct horse": http.StatusForbidden, "set by hand": http.StatusOK} {
		if status, got := ada.ask(http.MethodPost, "/api/account/login", `{"email":"ada@example.org","password":"`+password+`"}`); status != want {
			t.Errorf("%s: %d %v", password, status, got)
		}
	}
	if got := mustRun(t, "user", "sessions", "ada@example.org", "--end", "--data", data); !strings.Contains(got, "ended: 1.") {
		t.Errorf("ending: %q", got)
	}
	if got := mustRun(t, "user", "second", "ada@example.org", "--data", data); got != "ada@example.org has no second step.\n" {
		t.Errorf("the second step: %q", got)
	}
	for _, args := range [][]string{{"user", "sessions", "bob@example.org"}, {"user", "second", "bob@example.org"}, {"user", "password", "bob@example.org"}, {"user", "list"}} {
		folder := data
		if args[1] == "list" {
			folder = t.TempDir()
		}
		if code, _, stderr := command(t, append(args, "--data", folder)...); code != 1 || !strings.Contains(stderr, "there is no ") {
			t.Errorf("%v: exit %d, %s", args, code, stderr)
		}
	}
}
