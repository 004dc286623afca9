package hooks_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"plenum/internal/hooks"
	"plenum/rooms"
)

// quick are pauses for tests.
func quick(n int) []time.Duration {
	all := make([]time.Duration, n)
	for i := range all {
		all[i] = time.Millisecond
	}
	return all
}

// A poll that closes is told once, in order, signed, with the sums that everybody
// sees; what everybody does not see is not in it, and ballots are in none.
func TestAHookIsToldWhatEverybodySees(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	w := newWorld(t, hooks.Options{Allow: []string{r.host()}})
	shown, hidden, secret := w.poll("live"), w.poll("revealed"), w.poll("live")
	w.do("ada", "lobby", "show", map[string]any{"id": secret, "least": "host"})
	w.vote(shown) // before there is a hook: nobody is told
	id, key := w.hook(r.server.URL+"/in?x=1", "poll.opened", "poll.closed", "poll.revealed")
	w.do("ada", shown, "again", map[string]any{"question": "q1"})
	w.do("ada", shown, "open", map[string]any{"question": "q1"})
	w.do("ben", shown, "vote", map[string]any{"question": "q1", "round": 2, "turn": 1, "options": []string{"a"}})
	w.do("ada", shown, "close", map[string]any{"question": "q1"})
	w.vote(hidden)
	for _, do := range []string{"present", "open", "close"} { // for hosts alone
		w.do("ada", secret, do, map[string]any{"question": "q1"})
	}
	w.do("ada", hidden, "reveal", map[string]any{"question": "q1"})

	var before uint64
	for _, want := range []struct{ of, what, counts string }{
		{shown, "poll.opened", `{"a":0,"b":0}`}, {shown, "poll.closed", `{"a":1,"b":0}`}, {hidden, "poll.opened", ""}, {hidden, "poll.closed", ""}, {hidden, "poll.revealed", `{"a":0,"b":1}`},
	} {
		g := r.next()
		var with struct {
			Question struct {
				ID, Prompt string
				Options    []struct{ ID, Text string }
			}
			People  int
			Results *struct{ Counts json.RawMessage }
		}
		if err := json.Unmarshal(g.message.Data.With, &with); err != nil {
			t.Fatal(err)
		}
		counts := ""
		if with.Results != nil {
			counts = string(with.Results.Counts)
		}
		data := g.message.Data
		if g.message.Type != want.what || data.Activity.ID != want.of || with.Question.Prompt != "Tea?" || len(with.Question.Options) != 2 || counts != want.counts {
			t.Errorf("%+v was told as %s", want, g.body)
		}
		if data.Room.Code != w.code || data.Room.Title != "Team day" || data.Activity.Title != "Votes" || data.Seq <= before {
			t.Errorf("after %d: %s", before, g.body)
		}
		before = data.Seq
		if strings.Contains(g.body, "BEN") || strings.Contains(g.body, "ballots") {
			t.Errorf("it tells who voted: %s", g.body)
		}
		if g.signed(t, key) != 1 || !strings.HasPrefix(g.id, "msg_") {
			t.Errorf("%s is signed %s", g.id, g.signature)
		}
	}
	w.until(id, "all is sent", func(h hooks.Hook) bool { return h.Waiting == 0 && h.Last != nil && h.Last.Status == 200 })
	r.none()
	list, err := w.hooks.Deliveries(t.Context(), w.room, id)
	if err != nil || len(list) != 7 || list[0].Type != "poll.revealed" || list[0].State != "done" || list[0].Tries != 1 || list[1].State != "dropped" || list[2].State != "dropped" {
		t.Errorf("%+v %v", list, err)
	}
	if err := w.hooks.Again(t.Context(), w.room, id, list[4].ID); err != nil {
		t.Fatal(err)
	}
	if g := r.next(); g.id != list[4].ID || g.message.Type != "poll.opened" {
		t.Errorf("once more: %s %s", g.id, g.body)
	}
	if err := w.hooks.Again(t.Context(), w.room, id, "msg_none"); !errors.Is(err, hooks.ErrSending) {
		t.Errorf("what is not kept: %v", err)
	}
}

