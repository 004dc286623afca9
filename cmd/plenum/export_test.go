package main

import (
	"archive/zip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"plenum/internal/store"
	"plenum/rooms"
)

// exported are the files of the ZIP that a person downloads of themselves.
func (b *browser) exported() map[string]string {
	b.t.Helper()
	status, body := b.bytesOf("/api/account/export")
	if status != http.StatusOK {
		b.t.Fatalf("export: %d %s", status, body)
	}
	archive, err := zip.NewReader(strings.NewReader(body), int64(len(body)))
	if err != nil {
		b.t.Fatal(err)
	}
	all := map[string]string{}
	for _, file := range archive.File {
		content, err := file.Open()
		if err != nil {
			b.t.Fatal(err)
		}
		text, err := io.ReadAll(content)
		if err != nil {
			b.t.Fatal(err)
		}
		all[file.Name] = string(text)
	}
	return all
}

// What there is of a person is theirs to take: all that they did and brought, of
// every room, and nothing of others, nothing deleted and no secret.
func TestAPersonTakesTheirDataAlong(t *testing.T) {
	t.Parallel()
	server := serve(t, t.TempDir(), serveCommand{})
	ada, ben := browse(t, server.url), browse(t, server.url)
	if status, _ := ada.bytesOf("/api/account/export"); status != http.StatusUnauthorized {
		t.Errorf("of nobody: %d", status)
	}
	code, chat, _ := openChat(ada)
	ben.enter(code, "Ben")
	if status, made := ben.ask(http.MethodPost, "/api/account", `{"email":"ben@example.org","password":"correct horse"}`); status != http.StatusCreated {
		t.Fatalf("%d %v", status, made)
	}
	ada.do(code, chat, "say", `{"text":"a word of Ada"}`)
	gone := ben.do(code, chat, "say", `{"text":"a word to be deleted"}`)
	ben.do(code, chat, "say", `{"text":"a word of Ben"}`)
	ben.do(code, chat, "delete", fmt.Sprintf(`{"seq":%v}`, gone["events"].([]any)[0].(map[string]any)["seq"]))
	status, file := ben.ask(http.MethodPost, "/api/rooms/"+code+"/files?name=plan.txt", "the plan")
	if status != http.StatusCreated {
		t.Fatalf("%d %v", status, file)
	}
	ada.do(code, "lobby", "add", `{"kind":"poll","title":"Vote","settings":{"questions":[{"id":"q","kind":"wall","prompt":"Why?"},{"id":"s","kind":"wall","prompt":"And?","secrecy":"anonymous"}]}}`)
	poll := ada.activity(code, "poll")
	for _, question := range []string{"q", "s"} {
		ada.do(code, poll, "open", fmt.Sprintf(`{"question":%q}`, question))
		ben.do(code, poll, "vote", fmt.Sprintf(`{"question":%q,"round":1,"turn":1,"texts":["answer to %s"]}`, question, question))
	}

	for path, body := range map[string]string{
		"level":   fmt.Sprintf(`{"room":%q,"level":"none"}`, code),
		"quiet":   `{"quiet":{"from":1320,"to":420,"zone":"Europe/Berlin"}}`,
		"mail":    `{"mail":false}`,
		"devices": `{"endpoint":"https://push.example/ring-me","keys":{"p256dh":"BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQtUbVlUls0VJXg7A8u-Ts1XbjhazAkj7I99e8QcYP7DkM","auth":"tBHItJI5svbpez7KI4CCXg"},"language":"en"}`,
	} {
		if status, answer := ben.ask(http.MethodPost, "/api/notices/"+path, body); status != http.StatusOK {
			t.Fatalf("%s: %d %v", path, status, answer)
		}
	}

	all := ben.exported()
	var you struct {
		Account struct{ Email string }
		Devices []any
		Rooms   []struct {
			Code, Title, Role string
			Files             []struct{ Name, Path string }
		}
		Notices struct {
			Rooms  []struct{ Room, Level string }
			Quiet  struct{ Zone string }
			NoMail bool
			Rings  []struct{ Service, Language string }
		}
	}
	if err := json.Unmarshal([]byte(all["you.json"]), &you); err != nil {
		t.Fatal(err)
	}
	if you.Account.Email != "ben@example.org" || len(you.Devices) != 1 || len(you.Rooms) != 1 || you.Rooms[0].Code != code || you.Rooms[0].Role != "participant" {
		t.Errorf("you.json is %s", all["you.json"])
	}
	if files := you.Rooms[0].Files; len(files) != 1 || files[0].Name != "plan.txt" || all[files[0].Path] != "the plan" {
		t.Errorf("the files are %+v", files)
	}
	if told := fmt.Sprint(you.Notices); told != fmt.Sprintf("{[{%s none}] {Europe/Berlin} true [{push.example en}]}", code) || strings.Contains(all["you.json"], "ring-me") {
		t.Errorf("of notices there is %s", told)
	}
	did := all["rooms/"+code+".jsonl"]
	for line := range strings.Lines(did) {
		var one struct{ At, Did, Activity string }
		if err := json.Unmarshal([]byte(line), &one); err != nil || one.At == "" || one.Did == "" || one.Activity == "" {
			t.Errorf("a line is %q: %v", line, err)
		}
	}
	for text, want := range map[string]bool{"a word of Ben": true, "answer to q": true, "a word of Ada": false, "to be deleted": false, "answer to s": false} {
		if strings.Contains(did, text) != want {
			t.Errorf("%q is there: %v\n%s", text, !want, did)
		}
	}
	everything := strings.Join([]string{all["README.txt"], all["you.json"], did}, "")
	if strings.Contains(everything, "argon2") || strings.Contains(everything, "correct horse") || !strings.Contains(all["README.txt"], "you.json") {
		t.Errorf("there is a secret in it, or no guide: %s", everything)
	}
	if of := ada.exported(); !strings.Contains(of["rooms/"+code+".jsonl"], "a word of Ada") || strings.Contains(of["you.json"], "account") {
		t.Errorf("of a guest there is %v", of)
	}
	for range 2 {
		ben.exported()
	}
	if status, answer := ben.bytesOf("/api/account/export"); status != http.StatusTooManyRequests || !strings.Contains(answer, `"tries"`) {
		t.Errorf("a fourth time: %d %s", status, answer)
	}
}

