package web

import (
	"net/http"
	"strings"
	"testing"
	"testing/fstest"
)

func TestWhatTheInstalledAppIsMadeOf(t *testing.T) {
	t.Parallel()
	f := start(t)
	strict := "default-src 'none'; frame-ancestors 'none'"
	for _, test := range []struct{ path, kind, policy string }{
		{"/manifest.webmanifest", "application/manifest+json", strict},
		{"/icon-192.png", "image/png", strict},
		// A worker's policy is that of its own answer: with the strict one it could not reach the server.
		{"/sw.js", "text/javascript; charset=utf-8", "default-src 'none'; connect-src 'self'"},
	} {
		got := f.get(test.path)
		for name, want := range map[string]string{
			"Content-Type": test.kind, "Content-Security-Policy": test.policy, "Cache-Control": "no-cache",
			"X-Content-Type-Options": "nosniff",
		} {
			if got := got.header.Get(name); got != want {
				t.Errorf("%s: %s is %q, not %q", test.path, name, got, want)
			}
		}
		again := f.get(test.path, "If-None-Match", got.header.Get("ETag"))
		if got.status != http.StatusOK || again.status != http.StatusNotModified {
			t.Errorf("%s: %d, and when it is known %d", test.path, got.status, again.status)
		}
	}
	// The page's policy leaves workers and the manifest to what is our own.
	if policy := f.get("/").header.Get("Content-Security-Policy"); strings.Contains(policy, "worker-src") ||
		!strings.Contains(policy, "script-src 'self'") || !strings.Contains(policy, "default-src 'self'") {
		t.Errorf("the page may not have its worker: %s", policy)
	}
}

func TestWithoutABuildThereIsNoWorker(t *testing.T) {
	t.Parallel()
	bare := fstest.MapFS{"index.html": {Data: []byte("build me")}}
	f := start(t, options(func(o *Options) { o.Pages = bare }))
	if got := f.get("/sw.js"); got.status != http.StatusNotFound || got.because() != "not-found" {
		t.Errorf("the page came as a worker: %d %s", got.status, got.body)
	}
}

func TestThePageSaysOfWhichBuildItIs(t *testing.T) {
	t.Parallel()
	body := start(t).get("/r/K7TQ2M").body
	if !strings.Contains(body, `<meta name="build" content="1&lt;&#34;&amp;2">`) {
		t.Errorf("the build is not in the page, or not as text: %s", body)
	}
}
