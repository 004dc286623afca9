package main

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"
)

// A room that does not end in time must not keep the program from ending.
func TestItEndsAlthoughARoomDoesNot(t *testing.T) {
	t.Parallel()
	program, err := Open(t.Context(), serveCommand{Listen: "127.0.0.1:0"}, folder(t.TempDir()), slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	program.drainWait = -time.Second // is over before any room can end
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- program.Run(ctx) }()
	_, _, tab := openChat(browse(t, program.addresses().local))
	cancel()
	select {
	case err := <-ended:
		if err != nil && !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
	case <-time.After(patience):
		t.Fatal("it does not end")
	}
	tab.all(func(frame) {}) // to its end
}
