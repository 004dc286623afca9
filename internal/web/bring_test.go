package web

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"plenum/internal/files"
)

// withFiles is a site with a folder of files.
func withFiles(t *testing.T, o files.Options) *fixture {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "plenum.files")
	f := start(t, options(func(site *Options) { site.Limits.UploadIdle = 300 * time.Millisecond }))
	o.Logger = slog.New(slog.DiscardHandler)
	kept, err := files.Open(folder, f.store, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(kept.Close)
	f.site.o.Files = kept
	return f
}

func picture(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 6, 4))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// member is somebody else in a room, and their token.
func (f *fixture) member(code string) (id string, header []string) {
	f.t.Helper()
	token := f.someone()
	if got := f.post("/api/rooms/"+code+"/enter", `{"name":"Ben"}`, bearer(token)...); got.status != http.StatusOK {
		f.t.Fatal(got.body)
	} else {
		id = got.field(f.t, "member").(map[string]any)["id"].(string)
	}
	return id, bearer(token)
}

// sign makes an activity of the room say something.
func (f *fixture) sign(code string, owner []string, says string) {
	f.t.Helper()
	got := f.post("/api/rooms/"+code+"/activities/lobby/title", `{"with":{"title":"`+says+`"}}`, owner...)
	if got.status != http.StatusOK {
		f.t.Fatal(got.body)
	}
}

// No. 23: an upload is what its content says; only an image that was made anew
// is ever shown, and nothing of it can run.
func TestBadInput23Uploads(t *testing.T) {
	t.Parallel()
	f := withFiles(t, files.Options{})
	code, token := f.room()
	owner := bearer(token)
	_, ben := f.member(code)
	at := "/api/rooms/" + code + "/files"
	for name, content := range map[string]string{
		"page.html": "<!doctype html><script>alert(1)</script>", "lies.png": "<script>alert(1)</script>",
		"x.svg": `<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>`, "photo.html": picture(t) + "<script>alert(1)</script>",
	} {
		made := f.post(at+"?name="+name, content, append(owner, "Content-Type", "image/png")...)
		if made.status != http.StatusCreated {
			t.Fatalf("%s: %d %s", name, made.status, made.body)
		}
		file := at + "/" + made.field(t, "hash").(string)
		if got := f.get(file, ben...); got.status != http.StatusNotFound || got.because() != "no-file" {
			t.Errorf("%s, which nothing names: %d", name, got.status)
		}
		f.sign(code, owner, made.field(t, "hash").(string))
		got := f.get(file, ben...)
		isImage := name == "photo.html"
		wantType, wantDisposition := "application/octet-stream", "attachment; filename="+name
		if isImage {
			wantType, wantDisposition = "image/png", "inline; filename=photo.png"
		}
		for header, want := range map[string]string{
			"Content-Type": wantType, "Content-Disposition": wantDisposition, "X-Content-Type-Options": "nosniff",
			"Cache-Control": privateAndForEver, "Cross-Origin-Resource-Policy": "same-origin",
		} {
			if got.header.Get(header) != want {
				t.Errorf("%s: %s is %q, want %q", name, header, got.header.Get(header), want)
			}
		}
		if !strings.Contains(got.header.Get("Content-Security-Policy"), "sandbox") {
			t.Errorf("%s: %s", name, got.header.Get("Content-Security-Policy"))
		}
		if got.status != 200 || isImage && strings.Contains(got.body, "script") || !isImage && got.body != content {
			t.Errorf("%s: %d %q", name, got.status, got.body)
		}
		part := f.get(file, append(ben, "Range", "bytes=0-3")...)
		if part.status != http.StatusPartialContent || part.body != got.body[:4] {
			t.Errorf("%s: a part is %d %q", name, part.status, part.body)
		}
	}
}

