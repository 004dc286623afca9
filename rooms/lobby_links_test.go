package rooms

import (
	"errors"
	"fmt"
	"testing"
)

// by enters a person with a link's hash at a time.
func (l *lobby) by(t *testing.T, person, hash string, at int64) error {
	t.Helper()
	return l.at(t, at, "enter", map[string]any{"person": person, "name": person, "hash": hash})
}

// at lets the lobby decide a command of a time.
func (l *lobby) at(t *testing.T, at int64, do string, with any) error {
	t.Helper()
	events, err := l.Decide(Command{In: LobbyID, Do: do, With: mustJSON(with), From: Member{Role: TheRoom}, Seed: newSeed(), At: at})
	for i, e := range events {
		e.Seq = uint64(i + 1)
		l.Apply(e)
	}
	return err
}

// A link brings as many as it says, and not one more; who has already what it
// gives does not use it up.
func TestALinkIsForSoMany(t *testing.T) {
	t.Parallel()
	l := newLobby(nil)
	l.must(t, "enter", map[string]any{"person": "owner", "name": "Owner", "role": Owner})
	l.must(t, "enter", map[string]any{"person": "ben", "name": "Ben"})
	l.must(t, "link", map[string]any{"id": "k1", "role": Editor, "hash": "h1", "uses": 3})
	for i := range 2 {
		if err := l.by(t, fmt.Sprint("new", i), "h1", 1); err != nil {
			t.Fatal(err)
		}
	}
	for range 5 {
		for _, person := range []string{"owner", "new0", "new1"} {
			if err := l.by(t, person, "h1", 1); err != nil {
				t.Errorf("%s, who is in: %v", person, err)
			}
		}
	}
	if k := l.s.Links["k1"]; k.Used != 2 {
		t.Errorf("%d are used", k.Used)
	}
	if err := l.by(t, "ben", "h1", 1); err != nil || l.s.Members[l.s.Persons["ben"]].Role != Editor {
		t.Errorf("who becomes more by it: %v", err)
	}
	saved, err := l.Save()()
	if err != nil {
		t.Fatal(err)
	}
	again := newLobby(nil)
	if err := again.Load(saved); err != nil {
		t.Fatal(err)
	}
	if err := again.by(t, "late", "h1", 1); !errors.Is(err, ErrKeyUsed) {
		t.Errorf("one more: %v", err)
	}
	if err := again.by(t, "new0", "h1", 1); err != nil {
		t.Errorf("who came by it: %v", err)
	}
	if _, in := again.s.Persons["late"]; in {
		t.Error("who was refused is in")
	}
	shown := again.View(Member{Role: Host}).(lobbyView).Links
	if len(shown) != 1 || shown[0].Used != 3 || shown[0].Uses != 3 || shown[0].Hash != "" {
		t.Errorf("hosts see %+v", shown)
	}
	again.must(t, "revoke", map[string]any{"id": "k1"})
	if err := again.by(t, "new0", "h1", 1); !errors.Is(err, ErrKey) {
		t.Errorf("revoked: %v", err)
	}
}

// A link is good until its moment, by the clock of the command.
func TestALinkEndsAtItsMoment(t *testing.T) {
	t.Parallel()
	l := newLobby(nil)
	l.must(t, "enter", map[string]any{"person": "owner", "name": "Owner", "role": Owner})
	const now = 1_700_000_000_000
	for until, want := range map[int64]error{
		now: errExpiry, now - 1: errExpiry, -1: errExpiry, now + 1: nil, now + MaxExpiry.Milliseconds(): nil, now + MaxExpiry.Milliseconds() + 1: errExpiry,
	} {
		link := map[string]any{"id": fmt.Sprint(until), "role": Editor, "hash": fmt.Sprint(until), "until": until}
		if err := l.at(t, now, "link", link); !errors.Is(err, want) {
			t.Errorf("until %d: %v", until-now, err)
		}
	}
	for uses, want := range map[int]error{-1: errUses, 0: nil, 1: nil, MaxMembers: nil, MaxMembers + 1: errUses} {
		if err := l.at(t, now, "link", map[string]any{"id": fmt.Sprint("u", uses), "role": Editor, "hash": fmt.Sprint("u", uses), "uses": uses}); !errors.Is(err, want) {
			t.Errorf("for %d: %v", uses, err)
		}
	}
	if err := l.at(t, now, "link", map[string]any{"id": "k", "role": Editor, "hash": "h", "until": now + 1000}); err != nil {
		t.Fatal(err)
	}
	if err := l.by(t, "ben", "h", now+999); err != nil {
		t.Errorf("a millisecond before: %v", err)
	}
	if err := l.by(t, "cleo", "h", now+1000); !errors.Is(err, ErrKeyExpired) {
		t.Errorf("at its end: %v", err)
	}
	if err := l.by(t, "ben", "h", now+5000); err != nil {
		t.Errorf("who came by it: %v", err)
	}
}
