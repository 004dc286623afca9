package main

import (
	"database/sql"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"unsafe"
)

// limit bounds the size of the files that a process writes: to it, the disk is
// full. It can be lifted again.
func (p *process) limit(size uint64) {
	p.t.Helper()
	limit := syscall.Rlimit{Cur: size, Max: ^uint64(0)}
	const fileSize = 1 // RLIMIT_FSIZE
	_, _, errno := syscall.Syscall6(syscall.SYS_PRLIMIT64, uintptr(p.cmd.Process.Pid), fileSize, uintptr(unsafe.Pointer(&limit)), 0, 0, 0)
	if errno != 0 {
		p.t.Fatal(errno)
	}
}

// 35: the disk is full, and then not.
func TestBadInput35DiskFull(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server := spawn(t, data)
	c := gather(t, server.url)
	c.ada.untilHere()
	log, err := os.Stat(filepath.Join(data, "plenum.db-wal"))
	if err != nil {
		t.Fatal(err)
	}
	server.limit(uint64(log.Size()))
	c.ben.say("said while the disk is full")
	c.refuses("full")
	c.reads(t)
	server.limit(^uint64(0))
	c.recovers("said while the disk is full")
	server.ends(data, c)
}

// 35: another process has the database locked, and then not.
func TestBadInput35DatabaseLocked(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server := spawn(t, data)
	c := gather(t, server.url)
	c.ada.untilHere()
	other, err := sql.Open("sqlite3", filepath.Join(data, "plenum.db")+"?_txlock=immediate")
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	lock, err := other.Begin()
	if err != nil {
		t.Fatal(err)
	}
	c.ben.say("said while the database is locked")
	c.refuses("locked") // comes after the time a write may wait
	c.reads(t)
	if err := lock.Rollback(); err != nil {
		t.Fatal(err)
	}
	c.recovers("said while the database is locked")
	server.ends(data, c)
}

// 35: the end of the write-ahead log is damaged. SQLite goes on without it and
// says nothing; the doctor does, and pages that know more are told so.
func TestBadInput35CorruptedLogTail(t *testing.T) {
	t.Parallel()
	data := t.TempDir()
	server := spawn(t, data)
	c := gather(t, server.url)
	c.ben.say("stored before the damage")
	c.ada.untilHeard("stored before the damage")
	for range 5 {
		c.alive()
	}
	server.signal(syscall.SIGKILL)
	_ = server.wait()
	if report := mustRun(t, "doctor", "--data", data); !strings.Contains(report, "The write-ahead log is sound.") {
		t.Errorf("before the damage:\n%s", report)
	}
	damage(t, filepath.Join(data, "plenum.db-wal"))
	if code, report, _ := command(t, "doctor", "--data", data); code != 1 || !strings.Contains(report, "WRONG  The write-ahead log cannot be read from byte") {
		t.Errorf("after the damage: exit %d\n%s", code, report)
	}
	server = spawn(t, data)
	c.move(server.url)
	for _, k := range []*talker{c.ada, c.ben} { // both knew what is lost, and start afresh
		k.until("a second view", func() bool { return k.views == 2 && k.conn != nil })
		k.untilHeard("stored before the damage")
	}
	c.alive()
	server.signal(syscall.SIGTERM)
	if err := server.wait(); err != nil {
		t.Errorf("%v\n%s", err, server.log)
	}
	if report := mustRun(t, "doctor", "--data", data); strings.Contains(report, "WRONG") {
		t.Error(report)
	}
	events := stored(t, data, c.code, c.chat)
	count(events).nothingTwice(t)
	c.ada.sawTheEndOf(events)
}

// damage turns over a bit in the last page of a file.
func damage(t *testing.T, path string) {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	content[len(content)-100] ^= 1
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
}

// refuses makes sure that writes are answered as something to try again.
func (c *company) refuses(what string) {
	c.t.Helper()
	const body = `{"with":{"text":"x","title":"x"},"title":"x","name":"Cy","role":"host"}`
	var asking sync.WaitGroup // at once: each may wait for as long as a write may
	for _, path := range []string{"/activities/" + c.chat + "/say", "/activities/lobby/title", "/links", "/enter", ""} {
		asking.Go(func() {
			who := c.owner
			path := "/api/rooms/" + c.code + path
			if strings.HasSuffix(path, "/enter") {
				who = browse(c.t, c.owner.url) // a stranger
			}
			if strings.HasSuffix(path, c.code) {
				path = "/api/rooms" // a new room
			}
			status, answer := who.ask(http.MethodPost, path, body)
			if status != http.StatusServiceUnavailable || answer["because"] == "" || answer["say"] == "" {
				c.t.Errorf("%s: %s: %d %v", what, path, status, answer)
			}
		})
	}
	asking.Wait()
}

// reads makes sure that what is stored can be seen.
func (c *company) reads(t *testing.T) {
	t.Helper()
	for _, path := range []string{"", "/activities/" + c.chat + "/view", "/activities/lobby/view", "/activities/" + c.chat + "/read/older"} {
		if status, answer := c.owner.ask(http.MethodGet, "/api/rooms/"+c.code+path, ""); status != http.StatusOK {
			t.Errorf("GET %s: %d %v", path, status, answer)
		}
	}
	newcomer := c.newcomer() // also over a new socket
	newcomer.conn.Close()
	c.ben.mu.Lock()
	defer c.ben.mu.Unlock()
	if len(c.ben.unsettled) != 1 {
		t.Errorf("it was told as stored: %v", c.ben.settled)
	}
}

// recovers makes sure that all goes on by itself, and nobody lost anything.
func (c *company) recovers(text string) {
	c.t.Helper()
	c.ada.untilHeard(text)
	c.ben.untilSettled()
	c.alive()
	if status, answer := browse(c.t, c.owner.url).ask(http.MethodPost, "/api/rooms/"+c.code+"/enter", `{"name":"Cy"}`); status != http.StatusOK {
		c.t.Errorf("enter: %d %v", status, answer)
	}
	for _, k := range []*talker{c.ada, c.ben} {
		k.mu.Lock()
		if k.joins != 1 || k.views != 1 {
			c.t.Errorf("a tab that was connected all the time joined %d times: %v", k.joins, k.closes)
		}
		k.mu.Unlock()
	}
}

// ends stops the server and looks at what it stored.
func (p *process) ends(data string, c *company) {
	p.t.Helper()
	p.signal(syscall.SIGTERM)
	if err := p.wait(); err != nil {
		p.t.Errorf("%v\n%s", err, p.log)
	}
	if report := mustRun(p.t, "doctor", "--data", data); strings.Contains(report, "WRONG") {
		p.t.Error(report)
	}
	events := stored(p.t, data, c.code, c.chat)
	times := count(events)
	times.nothingTwice(p.t)
	times.once(p.t, c.ben.kept())
	c.ada.sawTheEndOf(events)
}
