package rooms

import (
	"errors"
	"testing"
)

// A deleted room is given back to its owner until the moment at which it is
// erased, by the clock of the command.
func TestADeletedRoomIsRestoredWithinItsTime(t *testing.T) {
	t.Parallel()
	const now = 1_700_000_000_000
	kept := KeptDeleted.Milliseconds()
	for after, want := range map[int64]error{0: nil, kept - 1: nil, kept: ErrDeleted, kept + 1: ErrDeleted} {
		l := newLobby(nil)
		l.must(t, "enter", map[string]any{"person": "owner", "name": "Owner", "role": Owner})
		l.must(t, "enter", map[string]any{"person": "ben", "name": "Ben"})
		events, err := l.Decide(Command{In: LobbyID, Do: "delete", With: mustJSON(map[string]any{"on": true}), At: now})
		if err != nil {
			t.Fatal(err)
		}
		events[0].At = now
		l.Apply(events[0])
		if err := l.at(t, now+after, "delete", map[string]any{"on": true}); !errors.Is(err, ErrDeleted) {
			t.Errorf("deleted twice: %v", err)
		}
		for _, person := range []string{"owner", "ben", "nobody"} {
			if _, err := l.person(person); !errors.Is(err, ErrDeleted) {
				t.Errorf("%s is in: %v", person, err)
			}
			if err := l.by(t, person, "", now); !errors.Is(err, ErrDeleted) {
				t.Errorf("%s enters: %v", person, err)
			}
			back := Command{In: LobbyID, Do: "delete"}
			if _, err := l.asking(l.s.Persons[person], back); (err == nil) != (person == "owner") {
				t.Errorf("%s asks for it: %v", person, err)
			}
			if _, err := l.asking(l.s.Persons[person], Command{In: LobbyID, Do: "archive"}); !errors.Is(err, ErrDeleted) {
				t.Errorf("%s asks for something else: %v", person, err)
			}
		}
		if err := l.at(t, now+after, "delete", map[string]any{"on": false}); !errors.Is(err, want) {
			t.Errorf("after %d: %v", after, err)
		}
		if _, err := l.person("ben"); (err == nil) != (want == nil) {
			t.Errorf("after %d Ben is in: %v", after, err)
		}
	}
}
