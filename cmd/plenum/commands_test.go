package main

import (
	"bytes"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// command runs the program inside the test.
func command(t *testing.T, args ...string) (code int, stdout, stderr string) {
	t.Helper()
	var out, errs bytes.Buffer
	code = run(t.Context(), args, &out, &errs)
	return code, out.String(), errs.String()
}

func mustRun(t *testing.T, args ...string) string {
	t.Helper()
	code, stdout, stderr := command(t, args...)
	if code != 0 || stderr != "" {
		t.Fatalf("%v: exit %d\n%s%s", args, code, stdout, stderr)
	}
	return stdout
}

func TestABackupIsRestored(t *testing.T) {
	t.Parallel()
	data, copied, backup := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "backup.db")
	server := serve(t, data, serveCommand{})
	ada := browse(t, server.url)
	code, _, tab := openChat(ada)
	joined := ada.join(code, "p-ada-00002", `"next":1,"watch":{}`).until("joined", func(f frame) bool { return f.Joined })
	mustRun(t, "backup", backup, "--data", data) // while it runs
	tab.send(`{"in":"lobby","do":"title","with":{"title":"After the backup"},"n":2}`)
	tab.hears("titled", "")
	if code, _, stderr := command(t, "backup", backup, "--data", data); code != 1 || !strings.Contains(stderr, "exists already") {
		t.Errorf("a backup over a backup: exit %d, %s", code, stderr)
	}
	if code, _, stderr := command(t, "restore", backup, "--data", data); code != 1 || !strings.Contains(stderr, "has a database already") {
		t.Errorf("a restore over data: exit %d, %s", code, stderr)
	}

	mustRun(t, "restore", backup, "--data", copied)
	restored := serve(t, copied, serveCommand{})
	ada.url = restored.url
	status, about := ada.ask(http.MethodGet, "/api/rooms/"+code, "")
	if status != http.StatusOK || about["title"] != "Team day" || about["member"] == nil {
		t.Fatalf("restored: %d %v", status, about)
	}
	again := ada.join(code, "p-ada-00002", `"next":1,"watch":{}`).until("joined", func(f frame) bool { return f.Joined })
	if again.Epoch == joined.Epoch || again.Epoch == "" {
		t.Errorf("the epoch was %q and is %q", joined.Epoch, again.Epoch)
	}
}

func TestTheDoctorTells(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	mustRun(t, "migrate", "--data", data)
	if report := mustRun(t, "doctor", "--data", data); !strings.Contains(report, "ok ") || strings.Contains(report, "WRONG") {
		t.Errorf("of a new database:\n%s", report)
	}
	if code, _, stderr := command(t, "doctor", "--data", t.TempDir()); code != 1 || stderr == "" {
		t.Errorf("of nothing: exit %d, %s", code, stderr)
	}
	if err := os.WriteFile(filepath.Join(data, "plenum.db"), bytes.Repeat([]byte("no database "), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, stdout, stderr := command(t, "doctor", "--data", data); code != 1 {
		t.Errorf("of rubbish: exit %d\n%s%s", code, stdout, stderr)
	}
	if code, _, _ := command(t, "--listen", "127.0.0.1:0", "--data", data); code != 1 {
		t.Errorf("serving rubbish: exit %d", code)
	}
}

func TestEveryFlagIsExplained(t *testing.T) {
	t.Parallel()
	help := mustRun(t, "serve", "--help")
	for _, name := range []string{"listen", "data", "base-url", "tls-cert", "tls-key", "trust-proxy", "smtp", "mail-from", "mail-unread", "oidc-issuer", "oidc-client", "oidc-secret", "oidc-name", "log-level", "log-format", "qr"} {
		variable := "$PLENUM_" + strings.ToUpper(strings.ReplaceAll(name, "-", "_"))
		if !strings.Contains(help, "--"+name) || !strings.Contains(help, variable) {
			t.Errorf("--%s or %s is not explained:\n%s", name, variable, help)
		}
	}
	for _, name := range []string{"serve", "migrate", "backup", "restore", "doctor", "version"} {
		if !strings.Contains(mustRun(t, "--help"), "\n  "+name) {
			t.Errorf("%s is not explained", name)
		}
	}
	if told := mustRun(t, "version"); told != "plenum "+version()+"\n" {
		t.Errorf("the version is %q", told)
	}
}

func TestWrongFlagsAreRefused(t *testing.T) {
	t.Parallel()
	for _, args := range [][]string{
		{"--nonsense"}, {"walk"}, {"--log-format", "xml"}, {"--log-level", "loud"}, {"--trust-proxy", "everybody"}, {"--tls-cert", "commands_test.go"},
		{"--base-url", "plenum.example"}, {"--base-url", "ftp://x"}, {"--base-url", "https://x/path"}, {"--max-sockets", "0"}, {"backup"},
		{"--smtp", "smtp://127.0.0.1", "--mail-from", "plenum@example.org"}, {"--smtp", "http://x", "--mail-from", "plenum@example.org", "--base-url", "https://x"},
		{"--smtp", "smtp://127.0.0.1", "--base-url", "https://x"},
		{"--oidc-issuer", "https://id.example", "--base-url", "https://x"}, {"--oidc-issuer", "https://id.example", "--oidc-client", "plenum"},
		{"--oidc-issuer", "http://id.example", "--oidc-client", "plenum", "--base-url", "https://x"}, {"--oidc-client", "plenum", "--base-url", "https://x"},
	} {
		args = append(args, "--data", t.TempDir())
		if code, _, stderr := command(t, args...); code != 2 || !strings.HasPrefix(stderr, "plenum: ") {
			t.Errorf("%v: exit %d, %s", args, code, stderr)
		}
	}
	if code, _, stderr := command(t, "--listen", "256.0.0.1:x", "--data", t.TempDir()); code != 1 || stderr == "" {
		t.Errorf("no address: exit %d, %s", code, stderr)
	}
}

func TestTheGreetingHasACodeForPhones(t *testing.T) {
	t.Parallel()
	var plain, scanned bytes.Buffer
	greet(&plain, addresses{"http://localhost:8080", "http://192.168.1.7:8080"}, false)
	greet(&scanned, addresses{"http://localhost:8080", "http://192.168.1.7:8080"}, true)
	for _, want := range []string{"http://localhost:8080\n", "http://192.168.1.7:8080\n"} {
		if !strings.Contains(plain.String(), want) {
			t.Errorf("%q is not in\n%s", want, &plain)
		}
	}
	if strings.Contains(plain.String(), "▄") || !strings.Contains(scanned.String(), "▄") {
		t.Errorf("the QR code is in the wrong one:\n%s\n%s", &plain, &scanned)
	}
}
