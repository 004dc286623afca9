package polls

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"plenum/rooms"
)

// A poll knows for good in which document it stands; a duplicate stands in none.
func TestShownIn(t *testing.T) {
	t.Parallel()
	a, err := Kind.New(json.RawMessage(`{"shownIn":"doc-a2c4","questions":[{"kind":"single","prompt":"Q","options":[{"text":"A"},{"text":"B"}]}]}`))
	if err != nil {
		t.Fatal(err)
	}
	p := a.(*Poll)
	state, err := p.Save()()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Load(state); err != nil {
		t.Fatal(err)
	}
	if in := p.ShownIn(); in != "doc-a2c4" {
		t.Errorf("after a checkpoint it stands in %q", in)
	}
	copied, err := p.Copy()
	if err != nil || strings.Contains(string(copied), "doc-a2c4") {
		t.Errorf("a duplicate: %s %v", copied, err)
	}
	for length, ok := range map[int]bool{mostShownIn: true, mostShownIn + 1: false} {
		_, err := Kind.New(json.RawMessage(`{"shownIn":"` + strings.Repeat("d", length) + `"}`))
		if ok && err != nil || !ok && !errors.Is(err, rooms.ErrMalformed) {
			t.Errorf("%d letters: %v", length, err)
		}
	}
}