func TestWhoMayBringAndGetFiles(t *testing.T) {
	t.Parallel()
	f := withFiles(t, files.Options{})
	code, token := f.room()
	other, foreign := f.room()
	owner, stranger := bearer(token), bearer(f.someone())
	ben, viewer := f.member(code)
	at := "/api/rooms/" + code + "/files"
	made := f.post(at, "hello", owner...)
	hash := made.field(t, "hash").(string)
	f.sign(code, owner, hash)
	f.sign(other, bearer(foreign), hash)
	for name, c := range map[string]struct {
		path   string
		header []string
		want   string
	}{
		"nobody": {at + "/" + hash, nil, "token"}, "a stranger": {at + "/" + hash, stranger, "not-member"},
		"another room": {"/api/rooms/" + other + "/files/" + hash, bearer(foreign), "no-file"},
		"no such file": {at + "/sha256-" + strings.Repeat("0", 64), viewer, "no-file"},
		"a path":       {at + "/..%2f..%2fplenum.db", viewer, "not-found"},
		"a longer one": {at + "/" + hash + "0", viewer, "no-file"},
	} {
		if got := f.get(c.path, c.header...); got.because() != c.want {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	f.post("/api/rooms/"+code+"/activities/lobby/role", `{"with":{"member":"`+ben+`","role":"viewer"}}`, owner...)
	if got := f.post(at, "hello", viewer...); got.because() != "role" {
		t.Errorf("a viewer: %d %s", got.status, got.body)
	}
	f.post("/api/rooms/"+code+"/activities/lobby/remove", `{"with":{"member":"`+ben+`"}}`, owner...)
	for _, got := range []reply{f.post(at, "hello", viewer...), f.get(at+"/"+hash, viewer...)} {
		if got.because() != "removed" {
			t.Errorf("who was removed: %d %s", got.status, got.body)
		}
	}
	if got := f.post(at, "hello", stranger...); got.because() != "not-member" {
		t.Errorf("a stranger: %d %s", got.status, got.body)
	}
	if got := f.post(at, "hello", append(owner, "Origin", "https://evil.example", "Sec-Fetch-Site", "cross-site")...); got.because() != "origin" {
		t.Errorf("another site: %d %s", got.status, got.body)
	}
}

func TestFilesThatAreRefused(t *testing.T) {
	t.Parallel()
	f := withFiles(t, files.Options{MaxFile: 1000, MaxImage: 900, Quota: 1500})
	code, token := f.room()
	at := "/api/rooms/" + code + "/files"
	for name, c := range map[string]struct {
		content string
		want    string
	}{
		"empty": {"", "empty-file"}, "too big": {strings.Repeat("x", 1001), "file-size"},
		"an image too big": {"\xff\xd8\xff" + strings.Repeat("x", 900), "file-size"}, "cut off": {picture(t)[:30], "image"},
	} {
		if got := f.post(at, c.content, bearer(token)...); got.because() != c.want {
			t.Errorf("%s: %d %s", name, got.status, got.body)
		}
	}
	f.post(at, strings.Repeat("a", 1000), bearer(token)...)
	if got := f.post(at, strings.Repeat("b", 600), bearer(token)...); got.because() != "files-full" || got.status != http.StatusConflict {
		t.Errorf("full: %d %s", got.status, got.body)
	}
	f.site.o.Files = noSpace{f.site.o.Files}
	if got := f.post(at, "hello", bearer(token)...); got.because() != "storage" || got.status != http.StatusServiceUnavailable {
		t.Errorf("a full disk: %d %s", got.status, got.body)
	}
	f.site.broughtBy = newAllowance(0, 1)
	f.post(at, "hello", bearer(token)...)
	if got := f.post(at, "hello", bearer(token)...); got.because() != "tries" {
		t.Errorf("too many: %d %s", got.status, got.body)
	}
}

// noSpace takes nothing.
type noSpace struct{ Files }

func (noSpace) Put(_ context.Context, _, _, _ string, content io.Reader) (files.File, error) {
	_, err := io.Copy(io.Discard, content)
	return files.File{}, errors.Join(err, temporary{syscall.ENOSPC})
}

type temporary struct{ error }

func (temporary) Temporary() bool { return true }

// A body that stops is given up, and its place is free again; one that goes on
// slowly is taken.
func TestSlowUploads(t *testing.T) {
	t.Parallel()
	f := withFiles(t, files.Options{})
	code, token := f.room()
	slow := func(parts int, pause time.Duration, last string) (int, error) {
		from, to := io.Pipe()
		request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+f.host+"/api/rooms/"+code+"/files", from)
		if err != nil {
			t.Fatal(err)
		}
		request.Header.Set("Authorization", "Bearer "+token)
		go func() {
			for range parts {
				if _, err := to.Write([]byte("part")); err != nil {
					return
				}
				select {
				case <-time.After(pause):
				case <-t.Context().Done():
				}
			}
			if last == "" {
				to.Close()
			}
		}()
		answer, err := (&http.Client{Transport: &http.Transport{DisableKeepAlives: true}}).Do(request)
		if err != nil {
			return 0, err
		}
		return answer.StatusCode, answer.Body.Close()
	}
	if status, err := slow(10, 60*time.Millisecond, ""); status != http.StatusCreated {
		t.Errorf("slow but steady: %d, %v", status, err)
	}
	for range uploadsPerPerson + 1 {
		if status, _ := slow(1, time.Millisecond, "never ends"); status == http.StatusCreated || status == http.StatusServiceUnavailable {
			t.Errorf("it never ended: %d", status)
		}
	}
}

// Only so many of one person at once.
func TestManyUploadsOfOnePerson(t *testing.T) {
	t.Parallel()
	f := withFiles(t, files.Options{})
	code, token := f.room()
	person, err := f.people.Person(t.Context(), token)
	if err != nil {
		t.Fatal(err)
	}
	for range uploadsPerPerson {
		if err := f.site.bringing.admit(person); err != nil {
			t.Fatal(err)
		}
	}
	if got := f.post("/api/rooms/"+code+"/files", "hello", bearer(token)...); got.because() != "crowded" {
		t.Errorf("one more: %d %s", got.status, got.body)
	}
	f.site.bringing.leave(person)
	if got := f.post("/api/rooms/"+code+"/files", "hello", bearer(token)...); got.status != http.StatusCreated {
		t.Errorf("when one has ended: %d %s", got.status, got.body)
	}
}
