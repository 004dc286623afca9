package hooks_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"plenum/internal/hooks"
)

// A receiver that fails is tried again and again, what follows waits behind, and in
// the end it is off; switched on, all of it comes.
func TestAReceiverThatFails(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	w := newWorld(t, hooks.Options{Allow: []string{r.host()}, Pauses: quick(4)})
	poll := w.poll("live")
	id, _ := w.hook(r.server.URL, "poll.opened", "poll.closed")
	huge := strings.Repeat("<b>no</b>\x00\xff ", 1<<20)
	r.answers(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(500); _, _ = w.Write([]byte(huge)) })
	w.vote(poll)
	h := w.until(id, "it is off", func(h hooks.Hook) bool { return h.Off > 0 })
	if h.Why != "failing" || h.Waiting != 2 || h.Last.Status != 500 || len(h.Last.Text) > 300 || !strings.HasPrefix(h.Last.Text, "<b>no</b> <b>no") {
		t.Errorf("%+v %+v", h, h.Last)
	}
	first := r.next()
	for range 4 {
		if g := r.next(); g.id != first.id || g.message.Type != "poll.opened" {
			t.Errorf("tried again: %s", g.body)
		}
	}
	r.none()
	if err := w.hooks.Ping(t.Context(), w.room, id); !errors.Is(err, hooks.ErrOff) {
		t.Errorf("a ping: %v", err)
	}
	r.answers(nil)
	if err := w.hooks.SwitchOn(t.Context(), w.room, id, noNote); err != nil {
		t.Fatal(err)
	}
	if g := r.next(); g.id != first.id {
		t.Errorf("first comes %s", g.body)
	}
	if g := r.next(); g.message.Type != "poll.closed" {
		t.Errorf("then comes %s", g.body)
	}
	w.until(id, "it is well again", func(h hooks.Hook) bool { return h.Waiting == 0 && h.Off == 0 })
}

// 410 ends it, a redirect is followed nowhere, and what a receiver says is bounded.
func TestAnswersOfReceivers(t *testing.T) {
	t.Parallel()
	r, inside := newReceiver(t), newReceiver(t)
	w := newWorld(t, hooks.Options{Allow: []string{r.host()}, Pauses: quick(0)})
	r.answers(func(w http.ResponseWriter, ask *http.Request) {
		http.Redirect(w, ask, inside.server.URL, http.StatusTemporaryRedirect)
	})
	id, _ := w.hook(r.server.URL, "poll.closed")
	if err := w.hooks.Ping(t.Context(), w.room, id); err != nil {
		t.Fatal(err)
	}
	if h := w.until(id, "it is off", func(h hooks.Hook) bool { return h.Off > 0 }); h.Why != "failing" || h.Last.Status != 307 {
		t.Errorf("a redirect: %+v", h)
	}
	inside.none()
	if g := r.next(); g.message.Type != "ping" || g.message.Data.Room.Code != w.code {
		t.Errorf("a ping is %s", g.body)
	}
	r.status(http.StatusGone)
	if err := w.hooks.SwitchOn(t.Context(), w.room, id, noNote); err != nil {
		t.Fatal(err)
	}
	if h := w.until(id, "it is off", func(h hooks.Hook) bool { return h.Off > 0 }); h.Why != "gone" || h.Last.Status != 410 {
		t.Errorf("gone: %+v", h)
	}
	r.server.Close()
	if err := w.hooks.SwitchOn(t.Context(), w.room, id, noNote); err != nil {
		t.Fatal(err)
	}
	if h := w.until(id, "it is off", func(h hooks.Hook) bool { return h.Off > 0 }); h.Why != "failing" || h.Last.Status != 0 || h.Last.Text != "unreachable" {
		t.Errorf("nobody there: %+v", h)
	}
}

