package rooms_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"plenum/rooms"
)

// longChat is a chat whose first message, of Ada, is not in memory any more.
func longChat(t *testing.T) (s *stage, id string, first uint64) {
	t.Helper()
	s = newStage(t)
	id = s.add("chat", rooms.Viewer)
	for i := range 120 {
		answer, err := s.hall.Do(t.Context(), s.code, "ada", rooms.Command{In: id, Do: "say", With: json.RawMessage(fmt.Sprintf(`{"text":"number %d"}`, i))})
		if err != nil {
			t.Fatal(err)
		}
		var told struct{ Seq uint64 }
		if err := json.Unmarshal(answer, &told); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = told.Seq
		}
	}
	return s, id, first
}

// While a part of the past is read for a command, that past may change: then it
// is read again. And what the peer sends meanwhile waits its turn.
func TestThePastIsAsItIsNow(t *testing.T) {
	t.Parallel()
	s, id, first := longChat(t)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.has("watch", "seq")
	held, open := s.faults.holdAbout()
	ada.say(fmt.Sprintf(`{"in":%q,"do":"react","with":{"seq":%d,"emoji":"👍","on":true},"n":1}`, id, first))
	ada.say(fmt.Sprintf(said(2, "behind it"), id))
	<-held
	if err := s.do("ada", id, "delete", map[string]any{"seq": first}); err != nil {
		t.Fatal(err)
	}
	ada.has("events", "deleted")
	if ada.saw("behind it") {
		t.Error("a later command was taken first")
	}
	open()
	ada.has("because", "no-message")
	ada.has("events", "behind it")
}

func TestWhoResumesIsNotToldWhatIsForgotten(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("chat", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.has("watch", "messages")
	known := ada.place()
	ada.say(fmt.Sprintf(said(1, "a secret"), id))
	ada.say(fmt.Sprintf(said(2, "no secret"), id))
	seq := seqOf(t, ada.has("events", `"a secret"`))
	if err := s.do("ada", id, "delete", map[string]any{"seq": seq}); err != nil {
		t.Fatal(err)
	}
	ada.has("events", "deleted")
	late := s.mustJoin("ada", "peer-ada2", 1, known, map[string]int{id: int(known.Seq)})
	late.has("watch", "no secret")
	if !late.saw(`"deleted"`) || late.saw(`"a secret"`) {
		t.Errorf("who resumes was told %s", late.told())
	}
}

// A commit in doubt that was stored has forgotten: what is still kept to be told
// must not bring it back.
func TestForgettingSurvivesACommitInDoubt(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("chat", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.has("watch", "messages")
	known := ada.place()
	ada.say(fmt.Sprintf(said(1, "a secret"), id))
	seq := seqOf(t, ada.has("events", "a secret"))
	s.faults.set(0, 1, 0)
	frame := fmt.Sprintf(`{"in":%q,"do":"delete","with":{"seq":%d},"n":2}`, id, seq)
	ada.say(frame)
	ada.has("wait", "2")
	ada.again(2, frame)
	ada.has("events", "deleted")
	late := s.mustJoin("ada", "peer-ada2", 1, known, map[string]int{id: int(known.Seq)})
	late.has("watch", "deleted")
	if late.saw("a secret") {
		t.Errorf("it was told to somebody who resumes: %s", late.told())
	}
}

// seqOf is the seq of the first event of a frame.
func seqOf(t *testing.T, frame map[string]json.RawMessage) uint64 {
	t.Helper()
	var events []struct{ Seq uint64 }
	if err := json.Unmarshal(frame["events"], &events); err != nil {
		t.Fatal(err)
	}
	return events[0].Seq
}

// A reply is numbered on what its thread is when it is taken, also if others
// wrote in it while its past was read.
func TestAReplyCountsOnTheThreadAsItIsNow(t *testing.T) {
	t.Parallel()
	s, id, first := longChat(t)
	if err := s.do("ada", id, "say", map[string]any{"text": "one", "thread": first}); err != nil {
		t.Fatal(err)
	}
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	ada.has("watch", "seq")
	held, open := s.faults.holdAbout()
	ada.say(fmt.Sprintf(`{"in":%q,"do":"say","with":{"text":"three","thread":%d},"n":1}`, id, first))
	<-held
	if err := s.do("ada", id, "say", map[string]any{"text": "two", "thread": first}); err != nil {
		t.Fatal(err)
	}
	ada.has("events", `"replies":{"count":2`)
	open()
	if told := ada.has("events", `"three"`)["events"]; !strings.Contains(string(told), `"count":3`) {
		t.Errorf("told was %s", told)
	}
}
