package main

import (
	"fmt"
	"path/filepath"
	"syscall"
	"testing"
)

// A backup is made while fifty tabs write. Restored into an empty folder it has
// all that was acknowledged before it began, and the tabs go on: in a new epoch,
// with what was not saved kept as recovered text.
func TestABackupWhileFiftyWriteIsRestored(t *testing.T) {
	t.Parallel()
	data, restored, backup := t.TempDir(), t.TempDir(), filepath.Join(t.TempDir(), "backup.db")
	server := spawn(t, data)
	c := gather(t, server.url)
	writers := c.writers(10, 5)
	stop, writing := keepTalking(writers)
	c.ben.until("acknowledgements before the backup", func() bool { return settledBy(writers) > 500 })
	c.ada.mu.Lock()
	epoch := c.ada.epoch
	c.ada.mu.Unlock()
	before := make([][]saying, len(writers))
	for i, k := range writers {
		before[i] = k.kept()
	}
	mustRun(t, "backup", backup, "--data", data)
	after := settledBy(writers)
	c.ben.until("acknowledgements after the backup", func() bool { return settledBy(writers) > after+200 })
	server.signal(syscall.SIGKILL)
	if server.wait() == nil {
		t.Fatal("it was killed and says that it ended well")
	}
	close(stop)

	mustRun(t, "restore", backup, "--data", restored)
	server = spawn(t, restored)
	c.move(server.url)
	writing.Wait()
	for _, k := range writers {
		k.until("the new epoch", func() bool { return k.conn != nil && k.epoch != "" && k.epoch != epoch })
	}
	c.alive()
	for i, k := range writers {
		k.say(fmt.Sprint("writer ", i, " goes on"))
		k.untilSettled()
	}
	c.alive()
	for _, k := range writers {
		k.untilHeard(c.said())
	}
	server.signal(syscall.SIGTERM)
	if err := server.wait(); err != nil {
		t.Error(err)
	}
	events := stored(t, restored, c.code, c.chat)
	times := count(events)
	times.nothingTwice(t)
	recovered := 0
	for i, k := range writers {
		times.once(t, before[i])
		kept := k.kept()
		times.once(t, kept[len(kept)-1:]) // what it said after the restore
		k.sawTheEndOf(events)
		recovered += len(k.recovered)
	}
	if recovered == 0 {
		t.Error("nobody had anything under way when the server was killed")
	}
}
