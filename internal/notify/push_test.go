package notify

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"plenum/rooms"
)

// ringing is a world in which ben has a device. Nothing waits for the clock.
func ringing(t *testing.T, o Options) (*world, *service) {
	t.Helper()
	s := newService(t)
	o.Allow = append(o.Allow, s.host())
	o.Grace = cmp.Or(o.Grace, time.Nanosecond)
	w := newWorld(t, o)
	s.public = w.notices.keys.Public
	w.subscribe("ben", s.subscription("/ben"))
	return w, s
}

func (w *world) subscribe(person string, s Subscription) {
	w.t.Helper()
	s.Token = person
	if err := w.notices.Subscribe(w.t.Context(), person, s); err != nil {
		w.t.Fatal(err)
	}
}

// pushed waits until nothing is left to be pushed now.
func (w *world) pushed() {
	w.t.Helper()
	w.settle()
	until(w.t, "the pushes are through", func() bool {
		w.notices.pushes.Ring()
		return w.count("pushes WHERE next_at <= "+line(w.notices.clock().UnixMilli())) == 0
	})
}

func TestAMentionRingsOnTheDevice(t *testing.T) {
	t.Parallel()
	w, s := ringing(t, Options{})
	code, talk := w.room()
	w.say(code, "ada", talk, "Nobody is called")
	seq := w.say(code, "ada", talk, "Can you bring it, @Ben?")
	w.pushed()
	want := pushed{
		ID: w.list("ben").Notices[0].ID, Title: "Ada mentioned you in Team day", Body: "Can you bring it, @Ben?",
		To: "/r/" + code + "#at=" + line(int64(seq)) + "&in=" + talk, Tag: code + "/" + talk, At: w.list("ben").Notices[0].At,
	}
	if len(s.got) != 1 || s.got[0] != want {
		t.Errorf("it rang with %+v, not %+v", s.got, want)
	}
	if urgency := s.last.Get("Urgency"); urgency != "high" {
		t.Errorf("its urgency is %q", urgency)
	}
	w.told("ben", "mention Can you bring it, @Ben?")
}

// A device rings once for each notice, also across restarts, and in its language.
func TestADeviceRingsOnce(t *testing.T) {
	t.Parallel()
	w, s := ringing(t, Options{})
	code, talk := w.room()
	chinese := s.subscription("/ben/2")
	chinese.Language = "zh-CN"
	w.subscribe("ben", chinese)
	w.say(code, "ada", talk, "One for @Ben")
	w.pushed()
	public := w.notices.keys.Public
	w.closeNotices()
	w.exec("DELETE FROM notice_places")
	w.say(code, "ada", talk, "Two for @Ben")
	w.openNotices()
	w.pushed()
	titles := s.titles()
	slices.Sort(titles)
	if want := []string{"Ada mentioned you in Team day", "Ada mentioned you in Team day", "Ada 在“Team day”中提到了你", "Ada 在“Team day”中提到了你"}; !slices.Equal(titles, want) {
		t.Errorf("it rang with %q", titles)
	}
	if w.notices.keys.Public != public {
		t.Error("the server has other keys after a restart")
	}
}

// What was read meanwhile on another device does not ring, nor what may not be
// seen any more, what is said in quiet hours or in a room of which one wants to
// hear nothing, what was deleted, nor on a device that is signed out.
func TestWhatDoesNotRing(t *testing.T) {
	t.Parallel()
	for name, happens := range map[string]func(w *world, code, talk string, seq uint64){
		"read":    func(w *world, code, talk string, seq uint64) { w.read(code, "ben", talk, seq) },
		"deleted": func(w *world, code, talk string, seq uint64) { w.do(code, "ada", talk, "delete", with{"seq": seq}) },
		"removed": func(w *world, code, _ string, _ uint64) {
			w.do(code, "ada", "lobby", "remove", with{"member": w.members[code+"ben"]})
		},
		"hidden": func(w *world, code, talk string, _ uint64) {
			w.do(code, "ada", "lobby", "show", with{"id": talk, "least": "host"})
		},
		"lowered": func(w *world, code, talk string, _ uint64) {
			w.do(code, "ada", "lobby", "show", with{"id": talk, "least": "participant"})
			w.do(code, "ada", "lobby", "role", with{"member": w.members[code+"ben"], "role": "viewer"})
		},
		"quiet": func(w *world, _, _ string, _ uint64) {
			now := w.notices.clock().UTC()
			minute := now.Hour()*60 + now.Minute()
			q := &Quiet{From: minute, To: (minute + 30) % minutesOfDay, Zone: "UTC"}
			if err := w.notices.SetQuiet(w.t.Context(), "ben", q); err != nil {
				w.t.Fatal(err)
			}
		},
		"none": func(w *world, code, _ string, _ uint64) {
			if err := w.notices.SetLevel(w.t.Context(), "ben", w.roomID(code), None); err != nil {
				w.t.Fatal(err)
			}
		},
		"signed out":   func(w *world, _, _ string, _ uint64) { w.exec("UPDATE tokens SET revoked_at = 5 WHERE person = 'ben'") },
		"unsubscribed": func(w *world, _, _ string, _ uint64) { w.exec("DELETE FROM push_subscriptions") },
		"too late":     func(w *world, _, _ string, _ uint64) { w.exec("UPDATE pushes SET until = 1") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := &clock{at: time.Now()}
			w, s := ringing(t, Options{Clock: now.now, Grace: grace})
			code, talk := w.room()
			seq := w.say(code, "ada", talk, "Hello @Ben")
			w.told("ben", "mention Hello @Ben")
			if n := w.count("pushes"); n != 1 {
				t.Fatalf("%d pushes wait", n)
			}
			happens(w, code, talk, seq)
			w.settle()
			now.forward(grace + time.Minute)
			w.pushed()
			if n := w.count("pushes"); n != 0 || s.tried() != 0 {
				t.Errorf("it rang %d times, %d pushes wait", s.tried(), n)
			}
		})
	}
}

