package rooms_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"plenum/rooms"
)

// asking is a poll with one question, which stands in a document.
func (s *stage) asking(show string, doc, least rooms.Role) (document, poll string) {
	s.t.Helper()
	document = s.add("doc", doc)
	content := fmt.Sprintf(`{"kind":"poll","title":"Day","least":%q,"settings":{"shownIn":%q,"questions":[{"id":"q1","kind":"single",`+
		`"prompt":"Which day?","show":%q,"options":[{"id":"o1","text":"Monday"},{"id":"o2","text":"Friday"}]}]}}`, least, document, show)
	answer, err := s.hall.Do(s.t.Context(), s.code, "ada", rooms.Command{In: "lobby", Do: "add", With: json.RawMessage(content)})
	if err != nil {
		s.t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(answer), `"id":"poll-`)
	poll, _, _ = strings.Cut("poll-"+rest, `"`)
	return document, poll
}

// puts puts the question into the document, as its first line.
func (s *stage) puts(document, poll string) {
	s.t.Helper()
	with := fmt.Sprintf(`{"base":0,"change":[{"insert":{"poll":"%s/q1"}}]}`, poll)
	if err := s.do("ada", document, "change", json.RawMessage(with)); err != nil {
		s.t.Fatal(err)
	}
}

func (s *stage) step(poll, do string) {
	s.t.Helper()
	if err := s.do("ada", poll, do, map[string]any{"question": "q1"}); err != nil {
		s.t.Fatal(err)
	}
}

// rev is what a person sees of a document, once it has a revision.
func (s *stage) rev(person, document string, rev int) string {
	s.t.Helper()
	tab := s.mustJoin(person, fmt.Sprintf("peer-%s-%s-%d", person, document, time.Now().UnixNano()), 1, nil, map[string]int{document: -1})
	is := fmt.Sprintf(`"rev":%d`, rev)
	f := tab.until(is, func(f map[string]json.RawMessage) bool { return contains(f["watch"], is) || contains(f["events"], is) })
	return string(f["watch"]) + string(f["events"])
}

// A document shows what has become of a poll that stands in it, and keeps the
// result: with nobody's browser there, and of the poll asked anew only later.
func TestPollIsSeenInADocument(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	document, poll := s.asking("live", rooms.Viewer, rooms.Viewer)
	s.enter("ben", "Ben")
	s.puts(document, poll)
	s.step(poll, "open")
	if got := s.rev("ada", document, 2); !strings.Contains(got, `"state":"open"`) || strings.Contains(got, "result") {
		t.Errorf("an open poll: %s", got)
	}
	ben := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{poll: -1})
	ben.say(fmt.Sprintf(`{"in":%q,"do":"vote","with":{"question":"q1","round":1,"turn":1,"options":["o2"]}}`, poll))
	ben.has("mine", `"turn":1`)
	s.restart() // nobody has the document open
	s.step(poll, "close")
	if got := s.rev("ben", document, 3); !strings.Contains(got, `"counts":{"o1":0,"o2":1}`) {
		t.Errorf("a closed poll: %s", got)
	}
	if err := s.do("ada", "lobby", "bin", map[string]any{"id": poll}); err != nil {
		t.Fatal(err)
	}
	s.restart()
	if got := s.rev("ben", document, 3); !strings.Contains(got, `"counts":{"o1":0,"o2":1}`) {
		t.Errorf("the poll is in the bin: %s", got)
	}
}

// What a crash has kept a document from seeing, it sees when it is opened.
func TestLookAfterACrash(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	document, poll := s.asking("live", rooms.Viewer, rooms.Viewer)
	s.puts(document, poll)
	s.step(poll, "open")
	s.rev("ada", document, 2)
	s.faults.poison = `"polls":[`
	s.step(poll, "close")
	s.restart() // with other faults: none
	if got := s.rev("ada", document, 3); !strings.Contains(got, `"result":`) || strings.Count(got, `"rev":`) != 1 {
		t.Errorf("after the crash: %s", got)
	}
}

// A look never shows what those who may see the document may not see of the poll.
func TestLookIsNoHole(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		show            string
		document, least rooms.Role
		has, hasNot     string
		rev             int
	}{
		"results that only hosts know":             {"revealed", rooms.Viewer, rooms.Viewer, `"state":"closed"`, "counts", 3},
		"in a document for hosts":                  {"revealed", rooms.Host, rooms.Viewer, `"state":"closed"`, "counts", 3},
		"a poll for hosts":                         {"live", rooms.Viewer, rooms.Host, "poll-", "Which day?", 1},
		"a poll for hosts in a document for hosts": {"live", rooms.Host, rooms.Host, "counts", "nothing", 3},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			document, poll := s.asking(c.show, c.document, c.least)
			s.puts(document, poll)
			for rev, do := range []string{"open", "close"} {
				s.step(poll, do)
				s.rev("ada", document, min(c.rev, rev+2))
			}
			s.restart() // and it looks anew
			s.rev("ada", document, c.rev)
			if err := s.do("ada", document, "change", json.RawMessage(`{"base":1,"change":[{"insert":"x"}]}`)); err != nil {
				t.Fatal(err)
			}
			if got := s.rev("ada", document, c.rev+1); !strings.Contains(got, c.has) || strings.Contains(got, c.hasNot) {
				t.Errorf("%s", got)
			}
		})
	}
}

// Nobody but the room itself can have a look.
func TestLookOnlyByTheRoom(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	document, poll := s.asking("live", rooms.Viewer, rooms.Viewer)
	if err := s.do("ada", document, "look", map[string]any{"at": poll}); rooms.AsRefusal(err).Code != "role" {
		t.Errorf("a look: %v", err)
	}
}
