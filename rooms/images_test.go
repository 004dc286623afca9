package rooms_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"plenum/rooms"
)

// A command that names images waits until it is known which of them are there,
// with what its peer sends after it; nobody else does.
func TestACommandWaitsForItsImages(t *testing.T) {
	t.Parallel()
	s := newStage(t)
	there, gone := rooms.FilePrefix+strings.Repeat("a", 64), rooms.FilePrefix+strings.Repeat("b", 64)
	opens := make(chan struct{})
	open := sync.OnceFunc(func() { close(opens) })
	t.Cleanup(open) // a room that ends waits for what it looks for
	var failing atomic.Bool
	s.images = func(_ context.Context, _ string, names []string) (map[string]rooms.Image, error) {
		<-opens
		if failing.Swap(false) {
			return nil, errors.New("the disk is gone")
		}
		found := map[string]rooms.Image{}
		for _, name := range names {
			if name == there {
				found[name] = rooms.Image{Width: 640, Height: 480}
			}
		}
		return found, nil
	}
	s.restart()
	id := s.add("poll", rooms.Viewer)
	ada := s.mustJoin("ada", "peer-ada1", 1, nil, map[string]int{id: -1})
	write := func(file, prompt string, n int) string {
		return fmt.Sprintf(`{"in":%q,"do":"write","with":{"question":{"kind":"slide","prompt":%q,"picture":{"file":%q,"alt":"x","width":1,"height":1}}},"n":%d}`, id, prompt, file, n)
	}
	s.enter("ben", "Ben")
	ben := s.mustJoin("ben", "peer-ben1", 1, nil, map[string]int{"chat": -1, "lobby": -1})
	ada.say(write(there, "first", 1))
	ada.say(fmt.Sprintf(`{"in":%q,"do":"write","with":{"question":{"kind":"slide","prompt":"after it"}},"n":2}`, id))
	if err := s.do("ada", "lobby", "title", map[string]any{"title": "meanwhile"}); err != nil {
		t.Fatal(err)
	}
	ben.has("events", "meanwhile")
	if ada.saw("after it") || ada.saw("first") {
		t.Error("a command did not wait for its images")
	}
	open()
	ada.has("events", `"width":640,"height":480`)
	ada.has("events", "after it")

	ada.say(write(gone, "never", 3))
	ada.has("refused", "3")
	if !ada.saw("not a picture of this room") || ada.saw("never") {
		t.Error("an image that is not there is not refused")
	}
	// What cannot be looked up now is asked for again, and nothing was done.
	failing.Store(true)
	frame := write(there, "at last", 4)
	ada.say(frame)
	ada.has("wait", "4")
	ada.again(4, frame)
	ada.has("events", "at last")
}
