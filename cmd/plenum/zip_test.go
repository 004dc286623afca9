package main

import (
	"archive/zip"
	"bytes"
	"database/sql"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io"
	"maps"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"
)

// carried is the ZIP of a room, as its host downloads it.
func (b *browser) carried(code string) string {
	b.t.Helper()
	status, body := b.bytesOf("/api/rooms/" + code + "/zip?language=en")
	if status != http.StatusOK {
		b.t.Fatalf("the ZIP of a room: %d %s", status, body)
	}
	return body
}

// entriesOf are the entries of a ZIP one after the other, for who looks for something.
func entriesOf(t *testing.T, content string) map[string]string {
	t.Helper()
	archive, err := zip.NewReader(strings.NewReader(content), int64(len(content)))
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, file := range archive.File {
		from, err := file.Open()
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(from)
		if err != nil {
			t.Fatal(err)
		}
		all[file.Name] = string(text)
	}
	return all
}

// everythingIn is all of a ZIP as one text, with its workbooks unpacked as well.
func everythingIn(t *testing.T, content string) string {
	t.Helper()
	var text strings.Builder
	all := entriesOf(t, content)
	for _, name := range slices.Sorted(maps.Keys(all)) {
		text.WriteString(name + "\n")
		if strings.HasSuffix(name, ".xlsx") {
			text.WriteString(everythingIn(t, all[name]))
			continue
		}
		text.WriteString(all[name] + "\n")
	}
	return text.String()
}

// bring posts bytes of a type.
func (b *browser) bring(path, kind, body string) (int, map[string]any) {
	b.t.Helper()
	return b.send(http.MethodPost, path, body, "Origin", b.url, "Content-Type", kind)
}

func aPicture(t *testing.T) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 8, 4))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A room goes from one server to another as a ZIP, with its picture, by people
// who are guests on both; and is doubled where it is. Nobody else gets it.
func TestARoomMovesToAnotherServer(t *testing.T) {
	t.Parallel()
	here, there := serve(t, t.TempDir(), serveCommand{}), serve(t, t.TempDir(), serveCommand{})
	ada, ben, ida := browse(t, here.url), browse(t, here.url), browse(t, there.url)
	code := ada.create()
	ben.enter(code, "Ben")
	status, file := ada.bring("/api/rooms/"+code+"/files?name=cat.png", "image/png", aPicture(t))
	if status != http.StatusCreated {
		t.Fatal(status, file)
	}
	hash := file["hash"].(string)
	settings := `{"content":[{"insert":"Dear all "},{"insert":{"image":"` + hash + `"},"attributes":{"alt":"a cat"}},{"insert":"\n"}]}`
	ada.do(code, "lobby", "add", `{"kind":"doc","title":"Letter","settings":`+settings+`}`)
	link, made := ada.ask(http.MethodPost, "/api/rooms/"+code+"/links", `{"role":"editor"}`)
	if link != http.StatusCreated {
		t.Fatal(link, made)
	}
	content := ada.carried(code)
	text := everythingIn(t, content)
	for _, secret := range []string{made["key"].(string), made["id"].(string), code, "token"} {
		if strings.Contains(text, secret) {
			t.Errorf("%q is in the ZIP", secret)
		}
	}
	for _, path := range []string{"/api/rooms/" + code + "/zip", "/api/rooms/" + code + "/activities/lobby/read/zip"} {
		if status, answer := ben.bytesOf(path); status != http.StatusForbidden && status != http.StatusNotFound {
			t.Errorf("%s for a participant: %d %s", path, status, answer)
		}
	}
	if status, answer := ben.ask(http.MethodPost, "/api/rooms/"+code+"/duplicate", `{"title":"Mine"}`); status != http.StatusForbidden || answer["because"] != "role" {
		t.Errorf("a participant doubles it: %d %v", status, answer)
	}
	if status, answer := browse(t, here.url).bytesOf("/api/rooms/" + code + "/zip"); status != http.StatusUnauthorized {
		t.Errorf("nobody: %d %s", status, answer)
	}

	status, again := ida.bring("/api/rooms/import?name=Ida&title=Moved", "application/zip", content)
	if status != http.StatusCreated || again["member"].(map[string]any)["role"] != "owner" {
		t.Fatal(status, again)
	}
	moved := again["code"].(string)
	view := ida.view(moved, ida.activity(moved, "doc"))
	delta, err := json.Marshal(view["view"].(map[string]any)["content"])
	if err != nil || !strings.Contains(string(delta), "Dear all") {
		t.Fatalf("%s %v", delta, err)
	}
	at := strings.Index(string(delta), "sha256-")
	if status, got := ida.bytesOf("/api/rooms/" + moved + "/files/" + string(delta)[at:at+71]); status != http.StatusOK || !strings.HasPrefix(got, "\x89PNG") {
		t.Errorf("the picture: %d", status)
	}
	if about := ida.view(moved, "lobby")["view"].(map[string]any); about["title"] != "Moved" {
		t.Errorf("%v", about)
	}
	deadline := time.Now().Add(patience)
	for found := ""; !strings.Contains(found, moved); {
		if time.Now().After(deadline) {
			t.Fatalf("nobody finds what was imported: %s", found)
		}
		_, found = ida.bytesOf("/api/search?q=dear")
	}
	status, copied := ada.ask(http.MethodPost, "/api/rooms/"+code+"/duplicate", `{"title":"Copy of Team day"}`)
	if status != http.StatusCreated {
		t.Fatal(status, copied)
	}
	if status, _ := ada.bytesOf("/api/rooms/" + copied["code"].(string) + "/files/" + hash); status != http.StatusOK {
		t.Errorf("the picture of the copy: %d", status)
	}
	for name, c := range map[string]struct {
		path, kind, body, because string
		status                    int
	}{
		"no ZIP":       {"?name=Ida", "application/zip", "x", "zip", http.StatusUnsupportedMediaType},
		"half a ZIP":   {"?name=Ida", "application/zip", content[:len(content)/2], "zip", http.StatusUnsupportedMediaType},
		"no name":      {"", "application/zip", content, "name", http.StatusConflict},
		"another type": {"?name=Ida", "application/json", content, "content-type", http.StatusUnsupportedMediaType},
	} {
		if status, answer := browse(t, there.url).bring("/api/rooms/import"+c.path, c.kind, c.body); status != c.status || answer["because"] != c.because {
			t.Errorf("%s: %d %v", name, status, answer)
		}
	}
	if left, err := filepath.Glob(filepath.Join(there.data, "plenum.files", ".partial-*")); err != nil || len(left) > 0 {
		t.Errorf("left over: %v %v", left, err)
	}
}

