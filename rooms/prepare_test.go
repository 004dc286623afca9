package rooms_test

import (
	"fmt"
	"testing"

	"plenum/rooms"
)

// What is worked out for a command holds up its peer, whose commands stay in
// order, and nobody else.
func TestWhatIsPrepared(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("trap", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	s.enter("ben", "Ben")
	ben := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{id: -1})
	opens := make(chan struct{})
	gates.Store(id+"-1", opens)

	ada.say(fmt.Sprintf(`{"in":%q,"do":"prepared","with":%q,"n":1}`, id, id+"-1"))
	ada.say(fmt.Sprintf(`{"in":%q,"do":"fine","with":"after it","n":2}`, id))
	ben.say(fmt.Sprintf(`{"in":%q,"do":"fine","with":"meanwhile","n":1}`, id))
	ben.has("events", "meanwhile")
	if ada.saw("after it") || ada.saw("made at") {
		t.Error("a command did not wait for what is worked out for it")
	}
	close(opens)
	ada.has("events", "made at "+id+"-1")
	ada.has("events", "after it")

	// What cannot be worked out is decided without it.
	ada.say(fmt.Sprintf(`{"in":%q,"do":"prepared","with":"nowhere","n":3}`, id))
	ada.has("events", `"did":"prepared","with":null`)
}

// A room that reopens meanwhile asks for the command again, and does it once.
func TestWhatIsPreparedWhileTheRoomReopens(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	id := s.add("trap", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	s.enter("ben", "Ben")
	ben := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{id: -1})
	opens := make(chan struct{})
	gates.Store(id+"-2", opens)
	frame := fmt.Sprintf(`{"in":%q,"do":"prepared","with":%q,"n":1}`, id, id+"-2")
	ada.say(frame)
	s.faults.set(1, 0, 0)
	ben.say(fmt.Sprintf(`{"in":%q,"do":"fine","with":"fails","n":1}`, id))
	ada.has("wait", "1")
	close(opens)
	ada.again(1, frame)
	ada.has("events", "made at "+id+"-2")
	if n := count(ada.told(), "made at"); n != 1 {
		t.Errorf("it was done %d times", n)
	}
}
