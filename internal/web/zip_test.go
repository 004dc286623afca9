package web

import (
	"archive/zip"
	"bufio"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"plenum/internal/files"
	"plenum/internal/roomzip"
)

// withZips is a site that carries rooms, with ZIPs of at most so many bytes.
func withZips(t *testing.T, most int64) *fixture {
	t.Helper()
	f := withFiles(t, files.Options{})
	f.site.o.Limits.UploadIdle = 20 * time.Second // however busy the machine is
	f.site.o.Zips = roomzip.New(roomzip.Options{Hall: f.hall, Files: f.site.o.Files.(*files.Files), Most: most})
	return f
}

func zipped(headers ...string) []string {
	return append([]string{"Content-Type", "application/zip"}, headers...)
}

// A ZIP is taken up to its bound, whether its size is told before or not.
func TestAZIPHasABound(t *testing.T) {
	t.Parallel()
	f := withZips(t, 4_000)
	code, token := f.room()
	taken := f.do("GET", "/api/rooms/"+code+"/zip", "", bearer(token)...)
	if taken.status != http.StatusOK || taken.header.Get("Content-Type") != "application/zip" || !strings.Contains(taken.header.Get("Content-Disposition"), ".zip") {
		t.Fatalf("%d %v", taken.status, taken.header)
	}
	padded := func(to int) string { // before a ZIP may stand what belongs to no entry
		return strings.Repeat("x", to-len(taken.body)) + taken.body
	}
	for size, want := range map[int]int{4_000: http.StatusCreated, 4_001: http.StatusRequestEntityTooLarge} {
		if got := f.do("POST", "/api/rooms/import?name=Ida", padded(size), zipped()...); got.status != want {
			t.Errorf("%d bytes: %d %s", size, got.status, got.body)
		}
		request, err := http.NewRequestWithContext(t.Context(), "POST", "http://"+f.host+"/api/rooms/import?name=Ida", struct{ *strings.Reader }{strings.NewReader(padded(size))})
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Content-Type", "application/zip")
		answer, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		if err := answer.Body.Close(); err != nil || answer.StatusCode != want {
			t.Errorf("%d bytes, not told before: %d %v", size, answer.StatusCode, err)
		}
	}
	if got := f.do("POST", "/api/rooms/import?name=Ida", "x", zipped()...); got.because() != "zip" || got.header.Get("Set-Cookie") != "" {
		t.Errorf("a visitor with no ZIP: %d %s %v", got.status, got.body, got.header)
	}
}

// Answers are as the file says, and whoever takes too many is told to wait.
func TestCarryingIsAsInOpenAPI(t *testing.T) {
	t.Parallel()
	file, f := openAPIFile(t), withZips(t, 1<<20)
	code, token := f.room()
	body := f.do("GET", "/api/rooms/"+code+"/zip", "", bearer(token)...).body
	for path, got := range map[string]reply{
		"/api/rooms/{code}/duplicate": f.do("POST", "/api/rooms/"+code+"/duplicate", `{"title":"Copy"}`, bearer(token)...),
		"/api/rooms/import":           f.do("POST", "/api/rooms/import?name=Ida", body, zipped(bearer(token)...)...),
	} {
		var value any
		if err := json.Unmarshal([]byte(got.body), &value); err != nil || got.status != http.StatusCreated {
			t.Fatalf("%s: %d %s %v", path, got.status, got.body, err)
		}
		if err := file.fits(file.Paths[path]["post"].Responses["201"].Content["application/json"].Schema, value); err != nil {
			t.Errorf("%s answers %s: %v", path, got.body, err)
		}
	}
	last := reply{}
	for range zipBurst {
		last = f.do("GET", "/api/rooms/"+code+"/zip", "", bearer(token)...)
	}
	if last.status != http.StatusTooManyRequests || last.because() != "tries" {
		t.Errorf("one too many: %d", last.status)
	}
	if _, err := zip.NewReader(strings.NewReader(body), int64(len(body))); err != nil {
		t.Error(err)
	}
}

// A ZIP that does not go on arriving is told of, and nothing is left of it.
func TestAZIPThatStops(t *testing.T) {
	t.Parallel()
	f := withZips(t, 1<<20)
	f.site.o.Limits.UploadIdle = 300 * time.Millisecond
	conn, err := net.Dial("tcp", f.host)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := io.WriteString(conn, "POST /api/rooms/import?name=Ida HTTP/1.1\r\nHost: "+f.host+"\r\nContent-Type: application/zip\r\nContent-Length: 1000\r\n\r\nPK"); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil || answer.StatusCode != http.StatusBadRequest || !strings.Contains(string(text), `"malformed"`) {
		t.Errorf("%d %s %v", answer.StatusCode, text, err)
	}
	scratch, err := f.site.o.Zips.Scratch()
	if err != nil {
		t.Fatal(err)
	}
	if left, err := filepath.Glob(filepath.Join(filepath.Dir(scratch.Name()), ".partial-*")); err != nil || len(left) != 1 {
		t.Errorf("left over: %v %v", left, err)
	}
	if err := errors.Join(scratch.Close(), os.Remove(scratch.Name())); err != nil {
		t.Fatal(err)
	}
}