// A server that is killed while it imports has the room whole or has none, and
// nothing in the way of the next try.
func TestAKilledImportLeavesNoHalfRoom(t *testing.T) {
	t.Parallel()
	const parts = 60
	here := serve(t, t.TempDir(), serveCommand{})
	ada := browse(t, here.url)
	code := ada.create()
	for range parts {
		ada.do(code, "lobby", "add", `{"kind":"source","title":"D","settings":{"content":[{"insert":"`+strings.Repeat("word ", 2_000)+`\n"}]}}`)
	}
	content, data := ada.carried(code), t.TempDir()
	for round, kill := range []int{0, 1, 20, parts, parts + 1} {
		server := spawn(t, data)
		db, err := sql.Open("sqlite3", "file:"+filepath.Join(data, "plenum.db")+"?mode=ro")
		if err != nil {
			t.Fatal(err)
		}
		before := countIn(t, db, addedEvents)
		answered := make(chan int, 1)
		go func() {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, server.url+"/api/rooms/import?name=Ida", strings.NewReader(content))
			if err != nil {
				panic(err) // it is a good address
			}
			request.Header.Set("Content-Type", "application/zip")
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				answered <- 0
				return
			}
			response.Body.Close()
			answered <- response.StatusCode
		}()
		status := 0
		for waiting := true; waiting && countIn(t, db, addedEvents) < before+kill; {
			select {
			case status = <-answered:
				waiting = false
			case <-time.After(time.Millisecond):
			}
		}
		server.signal(syscall.SIGKILL)
		if server.wait() == nil {
			t.Fatal("it was killed and says that it ended well")
		}
		if n := countIn(t, db, "SELECT count(*) FROM rooms WHERE seq > 0 AND id NOT IN (SELECT room FROM deleted_rooms) AND (SELECT count(*) FROM events WHERE room = rooms.id AND did = 'added') <> "+fmt.Sprint(parts+1)); n > 0 {
			t.Errorf("round %d: %d rooms are there in part", round, n)
		}
		if n := countIn(t, db, "SELECT count(*) FROM members WHERE room IN (SELECT room FROM deleted_rooms)"); n > 0 {
			t.Errorf("round %d: somebody owns %d rooms that are not whole", round, n)
		}
		if whole := countIn(t, db, "SELECT count(*) FROM members"); status == http.StatusCreated && whole == 0 {
			t.Errorf("round %d: it was made, and is gone", round)
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
	ida := browse(t, serve(t, data, serveCommand{}).url)
	if status, made := ida.bring("/api/rooms/import?name=Ida", "application/zip", content); status != http.StatusCreated {
		t.Errorf("after that: %d %v", status, made)
	}
}

const addedEvents = "SELECT count(*) FROM events WHERE did = 'added'"

func countIn(t *testing.T, db *sql.DB, query string) (n int) {
	t.Helper()
	if err := db.QueryRowContext(t.Context(), query).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
