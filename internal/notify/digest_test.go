package notify

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"plenum/internal/mail"
)

// postbox is who takes letters in the place of a mail server.
type postbox chan mail.Letter

func (p postbox) Send(_ context.Context, l mail.Letter) error {
	p <- l
	return nil
}

// mailing is a world in which ben has an account with an address that is his.
func mailing(t *testing.T) (w *world, clock *clock, box postbox) {
	t.Helper()
	clock = newClock()
	w = newWorld(t, Options{Clock: clock.now})
	box = make(postbox, 10)
	outbox := mail.Open(w.store, box, mail.Options{Clock: clock.now, Logger: w.options.Logger})
	t.Cleanup(outbox.Close) // before the store, which newWorld closes
	w.closeNotices()
	w.options.Mails, w.options.Site = outbox, "https://plenum.example/"
	w.openNotices()
	w.exec("INSERT INTO accounts (person, email, password, created_at, changed_at, verified_at) VALUES ('ben', 'ben@example.org', '', 1, 1, 1)")
	return w, clock, box
}

// later is after everything that was said has been taken.
func (w *world) later(clock *clock, by time.Duration) {
	w.t.Helper()
	w.settle()
	clock.forward(by)
}

func newClock() *clock { return &clock{at: time.Now()} }

// mailedBy waits until everything that is due is looked after, and tells what was mailed.
func (w *world) mailedBy(box postbox) (letters []mail.Letter) {
	w.t.Helper()
	w.settle()
	until(w.t, "the mails are through", func() bool {
		w.notices.digests.Ring()
		return w.count("digests WHERE next_at > 0 AND next_at <= "+line(w.notices.clock().UnixMilli())) == 0 && w.count("letters") == 0
	})
	for len(box) > 0 {
		letters = append(letters, <-box)
	}
	return letters
}

func (w *world) wantMails(box postbox, want int) []mail.Letter {
	w.t.Helper()
	got := w.mailedBy(box)
	if len(got) != want {
		w.t.Fatalf("%d letters, not %d: %v", len(got), want, got)
	}
	return got
}

// What is not read for half an hour is mailed, once, and the next some hours later.
func TestWhatIsNotReadIsMailed(t *testing.T) {
	t.Parallel()
	w, clock, box := mailing(t)
	code, talk := w.room()
	seq := w.say(code, "ada", talk, "Can you bring it, @Ben?")
	w.say(code, "ada", talk, "Nobody is called")
	w.later(clock, digestWait-time.Minute)
	w.wantMails(box, 0)
	w.later(clock, time.Minute)
	letter := w.wantMails(box, 1)[0]
	if letter.To != "ben@example.org" || letter.Subject != "1 notification is waiting for you in Plenum" {
		t.Errorf("to %s: %s", letter.To, letter.Subject)
	}
	want := fmt.Sprintf("Ada mentioned you in Team day\n  Can you bring it, @Ben?\n  https://plenum.example/r/%s#at=%d&in=%s\n\nYou get", code, seq, talk)
	if !strings.HasPrefix(letter.Text, want) || !strings.HasSuffix(letter.Text, "\nhttps://plenum.example/\n") {
		t.Errorf("the letter is\n%s\nnot\n%s", letter.Text, want)
	}

	w.closeNotices()
	w.exec("DELETE FROM notice_places")
	w.openNotices()
	w.say(code, "ada", talk, "And this, @Ben?")
	w.later(clock, digestWait)
	w.wantMails(box, 0)
	w.later(clock, digestEvery-digestWait)
	letter = w.wantMails(box, 1)[0]
	if !strings.Contains(letter.Text, "And this, @Ben?") || strings.Contains(letter.Text, "Can you bring it") {
		t.Errorf("the second letter is\n%s", letter.Text)
	}
	w.later(clock, 2*digestEvery)
	w.wantMails(box, 0)
}

func TestALetterHasTheNewsOfManyRooms(t *testing.T) {
	t.Parallel()
	w, clock, box := mailing(t)
	w.exec("UPDATE accounts SET language = 'zh-CN'")
	for range 2 {
		code, talk := w.room()
		for range 7 {
			w.say(code, "ada", talk, "This one, @Ben")
		}
	}
	w.later(clock, digestWait)
	letter := w.wantMails(box, 1)[0]
	if letter.Subject != "Plenum 中有 14 条通知等待你查看" || strings.Count(letter.Text, "“Team day”") != digestMost || !strings.Contains(letter.Text, "另有 4 条") {
		t.Errorf("%s\n%s", letter.Subject, letter.Text)
	}
}