// Changes of several people that were put together are in the data of each.
func TestWhatWasPutTogetherIsInTheDataOfAll(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server := serve(t, data, serveCommand{})
	ada, ben := browse(t, server.url), browse(t, server.url)
	code, _, _ := openChat(ada)
	ada.do(code, "lobby", "codeRole", `{"role":"editor"}`)
	ben.enter(code, "Ben")
	ada.do(code, "lobby", "add", `{"kind":"doc","title":"Notes"}`)
	doc := ada.activity(code, "doc")
	ada.do(code, doc, "change", `{"base":0,"change":[{"insert":"Words of Ada. "}]}`)
	ben.do(code, doc, "change", `{"base":1,"change":[{"retain":14},{"insert":"Words of Ben. "}]}`)
	if err := server.stop(); err != nil {
		t.Fatal(err)
	}
	log, err := store.Open(t.Context(), folder(data).database(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	later := func() time.Time { return time.Now().Add(40 * 24 * time.Hour) }
	gone, err := rooms.NewCompactor(log, kinds, rooms.CompactorOptions{Clock: later}).Compact(t.Context())
	if err := errors.Join(err, log.Close()); err != nil || gone != 1 {
		t.Fatalf("%d changes were put into another, %v", gone, err)
	}
	again := serve(t, data, serveCommand{})
	for name, b := range map[string]*browser{"Ada": ada, "Ben": ben} {
		b.url = again.url
		if did := b.exported()["rooms/"+code+".jsonl"]; !strings.Contains(did, "Words of "+name) {
			t.Errorf("the words of %s are not in %s", name, did)
		}
	}
}