// What happened while nobody followed, and what was sent when the program died
// before it knew the answer, is sent afterwards, under the same id, in order.
func TestNothingIsLostAtACrash(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	w := newWorld(t, hooks.Options{Allow: []string{r.host()}})
	poll := w.poll("live")
	id, _ := w.hook(r.server.URL, "poll.opened", "poll.closed")
	hangs, release := make(chan struct{}), make(chan struct{})
	r.answers(func(http.ResponseWriter, *http.Request) { close(hangs); <-release })
	w.do("ada", poll, "present", map[string]any{"question": "q1"})
	w.do("ada", poll, "open", map[string]any{"question": "q1"})
	first := r.next()
	<-hangs
	w.shut() // the receiver has it, and nobody here knows
	close(release)
	r.answers(nil)
	w.do("ada", poll, "close", map[string]any{"question": "q1"}) // committed, and followed by nobody
	w.open()
	again, second := r.next(), r.next()
	if again.id != first.id || again.body != first.body {
		t.Errorf("%s came as %s, then %s as %s", first.id, first.body, again.id, again.body)
	}
	if second.message.Type != "poll.closed" || second.id == first.id {
		t.Errorf("then came %s", second.body)
	}
	w.until(id, "all is sent", func(h hooks.Hook) bool { return h.Waiting == 0 })
	w.shut()
	w.open()
	w.until(id, "nothing waits", func(h hooks.Hook) bool { return h.Waiting == 0 })
	r.none()
}

// For a day after a secret was changed both are good.
func TestBothSecretsAreGoodForADay(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	now := time.Now()
	clock := make(chan time.Time, 1)
	clock <- now
	read := func() time.Time { at := <-clock; clock <- at; return at }
	w := newWorld(t, hooks.Options{Allow: []string{r.host()}, Clock: read})
	id, former := w.hook(r.server.URL, "poll.closed")
	secret, err := w.hooks.Rotate(t.Context(), w.room, id, noNote)
	if err != nil || secret == former {
		t.Fatalf("%v", err)
	}
	ping := func() got {
		t.Helper()
		if err := w.hooks.Ping(t.Context(), w.room, id); err != nil {
			t.Fatal(err)
		}
		return r.next()
	}
	if g := ping(); g.signed(t, former) != 1 || g.signed(t, secret) != 1 {
		t.Errorf("signed %s", g.signature)
	}
	w.until(id, "it is sent", func(h hooks.Hook) bool { return h.Waiting == 0 && h.Both > 0 })
	<-clock
	clock <- now.Add(24 * time.Hour)
	if g := ping(); g.signed(t, former) != 0 || g.signed(t, secret) != 1 {
		t.Errorf("a day later: signed %s", g.signature)
	}
}

// What is not for everybody any more when it is sent is not sent, and a room that
// is deleted or archived tells nothing.
func TestWhatWasTakenBackIsNotSent(t *testing.T) {
	t.Parallel()
	for name, take := range map[string]func(*world, string){
		"hidden":   func(w *world, in string) { w.do("ada", "lobby", "show", map[string]any{"id": in, "least": "host"}) },
		"binned":   func(w *world, in string) { w.do("ada", "lobby", "bin", map[string]any{"id": in}) },
		"archived": func(w *world, _ string) { w.do("ada", "lobby", "archive", map[string]any{"on": true}) },
		"deleted":  func(w *world, _ string) { w.do("ada", "lobby", "delete", map[string]any{"on": true}) },
		"dismissed": func(w *world, in string) {
			w.do("ada", in, "dismiss", map[string]any{"question": w.question(in)})
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newReceiver(t)
			w := newWorld(t, hooks.Options{Allow: []string{r.host()}})
			in := w.add(map[string]any{"kind": "qa", "title": "Ask"})
			id, _ := w.hook(r.server.URL, "qa.listed")
			w.shut()
			w.enter("ben")
			w.do("ben", in, "ask", map[string]any{"text": "Why is it so?"})
			take(w, in)
			w.open()
			deadline := time.Now().Add(20 * time.Second)
			for {
				list, err := w.hooks.Deliveries(t.Context(), w.room, id)
				if err != nil {
					t.Fatal(err)
				}
				if len(list) == 1 && list[0].State == "dropped" {
					break
				}
				if time.Now().After(deadline) {
					t.Fatalf("it is %+v", list)
				}
				time.Sleep(5 * time.Millisecond)
			}
			r.none()
		})
	}
}

