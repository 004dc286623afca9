package web

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

func TestAssetsComeInTheFormThatIsAskedFor(t *testing.T) {
	t.Parallel()
	f := start(t)
	for _, test := range []struct{ accept, coding, body string }{
		{"", "", "plain"},
		{"gzip", "gzip", "in gzip"},
		{"gzip, deflate, br", "br", "in br"},
		{"br;q=0, gzip", "gzip", "in gzip"},
		{"br;q=0,gzip;q=0", "", "plain"},
		{"gzip;q=1.0, br;q=0.5", "gzip", "in gzip"},
		{"*", "br", "in br"},
		{"*;q=0", "", "plain"},
		{"br;q=0, *", "gzip", "in gzip"},
		{"BR ; Q=0.3", "br", "in br"},
		{"brotli, xgzip, x-br", "", "plain"},
		{"br;q=nonsense", "", "plain"},
		{"br;q=7", "", "plain"},
		{"identity;q=0", "", "plain"},
		{",,;q=1,", "", "plain"},
	} {
		header := []string{}
		if test.accept != "" {
			header = append(header, "Accept-Encoding", test.accept)
		}
		got := f.get("/assets/app-1a2b.js", header...)
		if got.status != http.StatusOK || got.body != test.body || got.header.Get("Content-Encoding") != test.coding {
			t.Errorf("%q: %d %q %q", test.accept, got.status, got.body, got.header.Get("Content-Encoding"))
		}
		for name, want := range map[string]string{
			"Content-Type": "text/javascript; charset=utf-8", "Cache-Control": "public, max-age=31536000, immutable",
			"Vary": "Accept-Encoding", "X-Content-Type-Options": "nosniff",
		} {
			if got := got.header.Get(name); got != want {
				t.Errorf("%q: %s is %q", test.accept, name, got)
			}
		}
	}
	if got := f.get("/assets/lone-3c4d.css", "Accept-Encoding", "br, gzip"); got.body != "lone" || got.header.Get("Content-Encoding") != "" {
		t.Errorf("a file without other forms: %q", got.body)
	}
}

func TestAssetsAreNotSentTwice(t *testing.T) {
	t.Parallel()
	f := start(t)
	first := f.get("/assets/app-1a2b.js", "Accept-Encoding", "br")
	etag := first.header.Get("ETag")
	if etag == f.get("/assets/app-1a2b.js").header.Get("ETag") {
		t.Error("two forms have one ETag")
	}
	for _, known := range []string{etag, "W/" + etag, `"x", ` + etag, "*"} {
		got := f.get("/assets/app-1a2b.js", "Accept-Encoding", "br", "If-None-Match", known)
		if got.status != http.StatusNotModified || got.body != "" || got.header.Get("ETag") != etag {
			t.Errorf("known %s: %d %q", known, got.status, got.body)
		}
	}
	if got := f.get("/assets/app-1a2b.js", "If-None-Match", etag); got.status != http.StatusOK {
		t.Errorf("another form is known: %d", got.status)
	}
	head := f.do(http.MethodHead, "/assets/app-1a2b.js", "")
	if head.status != http.StatusOK || head.body != "" || head.header.Get("Content-Length") != "5" {
		t.Errorf("HEAD: %d %q %s", head.status, head.body, head.header.Get("Content-Length"))
	}
}

func TestPagesAreFoundByTheirPath(t *testing.T) {
	t.Parallel()
	f := start(t)
	const app, vote, nothing = "app()", "vote()", ""
	for path, want := range map[string]string{
		"/": app, "/r/K7TQ2M": app, "/r/K7TQ2M/present": app, "/kit": app, "/index.html": app, "/vote.html": app,
		"/K7TQ2M": vote, "/k7tq2m": vote, "/K7TQ2M/": vote, "/K7TQ2": app, "/K7TQ2M7": app, "/K7TQ2O": app, "/1234567": app,
		"/..%2f..%2fetc%2fpasswd": app, "/%00": app, "/r/%ff": app,
		"/icon.svg": "<svg/>", "/assets/gone.js": nothing, "/assets/": vote, // a join code like any other
		"/assets/../icon.svg": "<svg/>",
		"/api":                nothing, "/api/": nothing, "/api/rooms/K7TQ2M/nowhere": nothing, "/api/index.html": nothing,
	} {
		got := f.get(path)
		if want == nothing {
			if got.status != http.StatusNotFound || got.because() != "not-found" {
				t.Errorf("%s: %d %s", path, got.status, got.body)
			}
			continue
		}
		if got.status != http.StatusOK || !strings.Contains(got.body, want) {
			t.Errorf("%s: %d %s", path, got.status, got.body)
		}
		if got.header.Get("Cache-Control") != "no-cache" {
			t.Errorf("%s may be cached: %s", path, got.header.Get("Cache-Control"))
		}
	}
	if got := f.post("/", "{}"); got.status != http.StatusMethodNotAllowed || got.because() != "method" {
		t.Errorf("POST /: %d %s", got.status, got.body)
	}
	if got := f.get("/api/rooms"); got.status != http.StatusMethodNotAllowed || got.because() != "method" {
		t.Errorf("GET /api/rooms: %d %s", got.status, got.body)
	}
}

