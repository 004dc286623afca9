package rooms

import (
	"encoding/json"
	"testing"
)

// What every room has is there without an event, also in rooms of before, in no
// list, and for nobody to change.
func TestWhatEveryRoomHas(t *testing.T) {
	t.Parallel()
	kinds := map[string]Kind{"direct": {Name: "direct", Everywhere: true}}
	l := newLobby(kinds)
	if a, ok := l.sees(Viewer, "direct"); !ok || a.Kind != "direct" {
		t.Errorf("%+v %v", a, ok)
	}
	if _, ok := l.sees(Owner, "another"); ok {
		t.Error("a room has what no kind is")
	}
	for do, with := range map[string]string{
		"add": `{"kind":"direct"}`, "rename": `{"id":"direct","title":"x"}`, "place": `{"id":"direct","place":1}`, "show": `{"id":"direct","least":"host"}`,
		"bin": `{"id":"direct"}`, "restore": `{"id":"direct"}`, "focus": `{"id":"direct"}`, "duplicate": `{"id":"direct"}`,
	} {
		if events, err := l.Decide(Command{Do: do, With: json.RawMessage(with), From: Member{ID: "m1", Role: Owner}}); err == nil {
			t.Errorf("%s: %+v", do, events)
		}
	}
	if all := l.View(Member{Role: Owner}).(lobbyView).Activities; len(all) != 0 {
		t.Errorf("the list has %+v", all)
	}
	sight := l.sight(Head{Room: "r"})
	if in, ok := sight.Opens(Viewer, "direct"); !ok || !in.Everywhere || sight.Kind("direct") != "direct" {
		t.Errorf("%+v %v", in, ok)
	}
}

// An audience of two is told to both, in whatever order they were named, and to
// nobody else below who reads what is stored.
func TestAnAudienceOfTwo(t *testing.T) {
	t.Parallel()
	both := Between("b", "a")
	if both != Between("a", "b") || ToMembers(both.Members(), Everyone) != both {
		t.Errorf("%+v", both)
	}
	for id, want := range map[string]bool{"a": true, "b": true, "c": false, "": false, "a b": false} {
		if got := both.Sees(Member{ID: id, Role: Owner}); got != want {
			t.Errorf("%q sees it: %v", id, got)
		}
	}
	if one := (Audience{Only: "a"}); one.Sees(Member{Role: Owner}) {
		t.Error("who has no id is the second of one")
	}
	if !both.Sees(Member{Role: Nobody}) {
		t.Error("it cannot be read where it is stored")
	}
}