// question is the id of the only question.
func (w *world) question(in string) uint64 {
	w.t.Helper()
	raw, err := w.hall.View(w.t.Context(), w.code, "ada", in)
	if err != nil {
		w.t.Fatal(err)
	}
	var shown struct {
		View struct{ Questions []struct{ ID uint64 } }
	}
	if err := json.Unmarshal(raw, &shown); err != nil || len(shown.View.Questions) != 1 {
		w.t.Fatalf("%s %v", raw, err)
	}
	return shown.View.Questions[0].ID
}

// A room has ten hooks and not one more; one that is taken away tells nothing, and
// what was asked wrong is refused.
func TestLimitsOfHooks(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	w := newWorld(t, hooks.Options{Allow: []string{r.host()}})
	for _, what := range [][]string{nil, {}, {"poll.voted"}, {"poll.closed", "chat.said"}} {
		if _, _, err := w.hooks.Add(t.Context(), w.room, w.owner.ID, r.server.URL, what, noNote); !errors.Is(err, hooks.ErrWhat) {
			t.Errorf("%v: %v", what, err)
		}
	}
	var first string
	for i := range hooks.MaxHooks {
		id, _ := w.hook(r.server.URL, "poll.closed", "poll.closed")
		if i == 0 {
			first = id
		}
	}
	_, _, err := w.hooks.Add(t.Context(), w.room, w.owner.ID, r.server.URL, []string{"poll.closed"}, noNote)
	if !errors.Is(err, hooks.ErrHooks) {
		t.Errorf("one more: %v", err)
	}
	if err := w.hooks.Remove(t.Context(), "another", first, noNote); !errors.Is(err, hooks.ErrHook) {
		t.Errorf("of another room: %v", err)
	}
	refuses := errors.New("not noted")
	if err := w.hooks.Remove(t.Context(), w.room, first, func(string) error { return refuses }); !errors.Is(err, refuses) {
		t.Errorf("what cannot be noted: %v", err)
	}
	for _, h := range list(t, w) {
		if err := w.hooks.Remove(t.Context(), w.room, h.ID, noNote); err != nil {
			t.Fatal(err)
		}
	}
	w.vote(w.poll("live"))
	if all := list(t, w); len(all) != 0 {
		t.Errorf("%+v", all)
	}
	if err := w.hooks.Ping(t.Context(), w.room, first); !errors.Is(err, hooks.ErrHook) {
		t.Errorf("one that is gone: %v", err)
	}
	r.none()
	if err := w.hall.NoteHook(t.Context(), w.room, w.owner.ID, "anything", "x"); !errors.Is(err, rooms.ErrMalformed) {
		t.Errorf("a strange note: %v", err)
	}
}

func list(t *testing.T, w *world) []hooks.Hook {
	t.Helper()
	all, err := w.hooks.List(t.Context(), w.room)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Results that were hidden after the close are not in what is sent of it later.
func TestResultsHiddenSinceAreNotSent(t *testing.T) {
	t.Parallel()
	r := newReceiver(t)
	w := newWorld(t, hooks.Options{Allow: []string{r.host()}})
	poll := w.poll("live")
	w.hook(r.server.URL, "poll.closed")
	w.shut()
	w.vote(poll)
	w.do("ada", poll, "hide", map[string]any{"question": "q1"})
	w.open()
	if g := r.next(); !strings.Contains(g.body, `"people":1`) || strings.Contains(g.body, "results") {
		t.Errorf("it is told %s", g.body)
	}
}