// What was read, is gone, or may not be seen any more is not mailed, nor to who
// wants none or has no address that is theirs.
func TestWhatIsNotMailed(t *testing.T) {
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
		"none": func(w *world, code, _ string, _ uint64) {
			if err := w.notices.SetLevel(w.t.Context(), "ben", w.roomID(code), None); err != nil {
				w.t.Fatal(err)
			}
		},
		"off": func(w *world, _, _ string, _ uint64) {
			if err := w.notices.SetMail(w.t.Context(), "ben", false); err != nil {
				w.t.Fatal(err)
			}
		},
		"not confirmed any more": func(w *world, _, _ string, _ uint64) { w.exec("UPDATE accounts SET verified_at = 0") },
		"no account any more":    func(w *world, _, _ string, _ uint64) { w.exec("DELETE FROM accounts") },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w, clock, box := mailing(t)
			code, talk := w.room()
			seq := w.say(code, "ada", talk, "For @Ben and @Cyd")
			w.settle()
			if w.count("digests WHERE next_at > 0") != 1 {
				t.Fatal("nothing waits for ben, or something for cyd, who has no account")
			}
			happens(w, code, talk, seq)
			w.later(clock, digestWait)
			w.wantMails(box, 0)
		})
	}
}

// Who turned mails off and on again is told of what comes then.
func TestMailsOffAndOn(t *testing.T) {
	t.Parallel()
	w, clock, box := mailing(t)
	code, talk := w.room()
	mails := func(want string) {
		t.Helper()
		s, err := w.notices.Settings(t.Context(), "ben")
		if err != nil || s.Mail == nil || fmt.Sprint(*s.Mail) != want {
			t.Errorf("the settings are %v, %v", s, err)
		}
	}
	mails("true")
	for _, on := range []bool{false, true} {
		if err := w.notices.SetMail(t.Context(), "ben", on); err != nil {
			t.Fatal(err)
		}
		mails(fmt.Sprint(on))
		w.say(code, "ada", talk, "For @Ben")
		w.later(clock, digestWait)
		if on {
			w.wantMails(box, 1)
		} else {
			w.wantMails(box, 0)
		}
	}
	if s, err := w.notices.Settings(t.Context(), "cyd"); err != nil || s.Mail != nil {
		t.Errorf("cyd, who has no address, has %v, %v", s, err)
	}
}

// A mail that falls into quiet hours comes when they end.
func TestMailsKeepQuietHours(t *testing.T) {
	t.Parallel()
	w, clock, box := mailing(t)
	code, talk := w.room()
	now := clock.now().UTC()
	minute := now.Hour()*60 + now.Minute()
	if err := w.notices.SetQuiet(t.Context(), "ben", &Quiet{From: minute, To: (minute + 120) % minutesOfDay, Zone: "UTC"}); err != nil {
		t.Fatal(err)
	}
	w.say(code, "ada", talk, "For @Ben")
	w.settle()
	w.later(clock, digestWait)
	w.wantMails(box, 0)
	w.later(clock, 2*time.Hour-digestWait)
	w.wantMails(box, 1)
}

func TestHowLongItStaysQuiet(t *testing.T) {
	t.Parallel()
	at := func(text string) time.Time {
		now, err := time.Parse("2006-01-02 15:04", text)
		if err != nil {
			t.Fatal(err)
		}
		return now
	}
	for _, c := range []struct {
		q    Quiet
		now  time.Time
		want time.Duration
	}{
		{Quiet{22 * 60, 7 * 60, "UTC"}, at("2026-03-01 23:30"), 7*time.Hour + 30*time.Minute},
		{Quiet{22 * 60, 7 * 60, "UTC"}, at("2026-03-01 06:59"), time.Minute},
		{Quiet{8 * 60, 9 * 60, "UTC"}, at("2026-03-01 08:00"), time.Hour},
		// The clocks go forward in this night.
		{Quiet{22 * 60, 7 * 60, "Europe/Berlin"}, at("2026-03-28 22:00"), 7 * time.Hour},
	} {
		if got := c.q.left(c.now); !c.q.at(c.now) || got != c.want {
			t.Errorf("%v at %v: %v, want %v", c.q, c.now, got, c.want)
		}
	}
}
