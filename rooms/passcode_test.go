package rooms_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"strings"
	"sync"
	"testing"

	"plenum/rooms"
)

// Who comes by the code says the passcode, also before waiting at the door; who
// has a link, or is in already, is not asked. It outlives a restart, and is
// nowhere to be read.
func TestPasscode(t *testing.T) {
	t.Parallel()
	const passcode = "Pfirsich-42"
	s := newStage(t)
	s.enter("ben", "Ben")
	set := func(person, passcode string) error {
		return s.hall.SetPasscode(t.Context(), s.code, person, passcode)
	}
	enter := func(person, passcode, key string) error {
		_, err := s.hall.Enter(t.Context(), s.code, rooms.Entry{Person: person, Name: person, Passcode: passcode, Key: key})
		return err
	}
	if err := set("ben", passcode); !errors.Is(err, rooms.ErrRole) {
		t.Errorf("no host sets it: %v", err)
	}
	for _, wrong := range []string{"abc", strings.Repeat("x", rooms.MaxPasscode+1)} {
		refusedAs(t, set("ada", wrong), "passcode-length")
	}
	for _, right := range []string{"äöü1", strings.Repeat("ü", rooms.MaxPasscode), passcode} {
		if err := set("ada", right); err != nil {
			t.Fatal(err)
		}
	}
	key, err := s.link(rooms.Invite{Role: rooms.Editor})
	if err != nil {
		t.Fatal(err)
	}
	for i, name := range []string{"first", "second"} {
		if err := enter(name, "", ""); !errors.Is(err, rooms.ErrPasscode) {
			t.Errorf("without: %v", err)
		}
		for _, wrong := range []string{"pfirsich-42", "äöü1", strings.Repeat("x", 100_000)} {
			if err := enter(name, wrong, ""); !errors.Is(err, rooms.ErrPasscodeWrong) {
				t.Errorf("%.20q: %v", wrong, err)
			}
		}
		if err := enter(name, passcode, ""); err != nil {
			t.Errorf("the right one: %v", err)
		}
		for who, key := range map[string]string{"ben": "", "ada": "", name: "", name + " by a link": key} {
			if err := enter(who, "", key); err != nil {
				t.Errorf("%s: %v", who, err)
			}
		}
		about, err := s.hall.About(t.Context(), s.code, "")
		if err != nil || !about.Passcode {
			t.Errorf("at the door: %+v %v", about, err)
		}
		if i == 0 {
			s.restart()
		}
	}
	s.policy(rooms.EveryoneWaits)
	if err := enter("dan", "", ""); !errors.Is(err, rooms.ErrPasscode) {
		t.Errorf("who knocks without: %v", err)
	}
	if err := enter("dan", passcode, ""); !errors.Is(err, rooms.ErrWaiting) {
		t.Errorf("who knocks: %v", err)
	}
	s.policy(rooms.DoorOpen)
	for _, person := range []string{"ada", "ben"} {
		text, err := s.hall.View(t.Context(), s.code, person, "lobby")
		if err != nil || strings.Contains(string(text), `"passcode":true`) != (person == "ada") {
			t.Errorf("%s sees %s %v", person, text, err)
		}
	}
	if err := s.log.Wiped(context.Background()); err != nil {
		t.Fatal(err)
	}
	if stored, err := os.ReadFile(s.path); err != nil || bytes.Contains(stored, []byte(passcode)) {
		t.Errorf("it is stored as it is: %v", err)
	}
	a, err := s.audit("ada", 0)
	if err != nil || a.Lines[0].Did != "passcode" && !strings.Contains(string(all(a)), `"Did":"passcode"`) || strings.Contains(string(all(a)), "hash") {
		t.Errorf("%s %v", all(a), err)
	}
	if err := set("ada", ""); err != nil {
		t.Fatal(err)
	}
	if err := enter("late", "", ""); err != nil {
		t.Errorf("without a passcode any more: %v", err)
	}
}

// A hall that comes in at once with the right passcode gets in.
func TestAHallWithAPasscode(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	if err := s.hall.SetPasscode(t.Context(), s.code, "ada", "together"); err != nil {
		t.Fatal(err)
	}
	var hall sync.WaitGroup
	for i := range 200 {
		hall.Go(func() {
			person := "p" + strings.Repeat("i", i)
			if _, err := s.hall.Enter(context.Background(), s.code, rooms.Entry{Person: person, Name: "P", Passcode: "together"}); err != nil {
				t.Errorf("%d: %v", i, err)
			}
		})
	}
	hall.Wait()
}