// A device that is not there any more is forgotten.
func TestADeadDeviceIsForgotten(t *testing.T) {
	t.Parallel()
	for _, status := range []int{http.StatusNotFound, http.StatusGone} {
		w, s := ringing(t, Options{})
		code, talk := w.room()
		s.answer(status)
		w.say(code, "ada", talk, "One for @Ben")
		w.pushed()
		w.say(code, "ada", talk, "Two for @Ben")
		w.pushed()
		if n := w.count("push_subscriptions"); n != 0 || s.tried() != 1 {
			t.Errorf("%d: %d devices are left, %d tries", status, n, s.tried())
		}
	}
}

// A push waits for its service, longer each time and as long as that asks for;
// one that is refused is not tried again.
func TestAPushWaitsForItsService(t *testing.T) {
	t.Parallel()
	now := &clock{at: time.Now()}
	w, s := ringing(t, Options{Clock: now.now})
	code, talk := w.room()
	s.answer(http.StatusBadGateway, http.StatusTooManyRequests, http.StatusServiceUnavailable)
	w.say(code, "ada", talk, "Hello @Ben")
	w.settle()
	for try, wait := range []time.Duration{tryFirst, 2 * tryFirst, time.Hour} {
		if try == 2 {
			s.mu.Lock()
			s.header.Set("Retry-After", "3600")
			s.mu.Unlock()
		}
		w.notices.pushes.Ring()
		until(t, "a try", func() bool { return w.count("pushes WHERE tries = "+line(int64(try+1))) == 1 })
		if due := w.count("pushes WHERE next_at = " + line(now.now().Add(wait).UnixMilli())); due != 1 {
			t.Errorf("after try %d it does not wait %v", try, wait)
		}
		now.forward(wait)
	}
	w.pushed()
	if got := s.titles(); len(got) != 1 {
		t.Errorf("it rang with %q", got)
	}
	s.answer(http.StatusRequestEntityTooLarge)
	w.say(code, "ada", talk, "Again @Ben")
	w.settle()
	now.forward(time.Minute)
	w.pushed()
	if n := w.count("pushes"); n != 0 || s.tried() != 5 || w.count("push_subscriptions") != 1 {
		t.Errorf("%d pushes wait after %d tries", n, s.tried())
	}
}