// A receiver that never answers holds up nobody but itself.
func TestASlowReceiverHoldsUpNobody(t *testing.T) {
	t.Parallel()
	slow, well := newReceiver(t), newReceiver(t)
	w := newWorld(t, hooks.Options{Allow: []string{slow.host(), well.host()}})
	hangs := make(chan struct{})
	t.Cleanup(func() { close(hangs) })
	slow.answers(func(_ http.ResponseWriter, ask *http.Request) {
		select {
		case <-hangs:
		case <-ask.Context().Done():
		}
	})
	poll := w.poll("live")
	for i := range 5 {
		w.hook(fmt.Sprintf("%s/%d", slow.server.URL, i), "poll.opened", "poll.closed")
	}
	w.hook(well.server.URL, "poll.opened", "poll.closed")
	begin := time.Now()
	w.vote(poll)
	well.next()
	well.next()
	if took := time.Since(begin); took > 5*time.Second {
		t.Errorf("the one that answers had to wait %v", took)
	}
}

// No address inside a network is called: not as it is written, nor as a name
// stands for it when it is called.
func TestNoPrivateAddressIsCalled(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	_, port, _ := strings.Cut(r.host(), ":")
	w := newWorld(t, hooks.Options{Pauses: quick(3)})
	for _, address := range []string{
		r.server.URL, "https://127.0.0.1/", "https://10.0.0.1/", "https://169.254.169.254/latest", "https://[::1]/", "https://[::ffff:127.0.0.1]/", "http://example.org/",
		"https://u:p@example.org/", "https://", "ftp://example.org/", "", "::", "https://example.org/#x", "https://example.org/" + strings.Repeat("x", 1000),
	} {
		if _, _, err := w.hooks.Add(t.Context(), w.room, w.owner.ID, address, []string{"poll.closed"}, noNote); !errors.Is(err, hooks.ErrAddress) {
			t.Errorf("%q: %v", address, err)
		}
	}
	id, _ := w.hook("https://localhost:"+port+"/", "poll.closed")
	if err := w.hooks.Ping(t.Context(), w.room, id); err != nil {
		t.Fatal(err)
	}
	if h := w.until(id, "it is off", func(h hooks.Hook) bool { return h.Off > 0 }); h.Why != "address" || h.Last.Text != "forbidden" {
		t.Errorf("a name for inside: %+v %+v", h, h.Last)
	}
	r.none()
}

// As many deliveries wait as may; one more switches the hook off, and it is the one that goes.
func TestMoreThanMayWait(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	w := newWorld(t, hooks.Options{Allow: []string{r.host()}, Pauses: []time.Duration{time.Hour}})
	r.status(http.StatusServiceUnavailable)
	first, second := w.poll("live"), w.poll("live")
	id, _ := w.hook(r.server.URL, "poll.closed")
	if err := w.hooks.Ping(t.Context(), w.room, id); err != nil {
		t.Fatal(err)
	}
	w.until(id, "the first has failed", func(h hooks.Hook) bool { return h.Last != nil && h.Last.Status == http.StatusServiceUnavailable })
	err := w.store.Write(t.Context(), func(tx *gorm.DB) error {
		return tx.Exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?)
			INSERT INTO hook_deliveries (id, hook, room, epoch, seq, type, at, state) SELECT 'd' || i, ?, ?, '', 0, 'ping', 1, 'waiting' FROM n`,
			hooks.MaxWaiting-2, id, w.room).Error
	})
	if err != nil {
		t.Fatal(err)
	}
	w.vote(first)
	if h := w.until(id, "as many wait as may", func(h hooks.Hook) bool { return h.Waiting == hooks.MaxWaiting }); h.Off != 0 {
		t.Errorf("it is off already: %+v", h)
	}
	w.vote(second)
	h := w.until(id, "one more switches it off", func(h hooks.Hook) bool { return h.Off > 0 })
	if h.Why != "full" || h.Waiting != hooks.MaxWaiting {
		t.Errorf("%+v", h)
	}
}
