package main

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// A file that a message brings along is in the backup and there after it is
// restored; the doctor tells when it is not. With the message it is gone.
func TestFilesAreBackedUp(t *testing.T) {
	t.Parallel()
	data, copied, backup := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "monday.db")
	server := serve(t, data, serveCommand{})
	ada, ben := browse(t, server.url), browse(t, server.url)
	code, chat, _ := openChat(ada)
	ben.enter(code, "Ben")
	status, made := ada.ask(http.MethodPost, "/api/rooms/"+code+"/files?name=plan.txt", "the plan")
	if status != http.StatusCreated {
		t.Fatalf("%d %v", status, made)
	}
	hash := made["hash"].(string)
	file, in := "/api/rooms/"+code+"/files/"+hash, "/api/rooms/"+code+"/activities/"+chat
	status, said := ada.ask(http.MethodPost, in+"/say", `{"with":{"text":"","file":{"hash":"`+hash+`","name":"plan.txt","size":8}}}`)
	if status != http.StatusOK {
		t.Fatalf("%d %v", status, said)
	}
	report := mustRun(t, "backup", backup, "--data", data)
	if !strings.Contains(report, "1 files were copied") {
		t.Errorf("the backup says %q", report)
	}
	if report := mustRun(t, "doctor", "--data", data); !strings.Contains(report, "1 of 1 files are whole") {
		t.Errorf("the doctor says\n%s", report)
	}

	mustRun(t, "restore", backup, "--data", copied)
	ben.url = serve(t, copied, serveCommand{}).url
	if status, got := ben.bytesOf(file); status != http.StatusOK || got != "the plan" {
		t.Errorf("restored: %d %q", status, got)
	}
	digits := strings.TrimPrefix(hash, "sha256-")
	if err := os.Remove(filepath.Join(copied, "plenum.files", digits[:2], digits)); err != nil {
		t.Fatal(err)
	}
	if status, got := ben.bytesOf(file); status != http.StatusNotFound || !strings.Contains(got, "no-file") {
		t.Errorf("missing: %d %q", status, got)
	}
	if exit, report, _ := command(t, "doctor", "--data", copied); exit != 1 || !strings.Contains(report, hash+" is missing") {
		t.Errorf("the doctor says %d\n%s", exit, report)
	}

	ben.url = server.url
	if status, _ := ben.bytesOf(file); status != http.StatusOK {
		t.Errorf("before it is deleted: %d", status)
	}
	seq := int(said["events"].([]any)[0].(map[string]any)["seq"].(float64))
	if status, answer := ada.ask(http.MethodPost, in+"/delete", fmt.Sprintf(`{"with":{"seq":%d}}`, seq)); status != http.StatusOK {
		t.Fatalf("%d %v", status, answer)
	}
	if status, _ := ben.bytesOf(file); status != http.StatusNotFound {
		t.Errorf("after it was deleted: %d", status)
	}
}
