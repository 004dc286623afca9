package rooms_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"plenum/rooms"
)

func (s *stage) knock(person string, account bool) (rooms.Member, error) {
	s.t.Helper()
	return s.hall.Enter(context.Background(), s.code, rooms.Entry{Person: person, Name: person, Account: account})
}

func (s *stage) policy(p rooms.Policy) {
	s.t.Helper()
	if err := s.do("ada", "lobby", "door", map[string]any{"policy": p}); err != nil {
		s.t.Fatal(err)
	}
}

// wait is what somebody at the door is told in the end.
func (s *stage) wait(person string) <-chan error {
	told := make(chan error, 1)
	go func() {
		m, err := s.hall.Wait(context.Background(), s.code, person)
		if err == nil && m.Name != person {
			err = fmt.Errorf("%s became %v", person, m)
		}
		told <- err
	}()
	return told
}

// waiting are the ids of those who wait, by name, as a host was told them last.
func (s *stage) waiting(host *tab) map[string]string {
	s.t.Helper()
	var digests []struct {
		With struct{ First []struct{ ID, Name string } }
	}
	if err := json.Unmarshal(host.has("digests", `"waiting"`)["digests"], &digests); err != nil {
		s.t.Fatal(err)
	}
	ids := map[string]string{}
	for _, w := range digests[0].With.First {
		ids[w.Name] = w.ID
	}
	return ids
}

func within(t *testing.T, told <-chan error) error {
	t.Helper()
	select {
	case err := <-told:
		return err
	case <-time.After(20 * time.Second):
		t.Fatal("nobody was told")
		return nil
	}
}

// Who comes in, waits or is refused, by the policy, and by having an account.
func TestDoorPolicies(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	_, key, err := s.hall.Link(t.Context(), s.code, "ada", rooms.Invite{Role: rooms.Editor})
	if err != nil {
		t.Fatal(err)
	}
	for i, c := range []struct {
		policy         rooms.Policy
		guest, account error
	}{
		{rooms.DoorOpen, nil, nil},
		{rooms.GuestsWait, rooms.ErrWaiting, nil},
		{rooms.EveryoneWaits, rooms.ErrWaiting, rooms.ErrWaiting},
		{rooms.OnlyAccounts, rooms.ErrAccounts, nil},
	} {
		s.policy(c.policy)
		if _, err := s.knock(fmt.Sprint("guest", i), false); !errors.Is(err, c.guest) {
			t.Errorf("%s: a guest: %v", c.policy, err)
		}
		if _, err := s.knock(fmt.Sprint("account", i), true); !errors.Is(err, c.account) {
			t.Errorf("%s: an account: %v", c.policy, err)
		}
		if _, err := s.hall.Enter(t.Context(), s.code, rooms.Entry{Person: fmt.Sprint("invited", i), Name: "I", Key: key}); err != nil {
			t.Errorf("%s: with a link: %v", c.policy, err)
		}
		if _, err := s.knock("guest0", false); err != nil {
			t.Errorf("%s: a member: %v", c.policy, err)
		}
	}
	refusedAs(t, s.do("ada", "lobby", "door", map[string]any{"policy": "ajar"}), "policy")
	refusedAs(t, s.do("guest0", "lobby", "door", map[string]any{"policy": "open"}), "role")
	if err := s.do("ada", "lobby", "lock", map[string]any{"locked": true}); err != nil {
		t.Fatal(err)
	}
	s.policy(rooms.EveryoneWaits)
	if _, err := s.knock("late", false); !errors.Is(err, rooms.ErrLocked) {
		t.Errorf("a locked room: %v", err)
	}
}

// Who waits is told at once when a host has decided, also if the server was
// restarted meanwhile; hosts have the list, and nobody else has.
func TestWaitingForAHost(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enter("zoe", "Zoe")
	s.policy(rooms.EveryoneWaits)
	watch := map[string]int{"lobby": -1}
	host := s.mustJoin("ada", "peer-ada1", 1, nil, watch)
	guest := s.mustJoin("zoe", "peer-zoe1", 1, nil, watch)
	for _, person := range []string{"ben", "cleo", "dan"} {
		if _, err := s.knock(person, false); !errors.Is(err, rooms.ErrWaiting) {
			t.Fatalf("%s: %v", person, err)
		}
	}
	host.has("digests", `"waiting":3`)
	// Nothing of the room is for those who wait.
	refusedAs(t, s.do("ben", "lobby", "name", map[string]any{"name": "B"}), "not-member")
	_, err := s.hall.View(t.Context(), s.code, "ben", "lobby")
	refusedAs(t, err, "not-member")
	_, err = s.join("ben", "peer-ben1", 1, nil, watch)
	refusedAs(t, err, "not-member")
	about, err := s.hall.About(t.Context(), s.code, "ben")
	if err != nil || !about.Waiting || about.Member != nil || about.Title != "A room" {
		t.Fatalf("about: %+v %v", about, err)
	}

	s.restart()
	host = s.mustJoin("ada", "peer-ada2", 1, nil, watch)
	host.has("digests", `"waiting":3`) // told again
	ben, cleo, dan := s.wait("ben"), s.wait("cleo"), s.wait("dan")
	ids := s.waiting(host)
	if err := s.do("ada", "lobby", "admit", map[string]any{"id": ids["ben"]}); err != nil {
		t.Fatal(err)
	}
	if err := within(t, ben); err != nil {
		t.Error(err)
	}
	if err := s.do("ada", "lobby", "refuse", map[string]any{"id": ids["cleo"]}); err != nil {
		t.Fatal(err)
	}
	refusedAs(t, within(t, cleo), "turned-away")
	_, err = s.knock("cleo", false)
	refusedAs(t, err, "turned-away")
	if err := s.do("ada", "lobby", "admit", map[string]any{"all": true}); err != nil {
		t.Fatal(err)
	}
	if err := within(t, dan); err != nil {
		t.Error(err)
	}
	refusedAs(t, s.do("ada", "lobby", "admit", map[string]any{"all": true}), "not-waiting")
	refusedAs(t, s.do("ada", "lobby", "admit", map[string]any{"id": ids["ben"]}), "not-waiting")
	host.has("digests", `"waiting":0,"first":[],"turned":[{"id":"`+ids["cleo"])
	if err := s.do("ada", "lobby", "admit", map[string]any{"id": ids["cleo"]}); err != nil {
		t.Errorf("who was turned away may be let in: %v", err)
	}
	if _, err := s.knock("cleo", false); err != nil {
		t.Error(err)
	}
	_, err = s.hall.Wait(t.Context(), s.code, "stranger")
	refusedAs(t, err, "not-member")
	if guest.saw("cleo") || guest.saw("waiting") {
		t.Errorf("a participant sees who waits: %s", guest.told())
	}
}
