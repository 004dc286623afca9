package rooms_test

import (
	"errors"
	"fmt"
	"testing"

	"plenum/rooms"
)

// While a view is being encoded the room goes on (law 10), and what happens
// meanwhile is told after it, once.
func TestViewIsEncodedElsewhere(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	s.enter("ben", "Ben")
	id := s.add("trap", rooms.Viewer)
	opens := make(chan struct{})
	gates.Store(id, opens)
	if err := s.do("ada", id, "gate", id); err != nil {
		t.Fatal(err)
	}
	ben := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{id: -1})
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, nil)
	for n := 1; n <= 3; n++ {
		ada.say(fmt.Sprintf(`{"in":%q,"do":"fine","with":"meanwhile-%d","n":%d}`, id, n, n))
		ada.has("done", fmt.Sprint(n))
	}
	ben.say(fmt.Sprintf(`{"in":%q,"do":"fine","with":"own-word","n":1}`, id))
	ben.has("done", "1")
	if ben.saw("meanwhile") {
		t.Error("events were told before the view that they follow")
	}
	close(opens)
	ben.has("watch", `"count":1`)
	ben.has("events", "own-word")
	ada.say(fmt.Sprintf(`{"in":%q,"do":"fine","with":"afterwards","n":4}`, id))
	ben.has("events", "afterwards")
	for _, text := range []string{"meanwhile-1", "meanwhile-2", "meanwhile-3", "own-word", "afterwards"} {
		if n := count(ben.told(), text); n != 1 {
			t.Errorf("%s was told %d times", text, n)
		}
	}
}

// An activity that panics when it is looked at costs nobody else anything.
func TestRottenActivity(t *testing.T) {
	t.Parallel()
	for _, where := range []string{"view", "encoded", "digests"} {
		t.Run(where, func(t *testing.T) {
			t.Parallel()
			s := newStage(t)
			id, talk := s.add("trap", rooms.Viewer), s.add("chat", rooms.Viewer)
			if err := s.do("ada", id, "rotten", where); err != nil {
				t.Fatal(err)
			}
			ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1, talk: -1})
			ada.has("watch", talk)
			if where != "digests" {
				ada.has("watch", `"refused":"broken"`)
				if _, err := s.hall.View(t.Context(), s.code, "ada", id); !errors.Is(err, rooms.ErrBroken) {
					t.Errorf("view: %v", err)
				}
			}
			ada.say(fmt.Sprintf(said(1, "alive"), talk))
			ada.has("events", "alive")
		})
	}
}
