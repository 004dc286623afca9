package roomzip

import (
	"bytes"
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"plenum/internal/files"
	"plenum/rooms"
)

// pictured is a question with a picture of each kind of place for it.
func pictured(of ...files.File) []any {
	picture := func(f files.File) map[string]any {
		return map[string]any{"file": f.Hash, "alt": "what it shows", "width": 1, "height": 1}
	}
	return []any{
		map[string]any{"kind": "pins", "prompt": "Where?", "picture": picture(of[0])},
		map[string]any{"kind": "slide", "prompt": "Look", "picture": picture(of[1])},
		map[string]any{"kind": "single", "prompt": "Which?", "options": []any{
			map[string]any{"text": "this", "picture": picture(of[2])}, map[string]any{"text": "that"},
		}},
	}
}

// The pictures of a poll are the room's images and nothing else; they are kept while
// a question shows them, come along wherever the room goes, and are cleaned up when none does.
func TestPicturesOfAPollAreTheRoomsOwn(t *testing.T) {
	t.Parallel()
	h := newHouse(t, files.Options{Grace: time.Nanosecond})
	p, other := h.room("Room"), h.room("Other")
	poll := p.add("poll", "Poll", rooms.Viewer, nil)
	one, two, three := p.bring("ada", "one.png", aPNG(t, 1)), p.bring("ada", "two.png", aPNG(t, 2)), p.bring("ada", "three.png", aPNG(t, 3))
	foreign, text := other.bring("ada", "foreign.png", aPNG(t, 9)), p.bring("ada", "a.svg", []byte("<svg xmlns='http://www.w3.org/2000/svg'/>"))
	gone := files.File{Hash: rooms.FilePrefix + strings.Repeat("0", 64)}
	for name, f := range map[string]files.File{"of another room": foreign, "that is an SVG": text, "that is not there": gone, "by an address": {Hash: "https://elsewhere.example/a.png"}} {
		for at := range 3 {
			of := []files.File{one, two, three}
			of[at] = f
			_, err := p.try("ada", poll, "write", map[string]any{"question": pictured(of...)[at]})
			var refusal *rooms.Refusal
			if !errors.As(err, &refusal) || refusal.Code != "picture" {
				t.Errorf("a picture %s, in question %d: %v", name, at, err)
			}
			if _, err := p.try("ada", poll, "import", map[string]any{"questions": pictured(of...)}); !errors.As(err, &refusal) || refusal.Code != "picture" {
				t.Errorf("a picture %s, imported: %v", name, err)
			}
		}
	}
	var ids []string
	for _, q := range pictured(one, two, three) {
		var answer struct {
			Events []struct {
				With struct{ Question struct{ ID string } }
			}
		}
		if err := json.Unmarshal(p.do("ada", poll, "write", map[string]any{"question": q}), &answer); err != nil {
			t.Fatal(err)
		}
		ids = append(ids, answer.Events[0].With.Question.ID)
	}
	if seen := p.view("ada", poll); strings.Contains(seen, `"width":1,`) || strings.Count(seen, `"file":"sha256-`) != 3 {
		t.Errorf("the sizes are what was sent: %s", seen)
	}
	p.do("ada", poll, "present", map[string]any{"question": ids[0]})
	code, _, err := h.zips.Duplicate(t.Context(), p.code, "ada", "Copy")
	if err != nil {
		t.Fatal(err)
	}
	again, err := h.take("ida", p.zip("ada"))
	if err != nil {
		t.Fatal(err)
	}
	tidy := func() {
		t.Helper()
		if err := h.files.Tidy(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	tidy()
	for who, of := range map[string]place{"ada": {h, code}, "ida": again, "ben": p} {
		view := of.view(who, poll)
		if who == "ben" { // sees what is presented
			view = p.view("ada", poll)
		}
		names := rooms.FilesIn([]byte(view))
		if len(names) != 3 {
			t.Fatalf("%s: the copy names %v", of.code, names)
		}
		for _, name := range names {
			if content, err := of.content(who, name); err != nil || !bytes.HasPrefix(content, []byte("\x89PNG")) {
				t.Errorf("%s: the picture %s: %v", of.code, name, err)
			}
		}
	}
	// Dropped, and written anew without it: nothing shows them, also not what was presented before.
	p.do("ada", poll, "drop", map[string]any{"question": ids[0]})
	p.do("ada", poll, "write", map[string]any{"question": map[string]any{"id": ids[1], "kind": "slide", "prompt": "Look"}})
	if _, err := p.content("ben", one.Hash); !errors.Is(err, files.ErrNone) {
		t.Errorf("what no question shows is given to others: %v", err)
	}
	tidy()
	for _, f := range []files.File{one, two} {
		if _, err := p.content("ada", f.Hash); !errors.Is(err, files.ErrNone) {
			t.Errorf("%s is still there: %v", f.Name, err)
		}
	}
	if _, err := p.content("ben", three.Hash); err != nil {
		t.Errorf("what is still shown is gone: %v", err)
	}
	if _, err := (place{h, code}).content("ada", one.Hash); err != nil {
		t.Errorf("the copy has lost its own: %v", err)
	}
}
