package rooms_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"plenum/rooms"
)

// In an archived room everybody reads and nobody changes anything, hosts and the
// owner included, over HTTP and sockets, signals and files too; new people may
// come in to read. Then the owner opens it, and all goes on.
func TestAnArchivedRoomIsOnlyRead(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	ben, cleo := s.enter("ben", "Ben"), s.enter("cleo", "Cleo")
	talk := s.add("chat", rooms.Viewer)
	if err := s.do("ada", "lobby", "role", map[string]any{"member": cleo.ID, "role": "host"}); err != nil {
		t.Fatal(err)
	}
	if err := s.do("ben", talk, "say", map[string]any{"text": "before"}); err != nil {
		t.Fatal(err)
	}
	key, err := s.link(rooms.Invite{Role: rooms.Editor})
	if err != nil {
		t.Fatal(err)
	}
	tab := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{"lobby": -1, talk: -1})
	archive := func(person string, on bool) error {
		return s.do(person, "lobby", "archive", map[string]any{"on": on})
	}
	refusedAs(t, archive("cleo", true), "role")
	refusedAs(t, s.do("ada", "lobby", "archive", map[string]any{}), "malformed")
	if err := archive("ada", true); err != nil {
		t.Fatal(err)
	}
	tab.has("events", `"did":"archived"`)
	for range 2 {
		for person, ask := range map[string]struct {
			in, do string
			with   map[string]any
		}{
			"ben":  {talk, "say", map[string]any{"text": "during"}},
			"cleo": {"lobby", "title", map[string]any{"title": "Another"}},
			"ada":  {"lobby", "hand", map[string]any{"member": ben.ID}},
		} {
			refusedAs(t, s.do(person, ask.in, ask.do, ask.with), "archived")
		}
		refusedAs(t, s.do("ben", "lobby", "title", map[string]any{"title": "Mine"}), "role") // as ever
		refusedAs(t, archive("cleo", false), "role")
		if _, err := s.link(rooms.Invite{Role: rooms.Editor}); !errors.Is(err, rooms.ErrArchived) {
			t.Errorf("a link: %v", err)
		}
		if err := s.hall.Brings(t.Context(), s.code, "ada"); !errors.Is(err, rooms.ErrArchived) {
			t.Errorf("a file: %v", err)
		}
		if err := s.do("ben", talk, "read", map[string]any{"seq": 1}); err != nil {
			t.Errorf("to note what one has read: %v", err)
		}
		for _, person := range []string{"ada", "ben", "late"} {
			e := rooms.Entry{Person: person, Name: person}
			if person == "late" {
				e.Key = key
			}
			if _, err := s.hall.Enter(t.Context(), s.code, e); err != nil {
				t.Errorf("%s comes in to read: %v", person, err)
			}
			if text, err := s.hall.View(t.Context(), s.code, person, talk); err != nil || !strings.Contains(string(text), "before") {
				t.Errorf("%s reads %s %v", person, text, err)
			}
		}
		s.restart()
	}
	tab = s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{"lobby": -1, talk: -1})
	tab.has("watch", `"archived":true`)
	tab.say(fmt.Sprintf(said(1, "during"), talk))
	tab.has("because", "archived")
	tab.say(fmt.Sprintf(`{"signal":"typing","in":%q,"with":{}}`, talk))
	tab.until("the signal refused", func(f map[string]rawMessage) bool {
		return contains(f["because"], "archived") && string(f["refused"]) == "0"
	})
	about, err := s.hall.About(t.Context(), s.code, "")
	if err != nil || !about.Archived {
		t.Errorf("at the door: %+v %v", about, err)
	}
	if err := archive("ada", false); err != nil {
		t.Fatal(err)
	}
	tab.say(fmt.Sprintf(said(2, "after"), talk))
	tab.has("events", "after")
	if text, err := s.hall.View(t.Context(), s.code, "ada", talk); err != nil || strings.Contains(string(text), "during") {
		t.Errorf("%s %v", text, err)
	}
}