func TestThePagePolicyAllowsItsOwnScriptsOnly(t *testing.T) {
	t.Parallel()
	home, _ := url.Parse("https://plenum.example")
	f := start(t, options(func(o *Options) { o.BaseURL = home }))
	nonces := map[string]bool{}
	for range 3 {
		got := f.get("/r/K7TQ2M")
		policy := got.header.Get("Content-Security-Policy")
		nonce := regexp.MustCompile(`script-src 'self' 'nonce-([A-Z0-9]{20,})'`).FindStringSubmatch(policy)
		if nonce == nil || nonces[nonce[1]] {
			t.Fatalf("no new nonce in %s", policy)
		}
		nonces[nonce[1]] = true
		if strings.Count(got.body, `nonce="`+nonce[1]+`"`) != 2 || strings.Contains(got.body, nonceMark) {
			t.Fatalf("the nonce is not in the page: %s", got.body)
		}
		for _, part := range []string{
			"default-src 'self';", "style-src 'self' 'nonce-" + nonce[1] + "';", "img-src 'self' data: blob:;",
			"connect-src 'self' ws://" + f.host + " wss://" + f.host + " ws://plenum.example wss://plenum.example;",
			"frame-ancestors 'none';", "base-uri 'none';", "object-src 'none'",
		} {
			if !strings.Contains(policy, part) {
				t.Errorf("%q is not in %s", part, policy)
			}
		}
		if strings.Contains(policy, "unsafe") {
			t.Errorf("unsafe: %s", policy)
		}
	}
	if got := f.get("/", "Host", "x;script-src*").header.Get("Content-Security-Policy"); strings.Contains(got, "x;") {
		t.Errorf("the Host header writes the policy: %s", got)
	}
	if got := f.get("/api/rooms/K7TQ2M").header.Get("Content-Security-Policy"); got != "default-src 'none'; frame-ancestors 'none'" {
		t.Errorf("an answer's policy: %s", got)
	}
}

func TestTheVotePageIsAllowedByItsHashes(t *testing.T) {
	t.Parallel()
	f := start(t)
	got := f.get("/K7TQ2M")
	policy := got.header.Get("Content-Security-Policy")
	hash := func(text string) string {
		sum := sha256.Sum256([]byte(text))
		return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	// The browser hashes the script with its line end as \n.
	for _, part := range []string{"script-src 'self' " + hash("\nvote()") + ";", "style-src 'self' " + hash("a{}") + ";"} {
		if !strings.Contains(policy, part) {
			t.Errorf("%q is not in %s", part, policy)
		}
	}
	packed := f.get("/k7tq2m", "Accept-Encoding", "br")
	if packed.body != "vote in br" || packed.header.Get("Content-Encoding") != "br" || packed.header.Get("Content-Security-Policy") != policy {
		t.Errorf("compressed: %q", packed.body)
	}
	if again := f.get("/K7TQ2M", "If-None-Match", got.header.Get("ETag")); again.status != http.StatusNotModified {
		t.Errorf("again: %d", again.status)
	}
}

func TestAFrontEndThatWasNotBuiltStillAnswers(t *testing.T) {
	t.Parallel()
	bare := fstest.MapFS{"index.html": {Data: []byte("build me")}}
	f := start(t, options(func(o *Options) { o.Pages = bare }))
	for _, path := range []string{"/", "/K7TQ2M", "/r/K7TQ2M"} {
		if got := f.get(path); got.status != http.StatusOK || got.body != "build me" {
			t.Errorf("%s: %d %q", path, got.status, got.body)
		}
	}
	if _, err := New(Options{Pages: fstest.MapFS{}}); err == nil {
		t.Error("a site was made of no pages")
	}
}

func TestHealth(t *testing.T) {
	t.Parallel()
	var broken error
	f := start(t, options(func(o *Options) {
		o.Ready = func(context.Context) error { return broken }
	}))
	if got := f.get("/readyz"); got.status != http.StatusOK {
		t.Errorf("ready: %d", got.status)
	}
	broken = errMethod
	if got := f.get("/readyz"); got.status != http.StatusServiceUnavailable {
		t.Errorf("without a database: %d", got.status)
	}
	broken = nil
	f.site.StopUpgrades()
	if got := f.get("/readyz"); got.status != http.StatusServiceUnavailable {
		t.Errorf("while draining: %d", got.status)
	}
	if got := f.get("/healthz"); got.status != http.StatusOK {
		t.Errorf("alive: %d", got.status)
	}
	if conn, status := f.dial("K7TQ2M", bearer(f.someone())...); conn != nil || status != http.StatusServiceUnavailable {
		t.Errorf("a socket while draining: %d", status)
	}
}