// What a device says of itself is checked, and an address in here is never called.
func TestDevicesAreChecked(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	w, s := ringing(t, Options{})
	good := s.subscription("/x")
	good.Token = "ben"
	for name, change := range map[string]func(*Subscription){
		"no point":       func(s *Subscription) { s.Keys.P256dh = strings.Repeat("A", 87) },
		"short key":      func(s *Subscription) { s.Keys.P256dh = s.Keys.P256dh[:40] },
		"short auth":     func(s *Subscription) { s.Keys.Auth = s.Keys.Auth[:8] },
		"no base64":      func(s *Subscription) { s.Keys.Auth = "!!!!" },
		"long endpoint":  func(s *Subscription) { s.Endpoint += strings.Repeat("x", longestEndpoint) },
		"long language":  func(s *Subscription) { s.Language = strings.Repeat("x", 17) },
		"no URL":         func(s *Subscription) { s.Endpoint = "https://%zz" },
		"this machine":   func(s *Subscription) { s.Endpoint = "https://127.0.0.1/x" },
		"not encrypted":  func(s *Subscription) { s.Endpoint = "http://push.example/x" },
		"private":        func(s *Subscription) { s.Endpoint = "https://[fd00::1]/x" },
		"nothing at all": func(s *Subscription) { *s = Subscription{} },
	} {
		bad := good
		change(&bad)
		var refusal *rooms.Refusal
		if err := w.notices.Subscribe(t.Context(), "ben", bad); !errors.As(err, &refusal) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := w.count("push_subscriptions"); n != 1 {
		t.Fatalf("%d devices", n)
	}
	// A name that stands for this machine is only known when it is called.
	w.notices.logger = slog.New(slog.NewTextHandler(&log, nil))
	hidden := s.subscription("/ben")
	hidden.Endpoint = "https://localhost:" + s.host()[strings.LastIndex(s.host(), ":")+1:] + "/secret-path"
	w.subscribe("cyd", hidden)
	code, talk := w.room()
	w.say(code, "ada", talk, "@Cyd")
	w.pushed()
	if n := w.count("push_subscriptions WHERE person = 'cyd'"); n != 0 || s.tried() != 0 {
		t.Errorf("%d devices are left, the service was called %d times", n, s.tried())
	}
	if strings.Contains(log.String(), "secret-path") {
		t.Errorf("the log has the address: %s", log.String())
	}
}

// A device rings for the person who is signed in on it; a person has ten.
func TestWhoseADeviceIs(t *testing.T) {
	t.Parallel()
	w, s := ringing(t, Options{})
	code, talk := w.room()
	w.subscribe("cyd", s.subscription("/ben"))
	w.say(code, "ada", talk, "@Ben and @Cyd")
	w.pushed()
	if got := s.titles(); len(got) != 1 || w.count("push_subscriptions") != 1 {
		t.Errorf("it rang with %q", got)
	}
	if err := w.notices.Unsubscribe(t.Context(), "ben", s.server.URL+"/ben"); err != nil || w.count("push_subscriptions") != 1 {
		t.Errorf("somebody else's device was taken away: %v", err)
	}
	for i := range 12 {
		w.subscribe("ben", s.subscription("/many/"+line(int64(i))))
	}
	if n, first := w.count("push_subscriptions WHERE person = 'ben'"), w.count("push_subscriptions WHERE endpoint LIKE '%/many/1'"); n != mostDevices || first != 0 {
		t.Errorf("%d devices, %d of them the oldest", n, first)
	}
	if err := w.notices.Unsubscribe(t.Context(), "ben", s.server.URL+"/many/11"); err != nil || w.count("push_subscriptions WHERE person = 'ben'") != mostDevices-1 {
		t.Errorf("a device was not taken away: %v", err)
	}
}

func TestAPushFitsInARecord(t *testing.T) {
	t.Parallel()
	longest := Notice{
		ID: 1 << 62, Room: "K7TQ2M", Where: strings.Repeat("😀\"", 200), In: strings.Repeat("i", 64), Key: strings.Repeat("k", 64), Why: whyMention,
		Text: shortened(strings.Repeat("\\\"", 500)), Name: strings.Repeat("👩‍👩‍👧‍👦", 40), At: 1 << 52,
	}
	for _, text := range []string{longest.Text, shortened(strings.Repeat("😀", 500)), shortened(strings.Repeat("\u0600", 5000))} {
		longest.Text = text
		got := message(longest, "zh-CN")
		var content pushed
		if err := json.Unmarshal(got, &content); err != nil || len(got) > mostPushed || content.Title == "" || content.Body == "" {
			t.Errorf("%d bytes, %v: %s", len(got), err, got)
		}
	}
	if got := message(Notice{Room: "K7TQ2M", Name: "Ada", Why: whyHere}, "fr"); !strings.Contains(string(got), "Ada called everyone in room K7TQ2M") {
		t.Errorf("%s", got)
	}
}

func TestQuietHours(t *testing.T) {
	t.Parallel()
	at := func(text string) time.Time {
		got, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return got
	}
	night := Quiet{From: 22 * 60, To: 7 * 60, Zone: "Asia/Shanghai"} // UTC+8
	for text, want := range map[string]bool{
		"2026-11-30T13:59:59Z": false, "2026-11-30T14:00:00Z": true, "2026-11-30T16:00:00Z": true, "2026-11-30T22:59:59Z": true, "2026-11-30T23:00:00Z": false,
	} {
		if got := night.at(at(text)); got != want {
			t.Errorf("it is quiet at %s: %v", text, got)
		}
	}
	lunch := Quiet{From: 12 * 60, To: 13 * 60, Zone: "Europe/Berlin"}
	for text, want := range map[string]bool{"2026-07-01T10:30:00Z": true, "2026-12-01T10:30:00Z": false, "2026-12-01T11:30:00Z": true, "2026-12-01T12:00:00Z": false} {
		if got := lunch.at(at(text)); got != want {
			t.Errorf("it is quiet at %s: %v", text, got)
		}
	}
	for _, wrong := range []Quiet{{}, {0, 0, "UTC"}, {-1, 5, "UTC"}, {5, 1440, "UTC"}, {1, 2, "Nowhere/Else"}, {1, 2, "Local"}, {1, 2, "../../etc/passwd"}} {
		if wrong.Valid() {
			t.Errorf("%+v is valid", wrong)
		}
	}
	w := newWorld(t, Options{})
	for _, q := range []*Quiet{&night, &lunch, nil} {
		if err := w.notices.SetQuiet(t.Context(), "ben", q); err != nil {
			t.Fatal(err)
		}
		got, err := w.notices.Settings(t.Context(), "ben")
		if err != nil || (got.Quiet == nil) != (q == nil) || q != nil && *got.Quiet != *q || got.Key == "" {
			t.Errorf("kept are %+v, %v", got, err)
		}
	}
}
